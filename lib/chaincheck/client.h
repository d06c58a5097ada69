/*
 * chaincheck/client.h: what other TLS clients would make of a server. A client
 * is its ClientHello, which goes over the wire, what it takes of the answer,
 * its way of judging a chain, and its trust store.
 */
#ifndef CHAINCHECK_CLIENT_H
#define CHAINCHECK_CLIENT_H

#include <chaincheck/fetch.h>
#include <chaincheck/here.h>
#include <chaincheck/report.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_simulation;

/* struct chk_simulated is one client's answer; its texts are escaped. */
struct chk_simulated {
	const char *client; /* "java-7u25" */
	const char *label;  /* "Java 7u25" */
	/*
	 * Trusted: it shakes hands and trusts the chain; untrusted: it does
	 * not; undecided: it could not be found out.
	 */
	enum chk_verdict verdict;
	/* What was agreed on; NULL: nothing, or there is none of it. */
	const char *tls;    /* "TLS 1.2" */
	const char *suite;  /* "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" */
	const char *group;  /* "x25519", "DH 2048" */
	const char *why;    /* not trusted, a clause; NULL: it is */
	const char *code;   /* of the finding, "cert.expired"; NULL: none */
	const char *store;  /* that was asked; NULL: none was */
	bool own_store;     /* it is the one that the client reads here */
	const struct chk_report *report; /* on the chain; NULL: none came */
};

/*
 * chk_simulate asks a server with the ClientHello of each client, equal ones
 * once and four at once at most, and judges what comes back: the answer by
 * the client's limits, the chain by its profile. In TLS 1.3 the chain is
 * encrypted: it is asked for once more through GnuTLS, with the versions and
 * signature algorithms of the client.
 *
 * `clients` are ids, aliases ("java7"), "all", or "here" and "here:java", which
 * are those of `here` (chaincheck/here.h; NULL: none); NULL-ended. `question`
 * says the rest: its stores are asked, or with `own_stores` the store that the
 * client reads on this machine, where it reads one here. Its profile and
 * strength are not looked at.
 * Ownership: nothing of the arguments is kept but `here`, the stores and the
 * table of known CAs, which outlive the simulation. Free `*simulation` with
 * chk_simulation_free.
 * Errors: CHK_ERROR_ARGUMENT (`where` is the client that there is not), and
 * those of chk_fetch and chk_diagnose. Whatever the network or a peer does is
 * none.
 */
CHK_API CHK_MUST_CHECK
bool chk_simulate(const struct chk_target *target,
		  const struct chk_question *question,
		  const char *const *clients,
		  const struct chk_machine_clients *here, bool own_stores,
		  struct chk_simulation **simulation, struct chk_error *error);
/* chk_simulation_free frees an answer. NULL is fine. */
CHK_API void chk_simulation_free(struct chk_simulation *simulation);

/*
 * Trusted: every client that could be asked connects and trusts; untrusted:
 * one does not; undecided: none could be asked, or one that was named.
 */
CHK_API enum chk_verdict
chk_simulation_verdict(const struct chk_simulation *simulation);
/* The answers, in the order of the clients. */
CHK_API size_t chk_simulation_count(const struct chk_simulation *simulation);
/* The `i`th, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_simulated *
chk_simulation_get(const struct chk_simulation *simulation, size_t i);
/*
 * chk_simulation_write gives it as "text" or "json"
 * (doc/simulation.schema.json).
 * Ownership: `*text` ends in NUL and is the caller's, free() it.
 * Errors: CHK_ERROR_ARGUMENT (format), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_simulation_write(const struct chk_simulation *simulation,
			  const char *format,
			  const struct chk_write_options *options, char **text,
			  struct chk_error *error);

/*
 * chk_clients_write lists the clients that there are, as "text" or "json".
 * Ownership and errors: as of chk_simulation_write.
 */
CHK_API CHK_MUST_CHECK
bool chk_clients_write(const char *format,
		       const struct chk_write_options *options, char **text,
		       struct chk_error *error);

#ifdef __cplusplus
}
#endif

#endif
