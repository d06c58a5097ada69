#!/bin/sh
# tests/fuzz/smoke.sh BUILD [SECONDS]: builds the fuzz targets with clang and
# libFuzzer in the directory BUILD, and lets each run for some seconds from its
# seeds. Fails where one crashes, leaks, hangs or grows too large; the input
# stays in BUILD/crashes.
set -eu
srcdir=$(cd "$(dirname "$0")/../.." && pwd)
build=$1
seconds=${2:-6}
clang=$(command -v clang-14 || command -v clang) || {
	echo 'smoke.sh: clang is missing' >&2
	exit 2
}

mkdir -p "$build/crashes"
cd "$build"
[ -f Makefile ] || CC=$clang "$srcdir/configure" -q --enable-fuzzers \
	--enable-sanitizers
make -s -j"$(nproc)" fuzzers pki >make.log 2>&1 || {
	tail -n 30 make.log
	exit 1
}

failed=
for target in tests/fuzz/*_fuzzer; do
	name=$(basename "$target" _fuzzer)
	corpus=corpus/$name
	rm -rf "$corpus"
	CERTS=certs sh "$srcdir/tests/fuzz/make_seeds.sh" "$name" "$corpus"
	if "$target" -max_total_time="$seconds" -timeout=20 -max_len=4096 \
		-len_control=0 -rss_limit_mb=2048 -print_final_stats=1 \
		-artifact_prefix=crashes/ "$corpus" >"$name.log" 2>&1; then
		awk -v name="$name" '
			/number_of_executed_units/ { runs = $2 }
			/ questions, / { said = ": " $0 }
			END { print name ", " runs " inputs" said }' \
			"$name.log"
	else
		tail -n 40 "$name.log"
		failed="$failed $name"
	fi
done
[ -z "$failed" ] || echo "failed:$failed"
[ -z "$failed" ]
