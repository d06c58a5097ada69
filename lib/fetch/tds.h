/* lib/fetch/tds.h: TLS records in packets of TDS, while hands are shaken. */
#ifndef CHK_FETCH_TDS_H
#define CHK_FETCH_TDS_H

#include "fetch/target.h"

/*
 * struct chk_tds is a struct chk_io over that of a route, for one connection:
 * SQL Server takes the records of a handshake as the payload of PRELOGIN
 * packets, and sends its own so; behind the handshake they go bare.
 * See: [MS-TDS] 2.2.6.5 and 3.2.5.2.
 */
struct chk_tds {
	struct chk_io io;
	const struct chk_io *below;
	bool bare;
	uint8_t header[8];
	size_t header_size;
	size_t left; /* of the packet that is being read */
};

/*
 * chk_tds_io gives how TLS is read and written on a connection of this route:
 * its own io where no protocol wraps it, else `tds`, made ready.
 */
const struct chk_io *chk_tds_io(struct chk_tds *tds,
				const struct chk_route *route);

#endif
