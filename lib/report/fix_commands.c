/*
 * lib/report/fix_commands.c: what to do, for somebody with a shell. Whatever
 * would change a machine is a comment; a stranger's words are comments, too.
 */
#include "report/fix_commands.h"

#include <chaincheck/fix.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "base/when.h"
#include "diagnosis/remedy.h"
#include "report/label.h"
#include "report/page.h"

#define SEND_KEY "chain.intermediate-missing/send"

/* A paragraph of comments. */
static void say(struct chk_page *page, const char *text)
{
	chk_buffer_text(page->buffer, "# ");
	chk_page_flow(page, 2, "# ", CHK_TINT_PLAIN, text);
}

static void say_line(struct chk_page *page, const char *before,
		     const char *text)
{
	chk_buffer_format(page->buffer, "# %s", before);
	chk_text_escape(page->buffer, chk_bytes_text(text));
	chk_buffer_text(page->buffer, "\n");
}

/* A paragraph behind an empty comment. */
static void begin(struct chk_page *page, const char *text)
{
	chk_buffer_text(page->buffer, "#\n");
	say(page, text);
}

/* Lines to run, none of which runs. */
static void say_command(struct chk_page *page, const char *command)
{
	while (*command) {
		size_t size = strcspn(command, "\n");

		chk_buffer_text(page->buffer, "#     ");
		chk_text_escape(page->buffer, chk_bytes_of(command, size));
		chk_buffer_text(page->buffer, "\n");
		command += size + (command[size] == '\n');
	}
}

static void say_fingerprint(struct chk_page *page, const struct chk_cert *cert)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer hex = { 0 };
	uint8_t digest[32];

	chk_cert_sha256(cert, digest);
	chk_text_hex(&hex, chk_bytes_of(digest, sizeof(digest)), ':');
	for (size_t i = 0; i < hex.size; i++)
		hex.data[i] = hex.data[i] >= 'a' && hex.data[i] <= 'f' ?
			(char)(hex.data[i] - 'a' + 'A') : hex.data[i];
	say_line(page, "    ", hex.data ? hex.data : "");
	page->buffer->failed |= hex.failed;
}

static void say_subject(struct chk_page *page, const char *before,
			const struct chk_cert *cert)
{
	CHK_CLEANUP(chk_cleanup_free) char *subject = chk_cert_subject(cert);

	page->buffer->failed |= !subject;
	say_line(page, before, subject && *subject ? subject :
						     "(empty name)");
}

static void write_head(struct chk_page *page, const struct chk_report *report)
{
	char when[CHK_WHEN_SIZE];
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer about = { 0 };

	chk_when_text(report->at, when);
	chk_buffer_format(&about, "%s, asked about at %s:",
			  chk_report_target(report), when);
	chk_buffer_text(page->buffer, CHK_FIX_MARK "\n#\n");
	say(page, about.data ? about.data : "");
	say(page, chk_report_sentence(report));
	begin(page, "As it stands this changes nothing: lines that would are "
	      "comments. Read them, compare what is to be compared, and run "
	      "them one by one; many want root.");
	page->buffer->failed |= about.failed;
}

/* Before anything else: is it what the CA says it is? */
static void write_missing(struct chk_page *page,
			  const struct chk_report *report)
{
	const struct chk_cert *cert = report->missing.cert;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer seen = { 0 };

	if (!cert)
		return;
	chk_buffer_format(&seen, CHK_MISSING_FILE " was %s. Ask its CA over "
			  "another way for the SHA-256 of",
			  report->missing_seen);
	begin(page, seen.data ? seen.data : "");
	say_subject(page, "    ", cert);
	say(page, "and trust the file only if that and the line below show "
	    "this:");
	say_fingerprint(page, cert);
	chk_buffer_text(page->buffer, "openssl x509 -in " CHK_MISSING_FILE
			" -noout -subject -fingerprint -sha256\n");
	page->buffer->failed |= seen.failed;
}

static void write_chain(struct chk_page *page, const struct chk_report *report)
{
	char number[24];

	if (!report->corrected_count)
		return;
	begin(page, "fullchain.pem is what the server should send, in this "
	      "order, and nothing else:");
	for (size_t i = 0; i < report->corrected_count; i++) {
		snprintf(number, sizeof(number), "%4zu. ", i + 1);
		say_subject(page, number, report->corrected[i]);
	}
	chk_buffer_text(page->buffer, "openssl crl2pkcs7 -nocrl -certfile "
			"fullchain.pem | openssl pkcs7 -print_certs -noout\n");
	for (size_t i = 0; i < chk_remedy_row_count(); i++) {
		const struct chk_remedy_row *row = chk_remedy_row(i);

		if (strcmp(row->key, SEND_KEY) != 0 ||
		    strcmp(row->place, "chain") == 0)
			continue;
		begin(page, row->text);
		say_command(page, row->command);
	}
}

/* With the chain as a file, how it is made and sent has been said. */
static bool is_said(const struct chk_report *report,
		    const struct chk_remedy *remedy)
{
	return report->corrected_count > 0 &&
	       remedy->party == CHK_PARTY_SERVER &&
	       (remedy->elsewhere || strcmp(remedy->place, "chain") == 0);
}

static void write_finding(struct chk_page *page,
			  const struct chk_report *report,
			  const struct chk_finding *finding)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_buffer_format(&text, "%s: %s.", finding->code, finding->message);
	chk_buffer_text(page->buffer, "\n");
	say(page, text.data ? text.data : "");
	for (size_t i = 0; i < finding->remedy_count; i++) {
		const struct chk_remedy *remedy = &finding->remedies[i];

		if (is_said(report, remedy))
			continue;
		chk_buffer_clear(&text);
		chk_buffer_format(&text, "%s: %s",
				  chk_label_party(remedy->party), remedy->text);
		begin(page, text.data ? text.data : "");
		if (remedy->command)
			say_command(page, remedy->command);
		page->buffer->failed |= text.failed;
	}
}

void chk_write_commands(struct chk_buffer *buffer,
			const struct chk_report *report)
{
	struct chk_page page = { .buffer = buffer, .width = 80 };

	write_head(&page, report);
	write_missing(&page, report);
	write_chain(&page, report);
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct chk_finding *finding = &report->findings[i];

		if (finding->severity != CHK_SEVERITY_NOTE)
			write_finding(&page, report, finding);
	}
}
