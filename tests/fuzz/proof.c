/* tests/fuzz/proof.c: a yes held against GnuTLS. */
#include "fuzz/proof.h"

#include <stdlib.h>

#include <gnutls/x509.h>

#define MAX_LINKS 32

static void must(bool done)
{
	if (!done)
		abort();
}

static gnutls_datum_t datum_of(struct chk_bytes bytes)
{
	gnutls_datum_t datum = { .size = (unsigned)bytes.size };

	memcpy(&datum.data, &bytes.data, sizeof(datum.data));
	return datum;
}

/* The header of a TLV: its size, and that of its content. Any DER will do. */
static size_t header(const uint8_t *at, size_t *content)
{
	size_t bytes = at[1] & 0x7f;

	if (at[1] < 0x80) {
		*content = at[1];
		return 2;
	}
	*content = 0;
	for (size_t i = 0; i < bytes; i++)
		*content = *content << 8 | at[2 + i];
	return 2 + bytes;
}

static struct chk_bytes tbs_of(struct chk_bytes der)
{
	size_t content, skip = header(der.data, &content);
	const uint8_t *tbs = der.data + skip;

	skip = header(tbs, &content);
	return chk_bytes_of(tbs, skip + content);
}

static gnutls_x509_crt_t import(const struct chk_cert *cert)
{
	gnutls_datum_t der = datum_of(chk_cert_der(cert));
	gnutls_x509_crt_t crt;

	must(gnutls_x509_crt_init(&crt) >= 0);
	must(gnutls_x509_crt_import(crt, &der, GNUTLS_X509_FMT_DER) >= 0);
	return crt;
}

static void check_signature(const struct chk_cert *cert, gnutls_x509_crt_t crt,
			    gnutls_x509_crt_t issuer)
{
	gnutls_datum_t tbs = datum_of(tbs_of(chk_cert_der(cert)));
	char room[4096];
	size_t size = sizeof(room);
	gnutls_datum_t signature = { (unsigned char *)room, 0 };
	int algorithm = gnutls_x509_crt_get_signature_algorithm(crt);
	gnutls_pubkey_t key;

	must(algorithm > 0);
	must(gnutls_x509_crt_get_signature(crt, room, &size) >= 0);
	signature.size = (unsigned)size;
	must(gnutls_pubkey_init(&key) >= 0);
	must(gnutls_pubkey_import_x509(key, issuer, 0) >= 0);
	must(gnutls_pubkey_verify_data2(
		     key, (gnutls_sign_algorithm_t)algorithm,
		     GNUTLS_VERIFY_ALLOW_BROKEN |
			     GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1,
		     &tbs, &signature) >= 0);
	gnutls_pubkey_deinit(key);
}

static void check_time(gnutls_x509_crt_t crt)
{
	must(gnutls_x509_crt_get_activation_time(crt) <= GRAPH_NOW);
	must(gnutls_x509_crt_get_expiration_time(crt) >= GRAPH_NOW);
}

/* RFC 5280 6.1.4 (k); an anchor of version 1 cannot say that it is a CA. */
static void check_ca(gnutls_x509_crt_t crt, bool is_anchor)
{
	unsigned critical, usage = 0;
	bool old = gnutls_x509_crt_get_version(crt) < 3;

	must(gnutls_x509_crt_get_ca_status(crt, &critical) > 0 ||
	     (is_anchor && old));
	if (gnutls_x509_crt_get_key_usage(crt, &usage, &critical) >= 0)
		must(usage & GNUTLS_KEY_KEY_CERT_SIGN);
}

static const struct graph_item *find(const struct graph *graph,
				     const struct chk_cert *cert,
				     unsigned roles)
{
	struct chk_bytes der = chk_cert_der(cert);

	for (size_t i = 0; i < graph->count; i++) {
		if ((graph->items[i].roles & roles) &&
		    chk_bytes_equal(graph->items[i].der, der))
			return &graph->items[i];
	}
	return NULL;
}

/* An anchor of the store, for this purpose. */
static void check_anchor(const struct graph *graph,
			 const struct chk_cert *cert, enum chk_purpose purpose)
{
	bool found = false;

	for (size_t i = 0; i < graph->count; i++) {
		const struct graph_item *item = &graph->items[i];

		found |= (item->roles & GRAPH_ANCHOR) &&
			 chk_bytes_equal(item->der, chk_cert_der(cert)) &&
			 (!(item->roles & GRAPH_EMAIL_ONLY) ||
			  purpose == CHK_PURPOSE_EMAIL ||
			  purpose == CHK_PURPOSE_ANY);
	}
	must(found);
}

/* Blocked for e-mail alone is blocked for that, or where all are meant. */
static void check_not_refused(const struct graph *graph,
			      const struct chk_cert *cert)
{
	const struct graph_item *blocked = find(graph, cert, GRAPH_BLOCKED);

	must(!find(graph, cert, GRAPH_DISTRUSTED));
	must(!blocked || (blocked->roles & GRAPH_EMAIL_ONLY));
}

static void check_usage(gnutls_x509_crt_t crt, enum chk_purpose purpose)
{
	static const char *const USAGES[CHK_PURPOSE_COUNT] = {
		[CHK_PURPOSE_TLS_SERVER] = GNUTLS_KP_TLS_WWW_SERVER,
		[CHK_PURPOSE_TLS_CLIENT] = GNUTLS_KP_TLS_WWW_CLIENT,
		[CHK_PURPOSE_EMAIL] = GNUTLS_KP_EMAIL_PROTECTION,
		[CHK_PURPOSE_CODE_SIGNING] = GNUTLS_KP_CODE_SIGNING,
		[CHK_PURPOSE_TIME_STAMPING] = GNUTLS_KP_TIME_STAMPING,
		[CHK_PURPOSE_OCSP_SIGNING] = GNUTLS_KP_OCSP_SIGNING,
	};

	if (USAGES[purpose])
		must(gnutls_x509_crt_check_key_purpose(crt, USAGES[purpose],
						       0));
}

/* 6.1.4 (l), (m): self-issued ones are not counted. */
static void check_lengths(const struct chk_path_view *path,
			  const gnutls_x509_crt_t *crts)
{
	unsigned critical, ca;
	int length, below = 0;

	for (size_t i = 1; i < path->link_count; i++) {
		if (gnutls_x509_crt_get_basic_constraints(
			    crts[i], &critical, &ca, &length) >= 0 &&
		    length >= 0)
			must(below <= length);
		/* What names are the same is dn_fuzzer's question. */
		below += !chk_cert_is_self_issued(path->links[i].subject.cert);
	}
}

static void check_links(const struct chk_path_view *path,
			const struct chk_question *question,
			const struct graph *graph)
{
	gnutls_x509_crt_t crts[MAX_LINKS] = { NULL };
	size_t count = path->link_count;

	for (size_t i = 0; i < count; i++)
		crts[i] = import(path->links[i].subject.cert);
	for (size_t i = 0; i < count; i++) {
		const struct chk_cert *cert = path->links[i].subject.cert;

		must(path->links[i].defect_count == 0);
		check_time(crts[i]);
		check_usage(crts[i], question->purpose);
		check_not_refused(graph, cert);
		if (i > 0)
			check_ca(crts[i], i == count - 1);
		if (i + 1 < count)
			check_signature(cert, crts[i], crts[i + 1]);
	}
	check_lengths(path, crts);
	if (question->host)
		must(gnutls_x509_crt_check_hostname(crts[0], question->host));
	for (size_t i = 0; i < count; i++)
		gnutls_x509_crt_deinit(crts[i]);
}

void proof_check(const struct chk_report *report,
		 const struct chk_question *question,
		 const struct graph *graph)
{
	const struct chk_path_view *path = chk_report_path(report, 0);
	const struct chk_path_link *top;

	must(path && path->verdict == CHK_VERDICT_TRUSTED &&
	     path->link_count > 0 && path->link_count <= MAX_LINKS);
	top = &path->links[path->link_count - 1];
	must(path->link_count == 1 || top->role == CHK_ROLE_ANCHOR);
	must(chk_bytes_equal(chk_cert_der(path->links[0].subject.cert),
			     graph->items[0].der));
	check_anchor(graph, top->subject.cert, question->purpose);
	/* Without a CRL nobody can say that it is not revoked. */
	must(!question->crls || path->link_count == 1 ||
	     chk_crls_count(question->crls) > 0);
	check_links(path, question, graph);
}
