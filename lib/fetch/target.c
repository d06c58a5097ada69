/* lib/fetch/target.c: check a target, set its defaults. */
#include "fetch/target.h"

#include <arpa/inet.h>
#include <idn2.h>
#include <sys/un.h>

#include "base/ascii.h"
#include "base/cleanup.h"
#include "base/dns_name.h"
#include "fetch/io.h"

#define DEFAULT_PORT 443

bool chk_is_ipv4(const char *text)
{
	struct in_addr address;

	return inet_pton(AF_INET, text, &address) == 1;
}

bool chk_is_ipv6(const char *text)
{
	size_t size = strcspn(text, "%");
	char bare[INET6_ADDRSTRLEN];
	struct in6_addr address;

	if (size >= sizeof(bare) || (text[size] && !text[size + 1]))
		return false;
	memcpy(bare, text, size);
	bare[size] = '\0';
	return inet_pton(AF_INET6, bare, &address) == 1;
}

static bool is_address(const char *text)
{
	return chk_is_ipv4(text) || chk_is_ipv6(text);
}

bool chk_is_socket(const char *text)
{
	return strncmp(text, "unix:/", 6) == 0 &&
	       strlen(text + 5) < sizeof(((struct sockaddr_un *)0)->sun_path);
}

/* NULL, or what is wrong with a name in ASCII; it may have its last dot. */
static const char *fault_of_name(const char *name)
{
	size_t size = strlen(name);

	if (size && name[size - 1] == '.')
		size--;
	return chk_dns_name_fault(chk_bytes_of(name, size));
}

static void cleanup_idn(char **name)
{
	idn2_free(*name);
}

/* The name in A-labels, in the arena; NULL: `error` is filled. */
static const char *to_ascii(const char *name, const char *what,
			    struct chk_arena *arena, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_idn) char *converted = NULL;
	const char *fault, *copy;
	int status;

	if (is_address(name) || chk_is_socket(name))
		return name;
	if (!chk_ascii_is_all(name)) {
		status = idn2_to_ascii_8z(name, &converted,
					  IDN2_NFC_INPUT |
						  IDN2_NONTRANSITIONAL);
		if (status == IDN2_MALLOC) {
			chk_error_memory(error);
			return NULL;
		}
		if (status != IDN2_OK) {
			chk_error_set(error, CHK_ERROR_ARGUMENT, name,
				      "the %s is no internationalized name: %s",
				      what, idn2_strerror(status));
			return NULL;
		}
		name = converted;
	}
	fault = fault_of_name(name);
	if (fault) {
		chk_error_set(error, CHK_ERROR_ARGUMENT, name, "the %s %s",
			      what, fault);
		return NULL;
	}
	copy = chk_arena_text(arena, name);
	if (!copy)
		chk_error_memory(error);
	return copy;
}

/* RFC 6066 section 3: a DNS name without its last dot, never an address. */
static bool set_server_name(struct chk_route *route,
			    const struct chk_target *target,
			    struct chk_arena *arena, struct chk_error *error)
{
	const char *name = route->host;
	size_t size;
	char *copy;

	if (target->no_server_name)
		return true;
	if (target->server_name) {
		name = to_ascii(target->server_name, "server name", arena,
				error);
		if (!name)
			return false;
		if (is_address(name) || chk_is_socket(name))
			return chk_error_set(error, CHK_ERROR_ARGUMENT, name,
					     "the server name is an IP "
					     "address or a socket, which SNI "
					     "cannot carry (RFC 6066 section "
					     "3)");
	}
	if (is_address(name) || chk_is_socket(name))
		return true;
	copy = chk_arena_text(arena, name);
	if (!copy)
		return chk_error_memory(error);
	size = strlen(copy);
	if (copy[size - 1] == '.')
		copy[size - 1] = '\0';
	route->server_name = copy;
	return true;
}

static bool set_names(struct chk_route *route, const struct chk_target *target,
		      struct chk_arena *arena, struct chk_error *error)
{
	if (!target->host)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, NULL,
				     "no host is given");
	route->host = to_ascii(target->host, "host", arena, error);
	if (!route->host)
		return false;
	route->connect_host = route->host;
	if (target->connect_host) {
		route->connect_host = to_ascii(target->connect_host,
					       "host to connect to", arena,
					       error);
		if (!route->connect_host)
			return false;
	}
	return set_server_name(route, target, arena, error);
}

static bool set_addresses(struct chk_route *route,
			  const struct chk_target *target,
			  struct chk_error *error)
{
	size_t count = 0;

	route->family = target->family;
	route->addresses = target->addresses;
	if (!target->addresses)
		return true;
	for (; target->addresses[count]; count++) {
		if (!is_address(target->addresses[count]) &&
		    strcmp(target->addresses[count], route->connect_host) != 0)
			return chk_error_set(error, CHK_ERROR_ARGUMENT,
					     target->addresses[count],
					     "this is no IP address");
	}
	if (count == 0 || count > CHK_ADDRESSES_MAX)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, NULL,
				     "%zu addresses are given, 1 to %d can be "
				     "tried", count, CHK_ADDRESSES_MAX);
	return true;
}

static int64_t milliseconds(uint32_t asked, int64_t otherwise)
{
	return asked ? asked : otherwise;
}

static void set_times(struct chk_route *route, const struct chk_target *target)
{
	route->resolve_ms = milliseconds(target->resolve_timeout_ms, 5000);
	route->connect_ms = milliseconds(target->connect_timeout_ms, 10000);
	route->handshake_ms = milliseconds(target->handshake_timeout_ms, 10000);
	route->total_ms = milliseconds(target->total_timeout_ms, 30000);
}

/* Best first: GnuTLS offers them in this order. */
static const struct {
	enum chk_tls_version version;
	const char *name;
} VERSIONS[] = {
	{ CHK_TLS_1_3, ":+VERS-TLS1.3" },
	{ CHK_TLS_1_2, ":+VERS-TLS1.2" },
	{ CHK_TLS_1_1, ":+VERS-TLS1.1" },
	{ CHK_TLS_1_0, ":+VERS-TLS1.0" },
};

/*
 * All that a server may still need is offered, worst last, so that its chain
 * can be seen; whether that is good is judged elsewhere. SHA-1 signatures and
 * the weakest profile are for servers that stop at TLS 1.0 and at a short
 * Diffie-Hellman prime. %COMPAT is left out: it takes the extended master
 * secret away, which hardened servers insist on.
 */
#define OFFER_BEFORE_VERSIONS "NORMAL:-VERS-ALL"
#define OFFER_BEHIND_VERSIONS \
	":+3DES-CBC:+SIGN-RSA-SHA1:+SIGN-ECDSA-SHA1" \
	":%PROFILE_VERY_WEAK:%ALLOW_SMALL_RECORDS"

static bool is_version(enum chk_tls_version version)
{
	for (size_t i = 0; i < CHK_COUNT(VERSIONS); i++) {
		if (VERSIONS[i].version == version)
			return true;
	}
	return version == CHK_TLS_ANY;
}

const char *chk_target_offer(const struct chk_target *target,
			     struct chk_arena *arena)
{
	const char *text = OFFER_BEFORE_VERSIONS;
	enum chk_tls_version max = target->tls_max ? target->tls_max :
						     CHK_TLS_1_3;

	for (size_t i = 0; i < CHK_COUNT(VERSIONS) && text; i++) {
		if (VERSIONS[i].version >= target->tls_min &&
		    VERSIONS[i].version <= max)
			text = chk_arena_format(arena, "%s%s", text,
						VERSIONS[i].name);
	}
	return text ? chk_arena_format(arena, "%s%s", text,
				       OFFER_BEHIND_VERSIONS) :
		      NULL;
}

static bool check_versions(const struct chk_target *target,
			   struct chk_error *error)
{
	if (!is_version(target->tls_min) || !is_version(target->tls_max))
		return chk_error_set(error, CHK_ERROR_ARGUMENT, NULL,
				     "TLS versions 1.0 to 1.3 can be asked "
				     "for, not 0x%04x to 0x%04x",
				     (unsigned)target->tls_min,
				     (unsigned)target->tls_max);
	if (target->tls_max && target->tls_min > target->tls_max)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, NULL,
				     "the lowest TLS version is above the "
				     "highest");
	return true;
}

static bool set_priorities(struct chk_route *route,
			   const struct chk_target *target,
			   struct chk_arena *arena, struct chk_error *error)
{
	const char *text = target->priority;
	const char *fault = NULL;
	int status;

	if (!text) {
		if (!check_versions(target, error))
			return false;
		text = chk_target_offer(target, arena);
	}
	if (!text)
		return chk_error_memory(error);
	status = gnutls_priority_init(&route->priorities, text, &fault);
	if (status == 0)
		return true;
	route->priorities = NULL;
	if (status == GNUTLS_E_MEMORY_ERROR)
		return chk_error_memory(error);
	chk_error_set(error,
		      target->priority ? CHK_ERROR_ARGUMENT : CHK_ERROR_CRYPTO,
		      text, "GnuTLS does not take these priorities: %s",
		      gnutls_strerror(status));
	if (error) {
		error->cause = status;
		if (fault && status == GNUTLS_E_INVALID_REQUEST)
			error->offset = (size_t)(fault - text);
	}
	return false;
}

static bool set_io(struct chk_route *route, const struct chk_target *target,
		   struct chk_error *error)
{
	const struct chk_io *io = target->io ? target->io : chk_io_system();

	if (!io->resolve || !io->connect || !io->read || !io->write ||
	    !io->close || !io->now)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, NULL,
				     "the struct chk_io lacks a function");
	route->io = io;
	return true;
}

static bool set_protocol(struct chk_route *route,
			 const struct chk_target *target,
			 struct chk_error *error)
{
	const struct chk_protocol *protocol;

	if (!target->starttls)
		return true;
	protocol = chk_protocol_find(target->starttls);
	if (!protocol)
		return chk_error_set(error, CHK_ERROR_ARGUMENT,
				     target->starttls,
				     "no protocol with STARTTLS has this name");
	route->protocol = protocol->id;
	return true;
}

static bool set_proxy(struct chk_route *route, const struct chk_target *target,
		      struct chk_arena *arena, struct chk_error *error)
{
	struct chk_proxy *proxy;

	if (!target->proxy)
		return true;
	if (target->io || chk_is_socket(route->connect_host))
		return chk_error_set(error, CHK_ERROR_ARGUMENT, NULL,
				     "a proxy leads to no %s", target->io ?
				     "connection of the caller's own" :
				     "Unix socket");
	proxy = chk_arena_get(arena, sizeof(*proxy));
	if (!proxy)
		return chk_error_memory(error);
	route->proxy = proxy;
	return chk_proxy_init(proxy, target->proxy, target->proxy_user, arena,
			      error);
}

uint16_t chk_target_port(const struct chk_target *target)
{
	struct chk_service service;

	if (target->port)
		return target->port;
	if (target->starttls && chk_service_find(target->starttls, &service))
		return service.port;
	return DEFAULT_PORT;
}

bool chk_route_init(struct chk_route *route, const struct chk_target *target,
		    struct chk_arena *arena, struct chk_error *error)
{
	*route = (struct chk_route){ 0 };
	route->port = chk_target_port(target);
	route->connect_port = target->connect_port ? target->connect_port :
						     route->port;
	route->credentials = target->credentials;
	route->credential_count = target->credential_count;
	set_times(route, target);
	return set_io(route, target, error) &&
	       set_protocol(route, target, error) &&
	       set_names(route, target, arena, error) &&
	       set_addresses(route, target, error) &&
	       set_proxy(route, target, arena, error) &&
	       set_priorities(route, target, arena, error);
}

void chk_route_clear(struct chk_route *route)
{
	if (route->priorities)
		gnutls_priority_deinit(route->priorities);
	*route = (struct chk_route){ 0 };
}
