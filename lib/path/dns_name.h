/* lib/path/dns_name.h: DNS names as certificates hold them. */
#ifndef CHK_PATH_DNS_NAME_H
#define CHK_PATH_DNS_NAME_H

#include "base/bytes.h"

/*
 * True for labels of 1 to 63 letters, digits, hyphens and underscores (which
 * names in use have) with single dots between, 253 in all (RFC 1035 section
 * 2.3.4), and no dot at either end. No wildcard.
 */
bool chk_dns_name_is_sound(struct chk_bytes name);
/* True for `base` itself and whatever has labels to the left of it. */
bool chk_dns_name_is_within(struct chk_bytes name, struct chk_bytes base);
/*
 * "127.1", "0x7f.0.0.1" and "2130706433" are addresses to a resolver of the
 * old kind: what ends in a number is an address or nothing.
 */
bool chk_dns_name_ends_in_number(struct chk_bytes name);

#endif
