/*
 * tests/path/test_forms.c: lib/path/forms.c. A certificate without fault, and
 * one fault at a time.
 */
#include "support/test.h"

#include "path/forms.h"

/* A Name of one CN, "A". */
#define NAME "\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01" "A"
#define NO_NAME "\x30\x00"

/* Extension { id-ce x, critical, OCTET STRING "" }. */
#define CRITICAL(x) "\x30\x0a\x06\x03\x55\x1d" x "\x01\x01\xff\x04\x00"
#define UNCRITICAL(x) "\x30\x07\x06\x03\x55\x1d" x "\x04\x00"

/* NameConstraints { [0] { GeneralSubtree { [2] dNSName } } } */
#define PERMITTED(size, text) \
	"\x30" "\x08" "\xa0\x06\x30\x04\x82" size text

static struct chk_cert good(bool ca)
{
	return (struct chk_cert){
		.version = 3, .serial = BYTES("\x01"),
		.issuer = BYTES(NAME), .subject = BYTES(NAME),
		.self_issued = ca,
		.key = { .type = CHK_KEY_RSA, .bits = 2048 },
		.key_id = BYTES("k"), .authority = { .present = true,
			.key_id = BYTES("k") },
		.basic_constraints = { .present = ca, .critical = ca,
				       .ca = ca },
		.key_usage = { .present = true, .critical = true,
			       .bits = ca ? CHK_USAGE_KEY_CERT_SIGN :
					    CHK_USAGE_DIGITAL_SIGNATURE },
	};
}

static uint32_t faults(const struct chk_cert *cert, enum chk_form_role role,
		       unsigned forms)
{
	struct chk_arena arena = { 0 };
	struct chk_defects defects = { .arena = &arena };

	chk_forms_check(cert, role, forms, &defects);
	for (const struct chk_defect_node *node = defects.first; node;
	     node = node->next) {
		assert_int_equal(node->defect.rule, CHK_RULE_FORM);
		assert_non_null(node->defect.text);
	}
	chk_arena_clear(&arena);
	return defects.count;
}

#define RFC CHK_FORMS_RFC5280
#define BASELINE CHK_FORMS_BASELINE
#define LEAF CHK_FORM_LEAF
#define CA CHK_FORM_INTERMEDIATE
#define ROOT CHK_FORM_ANCHOR

/* It has one fault by `forms`, and none where nothing is asked for. */
#define ONE_FAULT(cert, role, forms)                               \
	do {                                                       \
		assert_int_equal(faults(&(cert), role, forms), 1); \
		assert_int_equal(faults(&(cert), role, 0), 0);     \
	} while (0)

static void what_is_sound_has_no_fault(void **state)
{
	struct chk_cert leaf = good(false), ca = good(true);

	assert_int_equal(faults(&leaf, LEAF, RFC | BASELINE), 0);
	assert_int_equal(faults(&ca, CA, RFC | BASELINE), 0);
	assert_int_equal(faults(&ca, ROOT, RFC | BASELINE), 0);
}

static void a_serial_number_is_positive_and_of_20_bytes(void **state)
{
	static const uint8_t LONG[21] = { 1 };
	struct chk_cert cert = good(false);

	cert.serial = BYTES("\x80");
	ONE_FAULT(cert, LEAF, RFC);
	cert.serial = BYTES("\x00");
	ONE_FAULT(cert, LEAF, RFC);
	cert.serial = chk_bytes_of(LONG, sizeof(LONG));
	ONE_FAULT(cert, LEAF, RFC);
	cert.serial.size--;
	assert_int_equal(faults(&cert, LEAF, RFC), 0);
	cert.serial = BYTES("\x00\x80");
	assert_int_equal(faults(&cert, LEAF, RFC), 0);
}

static void a_nameless_ca_is_refused_whatever_is_asked_for(void **state)
{
	struct chk_cert cert = good(true);

	cert.subject = BYTES(NO_NAME);
	cert.alt_names.present = cert.alt_names.critical = true;
	assert_int_equal(faults(&cert, CA, 0), 1);
	assert_int_equal(faults(&cert, ROOT, 0), 1);
	assert_int_equal(faults(&cert, LEAF, 0), 0);
}

static void the_names_of_a_nameless_leaf_are_critical(void **state)
{
	struct chk_cert cert = good(false);

	cert.subject = BYTES(NO_NAME);
	ONE_FAULT(cert, LEAF, RFC);
	cert.alt_names.present = true;
	ONE_FAULT(cert, LEAF, RFC);
	cert.alt_names.critical = true;
	assert_int_equal(faults(&cert, LEAF, RFC), 0);
}

static void key_ids_are_there(void **state)
{
	struct chk_cert ca = good(true), leaf = good(false);

	ca.key_id.data = NULL;
	ONE_FAULT(ca, CA, RFC);
	leaf.key_id.data = NULL; /* SHOULD (4.2.1.2) */
	assert_int_equal(faults(&leaf, LEAF, RFC), 0);
	leaf.authority.key_id.data = NULL;
	ONE_FAULT(leaf, LEAF, RFC);
	ca = good(true);
	ca.authority.key_id.data = NULL; /* self-issued */
	assert_int_equal(faults(&ca, ROOT, RFC), 0);
}

static void key_usage_says_what_the_constraints_say(void **state)
{
	struct chk_cert cert = good(false);

	cert.key_usage.bits |= CHK_USAGE_KEY_CERT_SIGN;
	ONE_FAULT(cert, LEAF, RFC);
	cert.key_usage.bits = 0;
	ONE_FAULT(cert, LEAF, RFC);
	cert = good(true);
	cert.key_usage.present = false;
	ONE_FAULT(cert, CA, RFC);
	cert = good(true);
	cert.basic_constraints.critical = false;
	ONE_FAULT(cert, CA, RFC);
	cert = good(false);
	cert.basic_constraints = (struct chk_basic_constraints){
		.present = true, .critical = true, .has_path_len = true };
	ONE_FAULT(cert, LEAF, RFC);
}

static void dates_before_2050_are_utc_time(void **state)
{
	struct chk_cert cert = good(false);

	cert.early_generalized_time = true;
	ONE_FAULT(cert, LEAF, RFC);
}

static void criticality_is_as_the_rfc_has_it(void **state)
{
	struct chk_cert cert = good(true);

	cert.extensions = BYTES(CRITICAL("\x23"));   /* authority key id */
	ONE_FAULT(cert, CA, RFC);
	cert.extensions = BYTES(UNCRITICAL("\x23"));
	assert_int_equal(faults(&cert, CA, RFC), 0);
	cert.extensions = BYTES(UNCRITICAL("\x24")); /* policy constraints */
	ONE_FAULT(cert, CA, RFC);
	cert.extensions = BYTES(CRITICAL("\x24"));
	assert_int_equal(faults(&cert, CA, RFC), 0);
	cert.extensions = BYTES(CRITICAL("\x0e") UNCRITICAL("\x36"));
	assert_int_equal(faults(&cert, CA, RFC), 2);
}

/* An exception that the Baseline Requirements make (7.1.2.5). */
static void constraints_need_not_be_critical_for_the_web(void **state)
{
	struct chk_cert cert = good(true);

	cert.extensions = BYTES(UNCRITICAL("\x1e"));
	ONE_FAULT(cert, CA, RFC);
	assert_int_equal(faults(&cert, CA, RFC | BASELINE), 0);
}

static void a_constraint_of_a_host_begins_with_no_period(void **state)
{
	struct chk_cert cert = good(true);

	cert.name_constraints = (struct chk_extension){
		true, true, BYTES(PERMITTED("\x02", ".a")) };
	ONE_FAULT(cert, CA, RFC);
	cert.name_constraints.value = BYTES(PERMITTED("\x02", "a."));
	assert_int_equal(faults(&cert, CA, RFC), 0);
	cert = good(false);
	cert.name_constraints = (struct chk_extension){
		true, true, BYTES(PERMITTED("\x02", "ab")) };
	ONE_FAULT(cert, LEAF, RFC);
}

static void names_are_of_their_form(void **state)
{
	struct chk_cert cert = good(false);

	/* GeneralNames { [1] "a b" }, and { [7] of 3 bytes } */
	cert.alt_names = (struct chk_extension){
		true, false, BYTES("\x30\x05\x81\x03" "a b") };
	ONE_FAULT(cert, LEAF, RFC);
	cert.alt_names.value = BYTES("\x30\x05\x87\x03" "\x7f\x00\x01");
	ONE_FAULT(cert, LEAF, RFC);
	cert.alt_names.value = BYTES("\x30\x05\x81\x03" "a@b");
	assert_int_equal(faults(&cert, LEAF, RFC), 0);
}

/* openssl verify and certtool refuse it whatever else is in it. */
static void a_name_of_no_form_is_refused_whatever_is_asked_for(void **state)
{
	struct chk_cert cert = good(false);

	cert.alt_names = (struct chk_extension){
		true, false, BYTES("\x30\x03\x09\x01\x01") };
	assert_int_equal(faults(&cert, LEAF, 0), 1);
	assert_int_equal(faults(&cert, CA, 0), 1);
}

static void the_forum_forbids_more(void **state)
{
	struct chk_cert cert = good(true);

	assert_int_equal(faults(&cert, LEAF, BASELINE), 1); /* CA:TRUE */
	cert = good(false);
	cert.key.type = CHK_KEY_DSA;
	ONE_FAULT(cert, LEAF, BASELINE);
	cert = good(false);
	cert.ext_key_usage.present = cert.ext_key_usage.critical = true;
	ONE_FAULT(cert, LEAF, BASELINE);
	cert = good(true);
	cert.authority.serial = BYTES("\x01");
	ONE_FAULT(cert, ROOT, BASELINE);
}

static void a_common_name_is_one_of_the_names(void **state)
{
	struct chk_cert cert = good(false);

	/* GeneralNames { [2] "b" }, and "a", which is "A" */
	cert.alt_names = (struct chk_extension){
		true, false, BYTES("\x30\x03\x82\x01" "b") };
	ONE_FAULT(cert, LEAF, BASELINE);
	cert.alt_names.value = BYTES("\x30\x06\x82\x01" "b\x82\x01" "a");
	assert_int_equal(faults(&cert, LEAF, BASELINE), 0);
}

static void a_second_common_name_is_one_too_many(void **state)
{
	/* CN=a, CN=a */
	struct chk_cert cert = good(false);

	cert.subject = BYTES("\x30\x18\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c"
			     "\x01" "a\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c"
			     "\x01" "a");
	cert.alt_names = (struct chk_extension){
		true, false, BYTES("\x30\x03\x82\x01" "a") };
	ONE_FAULT(cert, LEAF, BASELINE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_sound_has_no_fault),
		cmocka_unit_test(a_serial_number_is_positive_and_of_20_bytes),
		cmocka_unit_test(
			a_nameless_ca_is_refused_whatever_is_asked_for),
		cmocka_unit_test(the_names_of_a_nameless_leaf_are_critical),
		cmocka_unit_test(key_ids_are_there),
		cmocka_unit_test(key_usage_says_what_the_constraints_say),
		cmocka_unit_test(dates_before_2050_are_utc_time),
		cmocka_unit_test(criticality_is_as_the_rfc_has_it),
		cmocka_unit_test(a_constraint_of_a_host_begins_with_no_period),
		cmocka_unit_test(names_are_of_their_form),
		cmocka_unit_test(
			a_name_of_no_form_is_refused_whatever_is_asked_for),
		cmocka_unit_test(the_forum_forbids_more),
		cmocka_unit_test(a_common_name_is_one_of_the_names),
		cmocka_unit_test(a_second_common_name_is_one_too_many),
		cmocka_unit_test(constraints_need_not_be_critical_for_the_web),
	};

	return cmocka_run_group_tests_name("path/forms", tests, NULL, NULL);
}
