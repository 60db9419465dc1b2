/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StokerCsv:
 *
 * A comma-separated table with a header line (RFC 4180), read as a whole. Cells are looked up by
 * the header's names.
 */
typedef struct _StokerCsv StokerCsv;

StokerCsv *stoker_csv_parse (const char *text, const char *file, GError **error);
void stoker_csv_free (StokerCsv *self);
guint stoker_csv_get_length (const StokerCsv *self);
gboolean stoker_csv_has_column (const StokerCsv *self, const char *column);
const char *stoker_csv_get (const StokerCsv *self, guint row, const char *column);
double stoker_csv_get_number (const StokerCsv *self, guint row, const char *column, double missing);

void stoker_csv_append_text (GString *csv, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerCsv, stoker_csv_free)

G_END_DECLS
