/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-job.h"
#include "stoker-json-write.h"

static JsonObject *
attempt_to_json (const StokerAttempt *attempt)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "number", attempt->number);
  stoker_json_set_text (object, "provider", attempt->provider_id);
  stoker_json_set_text (object, "token", attempt->token);
  stoker_json_set_text (object, "remote_id", attempt->remote_id);
  json_object_set_string_member (object, "state", stoker_job_state_names[attempt->state]);
  stoker_json_set_text (object, "message", attempt->message);
  stoker_json_set_time (object, "started_at", attempt->started_us);
  stoker_json_set_time (object, "ended_at", attempt->ended_us);
  stoker_json_set_money (object, "accrued", attempt->accrued);

  return object;
}

static JsonObject *
artifact_to_json (const StokerArtifact *artifact)
{
  JsonObject *object = json_object_new ();

  stoker_json_set_text (object, "name", artifact->name);
  stoker_json_set_text (object, "path", artifact->path);
  stoker_json_set_text (object, "media_type", artifact->media_type);
  stoker_json_set_count (object, "bytes", artifact->bytes);
  stoker_json_set_text (object, "sha256", artifact->checksum);

  return object;
}

static void
set_head (JsonObject *object, StokerJob *self)
{
  stoker_json_set_text (object, "id", stoker_job_get_id (self));
  stoker_json_set_text (object, "name", stoker_job_get_name (self));
  stoker_json_set_text (object, "provider", stoker_job_get_provider_id (self));
  stoker_json_set_text (object, "gpu", stoker_job_get_gpu (self));
  json_object_set_string_member (object, "state",
                                 stoker_job_state_names[stoker_job_get_state (self)]);
  stoker_json_set_measure (object, "progress", stoker_job_get_progress (self));
  stoker_json_set_text (object, "stage", stoker_job_get_stage (self));
  stoker_json_set_text (object, "message", stoker_job_get_message (self));
  stoker_json_set_text (object, "error",
                        stoker_error_code_to_string (stoker_job_get_error_code (self)));
  json_object_set_boolean_member (object, "dry_run", stoker_job_get_dry_run (self));
  stoker_json_set_money (object, "estimated", stoker_job_get_estimated (self));
  stoker_json_set_money (object, "accrued", stoker_job_get_accrued (self));
  stoker_json_set_time (object, "created_at", stoker_job_get_created (self));
  stoker_json_set_time (object, "started_at", stoker_job_get_started (self));
  stoker_json_set_time (object, "ended_at", stoker_job_get_ended (self));
}

static void
set_lists (JsonObject *object, StokerJob *self)
{
  GPtrArray *attempts = stoker_job_get_attempts (self);
  GPtrArray *artifacts = stoker_job_get_artifacts (self);
  JsonArray *attempt_array = json_array_new ();
  JsonArray *artifact_array = json_array_new ();

  for (guint i = 0; i < attempts->len; i++)
    json_array_add_object_element (attempt_array,
                                   attempt_to_json (g_ptr_array_index (attempts, i)));
  for (guint i = 0; i < artifacts->len; i++)
    json_array_add_object_element (artifact_array,
                                   artifact_to_json (g_ptr_array_index (artifacts, i)));
  json_object_set_array_member (object, "attempts", attempt_array);
  json_object_set_array_member (object, "artifacts", artifact_array);
}

/**
 * stoker_job_to_json:
 *
 * Returns: (transfer full): the job as `stoker jobs show --json` prints it: without its log, which
 * has a verb of its own
 */
JsonNode *
stoker_job_to_json (StokerJob *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  set_head (object, self);
  set_lists (object, self);
  stoker_json_set_copy (object, "workload", stoker_job_get_workload (self));
  stoker_json_set_copy (object, "request", stoker_job_get_request (self));
  stoker_json_set_copy (object, "estimate", stoker_job_get_estimate (self));

  return json_node_init_object (json_node_alloc (), object);
}
