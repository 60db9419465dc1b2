/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store-private.h"

#include "stoker-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <errno.h>

/* Opening of the file: its folder, its version, its health. */

#define MAX_WAL_TRIES 250
#define WAL_PAUSE_US (20 * G_TIME_SPAN_MILLISECOND)

typedef enum {
  CONDITION_GOOD,
  CONDITION_DAMAGED,
  CONDITION_FAILED, /* it cannot be told; the file is left alone */
} Condition;

/* Only a folder made here gets its mode: one that was there before belongs to somebody. */
static gboolean
ensure_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, "%s: %s", folder, g_strerror (errno));
  return FALSE;
}

/* Who brought it to its version tells so, if that was after the first release that does. */
static void
set_too_new (StokerSqlite *database, gint64 version, GError **error)
{
  g_autofree char *program = NULL;

  /* Nothing is known of what a newer version keeps there. */
  stoker_sqlite_query_text (database, "SELECT value FROM meta WHERE key = 'written_by'", &program,
                            NULL);
  if (program != NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                 _ ("%s: written by Stoker %s, a newer version (database version %d, this one "
                    "knows %d); nothing was changed"),
                 database->path, program, (int) version, STOKER_STORE_VERSION);
  else
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                 _ ("%s: written by a newer version of Stoker (database version %d, this one knows "
                    "%d); nothing was changed"),
                 database->path, (int) version, STOKER_STORE_VERSION);
}

/* Reads through a connection that cannot write, so that a file of a newer version stays as it is.
 */
static Condition
check_version (const char *path, GError **error)
{
  g_autoptr (StokerSqlite) database = stoker_sqlite_open (path, STOKER_SQLITE_READ_ONLY, error);
  gint64 version = 0;

  if (database == NULL)
    return CONDITION_FAILED;
  if (!stoker_sqlite_query_int (database, "PRAGMA user_version", &version, error))
    return database->is_damaged ? CONDITION_DAMAGED : CONDITION_FAILED;
  if (version <= STOKER_STORE_VERSION)
    return CONDITION_GOOD;

  set_too_new (database, version, error);
  return CONDITION_FAILED;
}

/* SQLite refuses the change at once, without waiting, when two connections of a new file want it
 * together; the next look then finds it done by the other. */
static gboolean
ensure_write_ahead_log (StokerSqlite *database, GError **error)
{
  for (int i = 0;; i++)
    {
      g_autofree char *mode = NULL;
      g_autoptr (GError) refusal = NULL;

      database->is_busy = FALSE;
      if (!stoker_sqlite_query_text (database, "PRAGMA journal_mode", &mode, error))
        return FALSE;
      /* Setting it needs the file for oneself, so it is only done when needed. */
      if (g_strcmp0 (mode, "wal") == 0)
        return TRUE;
      g_clear_pointer (&mode, g_free);
      if (stoker_sqlite_query_text (database, "PRAGMA journal_mode = WAL", &mode, &refusal))
        return TRUE;
      if (!database->is_busy || i == MAX_WAL_TRIES)
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      g_usleep (WAL_PAUSE_US);
    }
}

static gboolean
set_up_connection (StokerSqlite *database, GError **error)
{
  return ensure_write_ahead_log (database, error) &&
         stoker_sqlite_execute (
           database,
           "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;",
           error);
}

static Condition
check_health (StokerSqlite *database, GError **error)
{
  g_autofree char *verdict = NULL;

  if (!stoker_sqlite_query_text (database, "PRAGMA quick_check (1)", &verdict, error))
    return database->is_damaged ? CONDITION_DAMAGED : CONDITION_FAILED;
  if (g_strcmp0 (verdict, "ok") == 0)
    return CONDITION_GOOD;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, "%s: damaged: %s", database->path,
               verdict);
  return CONDITION_DAMAGED;
}

static Condition
open_checked (const char *path, StokerSqlite **out, GError **error)
{
  g_autoptr (StokerSqlite) database = NULL;
  Condition condition = CONDITION_GOOD;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    condition = check_version (path, error);
  if (condition != CONDITION_GOOD)
    return condition;

  database = stoker_sqlite_open (path, STOKER_SQLITE_READ_WRITE, error);
  if (database == NULL)
    return CONDITION_FAILED;
  if (!set_up_connection (database, error))
    return database->is_damaged ? CONDITION_DAMAGED : CONDITION_FAILED;
  condition = check_health (database, error);
  if (condition == CONDITION_GOOD)
    *out = g_steal_pointer (&database);
  return condition;
}

/* A name that is not taken: two damaged files of one second must not meet. */
static char *
make_aside_path (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%s", path, date);

  for (int i = 2; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_autofree char *taken = g_steal_pointer (&aside);

      aside = g_strdup_printf ("%s.damaged-%s-%d", path, date, i);
    }
  return g_steal_pointer (&aside);
}

static gboolean
move_file (const char *from, const char *to, const char *suffix, GError **error)
{
  g_autofree char *source = g_strconcat (from, suffix, NULL);
  g_autofree char *target = g_strconcat (to, suffix, NULL);

  if (g_rename (source, target) == 0 || (errno == ENOENT && *suffix != '\0'))
    return TRUE;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE,
               "%s: is damaged and cannot be moved aside: %s", source, g_strerror (errno));
  return FALSE;
}

/* The write-ahead log goes along: it may hold the good half, and would spoil the new file. */
static gboolean
move_aside (const char *path, char **notice, GError **error)
{
  g_autofree char *aside = make_aside_path (path);

  if (!move_file (path, aside, "-wal", error) || !move_file (path, aside, "-shm", error) ||
      !move_file (path, aside, "", error))
    return FALSE;
  *notice = g_strdup_printf (_ ("The database was damaged. It was kept as %s, and a new, empty one "
                                "was started. Machines and jobs that still run at a provider are "
                                "not known to Stoker any more: look for them in its console."),
                             aside);
  return TRUE;
}

/**
 * stoker_store_file_open:
 * @path: the database file; it and its folder are made when missing
 * @notice: (out) (transfer full) (nullable): what the user has to know
 * @error: return location
 *
 * Opens the file, checks it and brings it to the present version. A damaged file is moved aside,
 * never written over. A file that cannot be read, is locked, or is of a newer version (then
 * %STOKER_ERROR_UNSUPPORTED) is an error and stays as it is.
 *
 * Returns: (transfer full) (nullable): the connection
 */
StokerSqlite *
stoker_store_file_open (const char *path, char **notice, GError **error)
{
  g_autoptr (StokerSqlite) database = NULL;
  g_autoptr (GError) damage = NULL;
  Condition condition;

  if (!ensure_folder (path, error))
    return NULL;

  condition = open_checked (path, &database, &damage);
  if (condition == CONDITION_DAMAGED)
    {
      g_message ("%s", damage->message);
      g_clear_error (&damage);
      if (!move_aside (path, notice, error))
        return NULL;
      condition = open_checked (path, &database, &damage);
    }
  if (condition != CONDITION_GOOD)
    {
      g_propagate_error (error, g_steal_pointer (&damage));
      return NULL;
    }
  return stoker_store_migrate (database, error) ? g_steal_pointer (&database) : NULL;
}
