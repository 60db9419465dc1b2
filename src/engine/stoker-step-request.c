/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-step-request.h"

#include "stoker-data-url.h"
#include "stoker-error.h"
#include "stoker-form.h"
#include "stoker-json.h"
#include "stoker-step-auth.h"
#include "stoker-value.h"
#include "stoker-wipe.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define MEGABYTE (1024.0 * 1024.0)

/**
 * stoker_step_request_free:
 * @self: (transfer full): a request
 */
void
stoker_step_request_free (StokerStepRequest *self)
{
  g_free (self->method);
  g_free (self->url);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self->authority);
  g_clear_pointer (&self->identity, stoker_wipe_free);
  g_free (self);
}

static StokerStepRequest *
request_new (const char *method, const char *url)
{
  StokerStepRequest *self = g_new0 (StokerStepRequest, 1);

  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->headers = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static void
add_header (StokerStepRequest *self, const char *name, const char *value)
{
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

/* A header whose value has a name without a value is left out. */
static void
add_headers (StokerStepRequest *self, JsonNode *headers, const StokerScope *scope)
{
  StokerMembers at = stoker_members_of (headers);

  while (stoker_members_next (&at))
    {
      g_autofree char *value = stoker_scope_expand (scope, json_node_get_string (at.value), NULL);

      if (value != NULL)
        add_header (self, at.name, value);
    }
}

static char *
join_query (const char *url, const char *query)
{
  return g_strconcat (url, strchr (url, '?') != NULL ? "&" : "?", query, NULL);
}

static char *
add_query (const char *url, JsonNode *pairs, const StokerScope *scope)
{
  g_autoptr (GString) query = g_string_new (NULL);
  StokerMembers at = stoker_members_of (pairs);

  while (stoker_members_next (&at))
    {
      g_autofree char *value = stoker_scope_expand (scope, json_node_get_string (at.value), NULL);

      if (value != NULL)
        stoker_form_append (query, at.name, value);
    }

  return query->len > 0 ? join_query (url, query->str) : g_strdup (url);
}

static GBytes *
take_text (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
check_size (GBytes *body, const StokerScope *scope, GError **error)
{
  double limit = stoker_manifest_get_limit (scope->manifest, "payload_mb");
  double size = body != NULL ? (double) g_bytes_get_size (body) / MEGABYTE : 0;

  if (limit < 0 || size <= limit)
    return TRUE;

  g_set_error (
    error, STOKER_ERROR, STOKER_ERROR_CONFIG,
    _ ("the request has %.1f MB and %s takes at most %.1f MB; send large inputs by their address"),
    size, stoker_scope_get_profile (scope)->name, limit);

  return FALSE;
}

/* A data: address is the bytes it holds. */
static gboolean
add_raw_body (StokerStepRequest *self, const char *text, const StokerScope *scope, GError **error)
{
  g_autofree char *expanded = stoker_scope_expand (scope, text, error);

  if (expanded == NULL)
    return FALSE;
  self->body = stoker_data_url_decode (expanded, &self->content_type, NULL);
  if (self->body == NULL)
    {
      self->body = take_text (g_steal_pointer (&expanded));
      self->content_type = g_strdup ("text/plain");
    }

  return TRUE;
}

/* Makes one object of several, such as of fields that an answer told and the file behind them. */
static void
join_fields (JsonNode **body)
{
  g_autoptr (JsonObject) all = json_object_new ();
  JsonNode *joined = json_node_init_object (json_node_alloc (), all);

  for (guint i = 0; i < stoker_rule_count (*body); i++)
    if (stoker_rule_is_object (stoker_rule_nth (*body, i)))
      stoker_json_merge (joined, stoker_rule_nth (*body, i));
  json_node_unref (*body);
  *body = joined;
}

static gboolean
encode_body (StokerStepRequest *self, JsonNode *rule, const StokerScope *scope, GError **error)
{
  JsonNode *json = stoker_rule_get (rule, "json");
  JsonNode *form = stoker_rule_get (rule, "form");
  JsonNode *multipart = stoker_rule_get (rule, "multipart");
  const char *raw = stoker_rule_get_text (rule, "raw");
  g_autoptr (JsonNode) body = NULL;

  if (raw != NULL)
    return add_raw_body (self, raw, scope, error);
  body = stoker_scope_expand_tree (scope, json ? json : form ? form : multipart, error);
  if (body == NULL)
    return FALSE;
  if (json == NULL && JSON_NODE_HOLDS_ARRAY (body))
    join_fields (&body);
  if (json == NULL && !JSON_NODE_HOLDS_OBJECT (body))
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                           _ ("the payload must be an object of fields"));
      return FALSE;
    }

  if (multipart != NULL)
    self->body = stoker_form_encode_multipart (body, &self->content_type);
  else if (form != NULL)
    self->body = stoker_form_encode (body);
  else
    self->body = take_text (stoker_json_to_string (body, scope->is_masked));
  if (self->content_type == NULL)
    self->content_type = g_strdup (form != NULL ? "application/x-www-form-urlencoded"
                                                : "application/json");

  return TRUE;
}

static gboolean
add_body (StokerStepRequest *self, JsonNode *rule, const StokerScope *scope, GError **error)
{
  const char *type = stoker_rule_get_text (rule, "type");

  if (rule == NULL)
    return TRUE;
  if (!encode_body (self, rule, scope, error))
    return FALSE;
  if (type != NULL)
    {
      g_free (self->content_type);
      self->content_type = g_strdup (type);
    }

  return check_size (self->body, scope, error);
}

/* A secret may only go where the provider itself is, whatever address an answer told. */
static gboolean
check_secrets (const StokerStepRequest *self,
               JsonNode *step,
               const StokerScope *scope,
               GError **error)
{
  static const char *const members[] = { "headers", "body" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *member = stoker_rule_get (step, members[i]);
      g_autofree char *text = member != NULL ? stoker_json_to_string (member, FALSE) : NULL;

      if (text == NULL || strstr (text, "${secret.") == NULL ||
          stoker_scope_is_own_origin (scope, self->url))
        continue;
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL,
                           "a secret would go to an address that is not the provider's");
      return FALSE;
    }

  return TRUE;
}

/* A kubeconfig holds its certificates in Base64. */
static char *
expand_pem (JsonNode *tls, const char *name, const StokerScope *scope)
{
  const char *template = stoker_rule_get_text (tls, name);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) decoded = NULL;

  if (template != NULL)
    text = stoker_scope_expand (scope, template, NULL);
  if (text == NULL || strstr (text, "-----BEGIN") != NULL)
    return g_steal_pointer (&text);
  decoded = stoker_base64_decode (text, NULL);

  return decoded != NULL ? g_strndup (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded))
                         : NULL;
}

/* Trust and identity of the manifest's own are for the provider's own addresses. */
static void
add_tls (StokerStepRequest *self, const StokerScope *scope)
{
  JsonNode *tls = stoker_manifest_get (scope->manifest, "tls");
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;

  if (tls == NULL || scope->is_masked || !stoker_scope_is_own_origin (scope, self->url))
    return;
  self->authority = expand_pem (tls, "ca", scope);
  certificate = expand_pem (tls, "certificate", scope);
  key = expand_pem (tls, "key", scope);
  if (certificate != NULL && key != NULL)
    self->identity = g_strconcat (certificate, "\n", key, NULL);
  if (key != NULL)
    explicit_bzero (key, strlen (key));
}

/* An answer may lead to another page, but not to another server. */
static char *
turn_page (
  JsonNode *pages, const char *first, const char *page, const StokerScope *scope, GError **error)
{
  const char *parameter = stoker_rule_get_text (pages, "parameter");
  g_autofree char *url = NULL;

  if (page != NULL && parameter != NULL)
    {
      g_autoptr (GString) query = g_string_new (NULL);

      stoker_form_append (query, parameter, page);
      return join_query (first, query->str);
    }
  if (page == NULL || stoker_rule_get (pages, "next") == NULL)
    return g_strdup (first);
  url = g_uri_resolve_relative (first, page, G_URI_FLAGS_ENCODED, NULL);
  if (url != NULL && stoker_scope_is_own_origin (scope, url))
    return g_steal_pointer (&url);
  g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL,
                       "the next page is at another server");

  return NULL;
}

/**
 * stoker_step_request_new:
 * @step: a step with an address
 * @page: (nullable): what the answer before told of a later page, as `pages` of @step found it
 * @scope: what its names stand for
 *
 * Pure: the same step and scope make the same request, and nothing is sent. (Only the boundary of
 * a multipart body differs each time.)
 *
 * Returns: (transfer full) (nullable): the request; %NULL with %STOKER_ERROR_CONFIG when a name has
 * no value or the body is too large, %STOKER_ERROR_AUTH when there is no key
 */
StokerStepRequest *
stoker_step_request_new (JsonNode *step, const char *page, const StokerScope *scope, GError **error)
{
  const char *method = stoker_rule_get_text (step, "method");
  g_autofree char *address = stoker_scope_expand_url (scope, stoker_rule_get_text (step, "url"),
                                                      error);
  g_autofree char *first = NULL;
  g_autofree char *url = NULL;
  g_autoptr (StokerStepRequest) self = NULL;

  if (address == NULL)
    return NULL;
  first = add_query (address, stoker_rule_get (step, "query"), scope);
  url = turn_page (stoker_rule_get (step, "pages"), first, page, scope, error);
  if (url == NULL)
    return NULL;
  self = request_new (method != NULL ? method : "GET", url);
  add_headers (self, stoker_rule_get (step, "headers"), scope);
  if (!check_secrets (self, step, scope, error) ||
      !add_body (self, stoker_rule_get (step, "body"), scope, error) ||
      !stoker_step_auth_add (self, step, scope, error))
    return NULL;
  g_ptr_array_add (self->headers, NULL);
  add_tls (self, scope);

  return g_steal_pointer (&self);
}

/**
 * stoker_step_request_new_get:
 * @url: an address that came in an answer
 *
 * Returns: (transfer full) (nullable): a plain GET, with credentials only for the provider's own
 * origins; %NULL with %STOKER_ERROR_PROTOCOL when @url must not be followed
 */
StokerStepRequest *
stoker_step_request_new_get (const StokerScope *scope, const char *url, GError **error)
{
  g_autoptr (StokerStepRequest) self = request_new ("GET", url);

  if (!stoker_scope_may_fetch (scope, url))
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL,
                           _ ("the answer points to an address that is not https"));
      return NULL;
    }
  if (!stoker_step_auth_add (self, NULL, scope, error))
    return NULL;
  g_ptr_array_add (self->headers, NULL);
  add_tls (self, scope);

  return g_steal_pointer (&self);
}

static char *
describe_body (GBytes *body)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);

  if (!g_utf8_validate (data, (gssize) length, NULL))
    return g_strdup_printf ("(%" G_GSIZE_FORMAT " bytes)", length);

  return g_strndup (data, length);
}

/* "Bearer •••" tells how the key is sent and nothing of the key; all else is masked as a whole. */
static const char *
mask (const char *value)
{
  const char *space = strchr (value, ' ');

  return space != NULL && g_str_equal (space + 1, STOKER_REDACTED) ? value : STOKER_REDACTED;
}

static char *
describe_header (const char *name, const char *value, const StokerScope *scope)
{
  g_autofree char *redacted = stoker_scope_redact (scope, value);

  return g_strdup_printf ("%s: %s", name,
                          stoker_redact_is_secret_header (name) ? mask (value) : redacted);
}

/**
 * stoker_step_request_describe:
 * @self: a request made with a masked scope
 *
 * Returns: (transfer full): the form that people are shown, once more without secrets
 */
StokerRenderedRequest *
stoker_step_request_describe (const StokerStepRequest *self, const StokerScope *scope)
{
  g_autofree char *url = stoker_scope_redact (scope, self->url);
  StokerRenderedRequest *rendered = stoker_rendered_request_new (self->method, url);

  for (guint i = 0; i + 1 < self->headers->len; i += 2)
    g_ptr_array_add (rendered->headers,
                     describe_header (g_ptr_array_index (self->headers, i),
                                      g_ptr_array_index (self->headers, i + 1), scope));
  if (self->content_type != NULL)
    g_ptr_array_add (rendered->headers, g_strconcat ("Content-Type: ", self->content_type, NULL));
  if (self->body != NULL)
    {
      g_autofree char *body = describe_body (self->body);

      rendered->body = stoker_scope_redact (scope, body);
    }

  return rendered;
}
