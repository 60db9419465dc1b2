/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text of programs as it may be shown, and looking for words in it. Pure functions; a thread may
 * call them. */
void stoker_log_text_clean (GString *out, const char *raw, gsize length);
char *stoker_log_text_fold (const char *text);
gboolean
stoker_log_text_find (const char *line, const char *needle, gsize from, gsize *start, gsize *end);

G_END_DECLS
