/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef enum {
  STOKER_SQLITE_READ_ONLY,
  STOKER_SQLITE_READ_WRITE,
} StokerSqliteMode;

/* A connection to one database file. For one thread at a time. Its errors are STOKER_ERROR_STORAGE
 * and begin with the file's name. */
typedef struct
{
  sqlite3 *handle;     /* owned */
  char *path;          /* owned */
  gboolean is_damaged; /* SQLite found the file to be no database, or a broken one */
  gboolean is_busy;    /* another connection held the file */
} StokerSqlite;

StokerSqlite *stoker_sqlite_open (const char *path, StokerSqliteMode mode, GError **error);
void stoker_sqlite_close (StokerSqlite *self);
gboolean stoker_sqlite_check (StokerSqlite *self, int code, GError **error);
gboolean stoker_sqlite_set_error (StokerSqlite *self, GError **error, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
gboolean stoker_sqlite_execute (StokerSqlite *self, const char *sql, GError **error);
gboolean stoker_sqlite_query_int (StokerSqlite *self, const char *sql, gint64 *out, GError **error);
gboolean stoker_sqlite_query_text (StokerSqlite *self, const char *sql, char **out, GError **error);
gboolean stoker_sqlite_back_up (StokerSqlite *self, const char *path, GError **error);
void stoker_sqlite_roll_back (StokerSqlite *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerSqlite, stoker_sqlite_close)

G_END_DECLS
