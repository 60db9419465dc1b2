/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-scope.h"

#include "stoker-json-write.h"

/* A search for a lost request begins this much earlier, because two clocks are never the same. */
#define CLOCK_SLACK_US (120 * G_USEC_PER_SEC)

static void
set_time (JsonObject *job, const char *name, gint64 time_us)
{
  g_autofree char *text = stoker_time_format_iso (time_us);

  json_object_set_string_member (job, name, text);
}

/**
 * stoker_scope_describe_job:
 *
 * Returns: (transfer full): the request as an object, so that `${job.x}` is a member of it
 */
JsonNode *
stoker_scope_describe_job (const StokerJobRequest *request)
{
  g_autoptr (JsonObject) job = json_object_new ();
  gint64 search_from_us = MAX (0, request->intended_us - CLOCK_SLACK_US);

  stoker_json_set_text (job, "id", request->job_id);
  stoker_json_set_text (job, "token", request->token);
  stoker_json_set_text (job, "remote_id", request->remote_id);
  stoker_json_set_text (job, "plan", request->plan_id);
  stoker_json_set_text (job, "gpu", request->gpu);
  stoker_json_set_text (job, "region", request->region);
  stoker_json_set_text (job, "offer_id", request->offer_id);
  if (request->gpus > 0)
    json_object_set_int_member (job, "gpus", request->gpus);
  if (request->workload != NULL)
    stoker_json_set_text (job, "name", request->workload->name);
  if (request->workload != NULL && request->workload->payload != NULL)
    json_object_set_member (job, "payload", json_node_copy (request->workload->payload));
  if (request->deadline_s > 0)
    {
      json_object_set_int_member (job, "deadline_s", request->deadline_s);
      json_object_set_int_member (job, "deadline_ms", request->deadline_s * 1000);
    }
  if (request->intended_us > 0)
    {
      set_time (job, "intended", request->intended_us);
      set_time (job, "search_from", search_from_us);
      json_object_set_int_member (job, "search_from_us", search_from_us);
    }

  return json_node_init_object (json_node_alloc (), job);
}
