/*
 * tests/diagnosis/test_diagnose.c: one fault a chain, told as what it is, by
 * whom to be mended, and proved. The chains are made for the test.
 */
#include "support/test.h"

#include <stdlib.h>

#include <chaincheck.h>
#include <gnutls/x509.h>

#include "fetch/presented.h"
#include "support/made.h"

#define HOST "www.example.test"
#define SERVER_AUTH "1.3.6.1.5.5.7.3.1"
#define CLIENT_AUTH "1.3.6.1.5.5.7.3.2"
#define DAY INT64_C(86400)

/* Keys by what they are for. */
enum { ROOT, INTER, LEAF, ROOT_TWIN, INTER_TWIN, OTHER };

static const struct recipe ROOT_CA = {
	.subject = "Root A", .key = ROOT, .issuer_key = ROOT, .ca = true,
};
static const struct recipe INTER_CA = {
	.subject = "Int A", .key = INTER, .issuer = "Root A",
	.issuer_key = ROOT, .ca = true,
};
static const struct recipe SERVER = {
	.subject = HOST, .key = LEAF, .issuer = "Int A", .issuer_key = INTER,
	.dns = HOST, .usage = SERVER_AUTH,
};

/* What one test asks; its stores are "anchors" and "elsewhere". */
struct bench {
	struct chk_chain *chain;
	struct chk_store *anchors, *elsewhere;
	struct chk_question question;
	const struct chk_store *stores[1], *others[1];
	struct chk_report *report;
};

static int set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));

	bench->chain = chk_chain_new();
	bench->anchors = chk_store_new("file:anchors.pem");
	bench->elsewhere = chk_store_new("elsewhere");
	bench->stores[0] = bench->anchors;
	bench->others[0] = bench->elsewhere;
	bench->question = (struct chk_question){
		.stores = bench->stores, .store_count = 1,
		.others = bench->others, .other_count = 1,
		.host = HOST, .at_set = true, .at = MADE_NOW,
		.place = CHK_PLACE_DEBIAN,
	};
	*state = bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	chk_report_free(bench->report);
	chk_chain_free(bench->chain);
	chk_store_free(bench->anchors);
	chk_store_free(bench->elsewhere);
	free(bench);
	return 0;
}

static void send(struct bench *bench, const struct recipe *recipe)
{
	struct chk_cert *cert = make_cert(recipe);

	assert_true(chk_chain_add(bench->chain, cert, "chain.pem:1", NULL));
	chk_cert_unref(cert);
}

static void put(struct chk_store *store, const struct recipe *recipe,
		enum chk_trust trust)
{
	struct chk_cert *cert = make_cert(recipe);

	assert_true(chk_store_add(store, cert, CHK_PURPOSE_ANY, trust,
				  "anchors.pem:7", NULL));
	chk_cert_unref(cert);
}

static void trust(struct bench *bench, const struct recipe *recipe)
{
	put(bench->anchors, recipe, CHK_TRUST_TRUSTED);
}

static void verify(struct bench *bench)
{
	assert_true(chk_verify(bench->chain, &bench->question, &bench->report,
			       NULL));
}

static const struct chk_finding *find(const struct bench *bench,
				      const char *code)
{
	for (size_t i = 0; i < chk_report_finding_count(bench->report); i++) {
		const struct chk_finding *finding =
			chk_report_finding(bench->report, i);

		if (strcmp(finding->code, code) == 0)
			return finding;
	}
	return NULL;
}

/* The verdict is no, and this is the reason. */
static const struct chk_finding *expect(struct bench *bench, const char *code,
					enum chk_party party)
{
	const struct chk_finding *primary;

	verify(bench);
	primary = chk_report_primary(bench->report);
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_UNTRUSTED);
	assert_non_null(primary);
	assert_string_equal(primary->code, code);
	assert_int_equal(primary->party, party);
	assert_int_equal(primary->severity, CHK_SEVERITY_ERROR);
	assert_false(primary->alternative);
	assert_ptr_equal(primary, chk_report_finding(bench->report, 0));
	return primary;
}

static bool is_proved(const struct chk_finding *finding)
{
	for (size_t i = 0; i < finding->remedy_count; i++) {
		if (finding->remedies[i].proved)
			return true;
	}
	return false;
}

static void assert_says(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' does not say '%s'", text, part);
}

static void a_complete_chain_is_trusted_without_a_word(void **state)
{
	struct bench *bench = *state;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	verify(bench);
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_TRUSTED);
	assert_int_equal(chk_report_finding_count(bench->report), 0);
	assert_string_equal(chk_report_sentence(bench->report),
			    "chain.pem is trusted: its path ends in «Root A» "
			    "of anchors.pem (1 anchor).");
	assert_int_equal(chk_report_store(bench->report, 0)->verdict,
			 CHK_VERDICT_TRUSTED);
}

static void a_leaf_alone_lacks_its_intermediate_or_perhaps_a_root(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding, *other;

	send(bench, &SERVER);
	trust(bench, &ROOT_CA);
	finding = expect(bench, "chain.intermediate-missing",
			 CHK_PARTY_SERVER);
	assert_string_equal(finding->about.name, "CN=Int A");
	assert_int_equal(finding->about.key_id.size, 20);
	assert_null(finding->about.cert);
	assert_says(finding->message, "only the certificate «" HOST "»");
	assert_false(is_proved(finding));
	other = find(bench, "trust.issuer-unknown");
	assert_non_null(other);
	assert_true(other->alternative);
	assert_int_equal(other->party, CHK_PARTY_CLIENT);
}

static void a_server_key_that_may_only_sign_crls_is_a_warning(void **state)
{
	struct bench *bench = *state;
	struct recipe recipe = SERVER;
	const struct chk_finding *finding;

	recipe.key_usage = GNUTLS_KEY_CRL_SIGN;
	send(bench, &recipe);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	verify(bench);
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_TRUSTED);
	finding = find(bench, "cert.purpose");
	assert_non_null(finding);
	assert_int_equal(finding->severity, CHK_SEVERITY_WARNING);
	assert_says(finding->message, "keyUsage of «" HOST "»");
}

/* The circle is a by-way: what leads out of it is what is missing. */
static void a_missing_root_is_told_rather_than_a_circle_below_it(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	send(bench, &(struct recipe){
		.subject = "Int A", .key = INTER, .issuer = "Other CA",
		.issuer_key = OTHER, .ca = true });
	send(bench, &(struct recipe){
		.subject = "Other CA", .key = OTHER, .issuer = "Int A",
		.issuer_key = INTER, .ca = true });
	finding = expect(bench, "trust.anchor-missing", CHK_PARTY_CLIENT);
	assert_string_equal(finding->about.name, "CN=Root A");
}

/* RFC 5280 6.1: self-issued is not self-signed; the key ids tell them apart. */
static void a_self_issued_ca_of_another_key_is_no_circle(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding;
	struct chk_cert *root = make_cert(&(struct recipe){
		.subject = "Int A", .key = ROOT, .issuer_key = ROOT,
		.ca = true });

	send(bench, &SERVER);
	send(bench, &(struct recipe){
		.subject = "Int A", .key = INTER, .issuer_key = ROOT,
		.ca = true });
	finding = expect(bench, "trust.anchor-missing", CHK_PARTY_CLIENT);
	assert_string_equal(finding->about.name, "CN=Int A");
	assert_int_equal(finding->about.key_id.size, root->key_id.size);
	assert_memory_equal(finding->about.key_id.data, root->key_id.data,
			    root->key_id.size);
	chk_cert_unref(root);
}

static void the_path_shows_the_missing_certificate_in_its_place(void **state)
{
	struct bench *bench = *state;
	const struct chk_path_view *path;

	send(bench, &SERVER);
	trust(bench, &ROOT_CA);
	verify(bench);
	path = chk_report_path(bench->report, 0);
	assert_int_equal(path->link_count, 2);
	assert_int_equal(path->links[0].role, CHK_ROLE_LEAF);
	assert_int_equal(path->links[1].role, CHK_ROLE_MISSING);
	assert_string_equal(path->links[1].subject.name, "CN=Int A");
	assert_int_equal(path->links[1].defect_count, 1);
}

/* RFC 5280 4.2.1.1: authorityCertIssuer names the issuer's issuer. */
static void an_issuer_with_an_issuer_is_certainly_an_intermediate(void **state)
{
	struct bench *bench = *state;
	struct recipe leaf = SERVER;
	const struct chk_finding *finding;

	leaf.above = "Root A";
	send(bench, &leaf);
	trust(bench, &ROOT_CA);
	finding = expect(bench, "chain.intermediate-missing",
			 CHK_PARTY_SERVER);
	assert_says(finding->message, "«Root A» issued it, which is in this "
		    "client's store");
	assert_null(find(bench, "trust.issuer-unknown"));
}

static void an_issuer_that_issued_itself_is_certainly_a_root(void **state)
{
	struct bench *bench = *state;
	struct recipe leaf = SERVER;

	leaf.above = "Int A";
	send(bench, &leaf);
	trust(bench, &ROOT_CA);
	expect(bench, "trust.anchor-missing", CHK_PARTY_CLIENT);
	assert_null(find(bench, "chain.intermediate-missing"));
}

static void an_intermediate_found_elsewhere_is_for_the_server(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding;

	send(bench, &SERVER);
	trust(bench, &ROOT_CA);
	put(bench->elsewhere, &INTER_CA, CHK_TRUST_TRUSTED);
	finding = expect(bench, "chain.intermediate-missing",
			 CHK_PARTY_SERVER);
	assert_non_null(finding->about.cert);
	assert_true(is_proved(finding));
	assert_says(chk_report_sentence(bench->report), "«Int A»");
}

static void a_root_that_was_not_seen_is_named_by_subject_and_key(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding, *other;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	trust(bench, &(struct recipe){ .subject = "Other", .key = OTHER,
				       .issuer_key = OTHER, .ca = true });
	finding = expect(bench, "trust.anchor-missing", CHK_PARTY_CLIENT);
	assert_string_equal(finding->about.name, "CN=Root A");
	assert_int_equal(finding->about.key_id.size, 20);
	assert_null(finding->about.cert);
	assert_false(is_proved(finding));
	assert_says(finding->message, "anchors.pem (1 anchor)");
	other = find(bench, "chain.intermediate-missing");
	assert_non_null(other);
	assert_true(other->alternative);
}

static void a_root_that_was_sent_must_be_compared_first(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	send(bench, &ROOT_CA);
	trust(bench, &(struct recipe){ .subject = "Other", .key = OTHER,
				       .issuer_key = OTHER, .ca = true });
	finding = expect(bench, "trust.anchor-missing", CHK_PARTY_CLIENT);
	assert_true(is_proved(finding));
	assert_says(finding->message, "proves nothing");
	assert_says(finding->message, "Compare its SHA-256");
	assert_int_equal(find(bench, "chain.root-sent")->severity,
			 CHK_SEVERITY_NOTE);
}

static void a_root_of_another_store_is_named_with_its_place(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	put(bench->elsewhere, &ROOT_CA, CHK_TRUST_TRUSTED);
	finding = expect(bench, "trust.anchor-missing", CHK_PARTY_CLIENT);
	assert_true(is_proved(finding));
	assert_says(finding->message, "anchors.pem:7");
}

static void a_root_of_the_name_with_another_key_is_not_missing(void **state)
{
	struct bench *bench = *state;
	struct recipe twin = ROOT_CA;
	const struct chk_finding *finding;

	twin.key = twin.issuer_key = ROOT_TWIN;
	send(bench, &SERVER);
	send(bench, &INTER_CA);
	trust(bench, &twin);
	finding = expect(bench, "chain.issuer-key-mismatch",
			 CHK_PARTY_CLIENT);
	assert_says(finding->message, "«Root A»");
	/* Or it issued its own successor, which was not sent. */
	finding = find(bench, "chain.intermediate-missing");
	assert_true(finding->alternative);
	assert_string_equal(finding->about.name, "CN=Root A");
	assert_int_equal(chk_report_rejected_count(bench->report), 1);
	assert_string_equal(chk_report_rejected(bench->report, 0)->rule,
			    "issuer-key-mismatch");
}

static void an_impostor_that_is_sent_is_the_servers(void **state)
{
	struct bench *bench = *state;
	struct recipe twin = INTER_CA;

	twin.key = INTER_TWIN;
	send(bench, &SERVER);
	send(bench, &twin);
	trust(bench, &ROOT_CA);
	expect(bench, "chain.issuer-key-mismatch", CHK_PARTY_SERVER);
	assert_null(find(bench, "chain.unrelated"));
}

static void without_key_ids_none_is_told(void **state)
{
	struct bench *bench = *state;
	struct recipe leaf = SERVER, twin = INTER_CA;

	leaf.no_key_ids = true;
	twin.key = INTER_TWIN;
	send(bench, &leaf);
	send(bench, &twin);
	trust(bench, &ROOT_CA);
	verify(bench);
	assert_int_equal(chk_report_rejected_count(bench->report), 1);
	assert_says(chk_report_rejected(bench->report, 0)->reason,
		    "was not made by the key of");
}

static void a_self_signed_leaf_can_only_be_replaced(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding;

	send(bench, &(struct recipe){ .subject = HOST, .key = LEAF,
				      .issuer_key = LEAF, .dns = HOST });
	trust(bench, &ROOT_CA);
	finding = expect(bench, "trust.self-signed-leaf", CHK_PARTY_SERVER);
	assert_string_equal(finding->about.name, "CN=" HOST);
	assert_true(is_proved(finding));
}

static void an_expired_leaf_says_since_when(void **state)
{
	struct bench *bench = *state;
	struct recipe leaf = SERVER;
	const struct chk_finding *finding;

	leaf.not_after = MADE_NOW - 3 * DAY;
	send(bench, &leaf);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	finding = expect(bench, "cert.expired", CHK_PARTY_SERVER);
	assert_says(finding->message, "3 days ago, at 2026-03-29T00:00:00Z");
	assert_true(is_proved(finding));
}

static void an_expired_intermediate_is_not_taken_for_the_leaf(void **state)
{
	struct bench *bench = *state;
	struct recipe inter = INTER_CA;
	const struct chk_finding *finding;

	inter.not_after = MADE_NOW - DAY;
	send(bench, &SERVER);
	send(bench, &inter);
	trust(bench, &ROOT_CA);
	finding = expect(bench, "cert.expired", CHK_PARTY_SERVER);
	assert_string_equal(finding->about.name, "CN=Int A");
	assert_says(finding->message, "Not the server's own");
}

static void an_expired_anchor_is_the_clients(void **state)
{
	struct bench *bench = *state;
	struct recipe root = ROOT_CA;

	root.not_after = MADE_NOW - DAY;
	send(bench, &SERVER);
	send(bench, &INTER_CA);
	trust(bench, &root);
	expect(bench, "cert.expired", CHK_PARTY_CLIENT);
}

static void a_clock_of_1970_is_one_finding(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding;
	size_t count = 0;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	bench->question.at = 0;
	finding = expect(bench, "cert.not-yet-valid", CHK_PARTY_CLIENT);
	assert_says(finding->message, "clock");
	assert_true(is_proved(finding));
	for (size_t i = 0; i < chk_report_finding_count(bench->report); i++)
		count += chk_report_finding(bench->report, i)->severity ==
			 CHK_SEVERITY_ERROR;
	assert_int_equal(count, 1);
}

static void another_name_lists_what_the_certificate_has(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	bench->question.host = "mail.example.test";
	finding = expect(bench, "name.mismatch", CHK_PARTY_SERVER);
	assert_says(finding->message, "mail.example.test");
	assert_says(finding->message, "DNS:" HOST);
	assert_true(is_proved(finding));
}

static void a_usage_for_clients_alone_is_told(void **state)
{
	struct bench *bench = *state;
	struct recipe leaf = SERVER;
	const struct chk_finding *finding;

	leaf.usage = CLIENT_AUTH;
	send(bench, &leaf);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	finding = expect(bench, "cert.purpose", CHK_PARTY_SERVER);
	assert_says(finding->message, "clientAuth");
	assert_says(finding->message, "serverAuth");
}

static void an_issuer_that_is_no_ca_is_told(void **state)
{
	struct bench *bench = *state;
	struct recipe inter = INTER_CA;

	inter.ca = false;
	send(bench, &SERVER);
	send(bench, &inter);
	trust(bench, &ROOT_CA);
	expect(bench, "cert.not-a-ca", CHK_PARTY_CA);
}

static void a_path_that_is_too_long_has_both_numbers(void **state)
{
	struct bench *bench = *state;
	struct recipe root = ROOT_CA;
	const struct chk_finding *finding;

	root.path_len = 1; /* pathLen 0 */
	send(bench, &SERVER);
	send(bench, &INTER_CA);
	trust(bench, &root);
	finding = expect(bench, "cert.path-length", CHK_PARTY_CA);
	assert_says(finding->message, "allows 0 CAs below it, and the path "
		    "has 1");
}

static void an_unknown_critical_extension_is_named(void **state)
{
	struct bench *bench = *state;
	struct recipe leaf = SERVER;

	leaf.critical = "1.3.6.1.4.1.55555.1";
	send(bench, &leaf);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	assert_says(expect(bench, "cert.unknown-critical",
			   CHK_PARTY_CA)->message, "1.3.6.1.4.1.55555.1");
}

static void an_anchor_without_a_mark_is_present_and_not_trusted(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	put(bench->anchors, &ROOT_CA, CHK_TRUST_NOT_STATED);
	finding = expect(bench, "trust.anchor-distrusted", CHK_PARTY_CLIENT);
	assert_says(finding->message, "CKA_TRUSTED");
	assert_int_equal(find(bench, "store.not-marked-trusted")->severity,
			 CHK_SEVERITY_WARNING);
}

static void a_distrusted_anchor_is_not_to_be_installed(void **state)
{
	struct bench *bench = *state;
	const struct chk_finding *finding;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	put(bench->anchors, &ROOT_CA, CHK_TRUST_DISTRUSTED);
	finding = expect(bench, "trust.anchor-distrusted", CHK_PARTY_CLIENT);
	for (size_t i = 0; i < finding->remedy_count; i++) {
		assert_false(finding->remedies[i].proved);
		assert_null(finding->remedies[i].command);
	}
}

static void how_the_chain_is_sent_is_a_warning_and_no_verdict(void **state)
{
	struct bench *bench = *state;

	send(bench, &SERVER);
	send(bench, &ROOT_CA);
	send(bench, &INTER_CA);
	send(bench, &(struct recipe){ .subject = "Other", .key = OTHER,
				      .issuer_key = OTHER, .ca = true });
	assert_true(chk_chain_add(bench->chain,
				  chk_chain_get(bench->chain, 2), "again",
				  NULL));
	trust(bench, &ROOT_CA);
	verify(bench);
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_TRUSTED);
	assert_null(chk_report_primary(bench->report));
	assert_int_equal(find(bench, "chain.duplicate")->severity,
			 CHK_SEVERITY_WARNING);
	assert_int_equal(find(bench, "chain.unrelated")->severity,
			 CHK_SEVERITY_WARNING);
	assert_string_equal(find(bench, "chain.unrelated")->about.name,
			    "CN=Other");
	assert_true(is_proved(find(bench, "chain.unrelated")));
}

static void a_valid_cross_certificate_is_not_a_stranger(void **state)
{
	struct bench *bench = *state;
	struct recipe cross = ROOT_CA;

	cross.issuer = "Old Root";
	cross.issuer_key = OTHER;
	send(bench, &SERVER);
	send(bench, &INTER_CA);
	send(bench, &cross);
	trust(bench, &ROOT_CA);
	verify(bench);
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_TRUSTED);
	assert_null(find(bench, "chain.unrelated"));
}

/* Each of both would do, so the first finding has both. */
static void two_roots_that_are_missing_stand_in_one_finding(void **state)
{
	struct bench *bench = *state;
	struct recipe cross = INTER_CA, other = ROOT_CA;
	const struct chk_finding *finding;

	cross.issuer = "Old Root";
	cross.issuer_key = OTHER;
	other.subject = "Root Z";
	other.key = other.issuer_key = ROOT_TWIN;
	send(bench, &SERVER);
	send(bench, &INTER_CA);
	send(bench, &cross);
	trust(bench, &other);
	finding = expect(bench, "trust.anchor-missing", CHK_PARTY_CLIENT);
	assert_says(finding->message, "«Root A»");
	assert_says(finding->message, "«Old Root»");
	assert_says(finding->message, "would do as well");
}

static void an_expired_cross_certificate_helps_nobody(void **state)
{
	struct bench *bench = *state;
	struct recipe cross = ROOT_CA;

	cross.issuer = "Old Root";
	cross.issuer_key = OTHER;
	cross.not_after = MADE_NOW - DAY;
	send(bench, &SERVER);
	send(bench, &INTER_CA);
	send(bench, &cross);
	trust(bench, &ROOT_CA);
	verify(bench);
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_TRUSTED);
	assert_non_null(find(bench, "chain.unrelated"));
}

static void a_key_id_that_differs_is_told_though_it_verifies(void **state)
{
	struct bench *bench = *state;
	struct recipe leaf = SERVER;

	leaf.named_key = OTHER + 1;
	send(bench, &leaf);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	verify(bench);
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_TRUSTED);
	assert_int_equal(find(bench, "cert.key-id-mismatch")->party,
			 CHK_PARTY_CA);
}

/* Two faults, two findings; neither alone turns the verdict, both do. */
static void two_faults_are_proved_together(void **state)
{
	struct bench *bench = *state;
	struct recipe leaf = SERVER;

	leaf.not_after = MADE_NOW - DAY;
	send(bench, &leaf);
	trust(bench, &ROOT_CA);
	put(bench->elsewhere, &INTER_CA, CHK_TRUST_TRUSTED);
	expect(bench, "chain.intermediate-missing", CHK_PARTY_SERVER);
	assert_true(is_proved(find(bench, "chain.intermediate-missing")));
	assert_true(is_proved(find(bench, "cert.expired")));
	assert_says(find(bench, "cert.expired")->remedies[0].text, "together");
}

static void a_hostile_subject_reaches_neither_screen_nor_shell(void **state)
{
	struct bench *bench = *state;
	const struct recipe evil = {
		.subject = "\x1b[2J`rm -rf /`", .key = ROOT,
		.issuer_key = ROOT, .ca = true,
	};
	struct recipe leaf = SERVER;
	const struct chk_finding *finding;

	leaf.issuer = evil.subject;
	leaf.issuer_key = ROOT;
	send(bench, &leaf);
	send(bench, &evil);
	trust(bench, &INTER_CA);
	finding = expect(bench, "trust.anchor-missing", CHK_PARTY_CLIENT);
	assert_null(strchr(finding->message, '\x1b'));
	assert_null(strchr(chk_report_sentence(bench->report), '\x1b'));
	for (size_t i = 0; i < finding->remedy_count; i++) {
		const struct chk_remedy *remedy = &finding->remedies[i];

		assert_null(strchr(remedy->text, '\x1b'));
		assert_true(!remedy->command ||
			    !strstr(remedy->command, "rm -rf"));
	}
}

/* The command for the place `place` when the store is called so. */
static const char *command_for(struct bench *bench, const char *spec,
			       const char *place)
{
	const struct chk_finding *finding;

	chk_store_free(bench->anchors);
	bench->anchors = chk_store_new(spec);
	bench->stores[0] = bench->anchors;
	chk_report_free(bench->report);
	finding = expect(bench, "trust.anchor-missing", CHK_PARTY_CLIENT);
	for (size_t i = 0; i < finding->remedy_count; i++) {
		if (strcmp(finding->remedies[i].place, place) == 0)
			return finding->remedies[i].command;
	}
	fail_msg("no remedy for %s", place);
	return NULL;
}

static void a_command_has_the_path_of_the_store_it_is_for(void **state)
{
	struct bench *bench = *state;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	send(bench, &ROOT_CA);
	assert_says(command_for(bench, "jks:/srv/a.jks", "keystore"),
		    "-keystore /srv/a.jks");
	assert_says(command_for(bench, "nss:sql:/srv/nss", "nss"),
		    "-d sql:/srv/nss ");
}

static void a_path_that_a_shell_would_read_is_in_no_command(void **state)
{
	static const char *const SPECS[] = {
		"jks:/srv/a;id", "jks:/srv/a b", "jks:$(id)", "jks:`id`",
		"jks:-J-x", "jks:/srv/'a'", "jks:/srv/a\nid", "jks:/srv/*",
	};
	struct bench *bench = *state;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	send(bench, &ROOT_CA);
	for (size_t i = 0; i < CHK_COUNT(SPECS); i++) {
		const char *command = command_for(bench, SPECS[i], "keystore");

		assert_says(command, "-keystore PATH");
		assert_null(strstr(command, SPECS[i] + 4));
	}
}

static void without_a_store_everything_is_missing(void **state)
{
	struct bench *bench = *state;

	bench->question.store_count = 0;
	send(bench, &SERVER);
	send(bench, &INTER_CA);
	expect(bench, "trust.anchor-missing", CHK_PARTY_CLIENT);
	assert_int_equal(chk_report_store_count(bench->report), 0);
}

static void a_spent_budget_is_never_trust(void **state)
{
	struct bench *bench = *state;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	bench->question.max_signatures = 1;
	verify(bench);
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_UNTRUSTED);
	assert_true(chk_report_limits(bench->report).spent);
	assert_non_null(find(bench, "chain.search-limit"));
}

/* A damaged leaf before somebody else's good chain must not borrow it. */
static void a_damaged_first_certificate_is_never_trust(void **state)
{
	struct bench *bench = *state;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	assert_true(chk_notes_add(&bench->chain->notes, "chain.pem:1",
				  "byte 4: length not minimal", NULL));
	trust(bench, &ROOT_CA);
	expect(bench, "cert.malformed", CHK_PARTY_SERVER);
}

static void a_damaged_certificate_behind_the_first_is_a_warning(void **state)
{
	struct bench *bench = *state;

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	assert_true(chk_notes_add(&bench->chain->notes, "chain.pem:40",
				  "byte 4: length not minimal", NULL));
	trust(bench, &ROOT_CA);
	verify(bench);
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_TRUSTED);
	assert_int_equal(find(bench, "cert.malformed")->severity,
			 CHK_SEVERITY_WARNING);
}

/* What a server sends is refused whole, as other clients refuse it. */
static void a_server_that_sends_a_damaged_one_is_not_trusted(void **state)
{
	struct bench *bench = *state;
	const struct chk_target target = { .host = HOST };
	struct chk_presented presented = {
		.chain = bench->chain, .step = CHK_STEP_FINISHED,
		.why = "", .alert = -1,
	};

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	assert_true(chk_diagnose(&target, &presented, &bench->question,
				 &bench->report, NULL));
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_TRUSTED);
	chk_report_free(bench->report);
	assert_true(chk_notes_add(&bench->chain->notes, HOST ":443", "damaged",
				  NULL));
	assert_true(chk_diagnose(&target, &presented, &bench->question,
				 &bench->report, NULL));
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_UNTRUSTED);
	assert_string_equal(chk_report_primary(bench->report)->code,
			    "cert.malformed");
}

/* A good chain and no connection is neither yes nor no. */
static void a_good_chain_without_a_connection_is_undecided(void **state)
{
	struct bench *bench = *state;
	const struct chk_target target = { .host = HOST };
	struct chk_presented presented = {
		.chain = bench->chain, .step = CHK_STEP_CERTIFICATE,
		.failure = CHK_FAILURE_RESET, .why = "reset", .alert = -1,
	};

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	assert_true(chk_diagnose(&target, &presented, &bench->question,
				 &bench->report, NULL));
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_UNDECIDED);
	assert_string_equal(chk_report_primary(bench->report)->code,
			    "net.reset");
}

static void a_server_that_wants_a_client_certificate_is_trusted(void **state)
{
	struct bench *bench = *state;
	const struct chk_target target = { .host = HOST };
	struct chk_presented presented = {
		.chain = bench->chain, .step = CHK_STEP_CERTIFICATE,
		.failure = CHK_FAILURE_ALERT, .why = "fatal alert",
		.alert = 116, .alert_name = "certificate_required",
		.client_certificate_wanted = true,
	};

	send(bench, &SERVER);
	send(bench, &INTER_CA);
	trust(bench, &ROOT_CA);
	assert_true(chk_diagnose(&target, &presented, &bench->question,
				 &bench->report, NULL));
	assert_int_equal(chk_report_verdict(bench->report),
			 CHK_VERDICT_TRUSTED);
	assert_int_equal(find(bench, "tls.client-certificate")->severity,
			 CHK_SEVERITY_WARNING);
	assert_null(chk_report_primary(bench->report));
}

static void no_certificate_is_no_question(void **state)
{
	struct bench *bench = *state;
	struct chk_error error;

	assert_false(chk_verify(bench->chain, &bench->question,
				&bench->report, &error));
	assert_int_equal(error.code, CHK_ERROR_EMPTY);
	assert_null(bench->report);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_complete_chain_is_trusted_without_a_word),
		TEST(a_leaf_alone_lacks_its_intermediate_or_perhaps_a_root),
		TEST(a_server_key_that_may_only_sign_crls_is_a_warning),
		TEST(a_missing_root_is_told_rather_than_a_circle_below_it),
		TEST(a_self_issued_ca_of_another_key_is_no_circle),
		TEST(the_path_shows_the_missing_certificate_in_its_place),
		TEST(an_issuer_with_an_issuer_is_certainly_an_intermediate),
		TEST(an_issuer_that_issued_itself_is_certainly_a_root),
		TEST(an_intermediate_found_elsewhere_is_for_the_server),
		TEST(a_root_that_was_not_seen_is_named_by_subject_and_key),
		TEST(a_root_that_was_sent_must_be_compared_first),
		TEST(a_root_of_another_store_is_named_with_its_place),
		TEST(a_root_of_the_name_with_another_key_is_not_missing),
		TEST(an_impostor_that_is_sent_is_the_servers),
		TEST(without_key_ids_none_is_told),
		TEST(a_self_signed_leaf_can_only_be_replaced),
		TEST(an_expired_leaf_says_since_when),
		TEST(an_expired_intermediate_is_not_taken_for_the_leaf),
		TEST(an_expired_anchor_is_the_clients),
		TEST(a_clock_of_1970_is_one_finding),
		TEST(another_name_lists_what_the_certificate_has),
		TEST(a_usage_for_clients_alone_is_told),
		TEST(an_issuer_that_is_no_ca_is_told),
		TEST(a_path_that_is_too_long_has_both_numbers),
		TEST(an_unknown_critical_extension_is_named),
		TEST(an_anchor_without_a_mark_is_present_and_not_trusted),
		TEST(a_distrusted_anchor_is_not_to_be_installed),
		TEST(how_the_chain_is_sent_is_a_warning_and_no_verdict),
		TEST(a_valid_cross_certificate_is_not_a_stranger),
		TEST(two_roots_that_are_missing_stand_in_one_finding),
		TEST(an_expired_cross_certificate_helps_nobody),
		TEST(a_key_id_that_differs_is_told_though_it_verifies),
		TEST(two_faults_are_proved_together),
		TEST(a_hostile_subject_reaches_neither_screen_nor_shell),
		TEST(a_command_has_the_path_of_the_store_it_is_for),
		TEST(a_path_that_a_shell_would_read_is_in_no_command),
		TEST(without_a_store_everything_is_missing),
		TEST(a_spent_budget_is_never_trust),
		TEST(a_damaged_first_certificate_is_never_trust),
		TEST(a_damaged_certificate_behind_the_first_is_a_warning),
		TEST(a_server_that_sends_a_damaged_one_is_not_trusted),
		TEST(a_good_chain_without_a_connection_is_undecided),
		TEST(a_server_that_wants_a_client_certificate_is_trusted),
		TEST(no_certificate_is_no_question),
	};

	return cmocka_run_group_tests_name("diagnosis/diagnose", tests, NULL,
					   forget_made);
}
