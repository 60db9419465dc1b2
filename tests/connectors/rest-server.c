/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-server.h"

#include <string.h>

typedef struct
{
  guint status;
  char *content_type;
  char *body;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_free (self->content_type);
  g_free (self->body);
  g_free (self);
}

static void
queue_free (gpointer data)
{
  g_queue_free_full (data, answer_free);
}

char *
rest_server_dup_url (RestServer *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  char *base = g_uri_to_string (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  base[strlen (base) - 1] = '\0';

  return base;
}

static void
log_request (RestServer *self, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  g_string_append_printf (self->requests, "%s %s%s%s%s%s%s%.*s\n",
                          soup_server_message_get_method (message), path, query ? "?" : "",
                          query ? query : "", authorization ? " " : "",
                          authorization ? authorization : "", length > 0 ? " " : "", (int) length,
                          data ? data : "");
}

/* A redirect leads to /elsewhere. */
static void
add_location (RestServer *self, SoupServerMessage *message)
{
  g_autofree char *base = rest_server_dup_url (self);
  g_autofree char *location = g_strconcat (base, "/elsewhere", NULL);

  soup_message_headers_append (soup_server_message_get_response_headers (message), "Location",
                               location);
}

static void
serve (SoupServer *server,
       SoupServerMessage *message,
       const char *path,
       GHashTable *query,
       gpointer user_data)
{
  RestServer *self = user_data;
  g_autofree char *place = g_strdup_printf ("%s %s", soup_server_message_get_method (message),
                                            path);
  GQueue *queue = g_hash_table_lookup (self->answers, place);
  Answer *answer = NULL;

  log_request (self, message, path);
  if (queue == NULL)
    {
      soup_server_message_set_status (message, 599, "nothing is told about this place");
      return;
    }
  answer = g_queue_peek_head (queue);
  if (answer->status == 0)
    soup_server_message_pause (message);
  else
    soup_server_message_set_status (message, answer->status, NULL);
  if (answer->status >= 300 && answer->status < 400)
    add_location (self, message);
  if (answer->body != NULL)
    soup_server_message_set_response (message, answer->content_type, SOUP_MEMORY_COPY, answer->body,
                                      strlen (answer->body));
  if (g_queue_get_length (queue) > 1)
    answer_free (g_queue_pop_head (queue));
}

void
rest_server_set_up (RestServer *self)
{
  g_autoptr (GError) error = NULL;

  self->server = soup_server_new (NULL, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
  self->requests = g_string_new (NULL);
  soup_server_add_handler (self->server, NULL, serve, self, NULL);
}

void
rest_server_tear_down (RestServer *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_string_free (self->requests, TRUE);
}

void
rest_server_answer (
  RestServer *self, const char *place, guint status, const char *content_type, const char *body)
{
  g_autofree char *base = rest_server_dup_url (self);
  GQueue *queue = g_hash_table_lookup (self->answers, place);
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->content_type = g_strdup (content_type);
  if (body != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (body, "{url}", -1);

      answer->body = g_strjoinv (base, parts);
    }
  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->answers, g_strdup (place), queue);
    }
  g_queue_push_tail (queue, answer);
}

/* How many requests there were to exactly that place, whatever came with them. */
guint
rest_server_count (RestServer *self, const char *place)
{
  g_auto (GStrv) lines = g_strsplit (self->requests->str, "\n", -1);
  guint count = 0;

  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, place) && strchr ("? ", (*line)[strlen (place)]) != NULL)
      count++;

  return count;
}
