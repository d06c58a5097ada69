/* lib/diagnosis/remedy.c: the rows of the table that fit, filled in. */
#include "diagnosis/remedy.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "diagnosis/cause_words.h"
#include "diagnosis/proof.h"
#include "diagnosis/words.h"
#include "fetch/tls_names.h"

static const struct chk_remedy_row ROWS[] = {
#include "data/remedies.inc"
};

static const char *const PLACES[] = {
	[CHK_PLACE_NONE] = "none",     [CHK_PLACE_DEBIAN] = "debian",
	[CHK_PLACE_FEDORA] = "fedora", [CHK_PLACE_SUSE] = "suse",
	[CHK_PLACE_ARCH] = "arch",     [CHK_PLACE_ALPINE] = "alpine",
};

/*
 * Places that are not known to be the one: which server it is, what runs in an
 * image, and which program is asked about cannot be seen from here.
 */
static const char *const ELSEWHERE[] = {
	"nginx", "apache", "haproxy", "tomcat", "postfix", "dovecot", "envoy",
	"iis", "aws", "gcp", "azure", "docker-debian", "docker-alpine",
	"docker-rhel", "kubernetes", "node", "python", "java", "curl",
	"openssl", "gnutls", "go",
};

/* Whose places come behind the rows of a key. */
static const struct {
	const char *key, *places;
} SHARED[] = {
	{ "chain.intermediate-missing", "chain.intermediate-missing/send" },
	{ "chain.intermediate-missing/not-at-hand",
	  "chain.intermediate-missing/send" },
	{ "chain.issuer-key-mismatch/server",
	  "chain.intermediate-missing/send" },
	{ "trust.anchor-missing", "trust.anchor-missing/install" },
	{ "trust.anchor-missing/elsewhere", "trust.anchor-missing/install" },
	{ "trust.anchor-missing/fetched", "trust.anchor-missing/install" },
	{ "trust.anchor-missing/not-at-hand", "trust.anchor-missing/install" },
	{ "trust.anchor-missing/sent", "trust.anchor-missing/install" },
	{ "trust.issuer-unknown", "trust.anchor-missing/install" },
};

/* Kinds of store; what is none of them is the system's. */
static const struct {
	const char *place;
	const char *scheme; /* of the spec, where nothing was read */
	const char *format; /* of chk_store_format */
} STORES[] = {
	{ "file", "file", "pem" },
	{ "file", "file", "der" },
	{ "file", "file", "pkcs7" },
	{ "dir", "dir", "directory" },
	{ "pkcs11", "pkcs11", "pkcs11" },
	{ "cacerts", "java", NULL }, /* see place_of */
	{ "keystore", "jks", "jks" },
	{ "keystore", "jks", "jceks" },
	{ "keystore", "p12", "pkcs12" },
	{ "nss", "nss", "nss" },
	{ "pid", "pid", "process" },
	/* It cannot be written to: no row is for it. */
	{ "nss-module", "nss-module", "nss-module" },
};

size_t chk_remedy_row_count(void)
{
	return CHK_COUNT(ROWS);
}

const struct chk_remedy_row *chk_remedy_row(size_t i)
{
	return i < CHK_COUNT(ROWS) ? &ROWS[i] : NULL;
}

static bool is_scheme(const char *spec, const char *scheme)
{
	size_t size = strlen(scheme);

	return strncmp(spec, scheme, size) == 0 && spec[size] == ':';
}

/* NULL: the system's own, which a process may well read. */
static const char *place_of(const struct chk_store *store)
{
	if (store->of_system)
		return NULL;
	if (store->file)
		return "cacerts";
	for (size_t i = 0; i < CHK_COUNT(STORES); i++) {
		if (store->format && STORES[i].format ?
		    strcmp(store->format, STORES[i].format) == 0 :
		    is_scheme(store->spec, STORES[i].scheme))
			return STORES[i].place;
	}
	return NULL;
}

/* The first of those that count that is of this kind; NULL: none is. */
static const struct chk_store *find_store(const struct chk_question *question,
					  const char *place)
{
	for (size_t i = 0; i < question->store_count; i++) {
		const char *here = place_of(question->stores[i]);

		if (here && strcmp(here, place) == 0)
			return question->stores[i];
	}
	return NULL;
}

static bool is_store(const char *place)
{
	for (size_t i = 0; i < CHK_COUNT(STORES); i++) {
		if (strcmp(STORES[i].place, place) == 0)
			return true;
	}
	return false;
}

/* A store that the system's own commands look after. */
static bool has_system_store(const struct chk_question *question)
{
	for (size_t i = 0; i < question->store_count; i++) {
		if (!place_of(question->stores[i]))
			return true;
	}
	return question->store_count == 0;
}

static bool is_listed(const char *const *list, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i], word) == 0)
			return true;
	}
	return false;
}

static bool has_row(const char *key, const char *place)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		if (strcmp(ROWS[i].key, key) == 0 &&
		    strcmp(ROWS[i].place, place) == 0)
			return true;
	}
	return false;
}

/* Runtimes of clients; their rows are the client's own. */
static bool is_of_client(const struct chk_remedy_row *row)
{
	static const char *const RUNTIMES[] = { "java", "curl", "openssl",
						"gnutls", "python", "node",
						"go" };

	return row->party == CHK_PARTY_CLIENT &&
	       strncmp(row->key, "tls.", 4) == 0 &&
	       is_listed(RUNTIMES, CHK_COUNT(RUNTIMES), row->place);
}

/* Of the client that is asked about; NULL: it is not named. */
static const char *runtime_of(const struct chk_inquiry *inquiry)
{
	const struct chk_delta *delta = inquiry->delta;

	return delta && *delta->client->runtime ? delta->client->runtime :
						  NULL;
}

static bool fits(const struct chk_inquiry *inquiry,
		 const struct chk_remedy_row *row)
{
	const struct chk_question *question = inquiry->question;
	const char *place = (size_t)question->place < CHK_COUNT(PLACES) ?
				    PLACES[question->place] : "none";

	if (strcmp(row->place, "any") == 0 || strcmp(row->place, "chain") == 0)
		return true;
	/* Of a client that is named, what is for others is left out. */
	if (is_of_client(row) && runtime_of(inquiry))
		return strcmp(row->place, runtime_of(inquiry)) == 0;
	if (is_listed(ELSEWHERE, CHK_COUNT(ELSEWHERE), row->place))
		return true;
	if (is_store(row->place))
		return find_store(question, row->place) != NULL;
	if (!has_system_store(question))
		return false;
	if (!has_row(row->key, place))
		place = "none";
	return strcmp(row->place, place) == 0;
}

/* Where the path of a store begins: "jks:/x" and "nss:sql:/x" are "/x". */
static const char *path_in(const char *spec)
{
	for (size_t i = 0; i < CHK_COUNT(STORES); i++) {
		if (!is_scheme(spec, STORES[i].scheme))
			continue;
		spec += strlen(STORES[i].scheme) + 1;
		return is_scheme(spec, "sql") ? spec + 4 : spec;
	}
	return spec;
}

/*
 * The path of the store that a row is for goes into a command where it is of
 * characters that no shell takes for anything else; a word stands there if not.
 */
static const char *safe_path(struct chk_inquiry *inquiry,
			     const struct chk_remedy_row *row)
{
	static const char SAFE[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789/._-+@";
	const struct chk_store *store = find_store(inquiry->question,
						   row->place);
	const char *path;

	if (!store)
		return "PATH";
	path = store->file ? store->file : path_in(store->spec);
	if (!*path || *path == '-' || strspn(path, SAFE) != strlen(path))
		return "PATH";
	return chk_words(&inquiry->report->arena, "%s", path);
}

static const char *known_sha256(struct chk_arena *arena,
				const struct chk_subject *about)
{
	if (!about->known)
		return "not known";
	return chk_words_hex(arena, chk_bytes_of(about->known->sha256,
						 sizeof(about->known->sha256)));
}

/* "TLSv1.2", as Java, OpenSSL and nginx spell it. */
static const char *version_word(struct chk_inquiry *inquiry)
{
	static const char *const WORDS[] = { "SSLv3", "TLSv1", "TLSv1.1",
					     "TLSv1.2", "TLSv1.3" };
	unsigned version = inquiry->delta ? inquiry->delta->version : 0;

	return version >= 0x0300 && version - 0x0300 < CHK_COUNT(WORDS) ?
		       WORDS[version - 0x0300] : "TLSv1.2";
}

/* By the name of its registry: nothing that a stranger wrote. */
static const char *needed(struct chk_inquiry *inquiry,
			  enum chk_dimension dimension)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_delta *delta = inquiry->delta;

	if (!delta)
		return "it";
	switch (dimension) {
	case CHK_DIMENSION_SUITE:
		return delta->suite ? chk_cause_suite(arena, delta->suite) :
				      "the cipher suite";
	case CHK_DIMENSION_GROUP:
		return delta->group ? chk_cause_group(arena, delta->group) :
				      "the group";
	default:
		return delta->signature ?
			       chk_cause_scheme(arena, delta->signature) :
			       "the signature scheme";
	}
}

static const char *openssl_suite(struct chk_inquiry *inquiry)
{
	const struct chk_suite *suite = inquiry->delta ?
		chk_suite_of(inquiry->delta->suite) : NULL;

	return suite && suite->openssl ? suite->openssl : "ITS_NAME";
}

/* What can be filled in; texts are escaped already. */
static const char *fill_one(struct chk_inquiry *inquiry,
			    const struct chk_finding_node *node,
			    const struct chk_remedy_row *row,
			    const char *name, size_t size)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_question *question = inquiry->question;
	const struct chk_subject *about = &node->finding.about;
	const char *key_id = about->key_id.data ?
		chk_words(arena, "key id %s",
			  chk_words_key_id(arena, about->key_id)) :
		"key id not known";
	const struct {
		const char *name, *value;
	} values[] = {
		{ "name", node->about ? chk_words_cert(arena, node->about) :
					chk_words_name(arena, node->dn) },
		{ "key_id", key_id },
		{ "subject", about->name ? about->name : "" },
		{ "sha256", node->about ?
			chk_words_sha256(arena, node->about) :
			known_sha256(arena, about) },
		{ "fingerprint", node->about ?
			chk_words_fingerprint(arena, node->about) :
			"not known" },
		{ "file", CHK_MISSING_FILE },
		{ "path", safe_path(inquiry, row) },
		{ "host", inquiry->identity.type == CHK_IDENTITY_NONE ?
				  "the name that is asked for" :
				  inquiry->host },
		{ "peer", inquiry->peer },
		{ "port", chk_words(arena, "%u", inquiry->port) },
		{ "stores", chk_words_stores(arena, question->stores,
					     question->store_count) },
		{ "until", node->about ? chk_words_when(arena,
					 node->about->not_after) : "" },
		{ "where", about->where ? about->where : "" },
		{ "version", version_word(inquiry) },
		{ "suite", needed(inquiry, CHK_DIMENSION_SUITE) },
		{ "suite_openssl", openssl_suite(inquiry) },
		{ "group", needed(inquiry, CHK_DIMENSION_GROUP) },
		{ "scheme", needed(inquiry, CHK_DIMENSION_SIGNATURE) },
	};

	for (size_t i = 0; i < CHK_COUNT(values); i++) {
		if (strlen(values[i].name) == size &&
		    strncmp(values[i].name, name, size) == 0)
			return values[i].value;
	}
	return "";
}

/* What a filler of places goes by. */
struct filling {
	struct chk_inquiry *inquiry;
	const struct chk_finding_node *node;
	const struct chk_remedy_row *row;
};

static const char *fill_place(const void *with, const char *place, size_t size)
{
	const struct filling *filling = with;

	return fill_one(filling->inquiry, filling->node, filling->row, place,
			size);
}

static const char *fill(struct chk_inquiry *inquiry,
			const struct chk_finding_node *node,
			const struct chk_remedy_row *row, const char *text)
{
	const struct filling filling = { inquiry, node, row };

	return chk_words_fill(&inquiry->report->arena, text, fill_place,
			      &filling);
}

/* How far a remedy was seen to help. */
enum proof {
	PROOF_NONE,
	PROOF_TOGETHER, /* with those of the other findings */
	PROOF_ALONE,
};

static enum proof prove(struct chk_inquiry *inquiry,
			const struct chk_change *change)
{
	if (!change)
		return PROOF_NONE;
	if (chk_proof_holds(inquiry, change))
		return PROOF_ALONE;
	return chk_proof_whole(inquiry) ? PROOF_TOGETHER : PROOF_NONE;
}

static void add_row(struct chk_inquiry *inquiry, struct chk_finding_node *node,
		    const struct chk_remedy_row *row, enum proof proof)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_remedy remedy = {
		.party = row->party,
		.place = row->place,
		.text = fill(inquiry, node, row, row->text),
		.command = *row->command ?
			fill(inquiry, node, row, row->command) : NULL,
		.proved = proof != PROOF_NONE && row->proof,
		.elsewhere = is_listed(ELSEWHERE, CHK_COUNT(ELSEWHERE),
				       row->place) &&
			     !(is_of_client(row) && runtime_of(inquiry)),
	};

	/* A row that only introduces its command goes with the one above. */
	if (remedy.proved && proof == PROOF_TOGETHER &&
	    row->text[strlen(row->text) - 1] != ':')
		remedy.text = chk_words(arena, "%s (helps together with the "
					"remedies of the other findings)",
					remedy.text);
	chk_finding_remedy(inquiry, node, &remedy);
}

/* Whoever is named first by a key; CHK_PARTY_NONE: it has no row. */
static enum chk_party first_party(const char *key)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		if (strcmp(ROWS[i].key, key) == 0)
			return ROWS[i].party;
	}
	return CHK_PARTY_NONE;
}

/* The rows of `party`, or those of everybody else. */
static void add_rows(struct chk_inquiry *inquiry, struct chk_finding_node *node,
		     const char *key, enum proof proof, enum chk_party party,
		     bool others)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		if (strcmp(ROWS[i].key, key) == 0 &&
		    (ROWS[i].party != party) == others &&
		    fits(inquiry, &ROWS[i]))
			add_row(inquiry, node, &ROWS[i], proof);
	}
}

void chk_remedies_add(struct chk_inquiry *inquiry,
		      struct chk_finding_node *node, const char *key,
		      const struct chk_change *change)
{
	enum chk_party party = first_party(key);
	enum proof proof;

	if (!node)
		return;
	proof = prove(inquiry, change);
	add_rows(inquiry, node, key, proof, party, false);
	for (size_t i = 0; i < CHK_COUNT(SHARED); i++) {
		if (strcmp(SHARED[i].key, key) == 0)
			add_rows(inquiry, node, SHARED[i].places, proof, party,
				 false);
	}
	add_rows(inquiry, node, key, proof, party, true);
}
