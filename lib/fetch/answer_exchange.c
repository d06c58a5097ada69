/* lib/fetch/answer_exchange.c: the ServerKeyExchange, by the cipher suite. */
#include "fetch/answer_reader.h"
#include "fetch/exchange.h"

#define NAMED_CURVE 3 /* RFC 8422 section 5.4 */

/* The size of an unsigned number without the zeros in front of it. */
static unsigned bits_of(struct chk_bytes number)
{
	unsigned bits = 0;

	while (number.size && !number.data[0])
		number = chk_bytes_skip(number, 1);
	if (!number.size)
		return 0;
	for (unsigned byte = number.data[0]; byte; byte >>= 1)
		bits++;
	return bits + 8 * (unsigned)(number.size - 1);
}

static bool read_dh(struct chk_answer_part *part)
{
	struct chk_bytes prime, other;

	if (!chk_answer_vector(part, "prime", 2, &prime) ||
	    !chk_answer_vector(part, "generator", 2, &other) ||
	    !chk_answer_vector(part, "public value", 2, &other))
		return false;
	part->reader->answer->dh_bits = bits_of(prime);
	return true;
}

/* A curve that is spelled out is told by its kind, 0xff01 or 0xff02. */
static bool read_ec(struct chk_answer_part *part)
{
	struct chk_bytes point;
	size_t kind, group;

	if (!chk_answer_number(part, "kind of curve", 1, &kind))
		return false;
	if (kind != NAMED_CURVE) {
		part->reader->answer->group = (uint16_t)(0xff00 | kind);
		return false;
	}
	if (!chk_answer_number(part, "curve", 2, &group))
		return false;
	part->reader->answer->group = (uint16_t)group;
	return chk_answer_vector(part, "point", 1, &point);
}

static bool read_rsa(struct chk_answer_part *part)
{
	struct chk_bytes number;

	return chk_answer_vector(part, "modulus", 2, &number) &&
	       chk_answer_vector(part, "exponent", 2, &number);
}

static bool read_hint(struct chk_answer_part *part)
{
	struct chk_bytes hint;

	return chk_answer_vector(part, "hint", 2, &hint);
}

static bool read_dh_hint(struct chk_answer_part *part)
{
	return read_hint(part) && read_dh(part);
}

static bool read_ec_hint(struct chk_answer_part *part)
{
	return read_hint(part) && read_ec(part);
}

/* False: what follows cannot be told, or is not there. */
static bool (*const READ[])(struct chk_answer_part *) = {
	[CHK_EXCHANGE_DH] = read_dh,
	[CHK_EXCHANGE_EC] = read_ec,
	[CHK_EXCHANGE_RSA] = read_rsa,
	[CHK_EXCHANGE_HINT] = read_hint,
	[CHK_EXCHANGE_DHHINT] = read_dh_hint,
	[CHK_EXCHANGE_ECHINT] = read_ec_hint,
	[CHK_EXCHANGE_OTHER] = NULL,
};

/* RFC 5246 section 4.7; the algorithm is new there. */
static void read_signature(struct chk_answer_part *part)
{
	struct chk_answer *answer = part->reader->answer;
	struct chk_bytes signature;
	size_t scheme = 0;

	if ((answer->version >= 0x0303 &&
	     !chk_answer_number(part, "signature algorithm", 2, &scheme)) ||
	    !chk_answer_vector(part, "signature", 2, &signature))
		return;
	answer->signature = (uint16_t)scheme;
	chk_answer_nothing(part);
}

void chk_answer_exchange(struct chk_answer_reader *reader,
			 struct chk_bytes body)
{
	const struct chk_suite *suite = chk_suite_of(reader->answer->suite);
	struct chk_answer_part part = { reader, "ServerKeyExchange", body };
	enum chk_exchange exchange;

	if (!suite)
		return;
	exchange = chk_exchange_of(suite);
	if (exchange == CHK_EXCHANGE_NONE) {
		chk_answer_refuse(reader, "the server sent a ServerKeyExchange,"
				  " which its suite %s has not", suite->name);
		return;
	}
	if (!READ[exchange] || !READ[exchange](&part))
		return;
	if (chk_exchange_is_signed(suite))
		read_signature(&part);
	else
		chk_answer_nothing(&part);
}
