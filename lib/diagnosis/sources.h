/* lib/diagnosis/sources.h: where findings come from, one call a source. */
#ifndef CHK_DIAGNOSIS_SOURCES_H
#define CHK_DIAGNOSIS_SOURCES_H

#include "diagnosis/finding.h"

/* The defects of the best path, and of others that another party explains. */
void chk_findings_from_path(struct chk_inquiry *inquiry);
/*
 * One defect that says that a certificate is not there: the issuer was not
 * sent, is unknown, has another key; the top is in no store.
 */
void chk_findings_from_missing(struct chk_inquiry *inquiry,
			       const struct chk_path *path,
			       const struct chk_defect *defect,
			       bool alternative);
/* One defect that says what a store thinks of a certificate it has. */
void chk_findings_from_trust(struct chk_inquiry *inquiry,
			     const struct chk_path *path,
			     const struct chk_defect *defect);
/*
 * chk_finding_begin is the common beginning of what is said of a defect: the
 * code and party of its rule, the certificate, and the rule as evidence.
 */
struct chk_finding_node *chk_finding_begin(struct chk_inquiry *inquiry,
					   const struct chk_path *path,
					   const struct chk_defect *defect,
					   const char *message);
/*
 * A box or program on the way that signs in the server's stead: by what its
 * maker writes into the CA that the best path leads to.
 */
void chk_findings_from_interception(struct chk_inquiry *inquiry);
/* How the chain was sent: order, duplicates, strangers, the root. */
void chk_findings_from_chain(struct chk_inquiry *inquiry);
/* What other verifiers stumble over on the steps of the best path. */
void chk_findings_from_steps(struct chk_inquiry *inquiry);
/* What the server could send where the anchor of `path` is missing. */
void chk_findings_from_cross(struct chk_inquiry *inquiry,
			     const struct chk_path *path);
/* An anchor that other clients want more than, or do not take in. */
void chk_findings_from_anchor(struct chk_inquiry *inquiry);
/* The stores themselves: empty, damaged, not marking what is needed. */
void chk_findings_from_stores(struct chk_inquiry *inquiry);
/*
 * Where an anchor is missing and the question wants it: looks for it among what
 * a system makes its store from, and searches again with what is found. False:
 * no memory.
 */
bool chk_complete_sources(struct chk_inquiry *inquiry);
/*
 * The key of the remedies for this certificate, where it lies there: it is to
 * be mended where it lies. `otherwise` where it does not.
 */
const char *chk_sources_remedy(const struct chk_inquiry *inquiry,
			       const struct chk_cert *cert,
			       const char *otherwise);
/* It lies there: why it is not in the store. */
void chk_findings_from_sources(struct chk_inquiry *inquiry);
/*
 * The code of what is said of a failed handshake: "net.refused"; NULL: it did
 * not fail.
 */
const char *chk_network_code(const struct chk_presented *presented);
/*
 * Why the handshake failed, where other hellos prove it. False: they do not,
 * and what happened is all there is to say.
 */
bool chk_findings_from_handshake(struct chk_inquiry *inquiry);
/* The ClientHellos that were put and their answers, as evidence. */
void chk_finding_hellos(struct chk_inquiry *inquiry,
			struct chk_finding_node *node);
/* What of a handshake other clients may refuse. */
void chk_findings_from_weakness(struct chk_inquiry *inquiry);
/* The network and the handshake. */
void chk_findings_from_network(struct chk_inquiry *inquiry);
/*
 * True when the handshake's failure leaves the verdict to the chain: there
 * was none, or the server wanted a client certificate and said so after it
 * had sent its chain.
 */
bool chk_network_lets_chain_decide(const struct chk_inquiry *inquiry);

#endif
