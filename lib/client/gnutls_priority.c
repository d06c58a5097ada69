/*
 * lib/client/gnutls_priority.c: what GnuTLS would offer. Its priority strings
 * are read by the GnuTLS that we are linked with; its file of settings here,
 * so that one below another root, or of another variable, counts.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <gnutls/gnutls.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "client/here_files.h"
#include "client/narrow.h"
#include "fetch/tls_names.h"

/* GnuTLS's own, and Fedora's, which is built to ask for @SYSTEM. */
#define FILE_DEFAULT "/etc/gnutls/config"
#define FILE_POLICY "/etc/crypto-policies/back-ends/gnutls.config"
#define LINES_MAX 2000

/* A line "key = value" of the file. */
struct line {
	const char *section;
	struct chk_setting setting;
};

struct gnutls_file {
	struct line *items;
	size_t count, room;
};

/* What a key of [overrides] takes out; `on` is its like for allowlists. */
struct override {
	const char *off, *on;
	enum chk_here_what what;
	chk_here_match *match; /* context: the value */
};

static bool is_version(uint16_t number, const void *context)
{
	static const struct {
		const char *name;
		uint16_t version;
	} NAMES[] = {
		{ "tls1.0", 0x0301 }, { "tls1.1", 0x0302 },
		{ "tls1.2", 0x0303 }, { "tls1.3", 0x0304 },
		{ "ssl3.0", 0x0300 },
	};

	for (size_t i = 0; i < CHK_COUNT(NAMES); i++) {
		if (strcasecmp(NAMES[i].name, context) == 0)
			return NAMES[i].version == number;
	}
	return false;
}

/* "AES-256-CBC" of GnuTLS is AES_256_CBC. */
static bool is_cipher(uint16_t number, const void *context)
{
	static const struct {
		const char *gnutls, *ours;
	} OTHERS[] = {
		{ "3DES-CBC", "3DES_EDE_CBC" }, { "ARCFOUR-128", "RC4_128" },
		{ "CHACHA20-POLY1305", "CHACHA20_POLY1305" },
	};
	const struct chk_suite *suite = chk_suite_of(number);
	const char *name = context;

	if (!suite)
		return false;
	for (size_t i = 0; i < CHK_COUNT(OTHERS); i++) {
		if (strcasecmp(OTHERS[i].gnutls, name) == 0)
			return strcmp(OTHERS[i].ours, suite->cipher) == 0;
	}
	for (size_t i = 0;; i++) {
		char c = suite->cipher[i] == '_' ? '-' : suite->cipher[i];

		if (strncasecmp(&c, &name[i], 1) != 0)
			return false;
		if (!c)
			return true;
	}
}

static bool is_mac(uint16_t number, const void *context)
{
	const struct chk_suite *suite = chk_suite_of(number);
	const char *mac = strcasecmp(context, "SHA1") == 0 ? "SHA" : context;

	return suite && strcasecmp(suite->mac, mac) == 0;
}

static bool is_kx(uint16_t number, const void *context)
{
	const struct chk_suite *suite = chk_suite_of(number);
	const char *name = context, *anon = "ANON-";
	size_t size;

	if (!suite || strcmp(suite->kx, "any") == 0)
		return false;
	if (strncasecmp(name, anon, 5) == 0)
		return strcmp(suite->auth, "anon") == 0 &&
		       strcasecmp(suite->kx, name + 5) == 0;
	size = strlen(suite->kx);
	if (strncasecmp(name, suite->kx, size) != 0)
		return false;
	if (name[size] == '-')
		return strcasecmp(name + size + 1, suite->auth) == 0;
	return !name[size] && strcmp(suite->kx, "RSA") == 0;
}

static bool is_group(uint16_t number, const void *context)
{
	const struct chk_group *group = chk_group_named(context);

	return group && group->number == number;
}

static bool is_signature(uint16_t number, const void *context)
{
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_named(context);

	return scheme && scheme->number == number;
}

static bool has_hash(uint16_t number, const void *context)
{
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(number);

	return scheme && strcasecmp(scheme->hash, context) == 0;
}

static const struct override OVERRIDES[] = {
	{ "disabled-version", "enabled-version", CHK_HERE_VERSIONS,
	  is_version },
	{ "tls-disabled-cipher", "tls-enabled-cipher", CHK_HERE_SUITES,
	  is_cipher },
	{ "tls-disabled-mac", "tls-enabled-mac", CHK_HERE_SUITES, is_mac },
	{ "tls-disabled-kx", "tls-enabled-kx", CHK_HERE_SUITES, is_kx },
	{ "tls-disabled-group", "tls-enabled-group", CHK_HERE_GROUPS,
	  is_group },
	{ "disabled-curve", "enabled-curve", CHK_HERE_GROUPS, is_group },
	{ "insecure-sig", "secure-sig", CHK_HERE_SIGNATURES, is_signature },
	{ "insecure-hash", "secure-hash", CHK_HERE_SIGNATURES, has_hash },
};

static bool add_line(struct chk_here *here, struct gnutls_file *file,
		     const struct line *line)
{
	if (file->count >= LINES_MAX)
		return true;
	if (here->arena.failed ||
	    !chk_array_grow(&file->items, file->count, &file->room,
			    sizeof(*line)))
		return false;
	file->items[file->count++] = *line;
	return true;
}

static const char *trimmed(struct chk_here *here, const char *at, size_t size)
{
	while (size && strchr(" \t\r", *at))
		at++, size--;
	while (size && strchr(" \t\r", at[size - 1]))
		size--;
	return chk_arena_format(&here->arena, "%.*s", (int)size, at);
}

/*
 * [section], key = value; # and ; begin a comment at the end of a value. A line
 * that begins with a blank is another value of the key before it.
 */
static bool take_line(struct chk_here *here, struct gnutls_file *file,
		      const char **section, struct chk_setting at,
		      const char *text)
{
	size_t size = strcspn(text, "#;"), key = strcspn(text, "=");
	struct line line = { .section = *section, .setting = at };

	if (*text == '[') {
		*section = trimmed(here, text + 1, strcspn(text + 1, "]"));
		return *section != NULL;
	}
	if ((*text == ' ' || *text == '\t') && file->count) {
		line.setting.name = file->items[file->count - 1].setting.name;
		line.setting.value = trimmed(here, text, size);
	} else if (key < size) {
		line.setting.name = trimmed(here, text, key);
		line.setting.value = trimmed(here, text + key + 1,
					     size - key - 1);
	} else {
		return true;
	}
	return add_line(here, file, &line);
}

static bool read_lines(struct chk_here *here, const struct chk_here_file *from,
		       struct gnutls_file *file)
{
	const char *at = (const char *)from->text.data;
	const char *end = at + from->text.size, *section = "";
	struct chk_setting where = { .where = from->path };

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const char *text;

		if (!stop)
			stop = end;
		where.line++;
		text = chk_arena_format(&here->arena, "%.*s", (int)(stop - at),
					at);
		if (!text || !take_line(here, file, &section, where, text))
			return false;
		at = stop + 1;
	}
	return true;
}

static const struct chk_setting *get(const struct gnutls_file *file,
				     const char *section, const char *name)
{
	for (size_t i = file->count; i > 0; i--) {
		const struct line *line = &file->items[i - 1];

		if (strcasecmp(line->section, section) == 0 &&
		    strcasecmp(line->setting.name, name) == 0)
			return &line->setting;
	}
	return NULL;
}

/* What an allowlist does not have. */
struct allowed {
	const struct gnutls_file *file;
	const struct override *override;
};

static bool is_not_allowed(uint16_t number, const void *context)
{
	const struct allowed *allowed = context;

	for (size_t i = 0; i < allowed->file->count; i++) {
		const struct line *line = &allowed->file->items[i];

		if (strcasecmp(line->section, "overrides") == 0 &&
		    strcasecmp(line->setting.name,
			       allowed->override->on) == 0 &&
		    allowed->override->match(number, line->setting.value))
			return false;
	}
	/* TLS 1.3 has no key exchange in its suites. */
	return allowed->override->match != is_kx ||
	       strcmp(chk_suite_of(number)->kx, "any") != 0;
}

static void keep_allowed(struct chk_here *here, const struct gnutls_file *file,
			 const struct chk_setting *mode)
{
	for (size_t i = 0; i < CHK_COUNT(OVERRIDES); i++) {
		struct allowed allowed = { file, &OVERRIDES[i] };

		if (OVERRIDES[i].match != has_hash)
			chk_here_drop(here, OVERRIDES[i].what, mode,
				      "an allowlist without them",
				      is_not_allowed, &allowed);
	}
}

static void drop_disabled(struct chk_here *here,
			  const struct gnutls_file *file)
{
	for (size_t i = 0; i < file->count; i++) {
		const struct line *line = &file->items[i];

		if (strcasecmp(line->section, "overrides") != 0)
			continue;
		for (size_t j = 0; j < CHK_COUNT(OVERRIDES); j++) {
			if (strcasecmp(line->setting.name,
				       OVERRIDES[j].off) == 0)
				chk_here_drop(here, OVERRIDES[j].what,
					      &line->setting,
					      line->setting.value,
					      OVERRIDES[j].match,
					      line->setting.value);
		}
	}
}

static void add_versions(struct chk_here *here, gnutls_priority_t priorities)
{
	const unsigned *list;
	int count = gnutls_priority_protocol_list(priorities, &list);

	for (int i = 0; i < count; i++) {
		if (list[i] >= GNUTLS_TLS1_0 && list[i] <= GNUTLS_TLS1_3)
			chk_here_add(&here->lists[CHK_HERE_VERSIONS],
				     (uint16_t)(0x0301 + list[i] -
						GNUTLS_TLS1_0));
	}
}

static void add_suites(struct chk_here *here, gnutls_priority_t priorities)
{
	unsigned char id[2];
	unsigned number;
	int status = 0;

	for (unsigned i = 0; status != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;
	     i++) {
		status = gnutls_priority_get_cipher_suite_index(priorities, i,
								&number);
		if (status == 0 && gnutls_cipher_suite_info(number, id, NULL,
							    NULL, NULL, NULL))
			chk_here_add(&here->lists[CHK_HERE_SUITES],
				     (uint16_t)(id[0] << 8 | id[1]));
	}
}

static void add_groups(struct chk_here *here, gnutls_priority_t priorities)
{
	const unsigned *list;
	int count = gnutls_priority_group_list(priorities, &list);

	for (int i = 0; i < count; i++) {
		const char *name = gnutls_group_get_name(list[i]);
		const struct chk_group *group =
			name ? chk_group_named(name) : NULL;

		if (group)
			chk_here_add(&here->lists[CHK_HERE_GROUPS],
				     group->number);
	}
}

static void add_signatures(struct chk_here *here,
			   gnutls_priority_t priorities)
{
	const unsigned *list;
	int count = gnutls_priority_sign_list(priorities, &list);

	for (int i = 0; i < count; i++) {
		const char *name = gnutls_sign_get_name(list[i]);
		const struct chk_signature_scheme *scheme =
			name ? chk_signature_scheme_named(name) : NULL;

		if (scheme)
			chk_here_add(&here->lists[CHK_HERE_SIGNATURES],
				     scheme->number);
	}
}

/* [priorities] has what "@SYSTEM" stands for, the default where it is there. */
static const char *priorities_of(struct chk_here *here,
				 const struct gnutls_file *file, bool policy)
{
	const struct chk_setting *own = get(file, "overrides",
					    "default-priority-string");
	const struct chk_setting *system = get(file, "priorities", "SYSTEM");
	const char *text = own ? own->value : "NORMAL";

	if (own && *text == '@') {
		const struct chk_setting *meant =
			get(file, "priorities", text + 1);

		text = meant ? meant->value : "";
	}
	if (own)
		chk_here_say(here, own, "stands in place of NORMAL");
	else if (system && policy && strcmp(system->value, "NONE") != 0)
		return system->value;
	else if (system && !policy)
		chk_here_say(here, system, "is what programs that ask for "
			     "@SYSTEM go by, and no others");
	return text;
}

static void read_priorities(struct chk_here *here, const char *text)
{
	gnutls_priority_t priorities;
	const char *wrong = text;

	if (gnutls_priority_init(&priorities, text, &wrong) < 0) {
		chk_here_say(here, NULL, "GnuTLS does not take the priorities "
			     "from \"%s\" on: no connection can be made",
			     wrong);
		here->stops = "the priorities have a word that there is not";
		return;
	}
	add_versions(here, priorities);
	add_suites(here, priorities);
	add_groups(here, priorities);
	add_signatures(here, priorities);
	gnutls_priority_deinit(priorities);
}

static void apply(struct chk_here *here, const struct gnutls_file *file,
		  bool policy)
{
	const struct chk_setting *mode = get(file, "global", "override-mode");

	read_priorities(here, priorities_of(here, file, policy));
	if (mode && strcasecmp(mode->value, "allowlist") == 0)
		keep_allowed(here, file, mode);
	else
		drop_disabled(here, file);
	chk_here_drop_useless(here);
	if (!here->stops && (!here->lists[CHK_HERE_VERSIONS].count ||
			     !here->lists[CHK_HERE_SUITES].count))
		here->stops = "No or insufficient priorities were set";
}

static void cleanup_file(struct gnutls_file *file)
{
	free(file->items);
}

bool chk_here_gnutls(struct chk_here *here, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_file) struct gnutls_file file = { 0 };
	const char *path = chk_surroundings_variable(
		here->around, "GNUTLS_SYSTEM_PRIORITY_FILE");
	struct chk_here_file from;
	bool named = path && *path, policy;

	if (!named)
		path = chk_here_real(here, FILE_DEFAULT) ? FILE_DEFAULT :
							   FILE_POLICY;
	policy = strcmp(path, FILE_POLICY) == 0;
	if (chk_here_read(here, path, &from)) {
		if (!read_lines(here, &from, &file))
			return chk_error_memory(error);
	} else if (named) {
		chk_here_say(here, NULL, "GNUTLS_SYSTEM_PRIORITY_FILE leads "
			     "to no file: nothing is set");
	}
	here->label = chk_arena_format(&here->arena, "GnuTLS %s",
				       gnutls_check_version(NULL));
	here->sends_name = true;
	here->dh_min = 1008; /* NORMAL: GNUTLS_SEC_PARAM_VERY_WEAK */
	apply(here, &file, policy);
	return here->arena.failed ? chk_error_memory(error) : true;
}
