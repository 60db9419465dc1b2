/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The signature against the vectors of https://github.com/awslabs/aws-c-auth (commit 495329c,
 * Apache-2.0, in the folder sigv4), and against whole requests of Amazon's own client where the
 * folder of vendors' documents is there.
 */

#include "config.h"

#include "stoker-json.h"
#include "stoker-sigv4.h"

#include <json-glib/json-glib.h>

#include <string.h>

#define N_VECTORS 38
#define ACCESS_KEY "AKIDEXAMPLE"
#define SECRET_KEY "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
#define HEADER_LIMIT 64

/* A request as it stands in a file: its first line, its headers, a body after an empty line. */
typedef struct
{
  char *method;
  char *target;
  GStrv headers;
  GBytes *body;
} Message;

static void
message_clear (Message *message)
{
  g_free (message->method);
  g_free (message->target);
  g_strfreev (message->headers);
  g_clear_pointer (&message->body, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Message, message_clear)

static char *
read_text (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* A line that begins with a space goes on with the header before it. */
static void
message_parse_headers (Message *message, char **lines)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      const char *colon = strchr (lines[i], ':');

      g_assert_cmpuint (headers->len, <, HEADER_LIMIT);
      if (*lines[i] == ' ')
        {
          g_autofree char *first = headers->pdata[headers->len - 1];

          headers->pdata[headers->len - 1] = g_strconcat (first, "\n", lines[i], NULL);
          continue;
        }
      g_assert_nonnull (colon);
      g_ptr_array_add (headers, g_strndup (lines[i], (gsize) (colon - lines[i])));
      g_ptr_array_add (headers, g_strstrip (g_strdup (colon + 1)));
    }
  g_ptr_array_add (headers, NULL);
  message->headers = (GStrv) g_ptr_array_free (g_steal_pointer (&headers), FALSE);
}

static void
message_parse (Message *message, const char *text)
{
  g_autoptr (GRegex) line_end = g_regex_new ("\r\n", 0, 0, NULL);
  g_autofree char *unix_text = g_regex_replace_literal (line_end, text, -1, 0, "\n", 0, NULL);
  const char *body = strstr (unix_text, "\n\n");
  g_auto (GStrv) lines = g_strsplit (unix_text, "\n", -1);
  const char *first = strchr (lines[0], ' ');
  const char *last = strrchr (lines[0], ' ');

  message->method = g_strndup (lines[0], (gsize) (first - lines[0]));
  message->target = g_strndup (first + 1, (gsize) (last - first - 1));
  message_parse_headers (message, lines + 1);
  body = body == NULL ? "" : body + 2;
  message->body = *body == '\0' ? NULL : g_bytes_new (body, strlen (body));
}

static const char *
message_get_header (const Message *message, const char *name)
{
  for (guint i = 0; message->headers[i] != NULL; i += 2)
    {
      if (g_ascii_strcasecmp (message->headers[i], name) == 0)
        return message->headers[i + 1];
    }
  return NULL;
}

static char *
message_get_url (const Message *message)
{
  return g_strconcat ("https://", message_get_header (message, "Host"), message->target, NULL);
}

/* The vectors. */

static const char *
find (const StokerJsonPlace *place, const char *name)
{
  StokerJsonPlace member = stoker_json_member (place, name);

  return stoker_json_is_present (&member) ? json_node_get_string (member.node) : NULL;
}

static gboolean
is_true (const StokerJsonPlace *place, const char *name)
{
  StokerJsonPlace member = stoker_json_member (place, name);

  return stoker_json_is_present (&member) && json_node_get_boolean (member.node);
}

static void
read_context (const StokerJsonPlace *place, StokerSigV4 *scope)
{
  StokerJsonPlace credentials = stoker_json_member (place, "credentials");
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (find (place, "timestamp"), NULL);

  *scope = (StokerSigV4){
    .access_key = find (&credentials, "access_key_id"),
    .secret_key = find (&credentials, "secret_access_key"),
    .session_token = find (&credentials, "token"),
    .region = find (place, "region"),
    .service = find (place, "service"),
    .time_s = g_date_time_to_unix (time),
    .keeps_path = !is_true (place, "normalize"),
    .has_body_hash = is_true (place, "sign_body"),
    .token_is_not_signed = is_true (place, "omit_session_token"),
  };
}

static void
check_header (const StokerSigV4 *scope, const StokerSigV4Request *request, const char *folder)
{
  g_autofree char *canonical = stoker_sigv4_describe (scope, request);
  g_autofree char *expected_canonical = read_text (folder, "header-canonical-request.txt");
  g_autofree char *expected_signature = read_text (folder, "header-signature.txt");
  g_autofree char *expected_text = read_text (folder, "header-signed-request.txt");
  g_auto (GStrv) added = stoker_sigv4_sign (scope, request);
  g_auto (Message) expected = { 0 };

  g_assert_cmpstr (canonical, ==, expected_canonical);
  message_parse (&expected, expected_text);
  for (guint i = 0; added[i] != NULL; i += 2)
    g_assert_cmpstr (added[i + 1], ==, message_get_header (&expected, added[i]));
  g_assert_true (
    g_str_has_suffix (message_get_header (&expected, "Authorization"), expected_signature));
}

static void
check_query (const StokerSigV4 *scope, const StokerSigV4Request *request, const char *folder)
{
  StokerSigV4 in_query = *scope;
  g_autofree char *expected_signature = read_text (folder, "query-signature.txt");
  g_autofree char *expected_text = read_text (folder, "query-signed-request.txt");
  g_autofree char *url = NULL;
  g_auto (Message) expected = { 0 };
  g_autofree char *expected_url = NULL;

  in_query.has_body_hash = FALSE;
  url = stoker_sigv4_presign (&in_query, request, 3600);
  message_parse (&expected, expected_text);
  expected_url = message_get_url (&expected);
  g_assert_nonnull (strstr (url, expected_signature));
  g_assert_cmpstr (url, ==, expected_url);
}

static void
test_vector (gconstpointer user_data)
{
  const char *folder = user_data;
  g_autofree char *context_text = read_text (folder, "context.json");
  g_autofree char *request_text = read_text (folder, "request.txt");
  g_autoptr (JsonNode) context = json_from_string (context_text, NULL);
  StokerJsonPlace place = stoker_json_root (context, "context.json");
  g_auto (Message) message = { 0 };
  g_autofree char *url = NULL;
  StokerSigV4Request request = { 0 };
  StokerSigV4 scope = { 0 };

  read_context (&place, &scope);
  message_parse (&message, request_text);
  url = message_get_url (&message);
  request.method = message.method;
  request.url = url;
  request.headers = (const char *const *) message.headers;
  request.body = message.body;
  check_header (&scope, &request, folder);
  check_query (&scope, &request, folder);
}

static void
add_vectors (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name = NULL;
  guint n_vectors = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/sigv4/vector/", name, NULL);
      char *vector = g_build_filename (folder, name, NULL);

      if (!g_file_test (vector, G_FILE_TEST_IS_DIR))
        {
          g_free (vector);
          continue;
        }
      g_test_add_data_func_full (path, vector, test_vector, g_free);
      n_vectors++;
    }
  g_assert_cmpuint (n_vectors, ==, N_VECTORS);
}

/* Requests of Amazon's own client. */

/* The client says region and service in the signature, and when in a header. */
static void
read_scope (const Message *message, StokerSigV4 *scope, GStrv *parts)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const char *date = message_get_header (message, "X-Amz-Date");
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (date, utc);

  *parts = g_strsplit (message_get_header (message, "Authorization"), "/", -1);
  *scope = (StokerSigV4){
    .access_key = ACCESS_KEY,
    .secret_key = SECRET_KEY,
    .session_token = message_get_header (message, "X-Amz-Security-Token"),
    .region = (*parts)[2],
    .service = (*parts)[3],
    .time_s = g_date_time_to_unix (time),
    .keeps_path = g_str_equal ((*parts)[3], "s3"),
    .has_body_hash = message_get_header (message, "X-Amz-Content-SHA256") != NULL,
  };
}

/* Without what the signer adds, and without what its client does not sign. */
static GStrv
list_own_headers (const Message *message)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *names = strstr (message_get_header (message, "Authorization"), "SignedHeaders=");

  for (guint i = 0; message->headers[i] != NULL; i += 2)
    {
      g_autofree char *lower = g_ascii_strdown (message->headers[i], -1);

      if (strstr (names, lower) != NULL && !g_str_equal (lower, "x-amz-date") &&
          !g_str_equal (lower, "x-amz-content-sha256") &&
          !g_str_equal (lower, "x-amz-security-token"))
        g_strv_builder_add_many (builder, message->headers[i], message->headers[i + 1], NULL);
    }
  return g_strv_builder_end (builder);
}

static void
check_golden (const char *folder, const char *name)
{
  g_autofree char *text = read_text (folder, name);
  g_auto (Message) message = { 0 };
  g_auto (GStrv) parts = NULL;
  g_auto (GStrv) headers = NULL;
  g_auto (GStrv) added = NULL;
  g_autofree char *url = NULL;
  StokerSigV4 scope = { 0 };
  StokerSigV4Request request = { 0 };

  message_parse (&message, text);
  if (strstr (text, "STREAMING-UNSIGNED-PAYLOAD-TRAILER") != NULL)
    {
      g_test_message ("%s: sent in chunks, which Stoker does not do", name);
      return;
    }
  read_scope (&message, &scope, &parts);
  headers = list_own_headers (&message);
  url = message_get_url (&message);
  request.method = message.method;
  request.url = url;
  request.headers = (const char *const *) headers;
  request.body = message.body;
  added = stoker_sigv4_sign (&scope, &request);
  g_test_message ("%s", name);
  for (guint i = 0; added[i] != NULL; i += 2)
    g_assert_cmpstr (added[i + 1], ==, message_get_header (&message, added[i]));
}

static void
test_golden (void)
{
  const char *shared = g_getenv ("STOKER_SHARED");
  g_autofree char *folder = shared != NULL
                              ? g_build_filename (shared, "specs", "sigv4", "wire-golden", NULL)
                              : g_build_filename (SOURCE_ROOT, "..", "shared", "specs", "sigv4",
                                                  "wire-golden", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;
  guint n_checked = 0;

  if (dir == NULL)
    {
      g_test_skip (
        "the requests of Amazon's client are not here; STOKER_SHARED names their folder");
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".sign.txt"))
        continue;
      check_golden (folder, name);
      n_checked++;
    }
  g_assert_cmpuint (n_checked, >=, 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_vectors (argv[1]);
  g_test_add_func ("/sigv4/golden", test_golden);

  return g_test_run ();
}
