/*
 * lib/fetch/curl.h: libcurl, loaded when it is first wanted. Linked, it and
 * its thirty libraries would double the time that every start takes.
 */
#ifndef CHK_FETCH_CURL_H
#define CHK_FETCH_CURL_H

#include <curl/curl.h>

#include "base/error.h"

/* What is used of it, by the names of its functions. */
struct chk_curl {
	CURLcode (*global_init)(long flags);
	CURL *(*easy_init)(void);
	CURLcode (*easy_setopt)(CURL *easy, CURLoption option, ...);
	CURLcode (*easy_perform)(CURL *easy);
	CURLcode (*easy_getinfo)(CURL *easy, CURLINFO info, ...);
	void (*easy_cleanup)(CURL *easy);
	const char *(*easy_strerror)(CURLcode code);
	CURLU *(*url)(void);
	CURLUcode (*url_set)(CURLU *url, CURLUPart what, const char *text,
			     unsigned flags);
	CURLUcode (*url_get)(CURLU *url, CURLUPart what, char **text,
			     unsigned flags);
	void (*url_cleanup)(CURLU *url);
	void (*free)(void *memory);
};

/*
 * chk_curl_load gives it, the same one to every caller, and never lets go of
 * it. NULL: it is not there (CHK_ERROR_UNSUPPORTED).
 */
const struct chk_curl *chk_curl_load(struct chk_error *error);

#endif
