/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-view-private.h"

#include "stoker-log-export.h"
#include "stoker-paths.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_log_view_search (STOKER_LOG_VIEW (widget));
}

static void
next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_log_view_go_to (STOKER_LOG_VIEW (widget), 1);
}

static void
previous_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_log_view_go_to (STOKER_LOG_VIEW (widget), -1);
}

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerLogView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = stoker_log_join_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (text == NULL)
    {
      stoker_ui_toast (GTK_WIDGET (self), error->message);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  stoker_ui_toast (GTK_WIDGET (self), _ ("Copied"));
}

static void
copy_lines (StokerLogView *self, GtkBitset *chosen)
{
  stoker_log_join_async (self->model, chosen, self->cancellable, joined_cb, g_object_ref (self));
}

/* Without a choice, all of it. */
static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerLogView *self = STOKER_LOG_VIEW (widget);
  g_autoptr (GtkBitset)
    chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  copy_lines (self, gtk_bitset_is_empty (chosen) ? NULL : chosen);
}

static void
copy_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  copy_lines (STOKER_LOG_VIEW (widget), NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerLogView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (stoker_log_save_finish (result, &error))
    stoker_ui_toast (GTK_WIDGET (self), self->feed == NULL && self->n_dropped > 0
                                          ? _ ("Log saved without its beginning")
                                          : _ ("Log saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
file_chosen_cb (StokerLogView *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

      const char *path = self->feed != NULL ? stoker_log_feed_get_path (self->feed) : NULL;

      stoker_log_save_async (self->model, path, file, self->cancellable, saved_cb,
                             g_object_ref (self));
    }
  g_clear_object (&self->chooser);
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerLogView *self = STOKER_LOG_VIEW (widget);
  g_autofree char *base = stoker_paths_safe_name (self->name, "job");
  g_autofree char *file_name = g_strconcat (base, ".log", NULL);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Save Log"),
                                               GTK_WINDOW (gtk_widget_get_root (widget)),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file_name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* stoker_log_view_install_actions: Gives the class what one can do with a log, by menu and key. */
void
stoker_log_view_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "log.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "log.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "log.previous", NULL, previous_cb);
  gtk_widget_class_install_action (widget_class, "log.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "log.copy-all", NULL, copy_all_cb);
  gtk_widget_class_install_action (widget_class, "log.save", NULL, save_cb);
  gtk_widget_class_install_property_action (widget_class, "log.follows", "follows");
  gtk_widget_class_install_property_action (widget_class, "log.wraps", "wraps");
  gtk_widget_class_install_property_action (widget_class, "log.shows-numbers", "shows-numbers");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "log.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "log.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "log.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "log.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "log.save", NULL);
}
