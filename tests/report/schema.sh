#!/bin/sh
# tests/report/schema.sh: reports keep to doc/report.schema.json.
#
# schema.sh [FILE...]: files of JSON lines; by default the reports made by hand
# (print_examples). The schema lets unknown members pass, since later versions
# add some; here they fail, so that none is added without the schema.
set -u
top=${top_srcdir:-.}
python=${PYTHON3:-/usr/bin/python3}

if ! "$python" -c 'import jsonschema' 2>/dev/null; then
	echo '1..0 # SKIP python3 with jsonschema is not installed'
	exit 0
fi

work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
if [ $# -eq 0 ]; then
	./tests/report/print_examples >"$work/examples" || exit 99
	set -- "$work/examples"
fi

cat >"$work/check.py" <<'END'
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
kind = jsonschema.validators.validator_for(schema)
kind.check_schema(schema)
shut = closed(schema)
validator = kind(shut)
errors = kind({"$ref": "#/$defs/error", "$defs": shut["$defs"]})
lines = [line for path in sys.argv[2:] for line in open(path, "rb")]
print("1..%d" % (len(lines) + 2))


def tell(number, good, name):
    print("%s %d - %s" % ("ok" if good else "not ok", number, name))


for number, line in enumerate(lines, 1):
    report = json.loads(line.decode("utf-8", "strict"))
    is_error = report["schema"] == "chaincheck.error/1"
    faults = list((errors if is_error else validator).iter_errors(report))
    tell(number, not faults, report.get("id") or report.get("target"))
    for fault in faults:
        print("# %s: %s" % (list(fault.absolute_path), fault.message))

# A schema that lets everything pass would prove nothing.
broken = json.loads(lines[0])
del broken["verdict"]
tell(len(lines) + 1, not validator.is_valid(broken), "no verdict fails")
broken["verdict"] = "maybe"
tell(len(lines) + 2, not validator.is_valid(broken), "another verdict fails")
END
"$python" "$work/check.py" "$top/doc/report.schema.json" "$@"
