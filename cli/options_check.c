/* cli/options_check.c: which options go with which, and what they can be. */
#include "config.h"

#include <string.h>

#include "complain.h"
#include "option_row.h"

/* What each command can write; a command that has none takes no format. */
static const struct {
	unsigned applies;
	const char *formats[6]; /* NULL-ended */
	const char *none;       /* what one that is not among them is told */
} formats[] = {
	{ APPLIES_QUESTION | APPLIES_AUDIT,
	  { "text", "json", "jsonl", "sarif", "junit" },
	  "is none of text, json, jsonl, sarif and junit" },
	{ APPLIES_STORES, { "text", "json", "csv", "pem" },
	  "is none of text, json, csv and pem" },
	{ APPLIES_DIFF | APPLIES_WHERE, { "text", "json", "csv" },
	  "is none of text, json and csv" },
	{ APPLIES_HANDSHAKE | APPLIES_EXPLAIN, { "text", "json", "jsonl" },
	  "is none of text, json and jsonl" },
};

static bool is_format(const char *const *names, const char *format)
{
	for (; *names != NULL; names++) {
		if (strcmp(*names, format) == 0)
			return true;
	}
	return false;
}

static bool check_format(const char *format, unsigned applies)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if ((formats[i].applies & applies) == 0 ||
		    is_format(formats[i].formats, format))
			continue;
		complain("--format", "'%s' %s", format, formats[i].none);
		return false;
	}
	return true;
}

static bool hold_in_audit(const struct options *options)
{
	if (options->each && strcmp(options->format, "text") != 0 &&
	    strcmp(options->format, "jsonl") != 0) {
		complain("--each", "is written as text or jsonl alone");
		return false;
	}
	if (options->each && (options->baseline != NULL ||
			      options->write_baseline != NULL)) {
		complain("--each", "takes no baseline");
		return false;
	}
	if (options->mend && (options->output == NULL ||
			      options->operands.count != 1)) {
		complain("--fix", "mends one FILE, and writes to that of -o");
		return false;
	}
	if (options->least != (options->targets != NULL) ||
	    (options->least && (options->operands.count != 1 ||
				options->mend))) {
		complain("--least", "takes one bundle, and the hosts of "
			 "--targets");
		return false;
	}
	if (options->split && !options->mend) {
		complain("--split", "means nothing without --fix");
		return false;
	}
	return true;
}

static bool hold_together(const struct options *options)
{
	int names = (options->verify_hostname != NULL) +
		(options->verify_ip != NULL) + (options->verify_email != NULL);

	if (names > 1) {
		complain("--verify-hostname, --verify-ip, --verify-email",
			 "only one of them can be checked");
		return false;
	}
	if (options->batch && options->operands.count > 0) {
		complain("--batch", "reads standard input, and no file");
		return false;
	}
	if (options->batch && options->fix != NULL) {
		complain("--fix", "mends one chain, and --batch has many");
		return false;
	}
	if (options->batch && options->pass != NULL &&
	    (strcmp(options->pass, "stdin") == 0 ||
	     strcmp(options->pass, "fd:0") == 0)) {
		complain("--batch", "reads standard input, where --pass reads");
		return false;
	}
	if (!options->aia && (options->aia_allowed.count > 0 ||
			      options->aia_timeout_ms != 0)) {
		complain("--aia-allow, --aia-timeout",
			 "mean nothing without --aia");
		return false;
	}
	if (options->proxy_user != NULL && options->proxy == NULL) {
		complain("--proxy-user", "means nothing without --proxy");
		return false;
	}
	if (options->no_server_name && options->server_name != NULL) {
		complain("--noservername", "contradicts --servername");
		return false;
	}
	if (options->tls_max != CHK_TLS_ANY &&
	    options->tls_min > options->tls_max) {
		complain("--tls-min", "is above --tls-max");
		return false;
	}
	if (options->priority != NULL && (options->tls_min != CHK_TLS_ANY ||
					  options->tls_max != CHK_TLS_ANY)) {
		complain("--priority", "stands instead of --tls-min and "
			 "--tls-max");
		return false;
	}
	return hold_in_audit(options);
}

bool options_hold_together(const struct options *options, unsigned applies)
{
	return check_format(options->format, applies) &&
	       hold_together(options);
}
