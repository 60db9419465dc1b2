/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Pure functions for bindings in .ui files. The first argument is the object the binding belongs
 * to, which none of them looks at. */

char *stoker_closure_page_state (gpointer unused,
                                 GObject *workspace,
                                 const char *problem,
                                 gboolean has_content);
char *stoker_closure_count (gpointer unused, guint count);
gboolean stoker_closure_has_text (gpointer unused, const char *text);
gboolean stoker_closure_not (gpointer unused, gboolean value);
gboolean stoker_closure_is_set (gpointer unused, GObject *object);

G_END_DECLS
