/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-order.h"

#include "stoker-provider-phrases.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define DAY_S (24 * 60 * 60)

/* As the setting jobs-sort has them. */
static const char *const order_names[] = {
  [STOKER_JOB_ORDER_NEWEST] = "",         [STOKER_JOB_ORDER_STATE] = "state",
  [STOKER_JOB_ORDER_NAME] = "name",       [STOKER_JOB_ORDER_PROVIDER] = "provider",
  [STOKER_JOB_ORDER_GPU] = "gpu",         [STOKER_JOB_ORDER_PROGRESS] = "progress",
  [STOKER_JOB_ORDER_ELAPSED] = "elapsed", [STOKER_JOB_ORDER_COST] = "cost",
  [STOKER_JOB_ORDER_STARTED] = "started", [STOKER_JOB_ORDER_QUEUE] = "queue",
};

/**
 * stoker_job_order_parse:
 * @text: a column, with a minus sign before it for the largest first
 * @is_descending: (out): whether it had the sign
 *
 * Returns: the order; newest first when the text says nothing that is known
 */
StokerJobOrder
stoker_job_order_parse (const char *text, gboolean *is_descending)
{
  *is_descending = *text == '-';
  if (*is_descending)
    text++;
  for (int i = 0; i < STOKER_N_JOB_ORDERS; i++)
    if (g_str_equal (text, order_names[i]))
      return i;
  return STOKER_JOB_ORDER_NEWEST;
}

/**
 * stoker_job_order_name:
 * @order: an order
 *
 * Returns: (transfer none): what stoker_job_order_parse() reads
 */
const char *
stoker_job_order_name (StokerJobOrder order)
{
  return order_names[order];
}

/**
 * stoker_job_grouping_parse:
 * @text: a value of the setting jobs-group
 *
 * Returns: the grouping
 */
StokerJobGrouping
stoker_job_grouping_parse (const char *text)
{
  if (g_str_equal (text, "day"))
    return STOKER_JOB_GROUP_DAY;
  return g_str_equal (text, "provider") ? STOKER_JOB_GROUP_PROVIDER : STOKER_JOB_GROUP_NONE;
}

static gint64
local_day_of (gint64 time_us)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 time_s = time_us / G_USEC_PER_SEC;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time_s);

  return (time_s + (interval >= 0 ? g_time_zone_get_offset (zone, interval) : 0)) / DAY_S;
}

/**
 * stoker_job_local_day:
 * @job: a job
 *
 * Returns: the day it was made, counted from 1970 where the user lives
 */
gint64
stoker_job_local_day (StokerJob *job)
{
  return local_day_of (stoker_job_get_created (job));
}

/**
 * stoker_job_elapsed_s:
 * @job: a job
 * @now_us: the time
 *
 * Returns: for how many seconds it has run, −1 when it has not
 */
gint64
stoker_job_elapsed_s (StokerJob *job, gint64 now_us)
{
  gint64 started_us = stoker_job_get_started (job);
  gint64 ended_us = stoker_job_get_ended (job);

  if (started_us == 0)
    return -1;
  return MAX (0, (ended_us != 0 ? ended_us : now_us) - started_us) / G_USEC_PER_SEC;
}

static const char *
get_provider_name (StokerWorkspace *workspace, StokerJob *job)
{
  const char *id = stoker_job_get_provider_id (job);

  return stoker_phrase_provider_of (workspace, id);
}

static char *
name_day (gint64 day, gint64 today)
{
  g_autoptr (GDateTime) date = NULL;

  if (day == today)
    return g_strdup (_ ("Today"));
  if (day == today - 1)
    return g_strdup (_ ("Yesterday"));
  date = g_date_time_new_from_unix_utc (day * DAY_S);
  /* Translators: a day as the head of a group, for example "3 March 2026". */
  return g_date_time_format (date, _ ("%-e %B %Y"));
}

/**
 * stoker_job_group_label:
 * @workspace: the workspace
 * @job: a job
 * @grouping: how jobs are grouped
 * @now_us: the time
 *
 * Returns: (transfer full) (nullable): the head of its group
 */
char *
stoker_job_group_label (StokerWorkspace *workspace,
                        StokerJob *job,
                        StokerJobGrouping grouping,
                        gint64 now_us)
{
  if (grouping == STOKER_JOB_GROUP_DAY)
    return name_day (stoker_job_local_day (job), local_day_of (now_us));
  if (grouping == STOKER_JOB_GROUP_PROVIDER)
    return g_strdup (get_provider_name (workspace, job));
  return NULL;
}

/* Unknown amounts come after all others, whichever way the others run. */
static gint64
weigh_cost (StokerJob *job)
{
  StokerMoney accrued = stoker_job_get_accrued (job);
  StokerMoney estimated = stoker_job_get_estimated (job);

  if (stoker_job_get_dry_run (job))
    return 0;
  if (accrued.is_known)
    return accrued.nanos;
  return estimated.is_known ? estimated.nanos : G_MAXINT64;
}

/* Waiting jobs as they will be sent, then what is with a provider, then the rest. */
static gint64
weigh_queue (StokerJob *job)
{
  StokerJobState state = stoker_job_get_state (job);

  if (state == STOKER_JOB_WAITING)
    return stoker_job_get_queue_place (job) - G_MAXINT64;
  return stoker_job_state_is_final (state) ? G_MAXINT64 - stoker_job_get_created (job) : 0;
}

static void
weigh (StokerJobKey *self, StokerWorkspace *workspace, StokerJobOrder order)
{
  switch (order)
    {
    case STOKER_JOB_ORDER_STATE:
      self->number = stoker_job_get_state (self->job);
      break;
    case STOKER_JOB_ORDER_NAME:
      self->text = g_strdup (stoker_job_get_name (self->job));
      break;
    case STOKER_JOB_ORDER_PROVIDER:
      self->text = g_strdup (get_provider_name (workspace, self->job));
      break;
    case STOKER_JOB_ORDER_GPU:
      self->text = g_strdup (stoker_job_get_gpu (self->job));
      break;
    case STOKER_JOB_ORDER_PROGRESS:
      self->number = (gint64) (stoker_job_get_progress (self->job) * 1000000);
      break;
    case STOKER_JOB_ORDER_ELAPSED:
      self->number = stoker_job_elapsed_s (self->job, g_get_real_time ());
      break;
    case STOKER_JOB_ORDER_COST:
      self->number = weigh_cost (self->job);
      break;
    case STOKER_JOB_ORDER_STARTED:
      self->number = stoker_job_get_started (self->job);
      break;
    case STOKER_JOB_ORDER_QUEUE:
      self->number = weigh_queue (self->job);
      break;
    case STOKER_JOB_ORDER_NEWEST:
    case STOKER_N_JOB_ORDERS:
    default:
      break;
    }
}

/**
 * stoker_job_key_init:
 * @workspace: the workspace, which knows the names of providers
 * @job: a job
 * @order: what is compared
 * @grouping: what is compared before that
 *
 * Copies what decides the place of the job.
 */
void
stoker_job_key_init (StokerJobKey *self,
                     StokerWorkspace *workspace,
                     StokerJob *job,
                     StokerJobOrder order,
                     StokerJobGrouping grouping)
{
  *self = (StokerJobKey){ .job = job };
  if (grouping == STOKER_JOB_GROUP_DAY)
    self->group = -stoker_job_local_day (job);
  else if (grouping == STOKER_JOB_GROUP_PROVIDER)
    self->group_text = g_strdup (get_provider_name (workspace, job));
  weigh (self, workspace, order);
}

/**
 * stoker_job_key_clear:
 *
 * Frees what the key owns.
 */
void
stoker_job_key_clear (StokerJobKey *self)
{
  g_clear_pointer (&self->group_text, g_free);
  g_clear_pointer (&self->text, g_free);
}

/* Texts are turned into what strcmp() puts in the user's order. */
static void
collate (char **text)
{
  g_autofree char *folded = NULL;

  if (*text == NULL)
    return;
  folded = g_utf8_casefold (*text, -1);
  g_free (*text);
  *text = g_utf8_collate_key (folded, -1);
}

static int
compare_numbers (gint64 first, gint64 second)
{
  return (first > second) - (first < second);
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const StokerJobKey *first = a;
  const StokerJobKey *second = b;
  int direction = GPOINTER_TO_INT (user_data);
  int difference = compare_numbers (first->group, second->group);

  if (difference == 0)
    difference = g_strcmp0 (first->group_text, second->group_text);
  if (difference == 0)
    difference = direction * compare_numbers (first->number, second->number);
  if (difference == 0)
    difference = direction * g_strcmp0 (first->text, second->text);
  return difference != 0 ? difference : compare_numbers (first->rank, second->rank);
}

/**
 * stoker_job_keys_sort:
 * @keys: (element-type StokerJobKey): keys
 * @is_descending: whether the largest come first, within their groups
 *
 * Sorts keys. Touches no job, and so may run on any thread.
 */
void
stoker_job_keys_sort (GArray *keys, gboolean is_descending)
{
  for (guint i = 0; i < keys->len; i++)
    {
      StokerJobKey *key = &g_array_index (keys, StokerJobKey, i);

      key->rank = i;
      collate (&key->text);
      collate (&key->group_text);
    }
  g_array_sort_with_data (keys, compare_keys, GINT_TO_POINTER (is_descending ? -1 : 1));
}
