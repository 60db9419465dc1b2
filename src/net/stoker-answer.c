/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-answer.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-xml.h"

#include <string.h>

#define MAX_EVENTS 5000

/* A longer answer is read on another thread, so that the main loop never waits for it. */
#define INLINE_BYTES (256 * 1024)

const char *const stoker_answer_names[] = {
  "json", "xml", "text", "bytes", "events", "none", NULL,
};

/**
 * stoker_answer_has_tree:
 * @kind: (nullable): one of #stoker_answer_names
 *
 * Returns: whether an answer of this kind is of no use without a tree
 */
gboolean
stoker_answer_has_tree (const char *kind)
{
  return kind == NULL || (!g_str_equal (kind, "bytes") && !g_str_equal (kind, "none"));
}

static JsonNode *
read_json (const char *text, gssize length, GError **error)
{
  return stoker_json_parse (text, length, "answer", error);
}

static JsonNode *
read_text (const char *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);

  return json_node_init_string (json_node_alloc (), valid);
}

/* What an event says: JSON when it is some. */
static void
end_event (JsonArray *events, GString *data)
{
  JsonNode *node = NULL;

  if (data->len == 0 || json_array_get_length (events) >= MAX_EVENTS)
    return;
  node = read_json (data->str, (gssize) data->len, NULL);
  json_array_add_element (events, node != NULL ? node : read_text (data->str, data->len));
  g_string_truncate (data, 0);
}

/* The data of a stream of events (https://html.spec.whatwg.org/multipage/server-sent-events.html,
 * 2026-11-21). The last one counts only when it is whole. */
static JsonNode *
read_events (const char *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);
  g_autoptr (JsonArray) events = json_array_new ();
  g_autoptr (GString) data = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i];

      if (g_str_has_suffix (line, "\r"))
        lines[i][strlen (line) - 1] = '\0';
      if (*line == '\0' && lines[i + 1] != NULL)
        end_event (events, data);
      if (!g_str_has_prefix (line, "data:"))
        continue;
      line += strlen ("data:");
      g_string_append_printf (data, "%s%s", data->len > 0 ? "\n" : "",
                              *line == ' ' ? line + 1 : line);
    }

  return json_node_init_array (json_node_alloc (), events);
}

/**
 * stoker_answer_read:
 * @kind: (nullable): one of #stoker_answer_names; "json" when it is not told
 * @status: of HTTP
 *
 * Whatever it should be, what a server says when it refuses is often JSON, and read as such.
 *
 * Returns: (transfer full) (nullable): the body as a tree; %NULL with @error set when it is none,
 * and without one when the body is not looked at
 */
JsonNode *
stoker_answer_read (const char *kind, guint status, GBytes *body, GError **error)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);
  const char *text = data != NULL ? data : "";
  JsonNode *tree = NULL;

  if (kind == NULL || g_str_equal (kind, "json"))
    return read_json (text, (gssize) length, error);
  if (g_str_equal (kind, "xml"))
    return stoker_xml_parse (text, length, error);
  if (g_str_equal (kind, "events") && status < 400)
    return read_events (text, length);
  if (!g_str_equal (kind, "text") || status >= 400)
    tree = read_json (text, (gssize) length, NULL);
  if (tree == NULL && !g_str_equal (kind, "bytes") && !g_str_equal (kind, "none"))
    tree = read_text (text, length);

  return tree;
}

typedef struct
{
  const char *kind; /* nullable */
  StokerHttpResponse *response;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  stoker_http_response_unref (self->response);
  g_free (self);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *self = data;
  GError *error = NULL;
  JsonNode *tree = stoker_answer_read (self->kind, self->response->status, self->response->body,
                                       &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, tree, (GDestroyNotify) json_node_unref);
}

/**
 * stoker_answer_read_async:
 * @kind: (nullable): one of #stoker_answer_names, which outlives the call
 */
void
stoker_answer_read_async (const char *kind,
                          StokerHttpResponse *response,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Reading *self = g_new0 (Reading, 1);

  g_task_set_source_tag (task, stoker_answer_read_async);
  self->kind = kind;
  self->response = stoker_http_response_ref (response);
  g_task_set_task_data (task, self, reading_free);
  if (g_bytes_get_size (response->body) > INLINE_BYTES)
    g_task_run_in_thread (task, read_in_thread);
  else
    read_in_thread (task, NULL, self, NULL);
}

/**
 * stoker_answer_read_finish:
 *
 * Returns: (transfer full) (nullable): as stoker_answer_read()
 */
JsonNode *
stoker_answer_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
