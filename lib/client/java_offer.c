/* lib/client/java_offer.c: what a JVM would offer, from its settings. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "client/java_disabled.h"
#include "client/narrow.h"
#include "client/offers.h"
#include "fetch/tls_names.h"

/* To the program, since what is disabled is so for a reason. */
static const char ADVICE[] =
	"let the program ask for TLS 1.2 or 1.3: "
	"-Djdk.tls.client.protocols=TLSv1.2,TLSv1.3; with JavaMail "
	"mail.smtp.ssl.protocols=TLSv1.2, with MySQL's driver "
	"enabledTLSProtocols=TLSv1.2. Leave TLS 1.0 and 1.1 disabled";

/* What is asked for together. */
struct java {
	struct chk_here *here;
	const struct chk_java_settings *settings;
	const struct chk_java_rules *rules;
	const struct chk_offer *offer;
};

/* A system property that is there and not empty, its quotes left to words. */
static bool property(const struct java *java, const char *name,
		     struct chk_setting *setting)
{
	return chk_java_system(java->settings, name, setting) &&
	       *setting->value;
}

/* SSLv2Hello is the form of the hello and no version. */
static const char *versions_of(struct chk_here *here, const char *text,
			       struct chk_here_list *list, bool *sslv2)
{
	static const uint16_t HIGHEST_FIRST[] = { 0x0304, 0x0303, 0x0302,
						  0x0301, 0x0300 };
	struct chk_here_list asked = { .count = 0 };
	const char *word;

	while ((word = chk_here_word(here, &text, ",\""))) {
		uint16_t version = chk_java_version(word);

		if (!version && strcasecmp(word, "SSLv2Hello") != 0)
			return word;
		*sslv2 |= !version;
		if (version)
			chk_here_add(&asked, version);
	}
	list->count = 0;
	for (size_t i = 0; i < CHK_COUNT(HIGHEST_FIRST); i++) {
		if (chk_here_has(&asked, HIGHEST_FIRST[i]))
			chk_here_add(list, HIGHEST_FIRST[i]);
	}
	return NULL;
}

static void set_versions(const struct java *java)
{
	struct chk_here *here = java->here;
	struct chk_setting setting;
	struct chk_here_list list;
	const char *wrong;

	if (property(java, "jdk.tls.client.protocols", &setting)) {
		wrong = versions_of(here, setting.value, &list,
				    &here->sslv2_form);
		if (wrong) {
			chk_here_say(here, &setting, "%s is no protocol: no "
				     "connection can be made", wrong);
			here->stops = "jdk.tls.client.protocols names a "
				      "protocol that there is not";
		} else {
			chk_here_set(here, CHK_HERE_VERSIONS, &setting, &list);
		}
	}
	chk_java_rules_versions(here, java->rules);
}

/* It is HttpsURLConnection's alone, whose versions are what both leave. */
static void say_https(const struct java *java)
{
	const struct chk_here_list *left =
		&java->here->lists[CHK_HERE_VERSIONS];
	struct chk_setting setting;
	struct chk_here_list list;
	size_t both = 0;
	bool sslv2 = false;

	if (!property(java, "https.protocols", &setting))
		return;
	if (versions_of(java->here, setting.value, &list, &sslv2)) {
		chk_here_say(java->here, &setting, "names a protocol that "
			     "there is not: HttpsURLConnection fails");
		return;
	}
	for (size_t i = 0; i < list.count; i++)
		both += chk_here_has(left, list.items[i]);
	if (!both)
		java->here->advice = ADVICE;
	chk_here_say(java->here, &setting, both ?
		     "is for HttpsURLConnection alone; nothing else goes by "
		     "it" :
		     "leaves HttpsURLConnection nothing to say: No appropriate "
		     "protocol; nothing else goes by it");
}

static void set_suites(const struct java *java)
{
	struct chk_here_list list = { .count = 0 };
	struct chk_setting setting;
	const char *text, *word;

	if (property(java, "jdk.tls.client.cipherSuites", &setting)) {
		text = setting.value;
		while ((word = chk_here_word(java->here, &text, ",\""))) {
			const struct chk_suite *suite = chk_suite_named(word);

			if (suite && suite->java &&
			    chk_offer_has(&java->offer->suites, suite->number))
				chk_here_add(&list, suite->number);
		}
		if (list.count)
			chk_here_set(java->here, CHK_HERE_SUITES, &setting,
				     &list);
		else
			chk_here_say(java->here, &setting, "names no cipher "
				     "suite that there is, and is ignored");
	}
	chk_java_rules_suites(java->here, java->rules);
}

static bool is_ffdh(uint16_t number, const void *context)
{
	const struct chk_group *group = chk_group_of(number);

	(void)context;
	return group && strcmp(group->kind, "ffdh") == 0;
}

static void set_groups(const struct java *java)
{
	struct chk_here_list list = { .count = 0 };
	struct chk_setting setting;
	const char *text, *word;

	if (property(java, "jdk.tls.namedGroups", &setting)) {
		text = setting.value;
		while ((word = chk_here_word(java->here, &text, ",\""))) {
			const struct chk_group *group = chk_group_named(word);

			if (group && chk_offer_has(&java->offer->groups,
						   group->number))
				chk_here_add(&list, group->number);
		}
		if (!list.count)
			java->here->stops = "jdk.tls.namedGroups names no "
					    "group that there is";
		chk_here_set(java->here, CHK_HERE_GROUPS, &setting, &list);
	}
	if (property(java, "jsse.enableFFDHE", &setting) &&
	    strcasecmp(setting.value, "false") == 0)
		chk_here_drop(java->here, CHK_HERE_GROUPS, &setting, "false",
			      is_ffdh, NULL);
	chk_java_rules_groups(java->here, java->rules);
}

static bool is_tls13_alone(const struct chk_here *here)
{
	const struct chk_here_list *versions =
		&here->lists[CHK_HERE_VERSIONS];

	return versions->count == 1 && versions->items[0] == 0x0304;
}

/* PKCS #1 stands for certificates in TLS 1.3 (RFC 8446, 4.2.3). */
static bool is_of_certificates(uint16_t number, const void *context)
{
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(number);

	(void)context;
	return scheme && (strncmp(scheme->name, "rsa_pkcs1", 9) == 0 ||
			  strcmp(scheme->name, "ecdsa_sha1") == 0);
}

static bool is_of_old_versions(uint16_t number, const void *context)
{
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(number);

	return scheme && scheme->max < 0x0304 &&
	       !is_of_certificates(number, context);
}

static void set_signatures(const struct java *java)
{
	struct chk_here_list list = { .count = 0 };
	struct chk_setting setting;
	const char *text, *word;

	if (property(java, "jdk.tls.client.SignatureSchemes", &setting)) {
		text = setting.value;
		while ((word = chk_here_word(java->here, &text, ",\""))) {
			const struct chk_signature_scheme *scheme =
				chk_signature_scheme_named(word);

			if (scheme && chk_offer_has(&java->offer->signatures,
						    scheme->number))
				chk_here_add(&list, scheme->number);
		}
		if (list.count)
			chk_here_set(java->here, CHK_HERE_SIGNATURES, &setting,
				     &list);
	}
	if (is_tls13_alone(java->here))
		chk_here_drop(java->here, CHK_HERE_SIGNATURES, NULL,
			      "TLS 1.3 alone", is_of_old_versions, NULL);
	chk_java_rules_signatures(java->here, java->rules);
	if (is_tls13_alone(java->here) && java->settings->knows_handshake)
		chk_here_drop(java->here, CHK_HERE_SIGNATURES, NULL,
			      "TLS 1.3 alone", is_of_certificates, NULL);
}

/* What is left of it is of no use without the rest: a last look at all. */
static bool has_group_of(const struct chk_here *here, bool ffdh)
{
	const struct chk_here_list *groups = &here->lists[CHK_HERE_GROUPS];

	for (size_t i = 0; i < groups->count; i++) {
		if (is_ffdh(groups->items[i], NULL) == ffdh)
			return true;
	}
	return false;
}

/* DHE goes without groups as well, where no setting has taken them all. */
static bool lacks_group(uint16_t number, const void *context)
{
	const struct chk_suite *suite = chk_suite_of(number);

	return suite && strcmp(suite->kx, "ECDHE") == 0 &&
	       !has_group_of(context, false);
}

static bool lacks_suite(uint16_t number, const void *context)
{
	const struct chk_here *here = context;
	const struct chk_here_list *suites = &here->lists[CHK_HERE_SUITES];

	for (size_t i = 0; i < suites->count; i++) {
		const struct chk_suite *suite = chk_suite_of(suites->items[i]);

		if (suite && number >= suite->min && number <= suite->max)
			return false;
	}
	return true;
}

static void fit(struct chk_here *here)
{
	struct chk_here_list *versions = &here->lists[CHK_HERE_VERSIONS];

	chk_here_drop_useless(here);
	chk_here_drop(here, CHK_HERE_SUITES, NULL, "no group for it",
		      lacks_group, here);
	chk_here_drop(here, CHK_HERE_VERSIONS, NULL, "no cipher suite for it",
		      lacks_suite, here);
	if (!versions->count && !here->stops) {
		here->stops = "No appropriate protocol (protocol is disabled "
			      "or cipher suites are inappropriate)";
		here->advice = ADVICE;
	}
}

static void set_rest(const struct java *java)
{
	struct chk_here *here = java->here;
	struct chk_setting setting;

	here->sends_name = true;
	if (property(java, "jsse.enableSNIExtension", &setting) &&
	    strcasecmp(setting.value, "false") == 0) {
		here->sends_name = false;
		chk_here_say(here, &setting, "no server name is sent");
	}
	if (property(java, "com.sun.security.enableAIAcaIssuers", &setting) &&
	    strcasecmp(setting.value, "true") == 0) {
		here->fetches_issuers = true;
		chk_here_say(here, &setting, "missing issuers are fetched");
	}
	if (chk_java_system(java->settings, "jdk.tls.disabledAlgorithms",
			    &setting))
		chk_here_say(here, &setting, "is ignored: it is a security "
			     "property, which -D does not set; use "
			     "-Djava.security.properties=FILE");
	if (chk_java_security(java->settings, "jdk.security.caDistrustPolicies",
			      &setting) && *setting.value) {
		here->policies = chk_arena_text(&here->arena, setting.value);
		chk_here_say(here, &setting, "refuses what these CAs issued "
			     "after their day: %s", setting.value);
	}
	chk_java_rules_keys(here, java->rules);
}

static void cleanup_rules(struct chk_java_rules *rules)
{
	free(rules->items);
}

bool chk_here_java(struct chk_here *here, struct chk_error *error)
{
	CHK_CLEANUP(chk_java_settings_clear)
	struct chk_java_settings settings = { 0 };
	CHK_CLEANUP(cleanup_rules) struct chk_java_rules rules = { .count = 0 };
	struct java java = { here, &settings, &rules, NULL };

	if (!chk_java_settings_read(here, &settings, error))
		return false;
	if (!chk_java_rules_read(here, &settings, &rules))
		return chk_error_memory(error);
	here->label = chk_arena_format(&here->arena, "Java %s in %s",
				       settings.version ? settings.version :
							  "",
				       settings.home);
	java.offer = chk_offer_of("java", chk_java_release(&settings));
	here->lists_versions = true;
	here->trust = chk_arena_format(&here->arena, "java:%s", settings.home);
	chk_offer_begin(here, java.offer);
	set_versions(&java);
	say_https(&java);
	set_suites(&java);
	set_groups(&java);
	fit(here);
	set_signatures(&java);
	set_rest(&java);
	return true;
}
