/*
 * doc/examples/provision.c: will this machine trust that server, and if not,
 * what must be done first? What a provisioning tool asks before it goes on.
 *
 *	provision HOST PORT [SPEC]
 *
 * Status: 0 go on, 1 do not, and why, 3 it could not be asked.
 *
 *	cc provision.c $(pkg-config --cflags --libs chaincheck)
 */
#include <stdio.h>
#include <stdlib.h>

#include <chaincheck.h>

enum { GO_ON = 0, DO_NOT = 1, USAGE = 2, NOT_ASKED = 3 };

static int not_asked(const struct chk_error *error)
{
	fprintf(stderr, "could not be asked: %s: %s\n", error->where,
		error->what);
	return NOT_ASKED;
}

/* Only a remedy for this machine that was proved is worth automating. */
static void print_remedies(const struct chk_finding *finding)
{
	for (size_t i = 0; i < finding->remedy_count; i++) {
		const struct chk_remedy *remedy = &finding->remedies[i];

		printf("%s%s\n", remedy->proved ? "proved: " : "",
		       remedy->text);
		if (remedy->command)
			printf("%s\n", remedy->command);
	}
}

static int answer(const struct chk_report *report)
{
	const struct chk_finding *primary = chk_report_primary(report);

	puts(chk_report_sentence(report));
	switch (chk_report_verdict(report)) {
	case CHK_VERDICT_TRUSTED:
		return GO_ON;
	case CHK_VERDICT_UNDECIDED:
		return NOT_ASKED;
	case CHK_VERDICT_UNTRUSTED:
		break;
	}
	if (primary) {
		printf("%s: %s\n", primary->code, primary->message);
		print_remedies(primary);
	}
	return DO_NOT;
}

int main(int argc, char **argv)
{
	struct chk_target target = { 0 };
	struct chk_question question = { 0 };
	struct chk_report *report = NULL;
	struct chk_store *store = NULL;
	struct chk_error error = { 0 };
	const struct chk_store *stores[1];
	int status;

	if (argc < 3)
		return USAGE;
	target.host = argv[1];
	target.port = (uint16_t)atoi(argv[2]);
	if (!chk_store_open(argc > 3 ? argv[3] : "system", NULL, &store,
			    &error))
		return not_asked(&error);
	stores[0] = store;
	question.stores = stores;
	question.store_count = 1;
	status = chk_check(&target, &question, &report, &error) ?
		 answer(report) : not_asked(&error);
	chk_report_free(report);
	chk_store_free(store);
	return status;
}
