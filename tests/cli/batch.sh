#!/bin/sh
# tests/cli/batch.sh: many questions to one process, good ones and bad ones.
set -u
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/schema.sh"

# pem FILE...: as the text of a JSON string.
pem() {
	cat "$@" | awk '{ printf "%s\\n", $0 }'
}
www=$(pem "$CERTS/www.pem")
int=$(pem "$CERTS/intermediate.pem")
root=$(pem "$CERTS/root.pem")
at='"time":"2026-06-01T00:00:00Z"'
good="\"leaf\":\"$www\",\"untrusted\":[\"$int\"],\"trusted\":[\"$root\"],$at"

# echo would read the backslashes.
say() {
	printf '%s\n' "$1"
}

batch() {
	"$CHAINCHECK" verify --batch "$@" <"$work/in"
}

# answer NAME STATUS WORDS [OPTION...]: $work/in is answered so.
answer() {
	answer_name=$1 answer_status=$2 answer_words=$3
	shift 3
	tap_run "$answer_name" "$answer_status" "$answer_words" batch "$@"
}

echo 1..29
say "{\"id\":\"one\",$good}" >"$work/in"
answer 'a good chain' 0 '"id":"one",.*"verdict":"trusted"'
say "{\"id\":\"two\",$good,\"name\":{\"kind\":\"DNS\",\"value\":\"x.test\"}}" \
	>"$work/in"
answer 'a name it has not' 1 'name.mismatch'
say "{$good,\"name\":{\"kind\":\"DNS\",\"value\":\"www.example.test\"},
	\"eku\":\"serverAuth\",\"max_depth\":1,\"untold\":[1,{}]}" |
	tr -d '\n' >"$work/in"
answer 'a name it has, no id, no end of line' 0 '"id":null,.*"trusted"'
say "{$good,\"max_depth\":0}" >"$work/in"
answer 'too deep' 1 cert.path-length
say "{$good,\"eku\":\"1.3.6.1.5.5.7.3.2\"}" >"$work/in"
answer 'a usage by its identifier' 1 cert.purpose
say "{$good,\"distrusted\":[\"$int\"]}" >"$work/in"
answer 'a distrusted intermediate' 1 trust.anchor-distrusted
say "{$good,\"profile\":\"rfc5280\"}" >"$work/in"
answer 'a profile' 0 '"profile":"rfc5280"'
trusted_leaf="\"leaf\":\"$www\",\"trusted\":[\"$www\"],$at"
say "{$trusted_leaf,\"profile\":\"rfc5280\"}" >"$work/in"
answer 'a trusted leaf needs an issuer in rfc5280' 1 '"untrusted"'
say "{$trusted_leaf,\"profile\":\"rfc5280\",\"flags\":[\"partial-chain\"]}" \
	>"$work/in"
answer 'and none with the flag partial-chain' 0 '"trusted"'
say "{\"leaf\":\"$www\",\"untrusted\":[\"$int\"]}" >"$work/in"
answer 'what the line leaves out is as the options say' 0 '"trusted"' \
	--cacert "$CERTS/root.pem" --attime 2026-06-01
answer 'nothing is trusted unless it is said' 3 'names what is trusted'
say "{\"leaf\":\"$www\",\"untrusted\":[\"$int\"],\"trusted\":[],$at}" \
	>"$work/in"
answer 'an empty list of anchors' 1 trust. --cacert "$CERTS/root.pem"
say "{\"leaf\":\"rubbish\",\"trusted\":[\"$root\"],$at}" >"$work/in"
answer 'a leaf that is none' 3 'leaf: '
bad='-----BEGIN CERTIFICATE-----\nMAAA\n-----END CERTIFICATE-----\n'
say "{\"leaf\":\"$bad\",\"trusted\":[\"$root\"],$at}" >"$work/in"
answer 'a leaf that is no certificate' 1 cert.malformed
say "{$good,\"distrusted\":[\"$bad\"]}" >"$work/in"
answer 'distrust that cannot be read' 3 'distrusted.0.'
say "{\"leaf\":\"$www\",\"untrusted\":[\"$bad\",\"$int\"],
	\"trusted\":[\"$bad\",\"$root\"],$at}" | tr -d '\n' >"$work/in"
answer 'what cannot be read among the rest is passed over' 0 '"trusted"'

# What asks for more than is checked must never be answered as if it did not.
for line in "{$good,\"crls\":\"x\"}" "{$good,\"crls\":[\"x\"]}" \
	"{$good,\"crls\":{}}" "{$good,\"policy\":{\"explicit\":\"true\"}}" \
	"{$good,\"policy\":{\"inhibit_any\":1}}" "{$good,\"policy\":7}" \
	"{$good,\"policy\":{\"initial\":\"1.2\"}}" \
	"{$good,\"policy\":{\"initial\":[\"NIST-test-policy-1234\"]}}" \
	"{$good,\"policy\":{\"initial\":[\"1.2.x\"]}}" \
	"{$good,\"distrusted\":[\"$int\"],\"distrusted\":[]}" \
	"{$good,\"distrusted\":\"$int\"}" "{$good,\"untrusted\":[\"x\"]}" \
	"{$good,\"name\":{\"kind\":\"IP\",\"value\":\"www.example.test\"}}" \
	"{$good,\"name\":{\"kind\":\"DNS\",\"value\":\"127.0.0.1\"}}" \
	"{$good,\"policy\":{\"explicit_policy\":true}}" \
	"{$good,\"flags\":[7]}" \
	"{$good,\"flags\":1}" "{$good,\"id\":7}"; do
	say "$line"
done >"$work/in"
batch >"$work/out" 2>"$work/said"
[ $? = 3 ] && [ "$(grep -c chaincheck.error/1 "$work/out")" = 18 ]
tap $? 'eighteen lines that ask for more have no verdict'
valid '... and say so as the schema has it' report.schema.json "$work/out"
say "{\"leaf\":\"$www\",\"untrusted\":[\"$bad\",\"$int\"],
	\"trusted\":[\"$bad\",\"rubbish\",\"$root\"],$at}" | tr -d '\n' >"$work/in"
answer '... and is noted' 0 \
	'notes.*untrusted.0.*trusted.0.*trusted.1.*neither'
say "{$good,\"policy\":{\"explicit\":true}}" >"$work/in"
answer 'a policy that nobody asserts' 1 cert.policy
say "{$good,\"policy\":{\"initial\":[\"1.2.3\"]}}" >"$work/in"
answer 'what the options demand of policies holds' 1 cert.policy \
	--explicit-policy

for line in '{' '[]' 'null' '"leaf"' '{"leaf":1}' \
	"{$good,\"time\":7}" "{$good,\"eku\":\"no\"}" "{$good,\"name\":\"x\"}" \
	"{$good,\"max_depth\":-1}" "{$good,\"trusted\":{}}" \
	"{$good,\"untrusted\":[7]}" "{$good,\"profile\":\"none\"}"; do
	say "$line"
done >"$work/in"
batch >"$work/out" 2>"$work/said"
[ $? = 3 ] && [ "$(grep -c '"chaincheck.error/1".*"error":{"message":"[^"]' \
	"$work/out")" = 12 ] && [ ! -s "$work/said" ]
tap $? 'twelve lines that are no question have an answer each'
{
	say "{\"id\":\"first\",$good}"
	echo
	echo 'no JSON'
	say "{\"id\":\"last\",$good}"
} >"$work/in"
batch >"$work/out" 2>"$work/said"
sed 's/.*"id":\(null\|"[a-z]*"\).*/\1/' "$work/out" | tr '\n' ' ' \
	>"$work/said"
[ "$(cat "$work/said")" = '"first" null "last" ' ]
tap $? 'answers come in the order of the questions'
: >"$work/in"
batch >"$work/said" 2>&1 && [ ! -s "$work/said" ]
tap $? 'no question, no answer'
head -c 100000 /dev/urandom >"$work/in"
batch >"$work/said" 2>&1
[ $? = 3 ]
tap $? 'noise'
head -c 1000000 /dev/zero | tr '\0' '[' >"$work/in"
answer 'a million brackets' 3 '"error":{"message":"no JSON'
{
	printf '{"leaf":"'
	head -c 70000000 /dev/zero | tr '\0' A
	printf '"}\n'
	say "{\"id\":\"after\",$good}"
} >"$work/in"
answer 'a line too long, and the one after it' 3 '"after".*"trusted"'
rm -f "$work/in"
: >"$work/in"
answer 'a file beside it' 2 'reads standard input' "$CERTS/www.pem"

# One question, its answer, then the next, on one open pipe.
mkfifo "$work/to" "$work/from"
"$CHAINCHECK" verify --batch <"$work/to" >"$work/from" 2>"$work/said" &
exec 8>"$work/to" 9<"$work/from"
say "{\"id\":\"a\",$good}" >&8
read -r first <&9
say "{\"id\":\"b\",$good}" >&8
read -r second <&9
exec 8>&- 9<&-
wait
case $first$second in
*'"id":"a"'*'"id":"b"'*) tap 0 'it answers while it is asked' ;;
*) tap 1 'it answers while it is asked' ;;
esac
