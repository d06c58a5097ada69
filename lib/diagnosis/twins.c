/* lib/diagnosis/twins.c: what certificates of one name are to each other. */
#include "diagnosis/twins.h"

#include "cert/dn.h"
#include "cert/key_id.h"
#include "diagnosis/words.h"

/* What a row of the table is tested against. */
struct twin {
	const struct chk_cert *cert;   /* the candidate */
	const struct chk_cert *issued; /* of which it has the issuer's name */
	bool signed_it, refuted; /* its key did, or did not: or neither */
	/* One of the name whose key did, if another is at hand. */
	const struct chk_cert *other;
	const char *where; /* that one is */
	bool sent;         /* that one was */
	int64_t at;
};

static bool has_same_key(const struct twin *twin)
{
	return twin->other &&
	       chk_bytes_equal(twin->cert->spki, twin->other->spki);
}

static bool has_other_key(const struct twin *twin)
{
	return twin->refuted || (twin->other && !has_same_key(twin));
}

static bool has_its_key_id(const struct twin *twin)
{
	return twin->other && !has_same_key(twin) && twin->cert->key_id.data &&
	       twin->other->key_id.data &&
	       chk_bytes_equal(twin->cert->key_id, twin->other->key_id);
}

static bool is_later(const struct twin *twin)
{
	return has_other_key(twin) && !has_its_key_id(twin) &&
	       twin->cert->not_before > twin->issued->not_before;
}

static bool is_earlier(const struct twin *twin)
{
	return has_other_key(twin) && !has_its_key_id(twin) &&
	       !is_later(twin);
}

static bool is_valid(const struct chk_cert *cert, int64_t at)
{
	return cert->not_before <= at && at <= cert->not_after;
}

static bool has_expired(const struct twin *twin)
{
	return has_same_key(twin) && twin->cert->not_after < twin->at &&
	       is_valid(twin->other, twin->at);
}

static bool has_other_issuer(const struct twin *twin)
{
	return has_same_key(twin) &&
	       !chk_dn_match(twin->cert->issuer, twin->other->issuer);
}

static bool is_crossed(const struct twin *twin)
{
	return has_other_issuer(twin) && !chk_cert_is_root(twin->cert);
}

static bool is_root_of(const struct twin *twin)
{
	return has_other_issuer(twin) && chk_cert_is_root(twin->cert);
}

static bool is_edition(const struct twin *twin)
{
	return has_same_key(twin) && !has_other_issuer(twin) &&
	       !has_expired(twin);
}

static bool is_named_otherwise(const struct twin *twin)
{
	struct chk_bytes asked = twin->issued->authority.key_id;

	return (twin->signed_it || has_same_key(twin)) && asked.data &&
	       twin->cert->key_id.data &&
	       !chk_bytes_equal(asked, twin->cert->key_id);
}

static bool is_written_otherwise(const struct twin *twin)
{
	return !chk_bytes_equal(twin->cert->subject, twin->issued->issuer);
}

static const struct row {
	bool (*test)(const struct twin *twin);
	const char *name;
	const char *words;
} ROWS[] = {
#define CHK_TWIN(test, name, words) { test, name, words },
#include "diagnosis/twin.def"
#undef CHK_TWIN
};

static const char *way_of(const struct chk_cert *cert, struct chk_bytes id)
{
	const char *way = chk_key_id_way(cert, id);

	return way ? way : "no usual hash of its key";
}

const char *chk_twins_age(struct chk_arena *arena, const struct chk_cert *cert,
			  const struct chk_cert *issued)
{
	bool later = cert->not_before > issued->not_before;

	return chk_words(arena, "begins on %s, %s than %s: %s, or this is "
			 "another CA of its name",
			 chk_words_day(arena, cert->not_before),
			 later ? "later" : "no later",
			 chk_words_cert(arena, issued),
			 later ? "by then the CA had changed its key" :
				 "the CA has changed its key since");
}

static const char *ids_of(struct chk_arena *arena, const struct twin *twin)
{
	struct chk_bytes asked = twin->issued->authority.key_id;

	if (!asked.data || !twin->cert->key_id.data)
		return "";
	return chk_words(arena, " (key id %s; %s asks for %s)",
			 chk_words_key_id(arena, twin->cert->key_id),
			 chk_words_cert(arena, twin->issued),
			 chk_words_key_id(arena, asked));
}

static const char *other_of(struct chk_arena *arena, const struct twin *twin)
{
	if (twin->sent)
		return "the one that was sent";
	return twin->where ? chk_words(arena, "the one in %s",
				       chk_words_escape(arena, twin->where)) :
			     "another one at hand";
}

/* The value of a place in the words; texts are escaped. */
static const char *value_of(struct chk_arena *arena, const struct twin *twin,
			    const char *place, size_t size)
{
	const struct chk_cert *cert = twin->cert;
	const struct chk_cert *other = twin->other ? twin->other : cert;
	struct chk_bytes asked = twin->issued->authority.key_id;
	const struct {
		const char *place, *value;
	} values[] = {
		{ "issued", chk_words_cert(arena, twin->issued) },
		{ "asked", chk_words_key_id(arena, asked) },
		{ "asked_way", way_of(cert, asked) },
		{ "key_id", chk_words_key_id(arena, cert->key_id) },
		{ "way", way_of(cert, cert->key_id) },
		{ "ids", ids_of(arena, twin) },
		{ "age", chk_twins_age(arena, cert, twin->issued) },
		{ "from", chk_words_day(arena, cert->not_before) },
		{ "until", chk_words_day(arena, cert->not_after) },
		{ "issuer", chk_words_name(arena, cert->issuer) },
		{ "other", other_of(arena, twin) },
		{ "other_until", chk_words_day(arena, other->not_after) },
		{ "other_issuer", chk_words_name(arena, other->issuer) },
		{ "difference", chk_words_name_difference(
					arena, cert->subject,
					twin->issued->issuer) },
	};

	for (size_t i = 0; i < CHK_COUNT(values); i++) {
		if (strlen(values[i].place) == size &&
		    strncmp(values[i].place, place, size) == 0)
			return values[i].value;
	}
	return "";
}

/* What a filler of places goes by. */
struct filling {
	struct chk_arena *arena;
	const struct twin *twin;
};

static const char *fill_place(const void *with, const char *place, size_t size)
{
	const struct filling *filling = with;

	return value_of(filling->arena, filling->twin, place, size);
}

static const char *words_of(struct chk_arena *arena, const struct twin *twin,
			    const struct row *row)
{
	const struct filling filling = { arena, twin };

	return chk_words_fill(arena, row->words, fill_place, &filling);
}

static void set_other(const struct chk_inquiry *inquiry, struct twin *twin,
		      const struct chk_cert *cert, enum chk_origin origin,
		      const char *where)
{
	if (chk_bytes_equal(cert->der, twin->cert->der) ||
	    (twin->other && (is_valid(twin->other, twin->at) ||
			     !is_valid(cert, twin->at))))
		return;
	twin->other = cert;
	twin->where = where;
	twin->sent = inquiry->presented && origin == CHK_ORIGIN_PRESENTED;
}

/* A path may end in a certificate whose key did not sign what is below. */
static bool is_signature_wrong(const struct chk_path *path,
			       const struct chk_cert *issued)
{
	for (const struct chk_defect_node *node = path->defects; node;
	     node = node->next) {
		if (node->defect.rule == CHK_RULE_SIGNATURE &&
		    node->defect.cert == issued)
			return true;
	}
	return false;
}

static void look_on_path(const struct chk_inquiry *inquiry,
			 const struct chk_path *path, struct twin *twin)
{
	for (size_t i = 1; i < path->count; i++) {
		const struct chk_link *link = &path->links[i];

		if (path->links[i - 1].cert == twin->issued &&
		    !is_signature_wrong(path, twin->issued))
			set_other(inquiry, twin, link->cert, link->origin,
				  link->where);
	}
}

/* Another of the name whose key made the signature; a valid one if any. */
static void look_for_other(const struct chk_inquiry *inquiry, struct twin *twin)
{
	const struct chk_outcome *outcome = &inquiry->outcome;

	for (size_t i = 0; i < outcome->count; i++)
		look_on_path(inquiry, &outcome->paths[i], twin);
	for (size_t i = 0; i < outcome->refusal_count; i++) {
		const struct chk_refusal *refusal = &outcome->refusals[i];

		if (refusal->issued == twin->issued && refusal->signed_it)
			set_other(inquiry, twin, refusal->cert,
				  refusal->origin, refusal->where);
	}
}

/* Was its key seen to be another? Of an unknown algorithm nothing was seen. */
static bool is_refuted(const struct chk_defect *defect)
{
	return defect->rule == CHK_RULE_KEY_MISMATCH;
}

void chk_twins_tell(struct chk_inquiry *inquiry,
		    const struct chk_refusal *refusal,
		    struct chk_rejected *rejected)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const char **names = chk_arena_array(arena, CHK_COUNT(ROWS),
					     sizeof(*names));
	struct twin twin = {
		.cert = refusal->cert, .issued = refusal->issued,
		.signed_it = refusal->signed_it,
		.refuted = is_refuted(&refusal->defect), .at = inquiry->at,
	};

	look_for_other(inquiry, &twin);
	for (size_t i = 0; names && i < CHK_COUNT(ROWS); i++) {
		const char *words;

		if (!ROWS[i].test(&twin))
			continue;
		words = words_of(arena, &twin, &ROWS[i]);
		rejected->relation = rejected->relation ?
			chk_words(arena, "%s; %s", rejected->relation, words) :
			words;
		names[rejected->relation_count++] = ROWS[i].name;
	}
	rejected->relations = names;
}
