/* lib/fetch/answer_end.c: how an answer ended, in a clause. */
#include <errno.h>
#include <stdarg.h>

#include "fetch/answer_reader.h"
#include "fetch/banner.h"
#include "fetch/connect.h"

void chk_answer_end(struct chk_answer_reader *reader, enum chk_answer_end end,
		    const char *format, ...)
{
	struct chk_answer *answer = reader->answer;
	const char *copy;
	va_list list;

	if (reader->over)
		return;
	va_start(list, format);
	copy = chk_arena_vformat(&answer->arena, format, list);
	va_end(list);
	answer->end = end;
	answer->why = copy ? copy : "";
	reader->over = true;
}

/* SSL 2.0's SERVER-HELLO: length, type, session, certificate type, version. */
static bool is_sslv2_hello(struct chk_bytes first)
{
	return first.size >= 7 && first.data[0] & 0x80 && first.data[2] == 4 &&
	       first.data[3] <= 1 && first.data[5] == 0 && first.data[6] == 2;
}

/* SSL 2.0's ERROR, all five bytes of it. */
static bool is_sslv2_error(struct chk_bytes first)
{
	return first.size == 5 && memcmp(first.data, "\x80\x03\0\0", 4) == 0;
}

void chk_answer_end_foreign(struct chk_answer_reader *reader)
{
	struct chk_answer *answer = reader->answer;
	struct chk_bytes first = chk_bytes_of(reader->first,
					      reader->first_size);

	if (reader->over)
		return;
	if (is_sslv2_hello(first)) {
		answer->version = answer->record_version = 0x0002;
		chk_answer_end(reader, CHK_ANSWER_HELLO, "%s", "");
		return;
	}
	answer->first_bytes = chk_arena_bytes(&answer->arena, first);
	answer->speaks = chk_banner_protocol(first);
	if (is_sslv2_error(first)) {
		answer->speaks = "SSL 2.0";
		chk_answer_end(reader, CHK_ANSWER_NOT_TLS, "the server does "
			       "not speak TLS but SSL 2.0, and sent error %u",
			       (unsigned)first.data[4]);
		return;
	}
	chk_answer_end(reader, CHK_ANSWER_NOT_TLS, "%s",
		       chk_banner_told(&answer->arena, first));
}

static const char *moment(const struct chk_answer_reader *reader)
{
	return reader->answer->received ?
		       "in the middle of its answer to the ClientHello" :
		       "after the ClientHello without a word";
}

void chk_answer_end_of_stream(struct chk_answer_reader *reader)
{
	if (reader->foreign)
		chk_answer_end_foreign(reader);
	chk_answer_end(reader, CHK_ANSWER_CLOSED,
		       "the server closed the connection %s", moment(reader));
}

static void time_out(struct chk_answer_reader *reader, int64_t limit_ms)
{
	struct chk_answer *answer = reader->answer;
	const char *limit = chk_millis_text(&answer->arena, limit_ms);

	if (answer->received)
		chk_answer_end(reader, CHK_ANSWER_SILENT,
			       "the answer to the ClientHello was not complete "
			       "within %s; %zu bytes came", limit,
			       answer->received);
	else
		chk_answer_end(reader, CHK_ANSWER_SILENT,
			       "no answer to the ClientHello within %s", limit);
}

void chk_answer_failed(struct chk_answer_reader *reader, int cause,
		       int64_t limit_ms)
{
	if (reader->foreign)
		chk_answer_end_foreign(reader);
	if (reader->over)
		return;
	reader->answer->cause = cause;
	if (cause == ETIMEDOUT)
		time_out(reader, limit_ms);
	else if (chk_failure_of_errno(cause) == CHK_FAILURE_RESET)
		chk_answer_end(reader, CHK_ANSWER_RESET,
			       "the server reset the connection %s",
			       moment(reader));
	else
		chk_answer_end(reader, CHK_ANSWER_RESET,
			       "the connection was lost %s (%s)",
			       moment(reader), strerror(cause));
}
