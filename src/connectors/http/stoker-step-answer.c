/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-step-answer.h"

#include "stoker-error.h"
#include "stoker-template.h"

#include <glib/gi18n-lib.h>

#include <inttypes.h>
#include <string.h>

#define MAX_SERVER_TEXT 300
#define MAX_SEARCHED_BODY (64 * 1024)

static gboolean
is_in (GArray *statuses, guint status)
{
  for (guint i = 0; i < statuses->len; i++)
    if (g_array_index (statuses, guint, i) == status)
      return TRUE;

  return FALSE;
}

static gboolean
is_success (const StokerStep *step, guint status)
{
  if (step->success != NULL)
    return is_in (step->success, status);

  return status >= 200 && status < 300;
}

static char *
dup_body_start (StokerHttpResponse *response)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (response->body, &length);

  return data != NULL ? g_utf8_make_valid (data, (gssize) MIN (length, MAX_SEARCHED_BODY))
                      : g_strdup ("");
}

/* One line of at most so many characters, without secrets. */
static char *
tidy (const char *text, const StokerStepContext *context)
{
  g_autofree char *redacted = stoker_step_context_redact (context, text);
  g_autofree char *valid = g_utf8_make_valid (redacted, -1);

  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_strstrip (valid);
  if (g_utf8_strlen (valid, -1) > MAX_SERVER_TEXT)
    {
      g_autofree char *start = g_utf8_substring (valid, 0, MAX_SERVER_TEXT);

      return g_strconcat (start, "…", NULL);
    }

  return g_strdup (valid);
}

/* What the server itself says is wrong, where the manifest tells to look for it. */
static char *
find_server_text (const StokerManifest *manifest,
                  JsonNode *answer,
                  const StokerStepContext *context)
{
  for (guint i = 0; manifest->error_text != NULL && i < manifest->error_text->len; i++)
    {
      g_autoptr (JsonNode)
        found = stoker_path_find (g_ptr_array_index (manifest->error_text, i), answer);
      g_autofree char *text = stoker_value_dup_text (found);

      if (text != NULL && *text != '\0')
        return tidy (text, context);
    }

  return NULL;
}

static gboolean
rule_matches (const StokerErrorRule *rule,
              const StokerStep *step,
              guint status,
              JsonNode *answer,
              const char *body)
{
  g_autoptr (JsonNode) found = NULL;
  g_autoptr (JsonNode) unwanted = NULL;
  g_autofree char *text = NULL;

  if (rule->statuses != NULL ? !is_in (rule->statuses, status) : is_success (step, status))
    return FALSE;
  if (rule->path != NULL && (found = stoker_path_find (rule->path, answer)) == NULL)
    return FALSE;
  if (rule->missing != NULL && (unwanted = stoker_path_find (rule->missing, answer)) != NULL)
    return FALSE;
  if (rule->text == NULL)
    return TRUE;
  text = stoker_value_dup_text (found);

  return g_regex_match (rule->text, text != NULL ? text : body, 0, NULL);
}

static const StokerErrorRule *
find_rule (
  GPtrArray *rules, const StokerStep *step, guint status, JsonNode *answer, const char *body)
{
  for (guint i = 0; i < rules->len; i++)
    if (rule_matches (g_ptr_array_index (rules, i), step, status, answer, body))
      return g_ptr_array_index (rules, i);

  return NULL;
}

static char *
describe_wait (StokerHttpResponse *response, const char *name)
{
  if (response->retry_after_s > 0)
    return g_strdup_printf (_ ("too many requests for %s; it asks to wait %" PRId64 " s"), name,
                            response->retry_after_s);

  return g_strdup_printf (_ ("too many requests for %s; try again a little later"), name);
}

static char *
describe_key (const StokerProfile *profile)
{
  if (profile->keys_url == NULL)
    return g_strdup_printf (_ ("%s does not accept the key; check it or make a new one"),
                            profile->name);

  return g_strdup_printf (_ ("%s does not accept the key; check it or make a new one at %s"),
                          profile->name, profile->keys_url);
}

/* What a status means in general, and what to do about it. */
static char *
describe_status (StokerHttpResponse *response, const StokerProfile *profile)
{
  switch (response->status)
    {
    case 401:
      return describe_key (profile);
    case 402:
      return g_strdup_printf (_ ("the account at %s is out of credit; top it up"), profile->name);
    case 403:
      return g_strdup_printf (_ (
                                "%s knows the key, but it may not do this; give it the permission"),
                              profile->name);
    case 404:
    case 410:
      return g_strdup_printf (_ ("%s knows nothing of it any more, or never did"), profile->name);
    case 413:
      return g_strdup_printf (_ ("the request is too large for %s"), profile->name);
    case 429:
      return describe_wait (response, profile->name);
    default:
      break;
    }
  if (response->status >= 500)
    return g_strdup_printf (_ ("%s has trouble of its own (HTTP %u); try again later"),
                            profile->name, response->status);
  if (response->status >= 400)
    return g_strdup_printf (_ ("%s refused the request (HTTP %u)"), profile->name,
                            response->status);

  return g_strdup_printf (_ ("%s gave an answer that nobody expects (HTTP %u)"), profile->name,
                          response->status);
}

/* A server that failed while it created something may have done so. */
static int
get_general_code (const StokerStep *step, guint status)
{
  int code = status < 400 ? STOKER_ERROR_PROTOCOL : (int) stoker_http_status_to_error (status);
  gboolean is_open = code == STOKER_ERROR_PROTOCOL || code == STOKER_ERROR_UNAVAILABLE;

  return step->creates && is_open ? STOKER_ERROR_UNCERTAIN : code;
}

/* What the answer asked for, whatever rule made the error of it. */
static void
note_wait (StokerHttpResponse *response, GError **error)
{
  if (error != NULL && *error != NULL && response->retry_after_s > 0)
    stoker_error_set_wait (*error, response->retry_after_s);
}

static void
set_general_error (const StokerStep *step,
                   StokerHttpResponse *response,
                   const char *server_text,
                   const StokerStepContext *context,
                   GError **error)
{
  g_autofree char *meaning = describe_status (response, stoker_step_context_get_profile (context));

  g_set_error (error, STOKER_ERROR, get_general_code (step, response->status), "%s%s%s", meaning,
               server_text != NULL ? ": " : "", server_text != NULL ? server_text : "");
}

typedef struct
{
  const StokerStepContext *context;
  const char *server_text;
} MessageSource;

static JsonNode *
look_up_in_message (const char *name, gpointer user_data)
{
  MessageSource *source = user_data;

  if (!g_str_equal (name, "error.text"))
    return stoker_step_context_lookup (name, (gpointer) source->context);

  return source->server_text != NULL
           ? json_node_init_string (json_node_alloc (), source->server_text)
           : NULL;
}

static void
set_rule_error (const StokerErrorRule *rule,
                StokerHttpResponse *response,
                const char *server_text,
                const StokerStepContext *context,
                GError **error)
{
  MessageSource source = { context, server_text };
  g_autofree char *expanded = NULL;
  g_autofree char *message = NULL;

  if (rule->message == NULL)
    {
      g_autofree char *meaning = describe_status (response,
                                                  stoker_step_context_get_profile (context));

      g_set_error_literal (error, STOKER_ERROR, rule->code,
                           server_text != NULL ? server_text : meaning);
      return;
    }
  expanded = stoker_template_expand (rule->message, look_up_in_message, &source, NULL);
  message = tidy (expanded != NULL ? expanded : rule->message, context);
  g_set_error_literal (error, STOKER_ERROR, rule->code, message);
}

/**
 * stoker_step_answer_check:
 * @answer: (nullable): the tree; %NULL when the body is no JSON
 * @context: for messages
 *
 * Whether an answer is what the step wants. The error rules of step, operation and manifest are
 * asked in this order, whatever the status; then the status is judged by what it means in general.
 *
 * Returns: %FALSE with the error the rules or the status say
 */
gboolean
stoker_step_answer_check (const StokerManifest *manifest,
                          const StokerOperation *operation,
                          const StokerStep *step,
                          StokerHttpResponse *response,
                          JsonNode *answer,
                          const StokerStepContext *context,
                          GError **error)
{
  GPtrArray *levels[] = { step->errors, operation->errors, manifest->errors };
  g_autofree char *body = dup_body_start (response);
  g_autofree char *server_text = find_server_text (manifest, answer, context);

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      const StokerErrorRule *rule = find_rule (levels[i], step, response->status, answer, body);

      if (rule == NULL)
        continue;
      set_rule_error (rule, response, server_text, context, error);
      note_wait (response, error);
      return FALSE;
    }
  if (is_success (step, response->status))
    return TRUE;

  set_general_error (step, response, server_text, context, error);
  note_wait (response, error);

  return FALSE;
}

/**
 * stoker_states_find:
 * @states: (element-type StokerStateRule): rules
 *
 * Returns: (nullable): the first whose conditions hold
 */
const StokerStateRule *
stoker_states_find (GPtrArray *states, const StokerStepContext *context)
{
  for (guint i = 0; i < states->len; i++)
    {
      const StokerStateRule *rule = g_ptr_array_index (states, i);

      if (stoker_conditions_hold (rule->when, context))
        return rule;
    }

  return NULL;
}
