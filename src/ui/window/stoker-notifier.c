/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-notifier.h"

#include "stoker-job-phrases.h"
#include "stoker-notice.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#define MINUTES_PER_HOUR 60
#define NETWORK_TAG "network"

struct _StokerNotifier
{
  GObject parent_instance;

  GApplication *application; /* borrowed: owns us */
  StokerDesk *desk;          /* owned */
  GSettings *settings;       /* owned, nullable */
  StokerJobWatch *watch;     /* owned, nullable */
  GListModel *providers;     /* owned, nullable */
  GHashTable *codes;         /* owned: id of a job → StokerError + 1 */
  GHashTable *healths;       /* owned: id of a provider → StokerHealth */
};

G_DEFINE_FINAL_TYPE (StokerNotifier, stoker_notifier, G_TYPE_OBJECT)

/* Whether to tell. */

static int
get_minute (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_get_hour (now) * MINUTES_PER_HOUR + g_date_time_get_minute (now);
}

static gboolean
is_window_active (StokerNotifier *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self->application));

  return window != NULL && gtk_window_is_active (window);
}

static gboolean
is_wanted (StokerNotifier *self, StokerNotice notice)
{
  StokerNoticeRules rules;

  stoker_notice_rules_init (&rules, self->settings);
  return stoker_notice_is_wanted (notice, &rules, get_minute (), is_window_active (self));
}

/* What is told of a job. */

static const char *
get_provider_name (StokerNotifier *self, const char *id)
{
  StokerWorkspace *workspace = stoker_desk_get_workspace (self->desk);

  return stoker_phrase_provider_of (workspace, id);
}

static char *
make_title (StokerJob *job, StokerNotice notice)
{
  const char *name = stoker_job_get_name (job);

  if (notice == STOKER_NOTICE_FINISHED)
    return g_strdup_printf (_ ("“%s” Is Done"), name);
  if (notice == STOKER_NOTICE_ATTENTION)
    return g_strdup_printf (_ ("“%s” Needs a Decision"), name);
  if (stoker_job_get_state (job) == STOKER_JOB_LOST)
    return g_strdup_printf (_ ("“%s” Is Lost"), name);
  return g_strdup_printf (_ ("“%s” Failed"), name);
}

static char *
make_body (StokerNotifier *self, StokerJob *job)
{
  g_autofree char *story =
    stoker_phrase_job_story (job, get_provider_name (self, stoker_job_get_provider_id (job)));
  g_autofree char *message = stoker_phrase_job_message (job);
  StokerMoney accrued = stoker_job_get_accrued (job);
  g_autofree char *cost = NULL;

  if (*message != '\0')
    return g_strdup_printf ("%s %s", story, message);
  if (!accrued.is_known)
    return g_steal_pointer (&story);
  cost = stoker_money_format (accrued);
  return g_strdup_printf (_ ("%s It cost %s."), story, cost);
}

static void
tell_of_job (StokerNotifier *self, StokerJob *job, StokerNotice notice)
{
  g_autofree char *title = make_title (job, notice);
  g_autofree char *body = make_body (self, job);
  g_autofree char *tag = stoker_notifier_get_job_tag (stoker_job_get_id (job));
  g_autoptr (GNotification) notification = g_notification_new (title);
  const char *id = stoker_job_get_id (job);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-job", "s", id);
  g_notification_add_button_with_target (notification, _ ("Show"), "app.show-job", "s", id);
  if (notice == STOKER_NOTICE_FAILED)
    g_notification_add_button_with_target (notification, _ ("Retry"), "app.retry-job", "s", id);
  if (notice != STOKER_NOTICE_FINISHED)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  /* One for each job: a newer one takes the place of the older. */
  g_application_send_notification (self->application, tag, notification);
}

/* Following jobs. */

/* The trouble with which a job ended is told as its end, and does not count when it is sent again.
 */
static int
take_code (StokerNotifier *self, StokerJob *job)
{
  gboolean is_over = stoker_job_state_is_final (stoker_job_get_state (job));
  int code = is_over ? -1 : stoker_job_get_error_code (job);
  gpointer before = g_hash_table_lookup (self->codes, stoker_job_get_id (job));

  if (code < 0)
    g_hash_table_remove (self->codes, stoker_job_get_id (job));
  else
    g_hash_table_insert (self->codes, g_strdup (stoker_job_get_id (job)),
                         GINT_TO_POINTER (code + 1));
  return GPOINTER_TO_INT (before) - 1;
}

static void
job_changed_cb (StokerNotifier *self, StokerJob *job)
{
  int before;
  StokerNotice notice;

  if (job == NULL)
    return;
  before = take_code (self, job);
  notice = stoker_notice_of_trouble (before, stoker_job_get_error_code (job),
                                     stoker_job_get_state (job));
  if (is_wanted (self, notice))
    tell_of_job (self, job, notice);
}

static void
state_changed_cb (StokerNotifier *self, StokerJob *job, int before)
{
  StokerNotice notice = stoker_notice_of_state ((StokerJobState) before,
                                                stoker_job_get_state (job));
  g_autofree char *tag = stoker_notifier_get_job_tag (stoker_job_get_id (job));

  if (is_wanted (self, notice))
    tell_of_job (self, job, notice);
  else if (!stoker_job_state_is_final (stoker_job_get_state (job)))
    /* It was sent again: that it failed is no news any more. */
    g_application_withdraw_notification (self->application, tag);
}

static void
remember_codes (StokerNotifier *self)
{
  g_autoptr (GPtrArray) jobs = stoker_job_list_list_live (stoker_job_watch_get_jobs (self->watch));

  for (guint i = 0; i < jobs->len; i++)
    take_code (self, jobs->pdata[i]);
}

/* Following providers. */

static char *
make_provider_tag (StokerProvider *provider)
{
  return g_strconcat ("provider-", stoker_provider_get_id (provider), NULL);
}

static char *
describe_trouble (const StokerHealth *health, StokerNotice notice)
{
  g_autofree char *sentence = stoker_phrase_sentence (health->message != NULL ? health->message
                                                                              : "");

  if (notice != STOKER_NOTICE_OUTAGE)
    return g_steal_pointer (&sentence);
  return g_strdup_printf ("%s %s", sentence,
                          _ ("It is left out of advice until it answers again."));
}

static void
tell_of_provider (StokerNotifier *self, StokerProvider *provider, StokerNotice notice)
{
  const char *id = stoker_provider_get_id (provider);
  StokerHealth *health = stoker_provider_get_health (provider);
  g_autofree char *words = stoker_phrase_health (health);
  g_autofree char *title = g_strdup_printf ("%s: %s", stoker_phrase_provider_name (provider),
                                            words);
  g_autofree char *body = describe_trouble (health, notice);
  g_autofree char *tag = make_provider_tag (provider);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-provider", "s", id);
  g_notification_add_button_with_target (notification,
                                         notice == STOKER_NOTICE_OUTAGE ? _ ("Show") : _ ("Fix"),
                                         "app.show-provider", "s", id);
  g_application_send_notification (self->application, tag, notification);
}

/* That it is well again is nothing to be told, but that it was not is no news any more. */
static void
withdraw_trouble (StokerNotifier *self, StokerProvider *provider, const StokerHealth *before)
{
  g_autofree char *tag = make_provider_tag (provider);

  if (before != NULL && !before->is_ok)
    g_application_withdraw_notification (self->application, tag);
}

static void
look_at_provider (StokerNotifier *self, StokerProvider *provider, gboolean may_tell)
{
  const char *id = stoker_provider_get_id (provider);
  StokerHealth *before = g_hash_table_lookup (self->healths, id);
  StokerHealth *health = stoker_provider_get_health (provider);
  StokerNotice notice = stoker_notice_of_health (before, health);

  if (health == before)
    return;
  if (may_tell && is_wanted (self, notice))
    tell_of_provider (self, provider, notice);
  if (health != NULL && health->is_ok)
    withdraw_trouble (self, provider, before);
  if (health == NULL)
    g_hash_table_remove (self->healths, id);
  else
    g_hash_table_insert (self->healths, g_strdup (id), stoker_health_ref (health));
}

static void
look_at_providers (StokerNotifier *self, gboolean may_tell)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (self->providers, i);

      look_at_provider (self, provider, may_tell);
    }
}

/* One for all of them. */
static void
cut_off_cb (StokerNotifier *self, GParamSpec *pspec, StokerWorkspace *workspace)
{
  g_autoptr (GNotification) notification = NULL;

  if (!stoker_workspace_is_cut_off (workspace))
    {
      g_application_withdraw_notification (self->application, NETWORK_TAG);
      return;
    }
  if (!is_wanted (self, STOKER_NOTICE_OUTAGE))
    return;
  notification = g_notification_new (_ ("No Provider Can Be Reached"));
  g_notification_set_body (notification,
                           _ ("None of those that were asked can be reached, so the network may "
                              "lead nowhere. They stay in advice and are asked again."));
  g_application_send_notification (self->application, NETWORK_TAG, notification);
}

static void
providers_changed_cb (StokerNotifier *self)
{
  look_at_providers (self, TRUE);
}

static void
drop_workspace (StokerNotifier *self)
{
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  if (self->providers != NULL)
    g_signal_handlers_disconnect_by_data (self->providers, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->providers);
  g_hash_table_remove_all (self->codes);
  g_hash_table_remove_all (self->healths);
}

/* What was so when the workspace was opened is old: only what happens from now on is told. */
static void
workspace_changed_cb (StokerNotifier *self)
{
  StokerWorkspace *workspace = stoker_desk_get_workspace (self->desk);

  drop_workspace (self);
  if (workspace == NULL)
    return;
  self->watch = g_object_ref (stoker_desk_get_job_watch (self->desk));
  remember_codes (self);
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (job_changed_cb), self);
  g_signal_connect_swapped (self->watch, "state-changed", G_CALLBACK (state_changed_cb), self);
  g_signal_connect_object (workspace, "notify::is-cut-off", G_CALLBACK (cut_off_cb), self,
                           G_CONNECT_SWAPPED);
  self->providers = g_object_ref (stoker_workspace_get_providers (workspace));
  look_at_providers (self, FALSE);
  g_signal_connect_swapped (self->providers, "items-changed", G_CALLBACK (providers_changed_cb),
                            self);
}

static void
stoker_notifier_dispose (GObject *object)
{
  StokerNotifier *self = STOKER_NOTIFIER (object);

  drop_workspace (self);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (stoker_notifier_parent_class)->dispose (object);
}

static void
stoker_notifier_finalize (GObject *object)
{
  StokerNotifier *self = STOKER_NOTIFIER (object);

  g_hash_table_unref (self->codes);
  g_hash_table_unref (self->healths);
  G_OBJECT_CLASS (stoker_notifier_parent_class)->finalize (object);
}

static void
stoker_notifier_class_init (StokerNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_notifier_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_notifier_finalize;
}

static void
stoker_notifier_init (StokerNotifier *self)
{
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->healths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) stoker_health_unref);
}

/**
 * stoker_notifier_new:
 * @application: sends the notifications; must outlive the notifier
 * @desk: where the workspace comes and goes
 * @settings: (nullable): which of them are wanted, and when
 *
 * Returns: (transfer full): a notifier
 */
StokerNotifier *
stoker_notifier_new (GApplication *application, StokerDesk *desk, GSettings *settings)
{
  StokerNotifier *self = g_object_new (STOKER_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->desk = g_object_ref (desk);
  g_set_object (&self->settings, settings);
  g_signal_connect_swapped (desk, "notify::workspace", G_CALLBACK (workspace_changed_cb), self);
  workspace_changed_cb (self);
  return self;
}

/**
 * stoker_notifier_get_job_tag:
 * @job_id: id of a job
 *
 * Returns: (transfer full): name under which the application sends what it tells of that job
 */
char *
stoker_notifier_get_job_tag (const char *job_id)
{
  return g_strconcat ("job-", job_id, NULL);
}
