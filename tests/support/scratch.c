/* tests/support/scratch.c: files of one test program. */
#include "config.h"

#include "support/test.h"

#include <errno.h>
#include <ftw.h>
#include <gnutls/gnutls.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/scratch.h"

static char directory[64];

int scratch_begin(void **state)
{
	strcpy(directory, "scratch-XXXXXX");
	return mkdtemp(directory) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *facts, int kind,
		      struct FTW *ftw)
{
	return remove(path);
}

int scratch_end(void **state)
{
	return nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static char *next_room(void)
{
	static char rooms[8][PATH_MAX];
	static size_t next;

	return rooms[next++ % 8];
}

const char *scratch_path(const char *name)
{
	char *room = next_room();

	snprintf(room, PATH_MAX, "%s/%s", directory, name);
	return room;
}

const char *scratch_full_path(const char *name)
{
	char *room = next_room(), root[PATH_MAX - 512];

	assert_non_null(getcwd(root, sizeof(root)));
	assert_in_range(snprintf(room, PATH_MAX, "%s/%s/%s", root, directory,
				 name), 1, PATH_MAX - 1);
	return room;
}

void scratch_mkdir(const char *name)
{
	assert_int_equal(mkdir(scratch_path(name), 0700), 0);
}

void scratch_write(const char *name, const void *data, size_t size)
{
	FILE *file = fopen(scratch_path(name), "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

void scratch_text(const char *name, const char *text)
{
	scratch_write(name, text, strlen(text));
}

char *pem_block(const char *label, const void *data, size_t size)
{
	gnutls_datum_t in = { (void *)(uintptr_t)data, (unsigned)size }, out;
	char *text;

	assert_int_equal(gnutls_pem_base64_encode2(label, &in, &out), 0);
	text = strndup((char *)out.data, out.size);
	gnutls_free(out.data);
	assert_non_null(text);
	return text;
}

char *pem_of(const struct chk_cert *cert)
{
	return pem_block("CERTIFICATE", cert->der.data, cert->der.size);
}

void scratch_pem(const char *name, ...)
{
	FILE *file = fopen(scratch_path(name), "wb");
	const struct chk_cert *cert;
	va_list list;

	assert_non_null(file);
	va_start(list, name);
	while ((cert = va_arg(list, const struct chk_cert *))) {
		char *pem = pem_of(cert);

		assert_true(fputs(pem, file) >= 0);
		free(pem);
	}
	va_end(list);
	assert_int_equal(fclose(file), 0);
}

int scratch_run(const char *format, ...)
{
	char command[4096], whole[4096 + 128];
	va_list list;

	va_start(list, format);
	assert_in_range(vsnprintf(command, sizeof(command), format, list), 1,
			sizeof(command) - 1);
	va_end(list);
	snprintf(whole, sizeof(whole), "cd '%s' && { %s; } >>log 2>&1",
		 directory, command);
	return system(whole);
}
