/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-hop-private.h"

#include "stoker-error.h"
#include "stoker-http-host-private.h"

/* stoker_http_hop_init: Starts at the address of the call. */
void
stoker_http_hop_init (StokerHttpHop *self, const StokerHttpCall *call)
{
  *self = (StokerHttpHop){
    .uri = g_uri_ref (call->uri),
    .method = call->method,
    .has_body = call->body != NULL,
  };
}

/* stoker_http_hop_clear: Frees what it holds. */
void
stoker_http_hop_clear (StokerHttpHop *self)
{
  g_clear_pointer (&self->uri, g_uri_unref);
}

/* stoker_http_hop_is_redirect: Whether an answer sends us on. */
gboolean
stoker_http_hop_is_redirect (guint status, const char *location)
{
  switch (status)
    {
    case SOUP_STATUS_MOVED_PERMANENTLY:
    case SOUP_STATUS_FOUND:
    case SOUP_STATUS_SEE_OTHER:
    case SOUP_STATUS_TEMPORARY_REDIRECT:
    case SOUP_STATUS_PERMANENT_REDIRECT:
      return location != NULL;
    default:
      return FALSE;
    }
}

static gboolean
is_safe_method (const char *method)
{
  return g_str_equal (method, SOUP_METHOD_GET) || g_str_equal (method, SOUP_METHOD_HEAD);
}

static int
get_port (GUri *uri)
{
  if (g_uri_get_port (uri) > 0)
    return g_uri_get_port (uri);
  return g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

static gboolean
is_same_host (GUri *a, GUri *b)
{
  return g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0;
}

static gboolean
is_same_origin (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) && is_same_host (a, b) &&
         get_port (a) == get_port (b);
}

static gboolean
refuse (GError **error, GUri *from, const char *reason)
{
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL, "redirect by %s refused: %s",
               g_uri_get_host (from), reason);
  return FALSE;
}

/* A server out there must neither take the encryption away nor make us ask a machine of our own
 * network. */
static gboolean
check_target (GUri *from, GUri *to, GError **error)
{
  gboolean is_plain = g_strcmp0 (g_uri_get_scheme (to), "http") == 0;

  if (g_uri_get_host (to) == NULL || *g_uri_get_host (to) == '\0' ||
      (!is_plain && g_strcmp0 (g_uri_get_scheme (to), "https") != 0))
    return refuse (error, from, "it leads to no web address");
  if (is_plain && g_str_equal (g_uri_get_scheme (from), "https"))
    return refuse (error, from, "it leads from https to http");
  if (is_same_host (from, to))
    return TRUE;
  if (stoker_http_host_is_private (g_uri_get_host (to)))
    {
      if (!stoker_http_host_is_private (g_uri_get_host (from)))
        return refuse (error, from, "it leads into a private network");
    }
  else if (is_plain)
    return refuse (error, from, "it leads to another host over plain http");
  return TRUE;
}

/* 303 asks for a GET; 301 and 302 are treated so after a POST by everybody (RFC 9110, section 15.4,
 * notes). */
static void
change_method (StokerHttpHop *self, guint status)
{
  if (is_safe_method (self->method) || status == SOUP_STATUS_TEMPORARY_REDIRECT ||
      status == SOUP_STATUS_PERMANENT_REDIRECT)
    return;
  self->may_have_acted = TRUE;
  if (status == SOUP_STATUS_SEE_OTHER || g_str_equal (self->method, SOUP_METHOD_POST))
    {
      self->method = SOUP_METHOD_GET;
      self->has_body = FALSE;
    }
}

/*
 * stoker_http_hop_follow:
 * @status: of the redirect
 * @location: its target, relative or not
 *
 * Moves on to where an answer points. Credentials are left behind when the origin changes; a body
 * is never sent on to another origin when the request had credentials, for it belongs to the
 * account.
 *
 * Returns: %FALSE with %STOKER_ERROR_PROTOCOL when it must not be followed
 */
gboolean
stoker_http_hop_follow (StokerHttpHop *self,
                        const StokerHttpCall *call,
                        guint status,
                        const char *location,
                        GError **error)
{
  g_autoptr (GUri) next = g_uri_parse_relative (self->uri, location, SOUP_HTTP_URI_FLAGS, NULL);

  if (next == NULL)
    return refuse (error, self->uri, "it leads to no web address");
  if (++self->redirects > STOKER_HTTP_MAX_REDIRECTS)
    return refuse (error, self->uri, "there are too many");
  if (!check_target (self->uri, next, error))
    return FALSE;
  change_method (self, status);
  if (!is_same_origin (self->uri, next))
    {
      if (self->has_body && stoker_http_call_has_credentials (call))
        return refuse (error, self->uri, "it would send the request's body to another origin");
      self->has_left_home = TRUE;
    }
  g_uri_unref (self->uri);
  self->uri = g_steal_pointer (&next);
  return TRUE;
}
