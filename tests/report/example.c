/* tests/report/example.c: reports made by hand. */
#include "support/test.h"

#include "report/example.h"

#include <stdlib.h>

enum { AT = 1775001600 }; /* 2026-04-01T00:00:00Z */

#define BUNDLE "/etc/ssl/certs/ca-certificates.crt"

/* The certificate, held by the report; the same one each time it is asked. */
static const struct chk_cert *hold(struct chk_report *report,
				   enum chk_example_cert which)
{
	if (!report->held) {
		report->held = calloc(CHK_EXAMPLE_CERTS,
				      sizeof(*report->held));
		assert_non_null(report->held);
		report->held_count = CHK_EXAMPLE_CERTS;
	}
	if (!report->held[which])
		report->held[which] = chk_example_cert(which);
	return report->held[which];
}

/* Room for one more item behind `count`. */
static void *grow(struct chk_report *report, const void *items, size_t count,
		  size_t size)
{
	char *grown = chk_arena_array(&report->arena, count + 1, size);

	assert_non_null(grown);
	if (count)
		memcpy(grown, items, count * size);
	return grown;
}

#define ADD(report, items, count, ...)                                       \
	do {                                                                 \
		__typeof__(*(items)) item_ = __VA_ARGS__;                    \
		__typeof__(*(items)) *grown_ =                               \
			grow(report, items, count, sizeof(item_));           \
		memcpy((void *)(uintptr_t)&grown_[(count)++], &item_,        \
		       sizeof(item_));                                       \
		(items) = grown_;                                            \
	} while (0)

static struct chk_subject subject(struct chk_report *report,
				  enum chk_example_cert which,
				  const char *where)
{
	return (struct chk_subject){ .cert = hold(report, which),
				     .where = where };
}

static struct chk_bytes key_id_bytes(void)
{
	static const uint8_t KEY_ID[20] = {
		0x53, 0x7e, 0xd5, 0x2a, 0x13, 0x3f, 0x63, 0x87, 0x67, 0x25,
		0xca, 0xb6, 0xad, 0xac, 0xd1, 0x5d, 0x8d, 0x64, 0x6c, 0x3c,
	};

	return chk_bytes_of(KEY_ID, sizeof(KEY_ID));
}

/* Known by name and key id alone. */
static struct chk_subject unseen(const char *name)
{
	return (struct chk_subject){ .name = name, .key_id = key_id_bytes() };
}

static void add_link(struct chk_report *report, enum chk_role role,
		     struct chk_subject about, const char *defect)
{
	struct chk_path_link link = { .role = role, .subject = about };
	struct chk_path_view *path = &report->paths[report->path_count - 1];

	if (defect)
		ADD(report, link.defects, link.defect_count, defect);
	ADD(report, path->links, path->link_count, link);
}

static void add_path(struct chk_report *report, enum chk_verdict verdict)
{
	ADD(report, report->paths, report->path_count,
	    (struct chk_path_view){ .verdict = verdict });
}

static struct chk_finding *add_finding(struct chk_report *report,
				       const char *code,
				       enum chk_severity severity,
				       enum chk_party party,
				       const char *message)
{
	ADD(report, report->findings, report->finding_count,
	    (struct chk_finding){ .code = code, .severity = severity,
				  .party = party, .message = message });
	return &report->findings[report->finding_count - 1];
}

static void add_remedy(struct chk_report *report, struct chk_finding *finding,
		       bool proved, const char *text, const char *command)
{
	ADD(report, finding->remedies, finding->remedy_count,
	    (struct chk_remedy){ .party = finding->party, .text = text,
				 .command = command, .proved = proved,
				 .place = "any" });
}

/* For a place that is not known to be the one. */
static void add_elsewhere(struct chk_report *report,
			  struct chk_finding *finding, const char *place,
			  const char *text, const char *command)
{
	ADD(report, finding->remedies, finding->remedy_count,
	    (struct chk_remedy){ .party = finding->party, .text = text,
				 .command = command, .proved = true,
				 .place = place, .elsewhere = true });
}

static void add_evidence(struct chk_report *report,
			 struct chk_finding *finding, const char *name,
			 const char *value)
{
	ADD(report, finding->evidence, finding->evidence_count,
	    (struct chk_evidence){ name, value });
}

static struct chk_finding *add_primary(struct chk_report *report,
				       const char *code, enum chk_party party,
				       const char *message)
{
	struct chk_finding *finding = add_finding(
		report, code, CHK_SEVERITY_ERROR, party, message);

	finding->primary = true;
	return finding;
}

static void add_store(struct chk_report *report, enum chk_verdict verdict)
{
	ADD(report, report->stores, report->store_count,
	    (struct chk_store_view){ .spec = "file:" BUNDLE,
				     .anchor_count = 142,
				     .verdict = verdict });
}

static void present(struct chk_report *report, enum chk_example_cert which)
{
	ADD(report, report->presented, report->presented_count,
	    (struct chk_presented_view){ hold(report, which), "server" });
}

/* A server that was asked; it sent the leaf `leaf`. */
static void ask_server(struct chk_report *report, enum chk_example_cert leaf)
{
	report->target = "www.example.test:443";
	report->handshake = (struct chk_handshake_view){
		.asked = true,
		.address = "192.0.2.1:443",
		.server_name = "www.example.test",
		.version = "TLS1.3",
		.cipher = "AES-256-GCM",
		.group = "X25519",
		.step = "finished",
	};
	present(report, leaf);
	ADD(report, report->timings, report->timing_count,
	    (struct chk_timing){ "handshake", 12345 });
}

static void make_missing_intermediate(struct chk_report *report)
{
	struct chk_finding *finding;

	report->sentence = "www.example.test:443 is not trusted: «Chaincheck "
			   "Test Intermediate», which the server must send, "
			   "is missing.";
	ask_server(report, CHK_EXAMPLE_LEAF);
	add_store(report, CHK_VERDICT_UNTRUSTED);
	add_path(report, CHK_VERDICT_UNTRUSTED);
	add_link(report, CHK_ROLE_LEAF,
		 subject(report, CHK_EXAMPLE_LEAF, "server"), NULL);
	add_link(report, CHK_ROLE_MISSING,
		 subject(report, CHK_EXAMPLE_INTER, "/srv/old/chain.pem:1"),
		 "«Chaincheck Test Intermediate», the issuer of "
		 "«www.example.test», was not sent");
	add_link(report, CHK_ROLE_ANCHOR,
		 subject(report, CHK_EXAMPLE_ROOT, BUNDLE ":120"), NULL);
	finding = add_primary(
		report, "chain.intermediate-missing", CHK_PARTY_SERVER,
		"www.example.test:443 sends «www.example.test» without its "
		"issuer «Chaincheck Test Intermediate», which was found in "
		"/srv/old/chain.pem:1: the operator must send it");
	finding->about = subject(report, CHK_EXAMPLE_INTER,
				 "/srv/old/chain.pem:1");
	add_evidence(report, finding, "asked for by", "CN=www.example.test");
	add_remedy(report, finding, true,
		   "The operator lets the server send «Chaincheck Test "
		   "Intermediate» behind its own certificate", NULL);
	add_elsewhere(report, finding, "nginx", "With nginx:",
		      "# in the server block: ssl_certificate fullchain.pem;\n"
		      "nginx -t && nginx -s reload");
	add_elsewhere(report, finding, "postfix", "With Postfix:",
		      "postfix reload");
}

static void make_missing_root(struct chk_report *report)
{
	struct chk_finding *finding;

	report->sentence = "www.example.test:443 is not trusted: «Chaincheck "
			   "Test Root» is missing from this client's trust "
			   "store.";
	ask_server(report, CHK_EXAMPLE_LEAF);
	present(report, CHK_EXAMPLE_INTER);
	present(report, CHK_EXAMPLE_ROOT);
	add_store(report, CHK_VERDICT_UNTRUSTED);
	report->stores[0].lacks = subject(report, CHK_EXAMPLE_ROOT, "server");
	add_path(report, CHK_VERDICT_UNTRUSTED);
	add_link(report, CHK_ROLE_LEAF,
		 subject(report, CHK_EXAMPLE_LEAF, "server"), NULL);
	add_link(report, CHK_ROLE_INTERMEDIATE,
		 subject(report, CHK_EXAMPLE_INTER, "server"), NULL);
	add_link(report, CHK_ROLE_TOP,
		 subject(report, CHK_EXAMPLE_ROOT, "server"),
		 "«Chaincheck Test Root» is self-signed and in none of the "
		 "stores that count");
	finding = add_primary(
		report, "trust.anchor-missing", CHK_PARTY_CLIENT,
		"«Chaincheck Test Root» was sent by the server itself, which "
		"proves nothing; it is missing from file:" BUNDLE);
	finding->about = subject(report, CHK_EXAMPLE_ROOT, "server");
	add_remedy(report, finding, true,
		   "Get «Chaincheck Test Root» from its CA, compare its "
		   "SHA-256 with the one below over another way than this "
		   "connection, and install it",
		   "cp root.crt /usr/local/share/ca-certificates/root.crt\n"
		   "update-ca-certificates");
	finding = add_finding(report, "chain.root-sent", CHK_SEVERITY_NOTE,
			      CHK_PARTY_SERVER,
			      "The server sends its root «Chaincheck Test "
			      "Root», which no client uses");
	finding->about = subject(report, CHK_EXAMPLE_ROOT, "server");
}

static const char *const EARLIER_KEY[] = { "earlier-key" };

static void make_same_name_other_key(struct chk_report *report)
{
	struct chk_finding *finding;

	report->sentence = "www.example.test:443 is not trusted: «Chaincheck "
			   "Test Root» is at hand with another key than the "
			   "one that signed.";
	ask_server(report, CHK_EXAMPLE_LEAF);
	present(report, CHK_EXAMPLE_INTER);
	add_store(report, CHK_VERDICT_UNTRUSTED);
	add_path(report, CHK_VERDICT_UNTRUSTED);
	add_link(report, CHK_ROLE_LEAF,
		 subject(report, CHK_EXAMPLE_LEAF, "server"), NULL);
	add_link(report, CHK_ROLE_INTERMEDIATE,
		 subject(report, CHK_EXAMPLE_INTER, "server"), NULL);
	add_link(report, CHK_ROLE_MISSING,
		 unseen("CN=Chaincheck Test Root,O=Chaincheck,C=XX"),
		 "the «Chaincheck Test Root» in " BUNDLE ":120 has another "
		 "key than the one that signed");
	finding = add_primary(
		report, "chain.issuer-key-mismatch", CHK_PARTY_CLIENT,
		"This client has a «Chaincheck Test Root», in " BUNDLE
		":120, with another key than the one that signed «Chaincheck "
		"Test Intermediate»: one of both is from another time or "
		"place");
	finding->about = subject(report, CHK_EXAMPLE_OTHER, BUNDLE ":120");
	add_remedy(report, finding, false,
		   "If the CA was made anew, have the server certificate "
		   "issued again by the «Chaincheck Test Root» that this "
		   "client has", NULL);
	finding = add_finding(
		report, "trust.anchor-missing", CHK_SEVERITY_ERROR,
		CHK_PARTY_CLIENT,
		"If this client has the root of an earlier installation, it "
		"needs the one with the key that signed");
	finding->alternative = true;
	finding->about = unseen("CN=Chaincheck Test Root,O=Chaincheck,C=XX");
	add_remedy(report, finding, false,
		   "Ask the CA for its present root and install it in place "
		   "of the old one", NULL);
	ADD(report, report->rejected, report->rejected_count,
	    (struct chk_rejected){
		    .cert = hold(report, CHK_EXAMPLE_OTHER),
		    .issued = hold(report, CHK_EXAMPLE_INTER),
		    .where = BUNDLE ":120",
		    .rule = "issuer-key-mismatch",
		    .reason = "its key did not sign «Chaincheck Test "
			      "Intermediate»",
		    .relations = EARLIER_KEY,
		    .relation_count = CHK_COUNT(EARLIER_KEY),
		    .relation = "it has this name and another key and begins "
				"on 2015-01-01, no later than «Chaincheck "
				"Test Intermediate»",
	    });
}

/* Leaf, intermediate and trusted root, the leaf with a defect or NULL. */
static void add_whole_path(struct chk_report *report,
			   enum chk_example_cert leaf, const char *defect)
{
	ask_server(report, leaf);
	present(report, CHK_EXAMPLE_INTER);
	add_store(report, defect ? CHK_VERDICT_UNTRUSTED :
				   CHK_VERDICT_TRUSTED);
	add_path(report, report->stores[0].verdict);
	add_link(report, CHK_ROLE_LEAF, subject(report, leaf, "server"),
		 defect);
	add_link(report, CHK_ROLE_INTERMEDIATE,
		 subject(report, CHK_EXAMPLE_INTER, "server"), NULL);
	add_link(report, CHK_ROLE_ANCHOR,
		 subject(report, CHK_EXAMPLE_ROOT, BUNDLE ":120"), NULL);
}

static void make_expired_leaf(struct chk_report *report)
{
	struct chk_finding *finding;

	report->sentence = "www.example.test:443 is not trusted: "
			   "«www.example.test» has expired.";
	add_whole_path(report, CHK_EXAMPLE_EXPIRED,
		       "«www.example.test» expired 31 days before "
		       "2026-04-01T00:00:00Z, at 2026-03-01T00:00:00Z");
	finding = add_primary(report, "cert.expired", CHK_PARTY_SERVER,
			      "«www.example.test» expired 31 days ago, and "
			      "no other path avoids it");
	finding->about = subject(report, CHK_EXAMPLE_EXPIRED, "server");
	add_remedy(report, finding, true,
		   "The operator renews «www.example.test» and has the server "
		   "load the new one", NULL);
	add_remedy(report, finding, true, "With nginx, after the renewal:",
		   "nginx -t && nginx -s reload");
}

static void make_wrong_name(struct chk_report *report)
{
	struct chk_finding *finding;

	report->sentence = "shop.example.test:443 is not trusted: "
			   "«www.example.test» is not for "
			   "shop.example.test.";
	add_whole_path(report, CHK_EXAMPLE_LEAF,
		       "«www.example.test» is for www.example.test");
	report->target = "shop.example.test:443";
	finding = add_primary(report, "name.mismatch", CHK_PARTY_SERVER,
			      "Asked for shop.example.test; the certificate "
			      "is for www.example.test");
	finding->about = subject(report, CHK_EXAMPLE_LEAF, "server");
	add_evidence(report, finding, "asked for", "shop.example.test");
	add_evidence(report, finding, "names", "DNS:www.example.test");
	add_remedy(report, finding, true,
		   "The operator has a certificate issued whose "
		   "subjectAltName has shop.example.test", NULL);
	add_remedy(report, finding, false,
		   "Or use a name that the certificate has, if it is the "
		   "server you mean", NULL);
}

static void make_trusted(struct chk_report *report)
{
	report->verdict = CHK_VERDICT_TRUSTED;
	report->sentence = "www.example.test:443 is trusted: its path ends in "
			   "«Chaincheck Test Root» of file:" BUNDLE ".";
	add_whole_path(report, CHK_EXAMPLE_LEAF, NULL);
	report->stores[0].anchor = hold(report, CHK_EXAMPLE_ROOT);
	report->until = (struct chk_until){
		.cert = hold(report, CHK_EXAMPLE_LEAF),
		.role = CHK_ROLE_LEAF,
		.at = 1798761600, /* 2027-01-01T00:00:00Z */
	};
	report->stores[0].until = report->until;
}

static void make_trusted_with_warnings(struct chk_report *report)
{
	struct chk_finding *finding;

	make_trusted(report);
	present(report, CHK_EXAMPLE_OTHER);
	finding = add_finding(report, "chain.unrelated", CHK_SEVERITY_WARNING,
			      CHK_PARTY_SERVER,
			      "The third certificate that was sent, "
			      "«Chaincheck Test Root», is on no path from "
			      "the server's certificate");
	finding->about = subject(report, CHK_EXAMPLE_OTHER, "server");
	add_remedy(report, finding, true,
		   "Remove what is on no path from the server's certificate",
		   NULL);
	ADD(report, report->notes, report->note_count,
	    (struct chk_note){ BUNDLE ":212",
			       "base64 ends early; certificate skipped" });
}

static void make_refused(struct chk_report *report)
{
	struct chk_finding *finding;

	report->verdict = CHK_VERDICT_UNDECIDED;
	report->target = "www.example.test:8443";
	report->sentence = "www.example.test:8443 could not be judged: "
			   "nothing listens on port 8443.";
	report->handshake = (struct chk_handshake_view){
		.asked = true, .address = "192.0.2.1:8443",
		.step = "connect", .failure = "connection refused",
	};
	finding = add_primary(report, "net.refused", CHK_PARTY_SERVER,
			      "192.0.2.1:8443 refused the connection");
	add_remedy(report, finding, false,
		   "See that the server runs and listens on port 8443",
		   "ss -ltn");
}

static void make_distrusted(struct chk_report *report)
{
	struct chk_finding *finding;

	report->sentence = "www.example.test:443 is not trusted: «Chaincheck "
			   "Test Root» is in the trust store and is not "
			   "trusted for this.";
	add_whole_path(report, CHK_EXAMPLE_LEAF, NULL);
	report->paths[0].verdict = CHK_VERDICT_UNTRUSTED;
	report->paths[0].link_count = 2;
	add_link(report, CHK_ROLE_ANCHOR,
		 subject(report, CHK_EXAMPLE_ROOT, BUNDLE ":120"),
		 "«Chaincheck Test Root» is distrusted for tls-server");
	finding = add_primary(report, "trust.anchor-distrusted",
			      CHK_PARTY_CLIENT,
			      BUNDLE ":120 holds «Chaincheck Test Root» and "
			      "refuses it for tls-server");
	finding->about = subject(report, CHK_EXAMPLE_ROOT, BUNDLE ":120");
	add_remedy(report, finding, false,
		   "The operator moves to a CA that this client trusts",
		   NULL);
}

static void make_budget_spent(struct chk_report *report)
{
	make_missing_root(report);
	report->limits.steps = report->limits.max_steps;
	report->limits.spent = true;
}

/* A subject that tries to clear the screen and to turn the line around. */
static void make_hostile_subject(struct chk_report *report)
{
	struct chk_finding *finding;

	report->sentence = "www.example.test:443 is not trusted: "
			   "\033[2J\033[1;32mTRUSTED\033[0m.";
	ask_server(report, CHK_EXAMPLE_NASTY);
	add_path(report, CHK_VERDICT_UNTRUSTED);
	add_link(report, CHK_ROLE_LEAF,
		 subject(report, CHK_EXAMPLE_NASTY, "\033]0;server\a"),
		 "a defect with a\nline feed");
	add_link(report, CHK_ROLE_INTERMEDIATE,
		 subject(report, CHK_EXAMPLE_WIDE, "inter.pem\xff:1"), NULL);
	add_link(report, CHK_ROLE_MISSING,
		 unseen("CN=Fool\\, the \\+ \033[31mBA,O=Chaincheck"), NULL);
	finding = add_primary(report, "trust.issuer-unknown",
			      CHK_PARTY_CLIENT, "message\r\x9b" "2J");
	finding->about = subject(report, CHK_EXAMPLE_NASTY, "server");
	add_remedy(report, finding, false, "remedy\b\b",
		   "echo one\necho \033[2Jtwo");
	ADD(report, report->notes, report->note_count,
	    (struct chk_note){ "\033c", "note \u202e\u2066" });
}

static void make_no_path(struct chk_report *report)
{
	report->verdict = CHK_VERDICT_UNDECIDED;
	report->sentence = "www.example.test:443 could not be judged: the "
			   "reason could not be told.";
	ask_server(report, CHK_EXAMPLE_LEAF);
	present(report, CHK_EXAMPLE_INTER);
}

static const struct {
	const char *name;
	void (*make)(struct chk_report *report);
} EXAMPLES[] = {
	{ "missing-intermediate", make_missing_intermediate },
	{ "missing-root", make_missing_root },
	{ "same-name-other-key", make_same_name_other_key },
	{ "expired-leaf", make_expired_leaf },
	{ "wrong-name", make_wrong_name },
	{ "trusted", make_trusted },
	{ "trusted-with-warnings", make_trusted_with_warnings },
	{ "refused", make_refused },
	{ "distrusted-anchor", make_distrusted },
	{ "budget-spent", make_budget_spent },
	{ "hostile-subject", make_hostile_subject },
	{ "no-path", make_no_path },
};

const char *chk_example_name(size_t i)
{
	return i < CHK_COUNT(EXAMPLES) ? EXAMPLES[i].name : NULL;
}

struct chk_report *chk_example_new(const char *name)
{
	struct chk_report *report = calloc(1, sizeof(*report));

	assert_non_null(report);
	report->at = AT;
	report->version = "0.1.0";
	report->limits = (struct chk_limits){ .steps = 4, .max_steps = 10000,
					      .signatures = 2,
					      .max_signatures = 200 };
	for (size_t i = 0; i < CHK_COUNT(EXAMPLES); i++) {
		if (strcmp(name, EXAMPLES[i].name) == 0)
			EXAMPLES[i].make(report);
	}
	assert_non_null(report->sentence);
	return report;
}
