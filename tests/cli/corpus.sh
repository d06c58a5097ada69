#!/bin/sh
# tests/cli/corpus.sh: audit --each on files, folders and streams. Which
# certificates have expired is openssl's to say; GNU parallel runs as
# doc/corpora.md has it.
set -u
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/schema.sh"
at=2026-06-01T00:00:00Z
c=$CHAINCHECK

each() {
	"$c" audit --each --attime "$at" "$@"
}

# Those whose notAfter lies before $at, by openssl, as SHA-256.
expired() {
	for pem in "$work"/one/*.pem; do
		end=$(openssl x509 -in "$pem" -noout -enddate -dateopt iso_8601 |
			sed 's/notAfter=//; s/ /T/')
		[ "$(printf '%s\n%s\n' "$end" "$at" | sort | head -n 1)" = "$at" ] ||
			openssl x509 -in "$pem" -noout -fingerprint -sha256
	done | sed 's/.*=//; s/://g' | tr A-F a-f | sort
}

# What was found, whatever file or line it is in.
found() {
	"${python:-python3}" -c 'import json, sys
rows = []
for line in open(sys.argv[1], encoding="utf-8"):
    d = json.loads(line)
    if d["schema"] == "chaincheck.audit.certificate/1":
        what = d["certificate"]["sha256"] if d["certificate"] else d["sha256"]
        rows += [what + " " + f["code"] for f in d["findings"]
                 if len(sys.argv) == 2 or f["code"] == sys.argv[2]]
print("\n".join(sorted(rows)))' "$@"
}

# count FILE MEMBER: of all summaries.
count() {
	"${python:-python3}" -c 'import json, sys
print(sum(d[sys.argv[2]] for d in map(json.loads, open(sys.argv[1]))
          if d["schema"] == "chaincheck.audit.summary/1"))' "$1" "$2"
}

mkdir "$work/one" "$work/copies"
for pem in "$CERTS"/*.pem; do
	[ "$(grep -c 'BEGIN CERTIFICATE' "$pem")" = 1 ] || continue
	cp "$pem" "$work/one/"
done
# The same certificate may be there under two names.
cat "$work"/one/*.pem >"$work/all.pem"
number=$(grep -c 'BEGIN CERTIFICATE' "$work/all.pem")

echo 1..15
each --format jsonl "$work/all.pem" >"$work/whole.jsonl"
[ $? = 1 ] && [ "$(count "$work/whole.jsonl" certificates)" = "$number" ]
tap $? 'every certificate of a file is judged'
found "$work/whole.jsonl" cert.expired | sed 's/ .*//' >"$work/ours"
expired >"$work/theirs"
[ -s "$work/theirs" ] && diff "$work/theirs" "$work/ours" >"$work/said"
tap $? 'those have expired that openssl says have'
valid 'each line is as its schema has it' audit.schema.json "$work/whole.jsonl"
sed 's/"severity":"[a-z]*"/"severity":"bad"/' "$work/whole.jsonl" \
	>"$work/broken"
invalid 'the schema does not let everything pass' audit.schema.json \
	"$work/broken"

each --format jsonl "$work/one" >"$work/folder.jsonl"
found "$work/folder.jsonl" | grep -v bundle.duplicate >"$work/said.1"
found "$work/whole.jsonl" | grep -v bundle.duplicate >"$work/said.2"
diff "$work/said.1" "$work/said.2" >"$work/said"
tap $? 'a folder says what a file of all of it says'
each --format jsonl - <"$work/all.pem" | sed 's|"path":"-"|"path":"P"|
	s|"source":"-"|"source":"P"|' >"$work/stream.jsonl"
sed "s|$work/all.pem|P|g" "$work/whole.jsonl" |
	diff - "$work/stream.jsonl" >"$work/said"
tap $? 'standard input says what the file says'
awk '/BEGIN/ { n++ } { print > (d "/" n % 3 ".pem") }' d="$work/copies" \
	"$work/all.pem"
cat "$work/copies"/*.pem | each -j 2 --format jsonl - >"$work/mixed.jsonl"
found "$work/mixed.jsonl" | diff - "$work/said.2" | grep -v duplicate |
	grep '^[<>]' >"$work/said"
tap_nothing 'the order of the input changes nothing that is found'

cat "$work/one/root.pem" "$work/one/root.pem" >"$work/twice.pem"
tap_run 'what comes twice is told at its second place' 0 \
	'twice.pem:[0-9]*: note: .* came before \[bundle.duplicate\]' \
	each "$work/twice.pem"
printf -- '-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n' |
	cat "$work/one/root.pem" - >"$work/bad.pem"
tap_run 'what cannot be read is told with its line' 1 \
	"bad.pem:$(($(wc -l <"$work/one/root.pem") + 1)): error: no certificate" \
	each "$work/bad.pem"
tap_run 'soon to expire is a warning' 4 'expires in' \
	each -w 36525 --fail-on warning "$work/one/root.pem"
tap_run 'a file that is not there' 3 'unread: No such file' \
	each "$work/nothing.pem" "$work/one/root.pem"
tap_run 'nothing to judge' 3 'no certificate in what was named' \
	each /dev/null
tap_run 'another format' 2 'text or jsonl' each --format json "$work/one"
if [ -w /dev/full ]; then
	each "$work/all.pem" >/dev/full 2>"$work/said"
	[ $? = 3 ] && grep -q 'No space left' "$work/said"
	tap $? 'a full disk is no success'
else
	tap_skip 'a full disk is no success' 'no /dev/full'
fi

if ! parallel --version 2>/dev/null | grep -q GNU; then
	tap_skip 'GNU parallel runs it on parts' 'no GNU parallel'
	exit
fi
# As doc/corpora.md has it, with smaller blocks.
command=$(sed -n '/^    parallel --pipe/,/jsonl$/p' \
	"$top_srcdir/doc/corpora.md" | sed 's/--block 64M/--block 8k/
	s/chaincheck audit/"$CHAINCHECK" audit --attime "$at"/')
export CHAINCHECK at
(cd "$work" && HOME=$work eval "$command" 2>said)
status=$?
found "$work/found.jsonl" | grep -v bundle.duplicate |
	diff "$work/said.2" - >>"$work/said"
[ $? = 0 ] && [ $status = 0 ] &&
	[ "$(count "$work/found.jsonl" certificates)" = "$number" ] &&
	[ "$(grep -c summary "$work/found.jsonl")" -gt 2 ]
tap $? 'GNU parallel runs it on parts, and they say what the whole says'
