/* cli/options.h: every option of every command, in one table. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdio.h>

#include <chaincheck.h>

#include "text_list.h"

/* enum applies says which commands take an option, as bits. */
enum applies {
	APPLIES_CHECK = 1,
	APPLIES_VERIFY = 2,
	APPLIES_EXPLAIN = 4,
	APPLIES_STORES = 8,
	APPLIES_DIFF = 16,
	APPLIES_KNOWN = 32,
	APPLIES_WHERE = 64,
	APPLIES_HANDSHAKE = 128,
	APPLIES_AUDIT = 256,
	APPLIES_QUESTION = APPLIES_CHECK | APPLIES_VERIFY,
	APPLIES_STORE = APPLIES_STORES | APPLIES_DIFF,
	APPLIES_REPORT = APPLIES_QUESTION | APPLIES_STORE | APPLIES_WHERE,
	APPLIES_SHOWN = APPLIES_REPORT | APPLIES_HANDSHAKE | APPLIES_AUDIT,
	APPLIES_ALL = APPLIES_SHOWN | APPLIES_EXPLAIN | APPLIES_KNOWN,
};

enum colour_choice { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* struct options is a command line, read. Its texts are those of argv. */
struct options {
	struct text_list trust; /* store specs, in the order given */
	const char *known;
	const char *pid;
	bool no_system;
	struct text_list untrusted;
	struct text_list other;
	struct text_list distrust;
	struct text_list crls;
	struct text_list if_added, if_sent; /* tried, and trusted by nobody */
	bool crl_check, crl_check_all;
	bool aia; /* ask where certificates say that their issuers are */
	struct text_list aia_allowed; /* addresses and networks, not public */
	uint32_t aia_timeout_ms;
	const char *module;
	const char *pass; /* a source: pass:TEXT, env:NAME, file:PATH */

	const char *server_name;
	bool no_server_name;
	bool no_probes;
	struct text_list connect_to;
	struct text_list resolve;
	enum chk_family family;
	enum chk_tls_version tls_min, tls_max;
	const char *priority;
	struct text_list clients; /* to be simulated */
	uint32_t connect_timeout_ms, max_time_ms;

	const char *verify_hostname;
	const char *verify_ip;
	const char *verify_email;
	enum chk_purpose purpose;
	const char *usage; /* a dotted identifier that is no such purpose */
	bool partial_chain;
	struct text_list policies; /* dotted identifiers */
	bool explicit_policy, inhibit_mapping, inhibit_any;
	const char *profile;
	const char *strength;
	bool at_set;
	int64_t at;
	int32_t max_depth; /* as in struct chk_question */

	const char *format;
	const char *output;
	const char *fix; /* the folder for what mends a fault */
	enum colour_choice colour;
	bool quiet;
	int verbose;
	bool fail_on_warning;
	bool help;
	bool version;

	enum chk_bundle as; /* what a file is judged as */
	struct text_list accepting; /* who must accept it, store specs */
	const char *key;
	int64_t warning_days, critical_days;
	bool mend, split;

	const char *root; /* of the file system that is looked at */
	const char *in;   /* only below this folder */

	bool batch;
	struct text_list operands;
};

/*
 * options_read reads what follows the command's name. False: the command
 * line makes no sense, and it has been said why. Free with options_free
 * either way.
 */
bool options_read(int argc, char **argv, unsigned applies,
		  struct options *options);
void options_free(struct options *options);

/* `--client list`: the clients there are, and no host. */
bool options_list_clients(const struct options *options);

/*
 * options_help lists the options that apply. Unless `all`, of more than fit a
 * screen those that are seldom wanted are named alone.
 */
void options_help(FILE *out, unsigned applies, bool all);

#endif
