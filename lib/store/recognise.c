/* lib/store/recognise.c: the first row of the table that fits. */
#include "config.h"

#include "store/recognise.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "store/binary.h"
#include "store/root_path.h"

static const struct chk_program_row ROWS[] = {
#include "data/programs.inc"
};

const struct chk_program_row *chk_program_row(size_t i)
{
	return i < CHK_COUNT(ROWS) ? &ROWS[i] : NULL;
}

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *chk_suspect_mapped(const struct chk_suspect *suspect,
			       const char *pattern)
{
	for (size_t i = 0; i < suspect->mapped_count; i++) {
		if (fnmatch(pattern, name_of(suspect->mapped[i]), 0) == 0)
			return suspect->mapped[i];
	}
	return NULL;
}

/* The first argument that is no option; NULL: there is none. */
static const char *script_of(const struct chk_suspect *suspect)
{
	const struct chk_surroundings *around = suspect->around;

	for (size_t i = 1; i < around->argument_count; i++) {
		if (strcmp(around->arguments[i], "-c") == 0 ||
		    strcmp(around->arguments[i], "-m") == 0)
			return NULL;
		if (*around->arguments[i] != '-')
			return around->arguments[i];
	}
	return NULL;
}

static bool has_words(const struct chk_suspect *suspect, const char *words)
{
	const struct chk_surroundings *around = suspect->around;
	size_t size = strcspn(words, " ");

	for (size_t i = 1; i + 1 < around->argument_count; i++) {
		if (strncmp(around->arguments[i], words, size) == 0 &&
		    !around->arguments[i][size] && words[size] &&
		    strcmp(around->arguments[i + 1], words + size + 1) == 0)
			return true;
	}
	return false;
}

static bool is_part_of_a_name(int c)
{
	return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* Does the statement name the module, and not only a longer one? */
static bool names(struct chk_bytes line, const char *module)
{
	size_t size = strlen(module);
	const uint8_t *at = line.data, *end = line.data + line.size;

	while ((at = memmem(at, (size_t)(end - at), module, size))) {
		const uint8_t *behind = at + size;

		if ((at == line.data || !is_part_of_a_name(at[-1])) &&
		    (behind == end || !is_part_of_a_name(*behind)))
			return true;
		at = behind;
	}
	return false;
}

static bool begins(struct chk_bytes line, const char *word)
{
	size_t size = strlen(word);

	return line.size > size && memcmp(line.data, word, size) == 0;
}

/* "import requests", "from requests import get": a statement of Python. */
static bool imports(struct chk_bytes code, const char *module)
{
	const uint8_t *at = code.data, *end = code.data + code.size;

	while (at < end) {
		const uint8_t *stop = at;
		struct chk_bytes line;

		while (at < end && (*at == ' ' || *at == '\t'))
			at++;
		for (stop = at; stop < end && *stop != '\n' && *stop != ';';)
			stop++;
		line = chk_bytes_of(at, (size_t)(stop - at));
		if ((begins(line, "import ") || begins(line, "from ")) &&
		    names(line, module))
			return true;
		at = stop + 1;
	}
	return false;
}

static bool script_imports(const struct chk_suspect *suspect, const char *path,
			   const char *module)
{
	CHK_CLEANUP(chk_cleanup_free) char *here = NULL;
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	size_t size;

	return chk_surroundings_here(suspect->around, path, &here) && here &&
	       chk_root_read(suspect->around->root, here, &data, &size,
			     NULL) &&
	       imports(chk_bytes_of(data, size), module);
}

static bool has_code(const struct chk_suspect *suspect, const char *module)
{
	const struct chk_surroundings *around = suspect->around;
	const char *script = script_of(suspect);

	if (script)
		return script_imports(suspect, script, module);
	for (size_t i = 1; i + 1 < around->argument_count; i++) {
		if (strcmp(around->arguments[i], "-c") == 0)
			return imports(chk_bytes_text(around->arguments[i + 1]),
				       module);
	}
	return false;
}

/* The file that shows it; NULL: it does not fit. */
static const char *fits(const struct chk_suspect *suspect,
			const struct chk_program_row *row)
{
	const char *script = script_of(suspect);
	bool is = false;

	switch (row->evidence) {
	case CHK_EVIDENCE_PROGRAM:
		is = fnmatch(row->pattern, name_of(suspect->program), 0) == 0;
		break;
	case CHK_EVIDENCE_LIBRARY:
		return chk_suspect_mapped(suspect, row->pattern);
	case CHK_EVIDENCE_SECTION:
		is = chk_binary_has_section(suspect->file, row->pattern);
		break;
	case CHK_EVIDENCE_TEXT:
		is = chk_binary_has(suspect->file, row->pattern);
		break;
	case CHK_EVIDENCE_SCRIPT:
		is = script && fnmatch(row->pattern, script, 0) == 0;
		break;
	case CHK_EVIDENCE_WORDS:
		is = has_words(suspect, row->pattern);
		break;
	case CHK_EVIDENCE_CODE:
		is = has_code(suspect, row->pattern);
		break;
	}
	return is ? suspect->program : NULL;
}

bool chk_recognise(const struct chk_suspect *suspect,
		   struct chk_recognised *recognised)
{
	*recognised = (struct chk_recognised){ 0 };
	for (size_t i = 0; i < CHK_COUNT(ROWS) && !recognised->row; i++) {
		if (strcmp(ROWS[i].within, "-") != 0 ||
		    !(recognised->path = fits(suspect, &ROWS[i])))
			continue;
		recognised->row = &ROWS[i];
		recognised->runtime = ROWS[i].runtime;
	}
	for (size_t i = 0; recognised->row && i < CHK_COUNT(ROWS); i++) {
		if (strcmp(ROWS[i].within, recognised->row->runtime) != 0 ||
		    !fits(suspect, &ROWS[i]))
			continue;
		recognised->within = &ROWS[i];
		recognised->runtime = ROWS[i].runtime;
		break;
	}
	return recognised->row != NULL;
}
