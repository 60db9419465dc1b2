/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-statement-private.h"

/**
 * stoker_statement_new:
 * @database: the connection, which must outlive the statement
 * @sql: one statement
 * @error: return location
 *
 * Prepares a statement.
 *
 * Returns: (transfer full) (nullable): the statement
 */
StokerStatement *
stoker_statement_new (StokerSqlite *database, const char *sql, GError **error)
{
  g_autoptr (StokerStatement) self = g_new0 (StokerStatement, 1);
  int code = sqlite3_prepare_v2 (database->handle, sql, -1, &self->handle, NULL);

  self->database = database;
  self->bind_code = SQLITE_OK;
  if (!stoker_sqlite_check (database, code, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * stoker_statement_free:
 * @self: (transfer full): a statement
 *
 * Ends and frees the statement.
 */
void
stoker_statement_free (StokerStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

static void
keep_bind_code (StokerStatement *self, int code)
{
  if (self->bind_code == SQLITE_OK)
    self->bind_code = code;
}

/**
 * stoker_statement_bind_text:
 * @self: a statement
 * @value: (nullable): a text, which is copied; %NULL binds NULL
 *
 * Binds the next parameter. A failure is told when the statement runs.
 */
void
stoker_statement_bind_text (StokerStatement *self, const char *value)
{
  keep_bind_code (self,
                  sqlite3_bind_text (self->handle, ++self->bound, value, -1, SQLITE_TRANSIENT));
}

/**
 * stoker_statement_bind_int:
 * @self: a statement
 * @value: a number
 *
 * Binds the next parameter.
 */
void
stoker_statement_bind_int (StokerStatement *self, gint64 value)
{
  keep_bind_code (self, sqlite3_bind_int64 (self->handle, ++self->bound, value));
}

/**
 * stoker_statement_bind_double:
 * @self: a statement
 * @value: a number
 *
 * Binds the next parameter.
 */
void
stoker_statement_bind_double (StokerStatement *self, double value)
{
  keep_bind_code (self, sqlite3_bind_double (self->handle, ++self->bound, value));
}

/**
 * stoker_statement_bind_money:
 * @self: a statement
 * @value: an amount
 *
 * Binds the next two parameters, nano-units and currency: both NULL when the amount is unknown.
 */
void
stoker_statement_bind_money (StokerStatement *self, StokerMoney value)
{
  if (value.is_known)
    stoker_statement_bind_int (self, value.nanos);
  else
    stoker_statement_bind_text (self, NULL);
  stoker_statement_bind_text (self, value.is_known ? value.currency : NULL);
}

/**
 * stoker_statement_next:
 * @self: a statement
 * @error: return location
 *
 * Goes to the next row.
 *
 * Returns: whether there is one; at the end, and with @error set on a failure, %FALSE
 */
gboolean
stoker_statement_next (StokerStatement *self, GError **error)
{
  int code = self->bind_code;

  if (code == SQLITE_OK)
    code = sqlite3_step (self->handle);
  self->column = 0;
  stoker_sqlite_check (self->database, code, error);
  return code == SQLITE_ROW;
}

/**
 * stoker_statement_run:
 * @self: a statement
 * @error: return location
 *
 * Runs a statement that has no rows to tell, and makes it ready for other parameters.
 *
 * Returns: whether it went well
 */
gboolean
stoker_statement_run (StokerStatement *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (stoker_statement_next (self, &local_error))
    continue;
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->bound = 0;
  self->bind_code = SQLITE_OK;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * stoker_statement_each:
 * @self: a statement
 * @func: (scope call): called with each row
 * @user_data: data for @func
 * @error: return location
 *
 * Runs a query to its end, or to the first row @func fails with.
 *
 * Returns: whether all went well
 */
gboolean
stoker_statement_each (StokerStatement *self,
                       StokerRowFunc func,
                       gpointer user_data,
                       GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (stoker_statement_next (self, &local_error))
    if (!func (self, user_data, error))
      return FALSE;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * stoker_statement_read_text:
 * @self: a statement that is at a row
 *
 * Reads the next column.
 *
 * Returns: (transfer full) (nullable): its text, %NULL for NULL
 */
char *
stoker_statement_read_text (StokerStatement *self)
{
  return g_strdup ((const char *) sqlite3_column_text (self->handle, self->column++));
}

/**
 * stoker_statement_read_int:
 * @self: a statement that is at a row
 *
 * Reads the next column.
 *
 * Returns: its number, 0 for NULL
 */
gint64
stoker_statement_read_int (StokerStatement *self)
{
  return sqlite3_column_int64 (self->handle, self->column++);
}

/**
 * stoker_statement_read_double:
 * @self: a statement that is at a row
 *
 * Reads the next column.
 *
 * Returns: its number, 0 for NULL
 */
double
stoker_statement_read_double (StokerStatement *self)
{
  return sqlite3_column_double (self->handle, self->column++);
}

/**
 * stoker_statement_read_money:
 * @self: a statement that is at a row
 *
 * Reads the next two columns, nano-units and currency.
 *
 * Returns: the amount, unknown for NULL
 */
StokerMoney
stoker_statement_read_money (StokerStatement *self)
{
  gboolean is_known = sqlite3_column_type (self->handle, self->column) != SQLITE_NULL;
  gint64 nanos = stoker_statement_read_int (self);
  g_autofree char *currency = stoker_statement_read_text (self);

  return is_known && currency != NULL ? stoker_money_new (nanos, currency)
                                      : stoker_money_unknown ();
}
