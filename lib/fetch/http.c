/* lib/fetch/http.c: one URL that a stranger wrote, had over HTTP. */
#include "config.h"

#include "fetch/http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <strings.h>

#include "base/bytes.h"
#include "base/cleanup.h"
#include "fetch/io.h"
#include "fetch/no_proxy.h"

enum { MAX_REDIRECTS = 3, MAX_HEADERS = 64 << 10 };

#define USER_AGENT PACKAGE_NAME "/" PACKAGE_VERSION

struct request {
	const struct chk_http *http;
	const char *url; /* the first, that a report names */
	char *at;        /* where it led; owned */
	int redirects;
	bool proxied;    /* `at`, by http->proxy */
	int64_t end;     /* milliseconds on the clock of chk_io_now */
	uint8_t *bytes;
	size_t room, size, headers;
	bool too_large, too_many; /* the body; headers */
	char refused[INET6_ADDRSTRLEN]; /* an address that was not contacted */
	char why[CURL_ERROR_SIZE];
	struct chk_error *error;
};

__attribute__((format(printf, 3, 4)))
static bool fail(const struct request *request, enum chk_code code,
		 const char *format, ...)
{
	char why[200];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	if (request->redirects == 0)
		return chk_error_set(request->error, code, request->url, "%s",
				     why);
	return chk_error_set(request->error, code, request->url,
			     "it leads to %.100s, and %s", request->at, why);
}

static bool is_allowed(const struct chk_http *http,
		       const struct sockaddr *address)
{
	for (size_t i = 0; i < http->allowed_count; i++) {
		if (chk_network_has(&http->allowed[i], address))
			return true;
	}
	return chk_address_is_public(address);
}

static void print_address(const struct sockaddr *address, char *text,
			  socklen_t size)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		inet_ntop(AF_INET, &v4.sin_addr, text, size);
	} else {
		memcpy(&v6, address, sizeof(v6));
		inet_ntop(AF_INET6, &v6.sin6_addr, text, size);
	}
}

/* curl connects to this very address, whatever the name may mean later. */
static curl_socket_t open_socket(void *self, curlsocktype purpose,
				 struct curl_sockaddr *peer)
{
	struct request *request = self;
	const struct sockaddr *address = &peer->addr;

	if (purpose != CURLSOCKTYPE_IPCXN ||
	    (address->sa_family != AF_INET && address->sa_family != AF_INET6))
		return CURL_SOCKET_BAD;
	if (!request->proxied && !is_allowed(request->http, address)) {
		print_address(address, request->refused,
			      sizeof(request->refused));
		return CURL_SOCKET_BAD;
	}
	return socket(peer->family, peer->socktype | SOCK_CLOEXEC,
		      peer->protocol);
}

static size_t take_body(char *data, size_t one, size_t size, void *self)
{
	struct request *request = self;

	if (size > request->room - request->size) {
		request->too_large = true;
		return 0;
	}
	memcpy(request->bytes + request->size, data, size);
	request->size += size;
	return size;
}

static size_t take_header(char *data, size_t one, size_t size, void *self)
{
	struct request *request = self;

	request->headers += size;
	request->too_many |= request->headers > MAX_HEADERS;
	return request->too_many ? 0 : size;
}

/* The host as an address, where it is one. */
static bool parse_host(const char *host, struct sockaddr_storage *address)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	char inside[INET6_ADDRSTRLEN];

	if (inet_aton(host, &v4.sin_addr) == 1) {
		memcpy(address, &v4, sizeof(v4));
		return true;
	}
	if (*host != '[')
		return false;
	snprintf(inside, sizeof(inside), "%.*s", (int)strcspn(host + 1, "]%"),
		 host + 1);
	memcpy(address, &v6, sizeof(v6));
	if (inet_pton(AF_INET6, inside, &v6.sin6_addr) == 1)
		memcpy(address, &v6, sizeof(v6));
	return true;
}

static bool is_this_machine(const char *host)
{
	static const char NAME[] = "localhost";
	size_t size = strlen(host), name = sizeof(NAME) - 1;

	return size >= name &&
	       strncasecmp(host + size - name, NAME, name) == 0 &&
	       (size == name || host[size - name - 1] == '.');
}

static bool is_proxied(const struct chk_http *http, const char *host,
		       const struct sockaddr *address)
{
	return http->proxy && !(http->no_proxy &&
				chk_no_proxy_has(http->no_proxy, host,
						 address));
}

/* What a proxy would contact for us is looked at as far as it is written. */
static bool check_host(struct request *request, const char *host)
{
	struct sockaddr_storage address = { 0 };
	bool literal = parse_host(host, &address);

	request->proxied = is_proxied(request->http, host, literal ?
				      (struct sockaddr *)&address : NULL);
	if (!request->proxied)
		return true;
	if (literal ? !is_allowed(request->http, (struct sockaddr *)&address) :
		      is_this_machine(host))
		return fail(request, CHK_ERROR_UNSUPPORTED,
			    "%.100s is no public address, and is not contacted",
			    host);
	return true;
}

/* To some proxies "127.0.0.1." is an address (WHATWG URL section 3.5). */
static void trim_dots(char *host)
{
	size_t size = strlen(host);

	while (size > 0 && host[size - 1] == '.')
		host[--size] = '\0';
}

struct parts {
	char *scheme, *user, *password, *host;
};

static bool check_parts(struct request *request,
			const struct parts *parts)
{
	if (!parts->scheme)
		return fail(request, CHK_ERROR_UNSUPPORTED, "it has no scheme");
	if (strcasecmp(parts->scheme, "http") != 0)
		return fail(request, CHK_ERROR_UNSUPPORTED,
			    "%.20s URLs are not fetched, only http",
			    parts->scheme);
	if (parts->user || parts->password)
		return fail(request, CHK_ERROR_UNSUPPORTED,
			    "it has a user name or password in it: not "
			    "fetched");
	if (!parts->host)
		return fail(request, CHK_ERROR_ARGUMENT, "it names no host");
	trim_dots(parts->host);
	return check_host(request, parts->host);
}

/* By curl's own eyes, so that it reads no other host in it. */
static bool check_url(struct request *request)
{
	const struct chk_curl *curl = request->http->curl;
	CURLU *url = curl->url();
	struct parts parts = { 0 };
	bool done;

	if (!url)
		return chk_error_memory(request->error);
	if (curl->url_set(url, CURLUPART_URL, request->at,
			  CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
		curl->url_cleanup(url);
		return fail(request, CHK_ERROR_ARGUMENT, "it is no URL");
	}
	curl->url_get(url, CURLUPART_SCHEME, &parts.scheme, 0);
	curl->url_get(url, CURLUPART_USER, &parts.user, 0);
	curl->url_get(url, CURLUPART_PASSWORD, &parts.password, 0);
	curl->url_get(url, CURLUPART_HOST, &parts.host, 0);
	done = check_parts(request, &parts);
	curl->free(parts.scheme);
	curl->free(parts.user);
	curl->free(parts.password);
	curl->free(parts.host);
	curl->url_cleanup(url);
	return done;
}

/* What keeps a stranger's URL from being more than a question. */
static bool set_limits(struct request *request, CURL *easy)
{
	const struct chk_curl *curl = request->http->curl;
	int64_t left = request->end - chk_io_now();
	CURLcode code = CURLE_OK;

#if LIBCURL_VERSION_NUM >= 0x075500
	code |= curl->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
#else
	code |= curl->easy_setopt(easy, CURLOPT_PROTOCOLS,
				  (long)CURLPROTO_HTTP);
#endif
	code |= curl->easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	code |= curl->easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION,
				  open_socket);
	code |= curl->easy_setopt(easy, CURLOPT_OPENSOCKETDATA, request);
	/* "": none, whatever the environment says. */
	code |= curl->easy_setopt(easy, CURLOPT_PROXY, request->proxied ?
				  request->http->proxy : "");
	code |= curl->easy_setopt(easy, CURLOPT_NOPROXY, "");
	code |= curl->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	code |= curl->easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE,
				  (curl_off_t)request->room);
	code |= curl->easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
				  (long)request->http->connect_timeout_ms);
	/* 0 would be no limit. */
	code |= curl->easy_setopt(easy, CURLOPT_TIMEOUT_MS,
				  left > 0 ? (long)left : 1L);
	return code == CURLE_OK;
}

static bool set_question(struct request *request, CURL *easy)
{
	const struct chk_curl *curl = request->http->curl;
	CURLcode code = CURLE_OK;

	code |= curl->easy_setopt(easy, CURLOPT_URL, request->at);
	code |= curl->easy_setopt(easy, CURLOPT_USERAGENT, USER_AGENT);
	code |= curl->easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	code |= curl->easy_setopt(easy, CURLOPT_WRITEDATA, request);
	code |= curl->easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	code |= curl->easy_setopt(easy, CURLOPT_HEADERDATA, request);
	code |= curl->easy_setopt(easy, CURLOPT_ERRORBUFFER, request->why);
	return code == CURLE_OK;
}

static bool tell_failure(const struct request *request, CURLcode code)
{
	const struct chk_curl *curl = request->http->curl;

	if (code == CURLE_OUT_OF_MEMORY)
		return chk_error_memory(request->error);
	if (request->too_large || code == CURLE_FILESIZE_EXCEEDED)
		return fail(request, CHK_ERROR_TOO_LARGE,
			    "the answer is over %zu bytes", request->room);
	if (request->too_many)
		return fail(request, CHK_ERROR_TOO_LARGE,
			    "its headers are over %d bytes", MAX_HEADERS);
	if (*request->refused)
		return fail(request, CHK_ERROR_UNSUPPORTED,
			    "%s is no public address, and is not contacted",
			    request->refused);
	if (code == CURLE_OPERATION_TIMEDOUT)
		return fail(request, CHK_ERROR_READ,
			    "there was no whole answer in time");
	if (code == CURLE_PARTIAL_FILE)
		return fail(request, CHK_ERROR_READ,
			    "the server closed before the answer was whole");
	if (code == CURLE_GOT_NOTHING)
		return fail(request, CHK_ERROR_READ,
			    "the server closed without an answer");
	return fail(request, CHK_ERROR_READ, "%s",
		    *request->why ? request->why : curl->easy_strerror(code));
}

/* Of what was answered, the body of 200, or where to go instead. */
static bool judge(struct request *request, CURL *easy, char **next)
{
	const struct chk_curl *curl = request->http->curl;
	char *redirect = NULL;
	long status = 0;

	curl->easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	curl->easy_getinfo(easy, CURLINFO_REDIRECT_URL, &redirect);
	if (status == 200)
		return true;
	if (!redirect)
		return fail(request, CHK_ERROR_NOT_FOUND,
			    "the server answered %ld", status);
	if (request->redirects == MAX_REDIRECTS)
		return fail(request, CHK_ERROR_READ,
			    "that redirects again: %d redirects are followed",
			    MAX_REDIRECTS);
	*next = strdup(redirect);
	return *next || chk_error_memory(request->error);
}

static bool ask(struct request *request, char **next)
{
	const struct chk_curl *curl = request->http->curl;
	CURL *easy = curl->easy_init();
	CURLcode code;
	bool done;

	if (!easy)
		return chk_error_memory(request->error);
	request->size = request->headers = 0;
	*request->why = *request->refused = '\0';
	if (!set_limits(request, easy) || !set_question(request, easy)) {
		curl->easy_cleanup(easy);
		return fail(request, CHK_ERROR_UNSUPPORTED,
			    "this libcurl lacks what is needed to ask safely");
	}
	code = curl->easy_perform(easy);
	done = code == CURLE_OK ? judge(request, easy, next) :
				  tell_failure(request, code);
	curl->easy_cleanup(easy);
	return done;
}

static int64_t end_of(const struct chk_http *http)
{
	int64_t end = chk_io_now() + http->timeout_ms;

	return http->end && http->end < end ? http->end : end;
}

bool chk_http_get(const struct chk_http *http, const char *url, uint8_t *bytes,
		  size_t room, size_t *size, struct chk_error *error)
{
	struct request request = {
		.http = http, .url = url, .at = strdup(url), .bytes = bytes,
		.room = room, .end = end_of(http), .error = error,
	};
	bool done = request.at || chk_error_memory(error);
	bool more = true;

	while (done && more) {
		char *next = NULL;

		done = check_url(&request) && ask(&request, &next);
		more = next;
		if (!next)
			continue;
		free(request.at);
		request.at = next;
		request.redirects++;
	}
	free(request.at);
	*size = request.size;
	return done;
}
