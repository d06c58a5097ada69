#!/bin/sh
# tests/fuzz/seeds.sh: every fuzz target on its seeds (make_seeds.sh) and, for
# certificates, on what CERTS holds. One test a target.
set -u
here=${top_srcdir:-.}/tests/fuzz
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
count=0
failed=0

set -- aia_answer answer audit cert certdata crl differential dn fetch hello host_name jks \
	name_constraints pkcs12_attributes policy_graph request search settings starttls \
	trusted_cert
echo "1..$#"
for target; do
	count=$((count + 1))
	seeds=$work/$target
	more=
	[ "$target" = cert ] && more=${CERTS:-}
	# -runs=0: libFuzzer stops behind the seeds.
	if out=$("$here/make_seeds.sh" "$target" "$seeds" 2>&1 &&
		"./tests/fuzz/${target}_fuzzer" -runs=0 "$seeds" \
			${more:+"$more"} 2>&1); then
		result=ok
	else
		result='not ok'
		failed=1
	fi
	# A target that trusts nothing has looked at nothing.
	case $target in
	differential | search)
		echo "$out" | grep -q '[1-9][0-9]* trusted' || {
			result='not ok'
			failed=1
		}
		;;
	esac
	echo "$out" | sed 's/^/# /'
	echo "$result $count - $target survives its seeds"
done
exit $failed
