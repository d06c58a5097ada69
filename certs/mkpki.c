/*
 * certs/mkpki.c: makes the test PKI from its plan.
 *
 *	mkpki PLAN KEYS OUT
 *
 * Reads the stanzas of PLAN (certs/pki.conf says what they may hold), signs
 * with the fixed keys of KEYS, and writes OUT/NAME.pem for each. The bytes are
 * the same at every run: dates and serials are fixed, and RSA PKCS#1 and
 * Ed25519 signatures have no chance in them. (ECDSA has, and GnuTLS cannot
 * sign a certificate without it; no stanza uses it.)
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <arpa/inet.h>

#include <gnutls/abstract.h>
#include <gnutls/x509-ext.h>
#include <gnutls/x509.h>

#define MAX_STANZAS 100
#define MAX_LINES 20

struct stanza {
	char name[64];
	char keys[MAX_LINES][32], values[MAX_LINES][512];
	size_t count;
	gnutls_x509_crt_t crt; /* NULL for a bundle */
};

static struct stanza stanzas[MAX_STANZAS];
static size_t stanza_count;
static const char *keys_dir, *out_dir;

#define DIE(...)                              \
	do {                                  \
		fprintf(stderr, "mkpki: ");   \
		fprintf(stderr, __VA_ARGS__); \
		fputc('\n', stderr);          \
		exit(1);                      \
	} while (0)

/* Every GnuTLS call must succeed, or the plan asks for what cannot be. */
static void must(int code, const struct stanza *stanza, const char *what)
{
	if (code < 0)
		DIE("[%s]: %s: %s", stanza->name, what, gnutls_strerror(code));
}

static const char *value_of(const struct stanza *stanza, const char *key)
{
	for (size_t i = 0; i < stanza->count; i++) {
		if (strcmp(stanza->keys[i], key) == 0)
			return stanza->values[i];
	}
	return NULL;
}

static struct stanza *find(const char *name)
{
	for (size_t i = 0; i < stanza_count; i++) {
		if (strcmp(stanzas[i].name, name) == 0)
			return &stanzas[i];
	}
	DIE("no stanza [%s]", name);
}

static const char *const KNOWN[] = {
	"subject", "subject-hex", "subject-utf8", "issuer", "key", "valid",
	"serial", "version", "ca", "usage", "eku", "dns", "ip", "email",
	"names", "aki", "permitted", "excluded", "critical", "digest",
	"tamper", "bundle", "aia",
};

static bool is_known(const char *key)
{
	for (size_t i = 0; i < sizeof(KNOWN) / sizeof(KNOWN[0]); i++) {
		if (strcmp(KNOWN[i], key) == 0)
			return true;
	}
	return false;
}

static void read_line(char *line, int number)
{
	struct stanza *stanza;
	char *equals = strchr(line, '=');
	char name[64], key[32], *value;

	if (sscanf(line, "[%63[^]]]", name) == 1) {
		if (stanza_count >= MAX_STANZAS)
			DIE("line %d: over %d stanzas", number, MAX_STANZAS);
		strcpy(stanzas[stanza_count++].name, name);
		return;
	}
	stanza = &stanzas[stanza_count ? stanza_count - 1 : 0];
	if (!stanza_count || !equals || sscanf(line, " %31[a-z0-9-]", key) != 1 ||
	    !is_known(key) || stanza->count >= MAX_LINES)
		DIE("line %d is not understood: %s", number, line);
	value = equals + 1 + strspn(equals + 1, " ");
	if (strlen(value) >= sizeof(stanza->values[0]))
		DIE("line %d is too long", number);
	strcpy(stanza->keys[stanza->count], key);
	strcpy(stanza->values[stanza->count++], value);
}

static void read_plan(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[1024], *comment;
	int number = 0;

	if (!file)
		DIE("%s cannot be read", path);
	while (fgets(line, sizeof(line), file)) {
		number++;
		comment = strchr(line, '#');
		if (comment)
			*comment = '\0';
		line[strcspn(line, "\n")] = '\0';
		while (*line && line[strlen(line) - 1] == ' ')
			line[strlen(line) - 1] = '\0';
		if (*line)
			read_line(line, number);
	}
	fclose(file);
}

static gnutls_x509_privkey_t load_key(const struct stanza *stanza)
{
	const char *name = value_of(stanza, "key");
	gnutls_x509_privkey_t key;
	gnutls_datum_t data;
	char path[512];

	snprintf(path, sizeof(path), "%s/%s.pem", keys_dir,
		 name ? name : stanza->name);
	must(gnutls_load_file(path, &data), stanza, path);
	gnutls_x509_privkey_init(&key);
	must(gnutls_x509_privkey_import2(key, &data, GNUTLS_X509_FMT_PEM, NULL,
					 0), stanza, path);
	gnutls_free(data.data);
	return key;
}

static time_t date_of(const struct stanza *stanza, const char *text)
{
	struct tm date = { 0 };

	if (sscanf(text, "%d-%d-%d", &date.tm_year, &date.tm_mon,
		   &date.tm_mday) != 3)
		DIE("[%s]: %s is no date", stanza->name, text);
	date.tm_year -= 1900;
	date.tm_mon--;
	return timegm(&date);
}

static void set_dates(const struct stanza *stanza)
{
	const char *valid = value_of(stanza, "valid");
	char from[32] = "2020-01-01", to[32] = "2059-12-31";

	if (valid && sscanf(valid, "%31s %31s", from, to) != 2)
		DIE("[%s]: valid wants two dates", stanza->name);
	gnutls_x509_crt_set_activation_time(stanza->crt, date_of(stanza, from));
	gnutls_x509_crt_set_expiration_time(stanza->crt, date_of(stanza, to));
}

/* subject: RFC 4514; -hex: the bytes of CN; -utf8: CN as UTF8String. */
static void set_subject(const struct stanza *stanza)
{
	const char *plain = value_of(stanza, "subject");
	const char *hex = value_of(stanza, "subject-hex");
	const char *utf8 = value_of(stanza, "subject-utf8");
	unsigned char bytes[256];
	const char *wrong;
	size_t size = 0;

	if (plain)
		must(gnutls_x509_crt_set_dn(stanza->crt, plain, &wrong), stanza,
		     "subject");
	if (hex) {
		for (; sscanf(hex + 2 * size, "%2hhx", &bytes[size]) == 1; size++)
			;
		must(gnutls_x509_crt_set_dn_by_oid(stanza->crt,
						   GNUTLS_OID_X520_COMMON_NAME,
						   0, bytes, (unsigned)size),
		     stanza, "subject-hex");
	}
	if (utf8) {
		bytes[0] = 0x0c;
		bytes[1] = (unsigned char)strlen(utf8);
		memcpy(bytes + 2, utf8, strlen(utf8));
		must(gnutls_x509_crt_set_dn_by_oid(stanza->crt,
						   GNUTLS_OID_X520_COMMON_NAME,
						   1, bytes,
						   (unsigned)strlen(utf8) + 2),
		     stanza, "subject-utf8");
	}
}

/* Calls `add` with each word of the value. */
static void each_word(const struct stanza *stanza, const char *key,
		      void (*add)(const struct stanza *, const char *))
{
	const char *value = value_of(stanza, key);
	char copy[512], *word, *rest;

	if (!value)
		return;
	strcpy(copy, value);
	for (word = strtok_r(copy, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest))
		add(stanza, word);
}

static void add_name(const struct stanza *stanza,
		     gnutls_x509_subject_alt_name_t type, const void *data,
		     size_t size)
{
	must(gnutls_x509_crt_set_subject_alt_name(stanza->crt, type, data,
						  (unsigned)size,
						  GNUTLS_FSAN_APPEND),
	     stanza, "name");
}

static void add_dns(const struct stanza *stanza, const char *name)
{
	add_name(stanza, GNUTLS_SAN_DNSNAME, name, strlen(name));
}

static void add_email(const struct stanza *stanza, const char *name)
{
	add_name(stanza, GNUTLS_SAN_RFC822NAME, name, strlen(name));
}

static size_t read_ip(const struct stanza *stanza, const char *text,
		      unsigned char bytes[16])
{
	if (inet_pton(AF_INET, text, bytes) == 1)
		return 4;
	if (inet_pton(AF_INET6, text, bytes) == 1)
		return 16;
	DIE("[%s]: %s is no address", stanza->name, text);
}

static void add_ip(const struct stanza *stanza, const char *text)
{
	unsigned char bytes[16];
	size_t size = read_ip(stanza, text, bytes);

	add_name(stanza, GNUTLS_SAN_IPADDRESS, bytes, size);
}

/* "names = N": N dNSNames. Built at once: appending one by one is O(N*N). */
static void add_many(const struct stanza *stanza)
{
	const char *many = value_of(stanza, "names");
	gnutls_subject_alt_names_t names;
	gnutls_datum_t der;
	char name[64];

	if (!many)
		return;
	gnutls_subject_alt_names_init(&names);
	for (int i = 0; i < atoi(many); i++) {
		gnutls_datum_t text = { (unsigned char *)name, 0 };

		text.size = (unsigned)snprintf(name, sizeof(name),
					       "n%d.example.test", i);
		must(gnutls_subject_alt_names_set(names, GNUTLS_SAN_DNSNAME,
						  &text, NULL), stanza, name);
	}
	must(gnutls_x509_ext_export_subject_alt_names(names, &der), stanza,
	     "names");
	must(gnutls_x509_crt_set_extension_by_oid(stanza->crt, "2.5.29.17",
						  der.data, der.size, 0),
	     stanza, "names");
	gnutls_free(der.data);
	gnutls_subject_alt_names_deinit(names);
}

static const struct {
	const char *name;
	unsigned int bit;
} USAGES[] = {
	{ "certSign", GNUTLS_KEY_KEY_CERT_SIGN },
	{ "crlSign", GNUTLS_KEY_CRL_SIGN },
	{ "digitalSignature", GNUTLS_KEY_DIGITAL_SIGNATURE },
	{ "keyEncipherment", GNUTLS_KEY_KEY_ENCIPHERMENT },
};

/* ca = no, yes, a path length, or none: no basicConstraints at all. */
static void set_ca(const struct stanza *stanza)
{
	const char *ca = value_of(stanza, "ca");
	const char *usage = value_of(stanza, "usage");
	unsigned int bits = 0;

	if (!ca || strcmp(ca, "no") == 0)
		must(gnutls_x509_crt_set_basic_constraints(stanza->crt, 0, -1),
		     stanza, "ca");
	else if (strcmp(ca, "none") != 0)
		must(gnutls_x509_crt_set_basic_constraints(
			     stanza->crt, 1, ca[0] == 'y' ? -1 : atoi(ca)),
		     stanza, "ca");
	if (!usage && ca && strcmp(ca, "no") != 0 && strcmp(ca, "none") != 0)
		usage = "certSign crlSign";
	for (size_t i = 0; usage && i < sizeof(USAGES) / sizeof(USAGES[0]); i++) {
		if (strstr(usage, USAGES[i].name))
			bits |= USAGES[i].bit;
	}
	if (bits)
		must(gnutls_x509_crt_set_key_usage(stanza->crt, bits), stanza,
		     "usage");
}

static void add_eku(const struct stanza *stanza, const char *word)
{
	const char *oid = strcmp(word, "serverAuth") == 0 ?
			  GNUTLS_KP_TLS_WWW_SERVER :
			  strcmp(word, "clientAuth") == 0 ?
			  GNUTLS_KP_TLS_WWW_CLIENT :
			  strcmp(word, "emailProtection") == 0 ?
			  GNUTLS_KP_EMAIL_PROTECTION : word;

	must(gnutls_x509_crt_set_key_purpose_oid(stanza->crt, oid, 0), stanza,
	     "eku");
}

static void add_critical(const struct stanza *stanza, const char *oid)
{
	must(gnutls_x509_crt_set_extension_by_oid(stanza->crt, oid, "\x05\x00",
						  2, 1), stanza, "critical");
}

/* "DNS:.example.test", "email:example.test", "IP:0.0.0.0/0.0.0.0" */
static void add_subtree(const struct stanza *stanza,
			gnutls_x509_name_constraints_t constraints,
			const char *word, bool permitted)
{
	gnutls_x509_subject_alt_name_t type = GNUTLS_SAN_DNSNAME;
	const char *text = strchr(word, ':'), *slash = strchr(word, '/');
	unsigned char bytes[32];
	gnutls_datum_t name;
	char ip[64];
	size_t size;

	if (!text)
		DIE("[%s]: %s is no subtree", stanza->name, word);
	text++;
	name = (gnutls_datum_t){ (unsigned char *)strdup(text),
				 (unsigned)strlen(text) };
	if (strncmp(word, "email:", 6) == 0)
		type = GNUTLS_SAN_RFC822NAME;
	if (strncmp(word, "IP:", 3) == 0 && slash) {
		snprintf(ip, sizeof(ip), "%.*s", (int)(slash - text), text);
		size = read_ip(stanza, ip, bytes);
		read_ip(stanza, slash + 1, bytes + size);
		type = GNUTLS_SAN_IPADDRESS;
		free(name.data);
		name = (gnutls_datum_t){ bytes, (unsigned)(2 * size) };
	}
	must(permitted ?
	     gnutls_x509_name_constraints_add_permitted(constraints, type,
							&name) :
	     gnutls_x509_name_constraints_add_excluded(constraints, type,
						       &name),
	     stanza, word);
	if (name.data != bytes)
		free(name.data);
}

static void set_constraints(const struct stanza *stanza)
{
	static const char *const KEYS[] = { "excluded", "permitted" };
	gnutls_x509_name_constraints_t constraints;
	char copy[512], *word, *rest;
	bool any = false;

	gnutls_x509_name_constraints_init(&constraints);
	for (int i = 0; i < 2; i++) {
		const char *value = value_of(stanza, KEYS[i]);

		if (!value)
			continue;
		any = true;
		strcpy(copy, value);
		for (word = strtok_r(copy, " ", &rest); word;
		     word = strtok_r(NULL, " ", &rest))
			add_subtree(stanza, constraints, word, i == 1);
	}
	if (any)
		must(gnutls_x509_crt_set_name_constraints(stanza->crt,
							  constraints, 1),
		     stanza, "constraints");
	gnutls_x509_name_constraints_deinit(constraints);
}

/* The key ids are GnuTLS's own, SHA-1 over the key; aki = none or wrong. */
static void set_key_ids(const struct stanza *stanza,
			const struct stanza *issuer)
{
	const char *aki = value_of(stanza, "aki");
	unsigned char id[64];
	size_t size = sizeof(id);

	must(gnutls_x509_crt_get_key_id(stanza->crt, 0, id, &size), stanza,
	     "key id");
	must(gnutls_x509_crt_set_subject_key_id(stanza->crt, id, size), stanza,
	     "key id");
	if (aki && strcmp(aki, "none") == 0)
		return;
	size = sizeof(id);
	/* An issuer of version 1 has none to name. */
	if (gnutls_x509_crt_get_subject_key_id(issuer->crt, id, &size, NULL) < 0)
		return;
	if (aki)
		id[0] ^= 0xff;
	must(gnutls_x509_crt_set_authority_key_id(stanza->crt, id, size),
	     stanza, "authority key id");
}

static void set_extensions(const struct stanza *stanza,
			   const struct stanza *issuer)
{
	const char *aia = value_of(stanza, "aia");
	gnutls_datum_t url = { (unsigned char *)(aia ? strdup(aia) : NULL),
			       aia ? (unsigned)strlen(aia) : 0 };

	set_ca(stanza);
	each_word(stanza, "dns", add_dns);
	each_word(stanza, "ip", add_ip);
	each_word(stanza, "email", add_email);
	add_many(stanza);
	each_word(stanza, "eku", add_eku);
	each_word(stanza, "critical", add_critical);
	set_constraints(stanza);
	set_key_ids(stanza, issuer);
	if (aia)
		must(gnutls_x509_crt_set_authority_info_access(
			     stanza->crt, GNUTLS_IA_CAISSUERS_URI, &url),
		     stanza, "aia");
	free(url.data);
}

/* The file; the signature's last byte is changed when the plan says so. */
static void write_pem(const struct stanza *stanza)
{
	gnutls_datum_t der, pem;
	char path[512];
	FILE *file;

	must(gnutls_x509_crt_export2(stanza->crt, GNUTLS_X509_FMT_DER, &der),
	     stanza, "DER");
	if (value_of(stanza, "tamper"))
		der.data[der.size - 1] ^= 1;
	must(gnutls_pem_base64_encode2("CERTIFICATE", &der, &pem), stanza,
	     "PEM");
	snprintf(path, sizeof(path), "%s/%s.pem", out_dir, stanza->name);
	file = fopen(path, "w");
	if (!file || fwrite(pem.data, 1, pem.size, file) != pem.size ||
	    fclose(file) != 0)
		DIE("%s cannot be written", path);
	gnutls_free(der.data);
	gnutls_free(pem.data);
}

/* Ed25519 brings its own (RFC 8032). */
static gnutls_digest_algorithm_t digest_of(gnutls_x509_privkey_t signer,
					   const char *digest)
{
	if (gnutls_x509_privkey_get_pk_algorithm(signer) ==
	    GNUTLS_PK_EDDSA_ED25519)
		return GNUTLS_DIG_SHA512;
	return digest ? GNUTLS_DIG_SHA1 : GNUTLS_DIG_SHA256;
}

static void make(struct stanza *stanza, unsigned int number)
{
	const char *issuer_name = value_of(stanza, "issuer");
	const char *digest = value_of(stanza, "digest");
	const char *version = value_of(stanza, "version");
	struct stanza *issuer = issuer_name ? find(issuer_name) : stanza;
	gnutls_x509_privkey_t key = load_key(stanza), signer = load_key(issuer);
	unsigned char serial[2] = { 0x10, (unsigned char)number };

	gnutls_x509_crt_init(&stanza->crt);
	gnutls_x509_crt_set_version(stanza->crt, version ? 1 : 3);
	gnutls_x509_crt_set_serial(stanza->crt, serial, sizeof(serial));
	must(gnutls_x509_crt_set_key(stanza->crt, key), stanza, "key");
	set_subject(stanza);
	set_dates(stanza);
	if (!issuer->crt)
		DIE("[%s]: its issuer [%s] comes after it", stanza->name,
		    issuer_name);
	if (!version)
		set_extensions(stanza, issuer);
	must(gnutls_x509_crt_sign2(stanza->crt, issuer->crt, signer,
				   digest_of(signer, digest), 0),
	     stanza, "signing");
	write_pem(stanza);
	gnutls_x509_privkey_deinit(key);
	gnutls_x509_privkey_deinit(signer);
}

static void make_bundle(const struct stanza *stanza, const char *value)
{
	char copy[512], path[640], line[512], *word, *rest;
	FILE *in, *out;

	snprintf(path, sizeof(path), "%s/%s.pem", out_dir, stanza->name);
	out = fopen(path, "w");
	strcpy(copy, value);
	for (word = strtok_r(copy, ", ", &rest); out && word;
	     word = strtok_r(NULL, ", ", &rest)) {
		snprintf(path, sizeof(path), "%.500s/%.63s.pem", out_dir,
			 find(word)->name);
		in = fopen(path, "r");
		if (!in)
			DIE("[%s]: %s cannot be read", stanza->name, path);
		while (fgets(line, sizeof(line), in))
			fputs(line, out);
		fclose(in);
	}
	if (!out || fclose(out) != 0)
		DIE("[%s] cannot be written", stanza->name);
}

int main(int argc, char **argv)
{
	if (argc != 4)
		DIE("usage: mkpki PLAN KEYS OUT");
	keys_dir = argv[2];
	out_dir = argv[3];
	read_plan(argv[1]);
	for (size_t i = 0; i < stanza_count; i++) {
		const char *bundle = value_of(&stanzas[i], "bundle");

		if (bundle)
			make_bundle(&stanzas[i], bundle);
		else
			make(&stanzas[i], (unsigned)i);
	}
	for (size_t i = 0; i < stanza_count; i++) {
		if (stanzas[i].crt)
			gnutls_x509_crt_deinit(stanzas[i].crt);
	}
	return 0;
}
