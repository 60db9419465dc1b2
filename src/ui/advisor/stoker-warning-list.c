/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-warning-list.h"

#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* A longer list is opened on request, and has to be before it can be confirmed. */
#define FIRST_WARNINGS 4

struct _StokerWarningList
{
  AdwBin parent_instance;

  GStrv warnings; /* owned, nullable */
  gboolean is_whole;

  GtkBox *lines;
  GtkButton *more_button;
  GtkCheckButton *confirm_check;
};

G_DEFINE_FINAL_TYPE (StokerWarningList, stoker_warning_list, ADW_TYPE_BIN)

static guint changed_signal;

static void
show_lines (StokerWarningList *self)
{
  guint count = self->warnings != NULL ? g_strv_length (self->warnings) : 0;
  guint n_shown = self->is_whole ? count : MIN (count, FIRST_WARNINGS);
  GtkWidget *child = NULL;
  g_autofree char *more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Show %u More",
                                                        "Show %u More", count - n_shown),
                                           count - n_shown);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_box_remove (self->lines, child);
  for (guint i = 0; i < n_shown; i++)
    gtk_box_append (self->lines, stoker_ui_warning_new (self->warnings[i]));
  gtk_button_set_label (self->more_button, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), n_shown < count);
  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm_check), n_shown == count);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->confirm_check),
                               n_shown < count ? _ ("Show all of them first") : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0);
}

static void
show_more_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerWarningList *self = STOKER_WARNING_LIST (widget);

  self->is_whole = TRUE;
  show_lines (self);
}

static void
toggled_cb (StokerWarningList *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
stoker_warning_list_finalize (GObject *object)
{
  g_strfreev (STOKER_WARNING_LIST (object)->warnings);
  G_OBJECT_CLASS (stoker_warning_list_parent_class)->finalize (object);
}

static void
stoker_warning_list_class_init (StokerWarningListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_warning_list_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-warning-list.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerWarningList, lines);
  gtk_widget_class_bind_template_child (widget_class, StokerWarningList, more_button);
  gtk_widget_class_bind_template_child (widget_class, StokerWarningList, confirm_check);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_install_action (widget_class, "warnings.more", NULL, show_more_cb);
}

static void
stoker_warning_list_init (StokerWarningList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_warning_list_show:
 * @warnings: (nullable) (element-type utf8): what has to be known
 *
 * Shows the warnings. They have to be confirmed anew when they are others than before.
 */
void
stoker_warning_list_show (StokerWarningList *self, GPtrArray *warnings)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  g_return_if_fail (STOKER_IS_WARNING_LIST (self));

  for (guint i = 0; warnings != NULL && i < warnings->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (warnings, i));
  texts = g_strv_builder_end (builder);
  if (self->warnings != NULL &&
      g_strv_equal ((const char *const *) texts, (const char *const *) self->warnings))
    return;
  g_strfreev (self->warnings);
  self->warnings = g_steal_pointer (&texts);
  self->is_whole = FALSE;
  gtk_check_button_set_active (self->confirm_check, FALSE);
  show_lines (self);
}

/**
 * stoker_warning_list_is_confirmed:
 *
 * Returns: whether there is nothing to confirm, or it was
 */
gboolean
stoker_warning_list_is_confirmed (StokerWarningList *self)
{
  g_return_val_if_fail (STOKER_IS_WARNING_LIST (self), FALSE);

  return self->warnings == NULL || self->warnings[0] == NULL ||
         gtk_check_button_get_active (self->confirm_check);
}

/**
 * stoker_warning_list_get_warnings:
 *
 * Returns: (transfer none) (nullable): the warnings
 */
const char *const *
stoker_warning_list_get_warnings (StokerWarningList *self)
{
  g_return_val_if_fail (STOKER_IS_WARNING_LIST (self), NULL);

  return (const char *const *) self->warnings;
}
