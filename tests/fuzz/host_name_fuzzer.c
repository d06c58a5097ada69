/*
 * tests/fuzz/host_name_fuzzer.c: any host asked of any subjectAltName. The
 * input is the host, a NUL, and the extension's content.
 */
#include <stdlib.h>

#include "base/ascii.h"
#include "fuzz/checks.h"
#include "path/host_name.h"
#include "path/made_names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A match means equal names, but for the first label of a wildcard. */
static void check_match(struct chk_bytes pattern, const char *host)
{
	struct chk_bytes asked = chk_bytes_text(host);
	const char *dot = strchr(host, '.');

	if (!chk_host_name_match(pattern, host))
		return;
	if (pattern.size > 1 && pattern.data[0] == '*' && dot) {
		pattern = chk_bytes_of(pattern.data + 1, pattern.size - 1);
		asked = chk_bytes_text(dot);
	}
	if (!chk_ascii_equal(pattern, asked))
		abort();
}

static void check_identity(const struct chk_identity *identity,
			   struct chk_bytes names)
{
	struct chk_arena arena = { 0 };
	struct chk_defects defects = { .arena = &arena };
	struct chk_cert cert = made_cert(&arena, "CN=a.test", NULL);

	cert.alt_names.present = true;
	cert.alt_names.value = names;
	chk_host_name_check(&cert, identity, false, &defects);
	/* The shortest name that matches: tag, length, one character. */
	if (defects.count > 1 || (names.size < 3 && defects.count == 0))
		abort();
	if (defects.first && defects.first->defect.text)
		check_printable(
			chk_bytes_text(defects.first->defect.text));
	chk_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = size ? memchr(data, 0, size) : NULL;
	struct chk_identity identity;
	struct chk_bytes names;
	const char *host = (const char *)data;

	if (!end)
		return 0;
	names = chk_bytes_of(end + 1, size - (size_t)(end + 1 - data));
	if (chk_identity_set(&identity, host, NULL)) {
		check_identity(&identity, names);
		check_match(names, identity.text);
	}
	if (chk_identity_set_email(&identity, host, NULL))
		check_identity(&identity, names);
	return 0;
}
