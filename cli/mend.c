/* cli/mend.c: the mended bundle of audit --fix. */
#include "config.h"

#include "mend.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "complain.h"
#include "output.h"

/* A key is for its owner, however the file was open before. */
static bool write_text(const struct output *output, const char *text,
		       bool secret)
{
	return (!secret || fchmod(fileno(output->file), 0600) == 0) &&
	       fputs(text, output->file) >= 0;
}

static bool write_part(const struct chk_audited *audited,
		       enum chk_mended_part part, const char *path)
{
	const struct options to = { .output = path };
	struct output output;
	struct chk_error error;
	bool secret, written = false;
	char *text;

	if (!chk_audited_mended(audited, part, &text, &secret, &error)) {
		complain_error(path, &error);
		return false;
	}
	if (output_open(&to, &output)) {
		written = write_text(&output, text, secret);
		if (written)
			written = output_close(&output, STATUS_TRUSTED) ==
				  STATUS_TRUSTED;
		else
			output_discard(&output);
	}
	if (secret)
		explicit_bzero(text, strlen(text));
	free(text);
	return written;
}

static bool write_in(const struct chk_audited *audited,
		     enum chk_mended_part part, const char *folder,
		     const char *name)
{
	size_t size = strlen(folder) + strlen(name) + 2;
	char *path = malloc(size);
	bool written;

	if (path == NULL)
		die_of_memory();
	snprintf(path, size, "%s/%s", folder, name);
	written = write_part(audited, part, path);
	free(path);
	return written;
}

static bool write_split(const struct options *options,
			const struct chk_audited *audited)
{
	if (mkdir(options->output, 0777) != 0 && errno != EEXIST) {
		complain(options->output, "%s", strerror(errno));
		return false;
	}
	return write_in(audited, CHK_MENDED_LEAF, options->output,
			"body.pem") &&
	       write_in(audited, CHK_MENDED_CHAIN, options->output,
			"chain.pem");
}

static void say_changes(const struct options *options,
			const struct chk_audited *audited)
{
	if (options->quiet)
		return;
	for (size_t i = 0; i < chk_audited_change_count(audited); i++)
		complain(options->output, "%s", chk_audited_change(audited, i));
	if (chk_audited_change_count(audited) == 0)
		complain(options->output, "nothing had to be changed");
}

enum exit_status mend_write(const struct options *options,
			    const struct chk_audited *audited)
{
	bool written = options->split ?
			       write_split(options, audited) :
			       write_part(audited, CHK_MENDED_WHOLE,
					  options->output);

	if (!written)
		return STATUS_UNDECIDED;
	say_changes(options, audited);
	return STATUS_TRUSTED;
}
