/* lib/base/bytes.h: what one does with a borrowed run of bytes. */
#ifndef CHK_BASE_BYTES_H
#define CHK_BASE_BYTES_H

#include <string.h>

#include <chaincheck/api.h>

#define CHK_COUNT(array) (sizeof(array) / sizeof((array)[0]))

static inline struct chk_bytes chk_bytes_of(const void *data, size_t size)
{
	return (struct chk_bytes){ data, size };
}

static inline struct chk_bytes chk_bytes_text(const char *text)
{
	return (struct chk_bytes){ (const uint8_t *)text, strlen(text) };
}

static inline bool chk_bytes_equal(struct chk_bytes a, struct chk_bytes b)
{
	return a.size == b.size &&
	       (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool chk_bytes_begin_with(struct chk_bytes bytes,
					const char *text)
{
	size_t size = strlen(text);

	return bytes.size >= size && memcmp(bytes.data, text, size) == 0;
}

/* What is behind the first `size` bytes; there are as many. */
static inline struct chk_bytes chk_bytes_skip(struct chk_bytes bytes,
					      size_t size)
{
	return chk_bytes_of(bytes.data + size, bytes.size - size);
}

/* Where `text`, which is not empty, first stands in them; NULL: nowhere. */
static inline const uint8_t *chk_bytes_find(struct chk_bytes bytes,
					    const char *text)
{
	const uint8_t *at;

	for (; bytes.size; bytes = chk_bytes_skip(bytes, 1)) {
		at = (const uint8_t *)memchr(bytes.data, text[0], bytes.size);
		if (!at)
			return NULL;
		bytes = chk_bytes_skip(bytes, (size_t)(at - bytes.data));
		if (chk_bytes_begin_with(bytes, text))
			return at;
	}
	return NULL;
}

/*
 * Eight bytes a step, since whole certificates go through it. Not keyed: what
 * hashes alike is compared, and counts are bounded.
 */
static inline uint64_t chk_bytes_hash(struct chk_bytes bytes)
{
	uint64_t hash = bytes.size * 0x9e3779b97f4a7c15u, word;
	size_t at = 0;

	for (; bytes.size - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, bytes.data + at, sizeof(word));
		hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	for (; at < bytes.size; at++)
		hash = (hash ^ bytes.data[at]) * 0x100000001b3u;
	return hash ^ hash >> 29;
}

#endif
