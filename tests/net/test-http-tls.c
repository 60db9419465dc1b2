/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-peer.h"
#include "stoker-error.h"

#include <glib/gstdio.h>

#include <string.h>

#ifdef __SANITIZE_ADDRESS__
/* The leak check of gcc 12 crashes in its own tracer once a TLS backend was loaded; the other tests
 * of this folder look for leaks. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}
#endif

/* Two certificates of our own, made by openssl for this run; nobody trusts them. */
typedef struct
{
  char *dir;
  GTlsCertificate *certificate;
  GTlsCertificate *other;
} Authority;

static Authority authority;

static GTlsCertificate *
make_certificate (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  g_autofree char *path = g_build_filename (authority.dir, file, NULL);
  g_autofree char *command =
    g_strdup_printf ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "
                     "%s -out %s.crt -days 2 "
                     "-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1",
                     path, path);
  g_autofree char *crt = g_strconcat (path, ".crt", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = NULL;
  int status = -1;

  if (!g_spawn_command_line_sync (command, NULL, NULL, &status, NULL) || status != 0)
    return NULL;
  certificate = g_tls_certificate_new_from_files (crt, path, &error);
  g_assert_no_error (error);
  g_unlink (path);
  g_unlink (crt);
  return certificate;
}

typedef struct
{
  StokerHttpClient *client;
  SoupServer *server;
  char *url;
  guint requests;
} Fixture;

static void
serve (SoupServer *server,
       SoupServerMessage *message,
       const char *path,
       GHashTable *query,
       gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->requests++;
  if (g_str_equal (path, "/to-plain"))
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, "http://127.0.0.1:1/");
  else
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "safe", 4);
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris = NULL;

  fixture->client = stoker_http_client_new ();
  fixture->server = soup_server_new ("tls-certificate", authority.certificate, NULL);
  soup_server_add_handler (fixture->server, NULL, serve, fixture, NULL);
  soup_server_listen_local (fixture->server, 0,
                            SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->client);
  g_free (fixture->url);
}

static char *
fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}

static void
assert_untrusted (Fixture *fixture, const Outcome *outcome)
{
  g_autofree char *found = fingerprint (authority.certificate);

  g_assert_error (outcome->error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE);
  g_assert_true (stoker_http_error_is_not_sent (outcome->error));
  g_assert_nonnull (strstr (outcome->error->message, found));
  g_assert_cmpuint (fixture->requests, ==, 0);
}

static void
test_self_signed_is_rejected (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = fixture->url, .is_repeatable = TRUE });
  assert_untrusted (fixture, &outcome);
  g_assert_nonnull (
    strstr (outcome.error->message, "is not trusted: nobody trusted has signed it"));
}

static void
test_pinned_is_accepted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pin = fingerprint (authority.certificate);
  g_autofree char *shouted = g_ascii_strup (pin, -1);
  g_auto (Outcome) outcome = { 0 };

  for (int i = 0; i < 2; i++)
    {
      outcome_send (&outcome, fixture->client,
                    &(StokerHttpRequest){ .url = fixture->url,
                                          .pinned_certificate = i == 0 ? pin : shouted,
                                          .is_repeatable = TRUE });
      assert_body (&outcome, "safe");
    }
  /* The connection that stands is not for those who did not pin. */
  fixture->requests = 0;
  outcome_send (&outcome, fixture->client, &(StokerHttpRequest){ .url = fixture->url });
  assert_untrusted (fixture, &outcome);
}

static void
test_other_pin_is_rejected (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pin = fingerprint (authority.other);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = fixture->url, .pinned_certificate = pin });
  assert_untrusted (fixture, &outcome);
  g_assert_nonnull (strstr (outcome.error->message, "is not the pinned one"));
}

static void
test_no_way_to_plain_http (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pin = fingerprint (authority.certificate);
  g_autofree char *url = g_strconcat (fixture->url, "to-plain", NULL);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = url, .pinned_certificate = pin });
  g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (outcome.error->message, "from https to http"));
}

/* A server that answers a TLS greeting with something else was not sent the request. */
static void
test_no_tls (Fixture *fixture, gconstpointer data)
{
  const PeerStep step = { NULL, PEER_HOLD };
  g_autoptr (Peer) peer = peer_new (&step, 1);
  g_autofree char *url = g_strconcat ("https", peer_get_url (peer) + strlen ("http"), NULL);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client, &(StokerHttpRequest){ .url = url, .timeout_s = 1 });
  g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE);
  g_assert_true (stoker_http_error_is_not_sent (outcome.error));
}

static char *
dup_pem (GTlsCertificate *certificate, gboolean with_key)
{
  g_autofree char *pem = NULL;
  g_autofree char *key = NULL;

  g_object_get (certificate, "certificate-pem", &pem, "private-key-pem", &key, NULL);
  return with_key ? g_strconcat (pem, key, NULL) : g_steal_pointer (&pem);
}

static void
test_own_authority (Fixture *fixture, gconstpointer data)
{
  g_autofree char *right = dup_pem (authority.certificate, FALSE);
  g_autofree char *wrong = dup_pem (authority.other, FALSE);
  g_auto (Outcome) outcome = { 0 };

  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = fixture->url, .authority_pem = right });
  assert_body (&outcome, "safe");
  fixture->requests = 0;
  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = fixture->url, .authority_pem = wrong });
  assert_untrusted (fixture, &outcome);
  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){ .url = fixture->url, .authority_pem = "no certificate" });
  g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_CONFIG);
}

static gboolean
peer_doubted_cb (SoupServerMessage *message,
                 GTlsCertificate *certificate,
                 GTlsCertificateFlags flags,
                 gpointer user_data)
{
  return g_tls_certificate_is_same (certificate, authority.other);
}

static void
request_started_cb (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (peer_doubted_cb), NULL);
}

/* The server lets in only those who show the other certificate. */
static void
test_identity (Fixture *fixture, gconstpointer data)
{
  g_autofree char *right = dup_pem (authority.certificate, FALSE);
  g_autofree char *identity = dup_pem (authority.other, TRUE);
  g_autofree char *stranger = dup_pem (authority.certificate, TRUE);
  g_auto (Outcome) outcome = { 0 };

  g_signal_connect (fixture->server, "request-started", G_CALLBACK (request_started_cb), NULL);
  soup_server_set_tls_auth_mode (fixture->server, G_TLS_AUTHENTICATION_REQUIRED);
  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){
                  .url = fixture->url, .authority_pem = right, .identity_pem = identity });
  assert_body (&outcome, "safe");
  fixture->requests = 0;
  outcome_send (&outcome, fixture->client,
                &(StokerHttpRequest){
                  .url = fixture->url, .authority_pem = right, .identity_pem = stranger });
  g_assert_error (outcome.error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE);
  g_assert_cmpuint (fixture->requests, ==, 0);
}

#define ADD(name, function) \
  g_test_add ("/http-tls/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  authority.dir = g_dir_make_tmp ("stoker-tls-XXXXXX", NULL);
  authority.certificate = make_certificate ("one");
  authority.other = make_certificate ("two");
  g_assert_nonnull (authority.certificate);
  g_assert_nonnull (authority.other);

  ADD ("self-signed", test_self_signed_is_rejected);
  ADD ("pinned", test_pinned_is_accepted);
  ADD ("other-pin", test_other_pin_is_rejected);
  ADD ("own-authority", test_own_authority);
  ADD ("identity", test_identity);
  ADD ("no-way-to-plain-http", test_no_way_to_plain_http);
  ADD ("no-tls", test_no_tls);

  result = g_test_run ();
  g_object_unref (authority.certificate);
  g_object_unref (authority.other);
  g_rmdir (authority.dir);
  g_free (authority.dir);
  return result;
}
