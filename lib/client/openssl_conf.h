/* lib/client/openssl_conf.h: OpenSSL's file of settings. */
#ifndef CHK_CLIENT_OPENSSL_CONF_H
#define CHK_CLIENT_OPENSSL_CONF_H

#include "client/here.h"

/* One line "name = value". */
struct chk_openssl_line {
	const char *section; /* "default" before the first */
	struct chk_setting setting;
};

/* Zero it; free() `items`, the rest is the arena's. */
struct chk_openssl_conf {
	struct chk_openssl_line *items;
	size_t count, room;
	unsigned files; /* that were read */
	const char *path; /* of the first; NULL: there is none */
};

/*
 * chk_openssl_conf_read reads the file of OPENSSL_CONF, or openssl.cnf of the
 * system, with the files and directories that it includes. What a line has of
 * `$name` is filled in. False: no memory. What is passed over is said.
 * See: config(5ssl).
 */
bool chk_openssl_conf_read(struct chk_here *here,
			   struct chk_openssl_conf *conf);
/* The last line of that name in a section; NULL: none. */
const struct chk_setting *chk_openssl_get(const struct chk_openssl_conf *conf,
					  const char *section,
					  const char *name);
/*
 * The section that holds what every program's connections begin with:
 * openssl_conf, in it ssl_conf, in it system_default. NULL: none.
 */
const char *chk_openssl_system_default(const struct chk_openssl_conf *conf);

#endif
