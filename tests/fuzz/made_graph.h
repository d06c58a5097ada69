/*
 * tests/fuzz/made_graph.h: a chain, anchors, CRLs and a question out of any
 * bytes, for the targets that search.
 *
 * A fuzzer cannot forge a signature, so most inputs are recipes: bytes choose
 * names, keys and extensions from tables, and fixed keys sign what comes of it.
 * The others hold certificates as they are.
 *
 *	question   3 bytes: see struct graph
 *	recipe     GRAPH_CERT bytes a certificate, the leaf first: the enum below;
 *	           behind each, as many bytes of Extensions as the last one says.
 *	           Then GRAPH_CRL bytes a CRL.
 *	as it is   a byte of roles, a size in two bytes, DER; the leaf first
 */
#ifndef CHK_TESTS_FUZZ_MADE_GRAPH_H
#define CHK_TESTS_FUZZ_MADE_GRAPH_H

#include <gnutls/abstract.h>

#include "base/arena.h"
#include "cert/cert.h"

#define GRAPH_KEYS 8
#define GRAPH_CERTS 8
#define GRAPH_CRLS 3
#define GRAPH_NOW INT64_C(1775001600) /* 2026-04-01T00:00:00Z */

/* The bytes of a certificate; the tables of made_recipe.c say the rest. */
enum {
	GRAPH_SUBJECT,     /* name (4 bits), PrintableString (bit 4) */
	GRAPH_ISSUER,      /* likewise */
	GRAPH_KEY,         /* own (3 bits), signing (3), damaged (both of 2) */
	GRAPH_FORM,        /* validity (3 bits), version 1 (bit 3), serial of
			    * the certificate before (bit 4) */
	/* Two extensions a byte; bit 3 of each turns its criticality. */
	GRAPH_BASIC,       /* basicConstraints, keyUsage */
	GRAPH_USAGE,       /* extKeyUsage, subjectAltName */
	GRAPH_NAMES,       /* nameConstraints, certificatePolicies */
	GRAPH_MAPPINGS,    /* policyMappings, policyConstraints */
	GRAPH_INHIBIT,     /* inhibitAnyPolicy, tlsFeature */
	GRAPH_POINTS,      /* cRLDistributionPoints, an unknown one */
	GRAPH_IDS,         /* subject's key id (2 bits), authority's (3 bits) */
	GRAPH_ROLES,       /* enum graph_role */
	GRAPH_RAW,         /* bytes of Extensions that follow */
	GRAPH_CERT,
};

/* The bytes of a CRL. */
enum {
	GRAPH_CRL_ISSUER,  /* as GRAPH_ISSUER */
	GRAPH_CRL_KEY,     /* as GRAPH_KEY */
	GRAPH_CRL_TIMES,   /* thisUpdate and nextUpdate (2 bits) */
	GRAPH_CRL_SERIALS, /* bit i: certificate i is revoked */
	GRAPH_CRL_SCOPE,   /* issuingDistributionPoint, number and delta */
	GRAPH_CRL,
};

/* What a certificate is to the question. The first one is the leaf as well. */
enum graph_role {
	GRAPH_SENT = 1 << 0,
	GRAPH_GIVEN = 1 << 1,
	GRAPH_ANCHOR = 1 << 2,
	GRAPH_ELSEWHERE = 1 << 3,  /* an anchor of a store that does not count */
	GRAPH_DISTRUSTED = 1 << 4, /* by the question */
	GRAPH_BLOCKED = 1 << 5,    /* by the store */
	GRAPH_EMAIL_ONLY = 1 << 6, /* an anchor for that purpose alone */
	GRAPH_IS_CRL = 1 << 7,     /* none of them: it is a CRL */
};

struct graph_item {
	uint8_t roles;
	struct chk_bytes der;
	struct chk_cert *cert; /* NULL: we cannot read it */
};

struct graph {
	struct chk_arena arena;
	/*
	 * [0]: purpose (3 bits), profile (2), host (2), as it is (bit 7)
	 * [1]: CRLs (2 bits: none, all, leaf only, all), explicit policy (bit
	 *      2), inhibit mapping (3), inhibit any (4), a policy (5), small
	 *      budget (6), partial chain (7)
	 * [2]: certificates less one (3 bits), CRLs (2), depth (2)
	 */
	uint8_t question[3];
	struct graph_item items[GRAPH_CERTS];
	size_t count;
	struct chk_bytes crls[GRAPH_CRLS];
	size_t crl_count;
};

/* False: there is no leaf that we can read. Clear it whatever the answer. */
bool graph_read(struct graph *graph, const uint8_t *data, size_t size);
void graph_clear(struct graph *graph);

/* made_recipe.c; `number` counts from 0 and makes the serial number. */
struct chk_bytes recipe_cert(struct chk_arena *arena, const uint8_t *recipe,
			     struct chk_bytes raw, size_t number);
struct chk_bytes recipe_crl(struct chk_arena *arena, const uint8_t *recipe);

#endif
