/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-run.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-parameter.h"
#include "stoker-step-request.h"
#include "stoker-value-rule.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* The defaults of typed parameters are in the payload like all others; one of them, such as the
 * model, may say which others there are. */
static void
fill_payload (StokerRun *self)
{
  JsonNode *parameters = stoker_rule_get (self->operation, "parameters");

  for (guint pass = 0; pass < 2 && parameters != NULL; pass++)
    {
      g_autoptr (JsonNode) payload = stoker_scope_get (self->scope, "job.payload");

      if (payload != NULL)
        stoker_scope_set_payload (self->scope,
                                  stoker_parameters_fill (self->scope, parameters, payload));
    }
}

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

  self->manifest = manifest;
  self->operation = operation;
  self->scope = stoker_scope_new (connection, manifest, request);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->latency_us = -1;
  fill_payload (self);

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

/* What people know of `config.a|config.b`: a / b. */
static char *
show_needs (const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, "|", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *whole = parts[i];
      const char *dot = strrchr (whole, '.');

      parts[i] = g_strdup (dot != NULL ? dot + 1 : whole);
    }

  return g_strjoinv (" / ", parts);
}

static void
set_need_error (const StokerRun *self, const char *name, GError **error)
{
  const char *provider = stoker_scope_get_profile (self->scope)->name;
  g_autofree char *shown = show_needs (name);

  if (g_str_has_prefix (name, "secret."))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_AUTH, _ ("there is no key for %s yet; add one"),
                 provider);
  else if (g_str_equal (name, "job.payload"))
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                         _ ("the workload has no payload to send"));
  else if (g_str_has_prefix (name, "config."))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("fill in \"%s\" in the settings of %s first"), shown, provider);
  else
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: no %s is known", provider, shown);
}

/* `a|b` wants one of the two. */
static gboolean
has_one_of (const StokerRun *self, const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, "|", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *text = stoker_scope_dup_text (self->scope, parts[i]);

      if (text != NULL && *text != '\0')
        return TRUE;
    }

  return FALSE;
}

/**
 * stoker_run_check_parameters:
 *
 * Those of a job are in its payload, those of an action are what it was given.
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG naming the parameter that the operation does not take
 */
gboolean
stoker_run_check_parameters (const StokerRun *self, GError **error)
{
  JsonNode *parameters = stoker_rule_get (self->operation, "parameters");
  g_autoptr (JsonNode) payload = stoker_scope_get (self->scope, "job.payload");

  if (payload == NULL)
    return stoker_parameters_check (self->scope, parameters, stoker_scope_get_input (self->scope),
                                    error);
  if (stoker_parameters_check (self->scope, parameters, payload, error))
    return TRUE;
  /* Where it stands in the workload. */
  g_prefix_error (error, "payload: ");
  return FALSE;
}

/**
 * stoker_run_check_needs:
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG or %STOKER_ERROR_AUTH naming the first thing that the
 * operation cannot do without and nobody told, or the parameter that it does not take
 */
gboolean
stoker_run_check_needs (const StokerRun *self, GError **error)
{
  JsonNode *needs = stoker_rule_get (self->operation, "needs");

  for (guint i = 0; i < stoker_rule_count (needs); i++)
    {
      JsonNode *need = stoker_rule_nth (needs, i);
      const char *names = stoker_rule_is_text (need) ? json_node_get_string (need)
                                                     : stoker_rule_get_text (need, "name");

      if (!stoker_conditions_hold (stoker_rule_get (need, "when"), self->scope) ||
          has_one_of (self, names))
        continue;
      set_need_error (self, names, error);
      return FALSE;
    }

  return stoker_run_check_parameters (self, error);
}

static void
return_needs (GTask *task)
{
  GError *error = NULL;

  if (stoker_run_check_needs (g_task_get_task_data (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
did_open_files (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerRun *self = g_task_get_task_data (task);
  GError *error = NULL;
  StokerConnection *connection = stoker_connection_open_files_finish (result, &error);

  if (connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_scope_set_connection (self->scope, connection);
  return_needs (task);
}

/**
 * stoker_run_prepare_async:
 * @self: must outlive the call
 *
 * Reads the keys that are in files, and checks the needs.
 */
void
stoker_run_prepare_async (StokerRun *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  StokerConnection *connection = stoker_scope_get_connection (self->scope);
  const char *const *fields = (const char *const *) self->manifest->key_files;

  g_task_set_source_tag (task, stoker_run_prepare_async);
  g_task_set_task_data (task, self, NULL);
  if (stoker_connection_has_unread_files (connection, fields))
    stoker_connection_open_files_async (connection, fields, cancellable, did_open_files,
                                        g_object_ref (task));
  else
    return_needs (task);
}

/**
 * stoker_run_prepare_finish:
 *
 * Returns: whether the operation can begin; else %FALSE with %STOKER_ERROR_CONFIG or
 * %STOKER_ERROR_AUTH
 */
gboolean
stoker_run_prepare_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * stoker_run_limit_rate:
 * @self: one that is prepared, since the address of a base may be in a file
 *
 * Tells @client how often the provider's hosts may be asked.
 */
void
stoker_run_limit_rate (const StokerRun *self, StokerHttpClient *client)
{
  double requests = stoker_manifest_get_limit (self->manifest, "requests");
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *base = NULL;

  if (requests <= 0)
    return;
  stoker_rule_iterate (stoker_manifest_get (self->manifest, "bases"), &iter);
  while (json_object_iter_next_ordered (&iter, &name, &base))
    {
      g_autofree char *url = stoker_scope_expand (self->scope, json_node_get_string (base), NULL);
      g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;

      if (uri != NULL && g_uri_get_host (uri) != NULL)
        stoker_http_client_set_rate (client, g_uri_get_host (uri), (guint) requests,
                                     (guint) stoker_manifest_get_limit (self->manifest, "per_s"));
    }
}

static void
add_element (JsonArray *elements, JsonNode *element)
{
  if (!JSON_NODE_HOLDS_NULL (element))
    json_array_add_element (elements, json_node_copy (element));
}

/* `a, b` is two elements. */
static void
add_texts (JsonArray *elements, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      json_array_add_string_element (elements, parts[i]);
}

/* A member is a thing with `name` and `value`. */
static void
add_members (JsonArray *elements, JsonNode *list)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  stoker_rule_iterate (list, &iter);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonObject *member = json_object_new ();

      json_object_set_string_member (member, "name", name);
      json_object_set_member (member, "value", json_node_copy (value));
      json_array_add_object_element (elements, member);
    }
}

/**
 * stoker_run_list_elements:
 * @each: the rule
 *
 * Returns: (transfer full): an array of what a step is done for: matches in the last answer, or the
 * elements of a list or members of an object; a text is a list with commas
 */
JsonNode *
stoker_run_list_elements (const StokerRun *self, JsonNode *each)
{
  JsonNode *in = stoker_rule_get (each, "in");
  JsonNode *of = stoker_rule_get (each, "of");
  g_autoptr (JsonArray) elements = json_array_new ();
  g_autoptr (JsonNode) list = NULL;

  for (guint i = 0; in != NULL && i < self->answers->len; i++)
    {
      g_autoptr (JsonNode)
        matches = stoker_manifest_match (self->manifest, in, g_ptr_array_index (self->answers, i));

      for (guint n = 0; n < stoker_rule_count (matches); n++)
        add_element (elements, stoker_rule_nth (matches, n));
    }
  if (of != NULL)
    list = stoker_scope_expand_tree (self->scope, of, NULL);
  if (stoker_rule_is_text (list))
    add_texts (elements, json_node_get_string (list));
  else if (list != NULL && JSON_NODE_HOLDS_OBJECT (list))
    add_members (elements, list);
  else
    for (guint n = 0; n < stoker_rule_count (list); n++)
      add_element (elements, stoker_rule_nth (list, n));

  return json_node_init_array (json_node_alloc (), elements);
}

/* Whether nothing that an answer may bring could change the conditions. */
static gboolean
is_certain (const StokerRun *self, JsonNode *conditions)
{
  static const char *const told[] = { "config.", "job.", "handle.", "input." };
  g_autoptr (JsonNode) values = stoker_scope_describe_values (self->scope);
  gboolean is_all_certain = TRUE;
  JsonObjectIter iter;
  const char *name = NULL;

  if (!stoker_rule_iterate (conditions, &iter))
    return TRUE;
  while (is_all_certain && json_object_iter_next_ordered (&iter, &name, NULL))
    {
      g_autofree char *first = g_strndup (name, strcspn (name, "."));
      gboolean is_told = json_object_has_member (json_node_get_object (values), first);

      for (guint i = 0; i < G_N_ELEMENTS (told); i++)
        is_told |= g_str_has_prefix (name, told[i]);
      is_all_certain = is_told;
    }

  return is_all_certain;
}

/* What a step takes is known to be absent, or else is waited for: then a placeholder stands for it.
 */
static void
forget_takes (StokerRun *self, JsonNode *step, gboolean is_absent)
{
  g_autoptr (JsonNode) values = stoker_scope_describe_values (self->scope);
  JsonObjectIter iter;
  const char *name = NULL;

  if (!stoker_rule_iterate (stoker_rule_get (step, "take"), &iter))
    return;
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (!is_absent)
      stoker_scope_set (self->scope, name, NULL);
    else if (!json_object_has_member (json_node_get_object (values), name))
      stoker_scope_set (self->scope, name, json_node_new (JSON_NODE_NULL));
}

/**
 * stoker_run_put:
 * @step: a step that was done
 *
 * Changes the member of the payload that `put` of @step names.
 */
void
stoker_run_put (StokerRun *self, JsonNode *step)
{
  JsonNode *put = stoker_rule_get (step, "put");
  JsonNode *value = stoker_rule_get (put, "value");
  g_autoptr (JsonNode) payload = NULL;
  g_autoptr (JsonNode) expanded = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) changed = json_node_init_object (json_node_alloc (), object);
  g_autofree char *name = NULL;

  if (put == NULL)
    return;
  payload = stoker_scope_get (self->scope, "job.payload");
  name = stoker_scope_expand (self->scope, stoker_rule_get_text (put, "name"), NULL);
  expanded = stoker_scope_expand_tree (self->scope, value, NULL);
  if (payload == NULL || name == NULL || expanded == NULL || !JSON_NODE_HOLDS_OBJECT (payload))
    return;
  /* The job goes on having what it had: it may be sent again, or be looked for. */
  stoker_json_merge (changed, payload);
  json_object_set_member (object, name, g_steal_pointer (&expanded));
  stoker_scope_set_payload (self->scope, g_steal_pointer (&changed));
}

static gboolean
render_step (StokerRun *self, JsonNode *step, GPtrArray *rendered, GError **error)
{
  g_autoptr (StokerStepRequest) request = NULL;

  if (stoker_rule_get (step, "url") == NULL)
    return stoker_takes_apply (stoker_rule_get (step, "take"), NULL, NULL, self->scope, error);
  request = stoker_step_request_new (step, NULL, self->scope, error);
  if (request == NULL)
    return FALSE;
  g_ptr_array_add (rendered, stoker_step_request_describe (request, self->scope));
  forget_takes (self, step, FALSE);
  stoker_run_put (self, step);

  return TRUE;
}

/* Of several elements the first is shown: with luck it is the only one. */
static gboolean
render_steps (StokerRun *self, JsonNode *steps, GPtrArray *rendered, GError **error)
{
  for (guint i = 0; i < stoker_rule_count (steps); i++)
    {
      JsonNode *step = stoker_rule_nth (steps, i);
      JsonNode *each = stoker_rule_get (step, "each");
      JsonNode *inner = stoker_rule_get (step, "steps");
      g_autoptr (JsonNode) elements = NULL;

      if (!stoker_conditions_hold (stoker_rule_get (step, "when"), self->scope))
        {
          if (is_certain (self, stoker_rule_get (step, "when")))
            forget_takes (self, step, TRUE);
          continue;
        }
      if (each != NULL)
        elements = stoker_run_list_elements (self, each);
      if (stoker_rule_count (elements) > 0)
        stoker_scope_set (self->scope, stoker_rule_get_text (each, "name"),
                          json_node_copy (stoker_rule_nth (elements, 0)));
      if (inner != NULL ? !render_steps (self, inner, rendered, error)
                        : !render_step (self, step, rendered, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * stoker_run_render:
 * @self: an operation whose scope is masked from here on
 *
 * Returns: (transfer full) (nullable) (element-type StokerRenderedRequest): what would be sent, in
 * its order; values that an answer brings are shown by their names
 */
GPtrArray *
stoker_run_render (StokerRun *self, GError **error)
{
  g_autoptr (GPtrArray)
    rendered = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_rendered_request_free);

  /* A rehearsal needs no key. */
  stoker_scope_set_masked (self->scope, TRUE);
  if (!stoker_run_check_needs (self, error) ||
      !render_steps (self, stoker_rule_get (self->operation, "steps"), rendered, error))
    return NULL;

  return g_steal_pointer (&rendered);
}
