/* lib/fetch/tls_names.c: lookups in the tables of numbers of TLS. */
#include "fetch/tls_names.h"

#include <string.h>
#include <strings.h>

#include "base/bytes.h"

static const struct chk_suite SUITES[] = {
#include "data/suites.inc"
};

static const struct chk_group GROUPS[] = {
#include "data/groups.inc"
};

static const struct chk_signature_scheme SIGNATURES[] = {
#include "data/signatures.inc"
};

const struct chk_suite *chk_suite_at(size_t i)
{
	return i < CHK_COUNT(SUITES) ? &SUITES[i] : NULL;
}

const struct chk_group *chk_group_at(size_t i)
{
	return i < CHK_COUNT(GROUPS) ? &GROUPS[i] : NULL;
}

const struct chk_signature_scheme *chk_signature_scheme_at(size_t i)
{
	return i < CHK_COUNT(SIGNATURES) ? &SIGNATURES[i] : NULL;
}

/* Rows of each table are sorted by number, which stands first in them. */
static const void *find(const void *rows, size_t count, size_t size,
			uint16_t number)
{
	size_t low = 0, high = count;
	uint16_t at;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *row = (const char *)rows + middle * size;

		memcpy(&at, row, sizeof(at));
		if (at == number)
			return row;
		if (at < number)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct chk_suite *chk_suite_of(uint16_t number)
{
	return find(SUITES, CHK_COUNT(SUITES), sizeof(SUITES[0]), number);
}

const struct chk_group *chk_group_of(uint16_t number)
{
	return find(GROUPS, CHK_COUNT(GROUPS), sizeof(GROUPS[0]), number);
}

const struct chk_signature_scheme *chk_signature_scheme_of(uint16_t number)
{
	return find(SIGNATURES, CHK_COUNT(SIGNATURES), sizeof(SIGNATURES[0]),
		    number);
}

static bool is(const char *name, const char *wanted)
{
	return name && strcasecmp(name, wanted) == 0;
}

/* What stands behind the prefix, or the name as it is. */
static const char *behind(const char *name, const char *prefix)
{
	size_t size = strlen(prefix);

	return strncasecmp(name, prefix, size) == 0 ? name + size : name;
}

const struct chk_suite *chk_suite_named(const char *name)
{
	for (size_t i = 0; i < CHK_COUNT(SUITES); i++) {
		const struct chk_suite *row = &SUITES[i];

		if (is(row->name, name) || is(row->java, name) ||
		    is(row->openssl, name) || is(row->gnutls, name))
			return row;
	}
	return NULL;
}

const struct chk_group *chk_group_named(const char *name)
{
	const char *bare = behind(behind(name, "GROUP-"), "CURVE-");

	for (size_t i = 0; i < CHK_COUNT(GROUPS); i++) {
		const struct chk_group *row = &GROUPS[i];

		if (is(row->name, bare) || is(row->openssl, bare) ||
		    is(row->also, bare) || is(row->gnutls, bare))
			return row;
	}
	return NULL;
}

const struct chk_signature_scheme *chk_signature_scheme_named(const char *name)
{
	const char *bare = behind(name, "SIGN-");

	for (size_t i = 0; i < CHK_COUNT(SIGNATURES); i++) {
		const struct chk_signature_scheme *row = &SIGNATURES[i];

		if (is(row->name, bare) || is(row->openssl, bare) ||
		    is(row->gnutls, bare) || is(row->also, bare))
			return row;
	}
	return NULL;
}

const char *chk_version_name(uint16_t version)
{
	static const char *const NAMES[] = {
		"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3",
	};

	if (version < 0x0300 || version - 0x0300u >= CHK_COUNT(NAMES))
		return version == 0x0002 ? "SSL 2.0" : "unknown";
	return NAMES[version - 0x0300];
}
