/*
 * tests/store/test_nss_db.c: lib/store/nss_db.c, nss_sqlite.c and
 * nss_signatures.c on files of SQLite that NSS would never write;
 * tests/cli/nss.sh has those that it does.
 */
#include "support/test.h"

#include <stdio.h>

#include <sqlite3.h>

#include "base/buffer.h"
#include "base/file.h"
#include "store/nss_db.h"
#include "support/made.h"
#include "support/scratch.h"

#define COLUMNS "id PRIMARY KEY, a0, a3, a11, a81, a82, ace536358, ace5363b4"

static struct chk_cert *root;

static int begin(void **state)
{
	root = make_cert(&(struct recipe){ .subject = "Root", .ca = true });
	return scratch_begin(state);
}

static int end(void **state)
{
	chk_cert_unref(root);
	forget_keys();
	return scratch_end(state);
}

static void run_in(const char *name, const char *sql)
{
	const char *path = scratch_path(name);
	sqlite3 *db;
	char *why = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void run(const char *sql)
{
	run_in("test.db", sql);
}

/* A new database of these statements. */
static void make(const char *sql)
{
	remove(scratch_path("test.db"));
	run(sql);
}

static void hex(struct chk_buffer *sql, struct chk_bytes bytes)
{
	chk_buffer_text(sql, "x'");
	for (size_t i = 0; i < bytes.size; i++)
		chk_buffer_format(sql, "%02x", bytes.data[i]);
	chk_buffer_text(sql, "'");
}

/* The root and its trust, in the table `name`. */
static void insert_into(const char *name)
{
	struct chk_buffer sql = { 0 };

	chk_buffer_format(&sql, "INSERT INTO %s (id, a0, a3, a11) VALUES "
			  "(7, x'00000001', x'41', ", name);
	hex(&sql, root->der);
	chk_buffer_format(&sql, "); INSERT INTO %s (id, a0, a81, a82, "
			  "ace536358) VALUES (8, x'ce534353', ", name);
	hex(&sql, root->issuer);
	chk_buffer_format(&sql, ", x'02%02x' || ", (int)root->serial.size);
	hex(&sql, root->serial);
	/* What || gives is text; NSS writes blobs. */
	chk_buffer_format(&sql, ", x'ce534352'); UPDATE %s SET a82 = "
			  "CAST(a82 AS BLOB) WHERE a82 IS NOT NULL", name);
	run(sql.data);
	chk_buffer_clear(&sql);
}

static bool read_made(struct chk_nss_reading *reading, struct chk_error *error)
{
	uint8_t *data;
	size_t size;
	bool done;

	assert_true(chk_file_read(scratch_path("test.db"), &data, &size,
				  error));
	done = chk_nss_db_read(reading, chk_bytes_of(data, size),
			       scratch_path("test.db"), error);
	free(data);
	return done;
}

static struct chk_store *read_well(void)
{
	struct chk_nss_reading reading = { .store = chk_store_new("test") };
	struct chk_error error;

	if (!read_made(&reading, &error))
		fail_msg("%s: %s", error.where, error.what);
	assert_true(chk_nss_end(&reading));
	chk_nss_reading_clear(&reading);
	assert_true(chk_store_end(reading.store));
	return reading.store;
}

static void check_refused(const char *sql, enum chk_code code)
{
	struct chk_nss_reading reading = { .store = chk_store_new("test") };
	struct chk_error error;

	make(sql);
	assert_false(read_made(&reading, &error));
	assert_int_equal(error.code, code);
	assert_string_equal(error.where, scratch_path("test.db"));
	assert_int_equal(reading.store->count, 0);
	chk_nss_reading_clear(&reading);
	chk_store_free(reading.store);
}

static void check_trusted(const struct chk_store *store)
{
	const struct chk_anchor *anchor = chk_store_find(store, root);

	assert_non_null(anchor);
	assert_int_equal(chk_anchor_trust(anchor, CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_TRUSTED);
	assert_non_null(strstr(chk_anchor_where(anchor, 0), "test.db: A"));
}

static void columns_that_are_not_there_say_nothing(void **state)
{
	struct chk_store *store;

	make("CREATE TABLE nssPublic (" COLUMNS ")");
	insert_into("nssPublic");
	store = read_well();
	check_trusted(store);
	assert_int_equal(chk_store_note_count(store), 0);
	chk_store_free(store);
}

static void check_with_keys(const char *sql, enum chk_trust trust)
{
	struct chk_store *store;

	remove(scratch_path("key4.db"));
	run_in("key4.db", sql);
	store = read_well();
	assert_int_equal(chk_anchor_trust(chk_store_find(store, root),
					  CHK_PURPOSE_TLS_SERVER), trust);
	assert_int_equal(chk_store_trap_count(store),
			 trust != CHK_TRUST_TRUSTED);
	chk_store_free(store);
	remove(scratch_path("key4.db"));
}

#define KEYS "CREATE TABLE metaData (id PRIMARY KEY UNIQUE, item1, item2);"
#define PASSWORD "INSERT INTO metaData VALUES ('password', x'00', x'00');"
#define MARK(name) "INSERT INTO metaData VALUES ('" name "', x'00', '');"

/* By vfychain, with rows deleted from what certutil made. */
static void flags_without_their_marks_are_void(void **state)
{
	make("CREATE TABLE nssPublic (" COLUMNS ")");
	insert_into("nssPublic");
	check_with_keys(KEYS PASSWORD, CHK_TRUST_NOT_STATED);
	check_with_keys(KEYS PASSWORD MARK("sig_cert_00000007_ce536358"),
			CHK_TRUST_NOT_STATED);
	check_with_keys(KEYS PASSWORD MARK("sig_cert_00000008_ce536358"),
			CHK_TRUST_TRUSTED);
	/* Nobody gave it a password yet, or it is none that NSS made. */
	check_with_keys(KEYS, CHK_TRUST_TRUSTED);
	check_with_keys("CREATE VIEW metaData AS SELECT 'password' AS id",
			CHK_TRUST_TRUSTED);
	check_with_keys("CREATE TABLE other (id)", CHK_TRUST_TRUSTED);
	/* Distrust holds without. */
	run("UPDATE nssPublic SET ace536358 = x'ce53435a' WHERE id = 8");
	remove(scratch_path("key4.db"));
	run_in("key4.db", KEYS PASSWORD);
	{
		struct chk_store *store = read_well();

		assert_int_equal(chk_anchor_trust(chk_store_find(store, root),
						  CHK_PURPOSE_TLS_SERVER),
				 CHK_TRUST_DISTRUSTED);
		chk_store_free(store);
	}
	remove(scratch_path("key4.db"));
}

static void another_schema_is_no_database_of_nss(void **state)
{
	check_refused("CREATE TABLE moz_places (id)", CHK_ERROR_FORMAT);
	check_refused("CREATE TABLE nssPublic (id, a0)", CHK_ERROR_FORMAT);
	check_refused("CREATE TABLE nssPublic (a0, a11, rowid2, "
		      "PRIMARY KEY (a0)) WITHOUT ROWID", CHK_ERROR_FORMAT);
}

static void what_could_run_code_of_the_file_is_refused(void **state)
{
	check_refused("CREATE TABLE real (" COLUMNS "); CREATE VIEW nssPublic "
		      "AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
		      "i + 1 FROM n) SELECT i AS id, x'00000001' AS a0, "
		      "zeroblob(1000000) AS a11 FROM n", CHK_ERROR_FORMAT);
	check_refused("CREATE TABLE nssPublic (id, a0 AS (x'00000001'), "
		      "a11 AS (zeroblob(100000000)))", CHK_ERROR_FORMAT);
}

static void a_virtual_table_is_none(void **state)
{
	sqlite3 *db;
	bool have;

	remove(scratch_path("test.db"));
	assert_int_equal(sqlite3_open(scratch_path("test.db"), &db),
			 SQLITE_OK);
	have = sqlite3_exec(db, "CREATE VIRTUAL TABLE nssPublic USING "
			    "fts3(a0, a11)", NULL, NULL, NULL) == SQLITE_OK;
	sqlite3_close(db);
	if (!have)
		skip();
	check_refused("CREATE VIRTUAL TABLE nssPublic USING fts3(a0, a11)",
		      CHK_ERROR_FORMAT);
}

static void a_trigger_and_an_index_do_no_harm(void **state)
{
	struct chk_store *store;

	make("CREATE TABLE nssPublic (" COLUMNS "); CREATE INDEX i ON "
	     "nssPublic (a0, abs(a0)); CREATE TRIGGER t AFTER DELETE ON "
	     "nssPublic BEGIN SELECT 1; END");
	insert_into("nssPublic");
	store = read_well();
	check_trusted(store);
	chk_store_free(store);
}

static void a_value_that_is_no_blob_is_noted_with_its_row(void **state)
{
	struct chk_store *store;

	make("CREATE TABLE nssPublic (" COLUMNS "); INSERT INTO nssPublic "
	     "(id, a0, a11) VALUES (3, x'00000001', 'text')");
	insert_into("nssPublic");
	store = read_well();
	check_trusted(store);
	assert_int_equal(chk_store_note_count(store), 1);
	assert_string_equal(chk_store_note(store, 0)->what,
			    "row 1: an attribute is no blob; passed over");
	chk_store_free(store);
}

static void a_certificate_that_is_none_is_noted(void **state)
{
	struct chk_store *store;

	make("CREATE TABLE nssPublic (" COLUMNS "); INSERT INTO nssPublic "
	     "(id, a0, a11) VALUES (3, x'00000001', x'3000'), "
	     "(4, x'00000001', NULL), (5, x'00000001', x'a5005a')");
	insert_into("nssPublic");
	store = read_well();
	check_trusted(store);
	assert_int_equal(chk_store_note_count(store), 3);
	assert_non_null(strstr(chk_store_note(store, 0)->where,
			       "test.db: row 3"));
	chk_store_free(store);
}

static void what_is_huge_is_noted_and_the_rest_read(void **state)
{
	struct chk_store *store;

	make("CREATE TABLE nssPublic (" COLUMNS "); INSERT INTO nssPublic "
	     "(id, a0, a11) VALUES (3, x'00000001', zeroblob(20000000)), "
	     "(4, x'ce534351', zeroblob(20000000))");
	insert_into("nssPublic");
	store = read_well();
	check_trusted(store);
	/* The fourth is a CRL, and is not looked at. */
	assert_int_equal(chk_store_note_count(store), 1);
	chk_store_free(store);
}

static void more_objects_than_there_can_be_are_too_many(void **state)
{
	check_refused("CREATE TABLE nssPublic (id, a0, a11); WITH RECURSIVE "
		      "n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
		      "i < 100001) INSERT INTO nssPublic SELECT i, "
		      "x'00000001', NULL FROM n", CHK_ERROR_TOO_LARGE);
}

static void a_log_of_changes_is_neither_read_nor_made(void **state)
{
	struct chk_store *store;

	make("PRAGMA journal_mode = WAL; CREATE TABLE nssPublic (" COLUMNS ")");
	insert_into("nssPublic");
	store = read_well();
	check_trusted(store);
	chk_store_free(store);
	assert_int_equal(scratch_run("test ! -e test.db-wal && "
				     "test ! -e test.db-shm"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_that_are_not_there_say_nothing),
		cmocka_unit_test(flags_without_their_marks_are_void),
		cmocka_unit_test(another_schema_is_no_database_of_nss),
		cmocka_unit_test(what_could_run_code_of_the_file_is_refused),
		cmocka_unit_test(a_virtual_table_is_none),
		cmocka_unit_test(a_trigger_and_an_index_do_no_harm),
		cmocka_unit_test(a_value_that_is_no_blob_is_noted_with_its_row),
		cmocka_unit_test(a_certificate_that_is_none_is_noted),
		cmocka_unit_test(what_is_huge_is_noted_and_the_rest_read),
		cmocka_unit_test(more_objects_than_there_can_be_are_too_many),
		cmocka_unit_test(a_log_of_changes_is_neither_read_nor_made),
	};

	return cmocka_run_group_tests_name("store/nss_db", tests, begin, end);
}
