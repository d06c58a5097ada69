/* cli/known.c: chaincheck known TEXT: what is publicly known of a CA. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command.h"
#include "complain.h"
#include "known_table.h"
#include "output.h"

/* More than this are a list, of one line each. */
enum { SHOWN_WHOLE = 5 };

enum { SHA256_SIZE = 32 };

struct hex {
	char text[2 * SHA256_SIZE + 1];
};

static struct hex hex_of(const uint8_t *bytes, size_t size)
{
	struct hex hex = { "" };

	for (size_t i = 0; i < size && i < SHA256_SIZE; i++)
		snprintf(hex.text + 2 * i, 3, "%02x", bytes[i]);
	return hex;
}

/* Of a key id longer than the table keeps, its beginning. */
static struct hex key_id_of(const struct chk_known_cert *cert)
{
	size_t size = cert->key_id_size < sizeof(cert->key_id) ?
		cert->key_id_size : sizeof(cert->key_id);

	return hex_of(cert->key_id, size);
}

static struct hex sha256_of(const struct chk_known_cert *cert)
{
	return hex_of(cert->sha256, sizeof(cert->sha256));
}

/* The day, or "-" where there is none. */
static const char *day_of(int64_t seconds, char room[16])
{
	time_t when = (time_t)seconds;
	struct tm tm;

	if (seconds == INT64_MIN || seconds == INT64_MAX ||
	    gmtime_r(&when, &tm) == NULL)
		return "-";
	strftime(room, 16, "%Y-%m-%d", &tm);
	return room;
}

/* Hexadecimal with colons or blanks, or none. */
static bool is_digits(const char *text, const char *digits)
{
	for (; *text != '\0'; text++) {
		if (*text == ':' || *text == ' ')
			continue;
		if (*digits++ != (char)tolower((unsigned char)*text))
			return false;
	}
	return *digits == '\0';
}

static bool matches(const struct chk_known_cert *cert, const char *subject,
		    const char *wanted)
{
	return strcasestr(subject, wanted) != NULL ||
		is_digits(wanted, sha256_of(cert).text) ||
		(cert->key_id_size > 0 &&
		 is_digits(wanted, key_id_of(cert).text));
}

static void write_spans(FILE *out, const struct chk_known *known,
			const struct chk_known_cert *cert)
{
	struct chk_known_span span;
	char since[16], until[16], last[16];

	for (size_t i = 0; chk_known_span(known, cert, i, &span); i++) {
		fprintf(out, "  %-22s from %s to %s", span.programme,
			span.since == INT64_MIN ? "before" :
				day_of(span.since, since),
			span.until == INT64_MAX ? "now" :
				day_of(span.until, until));
		if (span.distrust_after != INT64_MAX)
			fprintf(out, ", for certificates issued up to %s",
				day_of(span.distrust_after, last));
		putc('\n', out);
	}
}

static void write_roots(FILE *out, const struct chk_known *known,
			const struct chk_known_cert *cert)
{
	struct chk_known_cert root;

	for (size_t i = 0; chk_known_root(known, cert, i, &root); i++) {
		char *subject = chk_known_subject(known, &root);

		if (subject == NULL)
			die_of_memory();
		fprintf(out, "  leads to               %s\n"
			"                         SHA-256 %s\n", subject,
			sha256_of(&root).text);
		free(subject);
	}
}

static void write_whole(FILE *out, const struct chk_known *known,
			const struct chk_known_cert *cert, const char *subject)
{
	char from[16], until[16];

	fprintf(out, "%s\n", subject);
	fprintf(out, "  SHA-256                %s\n", sha256_of(cert).text);
	fprintf(out, "  key id                 %s%s\n",
		cert->key_id_size > 0 ? key_id_of(cert).text : "none",
		cert->key_id_size > sizeof(cert->key_id) ? "..." : "");
	fprintf(out, "  valid                  %s to %s\n",
		day_of(cert->not_before, from), day_of(cert->not_after, until));
	fprintf(out, "  it is                  %s%s\n",
		cert->root ? "a root" : "an intermediate",
		cert->revoked ? ", revoked (OneCRL)" : "");
	write_spans(out, known, cert);
	write_roots(out, known, cert);
}

/* The first pass counts, the second writes. */
static size_t walk(FILE *out, const struct chk_known *known,
		   const char *wanted, bool whole)
{
	struct chk_known_cert cert;
	size_t found = 0;

	for (size_t i = 0; chk_known_get(known, i, &cert); i++) {
		char *subject = chk_known_subject(known, &cert);

		if (subject == NULL)
			die_of_memory();
		if (matches(&cert, subject, wanted)) {
			if (out != NULL && found > 0 && whole)
				putc('\n', out);
			found++;
			if (out != NULL && whole)
				write_whole(out, known, &cert, subject);
			else if (out != NULL)
				fprintf(out, "%.16s... %s\n",
					sha256_of(&cert).text, subject);
		}
		free(subject);
	}
	return found;
}

static void summary(FILE *out, const struct chk_known *known)
{
	struct chk_known_cert cert;
	size_t roots = 0;
	char day[16];

	for (size_t i = 0; chk_known_get(known, i, &cert); i++)
		roots += cert.root;
	fprintf(out, "%zu public roots and %zu intermediates, as of %s.\n"
		"`chaincheck known TEXT` searches subjects, SHA-256 and key "
		"ids.\n", roots, chk_known_count(known) - roots,
		day_of(chk_known_date(known), day));
}

static enum exit_status search(FILE *out, const struct chk_known *known,
			       const struct options *options)
{
	enum exit_status status = STATUS_TRUSTED;

	for (size_t i = 0; i < options->operands.count; i++) {
		const char *wanted = options->operands.items[i];
		size_t count = walk(NULL, known, wanted, false);

		if (count == 0) {
			complain(wanted, "no public CA is known by that");
			status = STATUS_FINDINGS;
			continue;
		}
		walk(out, known, wanted,
		     count <= SHOWN_WHOLE || options->verbose > 0);
	}
	return status;
}

/* `chaincheck known import FILE ...`: into the user's own table. */
static enum exit_status import(const struct options *options,
			       const struct chk_known *known)
{
	enum exit_status status = STATUS_TRUSTED;
	struct chk_known *last = NULL;

	if (options->operands.count < 2) {
		complain("known import", "needs a FILE: PEM, or a CSV report "
			 "of the CCADB with a column of PEM");
		return STATUS_USAGE;
	}
	for (size_t i = 1; i < options->operands.count &&
			   status == STATUS_TRUSTED; i++) {
		status = known_table_import(options,
					    last != NULL ? last : known,
					    options->operands.items[i], &last);
	}
	chk_known_free(last);
	return status;
}

enum exit_status command_known(const struct options *options)
{
	enum exit_status status;
	struct chk_known *known;
	struct output output;

	status = known_table_open(options, &known);
	if (status != STATUS_TRUSTED)
		return status;
	if (options->operands.count > 0 &&
	    strcmp(options->operands.items[0], "import") == 0) {
		status = import(options, known);
		chk_known_free(known);
		return status;
	}
	if (known == NULL) {
		complain(NULL, "there is no table of known CAs; --known names "
			 "one");
		return STATUS_UNDECIDED;
	}
	if (!output_open(options, &output)) {
		chk_known_free(known);
		return STATUS_UNDECIDED;
	}
	if (options->operands.count == 0)
		summary(output.file, known);
	else
		status = search(output.file, known, options);
	chk_known_free(known);
	return output_close(&output, status);
}
