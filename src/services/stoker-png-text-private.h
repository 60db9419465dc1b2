/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean stoker_png_text_is_png (GBytes *bytes);
char *stoker_png_text_read (GBytes *bytes, const char *keyword);

G_END_DECLS
