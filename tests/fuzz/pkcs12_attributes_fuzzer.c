/*
 * tests/fuzz/pkcs12_attributes_fuzzer.c: any bytes as the bags of a PKCS #12
 * file, and as a file with such bags in the clear. Slices lie inside, and a
 * JVM takes no more than what is there. GnuTLS is left out.
 */
#include <stdlib.h>

#include "store/java_entries.h"
#include "store/pbes2.h"
#include "store/pkcs12_file.h"
#include "store/pkcs12_pbe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_inside(struct chk_bytes all, struct chk_bytes part)
{
	const uint8_t *end = all.data + all.size;

	if (part.data && (part.data < all.data || part.data > end ||
			  part.size > (size_t)(end - part.data)))
		abort();
}

static void walk(struct chk_java_entries *entries, struct chk_bytes contents)
{
	struct chk_der der;
	struct chk_bag bag;

	if (!chk_bags_begin(&der, contents, NULL))
		return;
	while (!chk_der_at_end(&der) && chk_bags_next(&der, &bag)) {
		check_inside(contents, bag.certificate);
		check_inside(contents, bag.name);
		check_inside(contents, bag.key_id);
		if (bag.kind == CHK_BAG_CERTIFICATE && !bag.certificate.data)
			abort();
		chk_java_entries_add(entries, &bag, false, false, NULL);
	}
}

static void walk_file(struct chk_java_entries *entries, struct chk_bytes bytes)
{
	struct chk_pkcs12_part part;
	struct chk_pkcs12_pbe pbe;
	struct chk_pbes2 pbes2;
	struct chk_der der;

	if (!chk_pkcs12_begin(&der, bytes))
		return;
	while (!chk_der_at_end(&der) && chk_pkcs12_next(&der, &part)) {
		check_inside(bytes, part.content);
		if (!part.encrypted) {
			walk(entries, part.content);
		} else if (chk_pbes2_parse(part.algorithm, &pbes2)) {
			check_inside(part.algorithm, pbes2.salt);
			check_inside(part.algorithm, pbes2.iv);
		} else if (chk_pkcs12_pbe_parse(part.algorithm, &pbe)) {
			check_inside(part.algorithm, pbe.salt);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chk_bytes bytes = chk_bytes_of(data, size);
	struct chk_java_entries entries = { .items = NULL };

	chk_pkcs12_is(bytes);
	walk(&entries, bytes);
	walk_file(&entries, bytes);
	chk_java_entries_take(&entries);
	for (size_t i = 0; i < entries.count; i++)
		if (entries.items[i].taken &&
		    entries.items[i].kind != CHK_BAG_CERTIFICATE)
			abort();
	chk_java_entries_clear(&entries);
	return 0;
}
