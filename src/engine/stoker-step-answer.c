/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-step-answer.h"

#include "stoker-answer.h"
#include "stoker-error.h"
#include "stoker-http-meaning.h"
#include "stoker-template.h"
#include "stoker-value-rule.h"
#include "stoker-value.h"

#include <string.h>

#define MAX_SERVER_TEXT 300
#define MAX_SEARCHED_BODY (64 * 1024)

static gboolean
is_in (JsonNode *statuses, guint status)
{
  for (guint i = 0; i < stoker_rule_count (statuses); i++)
    if (json_node_get_int (stoker_rule_nth (statuses, i)) == status)
      return TRUE;

  return FALSE;
}

static gboolean
is_success (JsonNode *step, guint status)
{
  JsonNode *statuses = stoker_rule_get (step, "success");

  return statuses != NULL ? is_in (statuses, status) : status >= 200 && status < 300;
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
tidy (const char *text, const StokerScope *scope)
{
  g_autofree char *redacted = stoker_scope_redact (scope, text);
  g_autofree char *valid = g_utf8_make_valid (redacted, -1);

  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_strstrip (valid);
  /* It stands in a sentence of ours, which goes on behind it. */
  if (g_str_has_suffix (valid, ".") && !g_str_has_suffix (valid, ".."))
    valid[strlen (valid) - 1] = '\0';
  if (g_utf8_strlen (valid, -1) > MAX_SERVER_TEXT)
    {
      g_autofree char *start = g_utf8_substring (valid, 0, MAX_SERVER_TEXT);

      return g_strconcat (start, "…", NULL);
    }

  return g_strdup (valid);
}

/* What the server itself says is wrong, where the manifest tells to look for it. */
static char *
find_server_text (JsonNode *answer, const StokerScope *scope)
{
  const StokerManifest *manifest = scope->manifest;
  JsonNode *paths = stoker_manifest_get (manifest, "error_text");

  for (guint i = 0; i < stoker_rule_count (paths); i++)
    {
      g_autoptr (JsonNode) found = stoker_paths_find (manifest, stoker_rule_nth (paths, i), answer);
      g_autofree char *text = stoker_value_dup_text (found);

      if (text != NULL && *text != '\0')
        return tidy (text, scope);
    }

  return NULL;
}

/* What was answered to a step, and where its names are looked up. */
typedef struct
{
  JsonNode *step;
  StokerHttpResponse *response;
  JsonNode *tree; /* nullable */
  const char *body;
  const char *server_text; /* nullable */
  const StokerScope *scope;
} Answer;

static gboolean
rule_matches (JsonNode *rule, const Answer *answer)
{
  const StokerManifest *manifest = answer->scope->manifest;
  JsonNode *statuses = stoker_rule_get (rule, "status");
  JsonNode *path = stoker_rule_get (rule, "path");
  JsonNode *missing = stoker_rule_get (rule, "missing");
  GRegex *regex = stoker_manifest_get_regex (manifest, rule, "text");
  guint status = answer->response->status;
  g_autoptr (JsonNode) found = stoker_paths_find (manifest, path, answer->tree);
  g_autoptr (JsonNode) unwanted = stoker_paths_find (manifest, missing, answer->tree);
  g_autofree char *text = stoker_value_dup_text (found);

  if (statuses != NULL ? !is_in (statuses, status) : is_success (answer->step, status))
    return FALSE;
  if (path != NULL && found == NULL)
    return FALSE;
  /* What is no JSON lacks nothing. */
  if (missing != NULL && (answer->tree == NULL || unwanted != NULL))
    return FALSE;

  return regex == NULL || g_regex_match (regex, text != NULL ? text : answer->body, 0, NULL);
}

static JsonNode *
find_rule (JsonNode *rules, const Answer *answer)
{
  for (guint i = 0; i < stoker_rule_count (rules); i++)
    if (rule_matches (stoker_rule_nth (rules, i), answer))
      return stoker_rule_nth (rules, i);

  return NULL;
}

/* A server that failed while it created something may have done so. */
static int
get_general_code (JsonNode *step, guint status)
{
  int code = status < 400 ? STOKER_ERROR_PROTOCOL : (int) stoker_http_status_to_error (status);
  gboolean is_open = code == STOKER_ERROR_PROTOCOL || code == STOKER_ERROR_UNAVAILABLE;

  return is_open && stoker_step_creates (step) ? STOKER_ERROR_UNCERTAIN : code;
}

/* What the answer asked for, whatever rule made the error of it. */
static void
note_wait (StokerHttpResponse *response, GError **error)
{
  if (error != NULL && *error != NULL && response->retry_after_s > 0)
    stoker_error_set_wait (*error, response->retry_after_s);
}

static void
set_general_error (const Answer *answer, GError **error)
{
  const char *text = answer->server_text;
  g_autofree char *meaning = stoker_http_describe_status (answer->response,
                                                          stoker_scope_get_profile (answer->scope));

  g_set_error (error, STOKER_ERROR, get_general_code (answer->step, answer->response->status),
               "%s%s%s", meaning, text != NULL ? ": " : "", text != NULL ? text : "");
}

static JsonNode *
look_up_in_message (const char *name, gpointer user_data)
{
  const Answer *answer = user_data;

  if (!g_str_equal (name, "error.text"))
    return stoker_scope_lookup (name, (gpointer) answer->scope);

  return stoker_value_from_text (answer->server_text);
}

static void
set_rule_error (JsonNode *rule, const Answer *answer, GError **error)
{
  StokerError code = STOKER_ERROR_FAILED;
  const char *template = stoker_rule_get_text (rule, "message");
  g_autofree char *message = NULL;

  stoker_error_code_from_string (stoker_rule_get_text (rule, "code"), &code);
  if (template != NULL)
    {
      g_autofree char *expanded = stoker_template_expand (template, look_up_in_message,
                                                          (gpointer) answer, NULL);

      message = tidy (expanded != NULL ? expanded : template, answer->scope);
    }
  else if (answer->server_text != NULL)
    message = g_strdup (answer->server_text);
  else
    message = stoker_http_describe_status (answer->response,
                                           stoker_scope_get_profile (answer->scope));
  g_set_error_literal (error, STOKER_ERROR, (int) code, message);
}

/* The error rules of step, operation and manifest, in this order. */
static JsonNode *
find_error (JsonNode *operation, const Answer *answer)
{
  const StokerManifest *manifest = answer->scope->manifest;
  JsonNode *levels[] = {
    stoker_rule_get (answer->step, "errors"),
    stoker_rule_get (operation, "errors"),
    stoker_manifest_get (manifest, "errors"),
  };
  JsonNode *rule = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (levels) && rule == NULL; i++)
    rule = find_rule (levels[i], answer);

  return rule;
}

/**
 * stoker_step_answer_is_rate_limit:
 * @response: a refusal
 *
 * Returns: whether an error rule says that the request came too soon, whatever the status
 */
gboolean
stoker_step_answer_is_rate_limit (JsonNode *operation,
                                  JsonNode *step,
                                  StokerHttpResponse *response,
                                  const StokerScope *scope)
{
  g_autoptr (JsonNode) tree = stoker_answer_read (stoker_rule_get_text (step, "answer"),
                                                  response->status, response->body, NULL);
  g_autofree char *body = dup_body_start (response);
  Answer answer = { step, response, tree, body, NULL, scope };
  JsonNode *rule = find_error (operation, &answer);
  const char *limited = stoker_error_code_to_string (STOKER_ERROR_RATE_LIMITED);

  return g_strcmp0 (stoker_rule_get_text (rule, "code"), limited) == 0;
}

/**
 * stoker_step_answer_check:
 * @answer: (nullable): the tree; %NULL when the body is none
 * @scope: for messages; gets what the error rule takes
 *
 * Whether an answer is what the step wants. The error rules are asked first, whatever the status;
 * then the status is judged by what it means in general.
 *
 * Returns: %FALSE with the error the rules or the status say
 */
gboolean
stoker_step_answer_check (JsonNode *operation,
                          JsonNode *step,
                          StokerHttpResponse *response,
                          JsonNode *answer,
                          StokerScope *scope,
                          GError **error)
{
  g_autofree char *body = dup_body_start (response);
  g_autofree char *server_text = find_server_text (answer, scope);
  Answer checked = { step, response, answer, body, server_text, scope };
  JsonNode *rule = find_error (operation, &checked);

  if (rule == NULL && is_success (step, response->status))
    return TRUE;

  if (rule != NULL)
    stoker_takes_apply (stoker_rule_get (rule, "take"), answer, response, scope, NULL);
  if (rule != NULL)
    set_rule_error (rule, &checked, error);
  else
    set_general_error (&checked, error);
  note_wait (response, error);

  return FALSE;
}

/**
 * stoker_step_judge_error:
 * @error: what the step failed with
 *
 * Once a request that creates something was sent, an answer that never came or cannot be read
 * leaves it open whether it did.
 */
void
stoker_step_judge_error (JsonNode *step, GError *error)
{
  gboolean is_lost = g_error_matches (error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE) &&
                     !stoker_http_error_is_not_sent (error);

  if (stoker_step_creates (step) &&
      (is_lost || g_error_matches (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL)))
    error->code = STOKER_ERROR_UNCERTAIN;
}

/**
 * stoker_states_find:
 *
 * Returns: (nullable): the first of the manifest's state rules whose conditions hold
 */
JsonNode *
stoker_states_find (const StokerScope *scope)
{
  JsonNode *states = stoker_manifest_get (scope->manifest, "states");

  for (guint i = 0; i < stoker_rule_count (states); i++)
    if (stoker_conditions_hold (stoker_rule_get (stoker_rule_nth (states, i), "when"), scope))
      return stoker_rule_nth (states, i);

  return NULL;
}
