/*
 * lib/fetch/protocol.h: protocols that begin in clear, as data: starttls.def
 * has the turns of their conversations, service.def names and ports.
 */
#ifndef CHK_FETCH_PROTOCOL_H
#define CHK_FETCH_PROTOCOL_H

#include <chaincheck/fetch.h>

#include "base/bytes.h"

enum chk_protocol_id {
	CHK_PROTOCOL_NONE, /* TLS at once */
#define CHK_PROTOCOL(id, name, title, framing) CHK_PROTOCOL_##id,
#define CHK_TURN(id, what, text)
#include "fetch/starttls.def"
#undef CHK_PROTOCOL
#undef CHK_TURN
	CHK_PROTOCOL_COUNT,
};

/* What a server says is cut into units: lines, tags, packets. */
enum chk_framing {
	CHK_FRAMING_LINE,
	CHK_FRAMING_TAG,
	CHK_FRAMING_BYTE,
	CHK_FRAMING_BER,
	CHK_FRAMING_MYSQL,
	CHK_FRAMING_TPKT,
	CHK_FRAMING_TDS,
};

enum chk_turn_what {
	CHK_TURN_SEND,
	CHK_TURN_OFFER,
	CHK_TURN_SEE, /* an OFFER that a function finds */
	CHK_TURN_END,
	CHK_TURN_GO,
	CHK_TURN_NO,
};

struct chk_turn {
	enum chk_protocol_id protocol;
	enum chk_turn_what what;
	struct chk_bytes text;
};

struct chk_protocol {
	enum chk_protocol_id id;
	const char *name;  /* "smtp" */
	const char *title; /* "SMTP" */
	enum chk_framing framing;
};

/* chk_protocol gives NULL for CHK_PROTOCOL_NONE. */
const struct chk_protocol *chk_protocol(enum chk_protocol_id id);
/* By a name that --starttls takes, aliases too; NULL: there is none. */
const struct chk_protocol *chk_protocol_find(const char *name);
/* The port that it has where none is said. */
uint16_t chk_protocol_port(enum chk_protocol_id id);
/* By the port that a service of it has; NULL: none has. */
const struct chk_protocol *chk_protocol_at(uint16_t port);
/* The port where the same service speaks TLS at once; 0: it has none. */
uint16_t chk_protocol_tls_port(enum chk_protocol_id id);

/* The turns of a protocol, `*count` of them, in their order. */
const struct chk_turn *chk_protocol_turns(enum chk_protocol_id id,
					  size_t *count);
/* The server speaks first: it sends a greeting. */
bool chk_protocol_is_greeted(enum chk_protocol_id id);

/* No honest server says a longer line, tag or packet here. */
#define CHK_UNIT_MAX 4096

/*
 * chk_framing_size gives the size of the unit that `bytes` begins with; 0: it
 * is not whole yet; CHK_UNIT_MAX + 1: it is too long, or none at all.
 */
size_t chk_framing_size(enum chk_framing framing, struct chk_bytes bytes);
/* A line without its end; other units as they are. */
struct chk_bytes chk_framing_text(enum chk_framing framing,
				  struct chk_bytes unit);

/* Does this turn, one that does not SEND, meet the unit's text? */
bool chk_turn_meets(const struct chk_turn *turn, enum chk_framing framing,
		    struct chk_bytes text);

#endif
