/* lib/client/openssl_offer.c: what OpenSSL would offer, from its settings. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "client/here_files.h"
#include "client/narrow.h"
#include "client/openssl_ciphers.h"
#include "client/openssl_conf.h"
#include "client/openssl_level.h"

/* Where it is built with another level than OpenSSL's own, which is 1. */
static const struct {
	const char *mark; /* in os-release(5) */
	int level;
} BUILT[] = {
	{ "ID=debian", 2 }, { "ID=ubuntu", 2 }, { "ID_LIKE=debian", 2 },
	{ "ID_LIKE=\"ubuntu debian\"", 2 },
};

static const struct {
	const char *name;
	uint16_t version;
} VERSIONS[] = {
	{ "None", 0 },         { "SSLv3", 0x0300 },   { "TLSv1", 0x0301 },
	{ "TLSv1.1", 0x0302 }, { "TLSv1.2", 0x0303 }, { "TLSv1.3", 0x0304 },
};

struct openssl {
	struct chk_here *here;
	const struct chk_openssl_conf *conf;
	const struct chk_offer *offer;
	struct chk_here_list old, tls13; /* suites, in two lists */
	struct chk_setting level_by;
	int level;
};

typedef void set_command(struct openssl *openssl,
			 const struct chk_setting *setting);

static bool version_named(const char *name, uint16_t *version)
{
	for (size_t i = 0; i < CHK_COUNT(VERSIONS); i++) {
		if (strcasecmp(VERSIONS[i].name, name) == 0) {
			*version = VERSIONS[i].version;
			return true;
		}
	}
	return false;
}

static bool is_below(uint16_t number, const void *context)
{
	return number < *(const uint16_t *)context;
}

static bool is_above(uint16_t number, const void *context)
{
	uint16_t max = *(const uint16_t *)context;

	return max && number > max;
}

/* DTLS has versions of its own, in a setting of the same name. */
static void set_bound(struct openssl *openssl,
		      const struct chk_setting *setting, bool min)
{
	uint16_t version;

	if (strncasecmp(setting->value, "DTLS", 4) == 0)
		return;
	if (!version_named(setting->value, &version))
		chk_here_say(openssl->here, setting,
			     "%s is no version, and is ignored",
			     setting->value);
	else
		chk_here_drop(openssl->here, CHK_HERE_VERSIONS, setting,
			      setting->value, min ? is_below : is_above,
			      &version);
}

static void set_min(struct openssl *openssl, const struct chk_setting *setting)
{
	set_bound(openssl, setting, true);
}

static void set_max(struct openssl *openssl, const struct chk_setting *setting)
{
	set_bound(openssl, setting, false);
}

static bool is_it(uint16_t number, const void *context)
{
	return number == *(const uint16_t *)context;
}

/* "-ALL, TLSv1.2" and "-TLSv1.1": what is taken out, and put back. */
static void set_protocols(struct openssl *openssl,
			  const struct chk_setting *setting)
{
	struct chk_here *here = openssl->here;
	struct chk_here_list all = here->lists[CHK_HERE_VERSIONS], list = all;
	const char *text = setting->value, *word;

	while ((word = chk_here_word(here, &text, ", "))) {
		bool off = *word == '-';
		uint16_t version = 0xffff;

		word += *word == '-' || *word == '+';
		if (strcasecmp(word, "ALL") == 0)
			list = off ? (struct chk_here_list){ .count = 0 } : all;
		else if (version_named(word, &version) && !off &&
			 chk_here_has(&all, version))
			chk_here_add(&list, version);
		for (size_t i = 0; off && i < list.count; i++) {
			if (is_it(list.items[i], &version))
				memmove(&list.items[i], &list.items[i + 1],
					(--list.count - i) * 2);
		}
	}
	for (size_t i = 0; i < all.count; i++) {
		if (!chk_here_has(&list, all.items[i]))
			chk_here_drop(here, CHK_HERE_VERSIONS, setting,
				      setting->value, is_it, &all.items[i]);
	}
}

/* What is read now counts for the level, whatever it leaves of suites. */
static void take_string(struct openssl *openssl,
			const struct chk_setting *setting)
{
	const char *wrong;
	int level = CHK_SECLEVEL_NONE;

	chk_openssl_ciphers(openssl->here, openssl->offer, setting->value,
			    &openssl->old, &level, &wrong);
	if (level != CHK_SECLEVEL_NONE) {
		openssl->level = level;
		openssl->level_by = *setting;
	}
	if (wrong)
		chk_here_say(openssl->here, setting,
			     "%s is no word of OpenSSL's here", wrong);
	if (!openssl->old.count)
		chk_here_say(openssl->here, setting,
			     "leaves no cipher suite below TLS 1.3");
	else
		chk_here_say(openssl->here, setting,
			     "selects %zu cipher suites below TLS 1.3",
			     openssl->old.count);
}

static void set_tls13(struct openssl *openssl,
		      const struct chk_setting *setting)
{
	const char *text = setting->value, *word;
	struct chk_here_list list = { .count = 0 };

	while ((word = chk_here_word(openssl->here, &text, ":"))) {
		const struct chk_suite *suite = chk_suite_named(word);

		if (suite && suite->min == 0x0304 &&
		    chk_offer_has(&openssl->offer->suites, suite->number))
			chk_here_add(&list, suite->number);
	}
	openssl->tls13 = list;
	chk_here_say(openssl->here, setting,
		     "selects %zu cipher suites of TLS 1.3", list.count);
}

static void set_groups(struct openssl *openssl,
		       const struct chk_setting *setting)
{
	const char *text = setting->value, *word;
	struct chk_here_list list = { .count = 0 };

	while ((word = chk_here_word(openssl->here, &text, ":"))) {
		const struct chk_group *group =
			chk_group_named(word + (*word == '?' || *word == '*'));

		if (group &&
		    (chk_offer_has(&openssl->offer->groups, group->number) ||
		     chk_offer_has(&openssl->offer->more_groups,
				   group->number))) {
			chk_here_add(&list, group->number);
		} else if (*word != '?') {
			chk_here_say(openssl->here, setting, "%s is no group "
				     "of OpenSSL's here: all of it is ignored",
				     word);
			return;
		}
	}
	chk_here_set(openssl->here, CHK_HERE_GROUPS, setting, &list);
}

/* "PSS+SHA256" is the scheme for keys of plain RSA. */
static const struct chk_signature_scheme *scheme_named(struct chk_here *here,
							const char *word)
{
	static const char *const PSS[] = { "RSA-PSS+", "PSS+" };

	for (size_t i = 0; i < CHK_COUNT(PSS); i++) {
		size_t size = strlen(PSS[i]);

		if (strncasecmp(word, PSS[i], size) == 0)
			word = chk_arena_format(&here->arena,
						"rsa_pss_rsae_%s", word + size);
		if (!word)
			return NULL;
	}
	return chk_signature_scheme_named(word);
}

static void set_signatures(struct openssl *openssl,
			   const struct chk_setting *setting)
{
	const char *text = setting->value, *word;
	struct chk_here_list list = { .count = 0 };

	while ((word = chk_here_word(openssl->here, &text, ":"))) {
		const struct chk_signature_scheme *scheme = scheme_named(
			openssl->here, word + (*word == '?'));

		if (scheme && chk_offer_has(&openssl->offer->signatures,
					    scheme->number)) {
			chk_here_add(&list, scheme->number);
		} else if (*word != '?') {
			chk_here_say(openssl->here, setting, "%s is no "
				     "signature of OpenSSL's here: all of it "
				     "is ignored", word);
			return;
		}
	}
	chk_here_set(openssl->here, CHK_HERE_SIGNATURES, setting, &list);
}

static void set_options(struct openssl *openssl,
			const struct chk_setting *setting)
{
	chk_here_say(openssl->here, setting, "%s: no part of what is offered",
		     setting->value);
}

static const struct {
	const char *name;
	set_command *set;
} COMMANDS[] = {
	{ "MinProtocol", set_min },
	{ "MaxProtocol", set_max },
	{ "Protocol", set_protocols },
	{ "CipherString", take_string },
	{ "Ciphersuites", set_tls13 },
	{ "Groups", set_groups },
	{ "Curves", set_groups },
	{ "SignatureAlgorithms", set_signatures },
	{ "Options", set_options },
};

/* "TLS.MinProtocol" is MinProtocol: what stands before a dot is dropped. */
static void apply_section(struct openssl *openssl, const char *section)
{
	for (size_t i = 0; i < openssl->conf->count; i++) {
		const struct chk_openssl_line *line =
			&openssl->conf->items[i];
		const char *dot = strchr(line->setting.name, '.');
		const char *name = dot ? dot + 1 : line->setting.name;

		if (strcmp(line->section, section) != 0 ||
		    chk_openssl_get(openssl->conf, section,
				    line->setting.name) != &line->setting)
			continue;
		for (size_t j = 0; j < CHK_COUNT(COMMANDS); j++) {
			if (strcasecmp(COMMANDS[j].name, name) == 0)
				COMMANDS[j].set(openssl, &line->setting);
		}
	}
}

/* Fedora builds it with PROFILE=SYSTEM, which is this file. */
static void apply_policy(struct openssl *openssl)
{
	static const char POLICY[] =
		"/etc/crypto-policies/back-ends/openssl.config";
	struct chk_here_file file;
	struct chk_setting setting = { .name = "PROFILE=SYSTEM",
				       .where = POLICY, .line = 1 };

	if (!chk_here_read(openssl->here, POLICY, &file))
		return;
	setting.value = chk_arena_format(&openssl->here->arena, "%.*s",
					 (int)strcspn((const char *)
						      file.text.data, "\n"),
					 (const char *)file.text.data);
	if (setting.value && *setting.value)
		take_string(openssl, &setting);
}

static int built_level(struct chk_here *here)
{
	struct chk_here_file file;
	const char *text, *word;

	if (!chk_here_read(here, "/etc/os-release", &file))
		return 1;
	text = (const char *)file.text.data;
	while ((word = chk_here_word(here, &text, "\n"))) {
		for (size_t i = 0; i < CHK_COUNT(BUILT); i++) {
			if (strcmp(BUILT[i].mark, word) == 0)
				return BUILT[i].level;
		}
	}
	return 1;
}

/* Suites without a key or password of their own; the rest is not offered. */
static bool is_not_set_up(uint16_t number, const void *context)
{
	const struct chk_suite *suite = chk_suite_of(number);

	(void)context;
	return suite && (strstr(suite->kx, "PSK") || strstr(suite->kx, "SRP"));
}

static bool is_tls13_group(uint16_t number, const void *context)
{
	const struct chk_group *group = chk_group_of(number);

	(void)context;
	return group && strcmp(group->kind, "ffdh") == 0;
}

static bool is_of_old_versions(uint16_t number, const void *context)
{
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(number);

	(void)context;
	return scheme && (strcmp(scheme->key, "dsa") == 0 ||
			  chk_openssl_hash_bits(scheme->hash) < 128);
}

/* Of versions with a hole between them, those below the lowest hole count. */
static void close_holes(struct chk_here *here)
{
	struct chk_here_list *versions = &here->lists[CHK_HERE_VERSIONS];
	size_t from = versions->count ? versions->count - 1 : 0;
	uint16_t top;

	while (from > 0 &&
	       versions->items[from - 1] == versions->items[from] + 1)
		from--;
	top = versions->items[from];
	if (from > 0)
		chk_here_drop(here, CHK_HERE_VERSIONS, NULL,
			      "a version left out below them", is_above, &top);
}

/* OpenSSL says nothing where its highest version has no cipher suite. */
static bool has_suite_for(const struct chk_here *here, uint16_t version)
{
	const struct chk_here_list *suites = &here->lists[CHK_HERE_SUITES];

	for (size_t i = 0; i < suites->count; i++) {
		const struct chk_suite *suite = chk_suite_of(suites->items[i]);

		if (suite && version >= suite->min && version <= suite->max)
			return true;
	}
	return false;
}

/* What goes by the versions, once they are known. */
static void fit(struct chk_here *here)
{
	const struct chk_here_list *versions =
		&here->lists[CHK_HERE_VERSIONS];

	chk_here_drop_useless(here);
	if (versions->count && versions->items[0] < 0x0304)
		chk_here_drop(here, CHK_HERE_GROUPS, NULL,
			      "no TLS 1.3, which has them,", is_tls13_group,
			      NULL);
	if (versions->count && versions->items[versions->count - 1] == 0x0304)
		chk_here_drop(here, CHK_HERE_SIGNATURES, NULL,
			      "TLS 1.3 alone, which has none of them,",
			      is_of_old_versions, NULL);
	if (!versions->count)
		here->stops = "no protocols available";
	else if (!has_suite_for(here, versions->items[0]))
		here->stops = "no ciphers available";
}

static void join(struct openssl *openssl)
{
	struct chk_here *here = openssl->here;
	struct chk_here_list *suites = &here->lists[CHK_HERE_SUITES];

	*suites = openssl->tls13;
	for (size_t i = 0; i < openssl->old.count; i++) {
		if (!is_not_set_up(openssl->old.items[i], NULL))
			chk_here_add(suites, openssl->old.items[i]);
	}
	close_holes(here);
	chk_openssl_level(here, openssl->level_by.name ? &openssl->level_by :
							 NULL,
			  openssl->level);
	fit(here);
	chk_here_add(suites, 0x00ff); /* RFC 5746 */
}

static void begin(struct openssl *openssl)
{
	static const uint16_t TLS13[] = { 0x1302, 0x1303, 0x1301 };
	const char *wrong;
	int level = CHK_SECLEVEL_NONE;

	chk_offer_begin(openssl->here, openssl->offer);
	for (size_t i = 0; i < CHK_COUNT(TLS13); i++)
		chk_here_add(&openssl->tls13, TLS13[i]);
	chk_openssl_ciphers(openssl->here, openssl->offer, "DEFAULT",
			    &openssl->old, &level, &wrong);
	openssl->level = built_level(openssl->here);
}

static void cleanup_conf(struct chk_openssl_conf *conf)
{
	free(conf->items);
}

bool chk_here_openssl(struct chk_here *here, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_conf) struct chk_openssl_conf conf = { 0 };
	struct openssl openssl = { .here = here, .conf = &conf,
				   .offer = chk_offer_of("openssl", 0) };
	const char *section;

	if (!chk_openssl_conf_read(here, &conf))
		return chk_error_memory(error);
	if (!conf.path && !chk_surroundings_variable(here->around,
						     "OPENSSL_CONF"))
		return chk_error_set(error, CHK_ERROR_NOT_FOUND, NULL,
				     "no openssl.cnf: OpenSSL is not here");
	here->label = "OpenSSL 3.0";
	here->sends_name = true;
	begin(&openssl);
	apply_policy(&openssl);
	section = chk_openssl_system_default(&conf);
	if (section)
		apply_section(&openssl, section);
	else if (conf.path)
		chk_here_say(here, NULL, "%s has no system_default: what "
			     "OpenSSL is built with counts", conf.path);
	join(&openssl);
	return true;
}
