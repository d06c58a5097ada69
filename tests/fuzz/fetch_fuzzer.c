/*
 * tests/fuzz/fetch_fuzzer.c: a server that answers anything. The first byte
 * says how: the highest version offered, the bytes a read gives, and whether
 * writing works; the others are what it sends.
 */
#include <errno.h>
#include <stdlib.h>

#include "fetch/presented.h"
#include "fetch/second.h"
#include "support/script_io.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TIME_MS 10000

static void check(const struct chk_presented *presented,
		  const struct script *script)
{
	bool failed = presented->failure != CHK_FAILURE_NONE;

	/*
	 * In time, closed, and never without a word; one that speaks something
	 * else is asked again for what that may be.
	 */
	if (script->clock > TIME_MS + 2 * CHK_SECOND_MS ||
	    script->opened < 1 || script->opened > 3 ||
	    script->closed != script->opened ||
	    failed != (presented->why[0] != '\0') ||
	    (!failed && presented->step != CHK_STEP_FINISHED))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct script_address HERE = { .address = "192.0.2.1" };
	static const enum chk_tls_version VERSIONS[] = {
		CHK_TLS_ANY, CHK_TLS_1_0, CHK_TLS_1_2, CHK_TLS_1_3,
	};
	struct script_step steps[2] = { { .what = SCRIPT_ANSWER },
					{ .what = SCRIPT_CLOSE } };
	struct script script = { .addresses = &HERE, .address_count = 1,
				 .steps = steps, .step_count = 2 };
	struct chk_target target = { .host = "a.test",
				     .handshake_timeout_ms = TIME_MS };
	struct chk_presented *presented;

	if (size == 0)
		return 0;
	steps[0].bytes = chk_bytes_of(data + 1, size - 1);
	target.tls_max = VERSIONS[data[0] & 3];
	script.chunk = data[0] >> 2 & 7;
	script.step_count = data[0] & 0x20 ? 1 : 2; /* silence, or the end */
	script.write_cause = data[0] & 0x40 ? EPIPE : 0;
	script.read_millis = data[0] & 0x80 ? 9 : 0;
	target.io = script_io(&script);
	if (!chk_fetch(&target, &presented, NULL))
		abort();
	check(presented, &script);
	chk_presented_free(presented);
	return 0;
}
