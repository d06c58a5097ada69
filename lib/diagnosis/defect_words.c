/* lib/diagnosis/defect_words.c: each rule's sentence, with both operands. */
#include "diagnosis/words.h"

#include "base/when.h"

typedef const char *teller(struct chk_arena *arena,
			   const struct chk_defect *defect);

static const char *tell_elsewhere(struct chk_arena *arena,
				  const struct chk_defect *defect)
{
	return chk_words(arena, "%s, the issuer of %s, was not sent",
			 chk_words_cert(arena, defect->other),
			 chk_words_cert(arena, defect->cert));
}

static const char *tell_unfit(struct chk_arena *arena,
			      const struct chk_defect *defect)
{
	return chk_words(arena, "a certificate of %s that is fit to stand "
			 "above %s is not at hand",
			 chk_words_name(arena, defect->cert->issuer),
			 chk_words_cert(arena, defect->cert));
}

static const char *tell_circle(struct chk_arena *arena,
			       const struct chk_defect *defect)
{
	return chk_words(arena, "the certificates above %s issued each other "
			 "in a circle, and no store has one of them",
			 chk_words_cert(arena, defect->cert));
}

static const char *tell_anchor_missing(struct chk_arena *arena,
				       const struct chk_defect *defect)
{
	return chk_words(arena, "%s is self-signed and in none of the stores "
			 "that count", chk_words_cert(arena, defect->cert));
}

/* Of the issuer that the certificate asks for. */
static const char *asked_key_id(struct chk_arena *arena,
				const struct chk_defect *defect)
{
	return chk_words_key_id(arena, defect->cert->authority.key_id);
}

static const char *tell_unknown(struct chk_arena *arena,
				const struct chk_defect *defect)
{
	return chk_words(arena, "the issuer of %s, %s%s, is not at hand",
			 chk_words_cert(arena, defect->cert),
			 chk_words_name(arena, defect->cert->issuer),
			 chk_words_with_key_id(
				 arena, defect->cert->authority.key_id));
}

static const char *tell_self_signed(struct chk_arena *arena,
				    const struct chk_defect *defect)
{
	return chk_words(arena, "%s is signed by its own key and in none of "
			 "the stores that count",
			 chk_words_cert(arena, defect->cert));
}

static const char *tell_host(struct chk_arena *arena,
			     const struct chk_defect *defect)
{
	return chk_words(arena, "%s is for %s",
			 chk_words_cert(arena, defect->cert),
			 chk_words_alt_names(arena, defect->cert, 4));
}

static const char *tell_common_name(struct chk_arena *arena,
				    const struct chk_defect *defect)
{
	return chk_words(arena, "%s has no subjectAltName, and its Common Name "
			 "does not count",
			 chk_words_cert(arena, defect->cert));
}

static const char *tell_expired(struct chk_arena *arena,
				const struct chk_defect *defect)
{
	return chk_words(arena, "%s expired %s before %s, at %s",
			 chk_words_cert(arena, defect->cert),
			 chk_words_between(arena, defect->when,
					   defect->found_when),
			 chk_words_when(arena, defect->found_when),
			 chk_words_when(arena, defect->when));
}

static const char *tell_not_yet(struct chk_arena *arena,
				const struct chk_defect *defect)
{
	return chk_words(arena, "%s begins to be valid at %s, %s after %s",
			 chk_words_cert(arena, defect->cert),
			 chk_words_when(arena, defect->when),
			 chk_words_between(arena, defect->found_when,
					   defect->when),
			 chk_words_when(arena, defect->found_when));
}

static const char *tell_purpose(struct chk_arena *arena,
				const struct chk_defect *defect)
{
	return chk_words(arena, defect->flag ?
				"%s allows %s, and %s alone is wanted, marked "
				"as critical (RFC 3161 2.3)" :
				"%s allows %s, and %s is wanted",
			 chk_words_cert(arena, defect->cert),
			 chk_words_usages(arena, defect->cert),
			 chk_words_oid(arena, defect->a));
}

static const char *tell_key_usage(struct chk_arena *arena,
				  const struct chk_defect *defect)
{
	return chk_words(arena, "%s has a keyUsage without keyCertSign, and "
			 "signed a certificate",
			 chk_words_cert(arena, defect->cert));
}

static const char *tell_leaf_usage(struct chk_arena *arena,
				   const struct chk_defect *defect)
{
	const char *lacks = "digitalSignature, keyEncipherment and "
			    "keyAgreement, and is a server's";

	if (defect->found == CHK_USAGE_DIGITAL_SIGNATURE)
		lacks = "digitalSignature, and its key is to sign the key "
			"exchange";
	else if (!(defect->found & CHK_USAGE_DIGITAL_SIGNATURE))
		lacks = "keyEncipherment, and its key is to decrypt in the "
			"key exchange of RSA";
	return chk_words(arena, "%s has a keyUsage without %s",
			 chk_words_cert(arena, defect->cert), lacks);
}

static const char *tell_staple(struct chk_arena *arena,
			       const struct chk_defect *defect)
{
	return chk_words(arena, "%s says by its TLS features that an OCSP "
			 "response comes with it, and the server sent none",
			 chk_words_cert(arena, defect->cert));
}

static const char *tell_critical(struct chk_arena *arena,
				 const struct chk_defect *defect)
{
	return chk_words(arena, "%s holds %s and marks it as critical, and it "
			 "is not known here",
			 chk_words_cert(arena, defect->cert),
			 chk_words_oid(arena, defect->a));
}

/* Without operands the constraints could not be processed at all. */
static const char *tell_constraint(struct chk_arena *arena,
				   const struct chk_defect *defect)
{
	const char *issuer = chk_words_cert(arena, defect->other ?
						   defect->other :
						   defect->cert);

	if (!defect->a.data && !defect->b.data)
		return chk_words(arena, "the name constraints of %s could not "
				 "be held against all names below it", issuer);
	if (defect->flag)
		return chk_words(arena, "the name %s lies in %s, which %s "
				 "excludes", chk_words_bytes(arena, defect->b),
				 chk_words_bytes(arena, defect->a), issuer);
	if (!defect->a.data)
		return chk_words(arena, "the name %s lies outside of what %s "
				 "permits", chk_words_bytes(arena, defect->b),
				 issuer);
	return chk_words(arena, "the name %s lies outside of %s, which is what "
			 "%s permits", chk_words_bytes(arena, defect->b),
			 chk_words_bytes(arena, defect->a), issuer);
}

static const char *tell_policy(struct chk_arena *arena,
			       const struct chk_defect *defect)
{
	const char *cert = chk_words_cert(arena, defect->cert);

	if (defect->text)
		return chk_words(arena, "the certificate policies of %s cannot "
				 "be worked through: %s", cert, defect->text);
	if (!defect->other)
		return chk_words(arena, "a certificate policy is asked for, "
				 "and %s leaves the path without one that is "
				 "wanted", cert);
	return chk_words(arena, "%s demands a certificate policy, and %s "
			 "leaves the path without one that is wanted",
			 chk_words_cert(arena, defect->other), cert);
}

static const char *tell_weak_key(struct chk_arena *arena,
				 const struct chk_defect *defect)
{
	if (defect->flag)
		return chk_words(arena, "the key of %s is a DSA key, which "
				 "clients no longer take",
				 chk_words_cert(arena, defect->cert));
	if (!defect->found)
		return chk_words(arena, "the key of %s is not one that can be "
				 "used", chk_words_cert(arena, defect->cert));
	return chk_words(arena, "the key of %s has %u bits, and at least %u "
			 "are wanted", chk_words_cert(arena, defect->cert),
			 defect->found, defect->allowed);
}

static const char *tell_weak_signature(struct chk_arena *arena,
				       const struct chk_defect *defect)
{
	return chk_words(arena, "%s is signed with %s, which can be forged",
			 chk_words_cert(arena, defect->cert),
			 defect->text ? defect->text : "an old algorithm");
}

/* RFC 5280 5.3.1; there is no 7. */
static const char *const REASONS[] = {
	[1] = "its key was compromised",
	[2] = "the key of its CA was compromised",
	[3] = "what it says of its owner has changed",
	[4] = "it was superseded",
	[5] = "it is no longer needed",
	[6] = "it is on hold",
	[8] = "removeFromCRL, a reason that delta CRLs alone may give",
	[9] = "a privilege in it was withdrawn",
	[10] = "the key of the attribute authority was compromised",
};

static const char *tell_revoked(struct chk_arena *arena,
				const struct chk_defect *defect)
{
	const char *reason = defect->found < CHK_COUNT(REASONS) ?
				     REASONS[defect->found] : NULL;

	return chk_words(arena, "%s was revoked at %s: %s",
			 chk_words_cert(arena, defect->cert),
			 chk_words_when(arena, defect->when),
			 reason ? reason : "no reason is given");
}

static const char *tell_revocation_unknown(struct chk_arena *arena,
					   const struct chk_defect *defect)
{
	bool late = defect->when < defect->found_when;
	const char *bound = !defect->flag ? "" :
		chk_words(arena, late ? "; it ended at %s (nextUpdate)" :
					"; it begins at %s (thisUpdate)",
			  chk_words_when(arena, defect->when));

	return chk_words(arena, "nothing proves that %s has not been revoked: "
			 "%s%s", chk_words_cert(arena, defect->cert),
			 defect->text, bound);
}

static const char *tell_path_length(struct chk_arena *arena,
				    const struct chk_defect *defect)
{
	return chk_words(arena, "%s allows %u CA%s below it, and the path has "
			 "%u", chk_words_cert(arena, defect->cert),
			 defect->allowed, defect->allowed == 1 ? "" : "s",
			 defect->found);
}

static const char *tell_depth(struct chk_arena *arena,
			      const struct chk_defect *defect)
{
	return chk_words(arena, "the path has %u intermediate%s up to %s, and "
			 "at most %u were asked for", defect->found,
			 defect->found == 1 ? "" : "s",
			 chk_words_cert(arena, defect->cert),
			 defect->allowed);
}

static const char *tell_not_a_ca(struct chk_arena *arena,
				 const struct chk_defect *defect)
{
	const struct chk_cert *cert = defect->cert;

	return chk_words(arena, "%s signed a certificate and %s",
			 chk_words_cert(arena, cert),
			 cert->basic_constraints.present ?
				 "has CA:FALSE" :
				 "has no basicConstraints that say it is a CA");
}

static const char *tell_malformed(struct chk_arena *arena,
				  const struct chk_defect *defect)
{
	return chk_words(arena, "%s is malformed: %s",
			 chk_words_cert(arena, defect->cert),
			 chk_words_escape(arena, defect->text));
}

static const char *tell_form(struct chk_arena *arena,
			     const struct chk_defect *defect)
{
	return chk_words(arena, "%s should not have been issued: %s",
			 chk_words_cert(arena, defect->cert), defect->text);
}

static const char *tell_distrusted(struct chk_arena *arena,
				   const struct chk_defect *defect)
{
	return chk_words(arena, "%s is distrusted",
			 chk_words_cert(arena, defect->cert));
}

static const char *tell_anchor_purpose(struct chk_arena *arena,
				       const struct chk_defect *defect)
{
	return chk_words(arena, "%s is in the store and is not trusted there "
			 "for this purpose",
			 chk_words_cert(arena, defect->cert));
}

static const char *tell_distrust_after(struct chk_arena *arena,
				       const struct chk_defect *defect)
{
	return chk_words(arena, "%s is trusted for certificates issued up to "
			 "%s, and this one was issued at %s",
			 chk_words_cert(arena, defect->cert),
			 chk_words_when(arena, defect->when),
			 chk_words_when(arena, defect->found_when));
}

static const char *tell_key_mismatch(struct chk_arena *arena,
				     const struct chk_defect *defect)
{
	/* Nothing says then whose signature it is. */
	if (!defect->other->key_id.data ||
	    !defect->cert->authority.key_id.data)
		return chk_words(arena, "the signature on %s was not made by "
				 "the key of %s",
				 chk_words_cert(arena, defect->cert),
				 chk_words_cert(arena, defect->other));
	return chk_words(arena, "%s has key id %s, and %s was signed by key "
			 "id %s", chk_words_cert(arena, defect->other),
			 chk_words_key_id(arena, defect->other->key_id),
			 chk_words_cert(arena, defect->cert),
			 asked_key_id(arena, defect));
}

static const char *tell_key_ids(struct chk_arena *arena,
				const struct chk_defect *defect)
{
	return chk_words(arena, "%s did sign %s, which names the issuer's key "
			 "id as %s while it is %s",
			 chk_words_cert(arena, defect->other),
			 chk_words_cert(arena, defect->cert),
			 asked_key_id(arena, defect),
			 chk_words_key_id(arena, defect->other->key_id));
}

static const char *tell_signature(struct chk_arena *arena,
				  const struct chk_defect *defect)
{
	if (defect->flag)
		return chk_words(arena, "the signature on %s uses an algorithm "
				 "or a key that cannot be checked here",
				 chk_words_cert(arena, defect->cert));
	return chk_words(arena, "the signature on %s was not made by the key "
			 "of %s, though the key ids agree",
			 chk_words_cert(arena, defect->cert),
			 chk_words_cert(arena, defect->other));
}

static teller *const TELLERS[CHK_RULE_COUNT] = {
	[CHK_RULE_ISSUER_ELSEWHERE] = tell_elsewhere,
	[CHK_RULE_ANCHOR_MISSING] = tell_anchor_missing,
	[CHK_RULE_ISSUER_UNKNOWN] = tell_unknown,
	[CHK_RULE_ISSUER_UNFIT] = tell_unfit,
	[CHK_RULE_ISSUER_CIRCLE] = tell_circle,
	[CHK_RULE_SELF_SIGNED_LEAF] = tell_self_signed,
	[CHK_RULE_HOST_NAME] = tell_host,
	[CHK_RULE_COMMON_NAME_ONLY] = tell_common_name,
	[CHK_RULE_EXPIRED] = tell_expired,
	[CHK_RULE_NOT_YET_VALID] = tell_not_yet,
	[CHK_RULE_PURPOSE] = tell_purpose,
	[CHK_RULE_KEY_USAGE] = tell_key_usage,
	[CHK_RULE_LEAF_USAGE] = tell_leaf_usage,
	[CHK_RULE_STAPLE_MISSING] = tell_staple,
	[CHK_RULE_UNKNOWN_CRITICAL] = tell_critical,
	[CHK_RULE_NAME_CONSTRAINT] = tell_constraint,
	[CHK_RULE_POLICY] = tell_policy,
	[CHK_RULE_WEAK_KEY] = tell_weak_key,
	[CHK_RULE_WEAK_SIGNATURE] = tell_weak_signature,
	[CHK_RULE_REVOKED] = tell_revoked,
	[CHK_RULE_REVOCATION_UNKNOWN] = tell_revocation_unknown,
	[CHK_RULE_PATH_LENGTH] = tell_path_length,
	[CHK_RULE_MAX_DEPTH] = tell_depth,
	[CHK_RULE_NOT_A_CA] = tell_not_a_ca,
	[CHK_RULE_MALFORMED] = tell_malformed,
	[CHK_RULE_FORM] = tell_form,
	[CHK_RULE_KEY_IDS] = tell_key_ids,
	[CHK_RULE_DISTRUSTED] = tell_distrusted,
	[CHK_RULE_WRONG_PURPOSE_ANCHOR] = tell_anchor_purpose,
	[CHK_RULE_DISTRUST_AFTER] = tell_distrust_after,
	[CHK_RULE_KEY_MISMATCH] = tell_key_mismatch,
	[CHK_RULE_SIGNATURE] = tell_signature,
};

/* A rule without a sentence of its own has its name at least. */
const char *chk_words_defect(struct chk_arena *arena,
			     const struct chk_defect *defect)
{
	teller *tell = TELLERS[defect->rule];

	if (tell)
		return tell(arena, defect);
	return chk_words(arena, "%s breaks the rule %s",
			 chk_words_cert(arena, defect->cert),
			 chk_rule_facts(defect->rule)->name);
}

/* It begins with a name in quotes or a word of ours, never a stranger's. */
const char *chk_words_sentence(struct chk_arena *arena,
			       const struct chk_defect *defect)
{
	const char *words = chk_words_defect(arena, defect);

	if (*words < 'a' || *words > 'z')
		return words;
	return chk_words(arena, "%c%s", *words - 'a' + 'A', words + 1);
}
