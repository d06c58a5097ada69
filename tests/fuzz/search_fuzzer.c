/*
 * tests/fuzz/search_fuzzer.c: any question about any certificates
 * (made_graph.h), asked as callers ask it. Whatever is called trusted is held
 * against GnuTLS, link by link; every report must write as text and JSON.
 */
#include <stdio.h>

#include <chaincheck.h>
#include <gnutls/x509.h>
#include <jansson.h>

#include "fuzz/checks.h"
#include "fuzz/made_graph.h"
#include "fuzz/proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* How many questions were put, and how many answers were yes. */
static size_t asked, trusted;

/* What a question borrows. */
struct asking {
	struct chk_chain *sent, *given, *distrusted;
	struct chk_store *store, *elsewhere;
	struct chk_crls *crls;
	const struct chk_store *stores[1], *others[1];
	struct chk_question question;
};

static const char *const HOSTS[4] = { NULL, "a.test", "www.a.test",
				      "192.0.2.1" };
static const char *const POLICIES[] = { "1.2.3" };
static const int32_t DEPTHS[4] = { 0, 1, 2, -1 };

static void set_question(struct asking *asking, const struct graph *graph)
{
	const uint8_t *from = graph->question;
	bool small = from[1] & 0x40;

	asking->stores[0] = asking->store;
	asking->others[0] = asking->elsewhere;
	asking->question = (struct chk_question){
		.stores = asking->stores, .store_count = 1,
		.others = asking->others, .other_count = 1,
		.untrusted = asking->given,
		.distrusted = asking->distrusted,
		.crls = from[1] & 3 ? asking->crls : NULL,
		.crl_leaf_only = (from[1] & 3) == 2,
		.host = HOSTS[from[0] >> 5 & 3],
		.purpose = from[0] % 8u % CHK_PURPOSE_COUNT,
		.profile = chk_profile_name(from[0] >> 3 & 3),
		.partial_chain = from[1] & 0x80,
		.at_set = true, .at = GRAPH_NOW,
		.max_depth = DEPTHS[from[2] >> 5 & 3],
		.policies = POLICIES, .policy_count = from[1] >> 5 & 1,
		.explicit_policy = from[1] & 4,
		.inhibit_mapping = from[1] & 8,
		.inhibit_any = from[1] & 0x10,
		.max_signatures = small ? 2 : 0, .max_steps = small ? 6 : 0,
		.place = CHK_PLACE_DEBIAN,
	};
}

static void must(bool done)
{
	if (!done)
		abort();
}

static void add_to_store(struct asking *asking, const struct graph_item *item)
{
	enum chk_purpose purpose = item->roles & GRAPH_EMAIL_ONLY ?
					   CHK_PURPOSE_EMAIL : CHK_PURPOSE_ANY;

	if (item->roles & GRAPH_ANCHOR)
		must(chk_store_add(asking->store, item->cert, purpose,
				   CHK_TRUST_TRUSTED, "store", NULL));
	if (item->roles & GRAPH_BLOCKED)
		must(chk_store_add(asking->store, item->cert, purpose,
				   CHK_TRUST_DISTRUSTED, "store", NULL));
	if (item->roles & GRAPH_ELSEWHERE)
		must(chk_store_add(asking->elsewhere, item->cert, purpose,
				   CHK_TRUST_TRUSTED, "elsewhere", NULL));
}

static void add_item(struct asking *asking, const struct graph_item *item)
{
	if (item->roles & GRAPH_SENT)
		must(chk_chain_add(asking->sent, item->cert, "sent", NULL));
	if (item->roles & GRAPH_GIVEN)
		must(chk_chain_add(asking->given, item->cert, "given", NULL));
	if (item->roles & GRAPH_DISTRUSTED)
		must(chk_chain_add(asking->distrusted, item->cert, "given",
				   NULL));
	add_to_store(asking, item);
}

static void begin(struct asking *asking, struct graph *graph)
{
	*asking = (struct asking){
		.sent = chk_chain_new(), .given = chk_chain_new(),
		.distrusted = chk_chain_new(), .crls = chk_crls_new(),
		.store = chk_store_new("store"),
		.elsewhere = chk_store_new("elsewhere"),
	};
	graph->items[0].roles |= GRAPH_SENT;
	for (size_t i = 0; i < graph->count; i++) {
		if (graph->items[i].cert)
			add_item(asking, &graph->items[i]);
	}
	/* What cannot be read must not make anything trusted either. */
	for (size_t i = 0; i < graph->crl_count; i++) {
		if (!chk_crls_read_bytes(asking->crls, graph->crls[i], "crl",
					 NULL))
			continue;
	}
	set_question(asking, graph);
}

static void end(struct asking *asking)
{
	chk_chain_free(asking->sent);
	chk_chain_free(asking->given);
	chk_chain_free(asking->distrusted);
	chk_store_free(asking->store);
	chk_store_free(asking->elsewhere);
	chk_crls_free(asking->crls);
}

static void check_text(const struct chk_report *report)
{
	struct chk_write_options options = { .verbose = 2 };
	char *text, *line, *end;

	must(chk_report_write(report, "text", &options, &text, NULL));
	for (line = text; *line; line = end + 1) {
		end = strchr(line, '\n');
		must(end);
		check_printable(chk_bytes_of(line, (size_t)(end - line)));
	}
	free(text);
}

/* Valid JSON, and of the question's own answer. */
static void check_json(const struct chk_report *report, const char *format)
{
	json_error_t error;
	json_t *json;
	char *text;

	must(chk_report_write(report, format, NULL, &text, NULL));
	json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	must(json && json_string_value(json_object_get(json, "verdict")));
	must((strcmp(json_string_value(json_object_get(json, "verdict")),
		     "trusted") == 0) ==
	     (chk_report_verdict(report) == CHK_VERDICT_TRUSTED));
	json_decref(json);
	free(text);
}

static void check_limits(const struct chk_report *report)
{
	struct chk_limits limits = chk_report_limits(report);

	must(limits.steps <= limits.max_steps &&
	     limits.signatures <= limits.max_signatures);
}

static void check_report(const struct chk_report *report,
			 const struct asking *asking,
			 const struct graph *graph)
{
	bool yes = chk_report_verdict(report) == CHK_VERDICT_TRUSTED;
	const struct chk_finding *primary = chk_report_primary(report);

	check_limits(report);
	check_text(report);
	check_json(report, "json");
	check_json(report, "jsonl");
	/* No answer but yes comes without a reason. */
	must(yes || (primary && primary->severity == CHK_SEVERITY_ERROR));
	if (yes)
		proof_check(report, &asking->question, graph);
	trusted += yes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct asking asking;
	struct graph graph;
	struct chk_report *report;

	if (graph_read(&graph, data, size)) {
		begin(&asking, &graph);
		must(chk_verify(asking.sent, &asking.question, &report, NULL));
		asked++;
		check_report(report, &asking, &graph);
		chk_report_free(report);
		end(&asking);
	}
	graph_clear(&graph);
	return 0;
}

static void tell(void)
{
	fprintf(stderr, "%zu questions, %zu trusted\n", asked, trusted);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	return atexit(tell);
}
