/* lib/path/nearest_name.c: which name of a certificate comes nearest. */
#include "path/nearest_name.h"

#include <arpa/inet.h>

#include "base/ascii.h"
#include "base/cleanup.h"
#include "cert/oid.h"
#include "path/alt_names.h"

/*
 * Cells of the tables of letters changed, for all names together: some
 * milliseconds. 10,000 names of 20 letters would want 4 million; those that
 * come after the budget are ranked by their domain alone.
 */
#define BUDGET 2000000u
#define LETTERS_MAX 255u
#define FAR 256u /* more letters than any two names differ in */

static const char WRONG_FORM[] = " (an address must be an iPAddress name)";

/* Less is nearer: the rank first, then the distance. */
enum rank {
	RANK_WRONG_FORM = 0, /* the same address as text */
	RANK_DEPTH = 0,      /* a wildcard a label or more off */
	RANK_DOMAIN = 1,     /* the same last two labels; the same family */
	RANK_OTHER = 2,
	RANK_NONE = 3,       /* not comparable */
};

struct nearest {
	struct chk_general_name name;
	uint32_t rank, distance;
	uint32_t budget;
};

static uint32_t least(uint32_t a, uint32_t b, uint32_t c)
{
	uint32_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Letters to insert, drop or change (Levenshtein), one row at a time. */
static uint32_t distance(struct chk_bytes a, struct chk_bytes b,
			 uint32_t *budget)
{
	uint16_t row[LETTERS_MAX + 1];
	uint32_t corner, above;

	if (a.size > LETTERS_MAX || b.size > LETTERS_MAX ||
	    a.size * b.size > *budget)
		return FAR;
	*budget -= (uint32_t)(a.size * b.size);
	for (size_t j = 0; j <= b.size; j++)
		row[j] = (uint16_t)j;
	for (size_t i = 0; i < a.size; i++) {
		corner = row[0];
		row[0] = (uint16_t)(i + 1);
		for (size_t j = 0; j < b.size; j++) {
			bool change = chk_ascii_lower(a.data[i]) !=
				      chk_ascii_lower(b.data[j]);

			above = row[j + 1];
			row[j + 1] = (uint16_t)least(row[j] + 1, above + 1,
						     corner + change);
			corner = above;
		}
	}
	return row[b.size];
}

/* The last two labels, or all there is; the domain of an e-mail address. */
static struct chk_bytes domain_of(struct chk_bytes name)
{
	size_t at = name.size, dots = 0;

	while (at > 0 && name.data[at - 1] != '@') {
		dots += name.data[at - 1] == '.';
		if (dots == 2)
			break;
		at--;
	}
	return chk_bytes_of(name.data + at, name.size - at);
}

/* "*.corp.test" for "a.b.corp.test" or for "corp.test" itself. */
static bool is_other_depth(struct chk_bytes pattern, struct chk_bytes host)
{
	if (pattern.size < 3 || memcmp(pattern.data, "*.", 2) != 0)
		return false;
	return chk_ascii_ends_with(host, chk_bytes_of(pattern.data + 1,
						      pattern.size - 1)) ||
	       chk_ascii_equal(host, chk_bytes_of(pattern.data + 2,
						  pattern.size - 2));
}

static uint32_t rank_of_text(struct chk_bytes name, struct chk_bytes asked)
{
	struct chk_bytes domain = domain_of(name);

	if (is_other_depth(name, asked))
		return RANK_DEPTH;
	if (domain.size && chk_ascii_equal(domain, domain_of(asked)))
		return RANK_DOMAIN;
	return RANK_OTHER;
}

/* The same address, written as text where it does not count. */
static bool is_written_address(struct chk_bytes text,
			       const struct chk_identity *identity)
{
	char room[INET6_ADDRSTRLEN] = "";
	uint8_t ip[16];
	int family = identity->ip_size == 4 ? AF_INET : AF_INET6;

	if (text.size >= sizeof(room) || memchr(text.data, 0, text.size))
		return false;
	memcpy(room, text.data, text.size);
	return inet_pton(family, room, ip) == 1 &&
	       memcmp(ip, identity->ip, identity->ip_size) == 0;
}

/* Bits after the first that differs: the fewer, the nearer the network. */
static uint32_t network_distance(struct chk_bytes a, const uint8_t *b)
{
	for (size_t i = 0; i < a.size; i++) {
		uint32_t differ = a.data[i] ^ b[i], bits = 0;

		for (; differ; differ >>= 1)
			bits++;
		if (bits)
			return (uint32_t)(a.size - 1 - i) * 8 + bits;
	}
	return 0;
}

static void judge_for_address(const struct chk_general_name *name,
			      const struct chk_identity *identity,
			      uint32_t *rank, uint32_t *away)
{
	*rank = RANK_NONE;
	*away = FAR;
	if (name->type == CHK_NAME_DNS && name->value.size &&
	    is_written_address(name->value, identity)) {
		*rank = RANK_WRONG_FORM;
	} else if (name->type == CHK_NAME_IP &&
		   name->value.size == identity->ip_size) {
		*rank = RANK_DOMAIN;
		*away = network_distance(name->value, identity->ip);
	} else if (name->type == CHK_NAME_IP) {
		*rank = RANK_OTHER;
	}
}

static void judge_for_text(const struct chk_general_name *name,
			   const struct chk_identity *identity,
			   struct nearest *nearest, uint32_t *rank,
			   uint32_t *away)
{
	enum chk_general_name_type type =
		identity->type == CHK_IDENTITY_DNS ? CHK_NAME_DNS :
						     CHK_NAME_EMAIL;
	struct chk_bytes asked = chk_bytes_text(identity->text);

	*rank = RANK_NONE;
	*away = FAR;
	if (name->type != type || !name->value.size)
		return;
	*rank = rank_of_text(name->value, asked);
	if (*rank <= nearest->rank)
		*away = distance(name->value, asked, &nearest->budget);
}

static void judge(const struct chk_general_name *name,
		  const struct chk_identity *identity, struct nearest *nearest)
{
	uint32_t rank, away;

	if (identity->type == CHK_IDENTITY_IP)
		judge_for_address(name, identity, &rank, &away);
	else
		judge_for_text(name, identity, nearest, &rank, &away);
	if (rank > nearest->rank ||
	    (rank == nearest->rank && away >= nearest->distance))
		return;
	nearest->name = *name;
	nearest->rank = rank;
	nearest->distance = away;
}

/* "CN=127.0.0.1 (...)", when the Common Name holds the address. */
static const char *address_in_common_name(const struct chk_cert *leaf,
					  const struct chk_identity *identity,
					  struct chk_arena *arena)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
	size_t cursor = 0;

	while (chk_subject_next(leaf, chk_oid_bytes(CHK_OID_AT_COMMON_NAME),
				&cursor, &name)) {
		if (name.size &&
		    is_written_address(chk_bytes_of(name.data, name.size),
				       identity))
			return chk_arena_format(arena, "CN=%s%s", name.data,
						WRONG_FORM);
	}
	return NULL;
}

static const char *text_of(const struct nearest *nearest, bool address,
			   struct chk_arena *arena)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_alt_name_text(&text, &nearest->name);
	if (address && nearest->rank == RANK_WRONG_FORM)
		chk_buffer_text(&text, WRONG_FORM);
	if (text.failed || !text.data) {
		arena->failed = true;
		return NULL;
	}
	return chk_arena_text(arena, text.data);
}

const char *chk_nearest_name(const struct chk_cert *leaf,
			     const struct chk_identity *identity,
			     struct chk_arena *arena, uint32_t *count)
{
	bool address = identity->type == CHK_IDENTITY_IP;
	struct chk_der names = chk_alt_names_begin(leaf);
	struct nearest nearest = { .rank = RANK_NONE, .distance = FAR,
				   .budget = BUDGET };
	struct chk_general_name name;
	const char *common;

	*count = 0;
	while (chk_general_name_next(&names, &name)) {
		++*count;
		judge(&name, identity, &nearest);
	}
	if (address && nearest.rank != RANK_WRONG_FORM) {
		common = address_in_common_name(leaf, identity, arena);
		if (common)
			return common;
	}
	return nearest.rank == RANK_NONE ? NULL :
					   text_of(&nearest, address, arena);
}
