/* cli/exit_status.h: what the command's exit status says. */
#ifndef CLI_EXIT_STATUS_H
#define CLI_EXIT_STATUS_H

enum exit_status {
	STATUS_TRUSTED = 0,   /* or nothing found */
	STATUS_FINDINGS = 1,  /* findings of severity error, or not trusted */
	STATUS_USAGE = 2,     /* the command line makes no sense */
	STATUS_UNDECIDED = 3, /* could not resolve, connect, read or write */
	STATUS_WARNINGS = 4,  /* warnings only, with --fail-on warning */
};

/* The one of two answers to report: findings, undecided, warnings, trusted. */
static inline enum exit_status worse_status(enum exit_status a,
					    enum exit_status b)
{
	static const int weight[] = {
		[STATUS_TRUSTED] = 0,
		[STATUS_WARNINGS] = 1,
		[STATUS_USAGE] = 2,
		[STATUS_UNDECIDED] = 3,
		[STATUS_FINDINGS] = 4,
	};

	return weight[a] >= weight[b] ? a : b;
}

#endif
