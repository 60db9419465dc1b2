/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-request-parameters-private.h"

#include "stoker-deadline-private.h"
#include "stoker-error.h"
#include "stoker-json-write.h"
#include "stoker-json.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include <math.h>
#include <string.h>

#define NO_JOB "price"
/* What numbers are written with: not all that g_ascii_strtod() reads is one in JSON. */
#define DECIMAL "0123456789.eE+-"
#define MAX_EXACT_INTEGER 9007199254740992.0

/* Who can tell about requests to a provider; %NULL when nobody does. */
StokerJobPricer *
stoker_find_job_pricer (StokerWorkspace *workspace,
                        const char *provider_id,
                        StokerConnection **connection)
{
  StokerProvider *provider = stoker_workspace_lookup_provider (workspace, provider_id);
  StokerProfile *profile = provider != NULL ? stoker_workspace_get_profile (workspace, provider)
                                            : NULL;
  GObject *connector = profile != NULL ? stoker_workspace_get_connector (workspace, profile) : NULL;
  g_autoptr (GHashTable) no_secrets = g_hash_table_new (g_str_hash, g_str_equal);

  if (connector == NULL || !STOKER_IS_JOB_PRICER (connector))
    return NULL;
  *connection = stoker_connection_new (profile, provider, no_secrets);
  stoker_connection_describe (*connection,
                              stoker_live_offers_get_description (stoker_workspace_get_live_offers (
                                                                    workspace),
                                                                  provider));
  return STOKER_JOB_PRICER (connector);
}

/* What would be sent, for those who only look at it: no job goes by this name. */
StokerJobRequest
stoker_describe_unsent_request (StokerWorkload *workload, const StokerOffer *offer)
{
  return (StokerJobRequest){
    .job_id = NO_JOB,
    .token = NO_JOB,
    .workload = workload,
    .plan_id = offer != NULL && offer->plan != NULL ? offer->plan->id : NULL,
    .gpu = offer != NULL ? offer->gpu : NULL,
    .region = offer != NULL ? offer->region : NULL,
    .offer_id = offer != NULL ? offer->offer_id : NULL,
    .deadline_s = stoker_deadline_choose (workload),
  };
}

/* What people wrote. */

static gboolean
set_number (JsonObject *object, const char *name, const char *text, GError **error)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);
  gboolean is_decimal = text[strspn (text, DECIMAL)] == '\0';

  if (!is_decimal || end == text || *end != '\0' || !isfinite (number))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("parameter “%s” is “%s”: it must be a number"), name, text);
      return FALSE;
    }
  if (fabs (number) < MAX_EXACT_INTEGER && number == round (number))
    json_object_set_int_member (object, name, (gint64) number);
  else
    json_object_set_double_member (object, name, number);
  return TRUE;
}

static gboolean
set_flag (JsonObject *object, const char *name, const char *text, GError **error)
{
  if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("parameter “%s” is “%s”: it must be true or false"), name, text);
      return FALSE;
    }
  json_object_set_boolean_member (object, name, g_str_equal (text, "true"));
  return TRUE;
}

static gboolean
set_document (JsonObject *object, const char *name, const char *text, GError **error)
{
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, name, error);

  if (node == NULL)
    return FALSE;
  stoker_json_set_copy (object, name, node);
  return TRUE;
}

/* Names with commas, or a JSON array. */
static gboolean
set_list (JsonObject *object, const char *name, const char *text, GError **error)
{
  g_auto (GStrv) parts = NULL;

  if (*text == '[')
    return set_document (object, name, text, error);
  parts = g_strsplit (text, ",", -1);
  for (char **part = parts; *part != NULL; part++)
    g_strstrip (*part);
  stoker_json_set_strings (object, name, (const char *const *) parts);
  return TRUE;
}

static gboolean
set_value (JsonObject *object, const char *name, const char *type, const char *text, GError **error)
{
  if (g_str_equal (type, "integer") || g_str_equal (type, "number") ||
      g_str_equal (type, "seconds"))
    return set_number (object, name, text, error);
  if (g_str_equal (type, "flag"))
    return set_flag (object, name, text, error);
  if (g_str_equal (type, "object") || (g_str_equal (type, "any") && strchr ("{[", *text) != NULL))
    return set_document (object, name, text, error);
  if (g_str_equal (type, "list"))
    return set_list (object, name, text, error);
  json_object_set_string_member (object, name, text);
  return TRUE;
}

/* A member of the parameter of that name. */
static char *
find_text (const StokerJsonPlace *parameters, const char *name, const char *member)
{
  for (guint i = 0; parameters->node != NULL && i < stoker_json_length (parameters); i++)
    {
      StokerJsonPlace place = stoker_json_element (parameters, i);
      g_autofree char *own = NULL;
      char *text = NULL;

      if (stoker_json_get_string (&place, "name", STOKER_JSON_REQUIRED, &own, NULL) &&
          g_str_equal (own, name) &&
          stoker_json_get_string (&place, member, STOKER_JSON_OPTIONAL, &text, NULL))
        return text;
    }
  return NULL;
}

/**
 * stoker_parameters_read:
 * @parameters: (nullable): an array of them
 * @texts: (element-type utf8 utf8): what people wrote, by the names of the parameters
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an object of what was written, with numbers as numbers;
 * without what is empty; %NULL with %STOKER_ERROR_CONFIG naming the parameter. Limits are not
 * checked
 */
JsonNode *
stoker_parameters_read (JsonNode *parameters, GHashTable *texts, GError **error)
{
  StokerJsonPlace list = { .node = parameters };
  g_autoptr (JsonObject) object = json_object_new ();
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer text = NULL;

  if (parameters != NULL && !JSON_NODE_HOLDS_ARRAY (parameters))
    list.node = NULL;
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      g_autofree char *type = find_text (&list, name, "type");

      /* One that is not known is left to whoever checks them all. */
      if (*(const char *) text != '\0' &&
          !set_value (object, name, type != NULL ? type : "text", text, error))
        return NULL;
    }
  return json_node_init_object (json_node_alloc (), object);
}

/**
 * stoker_list_request_parameters:
 * @workspace: the workspace
 * @provider_id: where it would be sent
 * @workload: what would be sent
 * @offer: (nullable): what it would run on
 *
 * Returns: (transfer full) (nullable): an array of the parameters that this request has, as
 * stoker_job_pricer_list_parameters() tells them; %NULL when the provider does not describe what it
 * takes
 */
JsonNode *
stoker_list_request_parameters (StokerWorkspace *workspace,
                                const char *provider_id,
                                StokerWorkload *workload,
                                const StokerOffer *offer)
{
  g_autoptr (StokerConnection) connection = NULL;
  StokerJobPricer *pricer = stoker_find_job_pricer (workspace, provider_id, &connection);
  StokerJobRequest request = stoker_describe_unsent_request (workload, offer);

  return pricer != NULL ? stoker_job_pricer_list_parameters_of (pricer, connection, &request)
                        : NULL;
}

static void
set_member (JsonObject *payload, const char *name, JsonNode *value)
{
  if (value != NULL)
    stoker_json_set_copy (payload, name, value);
  else if (json_object_has_member (payload, name))
    json_object_remove_member (payload, name);
}

/* The object under "payload" of a document, made when there is none. */
static JsonObject *
ensure_payload (JsonNode *document)
{
  StokerJsonPlace root = stoker_json_root (document, NULL);
  StokerJsonPlace member = stoker_json_member (&root, "payload");
  JsonObject *payload = NULL;

  if (stoker_json_is_present (&member))
    return json_node_get_object (member.node);
  payload = json_object_new ();
  json_object_set_object_member (json_node_get_object (document), "payload", payload);
  return payload;
}

/* A copy of the workload with what was read in its payload, and without what is empty. */
static StokerWorkload *
set_members (StokerWorkload *workload,
             JsonNode *parameters,
             GHashTable *texts,
             JsonNode *input,
             GError **error)
{
  g_autofree char *text = stoker_json_to_string (workload->source, FALSE);
  g_autoptr (JsonNode) document = stoker_json_parse (text, -1, NULL, error);
  StokerJsonPlace values = stoker_json_root (input, NULL);
  JsonObject *payload = NULL;
  JsonObjectIter members;
  GHashTableIter iter;
  gpointer name = NULL;

  if (document == NULL)
    return NULL;
  payload = ensure_payload (document);
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *other = find_text (&(StokerJsonPlace){ .node = parameters }, name, "also");

      set_member (payload, name, stoker_json_member (&values, name).node);
      if (other != NULL)
        set_member (payload, other, NULL);
    }
  json_object_iter_init (&members, payload);
  if (!json_object_iter_next (&members, NULL, NULL))
    json_object_remove_member (json_node_get_object (document), "payload");
  return stoker_workload_decode (document, NULL, error);
}

/**
 * stoker_set_request_parameters:
 * @workspace: the workspace
 * @provider_id: where it would be sent
 * @workload: what would be sent
 * @offer: (nullable): what it would run on
 * @texts: (element-type utf8 utf8): what people wrote, by the names of the parameters; empty for
 * what is no longer told
 * @error: return location
 *
 * Limits are checked with the price.
 *
 * Returns: (transfer full) (nullable): the workload with these parameters, numbers as numbers;
 * %NULL with %STOKER_ERROR_CONFIG naming the parameter
 */
StokerWorkload *
stoker_set_request_parameters (StokerWorkspace *workspace,
                               const char *provider_id,
                               StokerWorkload *workload,
                               const StokerOffer *offer,
                               GHashTable *texts,
                               GError **error)
{
  g_autoptr (StokerWorkload) draft = stoker_workload_ref (workload);

  /* Twice, because one of them, such as the model, may say which others there are. */
  for (guint pass = 0; pass < 2; pass++)
    {
      g_autoptr (JsonNode)
        list = stoker_list_request_parameters (workspace, provider_id, draft, offer);
      g_autoptr (JsonNode) input = stoker_parameters_read (list, texts, error);
      StokerWorkload *next = input != NULL ? set_members (draft, list, texts, input, error) : NULL;

      if (next == NULL)
        return NULL;
      stoker_workload_unref (draft);
      draft = next;
    }
  return g_steal_pointer (&draft);
}
