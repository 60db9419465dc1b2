/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-sqlite-private.h"

#include "stoker-error.h"
#include "stoker-statement-private.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Another process may hold the file for the time of a transaction. */
#define BUSY_TIMEOUT_MS 5000

static gboolean
set_file_error (const char *path, int code, GError **error)
{
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, "%s: %s", path, g_strerror (code));
  return FALSE;
}

/* SQLite would make the file readable for everybody the umask lets; its -wal and -shm take over the
 * mode of the file. An existing file is not opened here: closing a descriptor of it would drop the
 * locks this process has on it. */
static gboolean
ensure_private_file (const char *path, GError **error)
{
  GStatBuf info;
  int fd = g_open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    return g_close (fd, error);
  if (errno != EEXIST || g_stat (path, &info) != 0)
    return set_file_error (path, errno, error);
  if ((info.st_mode & 0077) != 0 && g_chmod (path, 0600) != 0)
    return set_file_error (path, errno, error);
  return TRUE;
}

/**
 * stoker_sqlite_open:
 * @path: the file
 * @mode: %STOKER_SQLITE_READ_WRITE makes it when missing, with mode 0600
 * @error: return location
 *
 * Opens a database file. Whether it is one shows at the first use only.
 *
 * Returns: (transfer full) (nullable): the connection
 */
StokerSqlite *
stoker_sqlite_open (const char *path, StokerSqliteMode mode, GError **error)
{
  g_autoptr (StokerSqlite) self = g_new0 (StokerSqlite, 1);
  int flags = mode == STOKER_SQLITE_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;

  self->path = g_strdup (path);
  if (mode == STOKER_SQLITE_READ_WRITE && !ensure_private_file (path, error))
    return NULL;
  if (!stoker_sqlite_check (self,
                            sqlite3_open_v2 (path, &self->handle, flags | SQLITE_OPEN_NOMUTEX,
                                             NULL),
                            error))
    return NULL;

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  return g_steal_pointer (&self);
}

/**
 * stoker_sqlite_close:
 * @self: (transfer full): a connection
 *
 * Closes the file and frees the connection.
 */
void
stoker_sqlite_close (StokerSqlite *self)
{
  sqlite3_close_v2 (self->handle);
  g_free (self->path);
  g_free (self);
}

/* SQLite says "disk I/O error" also of a disk that is full, when it is not the database itself that
 * must grow. */
static const char *
describe_code (StokerSqlite *self, int code)
{
  struct statvfs disk;

  if ((code & 0xff) == SQLITE_IOERR && statvfs (self->path, &disk) == 0 && disk.f_bavail == 0)
    return "no space is left on the disk";
  return self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code);
}

/**
 * stoker_sqlite_check:
 * @self: a connection
 * @code: what SQLite answered
 * @error: return location
 *
 * Turns a result code into an error that names the file, and remembers when the code tells of a
 * damaged file.
 *
 * Returns: whether @code is a good one
 */
gboolean
stoker_sqlite_check (StokerSqlite *self, int code, GError **error)
{
  int primary = code & 0xff;

  if (primary == SQLITE_OK || primary == SQLITE_ROW || primary == SQLITE_DONE)
    return TRUE;
  if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
    self->is_damaged = TRUE;
  if (primary == SQLITE_BUSY)
    self->is_busy = TRUE;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, "%s: %s", self->path,
               describe_code (self, code));
  return FALSE;
}

/**
 * stoker_sqlite_set_error:
 * @self: a connection
 * @error: return location
 * @format: what is wrong with the contents of the file
 * @...: what goes into @format
 *
 * Sets an error that names the file.
 *
 * Returns: %FALSE, to be returned
 */
gboolean
stoker_sqlite_set_error (StokerSqlite *self, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, "%s: %s", self->path, text);
  return FALSE;
}

/**
 * stoker_sqlite_execute:
 * @self: a connection
 * @sql: one or more statements without parameters
 * @error: return location
 *
 * Runs statements whose rows nobody wants.
 *
 * Returns: whether all went well
 */
gboolean
stoker_sqlite_execute (StokerSqlite *self, const char *sql, GError **error)
{
  return stoker_sqlite_check (self, sqlite3_exec (self->handle, sql, NULL, NULL, NULL), error);
}

typedef void (*ReadRow) (StokerStatement *row, gpointer out);

static gboolean
query_row (StokerSqlite *self, const char *sql, ReadRow read, gpointer out, GError **error)
{
  g_autoptr (StokerStatement) statement = stoker_statement_new (self, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  if (stoker_statement_next (statement, &local_error))
    read (statement, out);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
read_int (StokerStatement *row, gpointer out)
{
  *(gint64 *) out = stoker_statement_read_int (row);
}

static void
read_text (StokerStatement *row, gpointer out)
{
  char **text = out;

  g_free (*text);
  *text = stoker_statement_read_text (row);
}

/**
 * stoker_sqlite_query_int:
 * @self: a connection
 * @sql: a query of one number
 * @out: (out): where the number goes; left alone when there is no row
 * @error: return location
 *
 * Asks for one number.
 *
 * Returns: %FALSE when the query failed
 */
gboolean
stoker_sqlite_query_int (StokerSqlite *self, const char *sql, gint64 *out, GError **error)
{
  return query_row (self, sql, read_int, out, error);
}

/**
 * stoker_sqlite_query_text:
 * @self: a connection
 * @sql: a query of one text
 * @out: (inout) (transfer full) (nullable): where the text goes; left alone when there is no row
 * @error: return location
 *
 * Asks for one text.
 *
 * Returns: %FALSE when the query failed
 */
gboolean
stoker_sqlite_query_text (StokerSqlite *self, const char *sql, char **out, GError **error)
{
  return query_row (self, sql, read_text, out, error);
}

/**
 * stoker_sqlite_roll_back:
 * @self: a connection
 *
 * Takes back the open transaction, if SQLite has not done so by itself (as it does when the disk is
 * full).
 */
void
stoker_sqlite_roll_back (StokerSqlite *self)
{
  if (sqlite3_get_autocommit (self->handle) == 0)
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

static void
remove_database (const char *path)
{
  const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

/**
 * stoker_sqlite_back_up:
 * @self: a connection
 * @path: where the copy goes; what is there is replaced
 * @error: return location
 *
 * Writes a consistent copy of the whole database, mode 0600.
 *
 * Returns: whether the copy is complete
 */
gboolean
stoker_sqlite_back_up (StokerSqlite *self, const char *path, GError **error)
{
  g_autoptr (StokerSqlite) target = NULL;
  sqlite3_backup *backup;
  int code;

  remove_database (path);
  target = stoker_sqlite_open (path, STOKER_SQLITE_READ_WRITE, error);
  if (target == NULL)
    return FALSE;

  backup = sqlite3_backup_init (target->handle, "main", self->handle, "main");
  if (backup == NULL)
    return stoker_sqlite_check (target, sqlite3_errcode (target->handle), error);
  code = sqlite3_backup_step (backup, -1);
  /* Finishing calls a copy that had to wait a good one, so the code of the step counts. */
  sqlite3_backup_finish (backup);
  return stoker_sqlite_check (target, code, error);
}
