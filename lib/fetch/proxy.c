/* lib/fetch/proxy.c: a connection that libcurl makes, and leaves to us. */
#include "config.h"

#include "fetch/proxy.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "base/text.h"
#include "fetch/curl.h"
#include "fetch/io.h"

#define USER_AGENT PACKAGE_NAME "/" PACKAGE_VERSION
#define DEFAULT_PORT "1080" /* as curl has it, for HTTP too */
#define WHY_SIZE 256

static const char *const SCHEMES[] = { "http", "socks4", "socks4a", "socks5",
				       "socks5h" };

/* A part of the URL, decoded, in the arena; NULL: it has none. */
static const char *part(const struct chk_curl *curl, CURLU *url, CURLUPart what,
			unsigned flags, struct chk_arena *arena)
{
	char *text = NULL;
	const char *copy = NULL;

	if (curl->url_get(url, what, &text, flags) == CURLUE_OK && text)
		copy = chk_arena_text(arena, text);
	curl->free(text);
	return copy;
}

/* NULL: it is none that is taken. */
static const char *scheme_of(const char *text)
{
	for (size_t i = 0; text && i < CHK_COUNT(SCHEMES); i++) {
		if (strcasecmp(SCHEMES[i], text) == 0)
			return SCHEMES[i];
	}
	return NULL;
}

static bool read_parts(struct chk_proxy *proxy, CURLU *url,
		       struct chk_arena *arena, struct chk_error *error)
{
	const struct chk_curl *curl = proxy->curl;
	const char *given = part(curl, url, CURLUPART_SCHEME, 0, arena);
	const char *scheme = scheme_of(given);
	const char *host = part(curl, url, CURLUPART_HOST, 0, arena);
	const char *port = part(curl, url, CURLUPART_PORT, 0, arena);
	char shown[300];

	if (arena->failed)
		return chk_error_memory(error);
	if (!scheme)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, "the proxy",
				     "it is reached by http, socks4, socks4a, "
				     "socks5 or socks5h, not by %.20s", given);
	if (!host)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, "the proxy",
				     "it names no host");
	port = port ? port : DEFAULT_PORT;
	proxy->url = chk_arena_format(arena, "%s://%s:%s", scheme, host, port);
	chk_text_escape_into(shown, sizeof(shown), host, strlen(host));
	proxy->shown = chk_arena_format(arena, "%s:%s", shown, port);
	proxy->user = part(curl, url, CURLUPART_USER, CURLU_URLDECODE, arena);
	proxy->password = part(curl, url, CURLUPART_PASSWORD, CURLU_URLDECODE,
			       arena);
	return !arena->failed || chk_error_memory(error);
}

static bool set_user(struct chk_proxy *proxy, const char *user,
		     struct chk_arena *arena, struct chk_error *error)
{
	const char *colon = strchr(user, ':');

	proxy->user = chk_arena_format(
		arena, "%.*s", (int)(colon ? colon - user : (long)strlen(user)),
		user);
	proxy->password = chk_arena_text(arena, colon ? colon + 1 : "");
	return !arena->failed || chk_error_memory(error);
}

bool chk_proxy_init(struct chk_proxy *proxy, const char *text,
		    const char *user, struct chk_arena *arena,
		    struct chk_error *error)
{
	const struct chk_curl *curl = chk_curl_load(error);
	const char *whole = strstr(text, "://") ? text :
			    chk_arena_format(arena, "http://%s", text);
	CURLU *url = curl ? curl->url() : NULL;
	bool done;

	*proxy = (struct chk_proxy){ .curl = curl };
	if (!curl)
		return false;
	if (!url || !whole) {
		curl->url_cleanup(url);
		return chk_error_memory(error);
	}
	if (curl->url_set(url, CURLUPART_URL, whole,
			  CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
		done = chk_error_set(error, CHK_ERROR_ARGUMENT, "the proxy",
				     "this is no [SCHEME://]HOST[:PORT]");
	else
		done = read_parts(proxy, url, arena, error);
	curl->url_cleanup(url);
	return done && (!user || set_user(proxy, user, arena, error));
}

struct connecting {
	const struct chk_proxy *proxy;
	CURL *easy;
	int64_t left;
	char url[300];
	char why[CURL_ERROR_SIZE];
};

static bool set_way(struct connecting *at)
{
	const struct chk_proxy *proxy = at->proxy;
	const struct chk_curl *curl = proxy->curl;
	CURLcode code = CURLE_OK;

	code |= curl->easy_setopt(at->easy, CURLOPT_URL, at->url);
	code |= curl->easy_setopt(at->easy, CURLOPT_PROXY, proxy->url);
	/* Whatever the environment says. */
	code |= curl->easy_setopt(at->easy, CURLOPT_NOPROXY, "");
	code |= curl->easy_setopt(at->easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
	code |= curl->easy_setopt(at->easy, CURLOPT_CONNECT_ONLY, 1L);
	code |= curl->easy_setopt(at->easy, CURLOPT_USERAGENT, USER_AGENT);
	if (proxy->user)
		code |= curl->easy_setopt(at->easy, CURLOPT_PROXYUSERNAME,
					  proxy->user);
	if (proxy->password)
		code |= curl->easy_setopt(at->easy, CURLOPT_PROXYPASSWORD,
					  proxy->password);
	return code == CURLE_OK;
}

static bool set_limits(struct connecting *at)
{
	const struct chk_curl *curl = at->proxy->curl;
	CURLcode code = CURLE_OK;

	code |= curl->easy_setopt(at->easy, CURLOPT_NOSIGNAL, 1L);
	code |= curl->easy_setopt(at->easy, CURLOPT_CONNECTTIMEOUT_MS,
				  (long)at->left);
	code |= curl->easy_setopt(at->easy, CURLOPT_TIMEOUT_MS,
				  (long)at->left);
	code |= curl->easy_setopt(at->easy, CURLOPT_ERRORBUFFER, at->why);
	return code == CURLE_OK;
}

/* What an HTTP proxy answered to CONNECT; the first row is for the rest. */
static const struct {
	long status;
	enum chk_proxy_fault fault;
	const char *words;
} STATUSES[] = {
	{ 0, CHK_PROXY_OTHER, "it makes no connection" },
	{ 401, CHK_PROXY_LOGIN, "it does not take this name and password" },
	{ 403, CHK_PROXY_FORBIDDEN, "it does not allow that" },
	{ 405, CHK_PROXY_FORBIDDEN, "it has no CONNECT, or not to that port" },
	{ 407, CHK_PROXY_LOGIN, "it wants a name and a password" },
	{ 500, CHK_PROXY_UNREACHED, "it could not connect" },
	{ 502, CHK_PROXY_UNREACHED, "it could not connect" },
	{ 503, CHK_PROXY_UNREACHED, "it could not connect" },
	{ 504, CHK_PROXY_UNREACHED, "it got no answer there" },
};

static enum chk_proxy_fault told_status(const struct chk_proxy *proxy,
					long status, struct chk_arena *arena,
					const char **why)
{
	size_t row = CHK_COUNT(STATUSES) - 1;

	while (row && STATUSES[row].status != status)
		row--;
	*why = chk_arena_format(arena, "the proxy %s answered %ld to CONNECT: "
				"%s", proxy->shown, status,
				STATUSES[row].words);
	return STATUSES[row].fault;
}

/* RFC 1928 section 6, as libcurl numbers it. */
static const struct {
	long code;
	enum chk_proxy_fault fault;
	const char *words;
} REPLIES[] = {
	{ 0, CHK_PROXY_OTHER, "refused: it does not go on in SOCKS" },
	{ CURLPX_BAD_ADDRESS_TYPE, CHK_PROXY_OTHER,
	  "answered with an address that is none" },
	{ CURLPX_BAD_VERSION, CHK_PROXY_ABSENT,
	  "does not speak this version of SOCKS" },
	{ CURLPX_CLOSED, CHK_PROXY_OTHER, "closed the connection" },
	{ CURLPX_NO_AUTH, CHK_PROXY_LOGIN, "wants a name and a password" },
	{ CURLPX_USER_REJECTED, CHK_PROXY_LOGIN,
	  "does not take this name and password" },
	{ CURLPX_REPLY_NOT_ALLOWED, CHK_PROXY_FORBIDDEN,
	  "does not allow this connection" },
	{ CURLPX_REPLY_CONNECTION_REFUSED, CHK_PROXY_UNREACHED,
	  "was refused a connection there" },
	{ CURLPX_REPLY_HOST_UNREACHABLE, CHK_PROXY_UNREACHED,
	  "cannot reach the host" },
	{ CURLPX_REPLY_NETWORK_UNREACHABLE, CHK_PROXY_UNREACHED,
	  "cannot reach the network" },
	{ CURLPX_REPLY_TTL_EXPIRED, CHK_PROXY_UNREACHED,
	  "got no answer there" },
	{ CURLPX_REPLY_GENERAL_SERVER_FAILURE, CHK_PROXY_UNREACHED,
	  "could not connect" },
	{ CURLPX_RESOLVE_HOST, CHK_PROXY_UNREACHED,
	  "was not asked: the name has no address here (socks5h:// has the "
	  "proxy look it up)" },
};

static enum chk_proxy_fault told_reply(const struct chk_proxy *proxy,
				       long code, struct chk_arena *arena,
				       const char **why)
{
	size_t row = CHK_COUNT(REPLIES) - 1;

	while (row && REPLIES[row].code != code)
		row--;
	*why = chk_arena_format(arena, "the proxy %s %s", proxy->shown,
				REPLIES[row].words);
	return REPLIES[row].fault;
}

static enum chk_proxy_fault tell(const struct connecting *at, CURLcode code,
				 struct chk_arena *arena, const char **why)
{
	const struct chk_curl *curl = at->proxy->curl;
	const char *shown = at->proxy->shown;
	long status = 0, reply = 0;
	char text[WHY_SIZE];

	curl->easy_getinfo(at->easy, CURLINFO_HTTP_CONNECTCODE, &status);
	if (status >= 300)
		return told_status(at->proxy, status, arena, why);
	curl->easy_getinfo(at->easy, CURLINFO_PROXY_ERROR, &reply);
	if (code == CURLE_PROXY)
		return told_reply(at->proxy, reply, arena, why);
	if (code == CURLE_OPERATION_TIMEDOUT) {
		*why = chk_arena_format(arena, "the proxy %s made no connection"
					" in time", shown);
		return CHK_PROXY_UNREACHED;
	}
	chk_text_escape_into(text, sizeof(text), at->why, strlen(at->why));
	*why = code == CURLE_COULDNT_RESOLVE_PROXY ?
		chk_arena_format(arena, "the proxy %s has no address", shown) :
		code == CURLE_COULDNT_CONNECT ?
		chk_arena_format(arena, "the proxy %s does not answer",
				 shown) :
		chk_arena_format(arena, "the proxy %s makes no connection: %s",
				 shown, *text ? text :
						curl->easy_strerror(code));
	return code == CURLE_COULDNT_RESOLVE_PROXY ||
	       code == CURLE_COULDNT_CONNECT ? CHK_PROXY_ABSENT :
					       CHK_PROXY_OTHER;
}

/* Our own descriptor of the connection, which stays when curl closes its. */
static int take(const struct connecting *at)
{
	curl_socket_t socket = CURL_SOCKET_BAD;
	const struct chk_curl *curl = at->proxy->curl;

	if (curl->easy_getinfo(at->easy, CURLINFO_ACTIVESOCKET, &socket) !=
		    CURLE_OK || socket == CURL_SOCKET_BAD)
		return -1;
	return fcntl(socket, F_DUPFD_CLOEXEC, 0);
}

int chk_proxy_connect(const struct chk_proxy *proxy, const char *host,
		      uint16_t port, int64_t deadline, struct chk_arena *arena,
		      enum chk_proxy_fault *fault, const char **why)
{
	struct connecting at = { .proxy = proxy,
				 .easy = proxy->curl->easy_init(),
				 .left = deadline - chk_io_now() };
	bool v6 = strchr(host, ':');
	CURLcode code = CURLE_FAILED_INIT;
	int handle = -1;

	snprintf(at.url, sizeof(at.url), v6 ? "http://[%s]:%u/" :
					      "http://%s:%u/", host,
		 (unsigned)port);
	*fault = CHK_PROXY_OTHER;
	*why = "";
	if (at.easy && at.left > 0 && set_way(&at) && set_limits(&at))
		code = proxy->curl->easy_perform(at.easy);
	else if (at.left <= 0)
		code = CURLE_OPERATION_TIMEDOUT;
	if (code == CURLE_OK)
		handle = take(&at);
	if (handle >= 0)
		*fault = CHK_PROXY_FINE;
	else if (at.easy)
		*fault = tell(&at, code, arena, why);
	if (at.easy)
		proxy->curl->easy_cleanup(at.easy);
	return handle;
}
