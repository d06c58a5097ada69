/* lib/client/openssl_ciphers.c: OpenSSL's cipher strings. */
#include "client/openssl_ciphers.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/narrow.h"

static const struct word {
	const char *name, *exchange, *cipher, *mac;
	uint16_t min;
	unsigned from, to;
} WORDS[] = {
#define WORD(name, exchange, cipher, mac, min, from, to) \
	{ name, exchange, cipher, mac, min, from, to },
#include "client/openssl_words.def"
#undef WORD
};

#define DEFAULT "ALL:!COMPLEMENTOFDEFAULT:!eNULL"
#define WORDS_MAX 1000 /* of one string; the rest is not looked at */

/* A suite on its way: struck off for good, or in the list or not. */
struct entry {
	uint16_t number;
	bool active, struck;
};

/* OpenSSL's list, of which rules take out, put in and move. */
struct shuffle {
	struct chk_here *here;
	const struct chk_offer *offer;
	struct entry entries[CHK_HERE_ITEMS];
	size_t count;
	int *level;
	const char **wrong;
	unsigned words;
};

unsigned chk_openssl_strength(const struct chk_suite *suite)
{
	if (strstr(suite->cipher, "256") || strstr(suite->cipher, "CHACHA20"))
		return 256;
	if (strstr(suite->cipher, "3DES"))
		return 112;
	if (strcmp(suite->cipher, "NULL") == 0 ||
	    strcmp(suite->cipher, "none") == 0)
		return 0;
	return strstr(suite->cipher, "DES") ? 56 : 128;
}

static bool is_one_of(const char *patterns, const char *text)
{
	char pattern[64];

	while (*patterns) {
		size_t size = strcspn(patterns, " ");

		if (size < sizeof(pattern)) {
			memcpy(pattern, patterns, size);
			pattern[size] = '\0';
			if (fnmatch(pattern, text, 0) == 0)
				return true;
		}
		patterns += size + (patterns[size] == ' ');
	}
	return false;
}

static bool word_takes(const struct word *word, const struct chk_suite *suite)
{
	unsigned strength = chk_openssl_strength(suite);
	char exchange[64];

	snprintf(exchange, sizeof(exchange), "%s-%s", suite->kx, suite->auth);
	return is_one_of(word->exchange, exchange) &&
	       is_one_of(word->cipher, suite->cipher) &&
	       is_one_of(word->mac, suite->mac) &&
	       (!word->min || word->min == suite->min) &&
	       strength >= word->from && strength <= word->to;
}

/* One word of "kRSA+AES". */
static bool takes(const struct shuffle *shuffle, const char *name,
		  const struct chk_suite *suite, bool *known)
{
	*known = true;
	if (strcmp(name, "COMPLEMENTOFDEFAULT") == 0)
		return chk_offer_has(&shuffle->offer->off, suite->number);
	for (size_t i = 0; i < CHK_COUNT(WORDS); i++) {
		if (strcmp(WORDS[i].name, name) == 0)
			return word_takes(&WORDS[i], suite);
	}
	*known = chk_suite_named(name) != NULL;
	if (strcmp(name, suite->name) == 0)
		return true;
	return suite->openssl && strcmp(name, suite->openssl) == 0;
}

/*
 * Words with a plus between them: all of them must take it. What begins with
 * an @ behind them is another word.
 */
static bool all_take(const struct shuffle *shuffle, const char *words,
		     const struct chk_suite *suite, bool *known)
{
	char name[64];

	do {
		size_t size = strcspn(words, "+@");

		if (size >= sizeof(name)) {
			*known = false;
			return false;
		}
		memcpy(name, words, size);
		name[size] = '\0';
		if (!takes(shuffle, name, suite, known))
			return false;
		words += size + (words[size] == '+');
	} while (*words && *words != '@');
	return true;
}

/*
 * What one rule does to an entry that it takes: false, it stays where it is;
 * true, it goes to the end, or of those that are taken out to the beginning.
 */
static bool apply(struct entry *entry, char operator)
{
	switch (operator) {
	case '!':
		entry->struck = true;
		entry->active = false;
		return false;
	case '-':
		if (!entry->active)
			return false;
		entry->active = false;
		return true;
	case '+':
		return entry->active;
	default:
		if (entry->active)
			return false;
		entry->active = true;
		return true;
	}
}

/* Those that move keep their order among themselves. */
static void rule(struct shuffle *shuffle, const char *words, char operator)
{
	struct entry moved[CHK_HERE_ITEMS], kept[CHK_HERE_ITEMS];
	size_t moved_count = 0, kept_count = 0;
	bool known = true, at_all = false;

	for (size_t i = 0; i < shuffle->count; i++) {
		struct entry entry = shuffle->entries[i];
		const struct chk_suite *suite = chk_suite_of(entry.number);
		bool taken = !entry.struck && suite &&
			     all_take(shuffle, words, suite, &known);

		at_all |= known;
		if (taken && apply(&entry, operator))
			moved[moved_count++] = entry;
		else
			kept[kept_count++] = entry;
	}
	if (!at_all && !*shuffle->wrong)
		*shuffle->wrong = words;
	memcpy(shuffle->entries, operator == '-' ? moved : kept,
	       (operator == '-' ? moved_count : kept_count) * sizeof(*moved));
	memcpy(shuffle->entries + (operator == '-' ? moved_count : kept_count),
	       operator == '-' ? kept : moved,
	       (operator == '-' ? kept_count : moved_count) * sizeof(*moved));
}

/* The stronger first, otherwise as they are. */
static void sort_by_strength(struct shuffle *shuffle)
{
	for (size_t i = 1; i < shuffle->count; i++) {
		struct entry entry = shuffle->entries[i];
		unsigned bits =
			chk_openssl_strength(chk_suite_of(entry.number));
		size_t at = i;

		for (; at > 0 &&
		       chk_openssl_strength(chk_suite_of(
			       shuffle->entries[at - 1].number)) < bits; at--)
			shuffle->entries[at] = shuffle->entries[at - 1];
		shuffle->entries[at] = entry;
	}
}

static void command(struct shuffle *shuffle, const char *word)
{
	static const char LEVEL[] = "@SECLEVEL=";

	if (strcmp(word, "@STRENGTH") == 0)
		sort_by_strength(shuffle);
	else if (strncmp(word, LEVEL, sizeof(LEVEL) - 1) == 0 &&
		 word[sizeof(LEVEL) - 1] >= '0' &&
		 word[sizeof(LEVEL) - 1] <= '5')
		*shuffle->level = word[sizeof(LEVEL) - 1] - '0';
	else if (!*shuffle->wrong)
		*shuffle->wrong = word;
}

static void read_string(struct shuffle *shuffle, const char *string)
{
	const char *word;

	while ((word = chk_here_word(shuffle->here, &string, ":, ;")) &&
	       shuffle->words++ < WORDS_MAX) {
		const char *at = strchr(word + 1, '@');

		if (*word == '@')
			command(shuffle, word);
		else if (*word == '!' || *word == '-' || *word == '+')
			rule(shuffle, word + 1, *word);
		else
			rule(shuffle, word, ' ');
		if (at)
			command(shuffle, at);
	}
}

void chk_openssl_ciphers(struct chk_here *here, const struct chk_offer *offer,
			 const char *string, struct chk_here_list *suites,
			 int *level, const char **wrong)
{
	struct shuffle shuffle = {
		.here = here, .offer = offer, .level = level, .wrong = wrong,
	};

	*wrong = NULL;
	suites->count = 0;
	for (size_t i = 0; i < offer->suites.count; i++) {
		const struct chk_suite *suite =
			chk_suite_of(offer->suites.items[i]);

		if (suite && suite->max < 0x0304)
			shuffle.entries[shuffle.count++] =
				(struct entry){ .number = suite->number };
	}
	if (strncmp(string, "DEFAULT", 7) == 0) {
		read_string(&shuffle, DEFAULT);
		string += 7;
	}
	read_string(&shuffle, string);
	for (size_t i = 0; i < shuffle.count; i++) {
		if (shuffle.entries[i].active)
			chk_here_add(suites, shuffle.entries[i].number);
	}
}
