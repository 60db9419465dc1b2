/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-request-curl.h"

#include "stoker-json.h"
#include "stoker-redactor.h"

#include <string.h>

/* Of an envelope; more than these no provider asks for. */
#define MAX_REQUESTS 64

/* What stands in a rendered request for something an earlier answer brings: ‹name›. */
#define OPENING "‹"
#define CLOSING "›"

#define DEFAULT_VARIABLE "API_KEY"

/* Which placeholders become variables of the shell. */
typedef enum {
  MASKS = 1 << 0,
  ANSWERS = 1 << 1,
} Placeholders;

static void
append_quoted (GString *line, const char *text, gsize length)
{
  if (length == 0)
    return;
  g_string_append_c (line, '\'');
  for (gsize i = 0; i < length; i++)
    if (text[i] == '\'')
      g_string_append (line, "'\\''");
    else
      g_string_append_c (line, text[i]);
  g_string_append_c (line, '\'');
}

static void
append_variable (GString *line, const char *name, gsize length)
{
  g_string_append (line, "\"$");
  if (length > 0 && g_ascii_isdigit (name[0]))
    g_string_append_c (line, '_');
  for (gsize i = 0; i < length; i++)
    g_string_append_c (line, g_ascii_isalnum (name[i]) ? g_ascii_toupper (name[i]) : '_');
  g_string_append_c (line, '"');
}

/* Length of the name in "‹name›" at the beginning of @text; 0 when there is none. */
static gsize
measure_answer (const char *text)
{
  const char *name = text + strlen (OPENING);
  gsize length;

  if (!g_str_has_prefix (text, OPENING))
    return 0;
  length = strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");
  return g_str_has_prefix (name + length, CLOSING) ? length : 0;
}

/* One word for the shell, in which nothing but the placeholders is expanded. */
static void
append_word (GString *line, const char *text, const char *variable, Placeholders placeholders)
{
  const char *start = text;
  const char *at = text;

  while (*at != '\0')
    {
      gsize answer = (placeholders & ANSWERS) != 0 ? measure_answer (at) : 0;

      if ((placeholders & MASKS) != 0 && g_str_has_prefix (at, STOKER_REDACTED))
        {
          append_quoted (line, start, (gsize) (at - start));
          append_variable (line, variable, strlen (variable));
          at = start = at + strlen (STOKER_REDACTED);
        }
      else if (answer > 0)
        {
          append_quoted (line, start, (gsize) (at - start));
          append_variable (line, at + strlen (OPENING), answer);
          at = start = at + strlen (OPENING) + answer + strlen (CLOSING);
        }
      else
        {
          at++;
        }
    }
  append_quoted (line, start, (gsize) (at - start));
  if (*text == '\0')
    g_string_append (line, "''");
}

static void
append_header (GString *line, const char *header, const char *variable)
{
  const char *colon = strchr (header, ':');
  g_autofree char *text = g_strdup (header);

  /* To curl "Name:" means to leave the header out, and "Name;" to send it empty. */
  if (colon != NULL && colon[1 + strspn (colon + 1, " ")] == '\0')
    {
      text[colon - header] = ';';
      text[colon - header + 1] = '\0';
    }
  g_string_append (line, " \\\n  --header ");
  append_word (line, text, variable, MASKS | ANSWERS);
}

/**
 * stoker_request_to_curl:
 * @request: a request as a dry run shows it
 * @variable: (nullable): the variable of the shell that holds the key
 *
 * Writes the request as a command for a POSIX shell. What is masked is taken from @variable, and
 * what the answer to an earlier request brings from a variable of its name, so that no secret is in
 * the text. Everything else is quoted.
 *
 * Returns: (transfer full): the command, without a newline at its end
 */
char *
stoker_request_to_curl (const StokerRenderedRequest *request, const char *variable)
{
  const char *name = variable != NULL && *variable != '\0' ? variable : DEFAULT_VARIABLE;
  GString *line = g_string_new ("curl --request ");

  append_word (line, request->method, name, 0);
  /* Brackets and braces in an address would mean several addresses. */
  if (strpbrk (request->url, "[]{}") != NULL)
    g_string_append (line, " --globoff");
  g_string_append (line, " \\\n  --url ");
  append_word (line, request->url, name, MASKS | ANSWERS);
  for (guint i = 0; request->headers != NULL && i < request->headers->len; i++)
    append_header (line, g_ptr_array_index (request->headers, i), name);
  if (request->body != NULL)
    {
      g_string_append (line, " \\\n  --data-raw ");
      append_word (line, request->body, name, MASKS);
    }
  return g_string_free (line, FALSE);
}

static StokerRenderedRequest *
read_request (const StokerJsonPlace *place)
{
  g_autofree char *method = NULL;
  g_autofree char *url = NULL;
  g_auto (GStrv) headers = NULL;
  StokerRenderedRequest *request = NULL;

  stoker_json_get_string (place, "method", STOKER_JSON_OPTIONAL, &method, NULL);
  stoker_json_get_string (place, "url", STOKER_JSON_OPTIONAL, &url, NULL);
  stoker_json_get_strings (place, "headers", STOKER_JSON_OPTIONAL, &headers, NULL);
  request = stoker_rendered_request_new (method != NULL ? method : "", url != NULL ? url : "");
  for (gsize i = 0; headers != NULL && headers[i] != NULL; i++)
    g_ptr_array_add (request->headers, g_strdup (headers[i]));
  stoker_json_get_string (place, "body", STOKER_JSON_OPTIONAL, &request->body, NULL);
  return request;
}

/**
 * stoker_envelope_read_requests:
 * @envelope: answer of a dry run
 *
 * Returns: (transfer full) (element-type StokerRenderedRequest): its requests, in their order
 */
GPtrArray *
stoker_envelope_read_requests (JsonNode *envelope)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func (
    (GDestroyNotify) stoker_rendered_request_free);
  StokerJsonPlace root = stoker_json_root (envelope, NULL);
  StokerJsonPlace place = { 0 };

  if (!stoker_json_get_array (&root, "requests", STOKER_JSON_OPTIONAL, MAX_REQUESTS, &place, NULL))
    return requests;
  for (guint i = 0; i < stoker_json_length (&place); i++)
    {
      StokerJsonPlace element = stoker_json_element (&place, i);

      g_ptr_array_add (requests, read_request (&element));
    }
  return requests;
}

/**
 * stoker_envelope_to_curl:
 * @envelope: answer of a dry run
 *
 * Returns: (transfer full): its requests as commands for a shell, one after the other; empty when
 * there is none
 */
char *
stoker_envelope_to_curl (JsonNode *envelope)
{
  g_autoptr (GPtrArray) requests = stoker_envelope_read_requests (envelope);
  StokerJsonPlace root = stoker_json_root (envelope, NULL);
  g_autofree char *variable = NULL;
  GString *text = g_string_new (NULL);

  stoker_json_get_string (&root, "secret_variable", STOKER_JSON_OPTIONAL, &variable, NULL);
  for (guint i = 0; i < requests->len; i++)
    {
      g_autofree char *command = stoker_request_to_curl (g_ptr_array_index (requests, i), variable);

      g_string_append_printf (text, "%s%s\n", i > 0 ? "\n" : "", command);
    }
  return g_string_free (text, FALSE);
}
