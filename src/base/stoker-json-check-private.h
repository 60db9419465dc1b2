/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean stoker_json_check (
  const char *text, gsize length, const char *name, GArray *wide_integers, GError **error);

G_END_DECLS
