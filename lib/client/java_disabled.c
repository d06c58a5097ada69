/* lib/client/java_disabled.c: the lists of disabled algorithms of a JDK. */
#include "config.h"

#include "client/java_disabled.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "client/narrow.h"
#include "fetch/tls_names.h"

#define RULES_MAX 512
#define CURVES_PROPERTY "jdk.disabled.namedCurves"

enum part_column { PART_KX, PART_CIPHER, PART_MAC, PART_HASH };

static const struct part {
	enum part_column column;
	const char *value, *words;
	bool of_certificates;
} PARTS[] = {
#define PART(column, value, words, certificates) \
	{ PART_##column, value, words, certificates },
#include "client/java_parts.def"
#undef PART
};

static const struct {
	const char *name;
	uint16_t version;
} VERSIONS[] = {
	{ "SSLv3", 0x0300 }, { "TLSv1", 0x0301 }, { "TLSv1.1", 0x0302 },
	{ "TLSv1.2", 0x0303 }, { "TLSv1.3", 0x0304 },
};

uint16_t chk_java_version(const char *name)
{
	for (size_t i = 0; i < CHK_COUNT(VERSIONS); i++) {
		if (strcasecmp(VERSIONS[i].name, name) == 0)
			return VERSIONS[i].version;
	}
	return 0;
}

/* "keySize < 1024", "keySize <= 1024": what is the least that is allowed. */
static unsigned key_min(const char *conditions)
{
	const char *at = strcasestr(conditions, "keySize");
	unsigned long bits;
	bool equal;

	if (!at)
		return 0;
	at += strlen("keySize");
	at += strspn(at, " ");
	if (*at != '<')
		return 0;
	equal = at[1] == '=';
	bits = strtoul(at + 1 + equal, NULL, 10);
	return bits > 100000 ? 100000 : (unsigned)bits + equal;
}

static bool add_rule(struct chk_here *here, struct chk_java_rules *rules,
		     const struct chk_setting *by, const char *entry)
{
	const char *blank = strchr(entry, ' ');
	struct chk_java_rule rule = {
		.by = by, .word = entry, .whole = entry,
		.of_certificates = by == &rules->certpath,
	};

	if (rules->count >= RULES_MAX)
		return true;
	if (strchr(entry, '*') && !rules->knows_wildcards) {
		chk_here_say(here, by, "%s is a pattern, which this release "
			     "does not know", entry);
		return true;
	}
	if (blank) {
		rule.word = chk_arena_format(&here->arena, "%.*s",
					     (int)(blank - entry), entry);
		rule.has_conditions = true;
		rule.in_handshake = rules->knows_handshake &&
				    strcasestr(blank, "usage") &&
				    strcasestr(blank, "HandshakeSignature");
		rule.key_min = key_min(blank);
	}
	if (!rule.word || !chk_array_grow(&rules->items, rules->count,
					  &rules->room, sizeof(rule)))
		return false;
	rules->items[rules->count++] = rule;
	return true;
}

/*
 * A quotation mark may stand at both ends of the list. `curves` is what stands
 * for an entry "include jdk.disabled.namedCurves"; NULL: nothing does.
 */
static bool add_rules(struct chk_here *here, struct chk_java_rules *rules,
		      const struct chk_setting *by, const char *list,
		      const char *curves)
{
	const char *entry;

	while ((entry = chk_here_word(here, &list, ",\""))) {
		bool included =
			strcasecmp(entry, "include " CURVES_PROPERTY) == 0;

		if (included ? curves && !add_rules(here, rules, by, curves,
						    NULL) :
			       !add_rule(here, rules, by, entry))
			return false;
	}
	return !here->arena.failed;
}

bool chk_java_rules_read(struct chk_here *here,
			 const struct chk_java_settings *settings,
			 struct chk_java_rules *rules)
{
	struct chk_setting curves = { 0 };

	rules->knows_handshake = settings->knows_handshake;
	rules->knows_wildcards = settings->knows_wildcards;
	(void)chk_java_security(settings, CURVES_PROPERTY, &curves);
	if (chk_java_security(settings, "jdk.tls.disabledAlgorithms",
			      &rules->tls) &&
	    !add_rules(here, rules, &rules->tls, rules->tls.value,
		       curves.value))
		return false;
	return !chk_java_security(settings, "jdk.certpath.disabledAlgorithms",
				  &rules->certpath) ||
	       add_rules(here, rules, &rules->certpath, rules->certpath.value,
			 curves.value);
}

static bool is_word_of(const char *words, const char *word)
{
	size_t size = strlen(word);

	while (*words) {
		size_t length = strcspn(words, " ");

		if (length == size && strncasecmp(words, word, size) == 0)
			return true;
		words += length + (words[length] == ' ');
	}
	return false;
}

/* `*` is anything; nothing else is special, and the case counts. */
static bool is_like(const char *pattern, const char *text)
{
	const char *star = NULL, *back = NULL;

	while (*text) {
		if (*pattern == '*') {
			star = ++pattern;
			back = text;
		} else if (*pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star;
			text = ++back;
		} else {
			return false;
		}
	}
	return pattern[strspn(pattern, "*")] == '\0';
}

static bool is_part(const struct part *part, const struct chk_suite *suite,
		    const char *exchange)
{
	switch (part->column) {
	case PART_KX:
		return strcmp(part->value, exchange) == 0;
	case PART_CIPHER:
		return strcmp(part->value, suite->cipher) == 0;
	case PART_MAC:
		return strcmp(part->value, suite->mac) == 0;
	default:
		return strcmp(part->value, suite->hash) == 0;
	}
}

/* The key exchange of certificates' rules alone is asked for. */
static bool forbids_suite(uint16_t number, const void *context)
{
	const struct chk_java_rule *rule = context;
	const struct chk_suite *suite = chk_suite_of(number);
	char exchange[64];

	if (!suite || !suite->java)
		return false;
	if (strcasecmp(suite->java, rule->word) == 0)
		return true;
	if (strchr(rule->word, '*'))
		return !rule->of_certificates &&
		       is_like(rule->word, suite->java);
	snprintf(exchange, sizeof(exchange), "%s-%s", suite->kx, suite->auth);
	for (size_t i = 0; i < CHK_COUNT(PARTS); i++) {
		if ((PARTS[i].of_certificates || !rule->of_certificates) &&
		    is_part(&PARTS[i], suite, exchange) &&
		    is_word_of(PARTS[i].words, rule->word))
			return true;
	}
	return false;
}

static bool forbids_version(uint16_t number, const void *context)
{
	const struct chk_java_rule *rule = context;

	return chk_java_version(rule->word) == number;
}

/* JSSE's name for what a group is agreed on with. */
static const char *agreement(const struct chk_group *group)
{
	return strcmp(group->kind, "ec") == 0  ? "EC" :
	       strcmp(group->kind, "xdh") == 0 ? "XDH" :
						 "DiffieHellman";
}

/* "DH" is another name. */
static bool is_agreement(const struct chk_java_rule *rule,
			 const struct chk_group *group)
{
	const char *word = strcasecmp(rule->word, "DH") == 0 ?
				   "DiffieHellman" : rule->word;

	return strcasecmp(word, agreement(group)) == 0;
}

static bool forbids_group(uint16_t number, const void *context)
{
	const struct chk_java_rule *rule = context;
	const struct chk_group *group = chk_group_of(number);

	if (!group)
		return false;
	if (rule->has_conditions) /* a rule about keys reaches parameters */
		return strcmp(group->kind, "xdh") != 0 &&
		       is_agreement(rule, group) && group->bits < rule->key_min;
	return strcasecmp(rule->word, group->name) == 0 ||
	       is_agreement(rule, group);
}

static const char *key_name(const struct chk_signature_scheme *scheme)
{
	static const struct {
		const char *key, *java;
	} KEYS[] = {
		{ "rsa", "RSA" }, { "rsa-pss", "RSASSA-PSS" },
		{ "dsa", "DSA" }, { "ecdsa", "EC" }, { "ed25519", "EdDSA" },
		{ "ed448", "EdDSA" },
	};

	for (size_t i = 0; i < CHK_COUNT(KEYS); i++) {
		if (strcmp(KEYS[i].key, scheme->key) == 0)
			return KEYS[i].java;
	}
	return "";
}

/* "SHA256" and "SHA-256" are one. */
static bool is_hash(const char *hash, const char *word)
{
	return strcasecmp(hash, word) == 0 ||
	       (strncasecmp(hash, "SHA", 3) == 0 &&
		strncasecmp(word, "SHA-", 4) == 0 &&
		strcasecmp(hash + 3, word + 4) == 0);
}

/* "SHA256withRSA" is made of SHA256 and RSA; RSASSA-PSS of nothing. */
static bool is_algorithm(const struct chk_signature_scheme *scheme,
			 const char *word)
{
	const char *with = strstr(scheme->java, "with");

	return strcasecmp(scheme->java, word) == 0 ||
	       (with && (strcasecmp(with + 4, word) == 0 ||
			 is_hash(scheme->hash, word)));
}

static bool forbids_signature(uint16_t number, const void *context)
{
	const struct chk_java_rule *rule = context;
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(number);

	if (!scheme || !scheme->java)
		return false;
	if (scheme->curve &&
	    forbids_group(chk_group_named(scheme->curve)->number, rule))
		return true;
	if (rule->has_conditions && !rule->in_handshake)
		return false;
	if (strcasecmp(rule->word, scheme->name) == 0 ||
	    strcasecmp(rule->word, key_name(scheme)) == 0)
		return true;
	if (rule->has_conditions)
		return strcasecmp(rule->word, scheme->java) == 0;
	return is_algorithm(scheme, rule->word);
}

/* Rules without conditions, and those about the keys of groups. */
static void drop(struct chk_here *here, enum chk_here_what what,
		 const struct chk_java_rules *rules, chk_here_match *match)
{
	for (size_t i = 0; i < rules->count; i++) {
		const struct chk_java_rule *rule = &rules->items[i];

		if (!rule->has_conditions ||
		    (what != CHK_HERE_SUITES && rule->key_min))
			chk_here_drop(here, what, rule->by, rule->whole, match,
				      rule);
	}
}

void chk_java_rules_versions(struct chk_here *here,
			     const struct chk_java_rules *rules)
{
	for (size_t i = 0; i < rules->count; i++) {
		const struct chk_java_rule *rule = &rules->items[i];

		if (!rule->has_conditions && !rule->of_certificates)
			chk_here_drop(here, CHK_HERE_VERSIONS, rule->by,
				      rule->whole, forbids_version, rule);
	}
}

void chk_java_rules_suites(struct chk_here *here,
			   const struct chk_java_rules *rules)
{
	drop(here, CHK_HERE_SUITES, rules, forbids_suite);
}

void chk_java_rules_groups(struct chk_here *here,
			   const struct chk_java_rules *rules)
{
	drop(here, CHK_HERE_GROUPS, rules, forbids_group);
}

void chk_java_rules_signatures(struct chk_here *here,
			       const struct chk_java_rules *rules)
{
	drop(here, CHK_HERE_SIGNATURES, rules, forbids_signature);
	here->cert_signatures = here->lists[CHK_HERE_SIGNATURES];
	for (size_t i = 0; i < rules->count; i++) {
		const struct chk_java_rule *rule = &rules->items[i];

		if (rule->in_handshake)
			chk_here_drop(here, CHK_HERE_SIGNATURES, rule->by,
				      rule->whole, forbids_signature, rule);
	}
}

void chk_java_rules_keys(struct chk_here *here,
			 const struct chk_java_rules *rules)
{
	for (size_t i = 0; i < rules->count; i++) {
		const struct chk_java_rule *rule = &rules->items[i];

		if (strchr(rule->whole, '&'))
			continue; /* of other conditions we say nothing */
		if (strcasecmp(rule->word, "RSA") == 0)
			chk_here_raise(here, &here->rsa_min, rule->key_min,
				       rule->by, "RSA keys");
		else if (strcasecmp(rule->word, "EC") == 0)
			chk_here_raise(here, &here->ec_min, rule->key_min,
				       rule->by, "EC keys");
		else if (!rule->of_certificates &&
			 (strcasecmp(rule->word, "DH") == 0 ||
			  strcasecmp(rule->word, "DiffieHellman") == 0))
			chk_here_raise(here, &here->dh_min, rule->key_min,
				       rule->by, "DH primes");
	}
}
