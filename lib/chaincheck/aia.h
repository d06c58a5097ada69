/*
 * chaincheck/aia.h: fetch what a server forgot to send.
 *
 * A certificate may say where its issuer's is to be had (caIssuers of the
 * authority information access, RFC 5280 section 4.2.2.1). Set `fetcher` in
 * struct chk_question, and an issuer that is not at hand is asked for there.
 * What comes is named, and proves nothing: no verdict becomes "trusted" by it.
 * Without a fetcher nothing is ever contacted.
 *
 * chk_fetcher_new makes one that asks over HTTP; struct chk_fetcher is what a
 * program fills that has ways of its own.
 */
#ifndef CHAINCHECK_AIA_H
#define CHAINCHECK_AIA_H

#include <chaincheck/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * struct chk_fetcher is how the bytes behind an URL are had. Every call gets
 * `self`; questions that are asked at the same time may call at the same time.
 */
struct chk_fetcher {
	void *self;
	/*
	 * Writes what is behind `url` to `bytes`, and its size to `*size`. More
	 * than `room` bytes are CHK_ERROR_TOO_LARGE, never a part of them. The
	 * URL is what a stranger wrote: printable ASCII, of any scheme. False:
	 * it cannot be had, and `what` of `error` says why in a sentence.
	 */
	bool (*get)(void *self, const char *url, uint8_t *bytes, size_t room,
		    size_t *size, struct chk_error *error);
	/*
	 * What `get` gave for `url` was of use, and may be kept. NULL: nothing
	 * is.
	 */
	void (*keep)(void *self, const char *url, struct chk_bytes bytes);
};

/* struct chk_fetcher_options: zero it; zero is the default of every field. */
struct chk_fetcher_options {
	/*
	 * "http://proxy.example:3128", as curl has it: every URL goes through
	 * it. NULL: none, whatever the environment says. An address that names
	 * resolve to is then the proxy's to look at.
	 */
	const char *proxy;
	/*
	 * Hosts that are asked without it, as curl's no_proxy has them:
	 * domains, addresses and networks, commas between, "*" for all. NULL:
	 * none.
	 */
	const char *no_proxy;
	uint32_t connect_timeout_ms; /* 5,000 when 0 */
	uint32_t timeout_ms;         /* for an URL in all, 10,000 when 0 */
	uint32_t total_ms; /* for all of them, from now on; no limit when 0 */
	/*
	 * Addresses and networks that may be contacted though they are not
	 * public ("127.0.0.1", "10.0.0.0/8", "fd00::/8"), NULL-ended. NULL:
	 * public addresses alone.
	 */
	const char *const *allowed;
	/*
	 * A directory of one's own for answers that were of use; it is made
	 * where only its last part is missing. NULL: nothing is kept.
	 */
	const char *cache;
	uint32_t cache_files;   /* at most, 256 when 0 */
	uint32_t cache_seconds; /* that an answer is good for, a day when 0 */
	/* Called with what of the cache could not be used. NULL: not called. */
	void (*note)(void *self, const struct chk_note *note);
	void *self; /* for `note` */
};

/*
 * chk_fetcher_new makes a fetcher that asks over HTTP alone: a TLS server's
 * certificate could want the next fetch. It follows three redirects, each
 * looked at like the first URL, contacts no address that is private, of this
 * machine or of its cloud, unless allowed, and sends neither credentials nor
 * cookies. libcurl is loaded by the first call.
 * Ownership: the options are copied. chk_fetcher_free, once no question uses
 * it any more.
 * Errors: CHK_ERROR_ARGUMENT (`allowed`), CHK_ERROR_UNSUPPORTED (libcurl is
 * not there), CHK_ERROR_READ (the cache is no directory of one's own),
 * CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_fetcher_new(const struct chk_fetcher_options *options,
		     struct chk_fetcher **fetcher, struct chk_error *error);
/* chk_fetcher_free frees what chk_fetcher_new made. NULL is fine. */
CHK_API void chk_fetcher_free(struct chk_fetcher *fetcher);

#ifdef __cplusplus
}
#endif

#endif
