/* lib/report/audit_result.c: findings of audits and of reports as one thing. */
#include "report/audit_write.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "diagnosis/report.h"

struct chk_result chk_result_of(const struct chk_audit_finding *found)
{
	return (struct chk_result){
		.finding = &found->finding, .path = found->path,
		.line = found->line, .alias = found->alias,
		.accepted = found->accepted, .reason = found->reason,
	};
}

/* "file:line", as the reader of chains has it; 0: there is no line behind. */
static unsigned long split(struct chk_buffer *place)
{
	char *colon = place->data ? strrchr(place->data, ':') : NULL;
	unsigned long line;
	char *end;

	if (!colon || colon[1] < '0' || colon[1] > '9')
		return 0;
	line = strtoul(colon + 1, &end, 10);
	if (*end)
		return 0;
	*colon = '\0';
	place->size = (size_t)(colon - place->data);
	return line;
}

/*
 * Of a chain from files the certificate has its place; what is about none is
 * the leaf's file, which the report is of. A server is no file.
 */
struct chk_result chk_result_of_report(const struct chk_report *report,
				       const struct chk_finding *finding,
				       struct chk_buffer *room)
{
	struct chk_result result = {
		.finding = finding, .target = chk_report_target(report),
	};
	bool presented = false;

	if (report->handshake.asked)
		return result;
	for (size_t i = 0; i < report->presented_count; i++)
		presented = presented || (finding->about.cert &&
			report->presented[i].cert == finding->about.cert);
	room->size = 0;
	chk_buffer_text(room, presented && finding->about.where ?
			finding->about.where : result.target);
	result.line = split(room);
	result.path = room->data;
	return result;
}
