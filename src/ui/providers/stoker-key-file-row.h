/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-key-facts.h"

G_BEGIN_DECLS

#define STOKER_TYPE_KEY_FILE_ROW (stoker_key_file_row_get_type ())

/**
 * StokerKeyFileRow:
 *
 * Stands under the path of a key file and tells what is in it, or why it will not do. Hidden while
 * there is no path. Signal: `read`, when it has something new to tell.
 */
G_DECLARE_FINAL_TYPE (StokerKeyFileRow, stoker_key_file_row, STOKER, KEY_FILE_ROW, AdwActionRow)

StokerKeyFileRow *stoker_key_file_row_new (StokerKeyFileKind kind);
void stoker_key_file_row_set_path (StokerKeyFileRow *self, const char *path);
gboolean stoker_key_file_row_is_good (StokerKeyFileRow *self);
const StokerKeyFacts *stoker_key_file_row_get_facts (StokerKeyFileRow *self);

G_END_DECLS
