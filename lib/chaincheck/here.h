/*
 * chaincheck/here.h: the TLS clients of this machine, or of a file system
 * below another root: what its Java, OpenSSL and GnuTLS offer and take, as
 * their files of settings leave it, and which line decided what.
 *
 * Programs may ask for less or more than their library begins with; what they
 * set by a call cannot be seen in a file.
 */
#ifndef CHAINCHECK_HERE_H
#define CHAINCHECK_HERE_H

#include <chaincheck/error.h>
#include <chaincheck/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/* struct chk_machine: zero it; zero is this machine without any variable. */
struct chk_machine {
	const char *root; /* stands before every path; NULL: our own */
	/* Relative paths begin here; NULL: they lead nowhere. */
	const char *directory;
	/*
	 * NAME=VALUE, NULL-ended: JAVA_HOME, JAVA_TOOL_OPTIONS, PATH,
	 * OPENSSL_CONF, GNUTLS_SYSTEM_PRIORITY_FILE are looked at; NULL: none.
	 */
	const char *const *environment;
};

struct chk_machine_clients;

/*
 * chk_machine_clients_read reads the clients `names`, of "java", "openssl" and
 * "gnutls", NULL-ended; NULL is all of them that are installed.
 * Ownership: nothing of the arguments is kept; free `*clients` with
 * chk_machine_clients_free.
 * Errors: CHK_ERROR_ARGUMENT (no such name), CHK_ERROR_NOT_FOUND (one that was
 * named is not installed), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_machine_clients_read(const struct chk_machine *machine,
			      const char *const *names,
			      struct chk_machine_clients **clients,
			      struct chk_error *error);
/* chk_machine_clients_free frees them. NULL is fine. */
CHK_API void chk_machine_clients_free(struct chk_machine_clients *clients);
/* How many there are. */
CHK_API size_t
chk_machine_clients_count(const struct chk_machine_clients *clients);
/*
 * Why the `i`th, from 0, says nothing to any server, in its own words; NULL:
 * it speaks, or there is no such one. Borrowed.
 */
CHK_API const char *
chk_machine_clients_stops(const struct chk_machine_clients *clients, size_t i);

/*
 * chk_machine_clients_write gives them as "text" or "json"
 * (doc/here.schema.json).
 * Ownership: `*text` ends in NUL and is the caller's, free() it.
 * Errors: CHK_ERROR_ARGUMENT (format), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_machine_clients_write(const struct chk_machine_clients *clients,
			       const char *format,
			       const struct chk_write_options *options,
			       char **text, struct chk_error *error);

#ifdef __cplusplus
}
#endif

#endif
