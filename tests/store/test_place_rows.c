/* tests/store/test_place_rows.c: lib/data/places.tsv, and who matches. */
#include "support/test.h"

#include <stdlib.h>

#include "store/place_rows.h"

static const char *const SCHEMES[] = {
	"file", "dir", "jks", "p12", "nss", "p11-kit", "nss-module",
};

static bool is_scheme(const char *scheme)
{
	for (size_t i = 0; i < CHK_COUNT(SCHEMES); i++)
		if (strcmp(SCHEMES[i], scheme) == 0)
			return true;
	return false;
}

static void every_row_is_well_formed(void **state)
{
	const struct chk_place_row *row, *other;

	for (size_t i = 0; (row = chk_place_row(i)); i++) {
		size_t size = strlen(row->pattern);
		bool begins = row->pattern[0] == '/' ||
			      strncmp(row->pattern, "~/", 2) == 0 ||
			      strncmp(row->pattern, "**/", 3) == 0;

		if (!begins || row->pattern[size - 1] == '/' ||
		    strstr(row->pattern, "//") ||
		    strstr(row->pattern + 1, "**") ||
		    !is_scheme(row->scheme))
			fail_msg("%s", row->pattern);
		for (size_t j = 0; j < i; j++) {
			other = chk_place_row(j);
			if (strcmp(row->pattern, other->pattern) == 0 &&
			    strcmp(row->reader, other->reader) == 0)
				fail_msg("%s is there twice", row->pattern);
		}
	}
}

static char home[] = "/home/anna", var_home[] = "/var/lib/postgresql";

static void expect(const char *path, const char *reader)
{
	char *paths[] = { home, var_home };
	struct chk_homes homes = { .paths = paths, .count = 2 };
	struct chk_row_list list;
	struct chk_rows rows = { 0 };
	bool met = false;

	assert_true(chk_rows_begin(&rows));
	chk_rows_match(&rows, &homes, path, strrchr(path, '/') + 1, &list);
	for (size_t i = 0; i < list.count; i++)
		met |= strcmp(list.rows[i]->reader, reader) == 0;
	if (!met && (*reader || list.count))
		fail_msg("%s: %zu rows, none is \"%s\"", path, list.count,
			 reader);
	chk_rows_clear(&rows);
}

static void a_path_from_the_root_matches_there_alone(void **state)
{
	expect("/etc/pki/tls/certs/ca-bundle.crt",
	       "system bundle (Fedora, RHEL, NixOS)");
	expect("/etc/docker/certs.d/hub.corp.test:5000/ca.crt",
	       "Docker registry CA");
	expect("/x/etc/docker/certs.d/hub.corp.test/ca.crt", "");
	expect("/etc/docker/certs.d/a/b/ca.crt", "");
}

static void a_tilde_is_each_home(void **state)
{
	expect("/home/anna/.mozilla/firefox/x1.default/cert9.db",
	       "Firefox profile");
	expect("/var/lib/postgresql/.postgresql/root.crt",
	       "PostgreSQL client (libpq)");
	expect("/home/annabel/.postgresql/root.crt", "");
}

static void two_stars_are_any_folder(void **state)
{
	expect("/srv/venv/lib/python3.11/site-packages/certifi/cacert.pem",
	       "certifi in Python");
	expect("/opt/ide/jbr/lib/security/cacerts", "Java");
	expect("/x/notcertifi/cacert.pem", "");
	expect("/certifi/cacert.pem", "certifi in Python");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_well_formed),
		cmocka_unit_test(a_path_from_the_root_matches_there_alone),
		cmocka_unit_test(a_tilde_is_each_home),
		cmocka_unit_test(two_stars_are_any_folder),
	};

	return cmocka_run_group_tests_name("store/place_rows", tests, NULL,
					   NULL);
}
