/* lib/store/nss_sqlite.c: reading SQLite with bounds. */
#include "store/nss_sqlite.h"

#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/cleanup.h"

#define STEPS_EACH 1000 /* of SQLite's machine, between two looks at them */
#define STEPS_MAX 50000 /* looks; a million certificates need fewer */

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

CHK_CLEANUP_FUNCTION(cleanup_statement, sqlite3_stmt *, sqlite3_finalize);

static int count_steps(void *context)
{
	struct chk_nss_sqlite *db = context;

	return ++db->steps > STEPS_MAX;
}

/* Reading is allowed, of one table, and nothing that a schema brings along. */
static int authorise(void *context, int action, const char *a, const char *b,
		     const char *database, const char *source)
{
	const struct chk_nss_sqlite *db = context;

	if (source)
		return SQLITE_DENY;
	if (action == SQLITE_SELECT)
		return SQLITE_OK;
	if (action == SQLITE_PRAGMA && a && strcasecmp(a, "table_info") == 0)
		return SQLITE_OK;
	if (action == SQLITE_READ && a &&
	    (strcasecmp(a, db->table) == 0 ||
	     strcasecmp(a, "sqlite_master") == 0))
		return SQLITE_OK;
	return SQLITE_DENY;
}

static void harden(struct chk_nss_sqlite *db)
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
	sqlite3_set_authorizer(db->handle, authorise, db);
}

/* In memory there is no log of changes to write ahead to, as a file may say. */
static void without_log(uint8_t *file, size_t size)
{
	enum { WRITES = 18, READS = 19, ROLLBACK = 1 };

	if (size > READS)
		file[WRITES] = file[READS] = ROLLBACK;
}

int chk_nss_sqlite_open(struct chk_nss_sqlite *db, struct chk_bytes file)
{
	uint8_t *copy = sqlite3_malloc64(file.size ? file.size : 1);
	int result;

	if (!copy)
		return SQLITE_NOMEM;
	memcpy(copy, file.data, file.size);
	without_log(copy, file.size);
	result = sqlite3_open_v2(":memory:", &db->handle,
				 SQLITE_OPEN_READWRITE |
				 SQLITE_OPEN_PRIVATECACHE, NULL);
	if (!db->handle || result != SQLITE_OK) {
		sqlite3_free(copy);
		return db->handle ? result : SQLITE_NOMEM;
	}
	result = sqlite3_deserialize(db->handle, "main", copy,
				     (sqlite3_int64)file.size,
				     (sqlite3_int64)file.size,
				     SQLITE_DESERIALIZE_FREEONCLOSE |
				     SQLITE_DESERIALIZE_READONLY);
	if (result == SQLITE_OK)
		harden(db);
	return result;
}

void chk_nss_sqlite_close(struct chk_nss_sqlite *db)
{
	sqlite3_close(db->handle);
}

/* A virtual table has its own statement, a view is of another type. */
int chk_nss_sqlite_look(struct chk_nss_sqlite *db, bool *is_plain)
{
	static const char PLAIN[] = "CREATE TABLE ";
	CHK_CLEANUP(cleanup_statement) sqlite3_stmt *row = NULL;
	int result = sqlite3_prepare_v2(db->handle, "SELECT sql FROM "
					"sqlite_master WHERE type = 'table' "
					"AND name = ?1", -1, &row, NULL);

	*is_plain = false;
	if (result == SQLITE_OK)
		result = sqlite3_bind_text(row, 1, db->table, -1,
					   SQLITE_STATIC);
	if (result != SQLITE_OK)
		return result;
	while ((result = sqlite3_step(row)) == SQLITE_ROW) {
		const char *sql = (const char *)sqlite3_column_text(row, 0);

		*is_plain |= sql && strncmp(sql, PLAIN,
					    sizeof(PLAIN) - 1) == 0;
	}
	return result == SQLITE_DONE ? SQLITE_OK : result;
}
