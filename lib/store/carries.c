/*
 * lib/store/carries.c: what a format can say of an anchor. What it cannot say
 * is lost where a store is copied into it.
 */
#include <chaincheck/store.h>

#include "base/bytes.h"

#define NO CHK_CARRIES_NO
#define SOME CHK_CARRIES_SOME
#define YES CHK_CARRIES_YES

/* purposes, distrust, distrust-after, constraints */
static const struct chk_carries FORMATS[] = {
	/* RFC 7468 section 5, and openssl-x509(1), "Trust Settings" */
	{ "pem", SOME, SOME, NO, NO,
	  "says purposes and distrust in TRUSTED CERTIFICATE blocks alone" },
	{ "directory", SOME, SOME, NO, NO,
	  "says purposes and distrust in TRUSTED CERTIFICATE blocks alone" },
	{ "der", NO, NO, NO, NO, NULL },
	/* sun.security.provider.JavaKeyStore */
	{ "jks", NO, NO, NO, NO, NULL },
	{ "jceks", NO, NO, NO, NO, NULL },
	/* RFC 7292 has no bag for trust; Java has an attribute of its own */
	{ "pkcs12", SOME, NO, NO, NO,
	  "says purposes in Oracle's attribute trustedKeyUsage alone" },
	/* PKCS#11 has CKA_TRUSTED alone; NSS and p11-kit add to it */
	{ "pkcs11", SOME, SOME, SOME, SOME,
	  "says purposes, distrust, dates and constraints where its module has "
	  "objects for them" },
	{ "nss-module", SOME, SOME, SOME, SOME,
	  "says purposes, distrust, dates and constraints where its module has "
	  "objects for them" },
	/* RFC 2315 section 9: certificates, and no more */
	{ "pkcs7", NO, NO, NO, NO, NULL },
	/* certdata.txt has the objects of the module that is made of it */
	{ "certdata", YES, YES, YES, NO, NULL },
	/* pkcs11t.h and pkcs11n.h of NSS, CKO_NSS_TRUST */
	{ "nss", YES, YES, YES, NO, NULL },
	/* p11-kit, doc/manual: the trust module's store file format */
	{ "p11-kit", YES, YES, YES, YES, NULL },
	{ "system", SOME, SOME, SOME, SOME,
	  "is one plain bundle on some systems, which says nothing but the "
	  "certificates" },
	/* PEM, hashed names, keystores: whatever the program loads */
	{ "process", SOME, SOME, NO, NO,
	  "says no more than what its program can load" },
	{ "made", YES, YES, YES, YES, NULL },
};

const struct chk_carries *chk_format_carries(const char *format)
{
	for (size_t i = 0; format && i < CHK_COUNT(FORMATS); i++)
		if (strcmp(FORMATS[i].format, format) == 0)
			return &FORMATS[i];
	return NULL;
}
