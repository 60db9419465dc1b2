/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-run.h"

#include "stoker-operation.h"

/**
 * stoker_run_new:
 * @request: (nullable): the job; copied
 *
 * Returns: (transfer full): an operation that has not begun
 */
StokerRun *
stoker_run_new (const StokerManifest *manifest,
                JsonNode *operation,
                StokerConnection *connection,
                const StokerJobRequest *request)
{
  StokerRun *self = g_new0 (StokerRun, 1);

  self->operation = operation;
  self->scope = stoker_scope_new (connection, manifest, request);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->latency_us = -1;
  stoker_operation_fill_payload (operation, self->scope);

  return self;
}

/**
 * stoker_run_free:
 * @self: (transfer full): an operation that is over
 */
void
stoker_run_free (StokerRun *self)
{
  g_clear_pointer (&self->scope, stoker_scope_free);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->response, stoker_http_response_unref);
  g_clear_error (&self->failure);
  g_free (self);
}

/**
 * stoker_run_has_left_something:
 *
 * Returns: whether an operation that fails now must be told of with what exists because of it
 */
gboolean
stoker_run_has_left_something (const StokerRun *self)
{
  g_autofree char *id = stoker_scope_dup_text (self->scope, "step.id");

  return self->keeps_failure && id != NULL && *id != '\0';
}

/**
 * stoker_run_limit_rate:
 * @self: one whose files are open, since the address of a base may be in one
 *
 * Tells @client how often the provider's hosts may be asked.
 */
void
stoker_run_limit_rate (const StokerRun *self, StokerHttpClient *client)
{
  const StokerManifest *manifest = self->scope->manifest;
  guint requests = (guint) stoker_manifest_get_limit (manifest, "requests");
  guint per_s = (guint) stoker_manifest_get_limit (manifest, "per_s");
  StokerMembers bases = stoker_members_of (stoker_manifest_get (manifest, "bases"));

  while (requests > 0 && stoker_members_next (&bases))
    {
      const char *base = json_node_get_string (bases.value);
      g_autofree char *url = stoker_scope_expand (self->scope, base, NULL);
      g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;

      if (uri != NULL && g_uri_get_host (uri) != NULL)
        stoker_http_client_set_rate (client, g_uri_get_host (uri), requests, per_s);
    }
}
