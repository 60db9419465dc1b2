/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job.h"

#include <string.h>

#define MAX_LOG_BYTES (1024 * 1024)

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

struct _StokerJob
{
  GObject parent_instance;

  char *id;            /* owned */
  char *name;          /* owned */
  char *provider_id;   /* owned */
  char *provider_name; /* owned, nullable */
  StokerJobState state;
  double progress;
  char *stage;   /* owned, nullable */
  char *message; /* owned, nullable */
  int error_code;
  gboolean is_dry_run;
  StokerMoney estimated;
  StokerMoney accrued;
  gint64 created_us;
  gint64 started_us;
  gint64 ended_us;
  GString *log;         /* owned */
  JsonNode *workload;   /* owned, nullable */
  JsonNode *request;    /* owned, nullable */
  JsonNode *estimate;   /* owned, nullable */
  GPtrArray *attempts;  /* owned, of StokerAttempt */
  GPtrArray *artifacts; /* owned, of StokerArtifact */
};

G_DEFINE_FINAL_TYPE (StokerJob, stoker_job, G_TYPE_OBJECT)

typedef enum {
  PROP_ID = 1,
  PROP_NAME,
  PROP_PROVIDER_ID,
  PROP_PROVIDER_NAME,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_STAGE,
  PROP_MESSAGE,
  PROP_ERROR_CODE,
  PROP_IS_DRY_RUN,
  PROP_IS_LIVE,
  PROP_ESTIMATED,
  PROP_ACCRUED,
  PROP_CREATED,
  PROP_STARTED,
  PROP_ENDED,
  PROP_LOG,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

static void
notify (StokerJob *self, Property property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
get_text_property (StokerJob *self, Property property, GValue *value)
{
  const char *const texts[N_PROPS] = {
    [PROP_ID] = self->id,
    [PROP_NAME] = self->name,
    [PROP_PROVIDER_ID] = self->provider_id,
    [PROP_PROVIDER_NAME] = stoker_job_get_provider_name (self),
    [PROP_STAGE] = self->stage,
    [PROP_MESSAGE] = self->message,
    [PROP_LOG] = self->log->str,
  };

  g_value_set_string (value, texts[property]);
}

static void
get_number_property (StokerJob *self, Property property, GValue *value)
{
  const gint64 numbers[N_PROPS] = {
    [PROP_STATE] = self->state,        [PROP_ERROR_CODE] = self->error_code,
    [PROP_CREATED] = self->created_us, [PROP_STARTED] = self->started_us,
    [PROP_ENDED] = self->ended_us,
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

  switch ((Property) property_id)
    {
    case PROP_ID:
    case PROP_NAME:
    case PROP_PROVIDER_ID:
    case PROP_PROVIDER_NAME:
    case PROP_STAGE:
    case PROP_MESSAGE:
    case PROP_LOG:
      get_text_property (self, (Property) property_id, value);
      break;
    case PROP_STATE:
    case PROP_ERROR_CODE:
    case PROP_CREATED:
    case PROP_STARTED:
    case PROP_ENDED:
      get_number_property (self, (Property) property_id, value);
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
  g_string_free (self->log, TRUE);
  g_clear_pointer (&self->workload, json_node_unref);
  g_clear_pointer (&self->request, json_node_unref);
  g_clear_pointer (&self->estimate, json_node_unref);
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
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_job_init (StokerJob *self)
{
  self->progress = -1;
  self->error_code = -1;
  self->log = g_string_new (NULL);
  self->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_attempt_free);
  self->artifacts = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_artifact_free);
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

  return self->log->str;
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

static void
set_text (StokerJob *self, char **field, const char *value, Property property)
{
  if (g_strcmp0 (*field, value) == 0)
    return;

  g_free (*field);
  *field = g_strdup (value);
  notify (self, property);
}

static void
set_node (JsonNode **field, JsonNode *value)
{
  g_autoptr (JsonNode) old = g_steal_pointer (field);

  if (value != NULL)
    *field = json_node_ref (value);
}

/**
 * stoker_job_set_name:
 * @name: what people call it
 */
void
stoker_job_set_name (StokerJob *self, const char *name)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  set_text (self, &self->name, name, PROP_NAME);
}

/**
 * stoker_job_set_provider_id:
 * @provider_id: where it goes now
 */
void
stoker_job_set_provider_id (StokerJob *self, const char *provider_id)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  if (g_strcmp0 (self->provider_id, provider_id) == 0)
    return;

  /* The name belonged to the provider it had before. */
  g_clear_pointer (&self->provider_name, g_free);
  set_text (self, &self->provider_id, provider_id, PROP_PROVIDER_ID);
  notify (self, PROP_PROVIDER_NAME);
}

/**
 * stoker_job_set_provider_name:
 * @provider_name: (nullable): what people call its provider
 */
void
stoker_job_set_provider_name (StokerJob *self, const char *provider_name)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  set_text (self, &self->provider_name, provider_name, PROP_PROVIDER_NAME);
}

/**
 * stoker_job_set_state:
 * @state: where it stands
 */
void
stoker_job_set_state (StokerJob *self, StokerJobState state)
{
  gboolean was_live;

  g_return_if_fail (STOKER_IS_JOB (self));

  if (self->state == state)
    return;

  was_live = !stoker_job_state_is_final (self->state);
  self->state = state;
  notify (self, PROP_STATE);
  if (was_live == stoker_job_state_is_final (state))
    notify (self, PROP_IS_LIVE);
}

/**
 * stoker_job_set_progress:
 * @progress: 0…1; anything else is "not told"
 */
void
stoker_job_set_progress (StokerJob *self, double progress)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  if (!(progress >= 0 && progress <= 1))
    progress = -1;
  if (!(self->progress < progress) && !(self->progress > progress))
    return;

  self->progress = progress;
  notify (self, PROP_PROGRESS);
}

/**
 * stoker_job_set_stage:
 * @stage: (nullable): what it is doing, in the backend's words
 */
void
stoker_job_set_stage (StokerJob *self, const char *stage)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  set_text (self, &self->stage, stage, PROP_STAGE);
}

/**
 * stoker_job_set_message:
 * @message: (nullable): why it stands where it stands; without any secret
 * @error_code: a #StokerError, or −1 when nothing is wrong
 */
void
stoker_job_set_message (StokerJob *self, const char *message, int error_code)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  set_text (self, &self->message, message, PROP_MESSAGE);
  if (self->error_code == error_code)
    return;

  self->error_code = error_code;
  notify (self, PROP_ERROR_CODE);
}

/**
 * stoker_job_set_dry_run:
 * @dry_run: whether nothing is sent
 */
void
stoker_job_set_dry_run (StokerJob *self, gboolean dry_run)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  dry_run = !!dry_run;
  if (self->is_dry_run == dry_run)
    return;

  self->is_dry_run = dry_run;
  notify (self, PROP_IS_DRY_RUN);
}

static void
set_money (StokerJob *self, StokerMoney *field, StokerMoney value, Property property)
{
  if (stoker_money_equal (*field, value))
    return;

  *field = value;
  notify (self, property);
}

/**
 * stoker_job_set_estimated:
 * @estimated: what it was expected to cost
 */
void
stoker_job_set_estimated (StokerJob *self, StokerMoney estimated)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  set_money (self, &self->estimated, estimated, PROP_ESTIMATED);
}

/**
 * stoker_job_set_accrued:
 * @accrued: what it has cost so far
 */
void
stoker_job_set_accrued (StokerJob *self, StokerMoney accrued)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  set_money (self, &self->accrued, accrued, PROP_ACCRUED);
}

static void
set_time (StokerJob *self, gint64 *field, gint64 value, Property property)
{
  if (*field == value)
    return;

  *field = value;
  notify (self, property);
}

/**
 * stoker_job_set_times:
 * @created_us: when it was made
 * @started_us: when it began to run, 0 not yet
 * @ended_us: when it came to an end, 0 not yet
 */
void
stoker_job_set_times (StokerJob *self, gint64 created_us, gint64 started_us, gint64 ended_us)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  set_time (self, &self->created_us, created_us, PROP_CREATED);
  set_time (self, &self->started_us, started_us, PROP_STARTED);
  set_time (self, &self->ended_us, ended_us, PROP_ENDED);
}

/* Keeps the end of a long log, from the start of a line if there is one, else of a character. */
static void
trim_log (GString *log)
{
  const char *cut = NULL;
  const char *line = NULL;

  if (log->len <= MAX_LOG_BYTES)
    return;

  cut = log->str + log->len - MAX_LOG_BYTES;
  line = strchr (cut, '\n');
  if (line != NULL && line[1] != '\0')
    cut = line + 1;
  while (((guchar) *cut & 0xc0) == 0x80)
    cut++;
  g_string_erase (log, 0, cut - log->str);
}

static void
append_valid (GString *log, const char *text)
{
  g_autofree char *valid = NULL;

  if (g_utf8_validate (text, -1, NULL))
    {
      g_string_append (log, text);
      return;
    }

  valid = g_utf8_make_valid (text, -1);
  g_string_append (log, valid);
}

/**
 * stoker_job_set_log:
 * @log: (nullable): the whole log so far, of which the last 1 MiB is kept
 */
void
stoker_job_set_log (StokerJob *self, const char *log)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  if (g_strcmp0 (self->log->str, log != NULL ? log : "") == 0)
    return;

  g_string_truncate (self->log, 0);
  if (log != NULL)
    append_valid (self->log, log);
  trim_log (self->log);
  notify (self, PROP_LOG);
}

/**
 * stoker_job_append_log:
 * @text: what came since; the last 1 MiB of the log is kept
 */
void
stoker_job_append_log (StokerJob *self, const char *text)
{
  g_return_if_fail (STOKER_IS_JOB (self) && text != NULL);

  if (*text == '\0')
    return;

  append_valid (self->log, text);
  trim_log (self->log);
  notify (self, PROP_LOG);
}

/**
 * stoker_job_set_workload:
 * @workload: (nullable): the document of its workload
 */
void
stoker_job_set_workload (StokerJob *self, JsonNode *workload)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  set_node (&self->workload, workload);
}

/**
 * stoker_job_set_request:
 * @request: (nullable): what was or would be sent, secrets masked
 */
void
stoker_job_set_request (StokerJob *self, JsonNode *request)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  set_node (&self->request, request);
}

/**
 * stoker_job_set_estimate:
 * @estimate: (nullable): the itemised estimate it was sent with
 */
void
stoker_job_set_estimate (StokerJob *self, JsonNode *estimate)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  set_node (&self->estimate, estimate);
}

/**
 * stoker_job_add_attempt:
 * @attempt: (transfer full): another try, which becomes the current one
 */
void
stoker_job_add_attempt (StokerJob *self, StokerAttempt *attempt)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  g_ptr_array_add (self->attempts, attempt);
}

/**
 * stoker_job_add_artifact:
 * @artifact: (transfer full): an output
 */
void
stoker_job_add_artifact (StokerJob *self, StokerArtifact *artifact)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  g_ptr_array_add (self->artifacts, artifact);
}
