/* lib/report/sarif_uri.c: a file's path as SARIF wants it (RFC 3986). */
#include "report/sarif_uri.h"

/* Section 2.3, and the slash between segments. */
static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
}

/* What is behind the folder and its slash; NULL: it lies elsewhere. */
static const char *below(const char *path, const char *base)
{
	size_t size = base ? strlen(base) : 0;

	while (size > 1 && base[size - 1] == '/')
		size--;
	if (!size || strncmp(path, base, size) != 0)
		return NULL;
	if (size == 1 && *base == '/')
		return path[1] ? path + 1 : NULL;
	return path[size] == '/' && path[size + 1] ? path + size + 1 : NULL;
}

bool chk_sarif_uri(struct chk_buffer *uri, const char *path, const char *base)
{
	const char *inner = below(path, base);
	bool relative = inner || *path != '/';

	path = inner ? inner : path;
	while (relative && strncmp(path, "./", 2) == 0 && path[2])
		path += 2;
	chk_buffer_text(uri, relative ? "" : "file://");
	for (; *path; path++) {
		if (is_plain(*path))
			chk_buffer_add(uri, path, 1);
		else
			chk_buffer_format(uri, "%%%02X", (uint8_t)*path);
	}
	return relative;
}
