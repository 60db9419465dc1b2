/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GVariant *stoker_cli_options_parse (const GOptionEntry *entries, GStrv *words, GError **error);
char *
stoker_cli_options_get_help (const GOptionEntry *entries, const char *usage, const char *summary);

G_END_DECLS
