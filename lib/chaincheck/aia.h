/*
 * chaincheck/aia.h: fetch what a server forgot to send.
 *
 * A certificate may say where its issuer's is to be had (caIssuers of the
 * authority information access, RFC 5280 section 4.2.2.1). Set `fetcher` in
 * struct chk_question, and an issuer that is not at hand is asked for there.
 * What comes is named, and proves nothing: no verdict becomes "trusted" by it.
 * Without a fetcher nothing is ever contacted.
 *
 * struct chk_fetcher is what a program fills that has ways of its own.
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

#ifdef __cplusplus
}
#endif

#endif
