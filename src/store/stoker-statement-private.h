/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-money.h"
#include "stoker-sqlite-private.h"

G_BEGIN_DECLS

/* A prepared statement. Parameters are bound, and columns are read, from left to right: each call
 * takes the next one. */
typedef struct
{
  StokerSqlite *database; /* borrowed */
  sqlite3_stmt *handle;   /* owned */
  int bound;              /* parameters bound so far */
  int bind_code;          /* first failure of a bind, told by the next step */
  int column;             /* columns read so far */
} StokerStatement;

typedef gboolean (*StokerRowFunc) (StokerStatement *row, gpointer user_data, GError **error);

StokerStatement *stoker_statement_new (StokerSqlite *database, const char *sql, GError **error);
void stoker_statement_free (StokerStatement *self);

void stoker_statement_bind_text (StokerStatement *self, const char *value);
void stoker_statement_bind_int (StokerStatement *self, gint64 value);
void stoker_statement_bind_double (StokerStatement *self, double value);
void stoker_statement_bind_money (StokerStatement *self, StokerMoney value);

gboolean stoker_statement_next (StokerStatement *self, GError **error);
gboolean stoker_statement_run (StokerStatement *self, GError **error);
gboolean stoker_statement_each (StokerStatement *self,
                                StokerRowFunc func,
                                gpointer user_data,
                                GError **error);

char *stoker_statement_read_text (StokerStatement *self);
gint64 stoker_statement_read_int (StokerStatement *self);
double stoker_statement_read_double (StokerStatement *self);
StokerMoney stoker_statement_read_money (StokerStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerStatement, stoker_statement_free)

G_END_DECLS
