/* lib/diagnosis/delta_hello.c: lists of numbers, joined and taken apart. */
#include "diagnosis/delta_hello.h"

#include "fetch/exchange.h"

#define TLS_1_2 0x0303
#define TLS_1_3 0x0304
#define SHARE_LARGE 0x0200 /* ML-KEM and its hybrids begin here */
#define RECORD_HEAD 5
#define LIST_MAX 512

#define IDS(list) { list, CHK_COUNT(list) }

/* What no client of a version can be without, and what is small and usual. */
static const uint16_t SUITES_1_3[] = { 0x1301, 0x1302, 0x1303 };
static const uint16_t GROUPS[] = { 0x001d, 0x0017, 0x0018 };
static const uint16_t SHARES[] = { 0x001d, 0x0017 };
static const uint16_t SCHEMES[] = { 0x0403, 0x0503, 0x0804, 0x0805, 0x0806,
				    0x0401, 0x0501, 0x0601 };
static const uint16_t SCHEMES_OLD[] = { 0x0403, 0x0503, 0x0804, 0x0805, 0x0806,
					0x0401, 0x0501, 0x0601, 0x0201,
					0x0203 };
static const uint16_t SUITES_SMALL[] = { 0xc02b, 0xc02f, 0xc02c, 0xc030,
					 0xc009, 0xc013, 0xc00a, 0xc014,
					 0x009c, 0x009d, 0x002f, 0x0035,
					 0x00ff };
static const uint16_t ONLY_1_3[] = { TLS_1_3 };

bool chk_ids_have(struct chk_ids ids, uint16_t id)
{
	for (size_t i = 0; i < ids.count; i++) {
		if (ids.items[i] == id)
			return true;
	}
	return false;
}

/* Those of `ids` for which being in `other` is `wanted`, behind `first`. */
static struct chk_ids collect(struct chk_arena *arena, struct chk_ids first,
			      struct chk_ids ids, struct chk_ids without)
{
	uint16_t *items = chk_arena_array(arena, first.count + ids.count + 1,
					  sizeof(*items));
	size_t count = first.count;

	if (!items)
		return (struct chk_ids){ 0 };
	if (count)
		memcpy(items, first.items, count * sizeof(*items));
	for (size_t i = 0; i < ids.count; i++) {
		if (!chk_ids_have(without, ids.items[i]))
			items[count++] = ids.items[i];
	}
	return (struct chk_ids){ items, count };
}

struct chk_ids chk_ids_join(struct chk_arena *arena, struct chk_ids ids,
			    struct chk_ids more)
{
	return collect(arena, ids, more, ids);
}

struct chk_ids chk_ids_minus(struct chk_arena *arena, struct chk_ids ids,
			     struct chk_ids without)
{
	return collect(arena, (struct chk_ids){ 0 }, ids, without);
}

struct chk_ids *chk_hello_ids(struct chk_hello *hello,
			      enum chk_dimension dimension)
{
	return dimension == CHK_DIMENSION_SUITE ? &hello->suites :
	       dimension == CHK_DIMENSION_GROUP ? &hello->groups :
						  &hello->signatures;
}

size_t chk_hello_size(const struct chk_hello *hello)
{
	struct chk_hello whole = *hello;
	struct chk_buffer out = { 0 };
	size_t size;

	whole.split = 0;
	chk_hello_write(&whole, &out);
	size = out.failed || out.size < RECORD_HEAD ? 0 :
						      out.size - RECORD_HEAD;
	chk_buffer_clear(&out);
	return size;
}

static bool is_of_tls_1_3(const struct chk_suite *suite)
{
	return suite->min == TLS_1_3;
}

static bool is_one_of(const char *word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i], word) == 0)
			return true;
	}
	return false;
}

/* In which round a suite is taken; negative: in none. */
static int rank(const struct chk_suite *suite)
{
	static const char *const SERVERS[] = { "RSA", "ECDSA", "DSS", "GOST",
					       "any" };
	static const char *const OTHER[] = { "none", "SRP", "RSA_PSK",
					     "FORTEZZA" };

	if (!is_one_of(suite->auth, SERVERS, CHK_COUNT(SERVERS)) ||
	    is_one_of(suite->kx, OTHER, CHK_COUNT(OTHER)))
		return -1;
	if (suite->is_usual)
		return 0;
	if (strstr(suite->kx, "EXPORT") || strcmp(suite->cipher, "NULL") == 0)
		return 3;
	return chk_exchange_of(suite) == CHK_EXCHANGE_NONE ? 2 : 1;
}

static struct chk_ids all_suites(struct chk_arena *arena, bool of_tls_1_3)
{
	uint16_t *items = chk_arena_array(arena, LIST_MAX, sizeof(*items));
	const struct chk_suite *suite;
	size_t count = 0;

	for (int round = 0; items && round < 4; round++) {
		for (size_t i = 0; (suite = chk_suite_at(i)); i++) {
			if (is_of_tls_1_3(suite) == of_tls_1_3 &&
			    rank(suite) == round && count < LIST_MAX - 1)
				items[count++] = suite->number;
		}
	}
	if (items && !of_tls_1_3)
		items[count++] = 0x00ff; /* RFC 5746 */
	return (struct chk_ids){ items, count };
}

static struct chk_ids all_groups(struct chk_arena *arena)
{
	uint16_t *items = chk_arena_array(arena, LIST_MAX, sizeof(*items));
	const struct chk_group *group;
	size_t count = 0;

	while (items && count < LIST_MAX && (group = chk_group_at(count)))
		items[count++] = group->number;
	return chk_ids_join(arena, (struct chk_ids)IDS(GROUPS),
			    (struct chk_ids){ items, count });
}

static struct chk_ids all_schemes(struct chk_arena *arena)
{
	uint16_t *items = chk_arena_array(arena, LIST_MAX, sizeof(*items));
	const struct chk_signature_scheme *scheme;
	size_t count = 0;

	while (items && count < LIST_MAX &&
	       (scheme = chk_signature_scheme_at(count)))
		items[count++] = scheme->number;
	return chk_ids_join(arena, (struct chk_ids)IDS(SCHEMES),
			    (struct chk_ids){ items, count });
}

struct chk_hello chk_hello_of_all(struct chk_arena *arena, uint16_t version,
				  const char *server_name)
{
	struct chk_hello hello = {
		.version = version > TLS_1_2 ? TLS_1_2 : version,
		.suites = all_suites(arena, version == TLS_1_3),
	};

	if (version == TLS_1_3) {
		hello.versions = (struct chk_ids)IDS(ONLY_1_3);
		hello.key_shares = (struct chk_ids)IDS(SHARES);
	}
	if (version >= TLS_1_2)
		hello.signatures = all_schemes(arena);
	/* Servers of SSL 3.0 may know no extensions. */
	if (version > 0x0300) {
		hello.groups = all_groups(arena);
		hello.server_name = server_name;
	}
	return hello;
}

struct chk_hello chk_hello_only_version(const struct chk_hello *hello,
					uint16_t version)
{
	struct chk_hello only = *hello;

	only.version = version > TLS_1_2 ? TLS_1_2 : version;
	if (version == TLS_1_3) {
		only.versions = (struct chk_ids)IDS(ONLY_1_3);
		return only;
	}
	only.versions = only.key_shares = (struct chk_ids){ 0 };
	return only;
}

/* Where a client of the version has something, it stays as it is. */
static void equip(struct chk_arena *arena, struct chk_hello *hello,
		  uint16_t version)
{
	if (version < TLS_1_2)
		return;
	if (!hello->signatures.count)
		hello->signatures = (struct chk_ids)IDS(SCHEMES_OLD);
	if (version < TLS_1_3)
		return;
	hello->suites = chk_ids_join(arena, (struct chk_ids)IDS(SUITES_1_3),
				     hello->suites);
	if (!hello->groups.count)
		hello->groups = (struct chk_ids)IDS(GROUPS);
	if (!hello->key_shares.count)
		hello->key_shares = (struct chk_ids)IDS(SHARES);
	hello->key_shares = chk_ids_minus(
		arena, hello->key_shares,
		chk_ids_minus(arena, hello->key_shares, hello->groups));
}

struct chk_hello chk_hello_with_version(struct chk_arena *arena,
					const struct chk_hello *hello,
					uint16_t version)
{
	struct chk_hello with = *hello;
	uint16_t *old = chk_arena_array(arena, 1, sizeof(*old));
	struct chk_ids added = { old, 1 };

	if (!old)
		return with;
	*old = version;
	if (hello->versions.count)
		with.versions = chk_ids_join(arena, hello->versions, added);
	else if (version == TLS_1_3) {
		*old = hello->version;
		with.versions = chk_ids_join(arena,
					     (struct chk_ids)IDS(ONLY_1_3),
					     added);
	}
	if (version > with.version)
		with.version = version > TLS_1_2 ? TLS_1_2 : version;
	equip(arena, &with, version);
	return with;
}

struct chk_hello chk_hello_with(struct chk_arena *arena,
				const struct chk_hello *hello,
				const struct chk_hello *working,
				enum chk_dimension dimension)
{
	struct chk_hello with = *hello, other = *working;
	struct chk_ids *ids = chk_hello_ids(&with, dimension);

	if (dimension == CHK_DIMENSION_EXTRAS)
		return chk_hello_plain(arena, hello);
	*ids = chk_ids_join(arena, *ids, *chk_hello_ids(&other, dimension));
	return with;
}

struct chk_hello chk_hello_like(const struct chk_hello *hello,
				const struct chk_hello *other,
				enum chk_dimension dimension)
{
	struct chk_hello like = *hello, from = *other;

	switch (dimension) {
	case CHK_DIMENSION_VERSION:
		like.version = from.version;
		like.record_version = from.record_version;
		like.sslv2_form = from.sslv2_form;
		like.versions = from.versions;
		like.key_shares = from.key_shares;
		break;
	case CHK_DIMENSION_EXTRAS:
		like.alpn = from.alpn;
		like.grease = from.grease;
		like.extensions = from.extensions;
		break;
	default:
		*chk_hello_ids(&like, dimension) =
			*chk_hello_ids(&from, dimension);
	}
	return like;
}

struct chk_hello chk_hello_small(const char *server_name)
{
	return (struct chk_hello){
		.version = TLS_1_2,
		.suites = IDS(SUITES_SMALL),
		.groups = IDS(GROUPS),
		.signatures = IDS(SCHEMES_OLD),
		.server_name = server_name,
	};
}

struct chk_hello chk_hello_plain(struct chk_arena *arena,
				 const struct chk_hello *hello)
{
	struct chk_hello plain = *hello;
	uint16_t *shares = chk_arena_array(arena, hello->key_shares.count + 1,
					   sizeof(*shares));
	size_t count = 0;

	plain.alpn = NULL;
	plain.grease = false;
	plain.extensions = (struct chk_ids){ 0 };
	for (size_t i = 0; shares && i < hello->key_shares.count; i++) {
		if (hello->key_shares.items[i] < SHARE_LARGE)
			shares[count++] = hello->key_shares.items[i];
	}
	plain.key_shares = (struct chk_ids){ shares, count };
	return plain;
}

struct chk_hello chk_hello_without_dh(struct chk_arena *arena,
				      const struct chk_hello *hello)
{
	struct chk_hello without = *hello;
	uint16_t *suites = chk_arena_array(arena, hello->suites.count + 1,
					   sizeof(*suites));
	size_t count = 0;

	for (size_t i = 0; suites && i < hello->suites.count; i++) {
		const struct chk_suite *suite =
			chk_suite_of(hello->suites.items[i]);

		if (!suite || chk_exchange_of(suite) != CHK_EXCHANGE_DH)
			suites[count++] = hello->suites.items[i];
	}
	without.suites = (struct chk_ids){ suites, count };
	return without;
}
