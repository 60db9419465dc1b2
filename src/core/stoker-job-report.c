/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-report.h"

#include "stoker-json-write.h"

G_DEFINE_BOXED_TYPE (StokerJobReport,
                     stoker_job_report,
                     stoker_job_report_ref,
                     stoker_job_report_unref)

/**
 * stoker_job_report_new:
 * @state: what the backend says of the job
 *
 * Returns: (transfer full): a report in which nothing else is told, to be filled before it is
 * shared
 */
StokerJobReport *
stoker_job_report_new (StokerJobState state)
{
  StokerJobReport *self = g_new0 (StokerJobReport, 1);

  self->state = state;
  self->progress = -1;
  self->error_code = -1;
  self->billed_s = -1;
  self->billed = stoker_money_unknown ();
  self->outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_remote_output_free);
  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

/**
 * stoker_job_report_ref:
 *
 * Returns: (transfer full): @self
 */
StokerJobReport *
stoker_job_report_ref (StokerJobReport *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * stoker_job_report_unref:
 * @self: (transfer full): a report
 */
void
stoker_job_report_unref (StokerJobReport *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->remote_id);
  g_clear_pointer (&self->handle, json_node_unref);
  g_free (self->stage);
  g_free (self->message);
  g_free (self->log);
  g_ptr_array_unref (self->outputs);
  g_free (self);
}

/**
 * stoker_job_report_add_output:
 * @name: (nullable): its name at the backend
 *
 * Returns: (transfer none): the new output, for its address or data to be filled in
 */
StokerRemoteOutput *
stoker_job_report_add_output (StokerJobReport *self, const char *name)
{
  StokerRemoteOutput *output = g_new0 (StokerRemoteOutput, 1);

  output->name = g_strdup (name);
  g_ptr_array_add (self->outputs, output);

  return output;
}

/**
 * stoker_remote_output_free:
 * @self: (transfer full): an output
 */
void
stoker_remote_output_free (StokerRemoteOutput *self)
{
  g_free (self->name);
  g_free (self->url);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self->path);
  g_free (self->media_type);
  g_free (self);
}

/**
 * stoker_rendered_request_new:
 * @method: `POST`, `GET`, … or, for a backend without HTTP, the name of what is run
 * @url: where it would go, secrets masked
 *
 * Returns: (transfer full): a request without headers and body
 */
StokerRenderedRequest *
stoker_rendered_request_new (const char *method, const char *url)
{
  StokerRenderedRequest *self = g_new0 (StokerRenderedRequest, 1);

  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->headers = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * stoker_rendered_request_free:
 * @self: (transfer full): a request
 */
void
stoker_rendered_request_free (StokerRenderedRequest *self)
{
  g_free (self->method);
  g_free (self->url);
  g_ptr_array_unref (self->headers);
  g_free (self->body);
  g_free (self);
}

/**
 * stoker_rendered_request_to_json:
 *
 * Returns: (transfer full): the request as a dry run shows it
 */
JsonNode *
stoker_rendered_request_to_json (const StokerRenderedRequest *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "method", self->method);
  json_object_set_string_member (object, "url", self->url);
  stoker_json_set_texts (object, "headers", self->headers);
  stoker_json_set_text (object, "body", self->body);

  return json_node_init_object (json_node_alloc (), object);
}
