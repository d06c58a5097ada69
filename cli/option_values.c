/* cli/option_values.c: the options whose values need more than a copy. */
#include "config.h"

#include "option_values.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "host.h"
#include "number.h"

const char *set_ipv4(struct options *options, const char *value)
{
	options->family = CHK_FAMILY_IPV4;
	return NULL;
}

const char *set_ipv6(struct options *options, const char *value)
{
	options->family = CHK_FAMILY_IPV6;
	return NULL;
}

const char *set_connect_to(struct options *options, const char *value)
{
	if (!host_rule_check(value, false))
		return "is not HOST1:PORT1:HOST2:PORT2";
	text_list_add(&options->connect_to, "", value);
	return NULL;
}

const char *set_resolve(struct options *options, const char *value)
{
	if (!host_rule_check(value, true))
		return "is not HOST:PORT:ADDRESS";
	text_list_add(&options->resolve, "", value);
	return NULL;
}

static const char *tls_version(const char *value, enum chk_tls_version *version)
{
	static const char *const names[] = { "1.0", "1.1", "1.2", "1.3" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(value, names[i]) == 0) {
			*version = (enum chk_tls_version)(CHK_TLS_1_0 + i);
			return NULL;
		}
	}
	return "is none of 1.0, 1.1, 1.2 and 1.3";
}

const char *set_tls_min(struct options *options, const char *value)
{
	return tls_version(value, &options->tls_min);
}

const char *set_tls_max(struct options *options, const char *value)
{
	return tls_version(value, &options->tls_max);
}

static const char *seconds(const char *value, uint32_t *milliseconds)
{
	return seconds_read(value, milliseconds) ?
		NULL : "is no number of seconds above 0, a day at most";
}

const char *set_connect_timeout(struct options *options, const char *value)
{
	return seconds(value, &options->connect_timeout_ms);
}

const char *set_max_time(struct options *options, const char *value)
{
	return seconds(value, &options->max_time_ms);
}

const char *set_aia_timeout(struct options *options, const char *value)
{
	return seconds(value, &options->aia_timeout_ms);
}

/* "10.0.0.0/8": an address, and how many of its bits count. */
static bool is_network(const char *value)
{
	const char *slash = strchr(value, '/');
	size_t size = slash != NULL ? (size_t)(slash - value) : strlen(value);
	int64_t most = memchr(value, ':', size) != NULL ? 128 : 32, bits;
	char address[64];

	if (size >= sizeof(address))
		return false;
	memcpy(address, value, size);
	address[size] = '\0';
	return is_address(address) &&
		(slash == NULL || whole_read(slash + 1, 0, most, &bits));
}

const char *set_aia_allow(struct options *options, const char *value)
{
	if (!is_network(value))
		return "is no address, and no network such as 10.0.0.0/8";
	text_list_add(&options->aia_allowed, "", value);
	return NULL;
}

const char *set_verify_hostname(struct options *options, const char *value)
{
	if (is_address(value))
		return "is an IP address; --verify-ip takes those";
	options->verify_hostname = value;
	return NULL;
}

const char *set_verify_ip(struct options *options, const char *value)
{
	if (!is_address(value))
		return "is no IP address";
	options->verify_ip = value;
	return NULL;
}

const char *set_attime(struct options *options, const char *value)
{
	if (!chk_time_parse(value, time(NULL), &options->at))
		return "is no time such as 2026-04-01T00:00:00Z, +90d or -12h";
	options->at_set = true;
	return NULL;
}

/* Whether it is one in all detail is the library's to say. */
static bool is_dotted(const char *value)
{
	return value[strspn(value, "0123456789.")] == '\0' &&
	       strchr(value, '.') != NULL;
}

const char *set_purpose(struct options *options, const char *value)
{
	options->usage = NULL;
	if (chk_purpose_find(value, &options->purpose))
		return NULL;
	if (!is_dotted(value))
		return "is no purpose such as tls-server, clientAuth or "
		       "1.3.6.1.5.5.7.3.17";
	options->purpose = CHK_PURPOSE_ANY;
	options->usage = value;
	return NULL;
}

const char *set_policy(struct options *options, const char *value)
{
	if (!is_dotted(value))
		return "is no object identifier such as 2.5.29.32.0";
	text_list_add(&options->policies, "", value);
	return NULL;
}

/* "java7,curl": which there are is the library's to say. */
const char *set_client(struct options *options, const char *value)
{
	while (*value != '\0') {
		size_t size = strcspn(value, ",");
		char *name = text_copy(value, size);

		if (size > 0)
			text_list_add(&options->clients, "", name);
		free(name);
		value += size + (value[size] == ',');
	}
	return options->clients.count > 0 ? NULL : "names no client";
}

/* One of the names that the library has; false: it is none. */
static bool is_named(const char *value, const char *(*name_of)(size_t))
{
	const char *name;

	for (size_t i = 0; (name = name_of(i)) != NULL; i++) {
		if (strcmp(value, name) == 0)
			return true;
	}
	return false;
}

const char *set_profile(struct options *options, const char *value)
{
	options->profile = value;
	return is_named(value, chk_profile_name) ?
		NULL : "is none of web, rfc5280, baseline, legacy, java, "
		       "openssl, openssl-strict, gnutls, git, wget, go, "
		       "chromium and firefox";
}

const char *set_strength(struct options *options, const char *value)
{
	options->strength = value;
	return is_named(value, chk_strength_name) ?
		NULL : "is none of legacy, java, low, medium and high";
}

const char *set_max_depth(struct options *options, const char *value)
{
	int64_t depth;

	if (!whole_read(value, 0, INT32_MAX, &depth))
		return "is no number of intermediates";
	options->max_depth = depth == 0 ? -1 : (int32_t)depth;
	return NULL;
}

const char *set_pass(struct options *options, const char *value)
{
	static const char *const SOURCES[] = { "pass:", "env:", "file:" };
	int64_t fd;

	options->pass = value;
	for (size_t i = 0; i < sizeof(SOURCES) / sizeof(SOURCES[0]); i++) {
		if (strncmp(value, SOURCES[i], strlen(SOURCES[i])) == 0)
			return NULL;
	}
	if (strcmp(value, "stdin") == 0 ||
	    (strncmp(value, "fd:", 3) == 0 &&
	     whole_read(value + 3, 0, INT32_MAX, &fd)))
		return NULL;
	return "";
}

const char *set_colour(struct options *options, const char *value)
{
	if (strcmp(value, "auto") == 0)
		options->colour = COLOUR_AUTO;
	else if (strcmp(value, "always") == 0)
		options->colour = COLOUR_ALWAYS;
	else if (strcmp(value, "never") == 0)
		options->colour = COLOUR_NEVER;
	else
		return "is none of auto, always and never";
	return NULL;
}

const char *set_fail_on(struct options *options, const char *value)
{
	if (strcmp(value, "warning") == 0)
		options->fail_on_warning = true;
	else if (strcmp(value, "error") == 0)
		options->fail_on_warning = false;
	else
		return "is neither warning nor error";
	return NULL;
}

const char *set_as(struct options *options, const char *value)
{
	return chk_bundle_find(value, &options->as) ? NULL :
	       "is none of server, ca-bundle and keystore";
}

/* A list with commas between; a PKCS#11 URI has none. */
const char *set_for(struct options *options, const char *value)
{
	while (*value != '\0') {
		size_t size = strcspn(value, ",");
		char *spec = text_copy(value, size);

		if (size > 0)
			text_list_add(&options->accepting, "", spec);
		free(spec);
		value += size + (value[size] == ',');
	}
	return NULL;
}

/* A century is longer than any certificate that matters. */
static const char *days(const char *value, int64_t *days)
{
	return whole_read(value, 1, 36525, days) ? NULL :
	       "is no number of days";
}

const char *set_warning(struct options *options, const char *value)
{
	return days(value, &options->warning_days);
}

const char *set_critical(struct options *options, const char *value)
{
	return days(value, &options->critical_days);
}
