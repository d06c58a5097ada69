/* cli/options.h: the command line as values. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <chaincheck.h>

#define LIST_MAX 64

struct list {
	const char *items[LIST_MAX];
	size_t count;
};

/* What each option set; texts are borrowed from argv. */
struct options {
	struct list operands;
	struct list trust; /* specs; "file:" and "dir:" put before paths */
	struct list untrusted, other, distrust, resolve;
	bool no_system, help, version, quiet, fail_on_warning;
	bool no_server_name, ipv4, ipv6, partial_chain;
	int verbose;
	const char *server_name, *verify_host, *verify_ip, *verify_email;
	const char *connect_to, *tls_min, *tls_max, *priority;
	const char *connect_timeout, *max_time, *attime, *purpose, *max_depth;
	const char *module, *pass, *format, *output, *colour, *fail_on;
};

/* False: what is wrong was said on standard error. */
bool options_read(struct options *options, int argc, char **argv);
void options_help(const char *command);

#endif
