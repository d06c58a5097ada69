/* chaincheck/api.h: what every public header needs. */
#ifndef CHAINCHECK_API_H
#define CHAINCHECK_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define CHK_API __attribute__((visibility("default")))
#define CHK_MUST_CHECK __attribute__((warn_unused_result))
#else
#define CHK_API
#define CHK_MUST_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* struct chk_bytes is a borrowed run of bytes; `data` is NULL when absent. */
struct chk_bytes {
	const uint8_t *data;
	size_t size; /* bytes */
};

/*
 * struct chk_note says what was passed over, where and why. A reading that
 * lost something is never silent: the rest is used and a note stays behind.
 */
struct chk_note {
	const char *where; /* file:line, token and label, host:port */
	const char *what;  /* a sentence without a full stop */
};

#ifdef __cplusplus
}
#endif

#endif
