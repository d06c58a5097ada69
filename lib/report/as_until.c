/* lib/report/as_until.c: when the last valid path ends, in every format. */
#include "report/as_until.h"

#include "base/cleanup.h"
#include "base/when.h"
#include "report/cert_json.h"
#include "report/label.h"

enum { DAY = 10 }; /* of "2027-03-01T00:00:00Z" */

static const char *what_of(const struct chk_until *until)
{
	if (until->role == CHK_ROLE_INTERMEDIATE)
		return "intermediate";
	return chk_cert_is_root(until->cert) ? "root" : "anchor";
}

void chk_until_words(struct chk_buffer *buffer, const struct chk_until *until)
{
	const struct chk_subject about = { .cert = until->cert };
	char when[CHK_WHEN_SIZE], sooner[32];

	chk_when_text(until->at, when);
	chk_buffer_format(buffer, "%.*s, when the ", DAY, when);
	if (until->role == CHK_ROLE_LEAF) {
		chk_buffer_text(buffer, "certificate itself expires");
		return;
	}
	chk_buffer_format(buffer, "%s «", what_of(until));
	chk_label_short(buffer, &about);
	chk_when_distance(until->sooner, sooner, sizeof(sooner));
	chk_buffer_format(buffer, "» expires, %s before the certificate "
			  "itself", sooner);
}

void chk_write_until(struct chk_page *page, const struct chk_report *report)
{
	static const char HEAD[] = "The last valid path ends on ";
	const struct chk_until *until = &report->until;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (!until->cert)
		return;
	chk_until_words(&text, until);
	chk_buffer_text(&text, ".");
	chk_page_line(page);
	chk_page_add(page, until->role == CHK_ROLE_LEAF ? CHK_TINT_PLAIN :
							   CHK_TINT_DOUBT,
		     HEAD);
	chk_page_flow(page, strlen(HEAD), "", CHK_TINT_PLAIN,
		      text.failed ? "" : text.data);
	page->buffer->failed |= text.failed;
}

void chk_json_until(struct chk_json *json, const struct chk_until *until)
{
	const struct chk_subject about = { .cert = until->cert };

	if (!until->cert) {
		chk_json_null(json, "until");
		return;
	}
	chk_json_object(json, "until");
	chk_json_time(json, "time", until->at);
	chk_json_text(json, "role", chk_label_role(until->role));
	chk_json_number(json, "sooner", until->sooner);
	/* The leaf stands elsewhere, and to hash it again takes its time. */
	if (until->role == CHK_ROLE_LEAF)
		chk_json_null(json, "certificate");
	else
		chk_json_subject(json, "certificate", &about);
	chk_json_end_object(json);
}
