/*
 * tests/fuzz/starttls_fuzzer.c: a server that says anything in clear. The first
 * byte says how: bits 0-3 the protocol (0: TLS at once), bits 4-6 the bytes a
 * read gives, bit 7 silence behind the end instead of the end; the others are
 * what it sends, on however many connections.
 */
#include <stdlib.h>

#include "fetch/presented.h"
#include "fetch/second.h"
#include "support/script_io.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TIME_MS 10000

/* A ClientHello follows a "go ahead", and nothing else that the server says. */
static bool holds_hello(const struct script *script)
{
	for (size_t i = 0; i + 6 <= script->written_size; i++) {
		if (memcmp(script->written + i, "\x16\x03", 2) == 0 &&
		    script->written[i + 5] == 1)
			return true;
	}
	return false;
}

static void check(const struct chk_presented *presented,
		  const struct script *script)
{
	bool failed = presented->failure != CHK_FAILURE_NONE;

	if (script->clock > TIME_MS + 2 * CHK_SECOND_MS ||
	    script->opened != script->closed || script->opened > 3 ||
	    failed != (presented->why[0] != '\0'))
		abort();
	if (!presented->spoken.protocol || presented->needs)
		return;
	/* Another connection may have been asked for TLS, once. */
	if (presented->spoken.end != CHK_SPOKEN_GO && script->opened == 1 &&
	    holds_hello(script))
		abort();
	if (presented->spoken.end != CHK_SPOKEN_GO &&
	    presented->step != CHK_STEP_STARTTLS)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct script_address HERE = { .address = "192.0.2.1" };
	struct script_step steps[2] = { { .what = SCRIPT_ANSWER },
					{ .what = SCRIPT_CLOSE } };
	struct script script = { .addresses = &HERE, .address_count = 1,
				 .steps = steps };
	struct chk_target target = { .host = "a.test",
				     .handshake_timeout_ms = TIME_MS };
	const struct chk_protocol *protocol;
	struct chk_presented *presented;

	if (size == 0)
		return 0;
	protocol = chk_protocol(data[0] & 15);
	target.starttls = protocol ? protocol->name : NULL;
	steps[0].bytes = chk_bytes_of(data + 1, size - 1);
	script.chunk = data[0] >> 4 & 7;
	script.step_count = data[0] & 0x80 ? 1 : 2;
	target.io = script_io(&script);
	if (!chk_fetch(&target, &presented, NULL))
		abort();
	check(presented, &script);
	chk_presented_free(presented);
	return 0;
}
