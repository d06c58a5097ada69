/*
 * tests/diagnosis/test_probe_differences.c: what is said of handshakes side by
 * side. The probes are made by hand, the sentences are what a person reads.
 */
#include "support/test.h"

#include <stdlib.h>

#include "diagnosis/probes.h"
#include "support/made.h"

#define ADDRESSES_MAX 6

static const char *const NAMES[ADDRESSES_MAX] = {
	"192.0.2.1", "192.0.2.2", "192.0.2.3",
	"192.0.2.4", "192.0.2.5", "192.0.2.6",
};

static struct chk_probes *made;

static struct {
	const char *subject;
	struct chk_cert *cert;
} kept[8];
static size_t kept_count;

static struct chk_presented *at(size_t address, enum chk_probe_kind kind)
{
	struct chk_probe *probe = &made->addresses[address].probes[kind];

	if (!probe->presented)
		probe->presented = chk_presented_new();
	assert_non_null(probe->presented);
	return probe->presented;
}

/* The same certificate for the same name: each that is made is another. */
static struct chk_cert *cert_for(const char *subject)
{
	for (size_t i = 0; i < kept_count; i++) {
		if (strcmp(kept[i].subject, subject) == 0)
			return kept[i].cert;
	}
	assert_true(kept_count < CHK_COUNT(kept));
	kept[kept_count].subject = subject;
	kept[kept_count].cert = make_cert(
		&(struct recipe){ .subject = subject });
	return kept[kept_count++].cert;
}

static int forget(void **state)
{
	while (kept_count)
		chk_cert_unref(kept[--kept_count].cert);
	return forget_made(state);
}

static void send_cert(struct chk_presented *presented, const char *subject)
{
	assert_true(chk_chain_add(presented->chain, cert_for(subject),
				  "server", NULL));
}

/* A handshake that went well, with these two certificates. */
static struct chk_presented *works(size_t address, enum chk_probe_kind kind,
				   const char *leaf, const char *issuer)
{
	struct chk_presented *presented = at(address, kind);

	presented->step = CHK_STEP_FINISHED;
	presented->version = "TLS1.3";
	presented->cipher = "AES-256-GCM";
	presented->group = "X25519";
	presented->port = 443;
	if (leaf)
		send_cert(presented, leaf);
	if (issuer)
		send_cert(presented, issuer);
	return presented;
}

static struct chk_presented *fails(size_t address, enum chk_probe_kind kind,
				   enum chk_step step,
				   enum chk_failure failure)
{
	struct chk_presented *presented = at(address, kind);

	presented->step = step;
	chk_presented_fail(presented, failure, 0, "it failed");
	return presented;
}

static void refused_with(size_t address, enum chk_probe_kind kind, int alert,
			 const char *name)
{
	struct chk_presented *presented = fails(address, kind, CHK_STEP_HELLO,
						CHK_FAILURE_ALERT);

	presented->alert = alert;
	presented->alert_name = name;
}

static void begin(size_t addresses)
{
	made = calloc(1, sizeof(*made));
	assert_non_null(made);
	made->found = chk_presented_new();
	made->peer = "www.example.test:443";
	made->addresses = chk_arena_array(&made->arena, addresses,
					  sizeof(*made->addresses));
	made->address_count = addresses;
	for (size_t i = 0; i < addresses; i++)
		made->addresses[i].address = NAMES[i];
}

/* The differences are these, in this order, up to the first NULL. */
static void expect(enum chk_probes_outcome outcome, const char *first,
		   const char *second)
{
	const char *const wanted[] = { first, second };
	size_t count = (first != NULL) + (second != NULL);

	chk_probes_judge(made);
	assert_int_equal(chk_probes_difference_count(made), count);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(chk_probes_difference(made, i), wanted[i]);
	assert_null(chk_probes_difference(made, count));
	assert_int_equal(chk_probes_outcome(made), outcome);
	chk_probes_free(made);
}

static void nothing_is_said_of_what_is_alike(void **state)
{
	begin(3);
	for (size_t i = 0; i < 3; i++) {
		for (int kind = 0; kind < CHK_PROBE_KINDS; kind++)
			works(i, kind, "www", "Intermediate");
	}
	expect(CHK_PROBES_ALIKE, NULL, NULL);
}

static void one_of_six_omits_the_intermediate(void **state)
{
	begin(6);
	for (size_t i = 0; i < 6; i++)
		works(i, CHK_PROBE_WHOLE, "www",
		      i == 5 ? NULL : "Intermediate");
	expect(CHK_PROBES_DIFFERENT,
	       "1 of 6 addresses (192.0.2.6) sends only its own certificate; "
	       "the others send 2 certificates", NULL);
}

/* Of as many, what a server should do is what the other does. */
static void the_first_may_be_the_odd_one(void **state)
{
	begin(2);
	works(0, CHK_PROBE_WHOLE, "www", NULL);
	works(1, CHK_PROBE_WHOLE, "www", "Intermediate");
	expect(CHK_PROBES_DIFFERENT,
	       "1 of 2 addresses (192.0.2.1) sends only its own certificate; "
	       "the other sends 2 certificates", NULL);
}

static void several_are_told_together(void **state)
{
	begin(5);
	fails(0, CHK_PROBE_WHOLE, CHK_STEP_CONNECT, CHK_FAILURE_REFUSED);
	works(1, CHK_PROBE_WHOLE, "www", "Intermediate");
	works(2, CHK_PROBE_WHOLE, "www", "Intermediate");
	fails(3, CHK_PROBE_WHOLE, CHK_STEP_CONNECT, CHK_FAILURE_REFUSED);
	refused_with(4, CHK_PROBE_WHOLE, 40, "handshake_failure");
	expect(CHK_PROBES_DIFFERENT,
	       "2 of 5 addresses (192.0.2.1, 192.0.2.4) refuse the "
	       "connection; 2 others complete the handshake",
	       "1 of 5 addresses (192.0.2.5) refuses with alert 40 "
	       "(handshake_failure); 2 others complete the handshake");
}

static void another_issuer_of_the_same_count(void **state)
{
	begin(3);
	works(0, CHK_PROBE_WHOLE, "www", "Intermediate");
	works(1, CHK_PROBE_WHOLE, "www", "Other");
	works(2, CHK_PROBE_WHOLE, "www", "Intermediate");
	expect(CHK_PROBES_DIFFERENT,
	       "1 of 3 addresses (192.0.2.2) differs from the others in the "
	       "certificates behind its own", NULL);
}

static void another_certificate_and_an_older_version(void **state)
{
	struct chk_presented *older;

	begin(3);
	works(0, CHK_PROBE_WHOLE, "www", NULL);
	works(1, CHK_PROBE_WHOLE, "www", NULL);
	older = works(2, CHK_PROBE_WHOLE, "old", NULL);
	older->version = "TLS1.2";
	older->cipher = "AES-128-CBC"; /* follows the version */
	expect(CHK_PROBES_DIFFERENT,
	       "1 of 3 addresses (192.0.2.3) sends a certificate for «old»; "
	       "the others send a certificate for «www»",
	       "1 of 3 addresses (192.0.2.3) agrees on TLS 1.2; the others "
	       "agree on TLS 1.3");
}

static void without_sni_the_default_comes(void **state)
{
	begin(2);
	for (size_t i = 0; i < 2; i++) {
		works(i, CHK_PROBE_WHOLE, "www", NULL);
		works(i, CHK_PROBE_NO_NAME, "default.example", NULL);
	}
	expect(CHK_PROBES_ALIKE, "without SNI another certificate is sent: "
	       "«default.example»", NULL);
}

static void a_version_that_is_refused(void **state)
{
	begin(1);
	works(0, CHK_PROBE_WHOLE, "www", NULL)->version = "TLS1.2";
	works(0, CHK_PROBE_TLS_1_2, "www", NULL);
	refused_with(0, CHK_PROBE_TLS_1_3, 70, "protocol_version");
	expect(CHK_PROBES_ALIKE, "TLS 1.3 is refused with alert 70 "
	       "(protocol_version); TLS 1.2 works", NULL);
}

/* The same at all addresses is the server's way; at one of them a fault. */
static void a_version_that_one_address_refuses(void **state)
{
	begin(2);
	for (size_t i = 0; i < 2; i++)
		works(i, CHK_PROBE_WHOLE, "www", NULL);
	works(0, CHK_PROBE_TLS_1_2, "www", NULL);
	fails(1, CHK_PROBE_TLS_1_2, CHK_STEP_HELLO, CHK_FAILURE_RESET);
	expect(CHK_PROBES_DIFFERENT, "at 192.0.2.2: TLS 1.2 is answered by a "
	       "reset of the connection; TLS 1.3 works", NULL);
}

/* A server that cannot bear TLS 1.3 to be offered. */
static void a_change_that_mends_it(void **state)
{
	begin(1);
	fails(0, CHK_PROBE_WHOLE, CHK_STEP_HELLO, CHK_FAILURE_CLOSED);
	works(0, CHK_PROBE_TLS_1_2, "www", NULL);
	fails(0, CHK_PROBE_TLS_1_3, CHK_STEP_HELLO, CHK_FAILURE_CLOSED);
	expect(CHK_PROBES_FAILED, "TLS 1.2 alone works; with all that is "
	       "offered the handshake is answered by the end of the "
	       "connection", NULL);
}

static void what_fails_whatever_is_changed_differs_in_nothing(void **state)
{
	begin(2);
	for (size_t i = 0; i < 2; i++) {
		refused_with(i, CHK_PROBE_WHOLE, 40, "handshake_failure");
		refused_with(i, CHK_PROBE_TLS_1_3, 40, "handshake_failure");
	}
	expect(CHK_PROBES_FAILED, NULL, NULL);
}

/* Where the change brings another failure, it has found something else. */
static void two_ways_to_fail_are_told(void **state)
{
	begin(1);
	refused_with(0, CHK_PROBE_WHOLE, 40, "handshake_failure");
	refused_with(0, CHK_PROBE_TLS_1_3, 70, "protocol_version");
	fails(0, CHK_PROBE_NO_NAME, CHK_STEP_HELLO, CHK_FAILURE_RESET);
	expect(CHK_PROBES_FAILED,
	       "without SNI the handshake is answered by a reset of the "
	       "connection; with SNI it is refused with alert 40 "
	       "(handshake_failure)",
	       "TLS 1.3 alone is refused with alert 70 (protocol_version); "
	       "with all that is offered the handshake is refused with alert "
	       "40 (handshake_failure)");
}

static void no_connection_is_no_answer(void **state)
{
	begin(2);
	fails(0, CHK_PROBE_WHOLE, CHK_STEP_CONNECT, CHK_FAILURE_REFUSED);
	fails(1, CHK_PROBE_WHOLE, CHK_STEP_CONNECT, CHK_FAILURE_TIMEOUT);
	expect(CHK_PROBES_UNDECIDED, NULL, NULL);
	begin(0);
	expect(CHK_PROBES_UNDECIDED, NULL, NULL);
}

/* What was not asked in time is not called alike. */
static void what_was_not_asked_is_said(void **state)
{
	begin(2);
	works(0, CHK_PROBE_WHOLE, "www", NULL);
	made->addresses[1].probes[CHK_PROBE_WHOLE].no_time = true;
	expect(CHK_PROBES_UNDECIDED, "the time was over before all was asked: "
	       "1 handshake was not tried", NULL);
}

static void the_steps_end_where_it_broke(void **state)
{
	struct chk_presented *presented;
	const struct chk_probes_step *last;

	begin(1);
	presented = fails(0, CHK_PROBE_WHOLE, CHK_STEP_CERTIFICATE,
			  CHK_FAILURE_TLS);
	presented->sent_alert = 50;
	presented->sent_alert_name = "decode_error";
	chk_probes_judge(made);
	last = chk_probes_step(made, chk_probes_step_count(made) - 1);
	assert_true(last->broken);
	assert_string_equal(last->text, "it failed; this side then ended it "
			    "with alert 50 (decode_error)");
	assert_null(chk_probes_step(made, chk_probes_step_count(made)));
	chk_probes_free(made);
}

static void names_of_a_peer_are_escaped(void **state)
{
	begin(1);
	works(0, CHK_PROBE_WHOLE, "www", NULL);
	works(0, CHK_PROBE_NO_NAME, "a\033[31mb", NULL);
	chk_probes_judge(made);
	assert_int_equal(chk_probes_difference_count(made), 1);
	assert_null(strchr(chk_probes_difference(made, 0), '\033'));
	assert_non_null(strstr(chk_probes_difference(made, 0), "[31mb"));
	chk_probes_free(made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_said_of_what_is_alike),
		cmocka_unit_test(one_of_six_omits_the_intermediate),
		cmocka_unit_test(the_first_may_be_the_odd_one),
		cmocka_unit_test(several_are_told_together),
		cmocka_unit_test(another_issuer_of_the_same_count),
		cmocka_unit_test(another_certificate_and_an_older_version),
		cmocka_unit_test(without_sni_the_default_comes),
		cmocka_unit_test(a_version_that_is_refused),
		cmocka_unit_test(a_version_that_one_address_refuses),
		cmocka_unit_test(a_change_that_mends_it),
		cmocka_unit_test(
			what_fails_whatever_is_changed_differs_in_nothing),
		cmocka_unit_test(two_ways_to_fail_are_told),
		cmocka_unit_test(no_connection_is_no_answer),
		cmocka_unit_test(what_was_not_asked_is_said),
		cmocka_unit_test(the_steps_end_where_it_broke),
		cmocka_unit_test(names_of_a_peer_are_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
