/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StokerKeyText:
 *
 * A settings file of somebody's command line tool, read into pairs of a dotted path and a value.
 * JSON and YAML it knows as a whole, of the others as much as such files use: one value a line,
 * sections. What it does not know it leaves out. Values may be secrets and are overwritten when it
 * goes.
 */
typedef struct _StokerKeyText StokerKeyText;

StokerKeyText *
stoker_key_text_parse (const char *text, const char *format, const char *name, GError **error);
void stoker_key_text_free (StokerKeyText *self);
const char *stoker_key_text_get (const StokerKeyText *self, const char *path);
guint stoker_key_text_get_length (const StokerKeyText *self);

/* For the readers of the formats. */
StokerKeyText *stoker_key_text_new (void);
gboolean stoker_key_text_add (StokerKeyText *self, char *path, char *value);
char *stoker_key_text_unquote (const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerKeyText, stoker_key_text_free)

G_END_DECLS
