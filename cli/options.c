/* cli/options.c: every option of every command, in one table. */
#include "config.h"

#include "options.h"

#include <string.h>

#include "complain.h"
#include "option_values.h"

/* enum kind says what an option does with its value. */
enum kind {
	KIND_FLAG,  /* no value: a bool becomes true */
	KIND_COUNT, /* no value: an int goes up */
	KIND_CALL,  /* no value: `set` is called */
	KIND_TEXT,  /* a text is kept, the last one */
	KIND_LIST,  /* `prefix` and a text are appended */
	KIND_SET,   /* a value for `set` */
};

struct row {
	const char *name;
	char letter;
	enum kind kind;
	unsigned applies;
	const char *value; /* for the help */
	const char *help;
	size_t member; /* KIND_FLAG, _COUNT, _TEXT, _LIST: where it goes */
	const char *prefix;
	const char *(*set)(struct options *options, const char *value);
};

#define AT(name) .member = offsetof(struct options, name)
#define CHECK APPLIES_CHECK
#define BOTH APPLIES_QUESTION
#define ALL APPLIES_ALL

static const struct row rows[] = {
	{ "cacert", 0, KIND_LIST, BOTH, "FILE",
	  "trust these certificates instead of the system's",
	  AT(trust), .prefix = "file:" },
	{ "capath", 0, KIND_LIST, BOTH, "DIR",
	  "trust the files of a directory instead",
	  AT(trust), .prefix = "dir:" },
	{ "trust", 0, KIND_LIST, BOTH, "SPEC",
	  "trust a store instead: system, file:, pkcs11:...",
	  AT(trust), .prefix = "" },
	{ "no-system", 0, KIND_FLAG, BOTH, NULL,
	  "do not trust the system's store", AT(no_system) },
	{ "untrusted", 0, KIND_LIST, BOTH, "FILE",
	  "intermediates the client has", AT(untrusted), .prefix = "" },
	{ "other", 0, KIND_LIST, BOTH, "SPEC",
	  "where to look for what is missing, never trusted",
	  AT(other), .prefix = "" },
	{ "known", 0, KIND_TEXT, BOTH | APPLIES_KNOWN, "FILE",
	  "the table of public CAs, to name what is missing", AT(known) },
	{ "distrust", 0, KIND_LIST, BOTH, "FILE",
	  "certificates that must not stand on a path",
	  AT(distrust), .prefix = "" },
	{ "crlfile", 0, KIND_LIST, BOTH, "FILE",
	  "CRLs, PEM or DER; all of the path is checked",
	  AT(crls), .prefix = "" },
	{ "crl-check", 0, KIND_FLAG, BOTH, NULL,
	  "only the leaf must be shown not to be revoked", AT(crl_check) },
	{ "crl-check-all", 0, KIND_FLAG, BOTH, NULL,
	  "... all certificates below the anchor", AT(crl_check_all) },
	{ "aia", 0, KIND_FLAG, BOTH, NULL,
	  "fetch missing issuers where certificates say", AT(aia) },
	{ "phone-out", 0, KIND_FLAG, BOTH, NULL,
	  "all that contacts third parties; today --aia", AT(aia) },
	{ "aia-allow", 0, KIND_SET, BOTH, "NETWORK",
	  "contact it though it is not public: 10.0.0.0/8",
	  .set = set_aia_allow },
	{ "aia-timeout", 0, KIND_SET, BOTH, "SECONDS",
	  "for each fetch, 10 unless told", .set = set_aia_timeout },
	{ "module", 0, KIND_TEXT, BOTH, "PATH",
	  "the PKCS#11 module for pkcs11: stores", AT(module) },
	{ "pass", 0, KIND_SET, BOTH, "SOURCE",
	  "PIN: pass:TEXT env:NAME file:PATH fd:NUMBER stdin",
	  .set = set_pass },
	{ "servername", 0, KIND_TEXT, CHECK, "NAME",
	  "the name to send (SNI)", AT(server_name) },
	{ "noservername", 0, KIND_FLAG, CHECK, NULL,
	  "send no name", AT(no_server_name) },
	{ "connect-to", 0, KIND_SET, CHECK, "H1:P1:H2:P2",
	  "connect to H2:P2 instead of H1:P1", .set = set_connect_to },
	{ "resolve", 0, KIND_SET, CHECK, "HOST:PORT:ADDR",
	  "the address to use for HOST:PORT", .set = set_resolve },
	{ "ipv4", '4', KIND_CALL, CHECK, NULL,
	  "IPv4 addresses alone", .set = set_ipv4 },
	{ "ipv6", '6', KIND_CALL, CHECK, NULL,
	  "IPv6 addresses alone", .set = set_ipv6 },
	{ "tls-min", 0, KIND_SET, CHECK, "VERSION",
	  "1.0, 1.1, 1.2 or 1.3 at least", .set = set_tls_min },
	{ "tls-max", 0, KIND_SET, CHECK, "VERSION",
	  "1.0, 1.1, 1.2 or 1.3 at most", .set = set_tls_max },
	{ "priority", 0, KIND_TEXT, CHECK, "STRING",
	  "a GnuTLS priority string", AT(priority) },
	{ "connect-timeout", 0, KIND_SET, CHECK, "SECONDS",
	  "to connect, 10 unless told", .set = set_connect_timeout },
	{ "max-time", 'm', KIND_SET, CHECK, "SECONDS",
	  "for a host in all, 30 unless told", .set = set_max_time },
	{ "verify-hostname", 0, KIND_SET, BOTH, "NAME",
	  "the name that the leaf must have", .set = set_verify_hostname },
	{ "verify-ip", 0, KIND_SET, BOTH, "ADDRESS",
	  "the IP address that the leaf must have", .set = set_verify_ip },
	{ "verify-email", 0, KIND_TEXT, APPLIES_VERIFY, "ADDRESS",
	  "the e-mail address that the leaf must have", AT(verify_email) },
	{ "attime", 0, KIND_SET, BOTH, "TIME",
	  "2026-04-01T00:00:00Z, +90d or -12h instead of now",
	  .set = set_attime },
	{ "purpose", 0, KIND_SET, BOTH, "PURPOSE",
	  "tls-server unless told; serverAuth and the like",
	  .set = set_purpose },
	{ "partial-chain", 0, KIND_FLAG, BOTH, NULL,
	  "a trusted leaf needs no issuer, in any profile",
	  AT(partial_chain) },
	{ "policy", 0, KIND_SET, BOTH, "OID",
	  "a certificate policy that will do; any unless told",
	  .set = set_policy },
	{ "explicit-policy", 0, KIND_FLAG, BOTH, NULL,
	  "the path must be valid for a policy", AT(explicit_policy) },
	{ "inhibit-mapping", 0, KIND_FLAG, BOTH, NULL,
	  "policies are not mapped", AT(inhibit_mapping) },
	{ "inhibit-any", 0, KIND_FLAG, BOTH, NULL,
	  "anyPolicy stands for no policy", AT(inhibit_any) },
	{ "profile", 0, KIND_SET, BOTH, "NAME",
	  "web unless told, rfc5280, baseline or legacy", .set = set_profile },
	{ "strength", 0, KIND_SET, BOTH, "LEVEL",
	  "of keys and signatures: legacy, medium or high",
	  .set = set_strength },
	{ "max-depth", 0, KIND_SET, BOTH, "N",
	  "intermediates at most, 16 unless told", .set = set_max_depth },
	{ "batch", 0, KIND_FLAG, APPLIES_VERIFY, NULL,
	  "questions on standard input, a JSON object a line", AT(batch) },
	{ "format", 0, KIND_SET, BOTH, "FORMAT",
	  "text, json or jsonl", .set = set_format },
	{ "output", 'o', KIND_TEXT, ALL, "FILE",
	  "write there, whole or not at all", AT(output) },
	{ "quiet", 'q', KIND_FLAG, BOTH, NULL,
	  "the verdict in one sentence, no report", AT(quiet) },
	{ "verbose", 'v', KIND_COUNT, BOTH | APPLIES_KNOWN, NULL,
	  "more: what was rejected; twice: all evidence", AT(verbose) },
	{ "color", 0, KIND_SET, BOTH, "WHEN",
	  "auto, always or never", .set = set_colour },
	{ "fail-on", 0, KIND_SET, BOTH, "SEVERITY",
	  "warning: exit with 4 where there are warnings only",
	  .set = set_fail_on },
	{ "help", 'h', KIND_FLAG, ALL, NULL, "this", AT(help) },
	{ "version", 0, KIND_FLAG, ALL, NULL,
	  "the version of the command and the library", AT(version) },
};

enum { ROW_COUNT = sizeof(rows) / sizeof(*rows) };

/* struct reader is how far the reading of a command line is. */
struct reader {
	int argc;
	char **argv;
	int next;
	unsigned applies;
	struct options *options;
};

static const struct row *find_row(const char *name, size_t size, char letter)
{
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (name != NULL ? strlen(rows[i].name) == size &&
		    memcmp(rows[i].name, name, size) == 0 :
		    rows[i].letter == letter)
			return &rows[i];
	}
	return NULL;
}

static bool wants_value(const struct row *row)
{
	return row->kind >= KIND_TEXT;
}

/* Applies one option; `written` is how it was given, for what goes wrong. */
static bool apply(struct reader *reader, const struct row *row,
		  const char *written, const char *value)
{
	char *base = (char *)reader->options;
	void *member = base + row->member;
	const char *why = NULL;

	switch (row->kind) {
	case KIND_FLAG:
		*(bool *)member = true;
		break;
	case KIND_COUNT:
		++*(int *)member;
		break;
	case KIND_TEXT:
		*(const char **)member = value;
		break;
	case KIND_LIST:
		text_list_add(member, row->prefix, value);
		break;
	case KIND_CALL:
	case KIND_SET:
		why = row->set(reader->options, value);
		break;
	}
	if (why == NULL)
		return true;
	if (*why == '\0') /* a secret may be in it */
		complain(written, "takes pass:TEXT, env:NAME, file:PATH, "
				  "fd:NUMBER or stdin");
	else
		complain(written, "'%s' %s", value, why);
	return false;
}

/* Finds the value, `inside` the same argument or in the next, and applies. */
static bool take(struct reader *reader, const struct row *row,
		 const char *written, const char *inside)
{
	if (row == NULL) {
		complain(written, "no such option; see chaincheck --help");
		return false;
	}
	if ((row->applies & reader->applies) == 0) {
		complain(written, "means nothing to this command");
		return false;
	}
	if (!wants_value(row)) {
		if (inside != NULL) {
			complain(written, "takes no value");
			return false;
		}
	} else if (inside == NULL) {
		if (reader->next >= reader->argc) {
			complain(written, "needs a value, %s", row->value);
			return false;
		}
		inside = reader->argv[reader->next++];
	}
	if (inside != NULL && *inside == '\0') {
		complain(written, "its value is empty");
		return false;
	}
	return apply(reader, row, written, inside);
}

static bool take_long(struct reader *reader, const char *argument)
{
	size_t size = strcspn(argument, "=");
	const char *inside = argument[size] == '=' ? argument + size + 1 : NULL;
	char written[40];

	snprintf(written, sizeof(written), "%.*s", (int)size, argument);
	return take(reader, find_row(argument + 2, size - 2, '\0'), written,
		    inside);
}

/* Letters may stand together: -qv, -m5. */
static bool take_letters(struct reader *reader, const char *argument)
{
	for (const char *p = argument + 1; *p != '\0'; p++) {
		const struct row *row = find_row(NULL, 0, *p);
		char written[] = { '-', *p, '\0' };

		if (row != NULL && wants_value(row))
			return take(reader, row, written,
				    p[1] != '\0' ? p + 1 : NULL);
		if (!take(reader, row, written, NULL))
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
	return true;
}

bool options_read(int argc, char **argv, unsigned applies,
		  struct options *options)
{
	struct reader reader = { argc, argv, 0, applies, options };
	bool operands_only = false;

	*options = (struct options){ .format = "text" };
	while (reader.next < argc) {
		const char *argument = argv[reader.next++];
		bool read = true;

		if (operands_only || argument[0] != '-' || argument[1] == '\0')
			text_list_add(&options->operands, "", argument);
		else if (strcmp(argument, "--") == 0)
			operands_only = true;
		else if (argument[1] == '-')
			read = take_long(&reader, argument);
		else
			read = take_letters(&reader, argument);
		if (!read)
			return false;
	}
	return hold_together(options);
}

void options_free(struct options *options)
{
	text_list_free(&options->trust);
	text_list_free(&options->untrusted);
	text_list_free(&options->other);
	text_list_free(&options->distrust);
	text_list_free(&options->crls);
	text_list_free(&options->aia_allowed);
	text_list_free(&options->policies);
	text_list_free(&options->connect_to);
	text_list_free(&options->resolve);
	text_list_free(&options->operands);
}

void options_help(FILE *out, unsigned applies)
{
	for (size_t i = 0; i < ROW_COUNT; i++) {
		const struct row *row = &rows[i];
		char left[48], letter[5] = "    ";

		if ((row->applies & applies) == 0)
			continue;
		if (row->letter != '\0')
			snprintf(letter, sizeof(letter), "-%c, ", row->letter);
		snprintf(left, sizeof(left), "%s--%s%s%s", letter, row->name,
			 row->value != NULL ? " " : "",
			 row->value != NULL ? row->value : "");
		if (strlen(left) > 26)
			fprintf(out, "  %s\n%30s%s\n", left, "", row->help);
		else
			fprintf(out, "  %-28s%s\n", left, row->help);
	}
}
