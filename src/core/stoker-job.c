/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job.h"

#include "stoker-job-private.h"

const char *const stoker_job_state_names[] = {
  [STOKER_JOB_WAITING] = "waiting",
  [STOKER_JOB_SUBMITTING] = "submitting",
  [STOKER_JOB_QUEUED] = "queued",
  [STOKER_JOB_PROVISIONING] = "provisioning",
  [STOKER_JOB_RUNNING] = "running",
  [STOKER_JOB_FETCHING] = "fetching",
  [STOKER_JOB_SUCCEEDED] = "succeeded",
  [STOKER_JOB_FAILED] = "failed",
  [STOKER_JOB_CANCELLED] = "cancelled",
  [STOKER_JOB_LOST] = "lost",
  NULL,
};

G_DEFINE_FINAL_TYPE (StokerJob, stoker_job, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
get_text_property (StokerJob *self, StokerJobProperty property, GValue *value)
{
  const char *const texts[N_PROPS] = {
    [PROP_ID] = self->id,
    [PROP_NAME] = self->name,
    [PROP_PROVIDER_ID] = self->provider_id,
    [PROP_PROVIDER_NAME] = stoker_job_get_provider_name (self),
    [PROP_STAGE] = self->stage,
    [PROP_MESSAGE] = self->message,
    [PROP_LOG] = stoker_job_get_log (self),
    [PROP_GPU] = self->gpu,
  };

  g_value_set_string (value, texts[property]);
}

static void
get_number_property (StokerJob *self, StokerJobProperty property, GValue *value)
{
  const gint64 numbers[N_PROPS] = {
    [PROP_STATE] = self->state,        [PROP_ERROR_CODE] = self->error_code,
    [PROP_CREATED] = self->created_us, [PROP_STARTED] = self->started_us,
    [PROP_ENDED] = self->ended_us,     [PROP_RETRY_AT] = self->retry_at_us,
  };

  if (G_VALUE_HOLDS_INT (value))
    g_value_set_int (value, (int) numbers[property]);
  else
    g_value_set_int64 (value, numbers[property]);
}

static void
stoker_job_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  StokerJob *self = STOKER_JOB (object);

  switch ((StokerJobProperty) property_id)
    {
    case PROP_ID:
    case PROP_NAME:
    case PROP_PROVIDER_ID:
    case PROP_PROVIDER_NAME:
    case PROP_STAGE:
    case PROP_MESSAGE:
    case PROP_LOG:
    case PROP_GPU:
      get_text_property (self, (StokerJobProperty) property_id, value);
      break;
    case PROP_STATE:
    case PROP_ERROR_CODE:
    case PROP_CREATED:
    case PROP_STARTED:
    case PROP_ENDED:
    case PROP_RETRY_AT:
      get_number_property (self, (StokerJobProperty) property_id, value);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_IS_DRY_RUN:
      g_value_set_boolean (value, self->is_dry_run);
      break;
    case PROP_IS_LIVE:
      g_value_set_boolean (value, !stoker_job_state_is_final (self->state));
      break;
    case PROP_ESTIMATED:
      g_value_take_string (value, stoker_money_format (self->estimated));
      break;
    case PROP_ACCRUED:
      g_value_take_string (value, stoker_money_format (self->accrued));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
stoker_job_finalize (GObject *object)
{
  StokerJob *self = STOKER_JOB (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->provider_id);
  g_free (self->provider_name);
  g_free (self->stage);
  g_free (self->message);
  if (self->log != NULL)
    g_string_free (self->log, TRUE);
  g_free (self->gpu);
  g_clear_pointer (&self->workload, json_node_unref);
  g_clear_pointer (&self->request, json_node_unref);
  g_clear_pointer (&self->estimate, json_node_unref);
  g_clear_pointer (&self->history, json_node_unref);
  g_clear_pointer (&self->attempts, g_ptr_array_unref);
  g_clear_pointer (&self->artifacts, g_ptr_array_unref);

  G_OBJECT_CLASS (stoker_job_parent_class)->finalize (object);
}

static void
add_text_properties (GParamFlags flags)
{
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_PROVIDER_ID] = g_param_spec_string ("provider-id", NULL, NULL, NULL, flags);
  properties[PROP_PROVIDER_NAME] = g_param_spec_string ("provider-name", NULL, NULL, NULL, flags);
  properties[PROP_STAGE] = g_param_spec_string ("stage", NULL, NULL, NULL, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_ESTIMATED] = g_param_spec_string ("estimated", NULL, NULL, NULL, flags);
  properties[PROP_ACCRUED] = g_param_spec_string ("accrued", NULL, NULL, NULL, flags);
  properties[PROP_LOG] = g_param_spec_string ("log", NULL, NULL, NULL, flags);
  properties[PROP_GPU] = g_param_spec_string ("gpu", NULL, NULL, NULL, flags);
}

static void
stoker_job_class_init (StokerJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = stoker_job_get_property;
  object_class->finalize = stoker_job_finalize;

  add_text_properties (flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, STOKER_JOB_LOST, 0, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_ERROR_CODE] = g_param_spec_int ("error-code", NULL, NULL, -1, G_MAXINT, -1,
                                                  flags);
  properties[PROP_IS_DRY_RUN] = g_param_spec_boolean ("is-dry-run", NULL, NULL, FALSE, flags);
  properties[PROP_IS_LIVE] = g_param_spec_boolean ("is-live", NULL, NULL, TRUE, flags);
  properties[PROP_CREATED] = g_param_spec_int64 ("created", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STARTED] = g_param_spec_int64 ("started", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ENDED] = g_param_spec_int64 ("ended", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_job_init (StokerJob *self)
{
  self->progress = -1;
  self->error_code = -1;
  self->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_attempt_free);
  self->artifacts = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_artifact_free);
}

/*
 * stoker_job_notify:
 * @property: what has changed
 */
void
stoker_job_notify (StokerJob *self, StokerJobProperty property)
{
  if (self->list != NULL && (property == PROP_STATE || property == PROP_ERROR_CODE))
    stoker_job_list_count_again (self->list, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  /* A log grows line by line, and nobody counts lines there. */
  if (self->list != NULL && property != PROP_LOG)
    stoker_job_list_tell_change (self->list, self);
}

/**
 * stoker_job_state_is_final:
 * @state: a state
 *
 * Returns: whether it is one of the ends: succeeded, failed, cancelled or lost
 */
gboolean
stoker_job_state_is_final (StokerJobState state)
{
  return state >= STOKER_JOB_SUCCEEDED;
}

/**
 * stoker_job_new:
 * @id: its id
 * @name: what people call it
 * @provider_id: where it goes
 *
 * Returns: (transfer full): a job that waits
 */
StokerJob *
stoker_job_new (const char *id, const char *name, const char *provider_id)
{
  StokerJob *self = g_object_new (STOKER_TYPE_JOB, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->provider_id = g_strdup (provider_id);

  return self;
}

/**
 * stoker_job_get_id:
 *
 * Returns: (transfer none): its id
 */
const char *
stoker_job_get_id (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->id;
}

/**
 * stoker_job_get_name:
 *
 * Returns: (transfer none): what people call it
 */
const char *
stoker_job_get_name (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->name;
}

/**
 * stoker_job_get_provider_id:
 *
 * Returns: (transfer none): where it goes
 */
const char *
stoker_job_get_provider_id (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->provider_id;
}

/**
 * stoker_job_get_provider_name:
 *
 * Returns: (transfer none): what people call its provider; its id while nobody told
 */
const char *
stoker_job_get_provider_name (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->provider_name != NULL ? self->provider_name : self->provider_id;
}

/**
 * stoker_job_get_state:
 *
 * Returns: where it stands
 */
StokerJobState
stoker_job_get_state (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), STOKER_JOB_LOST);

  return self->state;
}

/**
 * stoker_job_get_progress:
 *
 * Returns: how far it is, 0…1; −1 when that is not told
 */
double
stoker_job_get_progress (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), -1);

  return self->progress;
}

/**
 * stoker_job_get_stage:
 *
 * Returns: (transfer none) (nullable): what it is doing
 */
const char *
stoker_job_get_stage (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->stage;
}

/**
 * stoker_job_get_message:
 *
 * Returns: (transfer none) (nullable): why it stands where it stands
 */
const char *
stoker_job_get_message (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->message;
}

/**
 * stoker_job_get_error_code:
 *
 * Returns: a #StokerError, or −1 when nothing is wrong
 */
int
stoker_job_get_error_code (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), -1);

  return self->error_code;
}

/**
 * stoker_job_get_retry_at:
 *
 * Returns: when that may be tried again which is wrong now, 0 when nobody knows
 */
gint64
stoker_job_get_retry_at (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), 0);

  return self->retry_at_us;
}

/**
 * stoker_job_get_dry_run:
 *
 * Returns: whether nothing is sent
 */
gboolean
stoker_job_get_dry_run (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), TRUE);

  return self->is_dry_run;
}

/**
 * stoker_job_get_estimated:
 *
 * Returns: what it was expected to cost
 */
StokerMoney
stoker_job_get_estimated (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), stoker_money_unknown ());

  return self->estimated;
}

/**
 * stoker_job_get_accrued:
 *
 * Returns: what it has cost so far
 */
StokerMoney
stoker_job_get_accrued (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), stoker_money_unknown ());

  return self->accrued;
}

/**
 * stoker_job_get_created:
 *
 * Returns: when it was made
 */
gint64
stoker_job_get_created (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), 0);

  return self->created_us;
}

/**
 * stoker_job_get_started:
 *
 * Returns: when it began to run, 0 not yet
 */
gint64
stoker_job_get_started (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), 0);

  return self->started_us;
}

/**
 * stoker_job_get_ended:
 *
 * Returns: when it came to an end, 0 not yet
 */
gint64
stoker_job_get_ended (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), 0);

  return self->ended_us;
}

/**
 * stoker_job_get_log:
 *
 * Returns: (transfer none): the log so far, of which the last 1 MiB is kept
 */
const char *
stoker_job_get_log (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->log != NULL ? self->log->str : "";
}

/**
 * stoker_job_get_log_dropped:
 *
 * Returns: how many bytes of its log came before what is kept
 */
gint64
stoker_job_get_log_dropped (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), 0);

  return self->log_dropped;
}

/**
 * stoker_job_get_workload:
 *
 * Returns: (transfer none) (nullable): the document of its workload
 */
JsonNode *
stoker_job_get_workload (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->workload;
}

/**
 * stoker_job_get_request:
 *
 * Returns: (transfer none) (nullable): what was or would be sent
 */
JsonNode *
stoker_job_get_request (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->request;
}

/**
 * stoker_job_get_estimate:
 *
 * Returns: (transfer none) (nullable): the estimate it was sent with
 */
JsonNode *
stoker_job_get_estimate (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->estimate;
}

/**
 * stoker_job_get_gpu:
 *
 * Returns: (transfer none) (nullable): the GPU it was sent for
 */
const char *
stoker_job_get_gpu (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->gpu;
}

/**
 * stoker_job_get_queue_place:
 *
 * Returns: its place among the jobs that wait here, the smallest first: a number of its own, or
 * else the time it was made
 */
gint64
stoker_job_get_queue_place (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), 0);

  return self->queue_place != 0 ? self->queue_place : self->created_us;
}

/**
 * stoker_job_get_standing:
 *
 * Returns: what it means to its owner
 */
StokerJobStanding
stoker_job_get_standing (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), STOKER_JOB_NEEDS_ATTENTION);

  if (self->state == STOKER_JOB_LOST)
    return STOKER_JOB_NEEDS_ATTENTION;
  if (self->state == STOKER_JOB_FAILED)
    return STOKER_JOB_HAS_FAILED;
  if (stoker_job_state_is_final (self->state))
    return STOKER_JOB_IS_DONE;
  return self->error_code >= 0 ? STOKER_JOB_NEEDS_ATTENTION : STOKER_JOB_IS_RUNNING;
}

/**
 * stoker_job_has_documents:
 *
 * Returns: %FALSE while log, workload, request and estimate are left in the database
 */
gboolean
stoker_job_has_documents (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), TRUE);

  return !self->lacks_documents;
}

/**
 * stoker_job_get_attempts:
 *
 * Returns: (transfer none) (element-type StokerAttempt): its tries, oldest first
 */
GPtrArray *
stoker_job_get_attempts (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->attempts;
}

/**
 * stoker_job_get_artifacts:
 *
 * Returns: (transfer none) (element-type StokerArtifact): its outputs
 */
GPtrArray *
stoker_job_get_artifacts (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->artifacts;
}

/**
 * stoker_job_get_current_attempt:
 *
 * Returns: (transfer none) (nullable): the last of its tries
 */
StokerAttempt *
stoker_job_get_current_attempt (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  if (self->attempts->len == 0)
    return NULL;

  return g_ptr_array_index (self->attempts, self->attempts->len - 1);
}
