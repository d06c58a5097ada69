# tests/conformance/judge.py CODES PROFILES EXCEPTIONS CASES COMMAND BY_LIBRARY:
# TAP, a line a suite and door. A case is judged by the rules that its suite says
# it is about (PROFILES), and by the default where it says nothing. It fails where
# the verdict is not the one its suite states, where an untrusted one has a
# primary finding whose code does not fit what the case is about (CODES), where
# the missing certificate is not the one that is named, or where the valid path is
# none of those that are. A case that stands in EXCEPTIONS must disagree, and
# agree under the profile given there.
import csv
import fnmatch
import glob
import json
import os
import subprocess
import sys


def rows(path):
    with open(path, encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t",
                               quoting=csv.QUOTE_NONE))


def scored(case):
    return case.get("neutral") is not False and not case.get("soft")


def text_of(case, field):
    value = case.get(field) or ""
    return ";".join(value) if isinstance(value, list) else value


def fitting(codes, case):
    """The codes that fit; None: no row speaks of it."""
    case = dict(case, id=case.get("of", case["id"]))
    for row in codes:
        if (fnmatch.fnmatchcase(case["suite"], row["suite"]) and
                fnmatch.fnmatchcase(text_of(case, row["field"]),
                                    row["pattern"])):
            return row["codes"].split()
    return None


def primary(answer):
    for finding in answer.get("findings", []):
        if finding["primary"]:
            return finding
    return None


def named_by(finding):
    """What a finding is about, and what it says would do as well."""
    evidence = {row["name"]: row["value"]
                for row in finding.get("evidence", [])}
    return [finding.get("certificate") or {},
            {"subject": evidence.get("or subject"),
             "key_id": evidence.get("or key id")}]


def is_named(named, one):
    if named.get("key_id") and one["ski"]:
        return named["key_id"].replace(":", "").lower() == one["ski"].lower()
    return named.get("subject") == one["subject"]


def names_missing(finding, missing):
    return any(is_named(named, one)
               for named in named_by(finding) for one in missing)


def wrong_path(answer, case):
    wanted = case.get("expected_paths")
    if not wanted:
        return False
    for path in answer["paths"]:
        if path["verdict"] == "trusted":
            return [c["sha256"] for c in path["certificates"]] not in wanted
    return True


def fault_of(answer, case, codes):
    """What is wrong with an answer; None: nothing."""
    if answer is None:
        return "no answer"
    trusted = answer["verdict"] == "trusted"
    if trusted != (case["expected"] == "SUCCESS"):
        return "%s, and %s is expected" % (answer.get("sentence") or
                                           answer.get("error"),
                                           case["expected"])
    if trusted:
        return "the path is another" if wrong_path(answer, case) else None
    finding = primary(answer)
    if finding is None:
        return "no primary finding"
    fit = fitting(codes, case)
    if fit is None:
        return "no row of codes.tsv; it is %s" % finding["code"]
    if finding["code"] not in fit:
        return "%s, and %s would fit: %s" % (finding["code"], fit,
                                             finding["message"])
    if case.get("missing") and not names_missing(finding, case["missing"]):
        return "names %s, and missing is %s" % (finding.get("certificate"),
                                                case["missing"])
    return None


def unlike(row, answer, case, fault):
    """How a listed case ends otherwise than its row says; None: as it says."""
    if not fault:
        return "agrees, and is listed as an exception"
    if answer is None:
        return fault
    said = [answer["verdict"]]
    finding = primary(answer)
    if finding:
        said.append(finding["code"])
    if case.get("missing") and any(
            names_missing(other, case["missing"])
            for other in answer.get("findings", [])):
        said.append("named second")
    return None if row["ours"] in said else "ends as %s, and listed is %s" % (
        said, row["ours"])


def ask(door, cases):
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    said = subprocess.run(door, input=lines, capture_output=True, text=True,
                          check=False)
    answers = {}
    for line in said.stdout.splitlines():
        answer = json.loads(line)
        answers[answer["id"]] = answer
    return answers


def with_rules(profiles, cases):
    """The cases, each with the profile its suite means."""
    def of(case):
        for row in profiles:
            if fnmatch.fnmatchcase(case["id"], row["cases"]):
                return dict(case, profile=row["profile"])
        return case
    return [of(case) for case in cases]


def with_profiles(cases, exceptions):
    """The exceptions once more, as the profile has them that agrees."""
    again = []
    for case in cases:
        row = exceptions.get(case["id"])
        if row and row["profile"] != "-":
            again.append(dict(case, profile=row["profile"],
                              id=case["id"] + " " + row["profile"],
                              of=case["id"]))
    return again


def judge(door, cases, codes, exceptions):
    again = with_profiles(cases, exceptions)
    answers = ask(door, cases + again)
    faults = []
    for case in cases:
        answer = answers.get(case["id"])
        fault = fault_of(answer, case, codes)
        if case["id"] in exceptions:
            fault = unlike(exceptions[case["id"]], answer, case, fault)
        if fault:
            faults.append("%s: %s" % (case["id"], fault))
    for case in again:
        fault = fault_of(answers.get(case["id"]), case, codes)
        if fault:
            faults.append("%s: %s" % (case["id"], fault))
    return faults


def main():
    (codes_file, profiles_file, exceptions_file, folder, command,
     by_library) = sys.argv[1:]
    codes = rows(codes_file)
    profiles = rows(profiles_file)
    exceptions = {row["case"]: row for row in rows(exceptions_file)}
    doors = {"command": [command, "verify", "--batch"],
             "library": [by_library]}
    suites = sorted(glob.glob(os.path.join(folder, "*", "cases.jsonl")))
    number = 0
    print("1..%d" % (len(doors) * len(suites)))
    for suite in suites:
        with open(suite, encoding="utf-8") as file:
            cases = with_rules(profiles, [
                c for c in map(json.loads, file) if scored(c)])
        name = os.path.basename(os.path.dirname(suite))
        for door, run in doors.items():
            number += 1
            faults = judge(run, cases, codes, exceptions)
            print("%s %d - %s by the %s, %d cases" % (
                "not ok" if faults else "ok", number, name, door,
                len(cases)))
            for fault in faults:
                print("# " + fault.replace("\n", " "))


main()
