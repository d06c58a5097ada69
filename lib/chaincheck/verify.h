/*
 * chaincheck/verify.h: is this certificate trusted, and if not, why not.
 *
 * Fill a struct chk_question. chk_verify answers it for certificates at hand,
 * chk_diagnose for what a fetch brought, chk_check fetches and answers.
 */
#ifndef CHAINCHECK_VERIFY_H
#define CHAINCHECK_VERIFY_H

#include <chaincheck/aia.h>
#include <chaincheck/crl.h>
#include <chaincheck/fetch.h>
#include <chaincheck/known.h>
#include <chaincheck/store.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_report;

/*
 * struct chk_memory remembers which key signed what, so that a signature that
 * was checked for one question is not checked again for the next: where many
 * certificates stand below few CAs, each CA is checked once. Threads may share
 * it. What it knows takes nothing from the budget of signatures; it changes no
 * answer, except that a budget which was too small may then be enough.
 */
struct chk_memory;

/*
 * chk_memory_new makes an empty memory that holds up to about `max_bytes`
 * bytes; 0 is 16 MiB, some ten thousand signatures. When it is full it forgets
 * all and begins anew. NULL: no memory.
 * Ownership: chk_memory_free, once no question uses it any more.
 */
CHK_API struct chk_memory *chk_memory_new(size_t max_bytes);
/* chk_memory_free frees a memory. NULL is fine. */
CHK_API void chk_memory_free(struct chk_memory *memory);

/* enum chk_place is whose commands the remedies on a client use. */
enum chk_place {
	CHK_PLACE_NONE,   /* say what to do, in no system's words */
	CHK_PLACE_DEBIAN, /* update-ca-certificates */
	CHK_PLACE_FEDORA, /* update-ca-trust */
	CHK_PLACE_SUSE,
	CHK_PLACE_ARCH,   /* trust anchor */
	CHK_PLACE_ALPINE,
};

/*
 * struct chk_question is what is asked. Zero it and set what matters: zero is
 * the default of every field. Everything is borrowed until the call returns.
 */
struct chk_question {
	/* Anchors of all of them count; a distrust in any of them wins. */
	const struct chk_store *const *stores;
	size_t store_count;
	/* Intermediates the client has; they prove nothing. NULL: none. */
	const struct chk_chain *untrusted;
	/* Certificates that must not stand on a path. NULL: none. */
	const struct chk_chain *distrusted;
	/*
	 * What must show that no certificate below the anchor is revoked (RFC
	 * 5280 section 6.3), or the leaf alone: where they do not show it, as
	 * an empty set, the path is not trusted. NULL: nobody asks.
	 */
	const struct chk_crls *crls;
	bool crl_leaf_only;
	/*
	 * Stores that are no part of the client's trust but may know a missing
	 * certificate. What is found there is named, never trusted.
	 */
	const struct chk_store *const *others;
	size_t other_count;
	/*
	 * To be tried beside the answer, which stays what it is: were these
	 * trusted as well, for every purpose; had these been sent as well,
	 * behind the others. See chk_report_trial. NULL: nothing is tried.
	 */
	const struct chk_chain *if_added, *if_sent;
	const char *host;  /* DNS name or IP address; NULL: any name */
	const char *email; /* e-mail address to check instead; NULL: none */
	enum chk_purpose purpose; /* zero is tls-server */
	/*
	 * With CHK_PURPOSE_ANY: the extended key usage that is wanted, as a
	 * dotted identifier. Stores know no such purpose, and an anchor that
	 * is trusted for one purpose will do. NULL: none is wanted.
	 */
	const char *usage;
	const char *profile;  /* a name of chk_profile_name; NULL: "web" */
	const char *strength; /* a name of chk_strength_name; NULL: the
			       * profile's */
	bool partial_chain; /* a leaf that is an anchor needs no issuer,
			     * whatever the profile says of it */
	bool at_set;       /* `at` is used; otherwise it is now */
	int64_t at;        /* seconds since 1970-01-01T00:00:00Z */
	int32_t max_depth; /* intermediates at most, self-issued ones not
			    * counted; 0 is 16, -1 is none at all */
	/*
	 * Certificate policies (RFC 5280 6.1.1 (c) and (e) to (g)): the ones
	 * that will do, as dotted identifiers, where none means any; whether
	 * there must be one; whether mappings and anyPolicy do not count.
	 */
	const char *const *policies;
	size_t policy_count;
	bool explicit_policy, inhibit_mapping, inhibit_any;
	uint32_t max_signatures; /* to verify at most, 0 is 200 */
	uint32_t max_steps;      /* partial paths made, 0 is 10,000 */
	enum chk_place place;
	/*
	 * Where an anchor is missing from the store of a system: look among the
	 * files that the system makes it from, and say why they are not in it.
	 */
	bool sources;
	/*
	 * What is publicly known of CAs, to name what is not at hand; it adds
	 * nothing that is trusted. NULL: nothing is known.
	 */
	const struct chk_known *known;
	/*
	 * Asked for issuers that are not at hand, where certificates say that
	 * they are to be had; what comes is named, and adds nothing that is
	 * trusted. NULL: nobody is contacted.
	 */
	const struct chk_fetcher *fetcher;
	struct chk_memory *memory; /* NULL: one of its own, for this call */
};

/*
 * chk_profile_name gives the names of the profiles, the default first: where
 * verifiers differ, a profile says what counts. RFC 5280 section 6 holds in
 * all of them.
 *   web       what TLS clients accept
 *   rfc5280   and nothing that RFC 5280 section 4 forbids a CA to issue
 *   baseline  and nothing that the CA/Browser Forum forbids
 *   legacy    as web, with SHA-1 and RSA 1024
 *   java, openssl, openssl-strict (X509_V_FLAG_X509_STRICT, as in Python since
 *   3.13), gnutls, git, wget, go, chromium, firefox
 *             as that client judges, in what it is known to do otherwise
 * NULL: `i` is past the last.
 */
CHK_API const char *chk_profile_name(size_t i);

/*
 * chk_strength_name gives the names of the levels, the weakest first: the
 * least that keys and signatures must have.
 *   legacy  RSA 1024, EC 160, SHA-1
 *   java    RSA 1024, EC 224, SHA-1
 *   low     RSA 1024, EC 160, SHA-224
 *   medium  RSA 2048, EC 224, SHA-224 (NIST SP 800-131A)
 *   high    RSA 3072, EC 256, SHA-256
 * NULL: `i` is past the last.
 */
CHK_API const char *chk_strength_name(size_t i);

/*
 * chk_verify searches every certification path from the first certificate of
 * `chain` to the anchors of the stores (RFC 5280 section 6; names by RFC
 * 9525) and reports the answer with its reasons in `*report`.
 *
 * "Not trusted" is an answer, not a failure: read it with chk_report_verdict.
 * A chain of which nothing could be read, and whose notes say why, is not
 * trusted. The call fails only where the question could not be put. No network
 * is used but by the question's fetcher. Equal arguments, and equal answers of
 * the fetcher, give equal reports.
 *
 * Ownership: `chain` and the question are borrowed until the call returns;
 * the report keeps what it needs. Free `*report` with chk_report_free.
 * Errors: CHK_ERROR_ARGUMENT (`host`, `email`, `usage`, `profile`, `strength`
 * or a policy is none), CHK_ERROR_EMPTY (no certificate in `chain`),
 * CHK_ERROR_MEMORY. `*report` is NULL then.
 */
CHK_API CHK_MUST_CHECK
bool chk_verify(const struct chk_chain *chain,
		const struct chk_question *question,
		struct chk_report **report, struct chk_error *error);

/*
 * chk_diagnose is chk_verify for what a fetch brought, handshake and network
 * failures included. `target` is what was fetched. A NULL `host` in the
 * question means the target's name.
 * Ownership and errors: as of chk_verify; a chain without certificates is no
 * error here, but a finding.
 */
CHK_API CHK_MUST_CHECK
bool chk_diagnose(const struct chk_target *target,
		  const struct chk_presented *presented,
		  const struct chk_question *question,
		  struct chk_report **report, struct chk_error *error);

/* chk_check is chk_fetch and chk_diagnose. Errors: those of both. */
CHK_API CHK_MUST_CHECK
bool chk_check(const struct chk_target *target,
	       const struct chk_question *question,
	       struct chk_report **report, struct chk_error *error);

/*
 * chk_time_parse reads a time that a person wrote: "2026-04-01",
 * "2026-04-01T00:00:00Z" or with an offset (RFC 3339), "now", or a distance
 * from `now` in weeks, days, hours, minutes or seconds: "+90d", "-12h".
 * Units: `now` and `*seconds` are seconds since 1970-01-01T00:00:00Z.
 * False: it is none, or a date that does not exist.
 */
CHK_API bool chk_time_parse(const char *text, int64_t now, int64_t *seconds);

#ifdef __cplusplus
}
#endif

#endif
