/* lib/store/pin.c: a PIN, wiped where it was. */
#include "store/pin.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

void chk_pin_wipe(struct chk_pin *pin)
{
	explicit_bzero(pin, sizeof(*pin));
}

static bool set(struct chk_pin *pin, const char *text, size_t size,
		const char *where, struct chk_error *error)
{
	if (size > CHK_PIN_MAX)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, where,
				     "a PIN of more than %d bytes",
				     CHK_PIN_MAX);
	memcpy(pin->text, text, size);
	pin->text[size] = '\0';
	pin->given = true;
	return true;
}

/* "file:/path", "file:///path" or a path. */
static const char *path_of(const char *source)
{
	const char *path = strncmp(source, "file:", 5) == 0 ? source + 5 :
			   source;

	return strncmp(path, "//", 2) == 0 ? path + 2 : path;
}

static bool read_source(struct chk_pin *pin, const char *source,
			const char *where, struct chk_error *error)
{
	uint8_t *data = NULL;
	size_t size;
	bool ok;

	/* "|command": nothing is run for a URI. */
	if (*source == '|')
		return chk_error_set(error, CHK_ERROR_UNSUPPORTED, where,
				     "a PIN is not asked of a command");
	if (!chk_file_read(path_of(source), &data, &size, error))
		return false;
	ok = set(pin, (const char *)data, strcspn((const char *)data, "\r\n"),
		 where, error);
	explicit_bzero(data, size);
	free(data);
	return ok;
}

bool chk_pin_get(struct chk_pin *pin, const char *option, const P11KitUri *uri,
		 const char *where, struct chk_error *error)
{
	const char *value = option ? option : p11_kit_uri_get_pin_value(uri);
	const char *source = p11_kit_uri_get_pin_source(uri);

	pin->given = false;
	if (value)
		return set(pin, value, strlen(value), where, error);
	return !source || read_source(pin, source, where, error);
}

char *chk_pin_bare_uri(const char *text)
{
	P11KitUri *uri = p11_kit_uri_new();
	char *bare = NULL, *copy = NULL;

	if (uri && p11_kit_uri_parse(text, P11_KIT_URI_FOR_ANY, uri) ==
		   P11_KIT_URI_OK) {
		if (!p11_kit_uri_get_pin_value(uri)) {
			copy = strdup(text);
		} else {
			p11_kit_uri_set_pin_value(uri, NULL);
			if (p11_kit_uri_format(uri, P11_KIT_URI_FOR_ANY,
					       &bare) == P11_KIT_URI_OK)
				copy = strdup(bare);
		}
	}
	free(bare);
	p11_kit_uri_free(uri);
	return copy;
}
