/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store-private.h"

/*
 * The numbered steps from an empty file to STOKER_STORE_VERSION. A step that has been released is
 * never changed: a new one is added. Money is nano-units with a currency; both NULL is an unknown
 * amount. Instants are microseconds since 1970 UTC, 0 is "not yet".
 */

typedef gboolean (*MigrationStep) (StokerSqlite *database, GError **error);

/* Version 1: registry, jobs and money. What may be large is in job_documents, so that a poll that
 * changes the progress does not write the whole log again. */
static gboolean
create_first_tables (StokerSqlite *database, GError **error)
{
  return stoker_sqlite_execute (
    database,
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "CREATE TABLE providers ("
    " id TEXT PRIMARY KEY, position INTEGER NOT NULL, entry TEXT NOT NULL) STRICT;"
    "CREATE TABLE jobs ("
    " id TEXT PRIMARY KEY, name TEXT, provider_id TEXT, state TEXT NOT NULL,"
    " progress REAL NOT NULL, stage TEXT, message TEXT, error_code INTEGER NOT NULL,"
    " dry_run INTEGER NOT NULL, estimated_nanos INTEGER, estimated_currency TEXT,"
    " accrued_nanos INTEGER, accrued_currency TEXT, created_us INTEGER NOT NULL,"
    " started_us INTEGER NOT NULL, ended_us INTEGER NOT NULL,"
    " CHECK ((estimated_nanos IS NULL) = (estimated_currency IS NULL)),"
    " CHECK ((accrued_nanos IS NULL) = (accrued_currency IS NULL))) STRICT;"
    "CREATE INDEX jobs_by_age ON jobs (created_us);"
    "CREATE TABLE job_documents ("
    " job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,"
    " kind TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (job_id, kind)) STRICT;"
    "CREATE TABLE attempts ("
    " id INTEGER PRIMARY KEY, job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL, number INTEGER NOT NULL, provider_id TEXT, token TEXT,"
    " remote_id TEXT, handle TEXT, state TEXT NOT NULL, message TEXT,"
    " started_us INTEGER NOT NULL, ended_us INTEGER NOT NULL,"
    " accrued_nanos INTEGER, accrued_currency TEXT, UNIQUE (job_id, position),"
    " CHECK ((accrued_nanos IS NULL) = (accrued_currency IS NULL))) STRICT;"
    "CREATE TABLE artifacts ("
    " job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL, name TEXT, path TEXT, media_type TEXT,"
    " bytes INTEGER NOT NULL, checksum TEXT, PRIMARY KEY (job_id, position)) STRICT;"
    "CREATE TABLE ledger ("
    " id INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, kind TEXT NOT NULL, job_id TEXT,"
    " provider_id TEXT, project TEXT, amount_nanos INTEGER, amount_currency TEXT, note TEXT,"
    " CHECK ((amount_nanos IS NULL) = (amount_currency IS NULL))) STRICT;"
    "CREATE INDEX ledger_by_age ON ledger (at_us);"
    "CREATE UNIQUE INDEX ledger_accrued ON ledger (job_id) WHERE kind = 'accrued';",
    error);
}

/* Version 2: the audit trail. The triggers hold off mistakes; the chain of hashes and the head in
 * meta show anything else. */
static gboolean
create_audit_trail (StokerSqlite *database, GError **error)
{
  return stoker_sqlite_execute (
    database,
    "CREATE TABLE audit ("
    " number INTEGER PRIMARY KEY AUTOINCREMENT, at_us INTEGER NOT NULL, action TEXT NOT NULL,"
    " subject TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL) STRICT;"
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit"
    " BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END;"
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit"
    " BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END;",
    error);
}

/* Version 3: what the list of jobs shows and sorts without reading documents. A place of 0 is by
 * age. The GPU of older jobs is in the estimate they were sent with. */
static gboolean
add_queue_and_gpu (StokerSqlite *database, GError **error)
{
  return stoker_sqlite_execute (
    database,
    "ALTER TABLE jobs ADD COLUMN queue_place INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE jobs ADD COLUMN gpu TEXT;"
    "UPDATE jobs SET gpu = (SELECT json_extract (text, '$.target.gpu') FROM job_documents"
    " WHERE job_id = jobs.id AND kind = 'estimate' AND json_valid (text)"
    " AND json_type (text, '$.target.gpu') = 'text');",
    error);
}

static const MigrationStep steps[] = { create_first_tables, create_audit_trail, add_queue_and_gpu };

G_STATIC_ASSERT (G_N_ELEMENTS (steps) == STOKER_STORE_VERSION);

/* An empty file holds nothing to keep. The copy is read through a connection of its own, because
 * the one that is about to write cannot be copied from; it sees the file as it was before. */
static gboolean
back_up_version (StokerSqlite *database, gint64 version, GError **error)
{
  g_autoptr (StokerSqlite) source = NULL;
  g_autofree char *path = NULL;

  if (version == 0)
    return TRUE;
  source = stoker_sqlite_open (database->path, STOKER_SQLITE_READ_ONLY, error);
  path = g_strdup_printf ("%s.v%" G_GINT64_FORMAT ".bak", database->path, version);
  return source != NULL && stoker_sqlite_back_up (source, path, error);
}

/* For the message of an older program that may not open it any more. */
static gboolean
note_program (StokerSqlite *database, GError **error)
{
  return stoker_sqlite_execute (database,
                                "INSERT OR REPLACE INTO meta (key, value)"
                                " VALUES ('written_by', '" PACKAGE_VERSION "')",
                                error);
}

static gboolean
run_step (StokerSqlite *database, gint64 version, GError **error)
{
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT,
                                                  version + 1);

  return back_up_version (database, version, error) && steps[version](database, error) &&
         note_program (database, error) && stoker_sqlite_execute (database, set_version, error);
}

/* Another process may be at it too: who has the lock reads the version again and takes the step,
 * who comes later finds it taken. */
static gboolean
take_step (StokerSqlite *database, gint64 *version, GError **error)
{
  if (!stoker_sqlite_execute (database, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (stoker_sqlite_query_int (database, "PRAGMA user_version", version, error) &&
      (*version >= STOKER_STORE_VERSION || run_step (database, *version, error)) &&
      stoker_sqlite_query_int (database, "PRAGMA user_version", version, error) &&
      stoker_sqlite_execute (database, "COMMIT", error))
    return TRUE;
  stoker_sqlite_roll_back (database);
  return FALSE;
}

/**
 * stoker_store_migrate:
 * @database: a connection outside of a transaction
 * @error: return location
 *
 * Brings the file to %STOKER_STORE_VERSION, one step a transaction, with a copy in
 * `<file>.v<N>.bak` before each.
 *
 * Returns: whether the file has this version now
 */
gboolean
stoker_store_migrate (StokerSqlite *database, GError **error)
{
  gint64 version = 0;

  if (!stoker_sqlite_query_int (database, "PRAGMA user_version", &version, error))
    return FALSE;
  while (version < STOKER_STORE_VERSION)
    if (!take_step (database, &version, error))
      {
        g_prefix_error (error, "cannot bring the database to a new version: ");
        return FALSE;
      }
  return TRUE;
}
