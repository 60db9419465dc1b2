/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-key-file-row.h"
#include "stoker-profile.h"

G_BEGIN_DECLS

/**
 * StokerAuthFieldRow:
 *
 * One row of the form, with the field it asks for. The row itself is a widget of libadwaita, chosen
 * by the field's type.
 */
typedef struct _StokerAuthFieldRow StokerAuthFieldRow;

StokerAuthFieldRow *stoker_auth_field_row_new (const StokerAuthField *field,
                                               const StokerProfile *profile,
                                               const char *value);
void stoker_auth_field_row_free (StokerAuthFieldRow *self);
GtkWidget *stoker_auth_field_row_get_widget (StokerAuthFieldRow *self);
const StokerAuthField *stoker_auth_field_row_get_field (StokerAuthFieldRow *self);
const char *stoker_auth_field_row_get_value (StokerAuthFieldRow *self);
void stoker_auth_field_row_set_value (StokerAuthFieldRow *self, const char *value);
StokerKeyFileRow *stoker_auth_field_row_get_file_row (StokerAuthFieldRow *self);
gboolean
stoker_auth_field_row_check (StokerAuthFieldRow *self, gboolean may_be_empty, char **mistake);
void stoker_auth_field_row_clear (StokerAuthFieldRow *self);
gboolean stoker_auth_field_row_take_file (StokerAuthFieldRow *self, GFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerAuthFieldRow, stoker_auth_field_row_free)

G_END_DECLS
