/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-host-private.h"

#include <gio/gio.h>

#include <string.h>

/* Unique local addresses, RFC 4193: the IPv6 counterpart of 10.0.0.0/8, which GLib has no question
 * for. */
static gboolean
is_unique_local (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
         (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc;
}

static gboolean
is_private_name (const char *host)
{
  /* RFC 6761, RFC 6762, RFC 8375, and what home routers hand out. */
  static const char *const suffixes[] = { ".localhost", ".local", ".home.arpa", ".lan",
                                          ".internal" };

  if (strchr (host, '.') == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (host, suffixes[i]))
      return TRUE;
  return FALSE;
}

/*
 * stoker_http_host_is_private:
 * @host: a name or a literal address, without brackets
 *
 * Whether @host can only be this computer or one of its own network. A name is judged by itself,
 * without a look-up: names of one label never come from the public DNS.
 */
gboolean
stoker_http_host_is_private (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  g_autofree char *lower = NULL;

  if (address != NULL)
    return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_site_local (address) ||
           g_inet_address_get_is_link_local (address) || is_unique_local (address);
  lower = g_ascii_strdown (host, -1);
  return is_private_name (lower);
}
