/* lib/fetch/protocol.c: the tables of protocols, and how to look into them. */
#include "fetch/protocol.h"

#include <strings.h>

#define AS(literal) { (const uint8_t *)(literal), sizeof(literal) - 1 }

static const struct chk_protocol PROTOCOLS[] = {
	[CHK_PROTOCOL_NONE] = { .name = NULL },
#define CHK_PROTOCOL(id, name, title, framing) \
	[CHK_PROTOCOL_##id] = { CHK_PROTOCOL_##id, name, title, \
				CHK_FRAMING_##framing },
#define CHK_TURN(id, what, text)
#include "fetch/starttls.def"
#undef CHK_PROTOCOL
#undef CHK_TURN
};

static const struct chk_turn TURNS[] = {
#define CHK_PROTOCOL(id, name, title, framing)
#define CHK_TURN(id, what, text) \
	{ CHK_PROTOCOL_##id, CHK_TURN_##what, AS(text) },
#include "fetch/starttls.def"
#undef CHK_PROTOCOL
#undef CHK_TURN
};

static const struct {
	const char *name;
	uint16_t port;
	enum chk_protocol_id protocol;
} SERVICES[] = {
#define CHK_SERVICE(name, port, id) { name, port, CHK_PROTOCOL_##id },
#include "fetch/service.def"
#undef CHK_SERVICE
};

bool chk_service_find(const char *name, struct chk_service *service)
{
	for (size_t i = 0; i < CHK_COUNT(SERVICES); i++) {
		if (strcasecmp(SERVICES[i].name, name) != 0)
			continue;
		*service = (struct chk_service){
			.port = SERVICES[i].port,
			.starttls = PROTOCOLS[SERVICES[i].protocol].name,
		};
		return true;
	}
	*service = (struct chk_service){ 0 };
	return false;
}

const struct chk_protocol *chk_protocol(enum chk_protocol_id id)
{
	return id > CHK_PROTOCOL_NONE && id < CHK_PROTOCOL_COUNT ?
		       &PROTOCOLS[id] : NULL;
}

const struct chk_protocol *chk_protocol_find(const char *name)
{
	for (size_t i = 0; i < CHK_COUNT(SERVICES); i++) {
		if (strcasecmp(SERVICES[i].name, name) == 0)
			return chk_protocol(SERVICES[i].protocol);
	}
	return NULL;
}

const struct chk_protocol *chk_protocol_at(uint16_t port)
{
	for (size_t i = 0; i < CHK_COUNT(SERVICES); i++) {
		if (SERVICES[i].port == port)
			return chk_protocol(SERVICES[i].protocol);
	}
	return NULL;
}

uint16_t chk_protocol_port(enum chk_protocol_id id)
{
	for (size_t i = 0; i < CHK_COUNT(SERVICES); i++) {
		if (SERVICES[i].protocol == id)
			return SERVICES[i].port;
	}
	return 0;
}

/* "smtps" is the service of "smtp" with TLS at once. */
uint16_t chk_protocol_tls_port(enum chk_protocol_id id)
{
	const char *name = chk_protocol(id) ? PROTOCOLS[id].name : "";
	size_t size = strlen(name);

	for (size_t i = 0; i < CHK_COUNT(SERVICES); i++) {
		if (size && SERVICES[i].protocol == CHK_PROTOCOL_NONE &&
		    strncmp(SERVICES[i].name, name, size) == 0 &&
		    strcmp(SERVICES[i].name + size, "s") == 0)
			return SERVICES[i].port;
	}
	return 0;
}

const struct chk_turn *chk_protocol_turns(enum chk_protocol_id id,
					  size_t *count)
{
	const struct chk_turn *first = NULL;

	*count = 0;
	for (size_t i = 0; i < CHK_COUNT(TURNS); i++) {
		if (TURNS[i].protocol != id)
			continue;
		if (!first)
			first = &TURNS[i];
		++*count;
	}
	return first;
}

bool chk_protocol_is_greeted(enum chk_protocol_id id)
{
	size_t count;
	const struct chk_turn *first = chk_protocol_turns(id, &count);

	return count && first->what != CHK_TURN_SEND;
}
