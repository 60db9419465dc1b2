/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-scheduler-private.h"

#include "stoker-health-rounds.h"
#include "stoker-job-follower-private.h"
#include "stoker-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK_NAME "scheduler.lock"
#define LOCK_RETRY_S 2

struct _StokerScheduler
{
  GObject parent_instance;

  StokerWorkspace *workspace; /* borrowed: owns us */
  GHashTable *followers;      /* owned: borrowed job → StokerJobFollower */
  GPtrArray *order;           /* owned: borrowed followers, as they are in the queue */
  StokerHealthRounds *rounds; /* owned, nullable until it has the lock */
  int lock_fd;                /* -1: another process has the lock */
  guint wake_id;              /* source; 0 when nothing is due */
  gulong jobs_changed_id;
  gulong paused_changed_id;
  gboolean is_stopped;
};

G_DEFINE_FINAL_TYPE (StokerScheduler, stoker_scheduler, G_TYPE_OBJECT)

typedef enum {
  PROP_HAS_LOCK = 1,
  N_PROPS
} StokerSchedulerProperty;

static GParamSpec *properties[N_PROPS];

static void run_due (StokerScheduler *self);

static void
stoker_scheduler_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((StokerSchedulerProperty) prop_id)
    {
    case PROP_HAS_LOCK:
      g_value_set_boolean (value, stoker_scheduler_get_has_lock (STOKER_SCHEDULER (object)));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stoker_scheduler_dispose (GObject *object)
{
  StokerScheduler *self = STOKER_SCHEDULER (object);

  stoker_scheduler_stop (self);
  g_clear_object (&self->rounds);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_clear_pointer (&self->followers, g_hash_table_unref);

  G_OBJECT_CLASS (stoker_scheduler_parent_class)->dispose (object);
}

static void
stoker_scheduler_class_init (StokerSchedulerClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = stoker_scheduler_get_property;
  G_OBJECT_CLASS (klass)->dispose = stoker_scheduler_dispose;

  properties[PROP_HAS_LOCK] = g_param_spec_boolean ("has-lock", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                      G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
stoker_scheduler_init (StokerScheduler *self)
{
  self->lock_fd = -1;
  self->followers = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_object_unref);
  self->order = g_ptr_array_new ();
}

/* The lock is the kernel's: it goes with the process, however that ends. */
static int
take_lock (void)
{
  g_autofree char *dir = stoker_paths_get_state_dir ();
  g_autofree char *path = g_build_filename (dir, LOCK_NAME, NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      g_warning ("%s: %s", path, g_strerror (errno));
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  close (fd);
  return -1;
}

/* Which jobs are followed. */

static void
unfollow (StokerScheduler *self, StokerJobFollower *follower)
{
  g_signal_handlers_disconnect_by_data (follower, self);
  g_ptr_array_remove (self->order, follower);
  g_hash_table_remove (self->followers, follower->job);
}

static void
follower_stepped_cb (StokerScheduler *self, StokerJobFollower *follower)
{
  if (self->is_stopped)
    return;
  if (stoker_job_state_is_final (stoker_job_get_state (follower->job)) && !follower->is_busy)
    unfollow (self, follower);
  stoker_scheduler_wake (self);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  StokerJobFollower *first = *(StokerJobFollower **) a;
  StokerJobFollower *second = *(StokerJobFollower **) b;
  gint64 first_place = stoker_job_get_queue_place (first->job);
  gint64 second_place = stoker_job_get_queue_place (second->job);

  return (first_place > second_place) - (first_place < second_place);
}

static void
follow (StokerScheduler *self, StokerJob *job)
{
  StokerJobFollower *follower;

  if (stoker_job_get_dry_run (job) || stoker_job_state_is_final (stoker_job_get_state (job)) ||
      g_hash_table_contains (self->followers, job))
    return;
  follower = stoker_job_follower_new (self->workspace, job);
  g_hash_table_insert (self->followers, job, follower);
  g_ptr_array_add (self->order, follower);
  g_signal_connect_object (follower, "stepped", G_CALLBACK (follower_stepped_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The model is newest first; jobs of the same place are taken up in the order in which they were
 * made. */
static void
follow_range (StokerScheduler *self, guint position, guint n_jobs)
{
  GListModel *jobs = stoker_workspace_get_jobs (self->workspace);
  guint n_before = self->order->len;

  for (guint i = n_jobs; i > 0; i--)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, position + i - 1);

      follow (self, job);
    }
  if (self->order->len != n_before)
    g_ptr_array_sort (self->order, compare_places);
}

/* What may run now. */

static gboolean
is_with_provider (StokerJobFollower *follower)
{
  return follower->is_busy || stoker_job_get_state (follower->job) != STOKER_JOB_WAITING;
}

/* What one look at all followed jobs tells, so that each of them can be judged by itself. */
typedef struct
{
  GHashTable *used; /* owned: borrowed provider id → places taken; G_MAXUINT is none free */
  guint limit;      /* places a provider */
  gboolean is_paused;
} Occupancy;

static void
occupancy_clear (Occupancy *self)
{
  g_clear_pointer (&self->used, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Occupancy, occupancy_clear)

static guint
count_used (const Occupancy *self, StokerJobFollower *follower)
{
  return GPOINTER_TO_UINT (
    g_hash_table_lookup (self->used, stoker_job_get_provider_id (follower->job)));
}

/* While a request is uncertain nothing else is sent to its provider. */
static void
count_in (Occupancy *self, StokerJobFollower *follower)
{
  guint used = count_used (self, follower);

  if (stoker_job_follower_is_uncertain (follower))
    used = G_MAXUINT;
  else if (is_with_provider (follower) && used != G_MAXUINT)
    used++;
  g_hash_table_insert (self->used, (gpointer) stoker_job_get_provider_id (follower->job),
                       GUINT_TO_POINTER (used));
}

static void
occupancy_init (Occupancy *occupancy, StokerScheduler *self)
{
  StokerSettings *settings = stoker_workspace_get_settings (self->workspace);

  occupancy->used = g_hash_table_new (g_str_hash, g_str_equal);
  occupancy->limit = stoker_settings_get_jobs_per_provider (settings);
  occupancy->is_paused = g_settings_get_boolean (stoker_settings_get_gsettings (settings),
                                                 "queue-paused");
  for (guint i = 0; i < self->order->len; i++)
    count_in (occupancy, self->order->pdata[i]);
}

/* A waiting job may start when the queue is not paused, its provider has a free place and no
 * request there is uncertain. */
static gboolean
is_ready (const Occupancy *occupancy, StokerJobFollower *follower)
{
  StokerJobState state = stoker_job_get_state (follower->job);

  if (follower->is_busy || stoker_job_state_is_final (state))
    return FALSE;
  if (state != STOKER_JOB_WAITING)
    return TRUE;
  return !occupancy->is_paused && count_used (occupancy, follower) < occupancy->limit;
}

static gboolean
wake_cb (gpointer user_data)
{
  StokerScheduler *self = user_data;

  self->wake_id = 0;
  run_due (self);
  return G_SOURCE_REMOVE;
}

/* One timer for everything: set to whatever is due first. */
static void
plan_wake (StokerScheduler *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 first = G_MAXINT64;
  g_auto (Occupancy) occupancy = { NULL };

  occupancy_init (&occupancy, self);
  for (guint i = 0; i < self->order->len; i++)
    {
      StokerJobFollower *follower = self->order->pdata[i];

      if (is_ready (&occupancy, follower))
        first = MIN (first, follower->due_us);
    }

  g_clear_handle_id (&self->wake_id, g_source_remove);
  if (first != G_MAXINT64)
    self->wake_id = g_timeout_add ((guint) (MAX (first - now, 0) / 1000 + 1), wake_cb, self);
}

static void
run_due (StokerScheduler *self)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = g_get_monotonic_time ();
  g_auto (Occupancy) occupancy = { NULL };

  occupancy_init (&occupancy, self);
  for (guint i = 0; i < self->order->len; i++)
    g_ptr_array_add (due, g_object_ref (self->order->pdata[i]));
  for (guint i = 0; i < due->len && !self->is_stopped; i++)
    {
      StokerJobFollower *follower = due->pdata[i];
      gboolean was_with_provider = is_with_provider (follower);

      if (follower->due_us > now || !is_ready (&occupancy, follower))
        continue;
      stoker_job_follower_step (follower);
      if (!was_with_provider)
        count_in (&occupancy, follower);
    }
  if (!self->is_stopped)
    plan_wake (self);
}

static void
jobs_changed_cb (StokerScheduler *self, guint position, guint n_removed, guint n_added)
{
  follow_range (self, position, n_added);
  stoker_scheduler_wake (self);
}

static void
begin_following (StokerScheduler *self)
{
  GListModel *jobs = stoker_workspace_get_jobs (self->workspace);

  self->jobs_changed_id = g_signal_connect_object (jobs, "items-changed",
                                                   G_CALLBACK (jobs_changed_cb), self,
                                                   G_CONNECT_SWAPPED);
  self->paused_changed_id =
    g_signal_connect_object (stoker_settings_get_gsettings (
                               stoker_workspace_get_settings (self->workspace)),
                             "changed::queue-paused", G_CALLBACK (stoker_scheduler_wake), self,
                             G_CONNECT_SWAPPED);
  follow_range (self, 0, g_list_model_get_n_items (jobs));
  self->rounds = stoker_health_rounds_new (self->workspace);
  stoker_health_rounds_start (self->rounds);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_LOCK]);
  stoker_scheduler_wake (self);
}

static gboolean
retry_lock_cb (gpointer user_data)
{
  StokerScheduler *self = user_data;

  self->lock_fd = take_lock ();
  if (self->lock_fd < 0)
    return G_SOURCE_CONTINUE;
  self->wake_id = 0;
  begin_following (self);
  return G_SOURCE_REMOVE;
}

/* Makes the scheduler of @workspace, which must outlive it. */
StokerScheduler *
stoker_scheduler_new (StokerWorkspace *workspace)
{
  StokerScheduler *self = g_object_new (STOKER_TYPE_SCHEDULER, NULL);

  self->workspace = workspace;
  return self;
}

/* Takes the lock and takes up every unfinished job; without the lock, tries again until the other
 * process leaves. */
void
stoker_scheduler_start (StokerScheduler *self)
{
  self->lock_fd = take_lock ();
  if (self->lock_fd >= 0)
    begin_following (self);
  else
    self->wake_id = g_timeout_add_seconds (LOCK_RETRY_S, retry_lock_cb, self);
}

/* Lets go of all jobs; what is at the providers goes on there and is taken up again by the next
 * scheduler. */
void
stoker_scheduler_stop (StokerScheduler *self)
{
  if (self->is_stopped)
    return;
  self->is_stopped = TRUE;
  g_clear_handle_id (&self->wake_id, g_source_remove);
  if (self->rounds != NULL)
    stoker_health_rounds_stop (self->rounds);
  if (self->jobs_changed_id != 0)
    {
      g_clear_signal_handler (&self->jobs_changed_id, stoker_workspace_get_jobs (self->workspace));
      g_clear_signal_handler (&self->paused_changed_id,
                              stoker_settings_get_gsettings (
                                stoker_workspace_get_settings (self->workspace)));
    }
  for (guint i = 0; i < self->order->len; i++)
    {
      StokerJobFollower *follower = self->order->pdata[i];

      g_cancellable_cancel (follower->cancellable);
    }
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
}

/* Something changed: look at once whether a step is due. */
void
stoker_scheduler_wake (StokerScheduler *self)
{
  if (self->is_stopped || self->lock_fd < 0)
    return;
  plan_wake (self);
}

/* A job that had ended is taken up again. */
void
stoker_scheduler_follow_job (StokerScheduler *self, StokerJob *job)
{
  if (self->is_stopped || self->lock_fd < 0)
    return;
  follow (self, job);
  stoker_scheduler_sort_queue (self);
}

/* The places of the jobs that wait have changed. */
void
stoker_scheduler_sort_queue (StokerScheduler *self)
{
  g_ptr_array_sort (self->order, compare_places);
  stoker_scheduler_wake (self);
}

/* Notes that the user has ended what @job used. */
void
stoker_scheduler_confirm_ended (StokerScheduler *self, StokerJob *job)
{
  StokerJobFollower *follower;

  follow (self, job);
  follower = g_hash_table_lookup (self->followers, job);
  if (follower != NULL)
    stoker_job_follower_confirm_ended (follower);
  stoker_scheduler_wake (self);
}

/* Notes the user's wish to cancel @job. */
void
stoker_scheduler_cancel_job (StokerScheduler *self, StokerJob *job)
{
  StokerJobFollower *follower;

  follow (self, job);
  follower = g_hash_table_lookup (self->followers, job);
  if (follower != NULL)
    stoker_job_follower_cancel (follower);
  stoker_scheduler_wake (self);
}

gboolean
stoker_scheduler_get_has_lock (StokerScheduler *self)
{
  return self->lock_fd >= 0;
}
