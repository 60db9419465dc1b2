/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-peer.h"
#include "stoker-error.h"

#include <glib/gstdio.h>

#include <string.h>
#include <unistd.h>

#define SECRET "sk-a-very-secret-key"
#define KEY_HEADER "Bearer " SECRET

typedef struct
{
  StokerHttpClient *client;
  StokerRedactor *redactor;
  char *dir;
} Fixture;

static const char *const secret_headers[] = { "Authorization", KEY_HEADER, "Cookie",
                                              "a=b",           "X-Mine",   SECRET,
                                              "X-Plain",       "seen",     NULL };

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->client = stoker_http_client_new ();
  fixture->redactor = stoker_redactor_new ();
  stoker_redactor_add (fixture->redactor, SECRET);
  fixture->dir = g_dir_make_tmp ("stoker-net-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->client);
  stoker_redactor_unref (fixture->redactor);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->dir);
}

static char *
redirect_to (guint status, const char *target)
{
  return g_strdup_printf ("HTTP/1.1 %u Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", status,
                          target);
}

static const PeerStep fine = { "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine", PEER_SERVE };

static void
assert_has (const char *request, const char *header, gboolean has)
{
  g_assert_cmpint (strstr (request, header) != NULL, ==, has);
}

static void
test_same_origin_keeps_credentials (Fixture *fixture, gconstpointer data)
{
  g_autofree char *moved = redirect_to (307, "/other?x=1");
  const PeerStep steps[] = { { moved, PEER_SERVE }, fine };
  g_autoptr (Peer) peer = peer_new (steps, 2);
  g_autoptr (GBytes) body = g_bytes_new_static ("body", 4);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .method = "POST",
                                      .url = peer_get_url (peer),
                                      .headers = secret_headers,
                                      .body = body,
                                      .redactor = fixture->redactor });
  assert_body (&outcome, "fine");
  g_assert_true (g_str_has_prefix (peer_get_request (peer, 1), "POST /other?x=1 "));
  assert_has (peer_get_request (peer, 1), "Authorization: " KEY_HEADER "\r\n", TRUE);
  assert_has (peer_get_request (peer, 1), "\r\n\r\nbody", TRUE);
}

/* Another port is another origin, and the way back does not bring the credentials back. */
static void
test_other_origin_drops_credentials (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Peer) last = peer_new (&fine, 1);
  g_autofree char *moved = redirect_to (302, peer_get_url (last));
  const PeerStep steps[] = { { moved, PEER_SERVE } };
  g_autoptr (Peer) first = peer_new (steps, 1);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = peer_get_url (first),
                                      .headers = secret_headers,
                                      .redactor = fixture->redactor });
  assert_body (&outcome, "fine");
  assert_has (peer_get_request (first, 0), SECRET, TRUE);
  assert_has (peer_get_request (last, 0), SECRET, FALSE);
  assert_has (peer_get_request (last, 0), "Authorization", FALSE);
  assert_has (peer_get_request (last, 0), "Cookie", FALSE);
  assert_has (peer_get_request (last, 0), "X-Plain: seen\r\n", TRUE);
}

static void
test_body_stays_with_origin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Peer) last = peer_new (&fine, 1);
  g_autofree char *moved = redirect_to (308, peer_get_url (last));
  const PeerStep steps[] = { { moved, PEER_SERVE } };
  g_autoptr (Peer) first = peer_new (steps, 1);
  g_autoptr (GBytes) body = g_bytes_new_static ("body", 4);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .method = "POST",
                                      .url = peer_get_url (first),
                                      .body = body,
                                      .headers = secret_headers });
  g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
  g_assert_cmpuint (peer_get_requests (last), ==, 0);
}

static void
test_see_other (Fixture *fixture, gconstpointer data)
{
  g_autofree char *moved = redirect_to (303, "result");
  const PeerStep steps[] = { { moved, PEER_SERVE }, fine };
  g_autoptr (Peer) peer = peer_new (steps, 2);
  g_autoptr (GBytes) body = g_bytes_new_static ("body", 4);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .method = "POST", .url = peer_get_url (peer), .body = body });
  assert_body (&outcome, "fine");
  g_assert_true (g_str_has_prefix (peer_get_request (peer, 1), "GET /result "));
  assert_has (peer_get_request (peer, 1), "body", FALSE);
}

/* The server took the POST before it sent us on, so a refused second connection does not mean "not
 * sent". */
static void
test_see_other_then_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *moved = NULL;
  g_autoptr (Peer) first = NULL;
  Peer *gone = peer_new (&fine, 1);
  PeerStep step = { NULL, PEER_SERVE };
  g_auto (Outcome) outcome = { 0 };

  moved = redirect_to (303, peer_get_url (gone));
  peer_free (gone);
  step.answer = moved;
  first = peer_new (&step, 1);
  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .method = "POST", .url = peer_get_url (first) });
  g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE);
  g_assert_false (stoker_http_error_is_not_sent (outcome.error));
}

static void
test_refused_redirect (Fixture *fixture, gconstpointer data)
{
  g_autofree char *moved = redirect_to (302, data);
  const PeerStep steps[] = { { moved, PEER_SERVE } };
  g_autoptr (Peer) peer = peer_new (steps, 1);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client, &(StokerHttpRequest){ .url = peer_get_url (peer) });
  g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
  g_assert_true (g_str_has_prefix (outcome.error->message, "redirect by 127.0.0.1 refused: "));
}

static void
test_redirect_loop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *moved = redirect_to (302, "/again");
  const PeerStep steps[] = { { moved, PEER_SERVE } };
  g_autoptr (Peer) peer = peer_new (steps, 1);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client, &(StokerHttpRequest){ .url = peer_get_url (peer) });
  g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
  g_assert_cmpuint (peer_get_requests (peer), ==, 6);
}

static void
test_download (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Peer) peer = peer_new (&fine, 1);
  g_autofree char *path = g_build_filename (fixture->dir, "out.bin", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *text = NULL;
  g_auto (Outcome) outcome = { 0 };

  /* A left-over of an earlier try, here a link that points elsewhere, is replaced and not followed.
   */
  g_assert_cmpint (symlink ("/nonexistent/elsewhere", part), ==, 0);
  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = peer_get_url (peer), .download_path = path });
  assert_body (&outcome, "");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "fine");
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK));
  g_unlink (path);
}

static void
assert_no_file (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);

  g_assert_cmpstr (g_dir_read_name (dir), ==, NULL);
}

static void
test_download_cut_off (Fixture *fixture, gconstpointer data)
{
  const PeerStep step = { "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", PEER_CLOSE };
  g_autoptr (Peer) peer = peer_new (&step, 1);
  g_autofree char *path = g_build_filename (fixture->dir, "out.bin", NULL);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = peer_get_url (peer), .download_path = path });
  g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
  assert_no_file (fixture);
}

/* The second try has the same name for its unfinished file as the first one. */
static void
test_download_retried (Fixture *fixture, gconstpointer data)
{
  const PeerStep steps[] = { { "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", PEER_CLOSE },
                             fine };
  g_autoptr (Peer) peer = peer_new (steps, 2);
  g_autofree char *path = g_build_filename (fixture->dir, "out.bin", NULL);
  g_autofree char *text = NULL;
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){
                  .url = peer_get_url (peer), .download_path = path, .is_repeatable = TRUE });
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.response->attempts, ==, 2);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "fine");
  g_unlink (path);
}

/* What an error says belongs to the caller, not into the file. */
static void
test_download_of_error (Fixture *fixture, gconstpointer data)
{
  const PeerStep step = { "HTTP/1.1 404 Gone\r\nContent-Length: 4\r\n\r\ngone", PEER_CLOSE };
  g_autoptr (Peer) peer = peer_new (&step, 1);
  g_autofree char *path = g_build_filename (fixture->dir, "out.bin", NULL);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = peer_get_url (peer), .download_path = path });
  assert_body (&outcome, "gone");
  assert_no_file (fixture);
}

static void
test_download_without_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Peer) peer = peer_new (&fine, 1);
  g_autofree char *path = g_build_filename (fixture->dir, "missing", "out.bin", NULL);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){
                  .url = peer_get_url (peer), .download_path = path, .is_repeatable = TRUE });
  g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_STORAGE);
  g_assert_cmpuint (peer_get_requests (peer), ==, 1);
}

static GString *logged;

static GLogWriterOutput
keep_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  g_autofree char *line = g_log_writer_format_fields (level, fields, n_fields, FALSE);

  g_string_append (logged, line);
  g_string_append_c (logged, '\n');
  return G_LOG_WRITER_HANDLED;
}

/* In a process of its own, because a log writer can be set only once. */
static void
test_log_process (void)
{
  g_autoptr (Peer) peer = peer_new (&fine, 1);
  g_autoptr (StokerHttpClient) client = stoker_http_client_new ();
  g_autoptr (StokerRedactor) redactor = stoker_redactor_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("the body", 8);
  g_autofree char *url = g_strconcat (peer_get_url (peer), "path?q=" SECRET, NULL);
  g_auto (Outcome) outcome = { 0 };

  stoker_redactor_add (redactor, SECRET);
  logged = g_string_new (NULL);
  g_setenv ("G_MESSAGES_DEBUG", "stoker-net", TRUE);
  g_log_set_writer_func (keep_log, NULL, NULL);
  outcome_send (&outcome, client,
                &(StokerHttpRequest){ .method = "POST",
                                      .url = url,
                                      .headers = secret_headers,
                                      .body = body,
                                      .redactor = redactor });
  g_assert_nonnull (strstr (logged->str, "POST http://127.0.0.1:"));
  g_assert_nonnull (strstr (logged->str, "X-Plain: seen"));
  g_assert_nonnull (strstr (logged->str, ": 200, "));
  g_assert_null (strstr (logged->str, SECRET));
  g_assert_null (strstr (logged->str, "a=b"));
  g_assert_null (strstr (logged->str, "the body"));
  g_assert_null (strstr (logged->str, "fine"));
  g_string_free (logged, TRUE);
}

static void
test_log (void)
{
  if (g_test_subprocess ())
    {
      test_log_process ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

#define ADD(name, data, function) \
  g_test_add ("/http-exchange/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("redirect/same-origin", NULL, test_same_origin_keeps_credentials);
  ADD ("redirect/other-origin", NULL, test_other_origin_drops_credentials);
  ADD ("redirect/body-stays", NULL, test_body_stays_with_origin);
  ADD ("redirect/see-other", NULL, test_see_other);
  ADD ("redirect/see-other-then-refused", NULL, test_see_other_then_refused);
  ADD ("redirect/loop", NULL, test_redirect_loop);
  ADD ("redirect/to-file", "file:///etc/passwd", test_refused_redirect);
  ADD ("redirect/to-plain-http", "http://example.org/", test_refused_redirect);
  ADD ("redirect/to-nothing", "http://", test_refused_redirect);
  ADD ("download/whole", NULL, test_download);
  ADD ("download/cut-off", NULL, test_download_cut_off);
  ADD ("download/retried", NULL, test_download_retried);
  ADD ("download/of-error", NULL, test_download_of_error);
  ADD ("download/without-folder", NULL, test_download_without_folder);
  g_test_add_func ("/http-exchange/log", test_log);

  return g_test_run ();
}
