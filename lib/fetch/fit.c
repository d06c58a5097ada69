/* lib/fetch/fit.c: which of the client's certificates a server would take. */
#include "fetch/fit.h"

#include "cert/oid.h"
#include "fetch/signature_scheme.h"

/* RFC 5246 section 7.4.4, RFC 8422 section 5.5: by what the key signs. */
static const struct {
	enum chk_key_type key;
	uint8_t type;
} TYPES[] = {
	{ CHK_KEY_RSA, 1 },     { CHK_KEY_RSA_PSS, 1 }, { CHK_KEY_DSA, 2 },
	{ CHK_KEY_EC, 64 },     { CHK_KEY_ED25519, 64 },
	{ CHK_KEY_ED448, 64 },
};

static bool is_type_wanted(const struct chk_request *request,
			   enum chk_key_type key)
{
	for (size_t i = 0; i < CHK_COUNT(TYPES); i++) {
		if (TYPES[i].key == key)
			return request->types.size &&
			       memchr(request->types.data, TYPES[i].type,
				      request->types.size);
	}
	return false;
}

static bool can_sign(const struct chk_request *request,
		     const struct chk_key *key)
{
	for (size_t i = 0; i < request->signature_count; i++) {
		if (chk_scheme_signs(request->signatures[i], key,
				     request->form == CHK_REQUEST_TLS_1_3))
			return true;
	}
	return request->form == CHK_REQUEST_TLS_1_1;
}

static bool is_covered(const uint16_t *schemes, size_t count,
		       const struct chk_cert *cert)
{
	struct chk_signature_algorithm algorithm =
		chk_signature_algorithm_find(cert->signature_algorithm);

	for (size_t i = 0; i < count; i++) {
		if (chk_scheme_covers(schemes[i], &algorithm))
			return true;
	}
	return false;
}

/* A root's own signature is looked at by nobody (RFC 8446 section 4.4.2.2). */
static bool is_chain_covered(const struct chk_request *request,
			     const struct chk_chain *chain)
{
	bool own = request->cert_signature_count > 0;
	const uint16_t *schemes = own ? request->cert_signatures :
					request->signatures;
	size_t count = own ? request->cert_signature_count :
			     request->signature_count;

	for (size_t i = 0; count && i < chain->count; i++) {
		const struct chk_cert *cert = chain->items[i].cert;

		if (!chk_cert_is_self_issued(cert) &&
		    !is_covered(schemes, count, cert))
			return false;
	}
	return true;
}

/* RFC 5280 sections 4.1.2.5, 4.2.1.3 and 4.2.1.12. */
static unsigned of_leaf(const struct chk_cert *leaf, int64_t now)
{
	struct chk_bytes client = chk_oid_bytes(CHK_OID_EKU_CLIENT_AUTH);
	unsigned misfits = 0;

	if (now > leaf->not_after)
		misfits |= CHK_MISFIT_EXPIRED;
	if (now < leaf->not_before)
		misfits |= CHK_MISFIT_EARLY;
	if (!chk_cert_allows_usage(leaf, client, true))
		misfits |= CHK_MISFIT_EKU;
	if (leaf->key_usage.present &&
	    !(leaf->key_usage.bits & CHK_USAGE_DIGITAL_SIGNATURE))
		misfits |= CHK_MISFIT_USAGE;
	return misfits;
}

static unsigned of_issuers(const struct chk_request *request,
			   const struct chk_chain *chain)
{
	const struct chk_cert *last = chain->items[chain->count - 1].cert;

	/* What could not be read of the list may be the one. */
	if (!request->issuer_count || request->issuers_left_out ||
	    request->fault || chk_request_lists(request, chain))
		return 0;
	return chain->count == 1 && !chk_cert_is_self_issued(last) ?
		       CHK_MISFIT_ISSUER | CHK_MISFIT_ALONE :
		       CHK_MISFIT_ISSUER;
}

unsigned chk_fit(const struct chk_request *request,
		 const struct chk_credential *credential, int64_t now)
{
	const struct chk_chain *chain = credential->chain;
	const struct chk_cert *leaf = chain->items[0].cert;
	unsigned misfits = of_leaf(leaf, now) | of_issuers(request, chain);

	if (!credential->matches)
		misfits |= CHK_MISFIT_KEY;
	if (request->form != CHK_REQUEST_TLS_1_3 &&
	    !is_type_wanted(request, leaf->key.type))
		misfits |= CHK_MISFIT_TYPE;
	if (!can_sign(request, &leaf->key))
		misfits |= CHK_MISFIT_SIGNATURE;
	if (!is_chain_covered(request, chain))
		misfits |= CHK_MISFIT_CERT_SIGNATURE;
	return misfits;
}

static void choose(struct chk_presented *presented)
{
	static const unsigned AGAINST[] = { ~0u, CHK_MISFIT_UNUSABLE };

	for (size_t round = 0; round < CHK_COUNT(AGAINST); round++) {
		for (size_t i = 0; i < presented->at_hand_count; i++) {
			if (presented->at_hand[i].misfits & AGAINST[round])
				continue;
			presented->at_hand[i].sent = true;
			return;
		}
	}
}

bool chk_fit_all(struct chk_presented *presented,
		 const struct chk_credential *const *credentials,
		 size_t count, int64_t now)
{
	struct chk_arena *arena = &presented->arena;

	if (presented->at_hand || !count)
		return true;
	presented->at_hand = chk_arena_array(arena, count,
					     sizeof(*presented->at_hand));
	for (size_t i = 0; presented->at_hand && i < count; i++) {
		const struct chk_chain *chain = credentials[i]->chain;

		presented->at_hand[presented->at_hand_count++] =
			(struct chk_at_hand){
			.where = chk_arena_text(arena, credentials[i]->where),
			.leaf = chk_cert_ref(chain->items[0].cert),
			.last = chk_cert_ref(
				chain->items[chain->count - 1].cert),
			.count = chain->count,
			.misfits = chk_fit(&presented->request, credentials[i],
					   now),
		};
	}
	if (arena->failed)
		return false;
	choose(presented);
	return true;
}
