/* lib/audit/leaf.c: the server's own certificate, by itself. What the search
 * judges on a path (validity, strength, usages) is not looked at again. */
#include "audit/lifetime.h"
#include "audit/server_bundle.h"
#include "audit/suffix.h"

#include <inttypes.h>

#include "cert/extension.h"
#include "cert/general_name.h"
#include "cert/oid.h"
#include "diagnosis/words.h"
#include "path/alt_names.h"

static bool has_extension(const struct chk_cert *cert, enum chk_oid wanted)
{
	struct chk_der der = chk_der_begin(cert->extensions, NULL);
	struct chk_bytes oid, value;
	bool critical;

	if (!cert->extensions.data)
		return false;
	while (!chk_der_at_end(&der) &&
	       chk_extension_next(&der, &oid, &critical, &value)) {
		if (chk_oid_find(oid) == wanted)
			return true;
	}
	return false;
}

static void judge_ca(struct chk_audit *audit, const struct chk_item *leaf)
{
	if (leaf->cert->basic_constraints.ca)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_LEAF_IS_CA, leaf,
			      "the server's certificate %s says that it is a "
			      "CA (CA:TRUE): browsers refuse it, and who has "
			      "its key can issue for any name where it is "
			      "trusted",
			      chk_words_cert(audit->arena, leaf->cert));
}

/* With the name of a host the search says it of that host. */
static void judge_names(struct chk_audit *audit, const struct chk_item *leaf)
{
	if (!leaf->cert->alt_names.present && !audit->question->host)
		chk_audit_say(audit, CHK_FINDING_COMMON_NAME_ONLY, leaf,
			      "%s has no subjectAltName: browsers and Go take "
			      "no name from the Common Name",
			      chk_words_cert(audit->arena, leaf->cert));
}

static void judge_name(struct chk_audit *audit, const struct chk_item *leaf,
		       struct chk_bytes name)
{
	const char *words = chk_words_bytes(audit->arena, name);

	if (!memchr(name.data, '.', name.size))
		chk_audit_say(audit, CHK_FINDING_BUNDLE_SHORT_NAME, leaf,
			      "%s is for the short name %s, which means "
			      "another host in another network; public CAs "
			      "issue for none",
			      chk_words_cert(audit->arena, leaf->cert), words);
	else if (chk_suffix_is_wide(name))
		chk_audit_say(audit, CHK_FINDING_BUNDLE_WILDCARD, leaf,
			      "%s is for %s, all of a public suffix: Chrome "
			      "matches no host with it, and public CAs may not "
			      "issue it (Baseline Requirements 3.2.2.6)",
			      chk_words_cert(audit->arena, leaf->cert), words);
}

static void judge_each_name(struct chk_audit *audit,
			    const struct chk_item *leaf)
{
	struct chk_der names = chk_alt_names_begin(leaf->cert);
	struct chk_general_name name;

	while (!chk_der_at_end(&names) &&
	       chk_general_name_next(&names, &name)) {
		if (name.type == CHK_NAME_DNS && name.value.size)
			judge_name(audit, leaf, name.value);
	}
}

static void judge_usage(struct chk_audit *audit, const struct chk_item *leaf)
{
	const struct chk_cert *cert = leaf->cert;

	if (cert->key_usage.present &&
	    !(cert->key_usage.bits & CHK_USAGE_DIGITAL_SIGNATURE))
		chk_audit_say(audit, CHK_FINDING_BUNDLE_KEY_USAGE, leaf,
			      "the keyUsage of %s has no digitalSignature: "
			      "TLS 1.3 and all of (EC)DHE want the server to "
			      "sign, and clients end the handshake",
			      chk_words_cert(audit->arena, cert));
}

static void judge_lifetime(struct chk_audit *audit,
			   const struct chk_server *server)
{
	const struct chk_cert *cert = server->leaf->cert;
	const struct chk_lifetime *broken =
		chk_lifetime_broken(cert, server->is_public);
	struct chk_finding_node *node;

	if (!broken)
		return;
	node = chk_audit_say(audit, CHK_FINDING_LIFETIME, server->leaf,
			      "%s is valid for %" PRId64 " days; issued at %s, "
			      "it may be for %s at most (%s, since %s)",
			      chk_words_cert(audit->arena, cert),
			      chk_lifetime_days(cert),
			      chk_words_day(audit->arena, cert->not_before),
			      broken->words, broken->ballot, broken->since);
	if (node && server->is_public) /* browsers refuse it */
		node->finding.severity = CHK_SEVERITY_ERROR;
}

static void judge_extras(struct chk_audit *audit,
			 const struct chk_server *server)
{
	const struct chk_item *leaf = server->leaf;
	const char *name = chk_words_cert(audit->arena, leaf->cert);

	if (leaf->cert->tls_features.present)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_MUST_STAPLE, leaf,
			      "%s demands a stapled OCSP response (TLS "
			      "feature, RFC 7633): a server that staples none "
			      "is refused by Firefox and GnuTLS", name);
	if (server->is_public &&
	    !has_extension(leaf->cert, CHK_OID_EXT_SCT_LIST))
		chk_audit_say(audit, CHK_FINDING_BUNDLE_NO_SCTS, leaf,
			      "%s is of a public CA and holds no SCT: Chrome "
			      "and Safari refuse it, unless the server sends "
			      "them in the handshake", name);
}

void chk_server_judge_leaf(struct chk_audit *audit,
			   const struct chk_server *server)
{
	judge_ca(audit, server->leaf);
	judge_names(audit, server->leaf);
	judge_each_name(audit, server->leaf);
	judge_usage(audit, server->leaf);
	judge_lifetime(audit, server);
	judge_extras(audit, server);
}
