/* lib/report/as_advice.c: findings and what to do about them. */
#include "report/as_advice.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "base/when.h"
#include "report/as_tree.h"
#include "report/as_twins.h"
#include "report/label.h"

enum { INDENT = 2, HANGING = 13, COMMAND = 6 };

static const char *const WHO[] = {
	[CHK_PARTY_NONE] = NULL,
	[CHK_PARTY_SERVER] = "the operator of the server",
	[CHK_PARTY_CLIENT] = "the administrator of this client",
	[CHK_PARTY_CA] = "the certificate authority (CA)",
	[CHK_PARTY_NETWORK] = "whoever runs the network in between",
};

static const struct {
	const char *heading;
	enum chk_tint tint;
} OTHERS[] = {
	[CHK_SEVERITY_ERROR] = { "Also wrong:", CHK_TINT_BAD },
	[CHK_SEVERITY_WARNING] = { "Warnings:", CHK_TINT_DOUBT },
	[CHK_SEVERITY_NOTE] = { "Notes:", CHK_TINT_STRONG },
};

/* Is mending this finding all that stands between the chain and trust? */
static bool is_only_fault(const struct chk_report *report,
			  const struct chk_finding *finding)
{
	if (report->verdict != CHK_VERDICT_UNTRUSTED)
		return false;
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct chk_finding *other = &report->findings[i];

		if (other != finding && !other->alternative &&
		    !finding->alternative &&
		    other->severity == CHK_SEVERITY_ERROR)
			return false;
	}
	return finding->severity == CHK_SEVERITY_ERROR;
}

static void write_proof(struct chk_page *page, const struct chk_report *report,
			const struct chk_finding *finding, bool proved)
{
	/* Where no search was lost, none could have been won. */
	if (!proved && report->verdict != CHK_VERDICT_UNTRUSTED)
		return;
	chk_page_spaces(page, INDENT);
	if (!proved)
		chk_page_add(page, CHK_TINT_DOUBT,
			     "Not checked: what this needs is not at hand.");
	else if (is_only_fault(report, finding))
		chk_page_add(page, CHK_TINT_GOOD, "Checked: with this change "
			     "the chain is trusted.");
	else
		chk_page_add(page, CHK_TINT_GOOD, "Checked: with this change "
			     "this fault is gone.");
	chk_page_line(page);
}

/* For another place than is known to be the one: only where more is wanted. */
static bool is_for_here(const struct chk_page *page,
		     const struct chk_remedy *remedy)
{
	return !remedy->elsewhere || page->verbose > 0;
}

/* The next that is shown, from `i` on; the count: none is. */
static size_t next_shown(const struct chk_page *page,
			 const struct chk_finding *finding, size_t i)
{
	while (i < finding->remedy_count &&
	       !is_for_here(page, &finding->remedies[i]))
		i++;
	return i;
}

/* What is left out, by the names of the places. */
static void write_hidden(struct chk_page *page,
			 const struct chk_finding *finding)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	for (size_t i = 0; i < finding->remedy_count; i++) {
		const struct chk_remedy *remedy = &finding->remedies[i];

		if (!is_for_here(page, remedy))
			chk_buffer_format(&text, "%s %s", text.size ? "," :
					  "The lines for", remedy->place);
	}
	if (!text.size)
		return;
	chk_buffer_text(&text, " are shown with -v");
	page->buffer->failed |= text.failed;
	chk_page_sentence(page, INDENT, text.data ? text.data : "");
}

/*
 * Several ways to do one thing stand behind each other; what holds for all of
 * them is said once, behind the last.
 */
static void write_remedies(struct chk_page *page,
			   const struct chk_report *report,
			   const struct chk_finding *finding)
{
	size_t i = next_shown(page, finding, 0);

	while (i < finding->remedy_count) {
		const struct chk_remedy *remedy = &finding->remedies[i];

		chk_page_sentence(page, INDENT, remedy->text);
		if (remedy->command)
			chk_page_command(page, COMMAND, remedy->command);
		i = next_shown(page, finding, i + 1);
		if (i == finding->remedy_count ||
		    finding->remedies[i].proved != remedy->proved)
			write_proof(page, report, finding, remedy->proved);
	}
}

static void write_hex(struct chk_page *page, const char *label,
		      struct chk_bytes bytes, char separator)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_text_hex(&text, bytes, separator);
	chk_page_item(page, INDENT, label, HANGING,
		      text.data ? text.data : "none");
	page->buffer->failed |= text.failed;
}

/* What one compares before one acts on a certificate. */
static void write_identity(struct chk_page *page,
			   const struct chk_subject *subject)
{
	struct chk_bytes key_id = chk_label_key_id(subject);
	const struct chk_known_cert *known = subject->known;
	uint8_t digest[32];

	if (subject->cert) {
		chk_cert_sha256(subject->cert, digest);
		write_hex(page, "SHA-256",
			  chk_bytes_of(digest, sizeof(digest)), 0);
	} else if (known) {
		write_hex(page, "SHA-256",
			  chk_bytes_of(known->sha256, sizeof(known->sha256)),
			  0);
	} else {
		chk_page_item(page, INDENT, "SHA-256", HANGING, "not known");
	}
	if (key_id.data)
		write_hex(page, "key id", key_id, ':');
}

static void write_origin(struct chk_page *page, const struct chk_report *report,
			 const struct chk_subject *subject)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	char from[CHK_WHEN_SIZE], until[CHK_WHEN_SIZE];

	chk_when_text(chk_cert_not_before(subject->cert), from);
	chk_when_text(chk_cert_not_after(subject->cert), until);
	chk_buffer_format(&text, "%s to %s", from, until);
	chk_page_item(page, INDENT, "valid", HANGING,
		      text.data ? text.data : "");
	chk_buffer_clear(&text);
	chk_write_origin(&text, report, subject);
	chk_page_item(page, INDENT, "seen", HANGING,
		      text.data ? text.data : "");
	page->buffer->failed |= text.failed;
}

static void write_issuer(struct chk_page *page, const struct chk_cert *cert)
{
	CHK_CLEANUP(chk_cleanup_free) char *issuer = chk_cert_issuer(cert);

	if (issuer)
		chk_page_item(page, INDENT, "issuer", HANGING, issuer);
	else
		page->buffer->failed = true;
}

static void write_subject(struct chk_page *page,
			  const struct chk_report *report,
			  const struct chk_subject *subject)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };

	if (!chk_label_is_subject(subject))
		return;
	chk_page_heading(page, "The certificate it is about:");
	chk_label_name(&name, subject);
	chk_page_item(page, INDENT, "subject", HANGING,
		      name.data && *name.data ? name.data : "(empty name)");
	page->buffer->failed |= name.failed;
	if (subject->cert)
		write_issuer(page, subject->cert);
	write_identity(page, subject);
	if (subject->cert)
		write_origin(page, report, subject);
}

static void write_evidence(struct chk_page *page,
			   const struct chk_finding *finding)
{
	if (page->verbose == 0 || finding->evidence_count == 0)
		return;
	chk_page_heading(page, "Evidence:");
	for (size_t i = 0; i < finding->evidence_count; i++)
		chk_page_item(page, INDENT, finding->evidence[i].name, HANGING,
			      finding->evidence[i].value);
}

/* Who must act is who does the first remedy, where there is one. */
static void write_who(struct chk_page *page, const struct chk_finding *finding)
{
	const char *who = WHO[finding->party];

	if (!who)
		return;
	chk_page_line(page);
	chk_page_add(page, CHK_TINT_STRONG, "Who must act:");
	chk_page_add(page, CHK_TINT_PLAIN, " ");
	chk_page_add(page, CHK_TINT_PLAIN, who);
	chk_page_line(page);
}

void chk_write_advice(struct chk_page *page, const struct chk_report *report,
		      const struct chk_finding *finding)
{
	/* The verdict's sentence mostly ends in the message. */
	if (!strstr(chk_report_sentence(report), finding->message)) {
		chk_page_line(page);
		chk_page_sentence(page, 0, finding->message);
	}
	write_who(page, finding);
	if (finding->remedy_count)
		chk_page_heading(page, "What to do:");
	write_remedies(page, report, finding);
	write_hidden(page, finding);
}

void chk_write_about(struct chk_page *page, const struct chk_report *report,
		     const struct chk_finding *finding)
{
	write_subject(page, report, &finding->about);
	chk_write_twins(page, report, finding);
	write_evidence(page, finding);
	chk_page_line(page);
	chk_page_add(page, CHK_TINT_STRONG, "More on this:");
	chk_page_add(page, CHK_TINT_PLAIN, " chaincheck explain ");
	chk_page_add(page, CHK_TINT_PLAIN, finding->code);
	chk_page_line(page);
}

/* Is it about the certificate that the primary finding has shown? */
static bool is_shown(const struct chk_report *report,
		     const struct chk_finding *finding)
{
	const struct chk_finding *primary = chk_report_primary(report);
	const char *name = finding->about.name;

	if (!primary)
		return false;
	if (finding->about.cert || primary->about.cert)
		return finding->about.cert == primary->about.cert;
	return name && primary->about.name &&
	       strcmp(name, primary->about.name) == 0;
}

void chk_write_alternative(struct chk_page *page,
			   const struct chk_report *report,
			   const struct chk_finding *finding)
{
	chk_page_heading(page, "Or:");
	chk_page_sentence(page, INDENT, finding->message);
	write_remedies(page, report, finding);
	if (chk_label_is_subject(&finding->about) && !is_shown(report, finding))
		write_identity(page, &finding->about);
	if (page->verbose > 1)
		write_evidence(page, finding);
}

static void write_other(struct chk_page *page, const struct chk_report *report,
			const struct chk_finding *finding)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	bool fix = finding->severity == CHK_SEVERITY_ERROR || page->verbose;

	chk_buffer_format(&text, "%s (%s)", finding->message, finding->code);
	chk_page_item(page, INDENT, "-", INDENT + 2,
		      text.data ? text.data : "");
	page->buffer->failed |= text.failed;
	if (fix)
		write_remedies(page, report, finding);
	if (page->verbose > 1)
		write_evidence(page, finding);
}

void chk_write_others(struct chk_page *page, const struct chk_report *report,
		      enum chk_severity severity)
{
	bool begun = false;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct chk_finding *finding = &report->findings[i];

		if (finding->primary || finding->alternative ||
		    finding->severity != severity)
			continue;
		if (!begun) {
			chk_page_line(page);
			chk_page_add(page, OTHERS[severity].tint,
				     OTHERS[severity].heading);
			chk_page_line(page);
		}
		begun = true;
		write_other(page, report, finding);
	}
}
