#!/bin/sh
# tests/cli/ci_examples.sh: the lines of doc/examples/ci that a shell runs, taken
# out of the YAML and run, on bundles that are good, bad, and accepted.
set -u
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/schema.sh"
ci=$top_srcdir/doc/examples/ci

# lines FILE EXPRESSION: of the document d.
lines() {
	"$yaml" -c 'import sys, yaml
d = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
print(eval(sys.argv[2]))' "$ci/$1" "$2"
}

yaml=
for try in python3 /usr/bin/python3; do
	"$try" -c 'import yaml' 2>/dev/null && yaml=$try && break
done
echo 1..10
[ -n "$yaml" ] || {
	for i in 1 2 3 4 5 6 7 8 9 10; do
		tap_skip "example $i" 'no python3-yaml'
	done
	exit
}

# A machine of theirs has the command on its path, and now is now.
mkdir -p "$work/bin" "$work/repository/deploy"
ln -s "$CHAINCHECK" "$work/bin/chaincheck"
PATH=$work/bin:$PATH
export PATH
make_leaf() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-keyout "$work/key" -subj /CN=www.example.test -days "$1" \
		-addext subjectAltName=DNS:www.example.test \
		-addext basicConstraints=critical,CA:FALSE \
		-addext keyUsage=critical,digitalSignature \
		-addext extendedKeyUsage=serverAuth \
		-out "$2" 2>/dev/null
}
make_leaf 90 "$work/good.pem"
cp "$CERTS/expired.pem" "$work/bad.pem"
cd "$work/repository" || exit 99
: >deploy/baseline.tsv

lines github.yml '[s["run"] for s in d["jobs"]["audit"]["steps"]
	if s.get("name") == "Audit"][0]' >"$work/github"
lines github.yml '[s["run"] for s in d["jobs"]["audit"]["steps"]
	if s.get("if") == "failure()"][0]' >"$work/github-log"
lines gitlab.yml '"\n".join(d["certificates"]["script"])' >"$work/gitlab"
lines gitlab.yml '"\n".join(d["certificates"]["after_script"])' \
	>"$work/gitlab-after"
hook() {
	lines pre-commit-config.yaml '[h["entry"] for h in
		d["repos"][0]["hooks"] if h["id"] == "'"$1"'"][0]'
}
hook chaincheck >"$work/hook"
hook chaincheck-private-keys >"$work/hook-keys"

# run SCRIPT STATUS: as a runner does.
run() {
	bash -e "$work/$1" >"$work/said" 2>&1
	got=$?
	[ $got = "$2" ] || echo "status $got" >>"$work/said"
	[ $got = "$2" ]
}

cp "$work/good.pem" deploy/www.pem
run github 0 && [ -s chaincheck.sarif ]
tap $? 'GitHub: a good bundle passes'
run gitlab 0 && grep -q 'failures="0"' chaincheck.xml
tap $? 'GitLab: a good bundle passes'
cp "$work/bad.pem" deploy/www.pem
run github 1 && grep -q '"uri": "deploy/www.pem"' chaincheck.sarif
tap $? 'GitHub: a bad one fails, and SARIF has its place in the repository'
python3 "$top_srcdir/tests/support/sarif.py" chaincheck.sarif >"$work/said"
case $? in 0 | 77) true ;; *) false ;; esac
tap $? 'which is what the upload wants'
file=$(lines github.yml '[s["with"]["sarif_file"] for s in
	d["jobs"]["audit"]["steps"] if "upload-sarif" in s.get("uses", "")][0]')
run github-log 1 && grep -q 'cert.expired' "$work/said" && [ -s "$file" ]
tap $? 'the log says why, and the file that is uploaded is there'
run gitlab 1 && grep -q '<failure type="cert.expired"' "$(lines gitlab.yml \
	'd["certificates"]["artifacts"]["reports"]["junit"]')"
tap $? 'GitLab: a bad one fails, and the report that is kept says why'
run gitlab-after 1 && grep -q '^deploy/www.pem: ' "$work/said"
tap $? 'GitLab: a line a file in the log'

# pre-commit puts the files behind the entry, split as a shell would.
echo "$(cat "$work/hook") deploy/www.pem" >"$work/hook-bad"
run hook-bad 1
tap $? 'pre-commit: a bad bundle is not committed'
chaincheck audit --write-baseline deploy/baseline.tsv deploy >/dev/null 2>&1
run hook-bad 0 && run github 0 && run gitlab 0
tap $? 'what is accepted passes everywhere'
cp "$work/key" deploy/www.key
echo "$(cat "$work/hook-keys") deploy/www.key" >"$work/keys-bad"
echo "$(cat "$work/hook-keys") deploy/www.pem" >"$work/keys-good"
run keys-bad 1 && run keys-good 0
tap $? 'pre-commit: a private key is not committed'
