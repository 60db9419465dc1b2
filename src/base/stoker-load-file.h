/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads a whole file of the user's, up to a limit. Blocks: for threads and small files. */
GBytes *stoker_load_file (
  GFile *file, const char *name, gsize max_bytes, GCancellable *cancellable, GError **error);

G_END_DECLS
