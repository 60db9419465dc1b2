/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-output-search.h"

#include "stoker-data-url.h"
#include "stoker-json.h"
#include "stoker-rule.h"

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

/**
 * stoker_job_report_add_text:
 * @text: an address, a data: address, or with @is_base64 the bytes themselves; any other text is no
 *   output
 * @name: (nullable): its name; that in the address unless told
 *
 * Returns: whether all is well; %FALSE with %STOKER_ERROR_PROTOCOL when data cannot be read
 */
gboolean
stoker_job_report_add_text (
  StokerJobReport *report, const char *text, const char *name, gboolean is_base64, GError **error)
{
  g_autofree char *media_type = NULL;
  g_autoptr (GBytes) data = NULL;
  StokerRemoteOutput *output = NULL;

  if (report->outputs->len >= MAX_OUTPUTS)
    return TRUE;
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

static gboolean
search (StokerJobReport *report, JsonNode *node, const char *name, GError **error)
{
  StokerMembers at = stoker_members_of (node);
  const char *text = stoker_rule_is_text (node) ? json_node_get_string (node) : NULL;

  if (text != NULL)
    return stoker_job_report_add_text (report, text, is_data (text) ? name : NULL, FALSE, error);
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < stoker_rule_count (node); i++)
      if (!search (report, stoker_rule_nth (node, i), NULL, error))
        return FALSE;
  while (stoker_members_next (&at))
    if (!search (report, at.value, at.name, error))
      return FALSE;

  return TRUE;
}

/**
 * stoker_job_report_search:
 * @node: a tree, whose depth its parser limited
 *
 * Adds every address and data: address in it.
 *
 * Returns: whether all is well; %FALSE with %STOKER_ERROR_PROTOCOL when data cannot be read
 */
gboolean
stoker_job_report_search (StokerJobReport *report, JsonNode *node, GError **error)
{
  return search (report, node, NULL, error);
}

/**
 * stoker_job_report_add_document:
 * @node: a result that is no file
 * @name: (nullable): its name
 *
 * Adds the whole of it: a text as it is, anything else as JSON.
 */
void
stoker_job_report_add_document (StokerJobReport *report, JsonNode *node, const char *name)
{
  gboolean is_text = stoker_rule_is_text (node);
  char *text = is_text ? g_strdup (json_node_get_string (node))
                       : stoker_json_to_string (node, TRUE);
  StokerRemoteOutput *output = stoker_job_report_add_output (report,
                                                             name != NULL ? name : "output");

  output->data = g_bytes_new_take (text, strlen (text));
  output->media_type = g_strdup (is_text ? "text/plain" : "application/json");
}
