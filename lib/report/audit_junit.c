/*
 * lib/report/audit_junit.c: JUnit's XML, a suite a file or host and a case a
 * finding. There is no warning in it: a warning is a case that passed and has
 * something to say, unless it is to fail the run.
 */
#include "report/audit_write.h"

#include "base/cleanup.h"
#include "report/label.h"
#include "report/xml.h"

/* What a suite comes to, before its cases are written. */
struct tally {
	size_t tests, failures, skipped;
};

static bool fails(const struct chk_audit_writer *writer,
		  const struct chk_result *result)
{
	enum chk_severity least = writer->options.fail_on_warning ?
				  CHK_SEVERITY_WARNING : CHK_SEVERITY_ERROR;

	/* Another explanation of the same is no fault of its own. */
	return !result->accepted && !result->finding->alternative &&
	       result->finding->severity >= least;
}

static void count(const struct chk_audit_writer *writer, struct tally *tally,
		  const struct chk_result *result)
{
	tally->tests++;
	tally->skipped += result->accepted;
	tally->failures += fails(writer, result);
}

static void begin(struct chk_audit_writer *writer)
{
	chk_buffer_text(&writer->buffer,
			"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			"<testsuites name=\"chaincheck\">\n");
}

static void begin_suite(struct chk_audit_writer *writer, const char *name,
			const struct tally *tally)
{
	struct chk_buffer *buffer = &writer->buffer;

	chk_buffer_text(buffer, "  <testsuite");
	chk_xml_attribute(buffer, "name", name);
	chk_buffer_format(buffer, " tests=\"%zu\" failures=\"%zu\" "
			  "errors=\"0\" skipped=\"%zu\">\n",
			  tally->tests ? tally->tests : 1, tally->failures,
			  tally->skipped);
	if (tally->tests)
		return;
	chk_buffer_text(buffer, "    <testcase");
	chk_xml_attribute(buffer, "classname", name);
	chk_xml_attribute(buffer, "name", "nothing found");
	chk_buffer_text(buffer, "/>\n");
}

static void end_suite(struct chk_audit_writer *writer)
{
	chk_buffer_text(&writer->buffer, "  </testsuite>\n");
}

/* Cases are told apart by their names alone. */
static void write_name(struct chk_buffer *buffer,
		       const struct chk_result *result, const char *suite)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
	char line[24];

	chk_buffer_text(&name, result->finding->code);
	if (chk_label_is_subject(&result->finding->about)) {
		chk_buffer_text(&name, " ");
		chk_label_short(&name, &result->finding->about);
	}
	if (result->alias)
		chk_buffer_format(&name, " (%s)", result->alias);
	else if (result->line)
		chk_buffer_format(&name, " (line %lu)", result->line);
	chk_xml_attribute(buffer, "classname", suite);
	chk_xml_attribute(buffer, "name", name.data);
	if (result->path)
		chk_xml_attribute(buffer, "file", result->path);
	if (result->line) {
		snprintf(line, sizeof(line), "%lu", result->line);
		chk_xml_attribute(buffer, "line", line);
	}
	buffer->failed |= name.failed;
}

/* The message, what was seen, and what to do. */
static void write_body(struct chk_buffer *buffer,
		       const struct chk_finding *finding)
{
	chk_xml_text(buffer, finding->message);
	for (size_t i = 0; i < finding->evidence_count; i++) {
		chk_buffer_text(buffer, "\n");
		chk_xml_text(buffer, finding->evidence[i].name);
		chk_buffer_text(buffer, ": ");
		chk_xml_text(buffer, finding->evidence[i].value);
	}
	for (size_t i = 0; i < finding->remedy_count; i++) {
		if (finding->remedies[i].elsewhere)
			continue;
		chk_buffer_text(buffer, "\n");
		chk_xml_text(buffer, finding->remedies[i].text);
		if (!finding->remedies[i].command)
			continue;
		chk_buffer_text(buffer, "\n");
		chk_xml_text(buffer, finding->remedies[i].command);
	}
}

static void write_outcome(struct chk_audit_writer *writer,
			  const struct chk_result *result)
{
	struct chk_buffer *buffer = &writer->buffer;
	const struct chk_finding *finding = result->finding;
	bool failed = fails(writer, result);

	if (result->accepted) {
		chk_buffer_text(buffer, "      <skipped");
		chk_xml_attribute(buffer, "message", result->reason);
		chk_buffer_text(buffer, "/>\n");
		return;
	}
	chk_buffer_text(buffer, failed ? "      <failure" :
					 "      <system-out>");
	if (failed) {
		chk_xml_attribute(buffer, "type", finding->code);
		chk_xml_attribute(buffer, "message", finding->message);
		chk_buffer_text(buffer, ">");
	} else {
		chk_buffer_format(buffer, "%s: ",
				  chk_label_severity(finding->severity));
	}
	write_body(buffer, finding);
	chk_buffer_text(buffer, failed ? "</failure>\n" : "</system-out>\n");
}

static void write_case(struct chk_audit_writer *writer, const char *suite,
		       const struct chk_result *result)
{
	struct chk_buffer *buffer = &writer->buffer;

	chk_buffer_text(buffer, "    <testcase");
	write_name(buffer, result, suite);
	chk_buffer_text(buffer, ">\n");
	write_outcome(writer, result);
	chk_buffer_text(buffer, "    </testcase>\n");
}

static void add(struct chk_audit_writer *writer,
		const struct chk_audited *audited)
{
	const char *suite = chk_audited_path(audited);
	size_t number = chk_audited_finding_count(audited);
	struct tally tally = { 0 };

	for (size_t i = 0; i < number; i++) {
		struct chk_result result =
			chk_result_of(chk_audited_finding(audited, i));

		count(writer, &tally, &result);
	}
	begin_suite(writer, suite, &tally);
	for (size_t i = 0; i < number; i++) {
		struct chk_result result =
			chk_result_of(chk_audited_finding(audited, i));

		write_case(writer, suite, &result);
	}
	end_suite(writer);
}

static void add_report(struct chk_audit_writer *writer,
		       const struct chk_report *report)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer path = { 0 };
	const char *suite = chk_report_target(report);
	size_t number = chk_report_finding_count(report);
	struct tally tally = { 0 };

	for (size_t i = 0; i < number; i++) {
		struct chk_result result = chk_result_of_report(
			report, chk_report_finding(report, i), &path);

		count(writer, &tally, &result);
	}
	begin_suite(writer, suite, &tally);
	for (size_t i = 0; i < number; i++) {
		struct chk_result result = chk_result_of_report(
			report, chk_report_finding(report, i), &path);

		write_case(writer, suite, &result);
	}
	end_suite(writer);
	writer->buffer.failed |= path.failed;
}

static void end(struct chk_audit_writer *writer)
{
	chk_buffer_text(&writer->buffer, "</testsuites>\n");
}

const struct chk_audit_format chk_audit_junit = {
	.name = "junit", .begin = begin, .add = add, .add_report = add_report,
	.end = end,
};
