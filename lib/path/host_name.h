/* lib/path/host_name.h: is the certificate for this host (RFC 9525). */
#ifndef CHK_PATH_HOST_NAME_H
#define CHK_PATH_HOST_NAME_H

#include "path/defect.h"

enum chk_identity_type {
	CHK_IDENTITY_NONE, /* any name will do */
	CHK_IDENTITY_DNS,
	CHK_IDENTITY_IP,
	CHK_IDENTITY_EMAIL,
};

/* What is asked for, made ready for comparison. */
struct chk_identity {
	enum chk_identity_type type;
	char text[256]; /* DNS: A-labels, lower case, no last dot; e-mail */
	uint8_t ip[16];
	size_t ip_size; /* 4 or 16 */
};

/*
 * chk_identity_set reads `host`: an IPv4 or IPv6 address (brackets allowed),
 * or a DNS name, U-labels turned into A-labels (RFC 5890, libidn2).
 * Errors: CHK_ERROR_ARGUMENT.
 */
bool chk_identity_set(struct chk_identity *identity, const char *host,
		      struct chk_error *error);
bool chk_identity_set_email(struct chk_identity *identity, const char *email,
			    struct chk_error *error);
/*
 * Adds HOST_NAME or COMMON_NAME_ONLY, with the nearest name there is. The
 * latter is no defect where `common_name` counts (RFC 6125 6.4.4).
 */
void chk_host_name_check(const struct chk_cert *leaf,
			 const struct chk_identity *identity, bool common_name,
			 struct chk_defects *defects);
/* True when a dNSName pattern (wildcards as RFC 9525 6.3 has them) matches. */
bool chk_host_name_match(struct chk_bytes pattern, const char *host);

#endif
