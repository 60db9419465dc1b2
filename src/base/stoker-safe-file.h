/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files that come from outside: safe names, and nothing is ever written over. */
char *stoker_output_name (const char *wanted, const char *media_type, guint number);
char *stoker_output_reserve (const char *dir, const char *name, GError **error);

G_END_DECLS
