/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-data-url.h"

#include "stoker-error.h"

#include <string.h>

/**
 * stoker_base64_decode:
 * @text: Base64; white space is passed over
 *
 * Returns: (transfer full) (nullable): the bytes; %NULL with %STOKER_ERROR_PROTOCOL
 */
GBytes *
stoker_base64_decode (const char *text, GError **error)
{
  static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n \t";
  gsize length = 0;
  guchar *data = NULL;

  if (*text == '\0' || strspn (text, alphabet) != strlen (text))
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL,
                           "an output is not the Base64 it should be");
      return NULL;
    }
  data = g_base64_decode (text, &length);

  return g_bytes_new_take (data, length);
}

/**
 * stoker_data_url_decode:
 * @url: an address
 * @media_type: (out) (transfer full): takes the media type
 *
 * Reads a data: address (RFC 2397).
 *
 * Returns: (transfer full) (nullable): the bytes; %NULL with %STOKER_ERROR_PROTOCOL when it is none
 */
GBytes *
stoker_data_url_decode (const char *url, char **media_type, GError **error)
{
  const char *comma = strchr (url, ',');
  g_autofree char *head = NULL;
  const char *semicolon = NULL;
  g_autoptr (GBytes) data = NULL;

  if (g_ascii_strncasecmp (url, "data:", strlen ("data:")) != 0 || comma == NULL)
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL, "not a data: address");
      return NULL;
    }
  head = g_strndup (url + strlen ("data:"), (gsize) (comma - url) - strlen ("data:"));
  semicolon = strchr (head, ';');
  if (g_str_has_suffix (head, ";base64"))
    data = stoker_base64_decode (comma + 1, error);
  else
    data = g_uri_unescape_bytes (comma + 1, -1, NULL, error);
  if (data == NULL)
    return NULL;

  *media_type = semicolon != NULL ? g_strndup (head, (gsize) (semicolon - head)) : g_strdup (head);
  if (**media_type == '\0')
    {
      g_free (*media_type);
      *media_type = g_strdup ("text/plain");
    }

  return g_steal_pointer (&data);
}
