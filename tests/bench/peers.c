/*
 * tests/bench/peers.c: chains of every kind and length from DER to the
 * verdict, ours beside the signatures alone and beside other libraries.
 *
 * The length counts every certificate, the trusted root too: 3 is a leaf, an
 * intermediate and a root, two signatures. 1 is a leaf that is trusted itself.
 */
#include "bench/bench.h"
#include "bench/issue.h"
#include "bench/race.h"

#define LENGTH_MAX 6
#define THREADS_MAX 2

static const struct kind {
	const char *name;
	gnutls_pk_algorithm_t leaf, ca;
} KINDS[] = {
	{ "RSA-2048", GNUTLS_PK_RSA, GNUTLS_PK_RSA },
	{ "P-256", GNUTLS_PK_ECDSA, GNUTLS_PK_ECDSA },
	{ "Ed25519", GNUTLS_PK_EDDSA_ED25519, GNUTLS_PK_EDDSA_ED25519 },
	{ "P-256 by RSA-2048", GNUTLS_PK_ECDSA, GNUTLS_PK_RSA },
};

/* Ratios that must be, at a length of 3, in one thread. */
static const struct goal {
	const char *what, *kind;
	enum bench_peer_name a, b;
	enum bench_goal goal;
	double bound;
} GOALS[] = {
	{ "RSA-2048, ours / its two signatures", "RSA-2048",
	  BENCH_SEARCH, BENCH_RAW, BENCH_AT_MOST, 1.15 },
	{ "RSA-2048, GnuTLS / ours", "RSA-2048",
	  BENCH_GNUTLS, BENCH_SEARCH, BENCH_AT_LEAST, 4 },
	{ "RSA-2048, OpenSSL / ours", "RSA-2048",
	  BENCH_OPENSSL, BENCH_SEARCH, BENCH_AT_LEAST, 4 },
	{ "P-256, ours / its two signatures", "P-256",
	  BENCH_SEARCH, BENCH_RAW, BENCH_AT_MOST, 1.15 },
	{ "P-256, GnuTLS / ours", "P-256",
	  BENCH_GNUTLS, BENCH_SEARCH, BENCH_AT_LEAST, 1.6 },
	{ "P-256, OpenSSL / ours", "P-256",
	  BENCH_OPENSSL, BENCH_SEARCH, BENCH_AT_LEAST, 1.2 },
};

/* The one that is issued by the next, up to the root; the root by itself. */
static void issue_chain(const struct kind *kind, size_t length,
			struct chk_bytes *certs)
{
	gnutls_x509_privkey_t keys[LENGTH_MAX];
	char names[LENGTH_MAX][16];

	for (size_t i = 0; i < length; i++) {
		keys[i] = bench_key(i ? kind->ca : kind->leaf);
		snprintf(names[i], sizeof(names[i]), "Bench %zu", i);
	}
	for (size_t i = 0; i < length; i++) {
		size_t issuer = i + 1 < length ? i + 1 : i;

		certs[i] = bench_issue(&(struct bench_recipe){
			.subject = names[i], .issuer = names[issuer],
			.key = keys[i], .issuer_key = keys[issuer],
			.ca = i > 0,
		});
	}
	for (size_t i = 0; i < length; i++)
		gnutls_x509_privkey_deinit(keys[i]);
}

static void print_ratio(double ratio)
{
	if (ratio > 0)
		printf(" %8.2f", ratio);
	else
		printf(" %8s", "-");
}

static void print_row(const struct kind *kind, size_t length, size_t threads,
		      const struct bench_race *race)
{
	static const struct {
		enum bench_peer_name a, b;
	} COLUMNS[] = {
		{ BENCH_SEARCH, BENCH_RAW },
		{ BENCH_REPORT, BENCH_RAW },
		{ BENCH_GNUTLS, BENCH_SEARCH },
		{ BENCH_OPENSSL, BENCH_SEARCH },
		{ BENCH_MBEDTLS, BENCH_SEARCH },
	};

	printf("%-18s %6zu %7zu %9.2f", kind->name, length, threads,
	       bench_race_time(race, BENCH_SEARCH));
	for (size_t i = 0; i < CHK_COUNT(COLUMNS); i++) {
		/* There is no signature to be beside. */
		bool none = length == 1 && COLUMNS[i].b == BENCH_RAW;

		print_ratio(none ? 0 : bench_race_ratio(race, COLUMNS[i].a,
							COLUMNS[i].b));
	}
	printf("\n");
	fflush(stdout);
}

static void run_row(const struct kind *kind, size_t length, size_t threads,
		    struct bench_race *race)
{
	const struct bench_terms terms = {
		/* Those that have goals are asked longer. */
		.rounds = length == 3 && threads == 1 ? 61 : 15,
		.threads = threads, .slice = 0.003, .longest = 1,
	};
	struct chk_bytes certs[LENGTH_MAX];
	const struct bench_input input = {
		.sent = certs, .sent_count = length > 1 ? length - 1 : 1,
		.trusted = &certs[length - 1], .trusted_count = 1,
	};

	issue_chain(kind, length, certs);
	bench_race(&input, &terms, race);
	print_row(kind, length, threads, race);
	for (size_t i = 0; i < length; i++)
		bench_bytes_free(certs[i]);
}

static int tell_goals(const struct bench_race *races)
{
	int missed = 0;

	for (size_t i = 0; i < CHK_COUNT(GOALS); i++) {
		const struct goal *goal = &GOALS[i];

		for (size_t k = 0; k < CHK_COUNT(KINDS); k++) {
			double ratio = bench_race_ratio(&races[k], goal->a,
							goal->b);

			if (strcmp(KINDS[k].name, goal->kind) == 0 && ratio > 0)
				missed += bench_tell(goal->what, ratio,
						     goal->goal, goal->bound);
		}
	}
	return missed;
}

int main(void)
{
	static struct bench_race races[CHK_COUNT(KINDS)], other;

	bench_tell_absent();
	printf("%-18s %6s %7s %9s %8s %8s %8s %8s %8s\n", "", "", "", "",
	       "ours", "report", "GnuTLS", "OpenSSL", "mbedTLS");
	printf("%-18s %6s %7s %9s %8s %8s %8s %8s %8s\n", "chain", "length",
	       "threads", "ours us", "/raw", "/raw", "/ours", "/ours", "/ours");
	for (size_t kind = 0; kind < CHK_COUNT(KINDS); kind++) {
		for (size_t length = 1; length <= LENGTH_MAX; length++) {
			for (size_t threads = 1; threads <= THREADS_MAX;
			     threads++)
				run_row(&KINDS[kind], length, threads,
					length == 3 && threads == 1 ?
						&races[kind] : &other);
		}
	}
	return tell_goals(races) > 0;
}
