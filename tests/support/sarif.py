"""Is a file SARIF 2.1.0, and will a code host show it?

python3 sarif.py FILE [SCHEMA]

Three checks, and what each needs: the schema of OASIS, where SCHEMA names it
(no package of Debian has it); the object model that was generated from that
schema (python3-sarif-python-om), which has the members and which of them must
be there; and by hand what GitHub code scanning asks for beyond the schema
(docs.github.com, "SARIF support for code scanning"). Status 77: neither the
schema nor the object model is at hand, and the third alone was done.
"""
import json
import re
import sys
import urllib.parse

# Which class each member's value is of.
MODEL = {
    "SarifLog": {"runs": "Run"},
    "Run": {"tool": "Tool", "results": "Result", "invocations": "Invocation"},
    "Tool": {"driver": "ToolComponent"},
    "ToolComponent": {"rules": "ReportingDescriptor"},
    "ReportingDescriptor": {
        "shortDescription": "MultiformatMessageString",
        "fullDescription": "MultiformatMessageString",
        "help": "MultiformatMessageString",
        "defaultConfiguration": "ReportingConfiguration",
    },
    "Result": {"message": "Message", "locations": "Location",
               "suppressions": "Suppression"},
    "Location": {"physicalLocation": "PhysicalLocation",
                 "logicalLocations": "LogicalLocation"},
    "PhysicalLocation": {"artifactLocation": "ArtifactLocation",
                         "region": "Region"},
}


def walk(om, name, value, where, faults):
    known = {field.metadata["schema_property_name"]: field
             for field in getattr(om, name).__attrs_attrs__}
    for member in value:
        if member not in known:
            faults.append("%s: a %s has no %s" % (where, name, member))
    for member, field in known.items():
        if repr(field.default) == "NOTHING" and member not in value:
            faults.append("%s: %s is missing" % (where, member))
    for member, inner in MODEL.get(name, {}).items():
        found = value.get(member, [])
        for i, item in enumerate(found if isinstance(found, list)
                                 else [found]):
            walk(om, inner, item, "%s.%s[%d]" % (where, member, i), faults)


def check_result(result, rules, where, faults):
    def demand(holds, what):
        if not holds:
            faults.append("%s: %s" % (where, what))

    demand(result["level"] in ("none", "note", "warning", "error"), "level")
    demand(result["message"]["text"], "no text")
    # Sections 3.11.5 and 3.11.6: nothing to be filled in, no link.
    text = re.sub(r"\\[\[\]\\]|\{\{|\}\}", "", result["message"]["text"])
    demand(not re.search(r"[\[\]{}\\]", text), "mark-up in " + text)
    demand(rules[result["ruleIndex"]]["id"] == result["ruleId"], "ruleIndex")
    demand(result["partialFingerprints"]["primaryLocationLineHash"],
           "no fingerprint")
    for location in result["locations"]:
        physical = location.get("physicalLocation")
        if physical is None:
            demand(location["logicalLocations"][0]["fullyQualifiedName"],
                   "no place")
            continue
        uri = physical["artifactLocation"]["uri"]
        parts = urllib.parse.urlsplit(uri)
        demand(re.fullmatch(r"(%[0-9A-F]{2}|[A-Za-z0-9._~/:-])+", uri),
               "uri " + uri)
        demand((parts.scheme == "file") !=
               ("uriBaseId" in physical["artifactLocation"]), "base of " + uri)
        demand(physical["region"]["startLine"] >= 1, "startLine")


def check(log, faults):
    if log["version"] != "2.1.0" or not log["$schema"].startswith("https:"):
        faults.append("version or $schema")
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        for rule in rules:
            if not rule["help"]["text"] or not rule["fullDescription"]["text"]:
                faults.append("%s: no help" % rule["id"])
        if len({rule["id"] for rule in rules}) != len(rules):
            faults.append("a rule is there twice")
        for i, result in enumerate(run["results"]):
            check_result(result, rules, "results[%d]" % i, faults)


def main():
    log = json.load(open(sys.argv[1], encoding="utf-8"))
    faults, by_model = [], False
    try:
        check(log, faults)
    except (KeyError, IndexError, TypeError) as missing:
        faults.append("a code host asks for what is not there: %r" % missing)
    try:
        import sarif_om
        by_model = True
        walk(sarif_om, "SarifLog", log, "log", faults)
    except ImportError:
        pass
    if len(sys.argv) > 2:
        import jsonschema
        by_model = True
        schema = json.load(open(sys.argv[2], encoding="utf-8"))
        faults += ["%s: %s" % (fault.json_path, fault.message) for fault in
                   jsonschema.validators.validator_for(schema)(schema)
                   .iter_errors(log)]
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0 if by_model else 77)


main()
