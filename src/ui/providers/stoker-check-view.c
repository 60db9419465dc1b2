/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-check-view.h"

#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerCheckView
{
  AdwBin parent_instance;

  GtkListBox *lines;
};

G_DEFINE_FINAL_TYPE (StokerCheckView, stoker_check_view, ADW_TYPE_BIN)

static void
clear_lines (StokerCheckView *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_list_box_remove (self->lines, child);
}

static GtkWidget *
add_line (StokerCheckView *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->lines, row);
  return row;
}

static void
add_result (StokerCheckView *self, gboolean is_good, const char *title, const char *subtitle)
{
  GtkWidget *row = add_line (self, title, subtitle);
  GtkWidget *icon = gtk_image_new_from_icon_name (is_good ? "emblem-ok-symbolic"
                                                          : "dialog-error-symbolic");

  gtk_widget_add_css_class (icon, is_good ? "success" : "error");
  stoker_ui_set_label (icon, is_good ? _ ("Good") : _ ("Problem"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
}

static void
add_good_news (StokerCheckView *self, const StokerHealth *health)
{
  g_autofree char *latency = NULL;

  if (health->latency_us >= 0)
    latency = g_strdup_printf (_ ("%d ms"), (int) (health->latency_us / 1000));
  add_result (self, TRUE, _ ("Reached"), latency);
  if (health->account != NULL)
    add_result (self, TRUE, _ ("Key accepted"), health->account);
  if (health->balance != NULL)
    add_result (self, TRUE, _ ("Balance"), health->balance);
  if (health->scopes != NULL)
    add_result (self, TRUE, _ ("Permissions"), health->scopes);
  if (health->message != NULL)
    add_result (self, TRUE, health->message, NULL);
}

static void
stoker_check_view_class_init (StokerCheckViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-check-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerCheckView, lines);
}

static void
stoker_check_view_init (StokerCheckView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_check_view_start:
 * @name: what is being checked
 *
 * Shows that a check is under way.
 */
void
stoker_check_view_start (StokerCheckView *self, const char *name)
{
  g_autofree char *title = g_strdup_printf (_ ("Asking %s…"), name);
  GtkWidget *spinner = gtk_spinner_new ();

  g_return_if_fail (STOKER_IS_CHECK_VIEW (self));

  clear_lines (self);
  gtk_spinner_start (GTK_SPINNER (spinner));
  stoker_ui_set_label (spinner, _ ("Checking"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (add_line (self, title, NULL)), spinner);
}

/**
 * stoker_check_view_finish:
 * @health: the outcome
 *
 * Shows what came of it: how it was reached and whose key it is, or what is wrong and what to do.
 */
void
stoker_check_view_finish (StokerCheckView *self, const StokerHealth *health)
{
  g_autofree char *verdict = NULL;
  g_autofree char *message = NULL;

  g_return_if_fail (STOKER_IS_CHECK_VIEW (self));

  clear_lines (self);
  if (health->is_ok)
    {
      add_good_news (self, health);
      return;
    }
  verdict = stoker_phrase_health (health);
  message = health->message != NULL ? stoker_phrase_sentence (health->message) : NULL;
  add_result (self, FALSE, verdict, message);
}
