/*
 * tests/cert/test_agreement.c: lib/cert beside GnuTLS, on every certificate of
 * the system's store and of the test PKI that CERTS names.
 */
#include "config.h"

#include "support/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include <gnutls/crypto.h>
#include <gnutls/x509.h>

#include "cert/cert.h"
#include "cert/der.h"
#include "cert/general_name.h"
#include "cert/oid.h"

static gnutls_datum_t datum(struct chk_bytes bytes)
{
	union {
		const uint8_t *in;
		unsigned char *out;
	} data = { bytes.data };

	return (gnutls_datum_t){ data.out, (unsigned int)bytes.size };
}

static void assert_same(struct chk_bytes ours, const void *theirs, size_t size)
{
	assert_int_equal(ours.size, size);
	assert_memory_equal(ours.data, theirs, size);
}

static void compare_names(const struct chk_cert *cert, gnutls_x509_crt_t crt)
{
	gnutls_datum_t name;

	assert_int_equal(gnutls_x509_crt_get_raw_dn(crt, &name), 0);
	assert_same(cert->subject, name.data, name.size);
	gnutls_free(name.data);
	assert_int_equal(gnutls_x509_crt_get_raw_issuer_dn(crt, &name), 0);
	assert_same(cert->issuer, name.data, name.size);
	gnutls_free(name.data);
}

static void compare_ids(const struct chk_cert *cert, gnutls_x509_crt_t crt)
{
	uint8_t room[512];
	size_t size = sizeof(room);
	unsigned int critical;

	assert_int_equal(gnutls_x509_crt_get_serial(crt, room, &size), 0);
	assert_same(cert->serial, room, size);
	size = sizeof(room);
	if (gnutls_x509_crt_get_subject_key_id(crt, room, &size, &critical) < 0)
		size = 0;
	assert_same(cert->key_id, room, size);
	size = sizeof(room);
	if (gnutls_x509_crt_get_authority_key_id(crt, room, &size,
						 &critical) < 0)
		size = 0;
	assert_same(cert->authority.key_id, room, size);
}

static void compare_basic_constraints(const struct chk_cert *cert,
				      gnutls_x509_crt_t crt)
{
	const struct chk_basic_constraints *ours = &cert->basic_constraints;
	unsigned int critical = 0, ca = 0;
	int path_len = -1;
	int got = gnutls_x509_crt_get_basic_constraints(crt, &critical, &ca,
							&path_len);

	assert_int_equal(ours->present, got >= 0);
	if (got < 0)
		return;
	assert_int_equal(ours->ca, ca);
	assert_int_equal(ours->critical, critical);
	assert_int_equal(ours->has_path_len, path_len >= 0);
	if (path_len >= 0)
		assert_int_equal(ours->path_len, path_len);
}

static void compare_key_usage(const struct chk_cert *cert,
			      gnutls_x509_crt_t crt)
{
	static const struct {
		uint16_t ours;
		unsigned int theirs;
	} BITS[] = {
		{ CHK_USAGE_DIGITAL_SIGNATURE, GNUTLS_KEY_DIGITAL_SIGNATURE },
		{ CHK_USAGE_NON_REPUDIATION, GNUTLS_KEY_NON_REPUDIATION },
		{ CHK_USAGE_KEY_ENCIPHERMENT, GNUTLS_KEY_KEY_ENCIPHERMENT },
		{ CHK_USAGE_DATA_ENCIPHERMENT, GNUTLS_KEY_DATA_ENCIPHERMENT },
		{ CHK_USAGE_KEY_AGREEMENT, GNUTLS_KEY_KEY_AGREEMENT },
		{ CHK_USAGE_KEY_CERT_SIGN, GNUTLS_KEY_KEY_CERT_SIGN },
		{ CHK_USAGE_CRL_SIGN, GNUTLS_KEY_CRL_SIGN },
		{ CHK_USAGE_ENCIPHER_ONLY, GNUTLS_KEY_ENCIPHER_ONLY },
		{ CHK_USAGE_DECIPHER_ONLY, GNUTLS_KEY_DECIPHER_ONLY },
	};
	unsigned int usage = 0, critical = 0;
	int got = gnutls_x509_crt_get_key_usage(crt, &usage, &critical);

	assert_int_equal(cert->key_usage.present, got >= 0);
	if (got < 0)
		return;
	assert_int_equal(cert->key_usage.critical, critical);
	for (size_t i = 0; i < CHK_COUNT(BITS); i++)
		assert_int_equal(!!(cert->key_usage.bits & BITS[i].ours),
				 !!(usage & BITS[i].theirs));
}

/* The content of the SEQUENCE that an extension is. */
static struct chk_der list_of(const struct chk_extension *extension)
{
	struct chk_der der = chk_der_begin(extension->value, NULL);
	struct chk_tlv tlv;

	if (!extension->present)
		return der;
	assert_true(chk_der_next(&der, &tlv));
	return chk_der_inside(&der, &tlv);
}

static void compare_usages(const struct chk_cert *cert, gnutls_x509_crt_t crt)
{
	struct chk_der list = list_of(&cert->ext_key_usage);
	struct chk_tlv tlv;

	for (unsigned int i = 0;; i++) {
		struct chk_buffer dotted = { 0 };
		char room[128];
		size_t size = sizeof(room);

		if (gnutls_x509_crt_get_key_purpose_oid(crt, i, room, &size,
							NULL) < 0)
			break;
		assert_true(chk_der_next(&list, &tlv));
		chk_oid_dotted(&dotted, tlv.value);
		assert_string_equal(dotted.data, room);
		chk_buffer_clear(&dotted);
	}
	assert_true(chk_der_at_end(&list));
}

static void compare_alt_names(const struct chk_cert *cert,
			      gnutls_x509_crt_t crt)
{
	static const int TYPES[] = {
		[CHK_NAME_EMAIL] = GNUTLS_SAN_RFC822NAME,
		[CHK_NAME_DNS] = GNUTLS_SAN_DNSNAME,
		[CHK_NAME_URI] = GNUTLS_SAN_URI,
		[CHK_NAME_IP] = GNUTLS_SAN_IPADDRESS,
	};
	struct chk_der list = list_of(&cert->alt_names);
	struct chk_general_name name;
	unsigned int type;

	for (unsigned int i = 0; !chk_der_at_end(&list); i++) {
		char room[1024];
		size_t size = sizeof(room);
		int got = gnutls_x509_crt_get_subject_alt_name2(
			crt, i, room, &size, &type, NULL);

		assert_true(chk_general_name_next(&list, &name));
		if (name.type >= CHK_COUNT(TYPES) || !TYPES[name.type])
			continue;
		assert_true(got >= 0);
		assert_int_equal(type, TYPES[name.type]);
		assert_same(name.value, room, size);
	}
}

static void compare_key(const struct chk_cert *cert, gnutls_x509_crt_t crt)
{
	static const struct {
		enum chk_key_type ours;
		int theirs;
	} TYPES[] = {
		{ CHK_KEY_RSA, GNUTLS_PK_RSA },
		{ CHK_KEY_RSA_PSS, GNUTLS_PK_RSA_PSS },
		{ CHK_KEY_EC, GNUTLS_PK_ECDSA },
		{ CHK_KEY_DSA, GNUTLS_PK_DSA },
		{ CHK_KEY_ED25519, GNUTLS_PK_EDDSA_ED25519 },
		{ CHK_KEY_ED448, GNUTLS_PK_EDDSA_ED448 },
	};
	unsigned int bits = 0;
	int algorithm = gnutls_x509_crt_get_pk_algorithm(crt, &bits);

	if (algorithm <= GNUTLS_PK_UNKNOWN)
		return; /* a curve that it does not know */
	for (size_t i = 0; i < CHK_COUNT(TYPES); i++)
		assert_int_equal(cert->key.type == TYPES[i].ours,
				 algorithm == TYPES[i].theirs);
	/* GnuTLS counts the bits of a curve in whole bytes: P-521 has 528. */
	if (cert->key.type == CHK_KEY_EC)
		bits -= bits == 528 ? 7 : 0;
	if (cert->key.bits)
		assert_int_equal(cert->key.bits, bits);
}

static void compare_signature(const struct chk_cert *cert,
			      gnutls_x509_crt_t crt)
{
	struct chk_signature_algorithm ours =
		chk_signature_algorithm_find(cert->signature_algorithm);
	int theirs = gnutls_x509_crt_get_signature_algorithm(crt);
	char room[2048];
	size_t size = sizeof(room);

	/*
	 * We do not know RIPEMD-160, GnuTLS refuses PSS with two digests; EdDSA
	 * has no digest of its own there.
	 */
	if (ours.name && theirs > GNUTLS_SIGN_UNKNOWN &&
	    ours.type != CHK_KEY_ED25519 && ours.type != CHK_KEY_ED448)
		assert_int_equal(ours.digest_bits,
				 8 * gnutls_hash_get_len((int)
				 gnutls_sign_get_hash_algorithm(theirs)));
	assert_int_equal(gnutls_x509_crt_get_signature(crt, room, &size), 0);
	assert_same(cert->signature, room, size);
}

static void compare_digests(const struct chk_cert *cert,
			    gnutls_x509_crt_t crt)
{
	uint8_t ours[32], theirs[32];
	size_t size = sizeof(theirs);

	chk_cert_sha256(cert, ours);
	assert_int_equal(gnutls_x509_crt_get_fingerprint(crt, GNUTLS_DIG_SHA256,
							 theirs, &size), 0);
	assert_memory_equal(ours, theirs, 32);
	size = sizeof(theirs);
	/* GnuTLS writes it anew, with other parameters; openssl does not. */
	if (cert->key.type == CHK_KEY_RSA_PSS)
		return;
	if (gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256, theirs,
				       &size) < 0)
		return;
	chk_cert_spki_sha256(cert, ours);
	assert_memory_equal(ours, theirs, 32);
}

/*
 * What GnuTLS writes otherwise: it knows emailAddress as EMAIL, and has no
 * rule for texts that are to be escaped or have no name.
 */
static bool is_plain(const char *text)
{
	return !strpbrk(text, "\\#") && !strstr(text, "emailAddress=") &&
	       !strstr(text, "street=") && !strstr(text, "organizationId") &&
	       !strstr(text, "+");
}

static void compare_texts(const struct chk_cert *cert, gnutls_x509_crt_t crt)
{
	char *ours = chk_cert_subject(cert);
	gnutls_datum_t theirs;

	assert_int_equal(gnutls_x509_crt_get_dn3(crt, &theirs, 0), 0);
	if (is_plain(ours) && !strstr((char *)theirs.data, "#"))
		assert_string_equal(ours, (char *)theirs.data);
	gnutls_free(theirs.data);
	free(ours);
}

static void compare_all(const struct chk_cert *cert, gnutls_x509_crt_t crt)
{
	assert_int_equal(cert->version, gnutls_x509_crt_get_version(crt));
	assert_int_equal(cert->not_before,
			 gnutls_x509_crt_get_activation_time(crt));
	assert_int_equal(cert->not_after,
			 gnutls_x509_crt_get_expiration_time(crt));
	compare_names(cert, crt);
	compare_ids(cert, crt);
	compare_basic_constraints(cert, crt);
	compare_key_usage(cert, crt);
	compare_usages(cert, crt);
	compare_alt_names(cert, crt);
	compare_key(cert, crt);
	compare_signature(cert, crt);
	compare_digests(cert, crt);
	compare_texts(cert, crt);
}

static void compare(const struct chk_cert *cert)
{
	gnutls_datum_t der = datum(cert->der);
	gnutls_x509_crt_t crt;

	assert_int_equal(gnutls_x509_crt_init(&crt), 0);
	assert_int_equal(gnutls_x509_crt_import(crt, &der, GNUTLS_X509_FMT_DER),
			 0);
	compare_all(cert, crt);
	gnutls_x509_crt_deinit(crt);
}

static void the_systems_store_reads_alike(void **state)
{
	struct chk_chain *chain = chk_chain_new();

	if (!chk_chain_read(chain, CHK_TRUST_PATHS, NULL)) {
		chk_chain_free(chain);
		print_message("no bundle at %s\n", CHK_TRUST_PATHS);
		skip();
	}
	assert_int_equal(chk_chain_note_count(chain), 0);
	for (size_t i = 0; i < chk_chain_count(chain); i++)
		compare(chk_chain_get(chain, i));
	chk_chain_free(chain);
}

static size_t compare_file(const char *path)
{
	struct chk_chain *chain = chk_chain_new();
	size_t count = 0;

	/* A file made to be damaged has nothing to compare. */
	if (chk_chain_read(chain, path, NULL))
		count = chk_chain_count(chain);
	for (size_t i = 0; i < count; i++)
		compare(chk_chain_get(chain, i));
	chk_chain_free(chain);
	return count;
}

static size_t compare_folder(const char *folder)
{
	DIR *files = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	while (files && (entry = readdir(files))) {
		const char *end = strrchr(entry->d_name, '.');
		char path[4096];

		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (end && strcmp(end, ".pem") == 0)
			count += compare_file(path);
	}
	if (files)
		closedir(files);
	return count;
}

static void the_test_pki_reads_alike(void **state)
{
	const char *folder = getenv("CERTS");

	if (folder && compare_folder(folder) > 0)
		return;
	print_message("no certificates in CERTS\n");
	skip();
}

/* Keys and signatures that no public CA uses. */
static void odd_algorithms_read_alike(void **state)
{
	const char *source = getenv("top_srcdir");
	char folder[4096];

	snprintf(folder, sizeof(folder), "%s/tests/path/signatures",
		 source ? source : ".");
	assert_true(compare_folder(folder) >= 20);
}

/* The fields of a changed certificate that both read. */
static bool changed_reads_alike(struct chk_bytes der)
{
	gnutls_datum_t theirs = datum(der);
	gnutls_x509_crt_t crt;
	struct chk_cert *cert;
	bool both;

	if (!chk_cert_parse(der, &cert, NULL))
		return false;
	assert_int_equal(gnutls_x509_crt_init(&crt), 0);
	both = gnutls_x509_crt_import(crt, &theirs, GNUTLS_X509_FMT_DER) >= 0;
	if (both) {
		/* Not the digest of the key: GnuTLS writes that anew. */
		compare_names(cert, crt);
		assert_int_equal(cert->version,
				 gnutls_x509_crt_get_version(crt));
	}
	gnutls_x509_crt_deinit(crt);
	chk_cert_unref(cert);
	return both;
}

/* Every byte changed in turn: no crash, bounded reading, the same fields. */
static void change_each_byte(const struct chk_cert *cert)
{
	size_t size = cert->der.size, both = 0;
	uint8_t *room = malloc(size);

	memcpy(room, cert->der.data, size);
	for (size_t i = 0; i < size; i++) {
		uint8_t bit = (uint8_t)(1u << i % 8);

		room[i] ^= bit;
		both += changed_reads_alike(chk_bytes_of(room, size));
		room[i] ^= bit;
	}
	/* The signature alone leaves most of them readable. */
	assert_true(both > size / 8);
	free(room);
}

static void a_changed_byte_changes_no_reading(void **state)
{
	struct chk_chain *chain = chk_chain_new();

	if (!chk_chain_read(chain, CHK_TRUST_PATHS, NULL)) {
		chk_chain_free(chain);
		skip();
	}
	for (size_t i = 0; i < chk_chain_count(chain) && i < 5; i++)
		change_each_byte(chk_chain_get(chain, i));
	chk_chain_free(chain);
}

static void a_cut_certificate_tells_the_byte(void **state)
{
	struct chk_error error;
	struct chk_cert *cert;

	assert_false(chk_cert_parse(BYTES("\x30\x82\x01"), &cert, &error));
	assert_null(cert);
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	assert_int_equal(error.offset, 1);
	assert_false(chk_cert_parse(BYTES("\x30\x80\x00\x00"), &cert, &error));
	assert_non_null(strstr(error.what, "indefinite"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_systems_store_reads_alike),
		cmocka_unit_test(the_test_pki_reads_alike),
		cmocka_unit_test(odd_algorithms_read_alike),
		cmocka_unit_test(a_changed_byte_changes_no_reading),
		cmocka_unit_test(a_cut_certificate_tells_the_byte),
	};

	return cmocka_run_group_tests_name("cert/agreement", tests, NULL, NULL);
}
