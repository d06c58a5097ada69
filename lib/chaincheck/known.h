/*
 * chaincheck/known.h: the public CAs there are, as facts: which certificates,
 * of which key, held by which programme from when to when. What is known is
 * named, and never trusted.
 */
#ifndef CHAINCHECK_KNOWN_H
#define CHAINCHECK_KNOWN_H

#include <chaincheck/cert.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_known;

/* struct chk_known_cert is what the table says of one CA certificate. */
struct chk_known_cert {
	size_t index;
	uint8_t sha256[32];
	uint8_t key_id[20];   /* the first 20 bytes of a longer one */
	size_t key_id_size;   /* 0: it has none */
	/* Seconds, to the day; INT64_MAX: after 2149 */
	int64_t not_before, not_after;
	bool root;            /* self-signed */
	bool revoked;         /* an intermediate that OneCRL lists */
	bool for_tls;         /* its extended key usages allow servers */
	size_t span_count; /* of a root: chk_known_span */
	size_t root_count; /* of an intermediate: chk_known_root */
};

/* struct chk_known_span: a programme held a root. Seconds, to the day. */
struct chk_known_span {
	const char *programme; /* "Mozilla"; static */
	const char *id;        /* "mozilla"; static */
	int64_t since;  /* INT64_MIN: before anybody looked */
	int64_t until;  /* INT64_MAX: it still does */
	/* No server's certificate that begins later counts; INT64_MAX: any */
	int64_t distrust_after;
};

/*
 * chk_known_open maps the table at `path`, made by this build of chaincheck.
 * It may be shared between threads.
 * Ownership: chk_known_free. Errors: CHK_ERROR_NOT_FOUND, CHK_ERROR_READ,
 * CHK_ERROR_FORMAT (damaged, or of another version or machine),
 * CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_known_open(const char *path, struct chk_known **known,
		    struct chk_error *error);
/* chk_known_free unmaps a table. NULL is fine. */
CHK_API void chk_known_free(struct chk_known *known);
/* The day that the table was right on, in seconds. */
CHK_API int64_t chk_known_date(const struct chk_known *known);
/* Certificates in the table. */
CHK_API size_t chk_known_count(const struct chk_known *known);
/* What is said of the `i`th, from 0. False: past the last. */
CHK_API bool chk_known_get(const struct chk_known *known, size_t i,
			   struct chk_known_cert *cert);
/*
 * chk_known_subject gives the subject as RFC 4514 has it, escaped.
 * Ownership: the caller's, free() it. NULL: no memory, or it is damaged.
 */
CHK_API char *chk_known_subject(const struct chk_known *known,
				const struct chk_known_cert *cert);
/* The `i`th programme that holds or held a root. False: past the last. */
CHK_API bool chk_known_span(const struct chk_known *known,
			    const struct chk_known_cert *cert, size_t i,
			    struct chk_known_span *span);
/* The `i`th root that an intermediate leads to. False: past the last. */
CHK_API bool chk_known_root(const struct chk_known *known,
			    const struct chk_known_cert *cert, size_t i,
			    struct chk_known_cert *root);
/*
 * chk_known_issuer walks the certificates that could have issued `cert`: of
 * its issuer's name and, where it names one, of its authority's key id. Set
 * `*cursor` to 0 first. False: no more.
 */
CHK_API bool chk_known_issuer(const struct chk_known *known,
			      const struct chk_cert *cert, size_t *cursor,
			      struct chk_known_cert *issuer);

/* struct chk_known_left_out is what an import did not take, and why. */
struct chk_known_left_out {
	size_t at;      /* its line in PEM, its row in a CSV report; from 1 */
	char what[160]; /* "no CA: «www.example.test»"; escaped */
};
#define CHK_KNOWN_LEFT_OUT 5

/* struct chk_known_gain is what an import came to, in certificates. */
struct chk_known_gain {
	size_t added;
	size_t known;   /* they were there before */
	size_t skipped; /* no CAs, damaged, or with a name that has no text */
	bool report;    /* it was a CSV report */
	struct chk_known_left_out left_out[CHK_KNOWN_LEFT_OUT]; /* the first */
};

/*
 * chk_known_import makes a new table of what `known` has (NULL: nothing) and
 * of the CA certificates in `file`: PEM, or a CSV report of the CCADB that has
 * a column of PEM, "IncludedCACertificateReportPEMCSV" and the like. Mozilla's
 * list of included roots also tells that they are included. `made` is the day
 * that the file speaks of, in seconds.
 * Ownership: `*table` is the caller's, free() it.
 * Errors: CHK_ERROR_EMPTY (no CA in it), CHK_ERROR_TOO_LARGE,
 * CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_known_import(const struct chk_known *known, struct chk_bytes file,
		      int64_t made, struct chk_known_gain *gain,
		      uint8_t **table, size_t *size, struct chk_error *error);

#ifdef __cplusplus
}
#endif

#endif
