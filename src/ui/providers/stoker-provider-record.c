/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-record.h"

#include "stoker-job-phrases.h"
#include "stoker-list-spending.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#define MAX_JOBS 5
#define SPENDING_DAYS 30

struct _StokerProviderRecord
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  StokerProvider *provider;   /* owned, nullable */
  GCancellable *cancellable;  /* owned, nullable: the ledger is being read */
  gulong health_handler;
  gulong jobs_handler;

  GtkListBox *health_list;
  GtkListBox *jobs_list;
  GtkLabel *month_label;
  GtkLabel *all_label;
  GtkWidget *no_jobs_list;
};

G_DEFINE_FINAL_TYPE (StokerProviderRecord, stoker_provider_record, ADW_TYPE_BIN)

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row = NULL;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* The last check. */

static void
add_health (StokerProviderRecord *self, const char *title, const char *value)
{
  if (value != NULL && *value != '\0')
    gtk_list_box_append (self->health_list, new_row (title, value));
}

static void
show_known_health (StokerProviderRecord *self, const StokerHealth *health)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (health->checked_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *time = g_date_time_format (local, "%c");
  g_autofree char *age = stoker_phrase_ago (health->checked_us, g_get_real_time ());
  g_autofree char *when = g_strdup_printf ("%s · %s", time, age);
  g_autofree char *latency = health->latency_us >= 0
                               ? g_strdup_printf (_ ("%d ms"), (int) (health->latency_us / 1000))
                               : NULL;

  add_health (self, _ ("Last Check"), when);
  add_health (self, _ ("Answers In"), latency);
  add_health (self, _ ("Account"), health->account);
  add_health (self, _ ("Balance"), health->balance);
  add_health (self, _ ("The Key May"), health->scopes);
}

static void
show_health (StokerProviderRecord *self)
{
  StokerHealth *health = stoker_provider_get_health (self->provider);

  clear_list (self->health_list);
  if (health != NULL)
    show_known_health (self, health);
  else
    add_health (self, _ ("Never Checked"),
                _ ("A check tells whether it answers and whether the key is good."));
}

/* What was spent. */

static void
show_amount (GtkLabel *label, StokerMoney amount)
{
  g_autofree char *text = amount.is_known ? stoker_money_format (amount) : g_strdup (_ ("unknown"));

  gtk_label_set_label (label, text);
}

static void
got_spending (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProviderRecord) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = stoker_list_spending_finish (result, &error);
  const char *id = NULL;
  gint64 month_us = g_get_real_time () - SPENDING_DAYS * G_TIME_SPAN_DAY;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->provider == NULL)
    return;
  if (entries == NULL)
    {
      show_amount (self->month_label, stoker_money_unknown ());
      show_amount (self->all_label, stoker_money_unknown ());
      return;
    }
  id = stoker_provider_get_id (self->provider);
  show_amount (self->month_label, stoker_sum_spending (entries, id, month_us));
  show_amount (self->all_label, stoker_sum_spending (entries, id, 0));
}

static void
ask_for_spending (StokerProviderRecord *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  stoker_list_spending_async (self->workspace, 0, self->cancellable, got_spending,
                              g_object_ref (self));
}

/* The latest jobs. */

static void
add_job (StokerProviderRecord *self, StokerJob *job)
{
  StokerJobState state = stoker_job_get_state (job);
  g_autofree char *cost = stoker_phrase_cost_of_job (job);
  g_autofree char *age = stoker_phrase_ago (stoker_job_get_created (job), g_get_real_time ());
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", stoker_phrase_job_state (state),
                                               cost, age);
  GtkWidget *row = new_row (stoker_job_get_name (job), subtitle);
  GtkWidget *icon = gtk_image_new_from_icon_name (stoker_phrase_job_icon (state));

  stoker_ui_set_state_class (icon, stoker_phrase_job_class (state));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  stoker_ui_set_label (row, stoker_job_get_name (job));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-job");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", stoker_job_get_id (job));
  gtk_list_box_append (self->jobs_list, row);
}

static void
show_jobs (StokerProviderRecord *self)
{
  GListModel *jobs = stoker_workspace_get_jobs (self->workspace);
  guint length = g_list_model_get_n_items (jobs);
  const char *id = stoker_provider_get_id (self->provider);
  guint count = 0;

  clear_list (self->jobs_list);
  for (guint i = 0; i < length && count < MAX_JOBS; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);

      if (g_strcmp0 (stoker_job_get_provider_id (job), id) != 0)
        continue;
      add_job (self, job);
      count++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->jobs_list), count > 0);
  gtk_widget_set_visible (self->no_jobs_list, count == 0);
}

static void
jobs_changed_cb (StokerProviderRecord *self)
{
  show_jobs (self);
  ask_for_spending (self);
}

static void
forget_provider (StokerProviderRecord *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->provider != NULL)
    g_clear_signal_handler (&self->health_handler, self->provider);
  if (self->workspace != NULL)
    g_clear_signal_handler (&self->jobs_handler, stoker_workspace_get_jobs (self->workspace));
  g_clear_object (&self->provider);
  g_clear_object (&self->workspace);
}

static void
stoker_provider_record_dispose (GObject *object)
{
  forget_provider (STOKER_PROVIDER_RECORD (object));
  G_OBJECT_CLASS (stoker_provider_record_parent_class)->dispose (object);
}

static void
stoker_provider_record_class_init (StokerProviderRecordClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_provider_record_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-provider-record.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRecord, health_list);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRecord, jobs_list);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRecord, month_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRecord, all_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRecord, no_jobs_list);
}

static void
stoker_provider_record_init (StokerProviderRecord *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_provider_record_set_provider:
 * @workspace: (nullable): the workspace
 * @provider: (nullable): one of its providers
 *
 * Shows what has become of the provider, and follows its checks and jobs.
 */
void
stoker_provider_record_set_provider (StokerProviderRecord *self,
                                     StokerWorkspace *workspace,
                                     StokerProvider *provider)
{
  g_return_if_fail (STOKER_IS_PROVIDER_RECORD (self));

  forget_provider (self);
  if (workspace == NULL || provider == NULL)
    return;
  self->workspace = g_object_ref (workspace);
  self->provider = g_object_ref (provider);
  self->health_handler = g_signal_connect_swapped (provider, "notify::health",
                                                   G_CALLBACK (show_health), self);
  self->jobs_handler = g_signal_connect_swapped (stoker_workspace_get_jobs (workspace),
                                                 "items-changed", G_CALLBACK (jobs_changed_cb),
                                                 self);
  show_health (self);
  jobs_changed_cb (self);
}
