/* lib/store/nss_db.c: the objects of an NSS database, a file of SQLite. */
#include "store/nss_db.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "store/nss_signatures.h"
#include "store/nss_sqlite.h"

#define OBJECTS_MAX 100000

/* What is asked of a row stands behind its id. */
enum { ROW_ID, ROW_FIRST };

/* How NSS writes an attribute that is there and empty. */
static const uint8_t EMPTY[] = { 0xa5, 0x00, 0x5a };

struct db {
	struct chk_nss_reading *reading;
	const char *name;
	struct chk_error *error;
	struct chk_nss_sqlite sqlite;
	struct chk_nss_signatures signatures;
	size_t unsigned_count; /* trust objects */
	sqlite3_int64 *rows;
	size_t count, room;
	bool has[CHK_NSS_ATTRIBUTES]; /* columns of the table */
};

CHK_CLEANUP_FUNCTION(cleanup_statement, sqlite3_stmt *, sqlite3_finalize);

static void cleanup_db(struct db *db)
{
	free(db->rows);
	chk_nss_signatures_close(&db->signatures);
	chk_nss_sqlite_close(&db->sqlite);
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
				     sqlite3_errmsg(db->sqlite.handle));
	}
}

/* Calls `each` for every row of the query, until one gives false. */
static bool for_rows(struct db *db, const char *query,
		     bool (*each)(struct db *, sqlite3_stmt *))
{
	CHK_CLEANUP(cleanup_statement) sqlite3_stmt *statement = NULL;
	int result = sqlite3_prepare_v2(db->sqlite.handle, query, -1,
					&statement, NULL);

	if (result != SQLITE_OK)
		return failed(db, result);
	while ((result = sqlite3_step(statement)) == SQLITE_ROW)
		if (!each(db, statement))
			return false;
	return result == SQLITE_DONE || failed(db, result);
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
	bool is_plain;
	int result = chk_nss_sqlite_look(&db->sqlite, &is_plain);

	if (result != SQLITE_OK)
		return failed(db, result);
	if (is_plain && !for_rows(db, "PRAGMA table_info(nssPublic)",
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

/* Of a trust object without its marks, distrust alone holds, to be sure. */
static bool make_void(struct db *db, struct chk_bytes *values)
{
	for (size_t i = CHK_NSS_TRUST; i < CHK_NSS_ATTRIBUTES; i++) {
		uint32_t value = chk_nss_number(values[i]);

		for (size_t kind = 0; kind < CHK_NSS_KINDS; kind++)
			if (value == CHK_NSS_KIND[kind].anchor ||
			    value == CHK_NSS_KIND[kind].peer)
				values[i] = chk_bytes_of(NULL, 0);
	}
	return db->unsigned_count++ ||
	       chk_store_trap_add(db->reading->store,
				  "store.not-marked-trusted", db->name,
				  "trust flags without the mark of key4.db "
				  "beside it, which NSS takes for empty: a "
				  "cert9.db that was copied without its "
				  "key4.db; certutil -M writes them anew");
}

static bool take_row(struct db *db, sqlite3_stmt *row, sqlite3_int64 number)
{
	struct chk_bytes values[CHK_NSS_ATTRIBUTES];
	CHK_CLEANUP(chk_cleanup_free) char *where = NULL;

	if (!attributes(row, values))
		return note_row(db, number, "an attribute is no blob");
	where = place(db, row, values);
	if (!where)
		return chk_error_memory(db->error);
	if (!chk_nss_signatures_hold(&db->signatures,
				     sqlite3_column_int64(row, ROW_ID),
				     values) && !make_void(db, values))
		return chk_error_memory(db->error);
	return (chk_nss_take(db->reading, values, where)) ||
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
	result = sqlite3_prepare_v2(db->sqlite.handle, query, -1, &statement,
				    NULL);
	if (result != SQLITE_OK)
		return failed(db, result);
	for (size_t i = 0; i < db->count; i++)
		if (!read_row(db, statement, db->rows[i]))
			return false;
	return true;
}

bool chk_nss_db_read(struct chk_nss_reading *reading, struct chk_bytes file,
		     const char *path, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_db) struct db db = {
		.reading = reading, .name = path, .error = error,
		.sqlite = { .table = "nssPublic" } };
	int result = chk_nss_sqlite_open(&db.sqlite, file);

	if (result != SQLITE_OK)
		return failed(&db, result);
	return look_at_table(&db) &&
	       chk_nss_signatures_open(&db.signatures, reading->store, path,
				       error) &&
	       for_rows(&db, "SELECT rowid, a0 FROM nssPublic", list_row) &&
	       read_rows(&db);
}
