/*
 * lib/fetch/key_share.c: public keys made without a secret. Where a server
 * checks that the share is a point or a residue, it is the generator of the
 * group, which is one; all others are made up.
 */
#include "fetch/key_share.h"

#include "base/bytes.h"
#include "fetch/wire.h"

#define ML_KEM_PRIME 3329 /* q of FIPS 203 section 2.4 */
#define ML_KEM_SEED 32    /* rho, behind the coefficients */
#define POINT(literal) { literal, sizeof(literal) - 1 }

/* The generators of SEC 2 sections 2.4.2, 2.5.1 and 2.6.1, uncompressed. */
static const struct {
	const char *data;
	size_t size;
} POINTS[] = {
	POINT("\x04"
	      "\x6b\x17\xd1\xf2\xe1\x2c\x42\x47\xf8\xbc\xe6\xe5\x63\xa4\x40"
	      "\xf2\x77\x03\x7d\x81\x2d\xeb\x33\xa0\xf4\xa1\x39\x45\xd8\x98"
	      "\xc2\x96"
	      "\x4f\xe3\x42\xe2\xfe\x1a\x7f\x9b\x8e\xe7\xeb\x4a\x7c\x0f\x9e"
	      "\x16\x2b\xce\x33\x57\x6b\x31\x5e\xce\xcb\xb6\x40\x68\x37\xbf"
	      "\x51\xf5"),
	POINT("\x04"
	      "\xaa\x87\xca\x22\xbe\x8b\x05\x37\x8e\xb1\xc7\x1e\xf3\x20\xad"
	      "\x74\x6e\x1d\x3b\x62\x8b\xa7\x9b\x98\x59\xf7\x41\xe0\x82\x54"
	      "\x2a\x38\x55\x02\xf2\x5d\xbf\x55\x29\x6c\x3a\x54\x5e\x38\x72"
	      "\x76\x0a\xb7"
	      "\x36\x17\xde\x4a\x96\x26\x2c\x6f\x5d\x9e\x98\xbf\x92\x92\xdc"
	      "\x29\xf8\xf4\x1d\xbd\x28\x9a\x14\x7c\xe9\xda\x31\x13\xb5\xf0"
	      "\xb8\xc0\x0a\x60\xb1\xce\x1d\x7e\x81\x9d\x7a\x43\x1d\x7c\x90"
	      "\xea\x0e\x5f"),
	POINT("\x04"
	      "\x00\xc6\x85\x8e\x06\xb7\x04\x04\xe9\xcd\x9e\x3e\xcb\x66\x23"
	      "\x95\xb4\x42\x9c\x64\x81\x39\x05\x3f\xb5\x21\xf8\x28\xaf\x60"
	      "\x6b\x4d\x3d\xba\xa1\x4b\x5e\x77\xef\xe7\x59\x28\xfe\x1d\xc1"
	      "\x27\xa2\xff\xa8\xde\x33\x48\xb3\xc1\x85\x6a\x42\x9b\xf9\x7e"
	      "\x7e\x31\xc2\xe5\xbd\x66"
	      "\x01\x18\x39\x29\x6a\x78\x9a\x3b\xc0\x04\x5c\x8a\x5f\xb4\x2c"
	      "\x7d\x1b\xd9\x98\xf5\x44\x49\x57\x9b\x44\x68\x17\xaf\xbd\x17"
	      "\x27\x3e\x66\x2c\x97\xee\x72\x99\x5e\xf4\x26\x40\xc5\x50\xb9"
	      "\x01\x3f\xad\x07\x61\x35\x3c\x70\x86\xa2\x72\xc2\x40\x88\xbe"
	      "\x94\x76\x9f\xd1\x66\x50"),
};

enum kind {
	KIND_NOTHING,
	KIND_BYTES, /* any of them: RFC 7748 section 5 */
	KIND_POINT, /* `size` is that of the point */
	KIND_PRIME, /* RFC 7919: 2, in as many bytes as the prime has */
	KIND_ML_KEM, /* FIPS 203 section 7.2: coefficients, then a seed */
};

struct part {
	enum kind kind;
	size_t size;
};

/* RFC 8446 section 4.2.7, draft-ietf-tls-ecdhe-mlkem, draft-ietf-tls-mlkem. */
static const struct {
	uint16_t group;
	struct part parts[2];
} SHARES[] = {
	{ 0x0017, { { KIND_POINT, 65 } } },
	{ 0x0018, { { KIND_POINT, 97 } } },
	{ 0x0019, { { KIND_POINT, 133 } } },
	{ 0x001d, { { KIND_BYTES, 32 } } },
	{ 0x001e, { { KIND_BYTES, 56 } } },
	{ 0x0100, { { KIND_PRIME, 256 } } },
	{ 0x0101, { { KIND_PRIME, 384 } } },
	{ 0x0102, { { KIND_PRIME, 512 } } },
	{ 0x0103, { { KIND_PRIME, 768 } } },
	{ 0x0104, { { KIND_PRIME, 1024 } } },
	{ 0x0200, { { KIND_ML_KEM, 800 } } },
	{ 0x0201, { { KIND_ML_KEM, 1184 } } },
	{ 0x0202, { { KIND_ML_KEM, 1568 } } },
	{ 0x11eb, { { KIND_POINT, 65 }, { KIND_ML_KEM, 1184 } } },
	{ 0x11ec, { { KIND_ML_KEM, 1184 }, { KIND_BYTES, 32 } } },
	{ 0x11ed, { { KIND_POINT, 97 }, { KIND_ML_KEM, 1568 } } },
	/* X25519Kyber768Draft00, its forerunner. */
	{ 0x6399, { { KIND_BYTES, 32 }, { KIND_ML_KEM, 1184 } } },
};

static void write_point(size_t size, struct chk_buffer *out)
{
	for (size_t i = 0; i < CHK_COUNT(POINTS); i++) {
		if (POINTS[i].size == size)
			chk_buffer_add(out, POINTS[i].data, size);
	}
}

/* Two coefficients of 12 bits in three bytes, each below the prime. */
static void write_ml_kem(size_t size, struct chk_buffer *out)
{
	size_t at = out->size, end = at + size - ML_KEM_SEED;
	uint8_t *data;
	unsigned first, second;

	chk_wire_random(out, size);
	if (out->failed)
		return;
	for (; at < end; at += 3) {
		data = (uint8_t *)out->data + at;
		first = (data[0] | (data[1] & 0x0fu) << 8) % ML_KEM_PRIME;
		second = (data[1] >> 4 | data[2] << 4) % ML_KEM_PRIME;
		data[0] = (uint8_t)first;
		data[1] = (uint8_t)(first >> 8 | (second & 0x0fu) << 4);
		data[2] = (uint8_t)(second >> 4);
	}
}

static void write_part(const struct part *part, struct chk_buffer *out)
{
	switch (part->kind) {
	case KIND_NOTHING:
		break;
	case KIND_BYTES:
		chk_wire_random(out, part->size);
		break;
	case KIND_POINT:
		write_point(part->size, out);
		break;
	case KIND_PRIME:
		chk_wire_add(out, 2, part->size);
		break;
	case KIND_ML_KEM:
		write_ml_kem(part->size, out);
		break;
	}
}

bool chk_key_share_write(uint16_t group, struct chk_buffer *out)
{
	for (size_t i = 0; i < CHK_COUNT(SHARES); i++) {
		if (SHARES[i].group != group)
			continue;
		write_part(&SHARES[i].parts[0], out);
		write_part(&SHARES[i].parts[1], out);
		return true;
	}
	return false;
}
