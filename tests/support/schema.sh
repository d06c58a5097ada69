# tests/support/schema.sh: JSON against a schema, for shell tests; sourced
# after tap.sh. Members that the schema does not name fail too.
python=
for try in python3 /usr/bin/python3; do
	"$try" -c 'import jsonschema' 2>/dev/null && python=$try && break
done

# valid NAME SCHEMA FILE
valid() {
	[ -n "$python" ] || {
		tap_skip "$1" 'no python3 with jsonschema'
		return
	}
	"$python" - "$top_srcdir/doc/$2" "$3" >"$work/said" 2>&1 <<'PY'
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


schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
jsonschema.validate(json.load(open(sys.argv[2], encoding="utf-8")),
                    closed(schema))
PY
	tap $? "$1"
}

# json FILE EXPRESSION: what python makes of the document d.
json() {
	"${python:-python3}" -c 'import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
print(eval(sys.argv[2]))' "$1" "$2"
}
