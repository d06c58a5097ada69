/*
 * tests/store/test_places.c: a root file system made up of what distributions
 * and programs have, and trees that mean harm.
 */
#include "config.h"

#include "support/test.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chaincheck/places.h>

#include "base/buffer.h"
#include "support/made.h"
#include "support/scratch.h"

/* Where stores are put, as facts about systems have it; format by content. */
static const struct {
	const char *path, *format, *reader;
} STORES[] = {
	{ "/etc/ssl/certs/ca-certificates.crt", "pem", "system bundle" },
	{ "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "pem",
	  "system bundle" },
	{ "/var/lib/ca-certificates/ca-bundle.pem", "pem", "system bundle" },
	{ "/etc/ca-certificates/extracted/tls-ca-bundle.pem", "pem",
	  "system bundle" },
	{ "/opt/etc/ssl/certs/ca-certificates.crt", "pem", "system bundle" },
	{ "/data/data/com.termux/files/usr/etc/tls/cert.pem", "pem",
	  "system bundle" },
	{ "/usr/local/share/certs/ca-root-nss.crt", "pem", "system bundle" },
	{ "/etc/pki/tls/cacert.pem", "pem", "system bundle" },
	{ "/etc/ssl/certs/java/cacerts", "jks", "Java" },
	{ "/usr/lib/jvm/java-8/jre/lib/security/cacerts", "jks", "Java 8" },
	{ "/usr/lib/jvm/java-21/lib/security/cacerts", "pkcs12", "Java" },
	{ "/usr/lib/jvm/java-21/lib/security/jssecacerts", "jks", "Java" },
	{ "/opt/idea/jbr/lib/security/cacerts", "jks", "Java" },
	{ "/home/anna/.mozilla/firefox/x.default/cert9.db", "nss", "Firefox" },
	{ "/home/anna/.pki/nssdb/cert9.db", "nss", "Chromium" },
	{ "/home/anna/snap/firefox/common/.mozilla/firefox/y/cert9.db", "nss",
	  "Firefox profile (snap)" },
	{ "/home/anna/.thunderbird/z/cert9.db", "nss", "Thunderbird" },
	{ "/root/.local/share/pki/nssdb/cert9.db", "nss", "Chromium" },
	{ "/etc/pki/nssdb/cert9.db", "nss", "NSS of the system" },
	{ "/srv/pg/.postgresql/root.crt", "pem", "PostgreSQL" },
	{ "/usr/lib/python3/dist-packages/certifi/cacert.pem", "pem",
	  "certifi" },
	{ "/home/anna/venv/lib/python3.11/site-packages/pip/_vendor/certifi/"
	  "cacert.pem", "pem", "pip" },
	{ "/usr/lib/python3/dist-packages/botocore/cacert.pem", "pem", "AWS" },
	{ "/usr/lib/python3/dist-packages/httplib2/cacerts.txt", "pem",
	  "httplib2" },
	{ "/usr/share/perl5/Mozilla/CA/cacert.pem", "pem", "Mozilla::CA" },
	{ "/opt/conda/ssl/cacert.pem", "pem", "conda" },
	{ "/etc/docker/certs.d/hub.corp.test:5000/ca.crt", "pem", "Docker" },
	{ "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt", "pem",
	  "Kubernetes" },
	{ "/home/anna/.dotnet/corefx/cryptography/x509stores/root/A.pfx",
	  "pkcs12", ".NET" },
	/* Found by content alone. */
	{ "/srv/app/trust-anchors", "pem", "" },
	{ "/srv/app/data.bin", "jks", "" },
};

#define CERTS 4
static char *bundle; /* PEM of CERTS authorities */
static char *one;

static void make_parents(const char *path)
{
	char room[PATH_MAX];

	snprintf(room, sizeof(room), "%s", path);
	for (char *p = room + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		(void)mkdir(scratch_path(room), 0755);
		*p = '/';
	}
}

/* A file called `path` below the tree `root`. */
static void put(const char *root, const char *path, const char *data,
		size_t size)
{
	char name[PATH_MAX];

	snprintf(name, sizeof(name), "%s%s", root, path);
	make_parents(name);
	scratch_write(name, data, size);
}

static void put_store(const char *root, const char *path, const char *format)
{
	static const char JKS[] = "\xfe\xed\xfe\xed\0\0\0\2\0\0\0\0";
	static const char P12[] = "\x30\x82\x01\x00\x02\x01\x03\x30\x80";
	static const char DATABASE[] = "SQLite format 3";
	char data[512] = "";

	if (strcmp(format, "pem") == 0) {
		put(root, path, bundle, strlen(bundle));
		return;
	}
	if (strcmp(format, "jks") == 0)
		memcpy(data, JKS, sizeof(JKS));
	else if (strcmp(format, "nss") == 0)
		memcpy(data, DATABASE, sizeof(DATABASE));
	else
		memcpy(data, P12, sizeof(P12));
	put(root, path, data, sizeof(data));
}

static int begin(void **state)
{
	struct chk_buffer all = { 0 };

	if (scratch_begin(state) < 0)
		return -1;
	for (int i = 0; i < CERTS; i++) {
		char name[16];
		struct recipe recipe = { .subject = name, .key = i,
					 .issuer_key = i, .ca = true };
		struct chk_cert *cert;
		char *pem;

		snprintf(name, sizeof(name), "Root %d", i);
		cert = make_cert(&recipe);
		pem = pem_of(cert);
		chk_buffer_text(&all, pem);
		if (i == 0)
			one = pem;
		else
			free(pem);
		chk_cert_unref(cert);
	}
	bundle = chk_buffer_steal(&all);
	return bundle ? 0 : -1;
}

static int end(void **state)
{
	free(bundle);
	free(one);
	forget_keys();
	return scratch_end(state);
}

static struct chk_places *find(const char *root, const char *in)
{
	struct chk_places_options options = {
		.root = scratch_full_path(root), .in = in,
	};
	struct chk_places *places;
	struct chk_error error;

	if (!chk_places_find(&options, &places, &error))
		fail_msg("%s: %s", error.where, error.what);
	return places;
}

static const struct chk_store_place *place_called(
	const struct chk_places *places, const char *name)
{
	const struct chk_store_place *found = NULL;

	for (size_t i = 0; i < chk_places_count(places); i++) {
		const struct chk_store_place *place = chk_places_get(places, i);

		for (size_t j = 0; j < place->name_count; j++) {
			if (strcmp(place->names[j], name) != 0)
				continue;
			assert_null(found);
			found = place;
		}
	}
	return found;
}

static bool has_reader(const struct chk_store_place *place, const char *name)
{
	for (size_t i = 0; i < place->reader_count; i++)
		if (strstr(place->readers[i].name, name))
			return true;
	return !*name && !place->reader_count;
}

static void all_stores_of_a_root_are_found_once(void **state)
{
	static const char PASSWD[] =
		"root:x:0:0::/root:/bin/sh\npg:x:99:99::/srv/pg/:/bin/sh\n"
		"broken\nnobody:x:65534:65534::/nonexistent:/bin/false\n";
	struct chk_places *places;

	put("root", "/etc/passwd", PASSWD, sizeof(PASSWD) - 1);
	for (size_t i = 0; i < CHK_COUNT(STORES); i++)
		put_store("root", STORES[i].path, STORES[i].format);
	/* What is near and none: a chain, a lone certificate, a page. */
	put("root", "/etc/ssl/private/server.pem", one, strlen(one));
	put("root", "/srv/www/index.html", bundle, strlen(bundle));
	put("root", "/srv/app/empty.pem", "", 0);
	places = find("root", NULL);
	for (size_t i = 0; i < CHK_COUNT(STORES); i++) {
		const struct chk_store_place *place =
			place_called(places, STORES[i].path);

		if (!place)
			fail_msg("%s was not found", STORES[i].path);
		assert_string_equal(place->format, STORES[i].format);
		assert_int_equal(place->known, *STORES[i].reader != '\0');
		if (!has_reader(place, STORES[i].reader))
			fail_msg("%s: %s", STORES[i].path, STORES[i].reader);
	}
	/* The directories that OpenSSL reads are places of their own. */
	assert_non_null(place_called(places, "/etc/ssl/certs"));
	assert_null(place_called(places, "/etc/ssl/private/server.pem"));
	assert_int_equal(chk_places_note_count(places), 0);
	chk_places_free(places);
}

static void known_places_come_first_and_the_system_before_all(void **state)
{
	struct chk_places *places = find("root", NULL);
	const struct chk_store_place *first = chk_places_get(places, 0);
	bool known = true;

	assert_string_equal(first->path, "/etc/ssl/certs/ca-certificates.crt");
	assert_string_equal(first->readers[0].kind, "system");
	for (size_t i = 0; i < chk_places_count(places); i++) {
		const struct chk_store_place *place = chk_places_get(places, i);

		assert_true(known || !place->known);
		known = place->known;
	}
	chk_places_free(places);
}

static void a_spec_names_the_real_file(void **state)
{
	struct chk_places *places = find("root", NULL);
	const struct chk_store_place *place;
	char expected[PATH_MAX];

	place = place_called(places, "/etc/pki/nssdb/cert9.db");
	snprintf(expected, sizeof(expected), "nss:%s/etc/pki/nssdb",
		 scratch_full_path("root"));
	assert_string_equal(place->spec, expected);
	place = place_called(places, STORES[0].path);
	snprintf(expected, sizeof(expected), "file:%s%s",
		 scratch_full_path("root"), STORES[0].path);
	assert_string_equal(place->spec, expected);
	assert_int_equal(place->size, strlen(bundle));
	chk_places_free(places);
}

static void links_and_hard_links_are_names_of_one_place(void **state)
{
	const struct chk_store_place *place;
	struct chk_places *places;

	put_store("links", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
		  "pem");
	assert_int_equal(scratch_run(
		"cd links && mkdir -p etc/pki/tls/certs etc/ssl srv/x && "
		"ln -s /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem "
		"etc/pki/tls/certs/ca-bundle.crt && "
		"ln -s ../pki/tls/certs/ca-bundle.crt etc/ssl/cert.pem && "
		"ln etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem "
		"srv/x/hard && ln -s /etc srv/etc && "
		"ln -s ../../etc/ssl/cert.pem srv/x/soft.pem"), 0);
	places = find("links", NULL);
	place = place_called(places, "/etc/ssl/cert.pem");
	assert_non_null(place);
	assert_ptr_equal(place, place_called(places, "/srv/x/hard"));
	assert_ptr_equal(place, place_called(places, "/srv/x/soft.pem"));
	assert_int_equal(place->name_count, 5);
	assert_true(has_reader(place, "Alpine"));
	assert_true(has_reader(place, "RHEL"));
	chk_places_free(places);
	/* A link out of the folder, not out of the root. */
	places = find("links", "/srv/x");
	assert_int_equal(chk_places_count(places), 1);
	assert_int_equal(chk_places_get(places, 0)->name_count, 2);
	chk_places_free(places);
}

static void no_link_leads_out_of_the_root(void **state)
{
	struct chk_places *places;

	put_store("outside", "/etc/ssl/certs/ca-certificates.crt", "pem");
	put_store("outside", "/roots.pem", "pem");
	assert_int_equal(scratch_run(
		"mkdir -p jail/etc/ssl/certs jail/srv && cd jail && "
		"ln -s \"$PWD/../outside/roots.pem\" srv/absolute.pem && "
		"ln -s ../../outside/roots.pem srv/relative.pem && "
		"ln -s ../../../../../../../../../../etc/ssl/certs "
		"srv/certs.pem && ln -s \"$PWD/../outside\" srv/dir && "
		"ln -s ../../../../outside/etc/ssl/certs/ca-certificates.crt "
		"etc/ssl/certs/ca-certificates.crt && "
		"ln -s . srv/self.pem && ln -s loop.pem srv/loop.pem"), 0);
	places = find("jail", NULL);
	for (size_t i = 0; i < chk_places_count(places); i++)
		assert_null(strstr(chk_places_get(places, i)->real_path,
				   "outside"));
	/* The dangling link of a known place is told. */
	assert_int_equal(chk_places_note_count(places), 1);
	assert_string_equal(chk_places_note(places, 0)->where,
			    "/etc/ssl/certs/ca-certificates.crt");
	assert_string_equal(chk_places_note(places, 0)->what,
			    "the link leads to nothing");
	chk_places_free(places);
}

static void a_directory_of_hashed_links_is_one_store(void **state)
{
	const struct chk_store_place *place;
	struct chk_places *places;

	for (int i = 0; i < 4; i++) {
		char path[64];

		snprintf(path, sizeof(path), "/srv/capath/%d.pem", i);
		put("hashes", path, one, strlen(one));
	}
	assert_int_equal(scratch_run(
		"cd hashes/srv/capath && ln -s 0.pem 11111111.0 && "
		"ln -s 1.pem 11111111.1 && ln -s 2.pem 2222abcd.0"), 0);
	places = find("hashes", NULL);
	assert_int_equal(chk_places_count(places), 1);
	place = chk_places_get(places, 0);
	assert_string_equal(place->path, "/srv/capath");
	assert_true(place->directory);
	assert_string_equal(place->format, "directory");
	chk_places_free(places);
}

static void what_could_never_end_is_not_opened(void **state)
{
	struct chk_places *places;

	put_store("special", "/srv/good.pem", "pem");
	assert_int_equal(scratch_run(
		"cd special && mkdir -p etc/ssl srv && mkfifo srv/fifo.pem && "
		"mkfifo etc/ssl/cert.pem && "
		"truncate -s 4G srv/sparse.pem"), 0);
	if (geteuid() == 0)
		(void)!scratch_run("cd special && mknod srv/zero.pem c 1 5");
	places = find("special", NULL);
	assert_int_equal(chk_places_count(places), 1);
	assert_string_equal(chk_places_get(places, 0)->path, "/srv/good.pem");
	assert_int_equal(chk_places_figures(places).heads, 1);
	assert_int_equal(chk_places_note_count(places), 1);
	assert_string_equal(chk_places_note(places, 0)->where,
			    "/etc/ssl/cert.pem");
	chk_places_free(places);
}

static void a_root_that_is_not_there_is_an_error(void **state)
{
	struct chk_places_options options = { .root = "/nonexistent" };
	struct chk_places *places;
	struct chk_error error;

	assert_false(chk_places_find(&options, &places, &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	assert_null(places);
	options = (struct chk_places_options){
		.root = scratch_full_path("root"), .in = "/none",
	};
	assert_false(chk_places_find(&options, &places, &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	options.in = "/etc/passwd";
	assert_false(chk_places_find(&options, &places, &error));
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
}

static void bounds_are_told(void **state)
{
	struct chk_places_options options = {
		.root = scratch_full_path("root"), .max = 3,
	};
	struct chk_places *places;
	struct chk_error error;

	assert_true(chk_places_find(&options, &places, &error));
	assert_int_equal(chk_places_count(places), 3);
	assert_int_equal(chk_places_note_count(places), 1);
	chk_places_free(places);
	options.max = 0;
	options.max_files = 2;
	assert_true(chk_places_find(&options, &places, &error));
	assert_non_null(strstr(chk_places_note(places, 0)->what,
			       "too many files"));
	chk_places_free(places);
}

/* kB; sanitizers keep what was freed, and shadow what was not. */
#ifdef __SANITIZE_ADDRESS__
#define PEAK_MAX LONG_MAX
#else
#define PEAK_MAX (64 * 1024)
#endif

/* kB at most so far; 0: the kernel does not say. */
static long peak_memory(void)
{
	FILE *file = fopen("/proc/self/status", "r");
	char line[128];
	long peak = 0;

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "VmHWM: %ld kB", &peak) == 1)
			break;
	if (file)
		fclose(file);
	return peak;
}

static void make_files(long count)
{
	char text[256], path[64];

	memset(text, 'x', sizeof(text));
	for (long i = 0; i < count; i++) {
		int fd;

		snprintf(path, sizeof(path), "many/%03ld", i / 500);
		if (i % 500 == 0)
			scratch_mkdir(path);
		snprintf(path, sizeof(path), "many/%03ld/%ld", i / 500,
			 i % 500);
		fd = open(scratch_path(path), O_WRONLY | O_CREAT, 0600);
		assert_true(fd >= 0);
		assert_int_equal(write(fd, text, sizeof(text)), sizeof(text));
		close(fd);
	}
}

static uint64_t told;

static void count_calls(void *context, uint64_t files, const char *path)
{
	assert_ptr_equal(context, &told);
	assert_non_null(path);
	told++;
}

/* CHAINCHECK_MANY_FILES=200000 is the size that the bound is stated for. */
static void many_files_take_little_memory_and_are_read_once(void **state)
{
	const char *wanted = getenv("CHAINCHECK_MANY_FILES");
	long count = wanted ? atol(wanted) : 20000;
	struct chk_places_options options = {
		.progress = count_calls, .context = &told,
	};
	struct chk_places *places;
	struct chk_error error;

	scratch_mkdir("many");
	make_files(count);
	/* Names that lead to one file make it no more than one. */
	assert_int_equal(scratch_run("cd many && ln 000/1 hard && "
				     "ln -s 000/2 soft.pem && "
				     "ln -s 000/2 soft2.pem"), 0);
	options.root = scratch_full_path("many");
	assert_true(chk_places_find(&options, &places, &error));
	assert_int_equal(chk_places_figures(places).heads, count);
	assert_int_equal(chk_places_figures(places).files, count + 3);
	assert_int_equal(chk_places_count(places), 0);
	assert_true(told > 0);
	chk_places_free(places);
	assert_in_range(peak_memory(), 0, PEAK_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_stores_of_a_root_are_found_once),
		cmocka_unit_test(
			known_places_come_first_and_the_system_before_all),
		cmocka_unit_test(a_spec_names_the_real_file),
		cmocka_unit_test(links_and_hard_links_are_names_of_one_place),
		cmocka_unit_test(no_link_leads_out_of_the_root),
		cmocka_unit_test(a_directory_of_hashed_links_is_one_store),
		cmocka_unit_test(what_could_never_end_is_not_opened),
		cmocka_unit_test(a_root_that_is_not_there_is_an_error),
		cmocka_unit_test(bounds_are_told),
		cmocka_unit_test(
			many_files_take_little_memory_and_are_read_once),
	};

	return cmocka_run_group_tests_name("store/places", tests, begin, end);
}
