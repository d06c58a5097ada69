/* lib/report/fix.c: the files that a report's remedies come to. */
#include <chaincheck/fix.h>

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "base/when.h"
#include "diagnosis/remedy.h"
#include "report/fix_commands.h"
#include "report/pem_text.h"

struct chk_fix {
	struct chk_fix_file *files;
	char **texts; /* of the files, owned */
	size_t count;
};

/* Gives nothing where there is nothing to be written. */
typedef void fix_writer(struct chk_buffer *buffer,
			const struct chk_report *report);

static void write_chain(struct chk_buffer *buffer,
			const struct chk_report *report)
{
	/* No comments: some servers and load balancers take none. */
	for (size_t i = 0; i < report->corrected_count; i++)
		chk_pem_block(buffer, report->corrected[i]);
}

static void write_missing(struct chk_buffer *buffer,
			  const struct chk_report *report)
{
	const struct chk_cert *cert = report->missing.cert;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer hex = { 0 };
	char until[CHK_WHEN_SIZE];
	uint8_t digest[32];

	if (!cert)
		return;
	chk_cert_sha256(cert, digest);
	chk_text_hex(&hex, chk_bytes_of(digest, sizeof(digest)), 0);
	chk_when_text(chk_cert_not_after(cert), until);
	chk_pem_comment(buffer, "", "Compare before you trust this: its CA "
			"must publish the same SHA-256,");
	chk_pem_comment(buffer, "", "and you must have that from it over "
			"another way than this file came.");
	chk_pem_comment(buffer, "SHA-256 ", hex.data ? hex.data : "");
	chk_pem_comment(buffer, "subject ", report->missing.name);
	chk_pem_comment(buffer, "valid until ", until);
	chk_pem_comment(buffer, "it was ", report->missing_seen);
	chk_pem_block(buffer, cert);
	buffer->failed |= hex.failed;
}

/* Is there anything to be done, or to be made of the chain? */
static void write_commands(struct chk_buffer *buffer,
			   const struct chk_report *report)
{
	bool wanted = report->corrected_count > 0;

	for (size_t i = 0; i < report->finding_count; i++)
		wanted |= report->findings[i].severity != CHK_SEVERITY_NOTE;
	if (wanted)
		chk_write_commands(buffer, report);
}

/* What is read last is written last. */
static const struct {
	const char *name, *what;
	fix_writer *write;
} FILES[] = {
	{ "fullchain.pem", "the chain as the server should send it",
	  write_chain },
	{ CHK_MISSING_FILE, "the root that is missing; compare its SHA-256 "
			    "with what its CA publishes before you trust it",
	  write_missing },
	{ "commands.sh", "what to do, as comments", write_commands },
};

static void cleanup_fix(struct chk_fix **fix)
{
	chk_fix_free(*fix);
}

static bool add_file(struct chk_fix *fix, size_t i,
		     const struct chk_report *report)
{
	struct chk_buffer buffer = { 0 };

	FILES[i].write(&buffer, report);
	if (!buffer.failed && buffer.size == 0)
		return true;
	fix->texts[fix->count] = chk_buffer_steal(&buffer);
	if (!fix->texts[fix->count])
		return false;
	fix->files[fix->count] = (struct chk_fix_file){
		.name = FILES[i].name, .what = FILES[i].what,
		.text = fix->texts[fix->count],
	};
	fix->count++;
	return true;
}

bool chk_fix_new(const struct chk_report *report, struct chk_fix **out,
		 struct chk_error *error)
{
	CHK_CLEANUP(cleanup_fix) struct chk_fix *fix = calloc(1, sizeof(*fix));

	*out = NULL;
	if (!fix)
		return chk_error_memory(error);
	fix->files = calloc(CHK_COUNT(FILES), sizeof(*fix->files));
	fix->texts = calloc(CHK_COUNT(FILES), sizeof(*fix->texts));
	if (!fix->files || !fix->texts)
		return chk_error_memory(error);
	for (size_t i = 0; i < CHK_COUNT(FILES); i++) {
		if (!add_file(fix, i, report))
			return chk_error_memory(error);
	}
	*out = chk_steal(&fix);
	return true;
}

void chk_fix_free(struct chk_fix *fix)
{
	if (!fix)
		return;
	for (size_t i = 0; i < fix->count; i++)
		free(fix->texts[i]);
	free(fix->texts);
	free(fix->files);
	free(fix);
}

size_t chk_fix_count(const struct chk_fix *fix)
{
	return fix->count;
}

const struct chk_fix_file *chk_fix_file(const struct chk_fix *fix, size_t i)
{
	return i < fix->count ? &fix->files[i] : NULL;
}

const char *chk_fix_name(size_t i)
{
	return i < CHK_COUNT(FILES) ? FILES[i].name : NULL;
}
