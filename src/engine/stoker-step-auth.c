/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-step-auth.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-sigv4.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static char *
expand_member (const StokerScope *scope, JsonNode *rule, const char *name)
{
  return stoker_scope_expand (scope, stoker_rule_get_text (rule, name), NULL);
}

static char *
encode_basic (JsonNode *auth, const StokerScope *scope)
{
  g_autofree char *user = expand_member (scope, auth, "user");
  g_autofree char *password = expand_member (scope, auth, "password");
  g_autofree char *both = NULL;
  g_autofree char *encoded = NULL;

  if (user == NULL || password == NULL)
    return NULL;
  if (scope->is_masked)
    return g_strdup ("Basic " STOKER_REDACTED);

  both = g_strconcat (user, ":", password, NULL);
  encoded = g_base64_encode ((const guchar *) both, strlen (both));

  return g_strconcat ("Basic ", encoded, NULL);
}

static char *
encode_bearer (JsonNode *auth, const StokerScope *scope)
{
  g_autofree char *token = expand_member (scope, auth, "token");

  return token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;
}

/* The manifest's, with what is different for this step. */
static JsonNode *
merge_auth (JsonNode *step, const StokerScope *scope)
{
  JsonNode *own = stoker_rule_get (step, "auth");
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *merged = json_node_init_object (json_node_alloc (), object);

  stoker_json_merge (merged, stoker_manifest_get (scope->manifest, "auth"));
  if (own != NULL)
    stoker_json_merge (merged, own);

  return merged;
}

/* Kept before the others, where people look for it. */
static void
add_header (StokerStepRequest *request, const char *name, const char *value)
{
  g_ptr_array_insert (request->headers, 0, g_strdup (name));
  g_ptr_array_insert (request->headers, 1, g_strdup (value));
}

static char *
encode_token (JsonNode *auth, const StokerScope *scope)
{
  const char *prefix = stoker_rule_get_text (auth, "prefix");
  const char *token = scope->is_masked ? STOKER_REDACTED : scope->token;

  return token != NULL ? g_strconcat (prefix != NULL ? prefix : "Bearer", " ", token, NULL) : NULL;
}

static char *
encode (JsonNode *auth, const StokerScope *scope)
{
  const char *scheme = stoker_rule_get_text (auth, "scheme");

  if (g_str_equal (scheme, "basic"))
    return encode_basic (auth, scope);
  if (g_str_equal (scheme, "bearer"))
    return encode_bearer (auth, scope);
  if (g_str_equal (scheme, "token"))
    return encode_token (auth, scope);

  return expand_member (scope, auth, "value");
}

/* What is sent as it is, for the signer. */
static GStrv
list_headers (const StokerStepRequest *request)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < request->headers->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (request->headers, i));
  if (request->content_type != NULL)
    g_strv_builder_add_many (builder, "Content-Type", request->content_type, NULL);

  return g_strv_builder_end (builder);
}

/* The signature covers the whole request, so nothing may be changed after it. */
static gboolean
sign (StokerStepRequest *request, JsonNode *auth, const StokerScope *scope)
{
  g_autofree char *access_key = expand_member (scope, auth, "access_key");
  g_autofree char *secret_key = expand_member (scope, auth, "secret_key");
  g_autofree char *session_token = NULL;
  g_autofree char *region = expand_member (scope, auth, "region");
  g_autofree char *service = expand_member (scope, auth, "service");
  g_auto (GStrv) headers = list_headers (request);
  StokerSigV4Request described = { request->method, request->url, (const char *const *) headers,
                                   request->body };
  StokerSigV4 signer = { 0 };
  g_auto (GStrv) added = NULL;

  if (access_key == NULL || secret_key == NULL || region == NULL || service == NULL)
    return FALSE;
  if (stoker_rule_get (auth, "session_token") != NULL)
    session_token = expand_member (scope, auth, "session_token");
  signer.access_key = access_key;
  signer.secret_key = secret_key;
  signer.session_token = session_token;
  signer.region = region;
  signer.service = service;
  signer.time_s = g_get_real_time () / G_USEC_PER_SEC;
  signer.keeps_path = g_str_equal (service, "s3");
  signer.has_body_hash = g_str_equal (service, "s3");
  added = stoker_sigv4_sign (&signer, &described);
  for (guint i = 0; added[i] != NULL && added[i + 1] != NULL; i += 2)
    add_header (request, added[i], added[i + 1]);

  return TRUE;
}

/* Without a key, another proof such as the certificate in `tls` may be enough. */
static gboolean
do_without_key (JsonNode *auth, const StokerScope *scope, GError **error)
{
  if (stoker_rule_get_flag (auth, "optional", FALSE))
    return TRUE;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_AUTH, _ ("there is no key for %s yet; add one"),
               stoker_scope_get_profile (scope)->name);

  return FALSE;
}

/**
 * stoker_step_uses_token:
 *
 * Returns: whether @step is sent with a token that has to be asked for
 */
gboolean
stoker_step_uses_token (JsonNode *step, const StokerScope *scope)
{
  g_autoptr (JsonNode) auth = merge_auth (step, scope);

  return g_str_equal (stoker_rule_get_text (auth, "scheme"), "token");
}

/**
 * stoker_step_auth_add:
 * @request: complete but for its credentials
 * @step: (nullable): may have an `auth` of its own
 *
 * Adds the credentials. They go to the provider's own addresses only, wherever an answer may point.
 *
 * Returns: %FALSE with %STOKER_ERROR_AUTH when there is no key
 */
gboolean
stoker_step_auth_add (StokerStepRequest *request,
                      JsonNode *step,
                      const StokerScope *scope,
                      GError **error)
{
  g_autoptr (JsonNode) auth = merge_auth (step, scope);
  const char *scheme = stoker_rule_get_text (auth, "scheme");
  const char *name = stoker_rule_get_text (auth, "name");
  g_autofree char *value = NULL;

  if (g_str_equal (scheme, "none") || (g_str_equal (scheme, "token") && scope->is_authorising) ||
      !stoker_scope_is_own_origin (scope, request->url))
    return TRUE;
  if (g_str_equal (scheme, "sigv4"))
    return sign (request, auth, scope) || do_without_key (auth, scope, error);
  value = encode (auth, scope);
  if (value == NULL)
    return do_without_key (auth, scope, error);
  add_header (request, name != NULL ? name : "Authorization", value);

  return TRUE;
}
