/* cli/options.c: every option of every command, in one table. */
#include "config.h"

#include "options.h"

#include <string.h>

#include "complain.h"
#include "option_row.h"
#include "option_values.h"

#define AT(name) .member = offsetof(struct options, name)
#define CHECK (APPLIES_CHECK | APPLIES_WHERE | APPLIES_HANDSHAKE)
#define ASKS (APPLIES_CHECK | APPLIES_HANDSHAKE)
#define NAMED APPLIES_QUESTION /* what names stores: `where` finds them */
#define BOTH (APPLIES_QUESTION | APPLIES_WHERE)
/* What else a simulated client is asked with. */
#define SIMULATED APPLIES_HANDSHAKE
#define REPORT APPLIES_REPORT
#define ALL APPLIES_ALL
#define AUDIT APPLIES_AUDIT
#define COMMON .common = true

const struct option_row option_rows[] = {
	{ "cacert", 0, KIND_LIST, NAMED | SIMULATED, "FILE",
	  "trust these certificates instead of the system's", COMMON,
	  AT(trust), .prefix = "file:" },
	{ "capath", 0, KIND_LIST, NAMED | SIMULATED, "DIR",
	  "trust the files of a directory instead",
	  AT(trust), .prefix = "dir:" },
	{ "trust", 0, KIND_LIST, NAMED | SIMULATED, "SPEC",
	  "trust a store: system, jks:, nss:..., or all", COMMON,
	  AT(trust), .prefix = "" },
	{ "no-system", 0, KIND_FLAG, NAMED | SIMULATED, NULL,
	  "do not trust the system's store",
	  AT(no_system) },
	{ "untrusted", 0, KIND_LIST, BOTH | SIMULATED | AUDIT, "FILE",
	  "intermediates the client has", COMMON,
	  AT(untrusted), .prefix = "" },
	{ "other", 0, KIND_LIST, NAMED, "SPEC",
	  "where to look for what is missing, never trusted",
	  AT(other), .prefix = "" },
	{ "known", 0, KIND_TEXT, BOTH | APPLIES_KNOWN | AUDIT, "FILE",
	  "the table to look public CAs up in", AT(known) },
	{ "distrust", 0, KIND_LIST, BOTH, "FILE",
	  "certificates that must not stand on a path",
	  AT(distrust), .prefix = "" },
	{ "if-added", 0, KIND_LIST, NAMED, "FILE",
	  "what if the store had these: said beside it",
	  AT(if_added), .prefix = "" },
	{ "if-sent", 0, KIND_LIST, NAMED, "FILE",
	  "... if these had been sent; the verdict stays",
	  AT(if_sent), .prefix = "" },
	{ "crlfile", 0, KIND_LIST, BOTH, "FILE",
	  "CRLs, PEM or DER; all of the path is checked",
	  AT(crls), .prefix = "" },
	{ "crl-check", 0, KIND_FLAG, BOTH, NULL,
	  "only the leaf must be shown not to be revoked", AT(crl_check) },
	{ "crl-check-all", 0, KIND_FLAG, BOTH, NULL,
	  "... all certificates below the anchor", AT(crl_check_all) },
	{ "aia", 0, KIND_FLAG, BOTH, NULL,
	  "fetch missing issuers where certificates say", COMMON,
	  AT(aia) },
	{ "phone-out", 0, KIND_FLAG, BOTH, NULL,
	  "all that contacts third parties; today --aia", AT(aia) },
	{ "aia-allow", 0, KIND_SET, BOTH, "NET",
	  "contact it though it is not public: 10.0.0.0/8",
	  .set = set_aia_allow },
	{ "aia-timeout", 0, KIND_SET, BOTH, "SECONDS",
	  "for each fetch, 10 unless told", .set = set_aia_timeout },
	{ "cert", 'E', KIND_SET, ASKS, "FILE",
	  "the client's certificate, where it is asked for",
	  .set = set_cert },
	{ "key", 0, KIND_SET, ASKS, "FILE",
	  "its private key, where it is not in the same file",
	  .set = set_key },
	{ "module", 0, KIND_TEXT, REPORT | AUDIT | ASKS, "PATH",
	  "the PKCS#11 module for pkcs11:", AT(module) },
	{ "pass", 0, KIND_SET, REPORT | AUDIT | ASKS, "SOURCE",
	  "PIN, password: pass:TEXT env:NAME file: fd: stdin",
	  .set = set_pass },
	{ "starttls", 0, KIND_SET, CHECK, "PROTOCOL",
	  "spoken before TLS: smtp, imap, ldap, postgres...", COMMON,
	  .set = set_starttls },
	{ "servername", 0, KIND_TEXT, CHECK, "NAME",
	  "the name to send (SNI)", COMMON,
	  AT(server_name) },
	{ "noservername", 0, KIND_FLAG, CHECK, NULL,
	  "send no name", AT(no_server_name) },
	{ "connect-to", 0, KIND_SET, CHECK, "H:P:H2:P2",
	  "connect to H2:P2 instead of H:P",
	  .set = set_connect_to },
	{ "resolve", 0, KIND_SET, CHECK, "HOST:P:ADDR",
	  "the address to use for HOST:PORT", .set = set_resolve },
	{ "proxy", 'x', KIND_TEXT, CHECK, "URL",
	  "through http://, socks5:// or socks5h://HOST:PORT", AT(proxy) },
	{ "proxy-user", 'U', KIND_TEXT, CHECK, "NAME:PASS",
	  "what the proxy wants", AT(proxy_user) },
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
	{ "client", 0, KIND_SET, SIMULATED, "ID,...",
	  "as java7, here, ... would fare; all, or list", COMMON,
	  .set = set_client },
	{ "client", 0, KIND_SET, APPLIES_CHECK, "ID,...",
	  "as java7, here, ... would fare; all, or list",
	  .set = set_client },
	{ "connect-timeout", 0, KIND_SET, CHECK, "SECONDS",
	  "to connect, 10 unless told", .set = set_connect_timeout },
	{ "max-time", 'm', KIND_SET, CHECK, "SECONDS",
	  "for a host in all, 30 unless told", COMMON,
	  .set = set_max_time },
	{ "verify-hostname", 0, KIND_SET, BOTH | SIMULATED | AUDIT, "NAME",
	  "the name that the leaf must have", COMMON,
	  .set = set_verify_hostname },
	{ "verify-ip", 0, KIND_SET, BOTH | SIMULATED | AUDIT, "ADDRESS",
	  "the IP address that the leaf must have", .set = set_verify_ip },
	{ "verify-email", 0, KIND_TEXT, APPLIES_VERIFY, "ADDRESS",
	  "the e-mail address that the leaf must have", AT(verify_email) },
	{ "attime", 0, KIND_SET,
	  BOTH | APPLIES_STORES | SIMULATED | AUDIT, "TIME",
	  "2026-04-01T00:00:00Z, +90d or -12h instead of now", COMMON,
	  .set = set_attime },
	{ "purpose", 0, KIND_SET, BOTH | APPLIES_STORES, "PURPOSE",
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
	  "web unless told, rfc5280, baseline, java, go ...",
	  .set = set_profile },
	{ "strength", 0, KIND_SET, BOTH, "LEVEL",
	  "of keys and signatures: legacy, low, medium, high",
	  .set = set_strength },
	{ "max-depth", 0, KIND_SET, BOTH, "N",
	  "intermediates at most, 16 unless told", .set = set_max_depth },
	{ "as", 0, KIND_SET, AUDIT, "WHAT",
	  "server, ca-bundle or keystore, whatever it seems", COMMON,
	  .set = set_as },
	{ "for", 0, KIND_SET, AUDIT, "SPEC,...",
	  "who must accept it: system, java:..., android7", COMMON,
	  .set = set_for },
	{ "baseline", 0, KIND_TEXT, AUDIT, "FILE",
	  "accept the findings it has, each until its day", COMMON,
	  AT(baseline) },
	{ "write-baseline", 0, KIND_TEXT, AUDIT, "FILE",
	  "... write those found now, for 90 days",
	  AT(write_baseline) },
	{ "each", 0, KIND_FLAG, AUDIT, NULL,
	  "each certificate by itself, a million if need be", COMMON,
	  AT(each) },
	{ "jobs", 'j', KIND_SET, AUDIT, "N",
	  "threads of --each, one a processor unless told",
	  .set = set_jobs },
	{ "key", 0, KIND_TEXT, AUDIT, "FILE",
	  "the private key of a server bundle, or pkcs11:...", COMMON,
	  AT(key) },
	{ "warning", 'w', KIND_SET, AUDIT, "DAYS",
	  "warn of what ends sooner than this", COMMON,
	  .set = set_warning },
	{ "critical", 'c', KIND_SET, AUDIT, "DAYS",
	  "call it an error when it ends sooner", COMMON,
	  .set = set_critical },
	{ "fix", 0, KIND_FLAG, AUDIT, NULL,
	  "write the mended bundle to the file of -o", COMMON,
	  AT(mend) },
	{ "split", 0, KIND_FLAG, AUDIT, NULL,
	  "... as body.pem, chain.pem in the folder of -o", COMMON,
	  AT(split) },
	{ "targets", 0, KIND_TEXT, AUDIT, "FILE",
	  "hosts, or files of their chains, one a line", COMMON,
	  AT(targets) },
	{ "least", 0, KIND_FLAG, AUDIT, NULL,
	  "the least anchors of a bundle that serve them", COMMON,
	  AT(least) },
	{ "pid", 0, KIND_TEXT, APPLIES_WHERE, "N",
	  "the store that this running process uses, and why", AT(pid) },
	{ "root", 0, KIND_TEXT,
	  APPLIES_STORES | APPLIES_WHERE | APPLIES_HANDSHAKE, "DIR",
	  "stores, clients of another root file system", COMMON,
	  AT(root) },
	{ "in", 0, KIND_TEXT, APPLIES_STORES | APPLIES_WHERE, "DIR",
	  "find all stores below a folder", COMMON,
	  AT(in) },
	{ "batch", 0, KIND_FLAG, APPLIES_VERIFY, NULL,
	  "questions on standard input, a JSON object a line", COMMON,
	  AT(batch) },
	{ "format", 0, KIND_TEXT, NAMED | AUDIT, "FORMAT",
	  "text, json, jsonl (a line a report), sarif, junit", COMMON,
	  AT(format) },
	{ "format", 0, KIND_TEXT, APPLIES_STORES, "FORMAT",
	  "of stores: text, json, csv or pem", COMMON, AT(format) },
	{ "format", 0, KIND_TEXT, APPLIES_DIFF | APPLIES_WHERE, "FORMAT",
	  "of diff and where: text, json or csv", COMMON, AT(format) },
	{ "format", 0, KIND_TEXT, APPLIES_HANDSHAKE, "FORMAT",
	  "of handshake: text, json or jsonl", COMMON, AT(format) },
	{ "output", 'o', KIND_TEXT, ALL, "FILE",
	  "write there, whole or not at all", COMMON,
	  AT(output) },
	{ "fix", 0, KIND_TEXT, NAMED, "DIR",
	  "write the mended chain, missing root and lines", COMMON,
	  AT(fix) },
	{ "quiet", 'q', KIND_FLAG, APPLIES_SHOWN, NULL,
	  "the verdict in one sentence, no report", COMMON,
	  AT(quiet) },
	{ "verbose", 'v', KIND_COUNT, REPORT | AUDIT, NULL,
	  "more: what was rejected; twice: all evidence", COMMON,
	  AT(verbose) },
	{ "verbose", 'v', KIND_COUNT, APPLIES_HANDSHAKE, NULL,
	  "of handshake: every one that was held", COMMON, AT(verbose) },
	{ "verbose", 'v', KIND_COUNT, APPLIES_KNOWN, NULL,
	  "of known: however many are found, each in full", COMMON,
	  AT(verbose) },
	{ "no-probes", 0, KIND_FLAG, CHECK, NULL,
	  "do not ask a failing server further", AT(no_probes) },
	{ "color", 0, KIND_SET, APPLIES_SHOWN, "WHEN",
	  "auto, always or never", .set = set_colour },
	{ "fail-on", 0, KIND_SET, NAMED | AUDIT, "SEVERITY",
	  "warning: exit with 4 where there are warnings only", COMMON,
	  .set = set_fail_on },
	{ "help", 'h', KIND_FLAG, ALL, NULL, "this", COMMON,
	  AT(help) },
	{ "version", 0, KIND_FLAG, ALL, NULL,
	  "the version of the command and the library",
	  AT(version) },
};

const size_t option_row_count = sizeof(option_rows) / sizeof(*option_rows);

/* struct reader is how far the reading of a command line is. */
struct reader {
	int argc;
	char **argv;
	int next;
	unsigned applies;
	struct options *options;
};

/* The row of this command, or else of another that has such an option. */
static const struct option_row *find_row(unsigned applies, const char *name,
				  size_t size, char letter)
{
	const struct option_row *found = NULL;

	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];

		if (name != NULL ? strlen(row->name) != size ||
		    memcmp(row->name, name, size) != 0 : row->letter != letter)
			continue;
		found = row;
		if ((row->applies & applies) != 0)
			break;
	}
	return found;
}

static bool wants_value(const struct option_row *row)
{
	return row->kind >= KIND_TEXT;
}

/* Applies one option; `written` is how it was given, for what goes wrong. */
static bool apply(struct reader *reader, const struct option_row *row,
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
static bool take(struct reader *reader, const struct option_row *row,
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
	return take(reader, find_row(reader->applies, argument + 2, size - 2,
				     '\0'), written, inside);
}

/* Letters may stand together: -qv, -m5. */
static bool take_letters(struct reader *reader, const char *argument)
{
	for (const char *p = argument + 1; *p != '\0'; p++) {
		const struct option_row *row =
			find_row(reader->applies, NULL, 0, *p);
		char written[] = { '-', *p, '\0' };

		if (row != NULL && wants_value(row))
			return take(reader, row, written,
				    p[1] != '\0' ? p + 1 : NULL);
		if (!take(reader, row, written, NULL))
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
	return options_hold_together(options, applies);
}

void options_free(struct options *options)
{
	text_list_free(&options->trust);
	text_list_free(&options->accepting);
	text_list_free(&options->untrusted);
	text_list_free(&options->other);
	text_list_free(&options->distrust);
	text_list_free(&options->crls);
	text_list_free(&options->if_added);
	text_list_free(&options->if_sent);
	text_list_free(&options->aia_allowed);
	text_list_free(&options->policies);
	text_list_free(&options->clients);
	text_list_free(&options->connect_to);
	text_list_free(&options->resolve);
	text_list_free(&options->operands);
}
