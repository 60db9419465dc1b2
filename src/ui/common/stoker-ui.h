/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Folder of the window's resources. */
#define STOKER_UI_RESOURCE_PATH "/io/github/stokerapp/Stoker/ui"

void stoker_ui_init (void);
void stoker_ui_set_state_class (GtkWidget *widget, const char *style_class);
void stoker_ui_set_label (GtkWidget *widget, const char *label);
void stoker_ui_set_button_text (GtkButton *button, const char *text);
void stoker_ui_tell_cut (GtkLabel *label);
void stoker_ui_set_avatar_name (GtkWidget *avatar, const char *name);
GtkWidget *stoker_ui_warning_new (const char *text);
void stoker_ui_toast (GtkWidget *widget, const char *text);
void stoker_ui_set_head_at_end (GtkColumnView *view, guint place);
void stoker_ui_show_uri (GtkWidget *widget, const char *uri);
gboolean stoker_ui_leave_list (GtkWidget *list, GtkDirectionType direction);
void stoker_ui_forget_hidden_focus (GtkWidget *widget);

G_END_DECLS
