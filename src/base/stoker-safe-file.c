/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-safe-file.h"

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
