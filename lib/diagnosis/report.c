/* lib/diagnosis/report.c: what the public header lets one see of a report. */
#include "diagnosis/report.h"

#include <stdlib.h>

void chk_report_free(struct chk_report *report)
{
	if (!report)
		return;
	for (size_t i = 0; i < report->held_count; i++)
		chk_cert_unref((struct chk_cert *)(uintptr_t)report->held[i]);
	free(report->held);
	for (size_t i = 0; i < report->trial_count; i++)
		chk_report_free((struct chk_report *)(uintptr_t)
				report->trials[i].report);
	chk_arena_clear(&report->arena);
	free(report);
}

enum chk_verdict chk_report_verdict(const struct chk_report *report)
{
	return report->verdict;
}

const char *chk_report_sentence(const struct chk_report *report)
{
	return report->sentence ? report->sentence : "";
}

const char *chk_report_target(const struct chk_report *report)
{
	return report->target ? report->target : "";
}

size_t chk_report_finding_count(const struct chk_report *report)
{
	return report->finding_count;
}

const struct chk_finding *chk_report_finding(const struct chk_report *report,
					     size_t i)
{
	return i < report->finding_count ? &report->findings[i] : NULL;
}

const struct chk_finding *chk_report_primary(const struct chk_report *report)
{
	for (size_t i = 0; i < report->finding_count; i++) {
		if (report->findings[i].primary)
			return &report->findings[i];
	}
	return NULL;
}

size_t chk_report_path_count(const struct chk_report *report)
{
	return report->path_count;
}

const struct chk_path_view *chk_report_path(const struct chk_report *report,
					    size_t i)
{
	return i < report->path_count ? &report->paths[i] : NULL;
}

size_t chk_report_rejected_count(const struct chk_report *report)
{
	return report->rejected_count;
}

const struct chk_rejected *chk_report_rejected(const struct chk_report *report,
					       size_t i)
{
	return i < report->rejected_count ? &report->rejected[i] : NULL;
}

size_t chk_report_store_count(const struct chk_report *report)
{
	return report->store_count;
}

const struct chk_store_view *chk_report_store(const struct chk_report *report,
					      size_t i)
{
	return i < report->store_count ? &report->stores[i] : NULL;
}

size_t chk_report_corrected_count(const struct chk_report *report)
{
	return report->corrected_count;
}

const struct chk_cert *chk_report_corrected(const struct chk_report *report,
					    size_t i)
{
	return i < report->corrected_count ? report->corrected[i] : NULL;
}

size_t chk_report_trial_count(const struct chk_report *report)
{
	return report->trial_count;
}

const struct chk_trial *chk_report_trial(const struct chk_report *report,
					 size_t i)
{
	return i < report->trial_count ? &report->trials[i] : NULL;
}

struct chk_until chk_report_until(const struct chk_report *report)
{
	return report->until;
}

struct chk_limits chk_report_limits(const struct chk_report *report)
{
	return report->limits;
}
