/* lib/audit/at_hand.c: what lies beside a file and fits it. */
#include "audit/at_hand.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "audit/contents.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/file.h"

enum { FILES_MAX = 200, SIZE_MAX_READ = 1 << 20 };

CHK_CLEANUP_FUNCTION(cleanup_dir, DIR *, closedir);

/* "dir/name" of a file beside `path`; NULL: no memory. */
static char *beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	struct chk_buffer text = { 0 };

	if (slash)
		chk_buffer_add(&text, path, (size_t)(slash + 1 - path));
	chk_buffer_text(&text, name);
	return chk_buffer_steal(&text);
}

static void look_into(struct chk_fit *fit, const char *path,
		      const struct chk_contents *contents,
		      const struct chk_cert *cert,
		      const struct chk_private_key *key, const char *password)
{
	for (size_t i = 0; i < contents->count; i++) {
		const struct chk_item *item = &contents->items[i];
		struct chk_private_key other = { 0 };

		if (!fit->cert && item->cert &&
		    chk_private_key_fits(key, item->cert))
			fit->cert = strdup(path);
		if (fit->key || item->kind != CHK_ITEM_KEY)
			continue;
		chk_private_key_read(&other, item->text, password);
		if (chk_private_key_fits(&other, cert))
			fit->key = strdup(path);
		chk_private_key_clear(&other);
	}
}

static void look_at(struct chk_fit *fit, const char *path,
		    const struct chk_cert *cert,
		    const struct chk_private_key *key, const char *password)
{
	struct chk_contents contents = { 0 };
	struct stat facts;

	if (stat(path, &facts) != 0 || !S_ISREG(facts.st_mode) ||
	    facts.st_size > SIZE_MAX_READ ||
	    !chk_file_read(path, &contents.data, &contents.size, NULL))
		return;
	if (chk_contents_read(&contents, NULL))
		look_into(fit, path, &contents, cert, key, password);
	chk_contents_clear(&contents);
}

void chk_at_hand_find(struct chk_fit *fit, const char *path,
		      const struct chk_cert *cert,
		      const struct chk_private_key *key, const char *password)
{
	CHK_CLEANUP(chk_cleanup_free) char *folder = beside(path, ".");
	CHK_CLEANUP(cleanup_dir) DIR *dir = folder ? opendir(folder) : NULL;
	struct dirent *entry;
	size_t count = 0;

	while (dir && (entry = readdir(dir)) && count++ < FILES_MAX) {
		CHK_CLEANUP(chk_cleanup_free) char *name =
			beside(path, entry->d_name);

		if (name && strcmp(name, path) != 0)
			look_at(fit, name, cert, key, password);
	}
}

void chk_fit_clear(struct chk_fit *fit)
{
	free(fit->key);
	free(fit->cert);
}
