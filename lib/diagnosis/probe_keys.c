/* lib/diagnosis/probe_keys.c: two certificates behind one address. */
#include "diagnosis/probe_keys.h"

#include "diagnosis/words.h"

/*
 * TLS 1.2 chooses the certificate by the key exchange, TLS 1.3 by the
 * signatures. Those of PKCS #1 sign nothing in TLS 1.3 but the certificates
 * themselves (RFC 8446 section 4.2.3), so an RSA CA does no harm to a leaf with
 * another key; a CA with a key of a curve may, to an RSA leaf.
 */
#define PKCS1 "+SIGN-RSA-SHA256:+SIGN-RSA-SHA384:+SIGN-RSA-SHA512"

static const struct {
	enum chk_key_type type;
	const char *name;
	const char *priority;
} KEYS[CHK_PROBE_KINDS] = {
	[CHK_PROBE_RSA] = {
		CHK_KEY_RSA, "RSA",
		":-ECDHE-ECDSA:-SIGN-ALL:" PKCS1
		":+SIGN-RSA-PSS-RSAE-SHA256:+SIGN-RSA-PSS-RSAE-SHA384"
		":+SIGN-RSA-PSS-RSAE-SHA512:+SIGN-RSA-SHA1" },
	[CHK_PROBE_ECDSA] = {
		CHK_KEY_EC, "ECDSA",
		":-RSA:-DHE-RSA:-ECDHE-RSA:-SIGN-ALL:" PKCS1
		":+SIGN-ECDSA-SHA256:+SIGN-ECDSA-SHA384:+SIGN-ECDSA-SHA512"
		":+SIGN-ECDSA-SECP256R1-SHA256:+SIGN-ECDSA-SECP384R1-SHA384"
		":+SIGN-ECDSA-SECP521R1-SHA512:+SIGN-ECDSA-SHA1" },
};

const char *chk_probe_key_priority(enum chk_probe_kind kind)
{
	return KEYS[kind].priority;
}

enum chk_key_type chk_probe_key(enum chk_probe_kind kind)
{
	return KEYS[kind].type;
}

bool chk_probe_sent_key(const struct chk_probe *probe,
			enum chk_key_type type)
{
	return probe->presented && probe->presented->chain->count &&
	       probe->presented->chain->items[0].cert->key.type == type;
}

/* Sent alone, though somebody else has issued it. */
static bool is_alone(const struct chk_presented *presented)
{
	return presented->chain->count == 1 &&
	       !chk_cert_is_self_issued(presented->chain->items[0].cert);
}

const char *chk_probe_keys_tell(struct chk_arena *arena,
				const struct chk_probed *at,
				enum chk_probe_kind kind)
{
	const struct chk_probe *whole = &at->probes[CHK_PROBE_WHOLE];
	const struct chk_presented *these, *those;
	enum chk_probe_kind other = kind == CHK_PROBE_RSA ? CHK_PROBE_ECDSA :
							    CHK_PROBE_RSA;
	size_t more;

	if (!chk_probe_sent_key(&at->probes[kind], KEYS[kind].type) ||
	    !chk_probe_sent_key(whole, KEYS[other].type))
		return "";
	these = at->probes[kind].presented;
	those = whole->presented;
	if (is_alone(these) == is_alone(those))
		return "the server has an RSA and an ECDSA certificate";
	more = (is_alone(these) ? those : these)->chain->count - 1;
	return chk_words(arena, "the server has an RSA and an ECDSA "
			 "certificate; the %s one is sent alone, without an "
			 "intermediate, and the %s one with %zu more",
			 KEYS[is_alone(these) ? kind : other].name,
			 KEYS[is_alone(these) ? other : kind].name, more);
}
