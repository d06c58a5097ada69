/* lib/store/nss_db.c: the objects of an NSS database, a file of SQLite. */
#include "store/nss_db.h"

#include <strings.h>

#include <sqlite3.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/text.h"

#define OBJECTS_MAX 100000
#define STEPS_EACH 1000 /* of SQLite's machine, between two looks at them */
#define STEPS_MAX 50000 /* looks; a million certificates need fewer */

/* What is asked of a row stands behind its id. */
enum { ROW_ID, ROW_FIRST };

/* How NSS writes an attribute that is there and empty. */
static const uint8_t EMPTY[] = { 0xa5, 0x00, 0x5a };

static const int LIMITS[][2] = {
	{ SQLITE_LIMIT_LENGTH, 16 << 20 },
	{ SQLITE_LIMIT_SQL_LENGTH, 64 << 10 },
	{ SQLITE_LIMIT_COLUMN, 1000 },
	{ SQLITE_LIMIT_EXPR_DEPTH, 20 },
	{ SQLITE_LIMIT_COMPOUND_SELECT, 2 },
	{ SQLITE_LIMIT_VDBE_OP, 25000 },
	{ SQLITE_LIMIT_FUNCTION_ARG, 8 },
	{ SQLITE_LIMIT_ATTACHED, 0 },
	{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 64 },
	{ SQLITE_LIMIT_VARIABLE_NUMBER, 8 },
	{ SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
	{ SQLITE_LIMIT_WORKER_THREADS, 0 },
};

struct db {
	struct chk_nss_reading *reading;
	const char *name;
	struct chk_error *error;
	sqlite3 *handle;
	uint32_t steps;
	sqlite3_int64 *rows;
	size_t count, room;
	bool has[CHK_NSS_ATTRIBUTES]; /* columns of the table */
	bool has_table;
};

CHK_CLEANUP_FUNCTION(cleanup_statement, sqlite3_stmt *, sqlite3_finalize);

static void cleanup_db(struct db *db)
{
	free(db->rows);
	sqlite3_close(db->handle);
}

/* Always false. */
static bool failed(struct db *db, int result)
{
	switch (result & 0xff) {
	case SQLITE_NOMEM:
		return chk_error_memory(db->error);
	case SQLITE_INTERRUPT:
	case SQLITE_TOOBIG:
		return chk_error_set(db->error, CHK_ERROR_TOO_LARGE, db->name,
				     "the NSS database takes too long to read");
	case SQLITE_CANTOPEN:
	case SQLITE_IOERR:
	case SQLITE_PERM:
		return chk_error_set(db->error, CHK_ERROR_READ, db->name,
				     "the NSS database cannot be read: %s",
				     sqlite3_errstr(result));
	default:
		return chk_error_set(db->error, CHK_ERROR_FORMAT, db->name,
				     "not a sound NSS database: %s",
				     sqlite3_errmsg(db->handle));
	}
}

static int count_steps(void *context)
{
	struct db *db = context;

	return ++db->steps > STEPS_MAX;
}

/* Reading is allowed, of one table, and nothing that a schema brings along. */
static int authorise(void *context, int action, const char *a, const char *b,
		     const char *database, const char *source)
{
	if (source)
		return SQLITE_DENY;
	if (action == SQLITE_SELECT)
		return SQLITE_OK;
	if (action == SQLITE_PRAGMA && a && strcasecmp(a, "table_info") == 0)
		return SQLITE_OK;
	if (action == SQLITE_READ && a &&
	    (strcasecmp(a, "nssPublic") == 0 ||
	     strcasecmp(a, "sqlite_master") == 0))
		return SQLITE_OK;
	return SQLITE_DENY;
}

/* SQLite splits at ? and # and decodes %; two slashes begin a host. */
static char *uri_of(const char *path)
{
	struct chk_buffer uri = { 0 };

	chk_buffer_text(&uri, *path == '/' ? "file://" : "file:");
	for (; *path; path++) {
		bool plain = (*path >= 'a' && *path <= 'z') ||
			     (*path >= 'A' && *path <= 'Z') ||
			     (*path >= '0' && *path <= '9') ||
			     strchr("/-._~", *path);

		chk_buffer_format(&uri, plain ? "%c" : "%%%02x",
				  (unsigned char)*path);
	}
	chk_buffer_text(&uri, "?mode=ro&immutable=1");
	return chk_buffer_steal(&uri);
}

static void harden(struct db *db)
{
	static const int OFF[] = {
		SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_VIEW,
		SQLITE_DBCONFIG_ENABLE_TRIGGER,
		SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
	};

	for (size_t i = 0; i < CHK_COUNT(OFF); i++)
		sqlite3_db_config(db->handle, OFF[i], 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	for (size_t i = 0; i < CHK_COUNT(LIMITS); i++)
		sqlite3_limit(db->handle, LIMITS[i][0], LIMITS[i][1]);
	sqlite3_progress_handler(db->handle, STEPS_EACH, count_steps, db);
	sqlite3_set_authorizer(db->handle, authorise, NULL);
}

static bool open_db(struct db *db, const char *path)
{
	CHK_CLEANUP(chk_cleanup_free) char *uri = uri_of(path);
	int result;

	if (!uri)
		return chk_error_memory(db->error);
	result = sqlite3_open_v2(uri, &db->handle, SQLITE_OPEN_READONLY |
				 SQLITE_OPEN_URI | SQLITE_OPEN_PRIVATECACHE,
				 NULL);
	if (result != SQLITE_OK)
		return failed(db, db->handle ? result : SQLITE_NOMEM);
	harden(db);
	return true;
}

/* Calls `each` for every row of the query, until one gives false. */
static bool for_rows(struct db *db, const char *query,
		     bool (*each)(struct db *, sqlite3_stmt *))
{
	CHK_CLEANUP(cleanup_statement) sqlite3_stmt *statement = NULL;
	int result = sqlite3_prepare_v2(db->handle, query, -1, &statement,
					NULL);

	if (result != SQLITE_OK)
		return failed(db, result);
	while ((result = sqlite3_step(statement)) == SQLITE_ROW)
		if (!each(db, statement))
			return false;
	return result == SQLITE_DONE || failed(db, result);
}

/* A virtual table has its own statement, a view is of another type. */
static bool look_at_schema(struct db *db, sqlite3_stmt *row)
{
	static const char PLAIN[] = "CREATE TABLE ";
	const char *sql = (const char *)sqlite3_column_text(row, 0);

	db->has_table |= sql && strncmp(sql, PLAIN, sizeof(PLAIN) - 1) == 0;
	return true;
}

/* Generated columns, which could be any expression, are not listed. */
static bool look_at_column(struct db *db, sqlite3_stmt *row)
{
	const char *name = (const char *)sqlite3_column_text(row, 1);

	for (size_t i = 0; name && i < CHK_NSS_ATTRIBUTES; i++) {
		char wanted[16];

		snprintf(wanted, sizeof(wanted), "a%x",
			 (unsigned int)chk_nss_attribute(i));
		db->has[i] |= strcmp(wanted, name) == 0;
	}
	return true;
}

static bool look_at_table(struct db *db)
{
	if (!for_rows(db, "SELECT sql FROM sqlite_master WHERE type = 'table' "
		      "AND name = 'nssPublic'", look_at_schema))
		return false;
	if (db->has_table && !for_rows(db, "PRAGMA table_info(nssPublic)",
				       look_at_column))
		return false;
	if (db->has[CHK_NSS_CLASS] && db->has[CHK_NSS_VALUE])
		return true;
	return chk_error_set(db->error, CHK_ERROR_FORMAT, db->name,
			     "a SQLite file, and not a certificate database of "
			     "NSS");
}

static struct chk_bytes column(sqlite3_stmt *row, int i)
{
	const void *data = sqlite3_column_blob(row, i);

	return chk_bytes_of(data, data ? (size_t)sqlite3_column_bytes(row, i) :
					 0);
}

/* Certificates and trust; the rest, CRLs of many megabytes, is not read. */
static bool list_row(struct db *db, sqlite3_stmt *row)
{
	uint32_t class = chk_nss_number(column(row, 1));
	bool wanted = class == CHK_NSS_CLASS_CERTIFICATE;

	for (size_t i = 0; i < CHK_NSS_KINDS; i++)
		wanted |= class == CHK_NSS_KIND[i].class;
	if (!wanted)
		return true;
	if (db->count >= OBJECTS_MAX)
		return chk_error_set(db->error, CHK_ERROR_TOO_LARGE, db->name,
				     "more than %d objects", OBJECTS_MAX);
	if (!chk_array_grow(&db->rows, db->count, &db->room, sizeof(*db->rows)))
		return chk_error_memory(db->error);
	db->rows[db->count++] = sqlite3_column_int64(row, 0);
	return true;
}

static char *query_of(const struct db *db)
{
	struct chk_buffer query = { 0 };

	chk_buffer_text(&query, "SELECT id");
	for (size_t i = 0; i < CHK_NSS_ATTRIBUTES; i++) {
		if (db->has[i])
			chk_buffer_format(&query, ", a%x",
					  (unsigned int)chk_nss_attribute(i));
		else
			chk_buffer_text(&query, ", NULL");
	}
	chk_buffer_text(&query, " FROM nssPublic WHERE rowid = ?1");
	return chk_buffer_steal(&query);
}

static bool note_row(struct db *db, sqlite3_int64 row, const char *what)
{
	return chk_store_note_add(db->reading->store, db->name,
				  "row %lld: %s; passed over", (long long)row,
				  what) ||
	       chk_error_memory(db->error);
}

/* "DIR/cert9.db: nickname" */
static char *place(const struct db *db, sqlite3_stmt *row,
		   const struct chk_bytes *values)
{
	struct chk_buffer buffer = { 0 };

	chk_buffer_format(&buffer, "%s: ", db->name);
	if (values[CHK_NSS_LABEL].size)
		chk_text_escape(&buffer, values[CHK_NSS_LABEL]);
	else
		chk_buffer_format(&buffer, "row %lld", (long long)
				  sqlite3_column_int64(row, ROW_ID));
	return chk_buffer_steal(&buffer);
}

/* False: some attribute is no blob, which NSS never writes. */
static bool attributes(sqlite3_stmt *row, struct chk_bytes *values)
{
	for (int i = 0; i < CHK_NSS_ATTRIBUTES; i++) {
		int type = sqlite3_column_type(row, ROW_FIRST + i);

		if (type != SQLITE_BLOB && type != SQLITE_NULL)
			return false;
		values[i] = column(row, ROW_FIRST + i);
		if (chk_bytes_equal(values[i],
				    chk_bytes_of(EMPTY, sizeof(EMPTY))))
			values[i] = chk_bytes_of(NULL, 0);
	}
	return true;
}

static bool take_row(struct db *db, sqlite3_stmt *row, sqlite3_int64 number)
{
	struct chk_bytes values[CHK_NSS_ATTRIBUTES];
	CHK_CLEANUP(chk_cleanup_free) char *where = NULL;

	if (!attributes(row, values))
		return note_row(db, number, "an attribute is no blob");
	where = place(db, row, values);
	return (where && chk_nss_take(db->reading, values, where)) ||
	       chk_error_memory(db->error);
}

static bool read_row(struct db *db, sqlite3_stmt *statement, sqlite3_int64 row)
{
	int result = sqlite3_bind_int64(statement, 1, row);
	bool ok;

	if (result == SQLITE_OK)
		result = sqlite3_step(statement);
	switch (result & 0xff) {
	case SQLITE_ROW:
		ok = take_row(db, statement, row);
		break;
	case SQLITE_NOMEM:
	case SQLITE_INTERRUPT:
		ok = failed(db, result);
		break;
	default:
		ok = note_row(db, row, sqlite3_errstr(result));
	}
	sqlite3_reset(statement);
	return ok;
}

static bool read_rows(struct db *db)
{
	CHK_CLEANUP(cleanup_statement) sqlite3_stmt *statement = NULL;
	CHK_CLEANUP(chk_cleanup_free) char *query = query_of(db);
	int result;

	if (!query)
		return chk_error_memory(db->error);
	result = sqlite3_prepare_v2(db->handle, query, -1, &statement, NULL);
	if (result != SQLITE_OK)
		return failed(db, result);
	for (size_t i = 0; i < db->count; i++)
		if (!read_row(db, statement, db->rows[i]))
			return false;
	return true;
}

bool chk_nss_db_read(struct chk_nss_reading *reading, const char *path,
		     const char *name, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_db) struct db db = {
		.reading = reading, .name = name, .error = error };

	return open_db(&db, path) && look_at_table(&db) &&
	       for_rows(&db, "SELECT rowid, a0 FROM nssPublic", list_row) &&
	       read_rows(&db);
}
