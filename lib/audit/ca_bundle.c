/*
 * lib/audit/ca_bundle.c: the anchors that a client will trust. Each certificate
 * is looked at once, and its likes are found by maps: a bundle may be long.
 */
#include "audit/audit.h"

#include "audit/mend.h"
#include "audit/private_key.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "cert/dn.h"
#include "diagnosis/words.h"

/* What a certificate has by itself, an anchor as any other. */
static const enum chk_finding_id ALONE[] = {
	CHK_FINDING_NOT_YET_VALID, CHK_FINDING_EXPIRING, CHK_FINDING_WEAK_KEY,
	CHK_FINDING_KEY_USAGE, CHK_FINDING_VERSION, CHK_FINDING_COUNT,
};

/* What was seen of a bundle so far. */
struct seen {
	struct chk_map by_key;  /* of subject and key -> item */
	struct chk_map by_name; /* subject_hash -> item */
};

static void seen_clear(struct seen *seen)
{
	chk_map_clear(&seen->by_key);
	chk_map_clear(&seen->by_name);
}

static void judge_validity(struct chk_audit *audit,
			   const struct chk_item *item)
{
	const struct chk_cert *cert = item->cert;

	if (audit->at > cert->not_after)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_EXPIRED, item,
			      "the anchor %s expired at %s: OpenSSL, GnuTLS "
			      "and Go refuse what it signed, Java takes it",
			      chk_words_cert(audit->arena, cert),
			      chk_words_when(audit->arena, cert->not_after));
}

static void judge_place(struct chk_audit *audit, const struct chk_item *item)
{
	const struct chk_cert *cert = item->cert;
	const char *name = chk_words_cert(audit->arena, cert);

	if (cert->version == 3 && !cert->basic_constraints.ca)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_NOT_A_CA, item,
			      "%s is no CA (CA:FALSE, or no basicConstraints): "
			      "it is trusted as itself and for nothing that it "
			      "signs, and Android and iOS do not import it",
			      name);
	else if (!chk_cert_is_root(cert))
		chk_audit_say(audit, CHK_FINDING_BUNDLE_INTERMEDIATE, item,
			      "%s is an intermediate, issued by %s: OpenSSL "
			      "needs its root as well (error 2), and it ends "
			      "with the CA's next change", name,
			      chk_words_name(audit->arena, cert->issuer));
}

/* The first item of the hash for which `same` holds; NULL: there is none. */
static const struct chk_item *
find(const struct chk_audit *audit, const struct chk_map *map, uint64_t hash,
     const struct chk_cert *cert,
     bool (*same)(const struct chk_cert *, const struct chk_cert *))
{
	size_t cursor = 0;
	uint32_t i;

	while (chk_map_find(map, hash, &cursor, &i)) {
		if (same(audit->contents->items[i].cert, cert))
			return &audit->contents->items[i];
	}
	return NULL;
}

static bool same_name(const struct chk_cert *a, const struct chk_cert *b)
{
	return chk_dn_match(a->subject, b->subject);
}

static bool same_key(const struct chk_cert *a, const struct chk_cert *b)
{
	return chk_bytes_equal(a->spki, b->spki) && same_name(a, b);
}

static const char *place(struct chk_audit *audit, const struct chk_item *item)
{
	if (item->alias)
		return chk_words(audit->arena, "alias %s", item->alias);
	return chk_words(audit->arena, "line %u", (unsigned)item->line);
}

static bool judge_twins(struct chk_audit *audit, struct seen *seen, uint32_t i)
{
	const struct chk_item *item = &audit->contents->items[i];
	const struct chk_cert *cert = item->cert;
	uint64_t key = chk_bytes_hash(cert->spki) ^ cert->subject_hash;
	const struct chk_item *twin = find(audit, &seen->by_key, key, cert,
					   same_key);
	const char *name = chk_words_cert(audit->arena, cert);

	if (twin) {
		chk_audit_say(audit, CHK_FINDING_BUNDLE_SAME_KEY, item,
			      "%s stands at %s too, in another certificate of "
			      "the same key: to verifiers they are one anchor",
			      name, place(audit, twin));
		return true;
	}
	twin = find(audit, &seen->by_name, cert->subject_hash, cert,
		    same_name);
	if (twin)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_SAME_NAME, item,
			      "%s stands at %s too, with another key: one of "
			      "the two is of another generation, or no longer "
			      "the CA's", name, place(audit, twin));
	return chk_map_add(&seen->by_key, key, i) &&
	       chk_map_add(&seen->by_name, cert->subject_hash, i);
}

static void judge_header(struct chk_audit *audit, const struct chk_item *item)
{
	if (item->trusted_label)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_TRUSTED_HEADER, item,
			      "%s stands in a TRUSTED CERTIFICATE block, which "
			      "says what it is trusted for and is OpenSSL's "
			      "alone: %s",
			      chk_words_cert(audit->arena, item->cert),
			      chk_audit_takers(audit, audit->faults));
}

/* Whose it is decides how bad it is. */
static void judge_key(struct chk_audit *audit, const struct chk_item *item)
{
	const struct chk_contents *contents = audit->contents;
	struct chk_private_key key = { 0 };
	const char *whose = "";

	chk_private_key_read(&key, item->text, audit->question->password);
	for (size_t i = 0; i < contents->count && !*whose; i++) {
		if (contents->items[i].cert &&
		    chk_private_key_fits(&key, contents->items[i].cert))
			whose = chk_words(audit->arena, " that matches %s",
					  chk_words_cert(audit->arena,
						contents->items[i].cert));
	}
	chk_private_key_clear(&key);
	chk_audit_say(audit, CHK_FINDING_BUNDLE_PRIVATE_KEY, item,
		      "CA bundle contains a private key%s: revoke, do not "
		      "ship", whose);
}

static bool judge_cert(struct chk_audit *audit, struct seen *seen, uint32_t i)
{
	const struct chk_item *item = &audit->contents->items[i];

	if (item->again) {
		chk_audit_say(audit, CHK_FINDING_BUNDLE_DUPLICATE, item,
			      "%s is there more than once",
			      chk_words_cert(audit->arena, item->cert));
		return true;
	}
	judge_validity(audit, item);
	judge_place(audit, item);
	chk_audit_alone(audit, item, ALONE);
	judge_header(audit, item);
	chk_audit_programmes(audit, item);
	chk_audit_comments(audit, item);
	return judge_twins(audit, seen, i) || chk_error_memory(audit->error);
}

bool chk_audit_ca_bundle(struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;
	CHK_CLEANUP(seen_clear) struct seen seen = { 0 };

	for (size_t i = 0; i < contents->count; i++) {
		if (contents->items[i].kind == CHK_ITEM_KEY)
			judge_key(audit, &contents->items[i]);
		if (contents->items[i].cert &&
		    !judge_cert(audit, &seen, (uint32_t)i))
			return false;
	}
	return !audit->question->mend || audit->keystore ||
	       chk_mend_anchors(audit);
}
