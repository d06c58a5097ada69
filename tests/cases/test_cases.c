/*
 * tests/cases/test_cases.c: every *.case of tests/cases through the library,
 * and through GnuTLS's own verification.
 *
 * A case names certificates of certs/ (chain, store), what is asked (host,
 * email, purpose, at, depth, profile, partial) and what must come out: the verdict, findings as
 * "CODE SEVERITY [PARTY]" (the first of severity error is the primary), with
 * "says = WORDS" a part of the sentence that a person reads first, and with
 * "gnutls = VERDICT: reason" where GnuTLS is of another mind.
 */
#include "support/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include <gnutls/x509.h>

#include <chaincheck.h>

#include "base/when.h"
#include "cert/cert.h"

#define MAX_CASES 200
#define MAX_LINES 16

struct line {
	char key[16], value[256];
};

struct trial {
	char name[64];
	struct line lines[MAX_LINES];
	size_t count;
};

static struct trial trials[MAX_CASES];

static const char *value_of(const struct trial *trial, const char *key,
			    const char *usual)
{
	for (size_t i = 0; i < trial->count; i++) {
		if (strcmp(trial->lines[i].key, key) == 0)
			return trial->lines[i].value;
	}
	return usual;
}

static bool read_trial(const char *path, struct trial *trial)
{
	FILE *file = fopen(path, "r");
	char text[512];

	while (file && fgets(text, sizeof(text), file)) {
		struct line *line = &trial->lines[trial->count];

		text[strcspn(text, "\n")] = '\0';
		if (text[0] == '#' || !text[0])
			continue;
		if (trial->count >= MAX_LINES ||
		    sscanf(text, "%15[a-z] = %255[^\n]", line->key,
			   line->value) != 2) {
			fclose(file);
			return false;
		}
		trial->count++;
	}
	return file && fclose(file) == 0;
}

/* Calls `add` with the certificate of each name in "a, b". */
static void each(const char *names, void *to,
		 void (*add)(void *to, const struct chk_cert *cert,
			     const char *name))
{
	char copy[256], path[512], *name, *rest;

	strcpy(copy, names);
	for (name = strtok_r(copy, ", ", &rest); name;
	     name = strtok_r(NULL, ", ", &rest)) {
		struct chk_chain *one = chk_chain_new();
		struct chk_error error = { 0 };

		snprintf(path, sizeof(path), "%s/%s.pem", getenv("CERTS"),
			 name);
		if (!chk_chain_read(one, path, &error))
			fail_msg("%s: %s", path, error.what);
		add(to, chk_chain_get(one, 0), name);
		chk_chain_free(one);
	}
}

static void add_to_chain(void *to, const struct chk_cert *cert,
			 const char *name)
{
	assert_true(chk_chain_add(to, cert, name, NULL));
}

static void add_to_store(void *to, const struct chk_cert *cert,
			 const char *name)
{
	assert_true(chk_store_add(to, cert, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED,
				  name, NULL));
}

static int64_t time_of(const struct trial *trial)
{
	int64_t at;

	assert_true(chk_when_parse(
		value_of(trial, "at", "2026-06-01T00:00:00Z"), 0, &at));
	return at;
}

static const char *host_of(const struct trial *trial)
{
	const char *host = value_of(trial, "host", "www.example.test");

	return strcmp(host, "none") == 0 ? NULL : host;
}

static enum chk_purpose purpose_of(const struct trial *trial)
{
	enum chk_purpose purpose;

	assert_true(chk_purpose_find(value_of(trial, "purpose", "tls-server"),
				     &purpose));
	return purpose;
}

static struct chk_report *ask(const struct trial *trial)
{
	struct chk_chain *chain = chk_chain_new();
	struct chk_store *store = chk_store_new("store");
	const struct chk_store *stores[] = { store };
	struct chk_question question = {
		.stores = stores, .store_count = 1,
		.host = host_of(trial),
		.email = value_of(trial, "email", NULL),
		.purpose = purpose_of(trial),
		.at_set = true, .at = time_of(trial),
		.max_depth = atoi(value_of(trial, "depth", "0")),
		.profile = value_of(trial, "profile", NULL),
		.partial_chain = value_of(trial, "partial", NULL) != NULL,
	};
	struct chk_report *report;
	struct chk_error error = { 0 };

	each(value_of(trial, "chain", ""), chain, add_to_chain);
	each(value_of(trial, "store", ""), store, add_to_store);
	if (!chk_verify(chain, &question, &report, &error))
		fail_msg("chk_verify: %s", error.what);
	chk_chain_free(chain);
	chk_store_free(store);
	return report;
}

static const char *const SEVERITIES[] = { "note", "warning", "error" };
static const char *const PARTIES[] = { "none", "server", "client", "ca",
				       "network" };

static bool is_finding(const struct chk_finding *finding, const char *wanted)
{
	char code[64] = "", severity[16] = "", party[16] = "";

	sscanf(wanted, "%63s %15s %15s", code, severity, party);
	return strcmp(finding->code, code) == 0 &&
	       strcmp(SEVERITIES[finding->severity], severity) == 0 &&
	       (!party[0] || strcmp(PARTIES[finding->party], party) == 0);
}

static void print_findings(const struct chk_report *report)
{
	for (size_t i = 0; i < chk_report_finding_count(report); i++) {
		const struct chk_finding *finding =
			chk_report_finding(report, i);

		print_error("# %s %s %s%s\n", finding->code,
			    SEVERITIES[finding->severity],
			    PARTIES[finding->party],
			    finding->primary ? " primary" : "");
	}
}

static void check_findings(const struct trial *trial,
			   const struct chk_report *report)
{
	const struct chk_finding *primary = chk_report_primary(report);
	bool first = true;

	for (size_t i = 0; i < trial->count; i++) {
		const char *wanted = trial->lines[i].value;
		bool found = false;

		if (strcmp(trial->lines[i].key, "finding") != 0)
			continue;
		for (size_t j = 0; j < chk_report_finding_count(report); j++)
			found |= is_finding(chk_report_finding(report, j),
					    wanted);
		if (first && strstr(wanted, " error"))
			found = primary && is_finding(primary, wanted);
		first = false;
		if (!found) {
			print_findings(report);
			fail_msg("not found: %s", wanted);
		}
	}
}

static void chaincheck_says_so(void **state)
{
	const struct trial *trial = *state;
	struct chk_report *report = ask(trial);
	bool wanted = strcmp(value_of(trial, "verdict", ""), "trusted") == 0;
	bool trusted = chk_report_verdict(report) == CHK_VERDICT_TRUSTED;

	if (trusted != wanted) {
		print_findings(report);
		fail_msg("the verdict is %s",
			 trusted ? "trusted" : "untrusted");
	}
	/* What is trusted has no error, and what is not has a reason. */
	assert_int_equal(chk_report_primary(report) == NULL, trusted);
	check_findings(trial, report);
	if (!strstr(chk_report_sentence(report), value_of(trial, "says", "")))
		fail_msg("it says: %s", chk_report_sentence(report));
	chk_report_free(report);
}

struct crts {
	gnutls_x509_crt_t items[16];
	unsigned int count;
};

static void add_to_crts(void *to, const struct chk_cert *cert, const char *name)
{
	struct crts *crts = to;
	struct chk_bytes bytes = chk_cert_der(cert);
	gnutls_datum_t der = { 0 };

	(void)name;
	assert_true(crts->count < CHK_COUNT(crts->items));
	memcpy(&der.data, &bytes.data, sizeof(der.data));
	der.size = (unsigned int)bytes.size;
	gnutls_x509_crt_init(&crts->items[crts->count]);
	assert_int_equal(gnutls_x509_crt_import(crts->items[crts->count++],
						&der, GNUTLS_X509_FMT_DER), 0);
}

static const char *const USAGES[] = {
	[CHK_PURPOSE_TLS_SERVER] = GNUTLS_KP_TLS_WWW_SERVER,
	[CHK_PURPOSE_TLS_CLIENT] = GNUTLS_KP_TLS_WWW_CLIENT,
	[CHK_PURPOSE_EMAIL] = GNUTLS_KP_EMAIL_PROTECTION,
};

static int64_t asked_time;

static time_t gnutls_clock(time_t *t)
{
	if (t)
		*t = (time_t)asked_time;
	return (time_t)asked_time;
}

/* As gnutls_certificate_verify_peers would: chain, name, purpose, time. */
static bool gnutls_trusts(const struct trial *trial)
{
	struct crts chain = { .count = 0 }, anchors = { .count = 0 };
	gnutls_typed_vdata_st data[2] = { { .type = 0 } };
	gnutls_x509_trust_list_t list;
	unsigned int status = 0, count = 0;
	const char *host = host_of(trial), *usage = USAGES[purpose_of(trial)];
	const char *email = value_of(trial, "email", NULL);

	each(value_of(trial, "chain", ""), &chain, add_to_crts);
	each(value_of(trial, "store", ""), &anchors, add_to_crts);
	data[count].type = GNUTLS_DT_KEY_PURPOSE_OID;
	memcpy(&data[count++].data, &usage, sizeof(usage));
	if (email)
		host = email;
	if (host) {
		data[count].type = email ? GNUTLS_DT_RFC822NAME :
					   GNUTLS_DT_DNS_HOSTNAME;
		memcpy(&data[count++].data, &host, sizeof(host));
	}
	gnutls_x509_trust_list_init(&list, 0);
	assert_int_equal(gnutls_x509_trust_list_add_cas(list, anchors.items,
							anchors.count, 0),
			 anchors.count);
	asked_time = time_of(trial);
	gnutls_global_set_time_function(gnutls_clock);
	assert_int_equal(gnutls_x509_trust_list_verify_crt2(
		list, chain.items, chain.count, data, count,
		GNUTLS_PROFILE_TO_VFLAGS(GNUTLS_PROFILE_MEDIUM), &status, NULL),
		0);
	gnutls_x509_trust_list_deinit(list, 1);
	for (unsigned int i = 0; i < chain.count; i++)
		gnutls_x509_crt_deinit(chain.items[i]);
	return status == 0;
}

static void gnutls_agrees_or_its_reason_is_given(void **state)
{
	const struct trial *trial = *state;
	const char *verdict = value_of(trial, "verdict", "");
	const char *theirs = value_of(trial, "gnutls", verdict);
	bool wanted = strncmp(theirs, "trusted", 7) == 0;
	bool differs = value_of(trial, "gnutls", NULL) != NULL;

	/* A difference wants a reason, and must be one. */
	if (differs)
		assert_non_null(strchr(theirs, ':'));
	if (differs)
		assert_int_not_equal(wanted, verdict[0] == 't');
	if (gnutls_trusts(trial) != wanted)
		fail_msg("GnuTLS says %s", wanted ? "untrusted" : "trusted");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct trial *)a)->name,
		      ((const struct trial *)b)->name);
}

static size_t read_trials(void)
{
	char path[512];
	struct dirent *entry;
	size_t count = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/tests/cases", getenv("top_srcdir"));
	dir = opendir(path);
	while (dir && (entry = readdir(dir)) && count < MAX_CASES) {
		const char *end = strstr(entry->d_name, ".case");

		if (!end || end[5])
			continue;
		snprintf(trials[count].name, sizeof(trials[count].name), "%.*s",
			 (int)(end - entry->d_name), entry->d_name);
		snprintf(path, sizeof(path), "%s/tests/cases/%s",
			 getenv("top_srcdir"), entry->d_name);
		if (!read_trial(path, &trials[count++]))
			fprintf(stderr, "%s is not understood\n", path);
	}
	if (dir)
		closedir(dir);
	qsort(trials, count, sizeof(trials[0]), by_name);
	return count;
}

int main(void)
{
	static struct CMUnitTest tests[2 * MAX_CASES];
	static char names[MAX_CASES][80];
	size_t count = read_trials();

	for (size_t i = 0; i < count; i++) {
		snprintf(names[i], sizeof(names[i]), "%.60s, GnuTLS",
			 trials[i].name);
		tests[2 * i] = (struct CMUnitTest){
			trials[i].name, chaincheck_says_so, NULL, NULL,
			&trials[i],
		};
		tests[2 * i + 1] = (struct CMUnitTest){
			names[i], gnutls_agrees_or_its_reason_is_given, NULL,
			NULL, &trials[i],
		};
	}
	if (!count)
		return 99;
	return _cmocka_run_group_tests("cases", tests, 2 * count, NULL, NULL);
}
