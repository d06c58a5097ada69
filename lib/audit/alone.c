/* lib/audit/alone.c: what is wrong with one certificate by itself. */
#include "audit/alone.h"

#include "audit/lifetime.h"
#include "base/when.h"
#include "cert/oid.h"

#define DAY INT64_C(86400) /* seconds */

/*
 * A rule gives one more than the severity of what it finds, 0 where nothing is
 * wrong.
 */
enum answer {
	FINE = 0,
	NOTE = CHK_SEVERITY_NOTE + 1,
	WARNING = CHK_SEVERITY_WARNING + 1,
	ERROR = CHK_SEVERITY_ERROR + 1,
};
typedef enum answer check(const struct chk_cert *cert,
			  const struct chk_alone_terms *terms);

static bool is_ca(const struct chk_cert *cert)
{
	return cert->basic_constraints.present && cert->basic_constraints.ca;
}

/* It can be a TLS server's, by what it says of itself. */
static bool is_server(const struct chk_cert *cert)
{
	return cert->version == 3 && !is_ca(cert) &&
	       chk_cert_allows_usage(
		       cert, chk_oid_bytes(CHK_OID_EKU_SERVER_AUTH), true);
}

static void tell_time(struct chk_buffer *words, int64_t at)
{
	char text[CHK_WHEN_SIZE];

	chk_when_text(at, text);
	chk_buffer_text(words, text);
}

static void tell_distance(struct chk_buffer *words, int64_t seconds)
{
	char text[64];

	chk_when_distance(seconds, text, sizeof(text));
	chk_buffer_text(words, text);
}

/* RFC 5280 section 4.1.2.5: both ends belong to it. */
static enum answer check_begun(const struct chk_cert *cert,
			       const struct chk_alone_terms *terms)
{
	return terms->at < cert->not_before ? ERROR : FINE;
}

static void tell_begun(const struct chk_cert *cert,
		       const struct chk_alone_terms *terms,
		       struct chk_buffer *words)
{
	chk_buffer_text(words, "is not valid before ");
	tell_time(words, cert->not_before);
	chk_buffer_text(words, ", in ");
	tell_distance(words, cert->not_before - terms->at);
}

static enum answer check_expired(const struct chk_cert *cert,
				 const struct chk_alone_terms *terms)
{
	return terms->at > cert->not_after ? ERROR : FINE;
}

static void tell_expired(const struct chk_cert *cert,
			 const struct chk_alone_terms *terms,
			 struct chk_buffer *words)
{
	chk_buffer_text(words, "expired at ");
	tell_time(words, cert->not_after);
	chk_buffer_text(words, ", ");
	tell_distance(words, terms->at - cert->not_after);
	chk_buffer_text(words, " ago");
}

static enum answer check_expiring(const struct chk_cert *cert,
				  const struct chk_alone_terms *terms)
{
	int64_t left = cert->not_after - terms->at;

	if (left < 0)
		return FINE;
	if (terms->critical && left < terms->critical)
		return ERROR;
	return terms->warning && left < terms->warning ? WARNING : FINE;
}

static void tell_expiring(const struct chk_cert *cert,
			  const struct chk_alone_terms *terms,
			  struct chk_buffer *words)
{
	chk_buffer_text(words, "expires in ");
	tell_distance(words, cert->not_after - terms->at);
	chk_buffer_text(words, ", at ");
	tell_time(words, cert->not_after);
}

/* NIST SP 800-131A, or what the level asked for has. */
static enum answer check_key(const struct chk_cert *cert,
			     const struct chk_alone_terms *terms)
{
	return cert->key.bits < chk_strength_least_bits(&cert->key,
							terms->strength) ?
		       ERROR : FINE;
}

static void tell_key(const struct chk_cert *cert,
		     const struct chk_alone_terms *terms,
		     struct chk_buffer *words)
{
	chk_buffer_format(words, "has a key of %u bits, and %u are the least",
			  (unsigned)cert->key.bits,
			  (unsigned)chk_strength_least_bits(&cert->key,
							    terms->strength));
}

/* That of a root proves nothing, and nobody checks it. */
static enum answer check_signature(const struct chk_cert *cert,
				   const struct chk_alone_terms *terms)
{
	return chk_strength_is_weak(cert->signature_algorithm,
				    terms->strength) &&
			       !chk_cert_is_root(cert) ?
		       ERROR : FINE;
}

static void tell_signature(const struct chk_cert *cert,
			   const struct chk_alone_terms *terms,
			   struct chk_buffer *words)
{
	struct chk_signature_algorithm algorithm =
		chk_signature_algorithm_find(cert->signature_algorithm);

	(void)terms;
	chk_buffer_format(words, "is signed with %s, which is too weak",
			  algorithm.name ? algorithm.name : "a digest");
}

/* Its keyUsage and its basicConstraints must agree (4.2.1.3, 4.2.1.9). */
static enum answer check_claims(const struct chk_cert *cert,
				const struct chk_alone_terms *terms)
{
	(void)terms;
	if (is_ca(cert))
		return FINE;
	if (cert->basic_constraints.has_path_len)
		return ERROR;
	return cert->key_usage.present &&
			       (cert->key_usage.bits &
				CHK_USAGE_KEY_CERT_SIGN) ?
		       ERROR : FINE;
}

static void tell_claims(const struct chk_cert *cert,
			const struct chk_alone_terms *terms,
			struct chk_buffer *words)
{
	(void)terms;
	chk_buffer_text(words, cert->basic_constraints.has_path_len ?
				"has a pathLenConstraint and is no CA "
				"(RFC 5280 4.2.1.9)" :
				"has keyCertSign in its keyUsage and is no CA "
				"(RFC 5280 4.2.1.9)");
}

static enum answer check_usage(const struct chk_cert *cert,
			       const struct chk_alone_terms *terms)
{
	(void)terms;
	return is_ca(cert) && cert->key_usage.present &&
			       !(cert->key_usage.bits &
				 CHK_USAGE_KEY_CERT_SIGN) ?
		       ERROR : FINE;
}

static void tell_usage(const struct chk_cert *cert,
		       const struct chk_alone_terms *terms,
		       struct chk_buffer *words)
{
	(void)cert;
	(void)terms;
	chk_buffer_text(words, "is a CA, and its keyUsage has no keyCertSign "
			"(RFC 5280 4.2.1.9)");
}

/* As an anchor it still works nearly everywhere; below one it cannot issue. */
static enum answer check_version(const struct chk_cert *cert,
				 const struct chk_alone_terms *terms)
{
	(void)terms;
	if (cert->version == 3)
		return FINE;
	return cert->self_issued ? NOTE : WARNING;
}

static void tell_version(const struct chk_cert *cert,
			 const struct chk_alone_terms *terms,
			 struct chk_buffer *words)
{
	(void)terms;
	chk_buffer_format(words, "is of version %u, which has no extensions "
			  "(RFC 5280 4.1.2.1)", cert->version);
}

/* Without any usage it may be no server's. RFC 9525 6.3. */
static enum answer check_names(const struct chk_cert *cert,
			       const struct chk_alone_terms *terms)
{
	(void)terms;
	if (!is_server(cert) || cert->alt_names.present)
		return FINE;
	return cert->ext_key_usage.present ? ERROR : WARNING;
}

static void tell_names(const struct chk_cert *cert,
		       const struct chk_alone_terms *terms,
		       struct chk_buffer *words)
{
	(void)cert;
	(void)terms;
	chk_buffer_text(words, "has no subjectAltName, and no client looks for "
			"a host in the Common Name (RFC 9525 6.3)");
}

/* Of what is signed by itself no public CA is the issuer. */
static enum answer check_lifetime(const struct chk_cert *cert,
				  const struct chk_alone_terms *terms)
{
	(void)terms;
	return !cert->self_issued && cert->ext_key_usage.present &&
			       is_server(cert) &&
			       chk_lifetime_broken(cert, true) ?
		       WARNING : FINE;
}

static void tell_lifetime(const struct chk_cert *cert,
			  const struct chk_alone_terms *terms,
			  struct chk_buffer *words)
{
	const struct chk_lifetime *broken = chk_lifetime_broken(cert, true);

	(void)terms;
	chk_buffer_format(words, "is valid for %lld days, and a public CA may "
			  "give %s (%s)", (long long)chk_lifetime_days(cert),
			  broken->words, broken->ballot);
}

static const struct {
	enum chk_finding_id id;
	check *check;
	chk_alone_teller *tell;
} RULES[] = {
	{ CHK_FINDING_NOT_YET_VALID, check_begun, tell_begun },
	{ CHK_FINDING_EXPIRED, check_expired, tell_expired },
	{ CHK_FINDING_EXPIRING, check_expiring, tell_expiring },
	{ CHK_FINDING_WEAK_KEY, check_key, tell_key },
	{ CHK_FINDING_WEAK_SIGNATURE, check_signature, tell_signature },
	{ CHK_FINDING_NOT_A_CA, check_claims, tell_claims },
	{ CHK_FINDING_KEY_USAGE, check_usage, tell_usage },
	{ CHK_FINDING_VERSION, check_version, tell_version },
	{ CHK_FINDING_COMMON_NAME_ONLY, check_names, tell_names },
	{ CHK_FINDING_LIFETIME, check_lifetime, tell_lifetime },
};

size_t chk_alone_check(const struct chk_cert *cert,
		       const struct chk_alone_terms *terms,
		       struct chk_alone found[CHK_ALONE_MOST])
{
	size_t count = 0;

	_Static_assert(CHK_COUNT(RULES) <= CHK_ALONE_MOST, "room for all");
	for (size_t i = 0; i < CHK_COUNT(RULES); i++) {
		enum answer answer = RULES[i].check(cert, terms);

		if (answer == FINE)
			continue;
		found[count++] = (struct chk_alone){
			RULES[i].id, (enum chk_severity)(answer - 1),
			RULES[i].tell,
		};
	}
	return count;
}
