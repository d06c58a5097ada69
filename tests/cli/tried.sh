#!/bin/sh
# tests/cli/tried.sh: --if-added and --if-sent say what would be, beside a
# verdict and an exit status that stay what they are; openssl agrees.
set -u
command -v openssl >/dev/null || {
	echo '1..0 # SKIP openssl is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
CERTS=$work
. "$top_srcdir/tests/support/pki.sh"
. "$top_srcdir/tests/support/schema.sh"
cd "$work" || exit 99

# Words may stand on two lines of the report.
# says NAME STATUS WORDS COMMAND...
says() {
	says_name=$1 says_status=$2 says_words=$3
	shift 3
	"$@" >"$work/out" 2>&1
	says_got=$?
	tr -s '\n ' '  ' <"$work/out" >"$work/said"
	[ "$says_got" = "$says_status" ] && grep -q -e "$says_words" "$work/said"
	says_ok=$?
	[ $says_ok = 0 ] || echo "status $says_got" >>"$work/said"
	tap $says_ok "$says_name"
}

verify() {
	"$CHAINCHECK" verify --no-system "$@"
}

says 'a root that is added' 1 \
	'NOT TRUSTED.*Tried: With root.pem added to the store, www.pem is trusted: its path ends in «Test Root»' \
	verify www.pem intermediate.pem --cacert unrelated.pem \
	--if-added root.pem
openssl verify -CAfile root.pem -untrusted intermediate.pem www.pem \
	>said 2>&1
tap $? '... and openssl says so with it'
says 'another root' 1 \
	'Tried: With root-other-key.pem added to the store, www.pem is still not trusted: ' \
	verify www.pem intermediate.pem --cacert unrelated.pem \
	--if-added root-other-key.pem
says 'an intermediate that is sent' 1 \
	'NOT TRUSTED.*Tried: With intermediate.pem sent as well, www.pem is trusted' \
	verify www.pem --cacert root.pem --if-sent intermediate.pem
says 'what is sent is trusted by nobody' 1 \
	'Tried: With root.pem sent as well, www.pem is still not trusted' \
	verify www.pem intermediate.pem --cacert unrelated.pem \
	--if-sent root.pem
says 'both, each by itself and together' 1 \
	'root.pem added to the store, www.pem is still not trusted.*intermediate.pem sent as well, www.pem is still not trusted.*added to the store and intermediate.pem sent as well, www.pem is trusted' \
	verify www.pem --cacert unrelated.pem --if-added root.pem \
	--if-sent intermediate.pem
says 'a good chain stays trusted' 0 \
	'^TRUSTED.*Tried: With unrelated.pem added to the store, www.pem is still trusted' \
	verify www.pem intermediate.pem --cacert root.pem \
	--if-added unrelated.pem
says 'quiet is the verdict alone' 1 '^www.pem is not trusted: [^.]*\. *$' \
	verify www.pem intermediate.pem --cacert unrelated.pem \
	--if-added root.pem --quiet
says 'a file that is not there' 3 'no-such.pem' \
	verify www.pem --if-added no-such.pem
says 'a moment to come, and what would help then' 1 \
	'NOT TRUSTED.*Tried: With root.pem added to the store, www.pem is still not trusted: [^.]*has expired' \
	verify www.pem intermediate.pem --cacert unrelated.pem \
	--if-added root.pem --attime +400d

chain_of www
start_openssl www.key || exit 99
says 'a server' 1 'Tried: With intermediate.pem sent as well, www.example.test:[0-9]* is trusted' \
	"$CHAINCHECK" check "www.example.test:$port" --no-system \
	--resolve "www.example.test:$port:127.0.0.1" --cacert root.pem \
	--if-sent intermediate.pem
says 'a server, in 90 days' 1 'Tried: .* is trusted' \
	"$CHAINCHECK" check "www.example.test:$port" --no-system \
	--resolve "www.example.test:$port:127.0.0.1" --cacert root.pem \
	--if-sent intermediate.pem --attime +90d
says 'a server, in 400 days' 1 'Tried: .* is still not trusted: .* expired' \
	"$CHAINCHECK" check "www.example.test:$port" --no-system \
	--resolve "www.example.test:$port:127.0.0.1" --cacert root.pem \
	--if-sent intermediate.pem --attime +400d
stop_peer
says 'where nothing was sent, nothing is tried in its place' 3 \
	'Tried: With www.pem sent as well, .* could still not be judged' \
	"$CHAINCHECK" check "127.0.0.1:$port" --no-system --if-sent www.pem

verify www.pem --cacert unrelated.pem --if-added root.pem \
	--if-sent intermediate.pem --format json >report.json 2>said
valid 'the report fits the schema' report.schema.json report.json
json report.json '[(t["change"], t["verdict"], t["code"]) for t in d["trials"]]' \
	>said 2>&1
echo "[('added', 'untrusted', 'chain.intermediate-missing'), ('sent', 'untrusted', 'trust.anchor-missing'), ('added-and-sent', 'trusted', None)]" |
	diff - said >diff 2>&1
bad=$?
cat diff >>said
tap $bad 'trials in JSON'
echo "1..$tap_count"
