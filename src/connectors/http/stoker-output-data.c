/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-output-data.h"

#include "stoker-error.h"
#include "stoker-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include <glib/gstdio.h>

#define MAX_SAME_NAMES 10000
#define NEW_FILE_MODE 0600

static const struct
{
  const char *media_type;
  const char *extension;
} extensions[] = {
  { "image/png", ".png" },       { "image/jpeg", ".jpg" }, { "image/webp", ".webp" },
  { "image/gif", ".gif" },       { "video/mp4", ".mp4" },  { "video/webm", ".webm" },
  { "audio/wav", ".wav" },       { "audio/mpeg", ".mp3" }, { "audio/flac", ".flac" },
  { "audio/ogg", ".ogg" },       { "text/plain", ".txt" }, { "application/json", ".json" },
  { "application/zip", ".zip" },
};

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

/**
 * stoker_media_type_of:
 *
 * Returns: (transfer full) (nullable): what the response says its body is, such as image/png
 */
char *
stoker_media_type_of (StokerHttpResponse *response)
{
  const char *header = stoker_http_response_get_header (response, "Content-Type");
  g_auto (GStrv) parts = header != NULL ? g_strsplit (header, ";", 2) : NULL;

  if (parts == NULL || parts[0] == NULL || g_str_equal (parts[0], "application/octet-stream"))
    return NULL;

  return g_strdup (g_strstrip (parts[0]));
}

static const char *
find_extension (const char *media_type)
{
  for (guint i = 0; media_type != NULL && i < G_N_ELEMENTS (extensions); i++)
    if (g_ascii_strncasecmp (media_type, extensions[i].media_type,
                             strlen (extensions[i].media_type)) == 0)
      return extensions[i].extension;

  return "";
}

/**
 * stoker_output_name:
 * @wanted: (nullable): what the server calls it
 * @media_type: (nullable): for an extension when the name has none
 * @number: counts from 1, for an output without a name
 *
 * Returns: (transfer full): a safe base name
 */
char *
stoker_output_name (const char *wanted, const char *media_type, guint number)
{
  g_autofree char *fallback = g_strdup_printf ("output-%u", number);
  g_autofree char *name = stoker_paths_safe_name (wanted, fallback);
  const char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name && dot[1] != '\0')
    return g_steal_pointer (&name);

  return g_strconcat (name, find_extension (media_type), NULL);
}

/* `a.png` becomes `a-2.png`. */
static char *
number_name (const char *name, guint number)
{
  const char *dot = strrchr (name, '.');
  gsize stem = dot != NULL && dot != name ? (gsize) (dot - name) : strlen (name);

  return g_strdup_printf ("%.*s-%u%s", (int) stem, name, number, name + stem);
}

/**
 * stoker_output_reserve:
 * @dir: a folder; made when missing
 * @name: a safe base name
 *
 * Makes an empty file under a name that nobody has: @name, else `name-2`, `name-3` …
 *
 * Returns: (transfer full) (nullable): its path; %NULL with %STOKER_ERROR_STORAGE
 */
char *
stoker_output_reserve (const char *dir, const char *name, GError **error)
{
  int saved_errno = 0;

  if (g_mkdir_with_parents (dir, 0700) == 0)
    for (guint number = 1; number < MAX_SAME_NAMES; number++)
      {
        g_autofree char *candidate = number == 1 ? g_strdup (name) : number_name (name, number);
        g_autofree char *path = g_build_filename (dir, candidate, NULL);
        int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, NEW_FILE_MODE);

        if (fd >= 0 && g_close (fd, NULL))
          return g_steal_pointer (&path);
        if (errno != EEXIST)
          break;
      }

  saved_errno = errno;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, "%s: cannot make a file there: %s", dir,
               g_strerror (saved_errno));

  return NULL;
}
