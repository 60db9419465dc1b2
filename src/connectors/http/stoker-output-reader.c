/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-data-url.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-record.h"
#include "stoker-run-reader.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define MAX_OUTPUTS 1000
#define MAX_ADDRESS_BYTES 16384

static gboolean
is_address (const char *text)
{
  return strlen (text) <= MAX_ADDRESS_BYTES &&
         (g_ascii_strncasecmp (text, "https://", strlen ("https://")) == 0 ||
          g_ascii_strncasecmp (text, "http://", strlen ("http://")) == 0);
}

static gboolean
is_data (const char *text)
{
  return g_ascii_strncasecmp (text, "data:", strlen ("data:")) == 0 && strchr (text, ',') != NULL;
}

/* The last part of the path, which is a file's name more often than not. */
static char *
name_from_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED_PATH, NULL);
  g_autofree char *base = NULL;

  if (uri == NULL || g_uri_get_path (uri)[0] == '\0' ||
      g_str_has_suffix (g_uri_get_path (uri), "/"))
    return NULL;
  base = g_path_get_basename (g_uri_get_path (uri));

  return g_uri_unescape_string (base, "/");
}

static gboolean
add_text (
  StokerJobReport *report, const char *text, const char *name, gboolean is_base64, GError **error)
{
  g_autofree char *media_type = NULL;
  g_autoptr (GBytes) data = NULL;
  StokerRemoteOutput *output = NULL;

  if (is_address (text))
    {
      g_autofree char *from_url = name != NULL ? g_strdup (name) : name_from_url (text);

      output = stoker_job_report_add_output (report, from_url);
      output->url = g_strdup (text);
      return TRUE;
    }
  if (is_data (text))
    data = stoker_data_url_decode (text, &media_type, error);
  else if (is_base64)
    data = stoker_base64_decode (text, error);
  else
    return TRUE;
  if (data == NULL)
    return FALSE;

  output = stoker_job_report_add_output (report, name);
  output->data = g_steal_pointer (&data);
  output->media_type = g_steal_pointer (&media_type);

  return TRUE;
}

/* Every address and data: address in a tree. Its depth is limited by the parser. */
static gboolean
search (StokerJobReport *report, const StokerJsonPlace *place, GError **error)
{
  JsonObjectIter iter;
  const char *name = NULL;

  if (place->node == NULL || report->outputs->len >= MAX_OUTPUTS)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (place->node) &&
      json_node_get_value_type (place->node) == G_TYPE_STRING)
    return add_text (report, json_node_get_string (place->node),
                     is_data (json_node_get_string (place->node)) && place->parent != NULL
                       ? place->name
                       : NULL,
                     FALSE, error);

  for (guint i = 0; i < stoker_json_length (place); i++)
    {
      StokerJsonPlace element = stoker_json_element (place, i);

      if (!search (report, &element, error))
        return FALSE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (place->node))
    return TRUE;
  json_object_iter_init_ordered (&iter, json_node_get_object (place->node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      StokerJsonPlace member = stoker_json_member (place, name);

      if (!search (report, &member, error))
        return FALSE;
    }

  return TRUE;
}

/* The whole of a result that is no file: a text as it is, anything else as JSON. */
static void
add_document (StokerJobReport *report, JsonNode *item, const char *name)
{
  gboolean is_text = JSON_NODE_HOLDS_VALUE (item) &&
                     json_node_get_value_type (item) == G_TYPE_STRING;
  char *text = is_text ? g_strdup (json_node_get_string (item))
                       : stoker_json_to_string (item, TRUE);
  StokerRemoteOutput *output = stoker_job_report_add_output (report,
                                                             name != NULL ? name : "output");

  output->data = g_bytes_new_take (text, strlen (text));
  output->media_type = g_strdup (is_text ? "text/plain" : "application/json");
}

typedef struct
{
  const StokerRun *run;
  StokerJobReport *report;
} OutputReading;

/* The body of the answer itself. */
static void
add_body (const OutputReading *reading, const char *name)
{
  StokerHttpResponse *response = reading->run->response;
  StokerRemoteOutput *output = NULL;

  if (response == NULL || g_bytes_get_size (response->body) == 0)
    return;
  output = stoker_job_report_add_output (reading->report, name);
  output->data = g_bytes_ref (response->body);
  output->media_type = stoker_http_response_dup_media_type (response);
}

static gboolean
read_output (
  JsonNode *rule, JsonNode *item, const StokerScope *record, gpointer user_data, GError **error)
{
  const OutputReading *reading = user_data;
  StokerJobReport *report = reading->report;
  g_autofree char *name = stoker_scope_dup_text (record, "name");
  g_autofree char *value = NULL;
  StokerJsonPlace place = stoker_json_root (item, "output");

  if (report->outputs->len >= MAX_OUTPUTS)
    return TRUE;
  if (item == NULL)
    {
      add_body (reading, name);
      return TRUE;
    }
  if (stoker_rule_get_flag (rule, "search", FALSE))
    return search (report, &place, error);
  if (stoker_rule_get_flag (rule, "document", FALSE))
    {
      add_document (report, item, name);
      return TRUE;
    }
  value = stoker_scope_dup_text (record, "file");

  return value == NULL ||
         add_text (report, value, name, stoker_rule_get_flag (rule, "base64", FALSE), error);
}

/**
 * stoker_run_read_outputs:
 * @run: a finished `outputs`
 * @report: gets them
 *
 * The first record rule that finds anything is the one; those behind it are for other forms of an
 * answer.
 *
 * Returns: %FALSE with %STOKER_ERROR_PROTOCOL when an output cannot be read
 */
gboolean
stoker_run_read_outputs (const StokerRun *run, StokerJobReport *report, GError **error)
{
  JsonNode *records = stoker_rule_get (run->operation, "records");
  OutputReading reading = { run, report };

  for (guint i = 0; i < stoker_rule_count (records) && report->outputs->len == 0; i++)
    if (!stoker_records_read (stoker_rule_nth (records, i), run, read_output, &reading, error))
      return FALSE;

  return TRUE;
}
