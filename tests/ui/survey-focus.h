/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Goes through @window with the Tab key and adds a line to @findings for each control that this
 * does not reach, each place it does not get out of, and each step back. */
void survey_check_focus (GtkWindow *window, GPtrArray *findings);

G_END_DECLS
