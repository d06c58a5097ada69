/*
 * tests/bench/corpus.c: many certificates in one PEM file, each judged by
 * itself and each with something to tell, beside programs that read them too.
 *
 * bench/corpus CHAINCHECK FOLDER
 * bench/corpus make NUMBER FILE
 */
#include <string.h>
#include <unistd.h>

#include <gnutls/crypto.h>

#include "bench/command.h"
#include "bench/issue.h"
#include "cert/cert.h"

#define ISSUED 500    /* by GnuTLS; the others differ in their serial number */
#define FEW 20000
#define MANY 200000
#define ROUNDS 3      /* of 20,000: certtool takes its time */
#define TURNS 7       /* of one thread beside two */
#define MOST_MIB 256

struct issued {
	struct chk_bytes der;
	uint8_t *serial; /* its last two bytes, within */
};

/* Names of their own, each as long as those that CAs give. */
static void issue(struct issued *issued, size_t number,
		  gnutls_x509_privkey_t key, gnutls_x509_privkey_t ca)
{
	struct chk_cert *cert;
	union { const uint8_t *in; uint8_t *out; } bytes;
	char name[64];
	size_t at;

	snprintf(name, sizeof(name), "host-%06zu.services.example.test",
		 number);
	issued->der = bench_issue(&(struct bench_recipe){
		name, "Bench Intermediate CA 1", key, ca, .ca = false });
	BENCH_CHECK(chk_cert_parse(issued->der, &cert, NULL));
	at = (size_t)(chk_cert_serial(cert).data - chk_cert_der(cert).data) +
	     chk_cert_serial(cert).size - 2;
	bytes.in = issued->der.data + at;
	issued->serial = bytes.out;
	chk_cert_unref(cert);
}

static void write_pem(FILE *file, struct chk_bytes der)
{
	const gnutls_datum_t in = bench_datum(der);
	gnutls_datum_t out;

	BENCH_CHECK(gnutls_pem_base64_encode2("CERTIFICATE", &in, &out) >= 0);
	BENCH_CHECK(fwrite(out.data, 1, out.size, file) == out.size);
	gnutls_free(out.data);
}

/* Nobody here looks at the signatures, which the serial numbers spoil. */
static void make(size_t number, const char *path)
{
	static struct issued issued[ISSUED];
	gnutls_x509_privkey_t key = bench_key(GNUTLS_PK_ECDSA);
	gnutls_x509_privkey_t ca = bench_key(GNUTLS_PK_ECDSA);
	FILE *file = fopen(path, "w");

	BENCH_CHECK(file && number / ISSUED <= UINT16_MAX);
	for (size_t i = 0; i < ISSUED; i++)
		issue(&issued[i], i, key, ca);
	for (size_t i = 0; i < number; i++) {
		struct issued *next = &issued[i % ISSUED];

		next->serial[0] = (uint8_t)(i / ISSUED >> 8);
		next->serial[1] = (uint8_t)(i / ISSUED);
		write_pem(file, next->der);
	}
	BENCH_CHECK(fclose(file) == 0);
	for (size_t i = 0; i < ISSUED; i++)
		bench_bytes_free(issued[i].der);
	gnutls_x509_privkey_deinit(key);
	gnutls_x509_privkey_deinit(ca);
}

static void tell(const char *name, const struct bench_side *side,
		 size_t rounds)
{
	printf("%-58s %6.0f ms, %5.1f MiB at the peak\n", name,
	       bench_median(side->seconds, rounds) * 1e3,
	       (double)side->peak_kib / 1024);
}

static int race_others(const char *chaincheck, const char *path)
{
	struct bench_side ours = { 0 }, openssl = { 0 }, certtool = { 0 };
	const char *a[] = { chaincheck, "audit", "--each", "-w", "30", path,
			    NULL };
	const char *b[] = { "openssl", "storeutl", "-noout", "-certs", path,
			    NULL };
	const char *c[] = { "certtool", "-i", "--infile", path, NULL };
	int missed;

	for (size_t i = 0; i < ROUNDS; i++) {
		bench_run(&ours, a, i);
		bench_run(&openssl, b, i);
		bench_run(&certtool, c, i);
	}
	tell("chaincheck audit --each, 20,000 with a finding each", &ours,
	     ROUNDS);
	tell("openssl storeutl -noout -certs", &openssl, ROUNDS);
	tell("certtool -i", &certtool, ROUNDS);
	missed = bench_tell("20,000 certificates, certtool / chaincheck",
			    bench_ratio(&certtool, &ours, ROUNDS),
			    BENCH_AT_LEAST, 10);
	return missed + bench_tell("20,000 certificates, openssl / chaincheck",
				   bench_ratio(&openssl, &ours, ROUNDS),
				   BENCH_AT_LEAST, 5);
}

static int race_threads(const char *chaincheck, const char *path)
{
	struct bench_side one = { 0 }, two = { 0 };
	const char *a[] = { chaincheck, "audit", "--each", "-w", "30", "-j",
			    "1", path, NULL };
	const char *b[] = { chaincheck, "audit", "--each", "-w", "30", "-j",
			    "2", path, NULL };
	int missed = 0;

	for (size_t i = 0; i < TURNS; i++) {
		bench_run(&one, a, i);
		bench_run(&two, b, i);
	}
	tell("chaincheck audit --each, 200,000, one thread", &one, TURNS);
	tell("... two threads", &two, TURNS);
	missed += bench_tell_that("200,000 certificates in under 256 MiB",
				  one.peak_kib < MOST_MIB * 1024 &&
				  two.peak_kib < MOST_MIB * 1024);
	if (sysconf(_SC_NPROCESSORS_ONLN) > 1)
		missed += bench_tell("200,000 certificates, one thread / two",
				     bench_ratio(&one, &two, TURNS),
				     BENCH_AT_LEAST, 1.7);
	return missed;
}

int main(int argc, char **argv)
{
	char path[4096];
	int missed;

	if (argc == 4 && strcmp(argv[1], "make") == 0) {
		make(strtoul(argv[2], NULL, 10), argv[3]);
		return 0;
	}
	if (argc != 3)
		return 2;
	snprintf(path, sizeof(path), "%s/corpus.pem", argv[2]);
	make(FEW, path);
	missed = race_others(argv[1], path);
	make(MANY, path);
	missed += race_threads(argv[1], path);
	unlink(path);
	return missed > 0;
}
