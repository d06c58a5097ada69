/*
 * chaincheck/error.h: why a question could not be put.
 *
 * An error is rare: a certificate that breaks a rule, a server that refuses
 * the connection and a chain that is not trusted are answers, and stand in
 * the report. An error says that the call itself could not do its work.
 *
 * Functions that can fail return false or NULL, and fill the caller's
 * struct chk_error where one is given (NULL is allowed everywhere).
 */
#ifndef CHAINCHECK_ERROR_H
#define CHAINCHECK_ERROR_H

#include <chaincheck/api.h>

#ifdef __cplusplus
extern "C" {
#endif

/* enum chk_code classes errors; numbers are never used again for another. */
enum chk_code {
	CHK_OK = 0,
	CHK_ERROR_ARGUMENT = 1,     /* the caller's value makes no sense */
	CHK_ERROR_MEMORY = 2,
	CHK_ERROR_NOT_FOUND = 3,    /* no such file, module, token, object */
	CHK_ERROR_READ = 4,         /* it exists and cannot be read */
	CHK_ERROR_WRITE = 5,
	CHK_ERROR_FORMAT = 6,       /* bytes that are not what they should be */
	CHK_ERROR_EMPTY = 7,        /* well formed, and nothing in it */
	CHK_ERROR_TOO_LARGE = 8,    /* over a stated bound */
	CHK_ERROR_PASSWORD = 9,     /* a password or PIN is needed or wrong */
	CHK_ERROR_TOKEN = 10,       /* a PKCS#11 module or token failed */
	CHK_ERROR_UNSUPPORTED = 11,
	CHK_ERROR_CRYPTO = 12,      /* GnuTLS failed in a way of its own */
};

/*
 * struct chk_error belongs to the caller, has a fixed size and owns nothing,
 * so it works without memory. Texts are UTF-8, end in NUL, and are escaped:
 * they can be printed as they are.
 */
struct chk_error {
	enum chk_code code;
	int cause;       /* errno or GnuTLS code, 0 when there is none */
	size_t offset;   /* byte in the input, SIZE_MAX when it means nothing */
	char where[256]; /* file, file:line, alias, token, host:port; "" none */
	char what[256];  /* a sentence without a full stop */
};

/* chk_code_name gives the stable short name of `code`, "password". */
CHK_API const char *chk_code_name(enum chk_code code);

#ifdef __cplusplus
}
#endif

#endif
