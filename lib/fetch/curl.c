/* lib/fetch/curl.c: libcurl, loaded when it is first wanted. */
#include "config.h"

#include "fetch/curl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "base/bytes.h"

static struct chk_curl curl;
static bool loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const struct {
	const char *name;
	void *where;
} FUNCTIONS[] = {
	{ "curl_global_init", &curl.global_init },
	{ "curl_easy_init", &curl.easy_init },
	{ "curl_easy_setopt", &curl.easy_setopt },
	{ "curl_easy_perform", &curl.easy_perform },
	{ "curl_easy_getinfo", &curl.easy_getinfo },
	{ "curl_easy_cleanup", &curl.easy_cleanup },
	{ "curl_easy_strerror", &curl.easy_strerror },
	{ "curl_url", &curl.url },
	{ "curl_url_set", &curl.url_set },
	{ "curl_url_get", &curl.url_get },
	{ "curl_url_cleanup", &curl.url_cleanup },
	{ "curl_free", &curl.free },
};

/* The one that the headers are of, by the name that a program would load. */
static void load(void)
{
	void *library = dlopen(CHK_CURL_LIBRARY, RTLD_NOW | RTLD_LOCAL);

	if (!library)
		return;
	for (size_t i = 0; i < CHK_COUNT(FUNCTIONS); i++) {
		void *function = dlsym(library, FUNCTIONS[i].name);

		if (!function)
			return;
		memcpy(FUNCTIONS[i].where, &function, sizeof(function));
	}
	/* All of it: a program that uses libcurl too may count on that. */
	loaded = curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

const struct chk_curl *chk_curl_load(struct chk_error *error)
{
	if (pthread_once(&once, load) == 0 && loaded)
		return &curl;
	chk_error_set(error, CHK_ERROR_UNSUPPORTED, CHK_CURL_LIBRARY,
		      "libcurl cannot be loaded, which fetches over HTTP");
	return NULL;
}
