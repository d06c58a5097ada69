/*
 * tests/fuzz/main.c: a fuzz target without libFuzzer. It is given the files
 * and directories of its seeds and tries each, and each of them cut and
 * changed in some places, so that `make check` runs the targets too.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* A target may have one, as libFuzzer has it. */
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

#define CHANGES 200 /* of each seed */

/* Of its own size on the heap, so that a read beyond the end is seen. */
static void try_bytes(const uint8_t *data, size_t size)
{
	uint8_t *copy = calloc(1, size ? size : 1);

	if (!copy)
		abort();
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

/* Some cuts and some changed bits, the same ones in each run. */
static void try_changed(uint8_t *data, size_t size)
{
	uint32_t random = (uint32_t)size;

	for (int i = 0; i < CHANGES && size > 0; i++) {
		size_t at;

		random = random * 1664525u + 1013904223u;
		at = (random >> 8) % size;
		data[at] ^= (uint8_t)(1u << random % 8);
		try_bytes(data, size);
		data[at] ^= (uint8_t)(1u << random % 8);
		if (i % 4 == 0)
			try_bytes(data, at);
	}
}

static bool try_file(const char *path)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	struct chk_error error;
	size_t size;

	if (!chk_file_read(path, &data, &size, &error)) {
		printf("# %s: %s\n", path, error.what);
		return false;
	}
	try_bytes(data, size);
	try_changed(data, size);
	return true;
}

/* The files of a directory; itself, when it is a file. */
static size_t try_path(const char *path)
{
	DIR *files = opendir(path);
	struct dirent *entry;
	size_t count = 0;
	char inner[4096];

	if (!files)
		return try_file(path);
	while ((entry = readdir(files))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(inner, sizeof(inner), "%s/%s", path, entry->d_name);
		count += try_file(inner);
	}
	closedir(files);
	return count;
}

int main(int argc, char **argv)
{
	size_t count = 0;

	if (LLVMFuzzerInitialize && LLVMFuzzerInitialize(&argc, &argv))
		return 1;
	try_bytes((const uint8_t *)"", 0);
	/* Options are libFuzzer's. */
	for (int i = 1; i < argc; i++)
		count += argv[i][0] == '-' ? 0 : try_path(argv[i]);
	printf("%zu seeds, whole, cut and changed\n", count);
	return count == 0;
}
