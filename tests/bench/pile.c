/* tests/bench/pile.c: many certificates where few would do. */
#include "bench/pile.h"

#include "bench/bench.h"
#include "bench/issue.h"

/* A name and its key. */
struct entity {
	char name[24];
	gnutls_x509_privkey_t key;
};

static struct entity make_entity(const char *name, size_t number)
{
	struct entity made = { .key = bench_key(GNUTLS_PK_ECDSA) };

	snprintf(made.name, sizeof(made.name), "%s %zu", name, number);
	return made;
}

static void free_entities(struct entity *entities, size_t count)
{
	for (size_t i = 0; i < count; i++)
		gnutls_x509_privkey_deinit(entities[i].key);
	free(entities);
}

static struct entity *make_entities(const char *name, size_t count, bool same)
{
	struct entity *made = calloc(count, sizeof(*made));

	BENCH_CHECK(made);
	for (size_t i = 0; i < count; i++)
		made[i] = make_entity(name, same ? 0 : i);
	return made;
}

static struct chk_bytes issue(const struct entity *subject,
			      const struct entity *issuer, bool ca, bool silent)
{
	return bench_issue(&(struct bench_recipe){
		.subject = subject->name, .key = subject->key,
		.issuer = issuer->name, .issuer_key = issuer->key,
		.ca = ca, .no_key_ids = silent,
	});
}

static struct bench_input *make_input(size_t sent, size_t trusted)
{
	struct bench_input *input = calloc(1, sizeof(*input));

	BENCH_CHECK(input);
	input->sent = calloc(sent, sizeof(*input->sent));
	input->trusted = calloc(trusted, sizeof(*input->trusted));
	BENCH_CHECK(input->sent && input->trusted);
	return input;
}

static void send(struct bench_input *input, struct chk_bytes cert)
{
	input->sent[input->sent_count++] = cert;
}

static void trust(struct bench_input *input, struct chk_bytes cert)
{
	input->trusted[input->trusted_count++] = cert;
}

/* All CAs have one name, and each its key. */
static struct bench_input *pile_candidates(size_t count, bool sent,
					   bool silent)
{
	struct bench_input *input = make_input(1 + count, 1 + count);
	struct entity *cas = make_entities("CA", count, true);
	struct entity leaf = make_entity("Leaf", 0);
	struct entity root = make_entity("Root", 0);

	send(input, issue(&leaf, &cas[count / 2], false, silent));
	for (size_t i = 0; i < count; i++) {
		struct chk_bytes ca = issue(&cas[i], &root, true, silent);

		if (sent)
			send(input, ca);
		else
			trust(input, ca);
	}
	trust(input, issue(&root, &root, true, silent));
	gnutls_x509_privkey_deinit(leaf.key);
	gnutls_x509_privkey_deinit(root.key);
	free_entities(cas, count);
	return input;
}

/* The chain's root is the last one. */
static struct bench_input *pile_roots(size_t count)
{
	struct bench_input *input = make_input(2, count);
	struct entity *roots = make_entities("Root", count, false);
	struct entity leaf = make_entity("Leaf", 0);
	struct entity ca = make_entity("CA", 0);

	send(input, issue(&leaf, &ca, false, false));
	send(input, issue(&ca, &roots[count - 1], true, false));
	for (size_t i = 0; i < count; i++)
		trust(input, issue(&roots[i], &roots[i], true, false));
	gnutls_x509_privkey_deinit(leaf.key);
	gnutls_x509_privkey_deinit(ca.key);
	free_entities(roots, count);
	return input;
}

static struct bench_input *pile_cross_signed(size_t count)
{
	struct bench_input *input = make_input(1 + count * count, 1);
	struct entity *cas = make_entities("CA", count, false);
	struct entity leaf = make_entity("Leaf", 0);

	send(input, issue(&leaf, &cas[0], false, false));
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			if (i != j)
				send(input, issue(&cas[i], &cas[j], true,
						  false));
		}
	}
	gnutls_x509_privkey_deinit(leaf.key);
	free_entities(cas, count);
	return input;
}

struct bench_input *bench_pile(enum bench_pile_kind kind, size_t count)
{
	switch (kind) {
	case BENCH_SENT_TOLD:
	case BENCH_SENT_SILENT:
		return pile_candidates(count, true, kind == BENCH_SENT_SILENT);
	case BENCH_TRUSTED_TOLD:
	case BENCH_TRUSTED_SILENT:
		return pile_candidates(count, false,
				       kind == BENCH_TRUSTED_SILENT);
	case BENCH_ROOTS:
		return pile_roots(count);
	case BENCH_CROSS_SIGNED:
		break;
	}
	return pile_cross_signed(count);
}

static void free_certs(struct chk_bytes *certs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		bench_bytes_free(certs[i]);
	free(certs);
}

void bench_pile_free(struct bench_input *input)
{
	free_certs(input->sent, input->sent_count);
	free_certs(input->trusted, input->trusted_count);
	free(input);
}
