/*
 * lib/store/read_pkcs12.c: a PKCS #12 file (RFC 7292), with what a JVM takes
 * from it trusted. GnuTLS checks the MAC and decrypts. The bags are walked
 * here, since Java's mark of trust is an attribute that GnuTLS does not show;
 * where only GnuTLS can open a part (RC4, BER), the certificates are read and
 * whether they are marked is not known.
 */
#include "store/format.h"

#include <gnutls/pkcs12.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "store/java_entries.h"
#include "store/pbes2.h"
#include "store/pkcs12_file.h"
#include "store/pkcs12_outcome.h"
#include "store/pkcs12_pbe.h"

/*
 * Java refuses more; and what all tries may take together, some seconds. A
 * round of a hash of 64 bytes takes as long as two or more of another.
 */
#define ROUNDS_MAX 5000000
#define ROUNDS_ALL 10000000

/* The most bags of a part that GnuTLS gives; it does not say of more. */
#define GNUTLS_BAGS 32

/* A file has two or three. */
#define PARTS_MAX 100

/* How a part is encrypted, of what is decrypted here. */
struct lock {
	bool old; /* than PBES2 in these files */
	uint32_t rounds;
	unsigned mac; /* that takes them */
	struct chk_pbes2 pbes2;
	struct chk_pkcs12_pbe pbe;
};

struct reading {
	struct chk_store *store;
	const char *name;
	struct chk_error *error;
	const char *pin; /* of the caller, or NULL */
	gnutls_pkcs12_t file;
	const char *const *passwords; /* to be tried, or the one that fits */
	size_t password_count;
	uint64_t rounds; /* spent on passwords */
	struct chk_java_entries entries;
	uint8_t *plain[PARTS_MAX]; /* what entries point into */
	size_t plain_count;
	size_t part;   /* the one that is read */
	size_t locked; /* parts that no password opened */
	size_t unknown; /* parts encrypted with what GnuTLS has not either */
	size_t untold; /* certificates of which it is not known */
};

CHK_CLEANUP_FUNCTION(cleanup_bag, gnutls_pkcs12_bag_t,
		     gnutls_pkcs12_bag_deinit);
CHK_CLEANUP_FUNCTION(cleanup_oid, char *, gnutls_free);

static void cleanup_reading(struct reading *reading)
{
	chk_java_entries_clear(&reading->entries);
	for (size_t i = 0; i < reading->plain_count; i++)
		free(reading->plain[i]);
	if (reading->file)
		gnutls_pkcs12_deinit(reading->file);
}

static bool failed(const struct reading *reading, enum chk_code code,
		   int cause, const char *what)
{
	chk_error_set(reading->error, code, reading->name, "%s: %s", what,
		      gnutls_strerror(cause));
	if (reading->error)
		reading->error->cause = cause;
	return false;
}

static bool note(const struct reading *reading, const char *what)
{
	return chk_store_note_add(reading->store, reading->name, "%s", what) ||
	       chk_error_memory(reading->error);
}

static unsigned weight_of(unsigned mac)
{
	return mac == GNUTLS_MAC_SHA384 || mac == GNUTLS_MAC_SHA512 ? 2 : 1;
}

/* A password costs what the file says; a hostile one says a lot. */
static bool spend(struct reading *reading, uint32_t rounds, unsigned mac)
{
	reading->rounds += (uint64_t)rounds * weight_of(mac);
	if (rounds > ROUNDS_MAX)
		return chk_error_set(reading->error, CHK_ERROR_TOO_LARGE,
				     reading->name, "a password takes more "
				     "than %d rounds to try, and Java refuses "
				     "it too", ROUNDS_MAX);
	return reading->rounds <= ROUNDS_ALL ||
	       chk_error_set(reading->error, CHK_ERROR_TOO_LARGE,
			     reading->name, "its passwords take too long to "
			     "try");
}

static bool import(struct reading *reading, struct chk_bytes bytes)
{
	const gnutls_datum_t datum = { (void *)(uintptr_t)bytes.data,
				       (unsigned)bytes.size };
	int status = gnutls_pkcs12_init(&reading->file);

	if (status < 0)
		return chk_error_memory(reading->error);
	status = gnutls_pkcs12_import(reading->file, &datum,
				      GNUTLS_X509_FMT_DER, 0);
	return status >= 0 || failed(reading, CHK_ERROR_FORMAT, status,
				     "a damaged PKCS #12 file");
}

static bool wrong_password(const struct reading *reading)
{
	return chk_error_set(reading->error, CHK_ERROR_PASSWORD,
			     reading->name, "the password is wrong, or "
			     "somebody without it changed the file");
}

/* None of what is usual: what is not encrypted is read, as Java has it. */
static bool leave_unchecked(const struct reading *reading)
{
	return chk_store_trap_add(reading->store, "store.password",
				  reading->name, "whether somebody changed "
				  "the keystore cannot be checked without its "
				  "password, which is none of the usual ones")
	       || chk_error_memory(reading->error);
}

/* Of the empty password and none, each stands for the other to Java. */
static void keep_password(struct reading *reading, size_t i)
{
	const char *password = reading->passwords[i];

	/* In all lists, none follows the empty one. */
	reading->passwords += password ? i : i - 1;
	reading->password_count = password && *password ? 1 : 2;
}

/* Keeps the password that fits the MAC, where there is one. */
static bool check_mac(struct reading *reading)
{
	/* Asked for its name, since GnuTLS leaks one that it does not know. */
	CHK_CLEANUP(cleanup_oid) char *oid = NULL;
	unsigned mac, rounds = 0;
	int status = gnutls_pkcs12_mac_info(reading->file, &mac, NULL, NULL,
					    &rounds, &oid);

	/* No MAC: nothing to check, and no fault; Java has such a cacerts. */
	if (status < 0 && gnutls_pkcs12_verify_mac(reading->file, NULL) ==
			  GNUTLS_E_ASN1_ELEMENT_NOT_FOUND)
		return true;
	if (status < 0)
		return failed(reading, CHK_ERROR_UNSUPPORTED, status,
			      "its MAC cannot be checked");
	for (size_t i = 0; i < reading->password_count; i++) {
		if (!spend(reading, rounds, mac))
			return false;
		status = gnutls_pkcs12_verify_mac(reading->file,
						  reading->passwords[i]);
		if (status < 0)
			continue;
		keep_password(reading, i);
		return true;
	}
	if (status != GNUTLS_E_MAC_VERIFY_FAILED)
		return failed(reading, CHK_ERROR_UNSUPPORTED, status,
			      "its MAC cannot be checked");
	if (reading->pin)
		return wrong_password(reading);
	reading->password_count = 0;
	return leave_unchecked(reading);
}

static bool lock_part(struct reading *reading)
{
	if (reading->pin)
		return wrong_password(reading);
	reading->locked++;
	return note(reading, "a part of it is encrypted, and no password is "
		    "given");
}

static bool skip_part(struct reading *reading)
{
	reading->unknown++;
	return note(reading, "a part of it is encrypted in a way that is not "
		    "known");
}

/* `*fits` false: it is malformed, or not the right plain text. */
static bool walk_bags(struct reading *reading, struct chk_bytes contents,
		      bool encrypted, bool *fits)
{
	struct chk_der der;
	struct chk_bag bag;
	bool first = true;

	/* Twice, so that a part is read whole or not at all. */
	*fits = chk_bags_begin(&der, contents, NULL);
	while (*fits && !chk_der_at_end(&der))
		*fits = chk_bags_next(&der, &bag);
	if (!*fits)
		return true;
	chk_bags_begin(&der, contents, NULL);
	while (!chk_der_at_end(&der) && chk_bags_next(&der, &bag)) {
		if (!chk_java_entries_add(&reading->entries, &bag, first,
					  encrypted, reading->error))
			return false;
		first = false;
	}
	return true;
}

static bool find_lock(struct chk_bytes algorithm, struct lock *lock)
{
	lock->old = chk_pkcs12_pbe_parse(algorithm, &lock->pbe);
	if (!lock->old && !chk_pbes2_parse(algorithm, &lock->pbes2))
		return false;
	lock->rounds = lock->old ? lock->pbe.rounds : lock->pbes2.rounds;
	lock->mac = lock->old ? GNUTLS_MAC_SHA1 : (unsigned)lock->pbes2.mac;
	return true;
}

/* `*fits`: the password decrypts the part to what makes sense, now walked. */
static bool try_password(struct reading *reading, struct chk_bytes secret,
			 const struct lock *lock, const char *password,
			 bool *fits)
{
	struct chk_bytes contents;
	uint8_t *plain;

	*fits = false;
	/* To PBES2, none is the empty one, which is tried before it. */
	if (!password && !lock->old)
		return true;
	if (!spend(reading, lock->rounds, lock->mac))
		return false;
	if (!(lock->old ? chk_pkcs12_pbe_decrypt(&lock->pbe, secret, password,
						 &plain, &contents) :
	      chk_pbes2_decrypt(&lock->pbes2, secret, password, &plain,
				&contents)))
		return true;
	reading->plain[reading->plain_count++] = plain;
	if (!walk_bags(reading, contents, true, fits))
		return false;
	if (*fits)
		return true;
	reading->plain_count--;
	free(plain);
	return true;
}

/* Every password that is left, until one makes sense of the part. */
static bool walk_encrypted(struct reading *reading,
			   const struct chk_pkcs12_part *part,
			   const struct lock *lock)
{
	bool fits = false;

	for (size_t i = 0; i < reading->password_count && !fits; i++)
		if (!try_password(reading, part->content, lock,
				  reading->passwords[i], &fits))
			return false;
	return fits || lock_part(reading);
}

static bool add_untold(struct reading *reading, gnutls_pkcs12_bag_t bag)
{
	int count = gnutls_pkcs12_bag_get_count(bag);

	for (int i = 0; i < count; i++) {
		gnutls_datum_t datum;

		if (gnutls_pkcs12_bag_get_type(bag, (unsigned)i) !=
			    GNUTLS_BAG_CERTIFICATE ||
		    gnutls_pkcs12_bag_get_data(bag, (unsigned)i, &datum) < 0)
			continue;
		reading->untold++;
		if (!chk_read_certificate(reading->store,
					  chk_bytes_of(datum.data, datum.size),
					  CHK_TRUST_NOT_STATED, reading->name,
					  reading->error))
			return false;
	}
	return count < GNUTLS_BAGS ||
	       note(reading, "a part of it may hold more than the 32 entries "
		    "that could be read: convert it with keytool "
		    "-importkeystore");
}

static bool open_bag(struct reading *reading, gnutls_pkcs12_bag_t bag,
		     bool *opened)
{
	CHK_CLEANUP(cleanup_oid) char *oid = NULL;
	unsigned rounds = 0;

	*opened = gnutls_pkcs12_bag_get_type(bag, 0) != GNUTLS_BAG_ENCRYPTED;
	if (*opened)
		return true;
	if (gnutls_pkcs12_bag_enc_info(bag, NULL, NULL, NULL, NULL, &rounds,
				       &oid) < 0)
		return skip_part(reading);
	for (size_t i = 0; i < reading->password_count && !*opened; i++) {
		/* It does not say by which hash. */
		if (!spend(reading, rounds, GNUTLS_MAC_SHA512))
			return false;
		*opened = gnutls_pkcs12_bag_decrypt(
				  bag, reading->passwords[i]) >= 0;
	}
	return *opened || lock_part(reading);
}

/* Part `reading->part` by GnuTLS; `*more` false: there is none of it. */
static bool read_by_gnutls(struct reading *reading, bool *more)
{
	CHK_CLEANUP(cleanup_bag) gnutls_pkcs12_bag_t bag = NULL;
	bool opened;
	int status;

	*more = true;
	if (gnutls_pkcs12_bag_init(&bag) < 0)
		return chk_error_memory(reading->error);
	status = gnutls_pkcs12_get_bag(reading->file, (int)reading->part, bag);
	*more = status != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;
	if (!*more)
		return true;
	if (status < 0)
		return failed(reading, CHK_ERROR_FORMAT, status,
			      "a damaged part of the PKCS #12 file");
	return open_bag(reading, bag, &opened) &&
	       (!opened || add_untold(reading, bag));
}

static bool read_part(struct reading *reading,
		      const struct chk_pkcs12_part *part)
{
	struct lock lock;
	bool fits = false;

	if (part->encrypted && find_lock(part->algorithm, &lock))
		return walk_encrypted(reading, part, &lock);
	if (!part->encrypted &&
	    !walk_bags(reading, part->content, false, &fits))
		return false;
	return fits || read_by_gnutls(reading, &fits);
}

static bool read_parts(struct reading *reading, struct chk_bytes bytes)
{
	struct chk_pkcs12_part part;
	struct chk_der der;
	bool ours = chk_pkcs12_begin(&der, bytes), more = true;

	for (reading->part = 0; more; reading->part++) {
		bool ok;

		if (ours && chk_der_at_end(&der))
			return true;
		if (reading->part == PARTS_MAX)
			return chk_error_set(reading->error,
					     CHK_ERROR_TOO_LARGE,
					     reading->name,
					     "more than %d parts", PARTS_MAX);
		ours = ours && chk_pkcs12_next(&der, &part);
		ok = ours ? read_part(reading, &part) :
		     read_by_gnutls(reading, &more);
		if (!ok)
			return false;
	}
	return true;
}

static bool add_item(struct reading *reading, const struct chk_java_item *item,
		     struct chk_pkcs12_outcome *outcome)
{
	CHK_CLEANUP(chk_cleanup_free) char *where = NULL;
	struct chk_buffer text = { 0 };

	reading->store->keys += item->kind == CHK_BAG_KEY;
	if (item->kind != CHK_BAG_CERTIFICATE)
		return true;
	outcome->certificates++;
	outcome->taken += item->taken;
	outcome->encrypted += item->taken && item->encrypted;
	outcome->replaced += item->marked && !item->taken;
	chk_buffer_format(&text, "%s%s%s", reading->name,
			  item->alias ? ": alias " : "",
			  item->alias ? item->alias : "");
	where = chk_buffer_steal(&text);
	if (!where)
		return chk_error_memory(reading->error);
	return chk_read_java_certificate(reading->store, item->certificate,
					 item->taken ? CHK_TRUST_TRUSTED :
					 CHK_TRUST_NOT_STATED,
					 where, reading->error);
}

static bool add_items(struct reading *reading)
{
	struct chk_pkcs12_outcome outcome = { .untold = reading->untold,
					      .password = reading->pin };

	chk_java_entries_take(&reading->entries);
	for (size_t i = 0; i < reading->entries.count; i++)
		if (!add_item(reading, &reading->entries.items[i], &outcome))
			return false;
	if (reading->store->count)
		return chk_pkcs12_outcome_say(&outcome, reading->store,
					      reading->name) ||
		       chk_error_memory(reading->error);
	if (reading->locked)
		return chk_error_set(reading->error, CHK_ERROR_PASSWORD,
				     reading->name, "it is encrypted: give its "
				     "password");
	if (reading->unknown)
		return chk_error_set(reading->error, CHK_ERROR_UNSUPPORTED,
				     reading->name, "it is encrypted in a way "
				     "that is not known");
	return chk_error_set(reading->error, CHK_ERROR_EMPTY, reading->name,
			     "no certificate is in the PKCS #12 file");
}

bool chk_read_pkcs12(struct chk_store *store, struct chk_bytes bytes,
		     const char *name, const struct chk_store_options *options,
		     struct chk_error *error)
{
	/* The empty password and none are two to GnuTLS, and one to Java. */
	const char *const usual[] = { "changeit", "", NULL };
	const char *const given[] = { options->pin, NULL };
	CHK_CLEANUP(cleanup_reading) struct reading reading = {
		.store = store, .name = name, .error = error,
		.pin = options->pin, .passwords = usual,
		.password_count = CHK_COUNT(usual) };

	if (options->pin) {
		reading.passwords = given;
		reading.password_count = *options->pin ? 1 : 2;
	}
	if (!import(&reading, bytes) || !check_mac(&reading))
		return false;
	if (store->as_jvm && !options->pin)
		reading.password_count = 0;
	return read_parts(&reading, bytes) && add_items(&reading);
}
