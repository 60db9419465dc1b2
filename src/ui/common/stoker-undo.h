/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Something that was done to the eye and is done for good when nobody took it back. */
typedef void (*StokerUndoFunc) (gpointer user_data);

void stoker_undo_offer (GtkWidget *widget,
                        const char *text,
                        StokerUndoFunc undo,
                        StokerUndoFunc commit,
                        gpointer user_data,
                        GDestroyNotify destroy);

G_END_DECLS
