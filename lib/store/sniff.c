/* lib/store/sniff.c: whether a file may be a trust store, by first bytes. */
#include "config.h"

#include "store/sniff.h"

#include <strings.h>

#include "cert/der.h"

/* A store found by its content has three certificates, or is none. */
#define STORE_CERTS 3

/*
 * What a file of this ending holds is no store, so its bytes need not be read:
 * programs, sources, pictures, archives. Sorted; found by bisection.
 */
static const char *const OTHER[] = {
	"7z", "a", "apk", "asm", "avi", "bmp", "br", "bz2", "c", "cc", "class",
	"cmake", "cpp", "css", "deb", "def", "diff", "el", "elc", "eot", "gif",
	"go", "gz", "h", "hpp", "htm", "html", "ico", "img", "ipynb", "iso",
	"jar", "java", "jpeg", "jpg", "js", "json", "jsonl", "ko", "la", "lo",
	"lock", "lua", "m4", "map", "md", "mjs", "mkv", "mo", "mp3", "mp4", "o",
	"odt", "ogg", "otf", "pack", "patch", "pdf", "php", "pl", "pm", "png",
	"po", "ps", "py", "pyc", "pyi", "pyo", "rb", "rlib", "rmeta", "rpm",
	"rs", "rst", "s", "scss", "sh", "so", "sql", "svg", "tar", "tcl", "tex",
	"tgz", "tif", "tiff", "ts", "tsx", "ttf", "war", "wasm", "wav", "webm",
	"webp", "whl", "woff", "woff2", "xls", "xlsx", "xml", "xz", "zip",
	"zst",
};

/* What the names of stores hold, in lower case. */
static const char *const LIKELY[] = {
	".pem", ".crt", ".cer", ".jks", ".jceks", ".p12", ".pfx", ".p11-kit",
	".ks", "cacert", "ca-cert", "ca-bundle", "cert9.db", "certdata",
	"keystore", "truststore", "trusted", "ca-root", "rootca", "root-ca",
};

static const char *const BEGINS[] = {
	"-----BEGIN CERTIFICATE-----",
	"-----BEGIN TRUSTED CERTIFICATE-----",
	"-----BEGIN X509 CERTIFICATE-----",
};

bool chk_sniff_likely(const char *name)
{
	if (chk_sniff_name(name))
		return false;
	for (size_t i = 0; i < CHK_COUNT(LIKELY); i++)
		if (strcasestr(name, LIKELY[i]))
			return true;
	return false;
}

static bool has(struct chk_bytes head, const char *text)
{
	return memmem(head.data, head.size, text, strlen(text)) != NULL;
}

static bool begins(struct chk_bytes head, const char *magic, size_t size)
{
	return head.size >= size && memcmp(head.data, magic, size) == 0;
}

bool chk_sniff_name(const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t low = 0, high = CHK_COUNT(OTHER);

	if (!dot || dot == name)
		return false;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcasecmp(dot + 1, OTHER[middle]);

		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

/* "openssl x509 -text" writes some 4 KiB before each BEGIN. */
static bool is_listing(struct chk_bytes head)
{
	return has(head, "Certificate:\n    Data:\n");
}

static bool is_pem(struct chk_bytes head, const char *name)
{
	for (size_t i = 0; i < CHK_COUNT(BEGINS); i++)
		if (has(head, BEGINS[i]))
			return true;
	return is_listing(head);
}

static bool is_jks(struct chk_bytes head, const char *name)
{
	return begins(head, "\xfe\xed\xfe\xed\0\0\0", 7) ||
	       begins(head, "\xce\xce\xce\xce\0\0\0", 7);
}

/*
 * PFX ::= SEQUENCE { version INTEGER (3), authSafe ContentInfo, ... } (RFC 7292
 * section 4)
 */
static bool is_pkcs12(struct chk_bytes head, const char *name)
{
	return chk_bytes_begin_with(chk_ber_content(head),
				    "\x02\x01\x03\x30");
}

/* SQLite has other databases, and NSS has other files. */
static bool is_nss(struct chk_bytes head, const char *name)
{
	return strcmp(name, "cert9.db") == 0 &&
	       begins(head, "SQLite format 3", 16);
}

static bool is_p11kit(struct chk_bytes head, const char *name)
{
	return has(head, "[p11-kit-object-v1]");
}

static bool is_certdata(struct chk_bytes head, const char *name)
{
	return strcmp(name, "certdata.txt") == 0 &&
	       (has(head, "BEGINDATA") || has(head, "CKA_CLASS") ||
		has(head, "Mozilla Public"));
}

/* PEM last but one: p11-kit's files hold PEM too. */
static const struct {
	struct chk_sniffed as;
	bool (*is)(struct chk_bytes head, const char *name);
} KINDS[] = {
	{ { "jks", "jks" }, is_jks },
	{ { "pkcs12", "p12" }, is_pkcs12 },
	{ { "nss", "nss" }, is_nss },
	{ { "certdata", "file" }, is_certdata },
	{ { "p11-kit", "p11-kit" }, is_p11kit },
	{ { "pem", "file" }, is_pem },
};

static const struct chk_sniffed DER = { "der", "file" };

const struct chk_sniffed *chk_sniff_known(struct chk_bytes head,
					  const char *name)
{
	for (size_t i = 0; i < CHK_COUNT(KINDS); i++)
		if (KINDS[i].is(head, name))
			return &KINDS[i].as;
	if (head.size > 4 && head.data[0] == CHK_DER_SEQUENCE &&
	    head.data[1] == 0x82)
		return &DER;
	return NULL;
}

static size_t count_certificates(struct chk_bytes head)
{
	static const char WORD[] = "CERTIFICATE-----";
	const uint8_t *at = head.data, *end = head.data + head.size;
	size_t count = 0;

	/* BEGIN and END each have the word once. */
	while ((at = memmem(at, (size_t)(end - at), WORD, sizeof(WORD) - 1))) {
		at += sizeof(WORD) - 1;
		count++;
	}
	return (count + 1) / 2;
}

const struct chk_sniffed *chk_sniff(struct chk_bytes head, const char *name,
				    bool whole)
{
	const struct chk_sniffed *sniffed = chk_sniff_known(head, name);

	if (!sniffed || sniffed == &DER)
		return NULL;
	if (whole && strcmp(sniffed->format, "pem") == 0 &&
	    count_certificates(head) < STORE_CERTS)
		return NULL;
	return sniffed;
}

bool chk_sniff_is_hash(const char *name)
{
	static const char HEX[] = "0123456789abcdefABCDEF";
	size_t digits;

	if (strspn(name, HEX) != 8 || name[8] != '.')
		return false;
	digits = strspn(name + 9, "0123456789");
	return digits > 0 && name[9 + digits] == '\0';
}
