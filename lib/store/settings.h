/*
 * lib/store/settings.h: files of lines "key value" and "key = value", as
 * programs keep their settings in them.
 */
#ifndef CHK_STORE_SETTINGS_H
#define CHK_STORE_SETTINGS_H

#include "base/bytes.h"

enum chk_settings_syntax {
	CHK_SETTINGS_CURLRC, /* curl(1): "cacert = X", "--cacert X" */
	CHK_SETTINGS_GIT,    /* git-config(1): "[http "URL"] sslCAInfo = X" */
	CHK_SETTINGS_INI,    /* Python's configparser: "[global] cert: X" */
	CHK_SETTINGS_LDAP,   /* ldap.conf(5): "TLS_CACERT X" */
	CHK_SETTINGS_PHP,    /* php.ini: "openssl.cafile = X" */
};

/*
 * The key as it stands there, "[section]" and a dot before it; the name of a
 * section that is quoted stands behind another dot. "" is no value. False:
 * the reading ends.
 */
typedef bool chk_settings_visit(void *context, const char *key,
				const char *value);

/*
 * chk_settings_read calls `visit` for each setting of the text, in its order.
 * What is none is passed over. False: no memory, or the visitor's.
 */
bool chk_settings_read(struct chk_bytes text, enum chk_settings_syntax syntax,
		       chk_settings_visit *visit, void *context);

#endif
