/* lib/client/client.c: the TLS clients there are, a row each. */
#include "client/client.h"

#include "base/ascii.h"

#define IDS(...) { (const uint16_t[]){ __VA_ARGS__ }, \
		   CHK_COUNT(((const uint16_t[]){ __VA_ARGS__ })) }
#define TEXTS(...) (const char *const[]){ __VA_ARGS__, NULL }

/* lib/data/README.md has the columns. */
static const struct chk_client CLIENTS[] = {
#include "data/clients.inc"
};

const struct chk_client *chk_client_at(size_t i)
{
	return i < CHK_COUNT(CLIENTS) ? &CLIENTS[i] : NULL;
}

bool chk_client_is_known(const struct chk_client *client)
{
	return client->hello.suites.count;
}

/* One of `names`, which stand between commas? */
static bool is_among(const char *names, const char *name)
{
	size_t size = strlen(name), part;

	for (; names; names += part, names = *names ? names + 1 : NULL) {
		part = strcspn(names, ",");
		if (size && chk_ascii_equal(chk_bytes_of(names, part),
					    chk_bytes_of(name, size)))
			return true;
	}
	return false;
}

static const char *past_hyphens(const char *text)
{
	return text + strspn(text, "-");
}

static bool is_like(const char *id, const char *written)
{
	for (;;) {
		id = past_hyphens(id);
		written = past_hyphens(written);
		if (chk_ascii_lower((uint8_t)*id) !=
		    chk_ascii_lower((uint8_t)*written))
			return false;
		if (!*id)
			return true;
		id++;
		written++;
	}
}

/* An id that is another's alias or likeness is still its own. */
const struct chk_client *chk_client_find(const char *id)
{
	const struct chk_client *like = NULL;

	for (size_t i = 0; i < CHK_COUNT(CLIENTS); i++) {
		const struct chk_client *client = &CLIENTS[i];

		if (strcmp(client->id, id) == 0)
			return client;
		if (!like && (is_among(client->aliases, id) ||
			      is_like(client->id, id)))
			like = client;
	}
	return like;
}

/* JDK-8144566; Conscrypt and s_client likewise. */
const char *chk_client_name(const struct chk_client *client, const char *name)
{
	static const char *const WANT_DOT[] = { "java", "android",
						"openssl" };

	if (!name || !client->sends_name)
		return NULL;
	for (size_t i = 0; i < CHK_COUNT(WANT_DOT); i++) {
		if (strcmp(client->runtime, WANT_DOT[i]) == 0 &&
		    !strchr(name, '.'))
			return NULL;
	}
	return name;
}
