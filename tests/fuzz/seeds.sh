#!/bin/sh
# tests/fuzz/seeds.sh: every fuzz target on its seeds: tests/fuzz/seeds/TARGET/
# and, for certificates, what CERTS holds. One test a target.
set -u
seeds=${top_srcdir:-.}/tests/fuzz/seeds
count=0
failed=0

set -- aia_answer cert crl fetch host_name name_constraints policy_graph
echo "1..$#"
for target; do
	count=$((count + 1))
	more=$seeds/$target
	[ "$target" = cert ] && [ -d "${CERTS:-}" ] && more=$CERTS
	# -runs=0: libFuzzer stops behind the seeds.
	if out=$("./tests/fuzz/${target}_fuzzer" -runs=0 "$seeds/$target" \
		"$more" 2>&1); then
		result=ok
	else
		result='not ok'
		failed=1
	fi
	echo "$out" | sed 's/^/# /'
	echo "$result $count - $target survives its seeds"
done
exit $failed
