/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-private.h"

#include <string.h>

#define MAX_LOG_BYTES (1024 * 1024)

static void
set_text (StokerJob *self, char **field, const char *value, StokerJobProperty property)
{
  if (g_strcmp0 (*field, value) == 0)
    return;

  g_free (*field);
  *field = g_strdup (value);
  stoker_job_notify (self, property);
}

static void
set_node (JsonNode **field, JsonNode *value)
{
  if (*field == value)
    return;

  g_clear_pointer (field, json_node_unref);
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
  stoker_job_notify (self, PROP_PROVIDER_NAME);
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
  stoker_job_notify (self, PROP_STATE);
  if (was_live == stoker_job_state_is_final (state))
    stoker_job_notify (self, PROP_IS_LIVE);
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
  stoker_job_notify (self, PROP_PROGRESS);
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
 *
 * When it may be tried again is not known any more.
 */
void
stoker_job_set_message (StokerJob *self, const char *message, int error_code)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  stoker_job_set_retry_at (self, 0);
  set_text (self, &self->message, message, PROP_MESSAGE);
  if (self->error_code == error_code)
    return;

  self->error_code = error_code;
  stoker_job_notify (self, PROP_ERROR_CODE);
}

/**
 * stoker_job_set_retry_at:
 * @retry_at_us: when that may be tried again which is wrong now, 0 when nobody knows
 *
 * It is not kept with the job: after a restart the next step is taken at once.
 */
void
stoker_job_set_retry_at (StokerJob *self, gint64 retry_at_us)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  if (self->retry_at_us == retry_at_us)
    return;

  self->retry_at_us = retry_at_us;
  stoker_job_notify (self, PROP_RETRY_AT);
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
  stoker_job_notify (self, PROP_IS_DRY_RUN);
}

static void
set_money (StokerJob *self, StokerMoney *field, StokerMoney value, StokerJobProperty property)
{
  if (stoker_money_equal (*field, value))
    return;

  *field = value;
  stoker_job_notify (self, property);
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
set_time (StokerJob *self, gint64 *field, gint64 value, StokerJobProperty property)
{
  if (*field == value)
    return;

  *field = value;
  stoker_job_notify (self, property);
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

/* Keeps the end of a long log, from the start of a line if there is one, else of a character; tells
 * how many bytes went. */
static gssize
trim_log (GString *log)
{
  const char *cut = NULL;
  const char *line = NULL;
  gssize n_cut = 0;

  if (log->len <= MAX_LOG_BYTES)
    return 0;

  cut = log->str + log->len - MAX_LOG_BYTES;
  line = strchr (cut, '\n');
  if (line != NULL && line[1] != '\0')
    cut = line + 1;
  while (((guchar) *cut & 0xc0) == 0x80)
    cut++;
  n_cut = cut - log->str;
  g_string_erase (log, 0, n_cut);
  return n_cut;
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

  if (g_strcmp0 (stoker_job_get_log (self), log != NULL ? log : "") == 0)
    return;

  if (self->log == NULL)
    self->log = g_string_new (NULL);
  g_string_truncate (self->log, 0);
  if (log != NULL)
    append_valid (self->log, log);
  self->log_dropped = trim_log (self->log);
  stoker_job_notify (self, PROP_LOG);
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

  if (self->log == NULL)
    self->log = g_string_new (NULL);
  append_valid (self->log, text);
  self->log_dropped += trim_log (self->log);
  stoker_job_notify (self, PROP_LOG);
}

/**
 * stoker_job_set_log_dropped:
 * @log_dropped: bytes that came before the log and are not kept; setting the log counts anew
 */
void
stoker_job_set_log_dropped (StokerJob *self, gint64 log_dropped)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  if (self->log_dropped == log_dropped)
    return;
  self->log_dropped = log_dropped;
  stoker_job_notify (self, PROP_LOG);
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
 * stoker_job_set_gpu:
 * @gpu: (nullable): the GPU it is sent for
 */
void
stoker_job_set_gpu (StokerJob *self, const char *gpu)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  set_text (self, &self->gpu, gpu, PROP_GPU);
}

/**
 * stoker_job_set_queue_place:
 * @place: its place among the jobs that wait here, the smallest first; 0 is by its age
 */
void
stoker_job_set_queue_place (StokerJob *self, gint64 place)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  if (self->queue_place == place)
    return;

  self->queue_place = place;
  if (self->list != NULL)
    stoker_job_list_tell_change (self->list, self);
}

/**
 * stoker_job_set_has_documents:
 * @has_documents: whether log, workload, request and estimate are here and not left in the database
 */
void
stoker_job_set_has_documents (StokerJob *self, gboolean has_documents)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  self->lacks_documents = !has_documents;
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
