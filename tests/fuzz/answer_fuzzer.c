/*
 * tests/fuzz/answer_fuzzer.c: what a server answers to a hello of our own. The
 * first byte says how: bits 0-2 the bytes a read gives, bits 3-4 what comes
 * behind them (closed, reset, silence, nothing); the others are what it sends.
 */
#include <errno.h>
#include <stdlib.h>

#include "checks.h"
#include "fetch/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads it in pieces; false: it wanted more at the end. */
static bool read_in(struct chk_answer *answer, struct chk_bytes bytes,
		    size_t part, int cause)
{
	struct chk_answer_reader *reader = chk_answer_reader_new(answer);
	bool over;

	if (!reader)
		abort();
	while (bytes.size && !chk_answer_is_over(reader)) {
		size_t size = part && part < bytes.size ? part : bytes.size;

		if (!chk_answer_read(reader, chk_bytes_of(bytes.data, size)))
			abort();
		bytes = chk_bytes_skip(bytes, size);
	}
	if (cause > 0)
		chk_answer_failed(reader, cause, 10000);
	else if (cause == 0)
		chk_answer_end_of_stream(reader);
	over = chk_answer_is_over(reader);
	chk_answer_reader_free(reader);
	return over;
}

static void check(const struct chk_answer *answer, size_t size, bool over)
{
	bool accepted = chk_answer_is_accepted(answer);

	/* Never without an end, and no end but the good ones without a word. */
	if (over != (answer->end != CHK_ANSWER_NONE) ||
	    (over && accepted != !answer->why[0]) ||
	    (accepted && answer->alert >= 0) ||
	    (answer->done && answer->end != CHK_ANSWER_HELLO) ||
	    (answer->end == CHK_ANSWER_ALERT) != (answer->alert >= 0))
		abort();
	/* Nothing is larger than what it came from. */
	if (answer->certificates.size + answer->authorities.size +
		    answer->certificate_types.size +
		    answer->certificate_signatures.size > size ||
	    answer->first_bytes.size > 64 || answer->received > size)
		abort();
	check_printable(chk_bytes_text(answer->why));
	if (answer->alpn)
		check_printable(chk_bytes_text(answer->alpn));
}

/* However it was cut, it says the same. */
static void compare(const struct chk_answer *a, const struct chk_answer *b)
{
	if (a->end != b->end || strcmp(a->why, b->why) != 0 ||
	    a->version != b->version || a->suite != b->suite ||
	    a->group != b->group || a->signature != b->signature ||
	    a->dh_bits != b->dh_bits || a->alert != b->alert ||
	    a->warning != b->warning || a->done != b->done ||
	    a->record_version != b->record_version ||
	    a->wants_certificate != b->wants_certificate ||
	    !chk_bytes_equal(a->certificates, b->certificates) ||
	    !chk_bytes_equal(a->authorities, b->authorities) ||
	    !chk_bytes_equal(a->first_bytes, b->first_bytes))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int CAUSES[] = { 0, ECONNRESET, ETIMEDOUT, -1 };
	struct chk_answer whole = { 0 }, pieces = { 0 };
	struct chk_bytes bytes;
	int cause;

	if (size == 0)
		return 0;
	bytes = chk_bytes_of(data + 1, size - 1);
	cause = CAUSES[data[0] >> 3 & 3];
	check(&whole, bytes.size, read_in(&whole, bytes, 0, cause));
	check(&pieces, bytes.size,
	      read_in(&pieces, bytes, 1 + (data[0] & 7u), cause));
	/* How many bytes came before the time was over hangs on the cut. */
	compare(&whole, &pieces);
	chk_answer_clear(&whole);
	chk_answer_clear(&pieces);
	return 0;
}
