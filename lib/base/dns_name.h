/* lib/base/dns_name.h: DNS names, as certificates and targets hold them. */
#ifndef CHK_BASE_DNS_NAME_H
#define CHK_BASE_DNS_NAME_H

#include "base/bytes.h"

/*
 * NULL for labels of 1 to 63 letters, digits, hyphens and underscores (which
 * names in use have) with single dots between, 253 in all (RFC 1035 section
 * 2.3.4), and no dot at either end. No wildcard. Else what is wrong, as in
 * "the host has an empty label".
 */
const char *chk_dns_name_fault(struct chk_bytes name);
static inline bool chk_dns_name_is_sound(struct chk_bytes name)
{
	return !chk_dns_name_fault(name);
}

/* True for `base` itself and whatever has labels to the left of it. */
bool chk_dns_name_is_within(struct chk_bytes name, struct chk_bytes base);
/*
 * "127.1", "0x7f.0.0.1" and "2130706433" are addresses to a resolver of the
 * old kind: what ends in a number is an address or nothing.
 */
bool chk_dns_name_ends_in_number(struct chk_bytes name);

#endif
