/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads a whole file that is expected to be small, with a zero behind it. Blocks: for threads. */
char *stoker_small_file_read (const char *path, gsize max_bytes, gsize *length, GError **error);
char *stoker_small_file_expand (const char *path);

G_END_DECLS
