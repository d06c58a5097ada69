/* tests/fuzz/gnutls_answer.c: what GnuTLS says of a chain. */
#include "fuzz/gnutls_answer.h"

#include <stdlib.h>

#include <gnutls/x509.h>

#include "base/bytes.h"
#include "fuzz/made_graph.h"

/*
 * Who GnuTLS found to have issued what. Its callback has no argument of the
 * caller's; the DER is freed with the rest.
 */
static struct {
	gnutls_datum_t cert, issuer;
} STEPS[4 * ASKED_MAX];
static size_t step_count;

static void must(bool done)
{
	if (!done)
		abort();
}

static int note_step(gnutls_x509_crt_t cert, gnutls_x509_crt_t issuer,
		     gnutls_x509_crl_t crl, unsigned status)
{
	if (!issuer || status || step_count == CHK_COUNT(STEPS))
		return 0;
	must(gnutls_x509_crt_export2(cert, GNUTLS_X509_FMT_DER,
				     &STEPS[step_count].cert) >= 0);
	must(gnutls_x509_crt_export2(issuer, GNUTLS_X509_FMT_DER,
				     &STEPS[step_count++].issuer) >= 0);
	return 0;
}

static void forget_steps(void)
{
	while (step_count > 0) {
		gnutls_free(STEPS[--step_count].cert.data);
		gnutls_free(STEPS[step_count].issuer.data);
	}
}

static time_t now(time_t *at)
{
	if (at)
		*at = GRAPH_NOW;
	return GRAPH_NOW;
}

/* The certificate of `what` that has these bytes. */
static struct chk_bytes find(const struct asked *what, struct chk_bytes wanted)
{
	for (size_t i = 0; i < what->chain_count; i++) {
		if (chk_bytes_equal(what->chain[i], wanted))
			return what->chain[i];
	}
	for (size_t i = 0; i < what->anchor_count; i++) {
		if (chk_bytes_equal(what->anchors[i], wanted))
			return what->anchors[i];
	}
	abort();
}

static bool next_step(const struct asked *what, struct chk_bytes *at)
{
	for (size_t i = 0; i < step_count; i++) {
		struct chk_bytes cert = chk_bytes_of(STEPS[i].cert.data,
						     STEPS[i].cert.size);

		struct chk_bytes issuer = chk_bytes_of(STEPS[i].issuer.data,
						       STEPS[i].issuer.size);

		if (!chk_bytes_equal(cert, *at) ||
		    chk_bytes_equal(issuer, *at))
			continue;
		*at = find(what, issuer);
		return true;
	}
	return false;
}

/* From the leaf up: what has no step above it is the anchor. */
static void set_path(struct asked *path, const struct asked *what)
{
	struct chk_bytes at = what->chain[0];

	*path = (struct asked){ .chain = { at }, .chain_count = 1 };
	while (path->chain_count < ASKED_MAX && next_step(what, &at))
		path->chain[path->chain_count++] = at;
	path->anchors[path->anchor_count++] = at;
	path->chain_count -= path->chain_count > 1;
}

/* Those that it can read. */
static unsigned import(const struct chk_bytes *ders, size_t count,
		       gnutls_x509_crt_t *crts, bool *unread)
{
	unsigned read = 0;

	for (size_t i = 0; i < count; i++) {
		gnutls_datum_t der = { .size = (unsigned)ders[i].size };

		memcpy(&der.data, &ders[i].data, sizeof(der.data));
		must(gnutls_x509_crt_init(&crts[read]) >= 0);
		if (gnutls_x509_crt_import(crts[read], &der,
					   GNUTLS_X509_FMT_DER) >= 0) {
			read++;
			continue;
		}
		gnutls_x509_crt_deinit(crts[read]);
		*unread = true;
	}
	return read;
}

static void release(gnutls_x509_crt_t *crts, unsigned count)
{
	while (count > 0)
		gnutls_x509_crt_deinit(crts[--count]);
}

static void verify(struct gnutls_answer *answer, gnutls_x509_crt_t *chain,
		   unsigned chain_count, gnutls_x509_crt_t *anchors,
		   unsigned anchor_count)
{
	unsigned flags = GNUTLS_PROFILE_TO_VFLAGS(GNUTLS_PROFILE_MEDIUM);
	gnutls_x509_trust_list_t list;

	must(gnutls_x509_trust_list_init(&list, 0) >= 0);
	must(gnutls_x509_trust_list_add_cas(list, anchors, anchor_count, 0) ==
	     (int)anchor_count);
	if (gnutls_x509_trust_list_verify_crt2(list, chain, chain_count, NULL,
					       0, flags, &answer->status,
					       note_step) < 0)
		answer->status = GNUTLS_CERT_INVALID;
	answer->yes = answer->status == 0;
	gnutls_x509_trust_list_deinit(list, 0);
}

void gnutls_answer_ask(struct gnutls_answer *answer, const struct asked *what)
{
	gnutls_x509_crt_t chain[ASKED_MAX], anchors[ASKED_MAX];
	unsigned chain_count, anchor_count;

	*answer = (struct gnutls_answer){ .status = GNUTLS_CERT_INVALID };
	gnutls_global_set_time_function(now);
	chain_count = import(what->chain, 1, chain, &answer->unread);
	anchor_count = import(what->anchors, what->anchor_count, anchors,
			      &answer->unread);
	if (chain_count > 0) {
		chain_count += import(what->chain + 1, what->chain_count - 1,
				      chain + 1, &answer->unread);
		verify(answer, chain, chain_count, anchors, anchor_count);
	}
	if (answer->yes)
		set_path(&answer->path, what);
	forget_steps();
	release(chain, chain_count);
	release(anchors, anchor_count);
}

typedef int (*get_constraint)(gnutls_x509_name_constraints_t, unsigned,
			      unsigned *, gnutls_datum_t *);

static bool has_form(gnutls_x509_name_constraints_t constraints,
		     get_constraint get, bool dns)
{
	gnutls_datum_t name;
	unsigned form;

	for (unsigned i = 0; get(constraints, i, &form, &name) >= 0; i++) {
		if (dns ? form == GNUTLS_SAN_DNSNAME :
			  form != GNUTLS_SAN_DNSNAME &&
				  form != GNUTLS_SAN_RFC822NAME &&
				  form != GNUTLS_SAN_IPADDRESS)
			return true;
	}
	return false;
}

bool gnutls_answer_constrains(struct chk_bytes cert, bool dns)
{
	gnutls_x509_name_constraints_t constraints;
	gnutls_x509_crt_t crt;
	unsigned critical;
	bool unread, found;

	must(import(&cert, 1, &crt, &unread) == 1);
	must(gnutls_x509_name_constraints_init(&constraints) >= 0);
	found = gnutls_x509_crt_get_name_constraints(crt, constraints, 0,
						     &critical) >= 0 &&
		(has_form(constraints, gnutls_x509_name_constraints_get_permitted,
			  dns) ||
		 has_form(constraints, gnutls_x509_name_constraints_get_excluded,
			  dns));
	gnutls_x509_name_constraints_deinit(constraints);
	release(&crt, 1);
	return found;
}

bool gnutls_answer_has_dns(struct chk_bytes cert)
{
	gnutls_x509_crt_t crt;
	bool unread, found = false;
	int type = 0;

	must(import(&cert, 1, &crt, &unread) == 1);
	for (unsigned i = 0; type >= 0 && !found; i++) {
		char room[1024];
		size_t size = sizeof(room);

		type = gnutls_x509_crt_get_subject_alt_name(crt, i, room, &size,
							    NULL);
		found = type == GNUTLS_SAN_DNSNAME;
	}
	release(&crt, 1);
	return found;
}
