/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-scope.h"

#include "stoker-template.h"

#include <string.h>

#define HTTPS_PORT 443

static gboolean
has_same_origin (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         g_uri_get_port (a) == g_uri_get_port (b);
}

static gboolean
is_insecure_neighbour (GUri *base, GUri *uri)
{
  return g_str_equal (g_uri_get_scheme (base), "http") &&
         g_str_equal (g_uri_get_scheme (uri), "http") &&
         g_ascii_strcasecmp (g_uri_get_host (base), g_uri_get_host (uri)) == 0;
}

static gboolean
is_base_like (const StokerScope *self,
              const char *base,
              GUri *uri,
              gboolean (*is_like) (GUri *base, GUri *uri))
{
  g_autofree char *text = stoker_scope_expand (self, base, NULL);
  g_autoptr (GUri) base_uri = NULL;

  if (text != NULL)
    base_uri = g_uri_parse (text, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);

  return base_uri != NULL && g_uri_get_host (base_uri) != NULL && is_like (base_uri, uri);
}

static gboolean
any_base (const StokerScope *self, const char *url, gboolean (*is_like) (GUri *base, GUri *uri))
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  StokerMembers bases = stoker_members_of (stoker_manifest_get (self->manifest, "bases"));

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return FALSE;
  while (stoker_members_next (&bases))
    if (is_base_like (self, json_node_get_string (bases.value), uri, is_like))
      return TRUE;

  return FALSE;
}

/* https, the usual port, and a host that is or is below one of `trusted`. */
static gboolean
is_trusted (const StokerScope *self, const char *url)
{
  JsonNode *trusted = stoker_manifest_get (self->manifest, "trusted");
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  g_autofree char *host = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL ||
      !g_str_equal (g_uri_get_scheme (uri), "https") || g_uri_get_port (uri) != HTTPS_PORT)
    return FALSE;
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  for (guint i = 0; i < stoker_rule_count (trusted); i++)
    {
      const char *domain = json_node_get_string (stoker_rule_nth (trusted, i));
      g_autofree char *below = g_strconcat (".", domain, NULL);

      if (g_str_equal (host, domain) || g_str_has_suffix (host, below))
        return TRUE;
    }

  return FALSE;
}

/**
 * stoker_scope_is_own_origin:
 * @url: an address
 *
 * Whether credentials may go there: it has scheme, host and port of one of the manifest's bases, or
 * is at a host that the manifest trusts.
 */
gboolean
stoker_scope_is_own_origin (const StokerScope *self, const char *url)
{
  return any_base (self, url, has_same_origin) || is_trusted (self, url);
}

/**
 * stoker_scope_may_fetch:
 * @url: an address that came in an answer
 *
 * Whether it is followed: https, or http when the provider itself is reached that way on the same
 * host.
 */
gboolean
stoker_scope_may_fetch (const StokerScope *self, const char *url)
{
  return g_ascii_strncasecmp (url, "https://", strlen ("https://")) == 0 ||
         any_base (self, url, is_insecure_neighbour);
}

/**
 * stoker_scope_expand_url:
 * @url: the name it begins with, if it does, is put in as it is; every other is percent-encoded
 *
 * Returns: (transfer full) (nullable): the address; %NULL with %STOKER_ERROR_CONFIG
 */
char *
stoker_scope_expand_url (const StokerScope *self, const char *url, GError **error)
{
  const char *end = g_str_has_prefix (url, "${") ? strchr (url, '}') : NULL;
  gsize length = end != NULL ? (gsize) (end - url + 1) : 0;
  g_autofree char *first = g_strndup (url, length);
  g_autofree char *start = stoker_scope_expand (self, first, error);
  g_autofree char *rest = NULL;

  if (start == NULL)
    return NULL;
  rest = stoker_template_expand_uri (url + length, stoker_scope_lookup, (gpointer) self, error);
  if (rest == NULL)
    return NULL;

  return g_strconcat (start, rest, NULL);
}
