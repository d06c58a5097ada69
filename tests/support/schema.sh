# tests/support/schema.sh: JSON against a schema, for shell tests; sourced
# after tap.sh. Members that the schema does not name fail too.
python=
for try in python3 /usr/bin/python3; do
	"$try" -c 'import jsonschema' 2>/dev/null && python=$try && break
done

# fits SCHEMA FILE: 0 where every document of the file does, 1 where one does
# not; anything else is a failure of the check. A document of errors has a
# schema of its own within that of reports.
fits() {
	"$python" - "$top_srcdir/doc/$1" "$2" >"$work/said" 2>&1 <<'PY'
import json, sys
import jsonschema


def closed(schema):
    """The schema that allows no members but those it names."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if schema.get("type") == "object":
        made["additionalProperties"] = False
    return made


def documents(text):
    """One document, or one a line."""
    while text:
        document, end = json.JSONDecoder().raw_decode(text)
        yield document
        text = text[end:].lstrip()


try:
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    whole = closed(schema)
    error = {"$ref": "#/$defs/error", "$defs": whole.get("$defs", {})}
    found = list(documents(open(sys.argv[2], encoding="utf-8").read()))
    assert found, "no document"
except Exception as failure:
    print(failure)
    sys.exit(2)
faults = [(number, fault) for number, document in enumerate(found, 1)
          for fault in jsonschema.Draft202012Validator(
              error if document["schema"] == "chaincheck.error/1" else whole
          ).iter_errors(document)]
for number, fault in faults:
    print("document %d, %s: %s" % (number, fault.json_path, fault.message))
sys.exit(1 if faults else 0)
PY
}

# valid NAME SCHEMA FILE
valid() {
	[ -n "$python" ] || {
		tap_skip "$1" 'no python3 with jsonschema'
		return
	}
	fits "$2" "$3"
	tap $? "$1"
}

# invalid NAME SCHEMA FILE
invalid() {
	[ -n "$python" ] || {
		tap_skip "$1" 'no python3 with jsonschema'
		return
	}
	fits "$2" "$3"
	[ $? = 1 ]
	tap $? "$1"
}

# json FILE EXPRESSION: what python makes of the document d.
json() {
	"${python:-python3}" -c 'import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
print(eval(sys.argv[2]))' "$1" "$2"
}
