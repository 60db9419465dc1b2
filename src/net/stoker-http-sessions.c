/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-sessions-private.h"

#define MAX_CONNECTIONS 128
#define MAX_CONNECTIONS_A_HOST 8
#define IDLE_S 30

struct _StokerHttpSessions
{
  GHashTable *by_key; /* owned: "direct or via, trust" → SoupSession */
};

/* stoker_http_sessions_new: Returns: (transfer full): no sessions yet */
StokerHttpSessions *
stoker_http_sessions_new (void)
{
  StokerHttpSessions *self = g_new0 (StokerHttpSessions, 1);

  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

/* stoker_http_sessions_free: Ends all of them. */
void
stoker_http_sessions_free (StokerHttpSessions *self)
{
  g_hash_table_unref (self->by_key);
  g_free (self);
}

static gboolean
is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/*
 * The time-outs are ours, so libsoup's is off. Without its authentication a name and password in an
 * address go nowhere, and an answer 401 is an answer.
 */
static SoupSession *
new_session (gboolean has_own_trust, gboolean is_direct)
{
  SoupSession *session = soup_session_new_with_options ("max-conns", MAX_CONNECTIONS,
                                                        "max-conns-per-host",
                                                        MAX_CONNECTIONS_A_HOST, "idle-timeout",
                                                        IDLE_S, "timeout", 0, "user-agent",
                                                        "Stoker/" PACKAGE_VERSION, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (is_direct)
    soup_session_set_proxy_resolver (session, NULL);
  /* With an empty list of authorities every certificate is asked about, so that the pin or the
   * authority of the request alone decides. */
  if (has_own_trust)
    soup_session_set_tls_database (session, NULL);
  return session;
}

/*
 * stoker_http_sessions_get:
 * @call: what it trusts, and who it says to be
 * @uri: where to; a proxy of the system is not used for this computer itself
 *
 * Returns: (transfer none): the session for it
 */
SoupSession *
stoker_http_sessions_get (StokerHttpSessions *self, const StokerHttpCall *call, GUri *uri)
{
  gboolean is_direct = is_loopback (uri);
  g_autofree char *key = g_strdup_printf ("%s %s", is_direct ? "direct" : "via",
                                          call->trust != NULL ? call->trust : "");
  SoupSession *session = g_hash_table_lookup (self->by_key, key);

  if (session == NULL)
    {
      session = new_session (call->pin != NULL || call->authority != NULL, is_direct);
      g_hash_table_insert (self->by_key, g_steal_pointer (&key), session);
    }
  return session;
}
