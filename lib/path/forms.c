/* lib/path/forms.c: what a CA must not issue, one row a demand. */
#include "path/forms.h"

#include "base/ascii.h"
#include "base/cleanup.h"
#include "cert/dn.h"
#include "cert/extension.h"
#include "cert/oid.h"
#include "path/alt_names.h"
#include "path/subtree.h"

#define RFC CHK_FORMS_RFC5280
#define BASELINE CHK_FORMS_BASELINE
#define ALWAYS CHK_FORMS_ALWAYS
#define BOTH (CHK_FORMS_RFC5280 | CHK_FORMS_OPENSSL)
#define LEAF CHK_FORM_LEAF
#define CA (CHK_FORM_INTERMEDIATE | CHK_FORM_ANCHOR)
#define EACH (LEAF | CA)

#define MAX_SERIAL 20u /* bytes (RFC 5280 4.1.2.2) */

/* Positive, so neither zero nor negative. */
static bool has_bad_serial(const struct chk_cert *cert)
{
	struct chk_bytes serial = cert->serial;

	if (serial.data[0] >= 0x80 || serial.size > MAX_SERIAL)
		return true;
	return serial.size == 1 && serial.data[0] == 0;
}

static bool has_no_issuer(const struct chk_cert *cert)
{
	return chk_dn_is_empty(cert->issuer);
}

static bool has_no_subject(const struct chk_cert *cert)
{
	return chk_dn_is_empty(cert->subject);
}

static bool has_early_generalized_time(const struct chk_cert *cert)
{
	return cert->early_generalized_time;
}

/* The names of a certificate without a subject must be understood. */
static bool has_no_critical_name(const struct chk_cert *cert)
{
	return chk_dn_is_empty(cert->subject) &&
	       (!cert->alt_names.present || !cert->alt_names.critical);
}

static bool has_no_key_id(const struct chk_cert *cert)
{
	return !cert->key_id.data;
}

/*
 * A self-signed one may leave it out. Signatures are not asked here: what is
 * self-issued is taken for that.
 */
static bool has_no_authority(const struct chk_cert *cert)
{
	return !cert->authority.key_id.data && !chk_cert_is_self_issued(cert);
}

static bool has_no_key_usage(const struct chk_cert *cert)
{
	return !cert->key_usage.present;
}

static bool has_empty_key_usage(const struct chk_cert *cert)
{
	return cert->key_usage.present && !cert->key_usage.bits;
}

static bool signs_and_is_no_ca(const struct chk_cert *cert)
{
	return cert->key_usage.present && !cert->basic_constraints.ca &&
	       (cert->key_usage.bits & CHK_USAGE_KEY_CERT_SIGN);
}

static bool has_uncritical_constraints(const struct chk_cert *cert)
{
	return cert->basic_constraints.present &&
	       !cert->basic_constraints.critical;
}

static bool has_idle_path_length(const struct chk_cert *cert)
{
	return cert->basic_constraints.has_path_len &&
	       (!cert->basic_constraints.ca ||
		(cert->key_usage.present &&
		 !(cert->key_usage.bits & CHK_USAGE_KEY_CERT_SIGN)));
}

static bool has_name_constraints(const struct chk_cert *cert)
{
	return cert->name_constraints.present;
}

/* The host name form begins with no period, that of a URI does. */
static bool has_period(struct chk_der *list)
{
	struct chk_general_name base;
	struct chk_tlv subtree;
	struct chk_der rest;

	while (chk_der_next(list, &subtree)) {
		rest = chk_der_inside(list, &subtree);
		if (chk_general_name_next(&rest, &base) &&
		    base.type == CHK_NAME_DNS && base.value.size &&
		    base.value.data[0] == '.')
			return true;
	}
	return false;
}

static bool constrains_by_period(const struct chk_cert *cert)
{
	struct chk_der outer = chk_der_begin(cert->name_constraints.value,
					     NULL), fields, list;
	struct chk_tlv tlv;

	if (!cert->name_constraints.present || !chk_der_next(&outer, &tlv))
		return false;
	fields = chk_der_inside(&outer, &tlv);
	while (chk_der_next(&fields, &tlv)) {
		list = chk_der_inside(&fields, &tlv);
		if (has_period(&list))
			return true;
	}
	return false;
}

/* Each of its names is of its form, a Mailbox, a host, an address. */
static bool has_unsound_name(const struct chk_cert *cert)
{
	struct chk_der names = chk_alt_names_begin(cert);
	struct chk_general_name name;

	while (chk_general_name_next(&names, &name)) {
		const struct chk_subtree_form *form =
			chk_subtree_form(name.type);

		if (form && !form->is_name(name.value))
			return true;
	}
	return false;
}

static bool has_unknown_name(const struct chk_cert *cert)
{
	return chk_alt_names_has(cert, CHK_NAME_UNKNOWN);
}

static bool is_ca(const struct chk_cert *cert)
{
	return cert->basic_constraints.ca;
}

static bool names_authority_by_issuer(const struct chk_cert *cert)
{
	return cert->authority.issuer.data || cert->authority.serial.data;
}

static bool has_critical_usage(const struct chk_cert *cert)
{
	return cert->ext_key_usage.present && cert->ext_key_usage.critical;
}

static bool has_other_key(const struct chk_cert *cert)
{
	return cert->key.type != CHK_KEY_RSA && cert->key.type != CHK_KEY_EC;
}

static bool is_alt_name(const struct chk_cert *cert, struct chk_bytes text)
{
	struct chk_der names = chk_alt_names_begin(cert);
	struct chk_general_name name;

	while (chk_general_name_next(&names, &name)) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer told = { 0 };
		const char *colon;

		chk_alt_name_text(&told, &name);
		colon = told.size ? memchr(told.data, ':', told.size) : NULL;
		if (colon && chk_ascii_equal(
			chk_bytes_of(colon + 1, told.size - 1 -
				     (size_t)(colon - told.data)), text))
			return true;
	}
	return false;
}

/* There is one at most, and it repeats one of the names. */
static bool has_strange_common_name(const struct chk_cert *cert)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer value = { 0 };
	struct chk_bytes type = chk_oid_bytes(CHK_OID_AT_COMMON_NAME);
	size_t cursor = 0;

	if (!cert->alt_names.present ||
	    !chk_subject_next(cert, type, &cursor, &value))
		return false;
	return !is_alt_name(cert, chk_bytes_of(value.data, value.size)) ||
	       chk_subject_next(cert, type, &cursor, &value);
}

static const struct {
	unsigned forms, roles;
	bool (*is_broken)(const struct chk_cert *);
	const char *text;
} DEMANDS[] = {
	{ RFC, EACH, has_bad_serial, "its serial number is not positive, or "
	  "longer than 20 bytes (RFC 5280 4.1.2.2)" },
	{ BOTH, EACH, has_no_issuer, "the name of its issuer is empty "
	  "(RFC 5280 4.1.2.4)" },
	{ RFC, EACH, has_early_generalized_time, "a date before 2050 is a "
	  "GeneralizedTime (RFC 5280 4.1.2.5)" },
	/* Nameless, it would be the issuer of all that name none. */
	{ ALWAYS, CA, has_no_subject, "it is a CA and its name is empty "
	  "(RFC 5280 4.1.2.6)" },
	{ BOTH, EACH, has_no_critical_name, "it has no subject, and no "
	  "critical subjectAltName (RFC 5280 4.2.1.6)" },
	{ BOTH, EACH, has_no_authority, "it has no authority key identifier "
	  "(RFC 5280 4.2.1.1)" },
	{ RFC, EACH, has_unsound_name, "one of its names is not of its form "
	  "(RFC 5280 4.2.1.6)" },
	/* OpenSSL and GnuTLS refuse it, Java and Go do not. */
	{ ALWAYS, EACH, has_unknown_name, "one of its names is of a form that "
	  "does not exist (RFC 5280 4.2.1.6)" },
	{ BOTH, CA, has_no_key_id, "it is a CA without a subject key "
	  "identifier (RFC 5280 4.2.1.2)" },
	{ BOTH, CA, has_no_key_usage, "it is a CA without a key usage "
	  "(RFC 5280 4.2.1.3)" },
	{ RFC, EACH, has_empty_key_usage, "its key usage allows nothing "
	  "(RFC 5280 4.2.1.3)" },
	{ BOTH, EACH, signs_and_is_no_ca, "it may sign certificates by its "
	  "key usage, and is no CA (RFC 5280 4.2.1.9)" },
	{ BOTH, CA, has_uncritical_constraints, "its basicConstraints are "
	  "not critical (RFC 5280 4.2.1.9)" },
	{ BOTH, EACH, has_idle_path_length, "it has a path length, and signs "
	  "no certificates (RFC 5280 4.2.1.9)" },
	{ RFC, LEAF, has_name_constraints, "it constrains names, and is no CA "
	  "(RFC 5280 4.2.1.10)" },
	{ RFC, EACH, constrains_by_period, "its name constraints have a "
	  "dNSName that begins with a period (RFC 5280 4.2.1.10)" },
	{ BASELINE, LEAF, is_ca, "it is a server's, and says that it is a CA "
	  "(Baseline Requirements 7.1.2.7.8)" },
	{ BASELINE, EACH, names_authority_by_issuer, "its authority key "
	  "identifier has a name or a serial number (Baseline Requirements "
	  "7.1.2.11.1)" },
	{ BASELINE, LEAF, has_critical_usage, "its extended key usage is "
	  "critical (Baseline Requirements 7.1.2.7.6)" },
	{ BASELINE, EACH, has_other_key, "its key is neither RSA nor ECDSA "
	  "(Baseline Requirements 6.1.1.3)" },
	{ BASELINE, LEAF, has_strange_common_name, "its Common Name is none of "
	  "its names (Baseline Requirements 7.1.4.3)" },
};

/*
 * Which extensions must be critical, and which must not. The Baseline
 * Requirements (7.1.2.5) take constraints that clients may overlook.
 */
static const struct {
	enum chk_oid oid;
	bool critical;
	const char *text;
	unsigned forms;   /* that demand it */
	unsigned excused; /* by these */
} CRITICALITIES[] = {
	{ CHK_OID_EXT_AUTHORITY_KEY_ID, false, "its authority key identifier "
	  "is critical (RFC 5280 4.2.1.1)", BOTH, 0 },
	{ CHK_OID_EXT_SUBJECT_KEY_ID, false, "its subject key identifier is "
	  "critical (RFC 5280 4.2.1.2)", BOTH, 0 },
	{ CHK_OID_EXT_NAME_CONSTRAINTS, true, "its name constraints are not "
	  "critical (RFC 5280 4.2.1.10)", RFC, BASELINE },
	{ CHK_OID_EXT_POLICY_CONSTRAINTS, true, "its policy constraints are "
	  "not critical (RFC 5280 4.2.1.11)", RFC, 0 },
	{ CHK_OID_EXT_INHIBIT_ANY_POLICY, true, "its inhibitAnyPolicy is not "
	  "critical (RFC 5280 4.2.1.14)", RFC, 0 },
	{ CHK_OID_EXT_FRESHEST_CRL, false, "its freshestCRL is critical "
	  "(RFC 5280 4.2.1.15)", RFC, 0 },
	{ CHK_OID_EXT_AUTHORITY_INFO, false, "its authorityInfoAccess is "
	  "critical (RFC 5280 4.2.2.1)", RFC, 0 },
	{ CHK_OID_EXT_SUBJECT_INFO, false, "its subjectInfoAccess is critical "
	  "(RFC 5280 4.2.2.2)", RFC, 0 },
};

static void add(struct chk_defects *defects, const struct chk_cert *cert,
		const char *text)
{
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_FORM, .cert = cert, .text = text,
	});
}

static void check_criticalities(const struct chk_cert *cert, unsigned forms,
				struct chk_defects *defects)
{
	struct chk_der der = chk_der_begin(cert->extensions, NULL);
	struct chk_bytes oid, value;
	bool critical;

	while (!chk_der_at_end(&der) &&
	       chk_extension_next(&der, &oid, &critical, &value)) {
		enum chk_oid found = chk_oid_find(oid);

		for (size_t i = 0; i < CHK_COUNT(CRITICALITIES); i++) {
			if (CRITICALITIES[i].oid == found &&
			    CRITICALITIES[i].critical != critical &&
			    (CRITICALITIES[i].forms & forms) &&
			    !(CRITICALITIES[i].excused & forms))
				add(defects, cert, CRITICALITIES[i].text);
		}
	}
}

void chk_forms_check(const struct chk_cert *cert, enum chk_form_role role,
		     unsigned forms, struct chk_defects *defects)
{
	forms |= ALWAYS;
	for (size_t i = 0; i < CHK_COUNT(DEMANDS); i++) {
		if ((DEMANDS[i].forms & forms) && (DEMANDS[i].roles & role) &&
		    DEMANDS[i].is_broken(cert))
			add(defects, cert, DEMANDS[i].text);
	}
	if (forms & BOTH)
		check_criticalities(cert, forms, defects);
}
