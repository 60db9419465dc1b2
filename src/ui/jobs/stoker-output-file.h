/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-output-item.h"

G_BEGIN_DECLS

/* What one can do with the file of an output. What goes wrong is said in the widget's window. */
void stoker_output_open (GtkWidget *widget, StokerOutputItem *item);
void stoker_output_save_as (GtkWidget *widget, StokerOutputItem *item);
void stoker_output_copy (GtkWidget *widget, StokerOutputItem *item, GdkTexture *texture);
void stoker_output_show_in_files (GtkWidget *widget, StokerOutputItem *item);
GdkContentProvider *stoker_output_make_content (StokerOutputItem *item, GdkTexture *texture);

G_END_DECLS
