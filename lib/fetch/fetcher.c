/* lib/fetch/fetcher.c: what chk_fetcher_new gives: HTTP, and a cache. */
#include <stdlib.h>

#include <chaincheck/aia.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "fetch/http.h"
#include "fetch/http_cache.h"
#include "fetch/io.h"

enum {
	CONNECT_TIMEOUT_MS = 5000,
	TIMEOUT_MS = 10000,
	CACHE_FILES = 256,
	CACHE_SECONDS = 86400,
};

struct fetcher {
	struct chk_fetcher fetcher; /* what the caller has */
	struct chk_http http;
	char *proxy, *no_proxy;
	struct chk_network *allowed;
	size_t room;
	struct chk_http_cache cache;
};

static bool get(void *self, const char *url, uint8_t *bytes, size_t room,
		size_t *size, struct chk_error *error)
{
	struct fetcher *fetcher = self;

	return chk_http_cache_find(&fetcher->cache, url, bytes, room, size) ||
	       chk_http_get(&fetcher->http, url, bytes, room, size, error);
}

static void keep(void *self, const char *url, struct chk_bytes bytes)
{
	struct fetcher *fetcher = self;

	chk_http_cache_keep(&fetcher->cache, url, bytes);
}

static void fetcher_free(struct fetcher *fetcher)
{
	if (!fetcher)
		return;
	chk_http_cache_close(&fetcher->cache);
	free(fetcher->allowed);
	free(fetcher->proxy);
	free(fetcher->no_proxy);
	free(fetcher);
}

CHK_CLEANUP_FUNCTION(cleanup_fetcher, struct fetcher *, fetcher_free);

static bool add_allowed(struct fetcher *fetcher, const char *text,
			struct chk_error *error)
{
	struct chk_http *http = &fetcher->http;

	if (!chk_array_grow(&fetcher->allowed, http->allowed_count,
			    &fetcher->room, sizeof(*fetcher->allowed)))
		return chk_error_memory(error);
	if (!chk_network_parse(text, &fetcher->allowed[http->allowed_count]))
		return chk_error_set(error, CHK_ERROR_ARGUMENT, text,
				     "is no address, and no network "
				     "(10.0.0.0/8)");
	http->allowed_count++;
	http->allowed = fetcher->allowed;
	return true;
}

static uint32_t or_default(uint32_t wanted, uint32_t usual)
{
	return wanted ? wanted : usual;
}

static bool copy_text(const char *text, char **copy)
{
	*copy = text ? strdup(text) : NULL;
	return *copy || !text;
}

static bool set_http(struct fetcher *fetcher,
		     const struct chk_fetcher_options *options,
		     struct chk_error *error)
{
	struct chk_http *http = &fetcher->http;

	http->curl = chk_curl_load(error);
	if (!http->curl)
		return false;
	http->connect_timeout_ms = or_default(options->connect_timeout_ms,
					      CONNECT_TIMEOUT_MS);
	http->timeout_ms = or_default(options->timeout_ms, TIMEOUT_MS);
	if (options->total_ms)
		http->end = chk_io_now() + options->total_ms;
	if (!copy_text(options->proxy, &fetcher->proxy) ||
	    !copy_text(options->no_proxy, &fetcher->no_proxy))
		return chk_error_memory(error);
	http->proxy = fetcher->proxy;
	http->no_proxy = fetcher->no_proxy;
	for (size_t i = 0; options->allowed && options->allowed[i]; i++) {
		if (!add_allowed(fetcher, options->allowed[i], error))
			return false;
	}
	return true;
}

static bool set_cache(struct fetcher *fetcher,
		      const struct chk_fetcher_options *options,
		      struct chk_error *error)
{
	fetcher->cache = (struct chk_http_cache){
		.folder = -1,
		.max_files = or_default(options->cache_files, CACHE_FILES),
		.max_seconds = or_default(options->cache_seconds,
					  CACHE_SECONDS),
		.note = options->note,
		.self = options->self,
	};
	return !options->cache ||
	       chk_http_cache_open(&fetcher->cache, options->cache, error);
}

bool chk_fetcher_new(const struct chk_fetcher_options *options,
		     struct chk_fetcher **out, struct chk_error *error)
{
	static const struct chk_fetcher_options NONE = { 0 };
	CHK_CLEANUP(cleanup_fetcher) struct fetcher *fetcher =
		calloc(1, sizeof(*fetcher));

	*out = NULL;
	if (!fetcher)
		return chk_error_memory(error);
	fetcher->cache.folder = -1;
	if (!options)
		options = &NONE;
	if (!set_http(fetcher, options, error) ||
	    !set_cache(fetcher, options, error))
		return false;
	fetcher->fetcher = (struct chk_fetcher){ fetcher, get, keep };
	*out = &chk_steal(&fetcher)->fetcher;
	return true;
}

void chk_fetcher_free(struct chk_fetcher *fetcher)
{
	if (fetcher)
		fetcher_free(fetcher->self);
}
