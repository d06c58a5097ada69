/* lib/diagnosis/client_words.c: client certificates in words. */
#include "diagnosis/client_words.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "diagnosis/words.h"
#include "fetch/fit.h"
#include "fetch/signature_scheme.h"

#define NAMES_MAX 6 /* of CAs, in one sentence */

static const char *kept(struct chk_arena *arena,
			const struct chk_buffer *text)
{
	arena->failed |= text->failed;
	return chk_words(arena, "%s",
			 text->failed || !text->data ? "" : text->data);
}

static const char *list_issuers(struct chk_arena *arena,
				const struct chk_request *request,
				const char *last)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	size_t count = request->issuer_count, shown = count;
	size_t all = count + request->issuers_left_out;

	if (shown > NAMES_MAX)
		shown = NAMES_MAX;
	for (size_t i = 0; i < shown; i++)
		chk_buffer_format(&text, "%s%s",
				  i == 0 ? "" : i + 1 == all ? last : ", ",
				  chk_words_name(arena, request->issuers[i]));
	if (all > shown)
		chk_buffer_format(&text, "%s%zu more", shown ? last : "",
				  all - shown);
	return kept(arena, &text);
}

const char *chk_client_wanted(struct chk_arena *arena,
			      const struct chk_request *request)
{
	if (!request->issuer_count && !request->issuers_left_out)
		return "a client certificate";
	return chk_words(arena, "a client certificate issued by %s",
			 list_issuers(arena, request, " or "));
}

const char *chk_client_issuers(struct chk_arena *arena,
			       const struct chk_request *request)
{
	if (!request->issuer_count && !request->issuers_left_out)
		return "any; none is listed";
	return list_issuers(arena, request, ", ");
}

const char *chk_client_scheme(uint16_t number)
{
	return chk_scheme_name(number);
}

const char *chk_client_signatures(struct chk_arena *arena,
				  const struct chk_request *request)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	for (size_t i = 0; i < request->signature_count; i++) {
		const char *name = chk_scheme_name(request->signatures[i]);

		if (i)
			chk_buffer_text(&text, ", ");
		if (name)
			chk_buffer_text(&text, name);
		else
			chk_buffer_format(&text, "0x%04x",
					  request->signatures[i]);
	}
	return kept(arena, &text);
}

/*
 * In the order in which they are told; {name} of the issuer that the chain
 * ends with. Of ISSUER the first row that fits is the one.
 */
static const struct {
	unsigned misfit;
	const char *text;
} MISFITS[] = {
	{ CHK_MISFIT_KEY, "the private key belongs to another certificate" },
	{ CHK_MISFIT_TYPE, "the server takes no certificate with {key}" },
	{ CHK_MISFIT_SIGNATURE,
	  "the server takes no signature that {key} makes" },
	{ CHK_MISFIT_EXPIRED, "it expired on {until}" },
	{ CHK_MISFIT_EARLY, "it is not valid before {from}" },
	{ CHK_MISFIT_EKU,
	  "its extended key usage, {usages}, lacks clientAuth" },
	{ CHK_MISFIT_USAGE, "its key usage lacks digitalSignature" },
	{ CHK_MISFIT_ISSUER | CHK_MISFIT_ALONE,
	  "it is from {issuer}, which is not listed; if one of those listed "
	  "has issued {issuer}, its certificate must be sent as well" },
	{ CHK_MISFIT_ISSUER, "it is from {issuer}, which is not listed" },
	{ CHK_MISFIT_CERT_SIGNATURE, "a certificate of its chain is signed in "
				     "a way that the server does not list" },
};

static const char *key_words(const struct chk_cert *cert)
{
	static const char *const WORDS[] = {
		[CHK_KEY_UNKNOWN] = "such a key",
		[CHK_KEY_RSA] = "an RSA key",
		[CHK_KEY_RSA_PSS] = "an RSA-PSS key",
		[CHK_KEY_DSA] = "a DSA key",
		[CHK_KEY_EC] = "a key of this curve",
		[CHK_KEY_ED25519] = "an Ed25519 key",
		[CHK_KEY_ED448] = "an Ed448 key",
	};

	return WORDS[cert->key.type];
}

struct filling {
	struct chk_arena *arena;
	const struct chk_at_hand *at_hand;
};

static const char *value_of(const void *with, const char *place, size_t size)
{
	const struct filling *filling = with;
	struct chk_arena *arena = filling->arena;
	const struct chk_cert *leaf = filling->at_hand->leaf;

	switch (size) {
	case 3: /* key */
		return key_words(leaf);
	case 4: /* from */
		return chk_words_when(arena, leaf->not_before);
	case 5: /* until */
		return chk_words_when(arena, leaf->not_after);
	default:
		return *place == 'u' ? chk_words_usages(arena, leaf) :
			chk_words_name(arena, filling->at_hand->last->issuer);
	}
}

const char *chk_client_misfits(struct chk_arena *arena,
			       const struct chk_at_hand *at_hand)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	const struct filling filling = { arena, at_hand };
	unsigned left = at_hand->misfits;

	for (size_t i = 0; i < CHK_COUNT(MISFITS); i++) {
		if ((left & MISFITS[i].misfit) != MISFITS[i].misfit)
			continue;
		left &= ~MISFITS[i].misfit;
		chk_buffer_format(&text, "%s%s", text.size ? "; " : "",
				  chk_words_fill(arena, MISFITS[i].text,
						 value_of, &filling));
	}
	return kept(arena, &text);
}

const char *chk_client_at_hand(struct chk_arena *arena,
			       const struct chk_at_hand *at_hand)
{
	const char *misfits = chk_client_misfits(arena, at_hand);

	return chk_words(arena, "%s, %s: %s; it was %s",
			 chk_words_escape(arena, at_hand->where),
			 chk_words_cert(arena, at_hand->leaf),
			 *misfits ? misfits : "nothing speaks against it",
			 !at_hand->sent ? "not sent" :
			 *misfits       ? "sent all the same" :
					  "sent");
}

/* Alerts of RFC 8446 section 6 that a client's certificate brings. */
static bool is_about_certificate(int alert)
{
	static const int ALERTS[] = { 40, 41, 42, 43, 44, 45, 46, 48, 49, 51,
				      116 };

	for (size_t i = 0; i < CHK_COUNT(ALERTS); i++) {
		if (ALERTS[i] == alert)
			return true;
	}
	return false;
}

bool chk_client_is_refused(const struct chk_presented *presented)
{
	return presented->client_certificate_wanted &&
	       presented->step >= CHK_STEP_CERTIFICATE &&
	       ((presented->failure == CHK_FAILURE_ALERT &&
		 is_about_certificate(presented->alert)) ||
		presented->failure == CHK_FAILURE_CLOSED ||
		presented->failure == CHK_FAILURE_RESET);
}
