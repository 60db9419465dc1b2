/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jobs-list-private.h"

#include "stoker-order-queue.h"

#include <glib/gi18n-lib.h>

static GSettings *
get_settings (StokerJobsList *self)
{
  return stoker_settings_get_gsettings (stoker_workspace_get_settings (self->workspace));
}

/* Chips. */

static void
show_chip (GtkToggleButton *chip, const char *name, guint count)
{
  g_autofree char *text = g_strdup_printf ("%s %u", name, count);

  gtk_button_set_label (GTK_BUTTON (chip), text);
}

void
stoker_jobs_list_show_counts (StokerJobsList *self)
{
  StokerJobList *jobs = STOKER_JOB_LIST (stoker_workspace_get_jobs (self->workspace));

  show_chip (self->chip_all, _ ("All"), g_list_model_get_n_items (G_LIST_MODEL (jobs)));
  show_chip (self->chip_running, _ ("Running"),
             stoker_job_list_get_count (jobs, STOKER_JOB_IS_RUNNING));
  show_chip (self->chip_attention, _ ("Needs Attention"),
             stoker_job_list_get_count (jobs, STOKER_JOB_NEEDS_ATTENTION));
  show_chip (self->chip_done, _ ("Done"), stoker_job_list_get_count (jobs, STOKER_JOB_IS_DONE));
  show_chip (self->chip_failed, _ ("Failed"),
             stoker_job_list_get_count (jobs, STOKER_JOB_HAS_FAILED));
}

static void
scroll_to_top (StokerJobsList *self)
{
  GtkAdjustment *rows = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->rows));

  gtk_adjustment_set_value (stoker_jobs_table_get_vadjustment (self->table), 0);
  if (rows != NULL)
    gtk_adjustment_set_value (rows, 0);
}

/* What the settings ask for. */

static void
order_changed_cb (StokerJobsList *self)
{
  g_autofree char *text = g_settings_get_string (get_settings (self), "jobs-sort");
  gboolean is_descending = FALSE;
  StokerJobOrder order = stoker_job_order_parse (text, &is_descending);

  stoker_jobs_table_show_order (self->table, order, is_descending);
  stoker_job_index_set_order (self->index, order, is_descending);
  scroll_to_top (self);
}

static void
grouping_changed_cb (StokerJobsList *self)
{
  g_autofree char *text = g_settings_get_string (get_settings (self), "jobs-group");

  stoker_job_index_set_grouping (self->index, stoker_job_grouping_parse (text));
  stoker_jobs_list_plan_arrange (self);
}

static void
filter_changed_cb (StokerJobsList *self)
{
  g_autofree char *text = g_settings_get_string (get_settings (self), "jobs-filter");

  stoker_job_index_set_filter (self->index, stoker_job_filter_parse (text));
  scroll_to_top (self);
}

static void
paused_changed_cb (StokerJobsList *self)
{
  gtk_widget_set_visible (self->paused_bar, stoker_queue_is_paused (self->workspace));
}

static void
order_chosen_cb (StokerJobsList *self, const char *order)
{
  g_settings_set_string (get_settings (self), "jobs-sort", order);
}

static void
search_changed_cb (StokerJobsList *self)
{
  if (self->index == NULL)
    return;
  stoker_job_index_set_search (self->index, gtk_editable_get_text (self->search_entry));
  scroll_to_top (self);
}

void
stoker_jobs_list_end_search (StokerJobsList *self)
{
  gtk_editable_set_text (self->search_entry, "");
  g_object_set (self, "is-searching", FALSE, NULL);
}

static void
clear_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobsList *self = STOKER_JOBS_LIST (widget);

  stoker_jobs_list_end_search (self);
  g_settings_set_string (get_settings (self), "jobs-filter", "all");
}

static void
resume_cb (StokerJobsList *self)
{
  stoker_queue_set_paused (self->workspace, FALSE);
}

void
stoker_jobs_list_watch_settings (StokerJobsList *self)
{
  static const char *const keys[] = { "jobs-sort", "jobs-group", "jobs-filter", "queue-paused" };
  GSettings *settings = get_settings (self);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GAction) action = g_settings_create_action (settings, keys[i]);

      g_action_map_add_action (G_ACTION_MAP (self->actions), action);
    }
  g_signal_connect_object (settings, "changed::jobs-sort", G_CALLBACK (order_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::jobs-group", G_CALLBACK (grouping_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::jobs-filter", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::queue-paused", G_CALLBACK (paused_changed_cb), self,
                           G_CONNECT_SWAPPED);
  order_changed_cb (self);
  grouping_changed_cb (self);
  filter_changed_cb (self);
  paused_changed_cb (self);
}

void
stoker_jobs_list_unwatch_settings (StokerJobsList *self)
{
  g_signal_handlers_disconnect_by_data (get_settings (self), self);
}

void
stoker_jobs_list_bind_settings (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, order_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, resume_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stoker_jobs_list_end_search);
  gtk_widget_class_install_action (widget_class, "jobs.clear", NULL, clear_cb);
}
