/* cli/check.c: chaincheck HOST: fetch, search, explain. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

/* A target and the texts it borrows. */
struct asked {
	struct chk_target target;
	char host[256], connect_host[256], address_text[256];
	const char *addresses[17];
};

static bool read_port(const char *text, uint16_t *port)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	*port = (uint16_t)number;
	return text[0] >= '0' && text[0] <= '9' && !*end && number &&
	       number <= 65535;
}

/* "host", "host:port", "[v6]:port", a bare v6; the URL form loses the rest. */
static bool split_host(const char *text, char host[256], uint16_t *port)
{
	const char *scheme = strstr(text, "://");
	char copy[256], *start = copy, *colon, *end;

	if (scheme)
		text = scheme + 3;
	if (strlen(text) >= sizeof(copy))
		return false;
	strcpy(copy, text);
	if (scheme)
		copy[strcspn(copy, "/?#")] = '\0';
	colon = strrchr(copy, ':');
	if (copy[0] == '[') {
		end = strchr(copy, ']');
		if (!end)
			return false;
		start++;
		colon = end[1] == ':' ? end + 1 : NULL;
		if (end[1] && !colon)
			return false;
		*end = '\0';
	} else if (colon && strchr(copy, ':') != colon) {
		colon = NULL; /* an IPv6 address without a port */
	}
	if (colon) {
		*colon = '\0';
		if (!read_port(colon + 1, port))
			return false;
	}
	strcpy(host, start);
	return host[0] != '\0';
}

/* curl's HOST1:PORT1:HOST2:PORT2; the first two may be empty. */
static bool read_connect_to(const char *text, struct asked *asked)
{
	const char *second = text;

	for (int i = 0; i < 2; i++) {
		second = strchr(second, ':');
		if (!second)
			return split_host(text, asked->connect_host,
					  &asked->target.connect_port);
		second++;
		if (i == 0 && !strchr(second, ':'))
			return split_host(text, asked->connect_host,
					  &asked->target.connect_port);
	}
	return split_host(second, asked->connect_host,
			  &asked->target.connect_port);
}

/* HOST:PORT:ADDR[,ADDR] of this host and port. */
static bool read_resolve(const char *text, struct asked *asked)
{
	char wanted[300], *address;
	size_t count = 0;

	snprintf(wanted, sizeof(wanted), "%s:%u:", asked->host,
		 asked->target.port ? asked->target.port : 443u);
	if (strncmp(text, wanted, strlen(wanted)) != 0)
		return true;
	text += strlen(wanted);
	if (strlen(text) >= sizeof(asked->address_text))
		return false;
	strcpy(asked->address_text, text);
	for (address = strtok(asked->address_text, ","); address && count < 16;
	     address = strtok(NULL, ",")) {
		size_t size = strlen(address);

		if (address[0] == '[' && address[size - 1] == ']') {
			address[size - 1] = '\0';
			address++;
		}
		asked->addresses[count++] = address;
	}
	asked->target.addresses = asked->addresses;
	return count > 0;
}

static bool read_seconds(const char *text, uint32_t *milliseconds)
{
	char *end;
	double seconds;

	if (!text)
		return true;
	seconds = strtod(text, &end);
	*milliseconds = seconds > 0 && seconds < 1e6 ?
			(uint32_t)(seconds * 1000) : 0;
	return end != text && !*end && *milliseconds;
}

static bool read_version(const char *text, enum chk_tls_version *version)
{
	static const char *const NAMES[] = { "1.0", "1.1", "1.2", "1.3" };

	for (int i = 0; text && i < 4; i++) {
		if (strcmp(text, NAMES[i]) != 0)
			continue;
		*version = (enum chk_tls_version)(CHK_TLS_1_0 + i);
		return true;
	}
	return !text;
}

/* NULL, or the option that makes no sense. */
static const char *fill_target(struct asked *asked, const char *host,
			       const struct options *options)
{
	struct chk_target *target = &asked->target;

	if (!split_host(host, asked->host, &target->port))
		return "HOST";
	target->host = asked->host;
	target->server_name = options->server_name;
	target->no_server_name = options->no_server_name;
	target->family = options->ipv4 ? CHK_FAMILY_IPV4 :
			 options->ipv6 ? CHK_FAMILY_IPV6 : CHK_FAMILY_ANY;
	target->priority = options->priority;
	if (!read_version(options->tls_min, &target->tls_min) ||
	    !read_version(options->tls_max, &target->tls_max))
		return "--tls-min or --tls-max";
	if (!read_seconds(options->connect_timeout, &target->connect_timeout_ms) ||
	    !read_seconds(options->max_time, &target->total_timeout_ms))
		return "--connect-timeout or --max-time";
	if (options->connect_to) {
		if (!read_connect_to(options->connect_to, asked))
			return "--connect-to";
		target->connect_host = asked->connect_host;
	}
	for (size_t i = 0; i < options->resolve.count; i++) {
		if (!read_resolve(options->resolve.items[i], asked))
			return "--resolve";
	}
	return NULL;
}

static int check_host(const char *host, const struct inputs *inputs,
		      const struct options *options)
{
	struct asked asked = { 0 };
	struct chk_report *report = NULL;
	struct chk_error error = { 0 };
	const char *wrong = fill_target(&asked, host, options);
	int status;

	if (wrong) {
		fprintf(stderr, "chaincheck: %s: %s is not understood\n", host,
			wrong);
		return EXIT_USAGE;
	}
	if (!chk_check(&asked.target, &inputs->question, &report, &error)) {
		tell_error(&error);
		return error.code == CHK_ERROR_ARGUMENT ? EXIT_USAGE :
							  EXIT_UNDECIDED;
	}
	status = write_report(report, options);
	chk_report_free(report);
	return status;
}

int command_check(const struct options *options)
{
	struct inputs inputs = { 0 };
	int status = EXIT_TRUSTED;

	if (!options->operands.count) {
		options_help("HOST[:PORT] ...");
		return EXIT_USAGE;
	}
	if (inputs_load(&inputs, options, &status)) {
		status = EXIT_TRUSTED;
		for (size_t i = 0; i < options->operands.count; i++)
			status = worse_status(status,
				check_host(options->operands.items[i], &inputs,
					   options));
	}
	inputs_free(&inputs);
	return status;
}
