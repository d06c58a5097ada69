/* lib/store/built_in.c: a table of PEM texts in a program's file. */
#include "config.h"

#include "store/built_in.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "cert/pem.h"
#include "store/binary.h"

#define BEGIN "-----BEGIN CERTIFICATE-----"
#define END "-----END CERTIFICATE-----"

/* Between two texts of a table there is a NUL, and what aligns the next. */
#define GAP_MAX 64

struct run {
	uint64_t begin, end;
	size_t count;
};

struct search {
	struct run now, longest;
	size_t total;
};

struct reading {
	struct chk_store *store;
	const char *name;
	struct run run;
	bool failed;
};

/* The text up to its end; .data NULL: it has none. */
static struct chk_bytes text_of(struct chk_bytes hit)
{
	const uint8_t *end = memmem(hit.data, hit.size, END, strlen(END));

	if (!end)
		return (struct chk_bytes){ 0 };
	return chk_bytes_of(hit.data, (size_t)(end - hit.data) + strlen(END));
}

static bool count_run(void *context, struct chk_bytes hit, uint64_t offset)
{
	struct search *search = context;
	struct chk_bytes text = text_of(hit);

	if (!text.data)
		return true;
	if (!search->now.count || offset - search->now.end > GAP_MAX)
		search->now = (struct run){ .begin = offset };
	search->now.end = offset + text.size;
	search->now.count++;
	search->total++;
	if (search->now.count > search->longest.count)
		search->longest = search->now;
	return true;
}

static bool add(struct reading *reading, const struct chk_pem_block *block,
		uint64_t offset)
{
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	struct chk_error fault;
	char where[512];

	snprintf(where, sizeof(where), "built into %s, at byte %" PRIu64,
		 reading->name, offset);
	if (block->fault)
		return chk_store_note_add(reading->store, where, "%s",
					  block->fault);
	if (chk_cert_parse(chk_bytes_of(block->data, block->size), &cert,
			   &fault))
		return chk_store_add(reading->store, cert, CHK_PURPOSE_ANY,
				     CHK_TRUST_TRUSTED, where, NULL);
	return fault.code != CHK_ERROR_MEMORY &&
	       chk_store_note_add(reading->store, where,
				  "not a certificate: %s", fault.what);
}

static bool read_run(void *context, struct chk_bytes hit, uint64_t offset)
{
	struct reading *reading = context;
	struct chk_bytes text = text_of(hit);
	struct chk_pem pem = chk_pem_begin(text);
	struct chk_pem_block block;

	if (offset < reading->run.begin || !text.data)
		return true;
	if (offset >= reading->run.end)
		return false;
	if (!chk_pem_next(&pem, &block))
		return true;
	reading->failed |= !add(reading, &block, offset);
	free(block.data);
	return !reading->failed;
}

bool chk_built_in_read(struct chk_store *store, const char *path,
		       const char *name, struct chk_error *error)
{
	struct search search = { 0 };
	struct reading reading = { .store = store, .name = name };
	size_t others;

	if (!chk_binary_scan(path, BEGIN, count_run, &search, error))
		return false;
	if (!search.longest.count)
		return chk_error_set(error, CHK_ERROR_EMPTY, name,
				     "no roots can be seen in the program");
	reading.run = search.longest;
	if (!chk_binary_scan(path, BEGIN, read_run, &reading, error))
		return false;
	others = search.total - search.longest.count;
	if (others && !chk_store_note_add(store, name, "%zu certificates in "
					  "the program are none of its roots",
					  others))
		reading.failed = true;
	return !reading.failed || chk_error_memory(error);
}
