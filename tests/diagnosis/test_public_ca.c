/*
 * tests/diagnosis/test_public_ca.c: lib/diagnosis/public_ca.c: what is said of
 * an issuer that nobody sent, with a table of known CAs made for the test.
 */
#include "support/test.h"

#include <chaincheck.h>

#include "base/digest.h"
#include "store/store.h"
#include "supply/known_write.h"
#include "support/made.h"
#include "support/scratch.h"

enum { ROOT, OTHER_ROOT, INTERMEDIATE, CROSS, LEAF, CERTS };

static struct chk_cert *certs[CERTS];
static struct chk_known *known;

/* 2016-01-01, and the year's last day. */
static const struct chk_known_days DAYS = { 0, 2, 16801, 0, 0 };
static const struct chk_known_days GONE = { 0, 0, 16801, 17166, 0 };

static struct chk_known_entry entry_of(const struct chk_cert *cert,
				       const char *subject)
{
	struct chk_known_entry entry = { .subject = subject };
	uint8_t spki[32];

	chk_digest_sha256(cert->der, entry.record.sha256);
	chk_digest_sha256(cert->spki, spki);
	memcpy(entry.record.spki, spki, sizeof(entry.record.spki));
	memcpy(entry.record.key_id, cert->key_id.data, 20);
	entry.record.key_id_size = 20;
	entry.record.not_before = (uint16_t)(cert->not_before / 86400);
	entry.record.not_after = (uint16_t)(cert->not_after / 86400);
	return entry;
}

static struct chk_known_entry root_of(const struct chk_cert *cert,
				      const char *subject,
				      const struct chk_known_days *days)
{
	struct chk_known_entry entry = entry_of(cert, subject);

	entry.record.flags = CHK_KNOWN_ROOT;
	entry.record.count = 1;
	entry.days = days;
	return entry;
}

/* `room` has the beginning of the root's SHA-256 for as long. */
static struct chk_known_entry below(const struct chk_cert *cert,
				    const char *subject,
				    const struct chk_cert *root,
				    uint8_t room[1][8])
{
	struct chk_known_entry entry = entry_of(cert, subject);
	uint8_t digest[32];

	chk_digest_sha256(root->der, digest);
	memcpy(room[0], digest, 8);
	entry.record.count = 1;
	entry.roots = (const uint8_t (*)[8])room;
	return entry;
}

static void write_table(void)
{
	uint8_t first[1][8], second[1][8];
	struct chk_known_entry entries[] = {
		root_of(certs[ROOT], "CN=Root", &DAYS),
		root_of(certs[OTHER_ROOT], "CN=Other", &GONE),
		below(certs[INTERMEDIATE], "CN=Issuing", certs[ROOT], first),
		below(certs[CROSS], "CN=Issuing", certs[OTHER_ROOT], second),
	};
	struct chk_buffer bytes = { 0 };

	assert_true(chk_known_write(entries, CHK_COUNT(entries), 0, &bytes,
				    NULL));
	scratch_write("table", bytes.data, bytes.size);
	chk_buffer_clear(&bytes);
	assert_true(chk_known_open(scratch_path("table"), &known, NULL));
}

static int begin(void **state)
{
	static const struct recipe RECIPES[CERTS] = {
		[ROOT] = { .subject = "Root", .key = 0, .ca = true },
		[OTHER_ROOT] = { .subject = "Other", .key = 1,
				 .issuer_key = 1, .ca = true },
		[INTERMEDIATE] = { .subject = "Issuing", .key = 2,
				   .issuer = "Root", .ca = true },
		[CROSS] = { .subject = "Issuing", .key = 2, .issuer = "Other",
			    .issuer_key = 1, .ca = true },
		[LEAF] = { .subject = "leaf", .key = 3, .issuer = "Issuing",
			   .issuer_key = 2, .dns = "www.example.test" },
	};

	for (size_t i = 0; i < CERTS; i++)
		certs[i] = make_cert(&RECIPES[i]);
	scratch_begin(state);
	write_table();
	return 0;
}

static int end(void **state)
{
	chk_known_free(known);
	for (size_t i = 0; i < CERTS; i++)
		chk_cert_unref(certs[i]);
	forget_keys();
	return scratch_end(state);
}

/* What is said of `sent` certificates, the leaf first, with one anchor. */
static struct chk_report *ask(const int *sent, size_t count, int anchor,
			      const struct chk_known *table)
{
	struct chk_chain *chain = chk_chain_new();
	struct chk_store *store = chk_store_new("client");
	const struct chk_store *stores[] = { store };
	const struct chk_question question = {
		.stores = stores, .store_count = 1, .at_set = true,
		.at = MADE_NOW, .known = table,
	};
	struct chk_report *report;

	for (size_t i = 0; i < count; i++)
		assert_true(chk_chain_add(chain, certs[sent[i]], "peer",
					  NULL));
	if (anchor < CERTS)
		assert_true(chk_store_add(store, certs[anchor],
					  CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED,
					  "store", NULL));
	assert_true(chk_verify(chain, &question, &report, NULL));
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNTRUSTED);
	chk_store_free(store);
	chk_chain_free(chain);
	return report;
}

static void assert_names(const struct chk_report *report, const char *code,
			 int cert, const char *words)
{
	const struct chk_finding *finding = chk_report_primary(report);
	uint8_t digest[32];

	assert_string_equal(finding->code, code);
	assert_non_null(strstr(finding->message, words));
	assert_null(finding->about.cert);
	assert_non_null(finding->about.known);
	chk_digest_sha256(certs[cert]->der, digest);
	assert_memory_equal(finding->about.known->sha256, digest, 32);
}

static void an_intermediate_is_named_that_leads_to_this_clients_root(
	void **state)
{
	static const int SENT[] = { LEAF };
	struct chk_report *report = ask(SENT, 1, ROOT, known);

	assert_names(report, "chain.intermediate-missing", INTERMEDIATE,
		     "leads to \xc2\xabRoot\xc2\xbb, which this client has:");
	chk_report_free(report);
	/* The same name and key, and another certificate of them. */
	report = ask(SENT, 1, OTHER_ROOT, known);
	assert_names(report, "chain.intermediate-missing", CROSS,
		     "leads to \xc2\xabOther\xc2\xbb, which this client has:");
	chk_report_free(report);
}

static void a_root_that_is_not_at_hand_is_named(void **state)
{
	static const int SENT[] = { LEAF, INTERMEDIATE };
	struct chk_report *report = ask(SENT, 2, OTHER_ROOT, known);

	assert_names(report, "trust.anchor-missing", ROOT,
		     "it is a public root, in Mozilla since 2016-01-01");
	chk_report_free(report);
}

static void a_root_that_was_removed_is_said_to_be(void **state)
{
	static const int SENT[] = { LEAF, CROSS };
	struct chk_report *report = ask(SENT, 2, CERTS, known);

	assert_names(report, "trust.anchor-missing", OTHER_ROOT,
		     "in Mozilla from 2016-01-01 to 2016-12-31");
	chk_report_free(report);
}

/* It is at hand: that it is the public one needs no trust in who sent it. */
static void a_root_that_was_sent_is_known_by_its_bytes(void **state)
{
	static const int SENT[] = { LEAF, INTERMEDIATE, ROOT };
	struct chk_report *report = ask(SENT, 3, OTHER_ROOT, known);
	const struct chk_finding *finding = chk_report_primary(report);

	assert_string_equal(finding->code, "trust.anchor-missing");
	assert_non_null(strstr(finding->message, "; it is a public root, in "
			       "Mozilla since 2016-01-01"));
	chk_report_free(report);
}

/* The root that was sent is not this client's, and another's cross-sign is. */
static void a_cross_certificate_that_would_do_is_an_alternative(void **state)
{
	static const int SENT[] = { LEAF, INTERMEDIATE, ROOT };
	struct chk_report *report = ask(SENT, 3, OTHER_ROOT, known);
	const struct chk_finding *finding = chk_report_finding(report, 1);
	uint8_t digest[32];

	assert_non_null(finding);
	assert_string_equal(finding->code, "chain.intermediate-missing");
	assert_int_equal(finding->party, CHK_PARTY_SERVER);
	assert_true(finding->alternative);
	assert_non_null(strstr(finding->message, "leads to \xc2\xabOther\xc2"
			       "\xbb, which this client has"));
	assert_non_null(finding->about.known);
	chk_digest_sha256(certs[CROSS]->der, digest);
	assert_memory_equal(finding->about.known->sha256, digest, 32);
	chk_report_free(report);
	/* No anchor of this client is at its end. */
	report = ask(SENT, 3, CERTS, known);
	for (size_t i = 0; i < chk_report_finding_count(report); i++)
		assert_string_not_equal(chk_report_finding(report, i)->code,
					"chain.intermediate-missing");
	chk_report_free(report);
}

static void nobody_is_named_whom_the_table_has_not(void **state)
{
	static const int SENT[] = { LEAF };
	struct chk_report *report = ask(SENT, 1, CERTS, NULL);

	assert_null(chk_report_primary(report)->about.known);
	assert_null(strstr(chk_report_primary(report)->message, "public"));
	chk_report_free(report);
}

static void a_private_ca_is_said_to_be_none_that_is_known(void **state)
{
	struct chk_cert *own = certs[LEAF];
	static const int SENT[] = { LEAF };
	struct chk_report *report;

	certs[LEAF] = make_cert(&(struct recipe){
		.subject = "intern", .key = 3, .issuer = "Private CA",
		.issuer_key = 4 });
	report = ask(SENT, 1, ROOT, known);
	assert_null(chk_report_primary(report)->about.known);
	assert_non_null(strstr(chk_report_primary(report)->message,
			       "it is no public CA that is known here"));
	chk_report_free(report);
	chk_cert_unref(certs[LEAF]);
	/* Of a public CA's name, and of another key: it is not named. */
	certs[LEAF] = make_cert(&(struct recipe){
		.subject = "intern", .key = 3, .issuer = "Issuing",
		.issuer_key = 4 });
	report = ask(SENT, 1, ROOT, known);
	assert_null(chk_report_primary(report)->about.known);
	assert_non_null(strstr(chk_report_primary(report)->message,
			       "public CAs of that name have other keys"));
	chk_report_free(report);
	chk_cert_unref(certs[LEAF]);
	certs[LEAF] = own;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			an_intermediate_is_named_that_leads_to_this_clients_root),
		cmocka_unit_test(a_root_that_is_not_at_hand_is_named),
		cmocka_unit_test(a_root_that_was_removed_is_said_to_be),
		cmocka_unit_test(a_root_that_was_sent_is_known_by_its_bytes),
		cmocka_unit_test(
			a_cross_certificate_that_would_do_is_an_alternative),
		cmocka_unit_test(nobody_is_named_whom_the_table_has_not),
		cmocka_unit_test(
			a_private_ca_is_said_to_be_none_that_is_known),
	};

	return cmocka_run_group_tests_name("diagnosis/public_ca", tests, begin,
					   end);
}
