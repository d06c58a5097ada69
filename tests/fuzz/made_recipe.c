/*
 * tests/fuzz/made_recipe.c: certificates and CRLs by recipe, signed with fixed
 * Ed25519 keys, whose signatures are the same in each run.
 */
#include <stdlib.h>

#include "cert/der.h"
#include "cert/parts.h"
#include "fuzz/made_graph.h"
#include "path/made_names.h"

#define ALGORITHM "3005 0603 2b6570" /* Ed25519 (RFC 8410) */
#define KEY_ID_SIZE 8u

static const char *const NAMES[16] = {
	"CN=A", "CN=B", "CN=C", "CN=D", "CN=E", "CN=F", "O=Acme", "",
	"O=Acme,CN=A", "O=Acme,CN=B", "O=Acme,OU=CA,CN=C",
	"O=Acme,CN=a.test,E=joe@a.test", "O=Other,CN=A", "CN=a", "CN= A  ",
	"CN=a.test",
};

static const struct {
	const char *begin, *end;
} VALIDITIES[8] = {
	{ "200101000000Z", "400101000000Z" },
	{ "200101000000Z", "250101000000Z" },
	{ "270101000000Z", "400101000000Z" },
	{ "200101000000Z", "260401000000Z" }, /* its last second */
	{ "260401000000Z", "400101000000Z" }, /* its first second */
	{ "200101000000Z", "260331235959Z" },
	{ "260401000001Z", "400101000000Z" },
	{ "400101000000Z", "200101000000Z" },
};

static const struct {
	const char *current, *next; /* NULL: none */
} UPDATES[4] = {
	{ "260301000000Z", "260501000000Z" },
	{ "260101000000Z", "260301000000Z" },
	{ "260401000001Z", "260501000000Z" },
	{ "260301000000Z", NULL },
};

struct option {
	bool critical;
	const char *value; /* NULL: there is no such extension */
};

static struct chk_bytes constraints(struct chk_arena *arena, const char *text)
{
	char *permitted = chk_arena_text(arena, text);
	char *excluded = strchr(permitted, '|');

	*excluded++ = '\0';
	return made_constraints(arena, *permitted ? permitted : NULL,
				*excluded ? excluded : NULL);
}

/* The two extensions of each byte from GRAPH_BASIC on. */
static const struct extension {
	const char *oid;
	struct chk_bytes (*make)(struct chk_arena *, const char *);
	struct option options[8];
} EXTENSIONS[] = {
	{ "551d13", hex, { /* basicConstraints */
		{ true, "3003 0101ff" }, { false, NULL },
		{ true, "3006 0101ff 020100" }, { true, "3006 0101ff 020101" },
		{ true, "3000" }, { true, "3006 0101ff 020102" },
		{ true, "3003 020100" }, { true, "3007 0101ff 02027fff" } } },
	{ "551d0f", hex, { /* keyUsage */
		{ false, NULL }, { true, "03020204" }, { true, "03020106" },
		{ true, "03020102" }, { true, "03020780" },
		{ true, "030205a0" }, { true, "030100" },
		{ true, "0303070080" } } },
	{ "551d25", hex, { /* extKeyUsage */
		{ false, NULL }, { false, "300a 0608 2b06010505070301" },
		{ false, "300a 0608 2b06010505070302" },
		{ false, "3006 0604 551d2500" },
		{ false, "300a 0608 2b06010505070304" },
		{ false, "3014 0608 2b06010505070301 "
			 "0608 2b06010505070302" },
		{ false, "300a 0608 2b06010505070303" },
		{ false, "300a 0608 2b06010505070309" } } },
	{ "551d11", made_alt_names, {
		{ false, NULL }, { false, "DNS:a.test" },
		{ false, "DNS:*.a.test" }, { false, "DNS:b.test DNS:a.test" },
		{ false, "IP:192.0.2.1" }, { false, "email:joe@a.test" },
		{ false, "dir:O=Acme URI:https://a.test/" },
		{ false, "RID: other:" } } },
	{ "551d1e", constraints, {
		{ false, NULL }, { true, "DNS:a.test|" },
		{ true, "|DNS:a.test" }, { true, "dir:O=Acme|" },
		{ true, "|dir:O=Acme" }, { true, "IP:192.0.2.0/255.255.255.0|" },
		{ true, "email:a.test|DNS:b.test" }, { true, "URI:a.test|" } } },
	{ "551d20", hex, { /* certificatePolicies */
		{ false, NULL }, { false, "3006 3004 0602 2a03" },
		{ false, "3006 3004 0602 2a04" },
		{ false, "3008 3006 0604 551d2000" },
		{ false, "300c 3004 0602 2a03 3004 0602 2a04" },
		{ false, "300e 3004 0602 2a03 3006 0604 551d2000" },
		{ false, "300c 3004 0602 2a03 3004 0602 2a03" },
		{ false, "3000" } } },
	{ "551d21", hex, { /* policyMappings */
		{ false, NULL }, { true, "300a 3008 0602 2a03 0602 2a04" },
		{ true, "300a 3008 0602 2a04 0602 2a03" },
		{ true, "300a 3008 0602 2a03 0602 2a03" },
		{ true, "300c 300a 0604 551d2000 0602 2a03" },
		{ true, "3014 3008 0602 2a03 0602 2a04 "
			"3008 0602 2a04 0602 2a03" },
		{ true, "3000" }, { false, NULL } } },
	{ "551d24", hex, { /* policyConstraints */
		{ false, NULL }, { true, "3003 800100" },
		{ true, "3003 800101" }, { true, "3003 810100" },
		{ true, "3006 800100 810100" }, { true, "3003 800102" },
		{ true, "3000" }, { true, "3003 810101" } } },
	{ "551d36", hex, { /* inhibitAnyPolicy */
		{ false, NULL }, { true, "020100" }, { true, "020101" },
		{ true, "020102" }, { true, "0201ff" }, { false, NULL },
		{ false, NULL }, { false, NULL } } },
	{ "2b06010505070118", hex, { /* tlsFeature */
		{ false, NULL }, { false, "3003 020105" },
		{ false, "3006 020105 020111" }, { false, "3003 020111" },
		{ false, "3000" }, { false, "3003 020205 00" },
		{ false, NULL }, { false, NULL } } },
	{ "551d1f", hex, { /* cRLDistributionPoints */
		{ false, NULL }, { false, "3009 3007 a005 a003 860175" },
		{ false, "3009 3007 a005 a003 860176" },
		{ false, "300d 300b a005 a003 860175 8102 0640" },
		{ false, "3002 3000" }, { false, "3000" }, { false, NULL },
		{ false, NULL } } },
	{ "2a030405", hex, { /* one that nobody knows */
		{ false, NULL }, { false, "0500" }, { true, "0500" },
		{ false, NULL }, { false, NULL }, { false, NULL },
		{ false, NULL }, { false, NULL } } },
};

/* issuingDistributionPoint. */
static const char *const SCOPES[8] = {
	NULL, "3003 8101ff", "3003 8201ff", "3003 8401ff",
	"3007 a005 a003 860175", "3004 8302 0640", "3003 8501ff", "3000",
};

static gnutls_privkey_t key_of(size_t number)
{
	static gnutls_privkey_t keys[GRAPH_KEYS];
	/* PKCS #8 of Ed25519 (RFC 8410 section 7), and its 32 bytes. */
	uint8_t pkcs8[48] = { 0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
			      0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20 };
	gnutls_datum_t der = { pkcs8, sizeof(pkcs8) };

	number %= GRAPH_KEYS;
	if (keys[number])
		return keys[number];
	memset(pkcs8 + 16, (int)number + 1, 32);
	if (gnutls_privkey_init(&keys[number]) < 0 ||
	    gnutls_privkey_import_x509_raw(keys[number], &der,
					   GNUTLS_X509_FMT_DER, NULL, 0) < 0)
		abort();
	return keys[number];
}

static struct chk_bytes spki_of(size_t number)
{
	static gnutls_datum_t made[GRAPH_KEYS];
	gnutls_datum_t *spki = &made[number % GRAPH_KEYS];
	gnutls_pubkey_t key;

	if (!spki->data) {
		if (gnutls_pubkey_init(&key) < 0 ||
		    gnutls_pubkey_import_privkey(key, key_of(number), 0, 0) <
			    0 ||
		    gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, spki) < 0)
			abort();
		gnutls_pubkey_deinit(key);
	}
	return chk_bytes_of(spki->data, spki->size);
}

/* Of no meaning: the end of the key. */
static struct chk_bytes key_id_of(size_t number)
{
	struct chk_bytes spki = spki_of(number);

	return chk_bytes_of(spki.data + spki.size - KEY_ID_SIZE, KEY_ID_SIZE);
}

/* The signature as BIT STRING; damaged where both bits of `how` say so. */
static struct chk_bytes signature_of(struct chk_arena *arena, uint8_t how,
				     struct chk_bytes tbs)
{
	uint8_t *copy = chk_arena_get(arena, tbs.size), bits[65] = { 0 };
	gnutls_datum_t data = { copy, (unsigned)tbs.size }, made;

	memcpy(copy, tbs.data, tbs.size);
	if (gnutls_privkey_sign_data2(key_of(how >> 3 & 7u),
				      GNUTLS_SIGN_EDDSA_ED25519, 0, &data,
				      &made) < 0 ||
	    made.size != sizeof(bits) - 1)
		abort();
	memcpy(bits + 1, made.data, made.size);
	gnutls_free(made.data);
	bits[9] ^= (how & 0xc0) == 0xc0;
	return made_tlv(arena, CHK_DER_BIT_STRING,
			chk_bytes_of(bits, sizeof(bits)));
}

/* Short attributes alone: the tag stands behind the type's last byte. */
static struct chk_bytes name_of(struct chk_arena *arena, uint8_t which)
{
	struct chk_bytes name = made_dn(arena, NAMES[which & 15]);
	uint8_t *copy = chk_arena_get(arena, name.size);

	memcpy(copy, name.data, name.size);
	for (size_t i = 4; (which & 0x10) && i < name.size; i++) {
		if (copy[i] == CHK_DER_UTF8_STRING && copy[i - 3] == 0x55)
			copy[i] = CHK_DER_PRINTABLE_STRING;
	}
	return chk_bytes_of(copy, name.size);
}

static struct chk_bytes utc_time(struct chk_arena *arena, const char *text)
{
	return made_tlv(arena, CHK_DER_UTC_TIME, chk_bytes_text(text));
}

static void add_extension(struct chk_arena *arena, struct chk_bytes *all,
			  const char *oid, bool critical,
			  struct chk_bytes value)
{
	*all = made_joined(arena, *all,
			   extension_part(arena, oid, critical, value));
}

static void add_extensions(struct chk_arena *arena, const uint8_t *recipe,
			   struct chk_bytes *all)
{
	for (size_t i = 0; i < CHK_COUNT(EXTENSIONS); i++) {
		const struct extension *extension = &EXTENSIONS[i];
		unsigned which = recipe[GRAPH_BASIC + i / 2] >> i % 2 * 4;
		const struct option *option = &extension->options[which & 7];

		if (option->value)
			add_extension(arena, all, extension->oid,
				      option->critical != !!(which & 8),
				      extension->make(arena, option->value));
	}
}

/* Which id authorityKeyIdentifier has: 0 is none, 1 the right one. */
static const struct {
	uint8_t id;
	bool issuer; /* and the issuer's name and a serial number */
} AUTHORITIES[8] = {
	{ 1, false }, { 0, false }, { 1, true }, { 2, true },
	{ 2, false }, { 0, true }, { 1, false }, { 0, false },
};
#define NO_AUTHORITY 1u

static struct chk_bytes authority(struct chk_arena *arena, unsigned which,
				  const uint8_t *recipe)
{
	unsigned signer = recipe[GRAPH_KEY] >> 3 & 7u;
	struct chk_bytes content = { 0 };

	if (AUTHORITIES[which].id)
		content = made_tlv(arena, CHK_DER_CONTEXT(0),
				   key_id_of(signer + AUTHORITIES[which].id -
					     1u));
	if (AUTHORITIES[which].issuer)
		content = made_joined(
			arena, content,
			made_joined(arena,
				    made_tlv(arena, 0xa1,
					     made_tlv(arena, 0xa4,
						      name_of(arena,
							      recipe[GRAPH_ISSUER]))),
				    hex(arena, "8201 01")));
	return made_tlv(arena, CHK_DER_SEQUENCE, content);
}

/* The subject's: its own, none, another key's, none. */
static void add_key_ids(struct chk_arena *arena, const uint8_t *recipe,
			struct chk_bytes *all)
{
	unsigned subject = recipe[GRAPH_IDS] & 3u;
	unsigned issuer = recipe[GRAPH_IDS] >> 2 & 7u;

	if (subject % 2 == 0)
		add_extension(arena, all, "551d0e", false,
			      made_tlv(arena, CHK_DER_OCTET_STRING,
				       key_id_of((recipe[GRAPH_KEY] & 7u) +
						 subject / 2)));
	if (issuer != NO_AUTHORITY)
		add_extension(arena, all, "551d23", false,
			      authority(arena, issuer, recipe));
}

static struct chk_bytes serial_of(struct chk_arena *arena, size_t number)
{
	uint8_t serial = (uint8_t)(number + 1);

	return made_tlv(arena, CHK_DER_INTEGER, chk_bytes_of(&serial, 1));
}

/* What is signed: the first element within `whole`. */
static struct chk_bytes signed_part(struct chk_bytes whole)
{
	struct chk_der der = chk_der_begin(whole, NULL);
	struct chk_tlv tlv;

	if (!chk_der_next(&der, &tlv))
		abort();
	der = chk_der_inside(&der, &tlv);
	if (!chk_der_next(&der, &tlv))
		abort();
	return tlv.whole;
}

struct chk_bytes recipe_cert(struct chk_arena *arena, const uint8_t *recipe,
			     struct chk_bytes raw, size_t number)
{
	unsigned validity = recipe[GRAPH_FORM] & 7u;
	bool again = (recipe[GRAPH_FORM] & 0x10) && number > 0;
	struct parts parts = {
		.version = hex(arena, "a003 020102"),
		.serial = serial_of(arena, number - again),
		.algorithm = hex(arena, ALGORITHM),
		.issuer = name_of(arena, recipe[GRAPH_ISSUER]),
		.not_before = utc_time(arena, VALIDITIES[validity].begin),
		.not_after = utc_time(arena, VALIDITIES[validity].end),
		.subject = name_of(arena, recipe[GRAPH_SUBJECT]),
		.spki = spki_of(recipe[GRAPH_KEY] & 7u),
		.outer_algorithm = hex(arena, ALGORITHM),
		.signature = hex(arena, "0300"),
	};

	if (recipe[GRAPH_FORM] & 8) {
		parts.version = (struct chk_bytes){ 0 };
	} else {
		add_extensions(arena, recipe, &parts.extensions);
		add_key_ids(arena, recipe, &parts.extensions);
		if (raw.size)
			parts.extensions = made_joined(arena, parts.extensions,
						       raw);
	}
	parts.signature = signature_of(arena, recipe[GRAPH_KEY],
				       signed_part(join_parts(arena, &parts)));
	return join_parts(arena, &parts);
}

static struct chk_bytes entries(struct chk_arena *arena, uint8_t serials)
{
	struct chk_bytes all = { 0 };

	for (size_t i = 0; i < 8; i++) {
		if (serials >> i & 1)
			all = made_joined(
				arena, all,
				made_tlv(arena, CHK_DER_SEQUENCE,
					 made_joined(arena,
						     serial_of(arena, i),
						     utc_time(arena,
							      "260201000000Z"))));
	}
	return all.size ? made_tlv(arena, CHK_DER_SEQUENCE, all) : all;
}

static struct chk_bytes crl_extensions(struct chk_arena *arena, uint8_t which)
{
	struct chk_bytes all = { 0 };

	if (SCOPES[which & 7])
		add_extension(arena, &all, "551d1c", !(which & 8),
			      hex(arena, SCOPES[which & 7]));
	if (which & 0x10)
		add_extension(arena, &all, "551d14", false,
			      hex(arena, which & 0x20 ? "020102" : "020101"));
	if (which & 0x40)
		add_extension(arena, &all, "551d1b", !(which & 0x80),
			      hex(arena, "020101"));
	return all.size ? made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(0),
				   made_tlv(arena, CHK_DER_SEQUENCE, all)) :
			  all;
}

struct chk_bytes recipe_crl(struct chk_arena *arena, const uint8_t *recipe)
{
	unsigned times = recipe[GRAPH_CRL_TIMES] & 3u;
	const char *next = UPDATES[times].next;
	struct chk_bytes none = { 0 };
	struct chk_bytes parts[] = {
		hex(arena, "020101"), hex(arena, ALGORITHM),
		name_of(arena, recipe[GRAPH_CRL_ISSUER]),
		utc_time(arena, UPDATES[times].current),
		next ? utc_time(arena, next) : none,
		entries(arena, recipe[GRAPH_CRL_SERIALS]),
		crl_extensions(arena, recipe[GRAPH_CRL_SCOPE]),
	};
	struct chk_bytes tbs = { 0 };

	for (size_t i = 0; i < CHK_COUNT(parts); i++)
		tbs = made_joined(arena, tbs, parts[i]);
	tbs = made_tlv(arena, CHK_DER_SEQUENCE, tbs);
	return made_tlv(arena, CHK_DER_SEQUENCE,
			made_joined(arena,
				    made_joined(arena, tbs, parts[1]),
				    signature_of(arena, recipe[GRAPH_CRL_KEY],
						 tbs)));
}
