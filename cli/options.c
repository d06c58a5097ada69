/* cli/options.c: one table of options. */
#include "options.h"

#include <stdio.h>
#include <string.h>

enum kind { FLAG, COUNT, TEXT, LIST, CA_FILE, CA_DIR };

static const struct option {
	const char *name;
	char letter;
	enum kind kind;
	size_t offset;
	const char *argument, *help;
} OPTIONS[] = {
#define AT(member) offsetof(struct options, member)
	{ "cacert", 0, CA_FILE, AT(trust), "FILE", "trust these instead of the system's" },
	{ "capath", 0, CA_DIR, AT(trust), "DIR", "trust the files of DIR instead" },
	{ "trust", 0, LIST, AT(trust), "SPEC", "trust this store instead: file: dir: p11-kit pkcs11: system" },
	{ "no-system", 0, FLAG, AT(no_system), NULL, "never the system's store" },
	{ "untrusted", 0, LIST, AT(untrusted), "FILE", "intermediates the client has" },
	{ "other", 0, LIST, AT(other), "SPEC", "a store that may know what is missing" },
	{ "distrust", 0, LIST, AT(distrust), "FILE", "certificates that must not be used" },
	{ "module", 0, TEXT, AT(module), "PATH", "the PKCS#11 module for pkcs11:" },
	{ "pass", 0, TEXT, AT(pass), "SOURCE", "PIN: pass:TEXT env:NAME file:PATH" },
	{ "servername", 0, TEXT, AT(server_name), "NAME", "send this SNI" },
	{ "noservername", 0, FLAG, AT(no_server_name), NULL, "send no SNI" },
	{ "verify-hostname", 0, TEXT, AT(verify_host), "NAME", "the name to be found" },
	{ "verify-ip", 0, TEXT, AT(verify_ip), "IP", "the address to be found" },
	{ "verify-email", 0, TEXT, AT(verify_email), "ADDR", "the mailbox to be found" },
	{ "connect-to", 0, TEXT, AT(connect_to), "H1:P1:H2:P2", "connect to H2:P2 instead" },
	{ "resolve", 0, LIST, AT(resolve), "HOST:PORT:ADDR", "addresses to use, as curl's" },
	{ NULL, '4', FLAG, AT(ipv4), NULL, "IPv4 alone" },
	{ NULL, '6', FLAG, AT(ipv6), NULL, "IPv6 alone" },
	{ "tls-min", 0, TEXT, AT(tls_min), "VERSION", "1.0 to 1.3" },
	{ "tls-max", 0, TEXT, AT(tls_max), "VERSION", "1.0 to 1.3" },
	{ "priority", 0, TEXT, AT(priority), "STRING", "GnuTLS priority string" },
	{ "connect-timeout", 0, TEXT, AT(connect_timeout), "SECONDS", "10" },
	{ "max-time", 'm', TEXT, AT(max_time), "SECONDS", "30, over all" },
	{ "attime", 0, TEXT, AT(attime), "TIME", "RFC 3339, or +90d" },
	{ "purpose", 0, TEXT, AT(purpose), "P", "tls-server tls-client email code-signing any" },
	{ "partial-chain", 0, FLAG, AT(partial_chain), NULL, "the default: any anchor ends a path" },
	{ "max-depth", 0, TEXT, AT(max_depth), "N", "intermediates at most" },
	{ "format", 0, TEXT, AT(format), "F", "text json jsonl" },
	{ "output", 'o', TEXT, AT(output), "FILE", "write there, whole or not at all" },
	{ "quiet", 'q', FLAG, AT(quiet), NULL, "the verdict sentence alone" },
	{ "verbose", 'v', COUNT, AT(verbose), NULL, "the ledger and timings; twice: all evidence" },
	{ "color", 0, TEXT, AT(colour), "WHEN", "auto always never" },
	{ "fail-on", 0, TEXT, AT(fail_on), "warning", "status 4 for warnings alone" },
	{ "help", 'h', FLAG, AT(help), NULL, "this" },
	{ "version", 'V', FLAG, AT(version), NULL, "the version" },
};

#define OPTION_COUNT (sizeof(OPTIONS) / sizeof(OPTIONS[0]))

static bool add(struct list *list, const char *item)
{
	if (list->count >= LIST_MAX) {
		fprintf(stderr, "chaincheck: over %d of one option\n", LIST_MAX);
		return false;
	}
	list->items[list->count++] = item;
	return true;
}

static const struct option *find(const char *word, size_t size)
{
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		const struct option *option = &OPTIONS[i];

		if (word[1] == '-' ? option->name &&
				     strlen(option->name) == size - 2 &&
				     memcmp(option->name, word + 2, size - 2) == 0 :
				     size == 2 && option->letter == word[1])
			return option;
	}
	return NULL;
}

static bool set(struct options *options, const struct option *option,
		const char *value)
{
	char *at = (char *)options + option->offset;

	switch (option->kind) {
	case FLAG:
		*(bool *)(void *)at = true;
		return true;
	case COUNT:
		++*(int *)(void *)at;
		return true;
	case TEXT:
		*(const char **)(void *)at = value;
		return true;
	case LIST:
	case CA_FILE:
	case CA_DIR:
		return add((struct list *)(void *)at, value);
	}
	return false;
}

/* One option; `*i` moves over an argument of its own. */
static bool read_option(struct options *options, int argc, char **argv, int *i)
{
	const char *word = argv[*i], *equals = strchr(word, '=');
	size_t size = equals ? (size_t)(equals - word) : strlen(word);
	const struct option *option = find(word, size);
	bool wants = option && option->kind != FLAG && option->kind != COUNT;

	if (!option) {
		fprintf(stderr, "chaincheck: %s is no option; see chaincheck "
				"--help\n", word);
		return false;
	}
	if (!wants && equals) {
		fprintf(stderr, "chaincheck: %.*s takes no argument\n",
			(int)size, word);
		return false;
	}
	if (wants && !equals && *i + 1 >= argc) {
		fprintf(stderr, "chaincheck: %s wants an argument\n", word);
		return false;
	}
	return set(options, option,
		   !wants ? NULL : equals ? equals + 1 : argv[++*i]);
}

bool options_read(struct options *options, int argc, char **argv)
{
	bool ended = false;

	for (int i = 0; i < argc; i++) {
		if (!ended && strcmp(argv[i], "--") == 0)
			ended = true;
		else if (!ended && argv[i][0] == '-' && argv[i][1]) {
			if (!read_option(options, argc, argv, &i))
				return false;
		} else if (!add(&options->operands, argv[i])) {
			return false;
		}
	}
	return true;
}

void options_help(const char *command)
{
	printf("usage: chaincheck %s\n"
	       "       chaincheck --help | --version\n\n", command);
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		const struct option *option = &OPTIONS[i];
		char left[40];

		if (option->name)
			snprintf(left, sizeof(left), "--%s%s%s", option->name,
				 option->argument ? " " : "",
				 option->argument ? option->argument : "");
		else
			snprintf(left, sizeof(left), "-%c", option->letter);
		printf("  %-28s %s\n", left, option->help);
	}
}
