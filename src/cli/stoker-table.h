/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A column of a #StokerTable. */
typedef struct
{
  const char *title;   /* shown at the head of the text form */
  const char *name;    /* head of the CSV form */
  gboolean is_numeric; /* set right */
} StokerTableColumn;

/* Rows of text, printed with aligned columns or as CSV. */
typedef struct _StokerTable StokerTable;

StokerTable *stoker_table_new (const StokerTableColumn *columns, guint n_columns);
void stoker_table_free (StokerTable *self);
void stoker_table_add_row (StokerTable *self, const char *const *cells);
guint stoker_table_get_n_rows (const StokerTable *self);
char *stoker_table_to_text (const StokerTable *self);
char *stoker_table_to_csv (const StokerTable *self);
int stoker_table_get_text_width (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerTable, stoker_table_free)

G_END_DECLS
