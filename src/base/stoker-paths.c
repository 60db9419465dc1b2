/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-paths.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>

#define DIR_NAME "stoker"
#define MAX_NAME_BYTES 200
#define MAX_EXTENSION_BYTES 16

/* A folder that cannot be made is found out by whoever writes to it, with a better message. */
static char *
ensure_dir (const char *parent, const char *name)
{
  g_autofree char *path = g_build_filename (parent, name, NULL);

  if (g_mkdir_with_parents (path, 0700) != 0)
    g_debug ("Cannot make %s: %s", path, g_strerror (errno));

  return g_steal_pointer (&path);
}

/**
 * stoker_paths_get_data_dir:
 *
 * Returns: (transfer full): `$XDG_DATA_HOME/stoker`: the database and the user's own catalog
 */
char *
stoker_paths_get_data_dir (void)
{
  return ensure_dir (g_get_user_data_dir (), DIR_NAME);
}

/**
 * stoker_paths_get_state_dir:
 *
 * Returns: (transfer full): `$XDG_STATE_HOME/stoker`: locks and logs
 */
char *
stoker_paths_get_state_dir (void)
{
  return ensure_dir (g_get_user_state_dir (), DIR_NAME);
}

/**
 * stoker_paths_get_cache_dir:
 *
 * Returns: (transfer full): `$XDG_CACHE_HOME/stoker`: what can be fetched again
 */
char *
stoker_paths_get_cache_dir (void)
{
  return ensure_dir (g_get_user_cache_dir (), DIR_NAME);
}

/**
 * stoker_paths_get_output_dir:
 *
 * Returns: (transfer full): where outputs of jobs go unless the user says otherwise
 */
char *
stoker_paths_get_output_dir (void)
{
  g_autofree char *data_dir = stoker_paths_get_data_dir ();

  return ensure_dir (data_dir, "outputs");
}

static const char *
skip_folders (const char *name)
{
  const char *base = name;

  for (const char *p = name; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      base = p + 1;

  return base;
}

static gboolean
is_safe_character (gunichar character)
{
  if (character < 0x80 && strchr ("<>:\"|?*", (int) character) != NULL)
    return FALSE;

  /* g_unichar_isprint() refuses control and format characters, among them those that turn the
   * direction of writing. */
  return g_unichar_isprint (character);
}

static char *
replace_unsafe (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *safe = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      g_string_append_unichar (safe, is_safe_character (character) ? character : '_');
    }

  return g_string_free (safe, FALSE);
}

/* No hidden files, no option-like names, nothing that ends in a dot or space. */
static void
trim (char *name)
{
  gsize skip = strspn (name, ". -");

  memmove (name, name + skip, strlen (name + skip) + 1);
  for (gsize length = strlen (name); length > 0 && strchr (". ", name[length - 1]) != NULL;
       length--)
    name[length - 1] = '\0';
}

static char *
shorten (const char *name)
{
  const char *extension = strrchr (name, '.');
  const char *cut = NULL;
  g_autofree char *stem = NULL;

  if (strlen (name) <= MAX_NAME_BYTES)
    return g_strdup (name);
  if (extension == NULL || strlen (extension) > MAX_EXTENSION_BYTES)
    extension = "";

  cut = name + MAX_NAME_BYTES - strlen (extension);
  if (((guchar) *cut & 0xc0) == 0x80)
    cut = g_utf8_find_prev_char (name, cut);
  stem = g_strndup (name, (gsize) (cut - name));

  return g_strconcat (stem, extension, NULL);
}

/**
 * stoker_paths_safe_name:
 * @name: (nullable): a file name from outside
 * @fallback: what to use when nothing is left of it
 *
 * Reduces a name that a server gave to a plain base name: no folders, no control characters, not
 * hidden, not taken for an option, at most 200 bytes with its extension kept.
 *
 * Returns: (transfer full): a name that is safe to create in a folder
 */
char *
stoker_paths_safe_name (const char *name, const char *fallback)
{
  g_autofree char *safe = NULL;

  if (name == NULL)
    return g_strdup (fallback);

  safe = replace_unsafe (skip_folders (name));
  trim (safe);
  if (*safe == '\0')
    return g_strdup (fallback);

  return shorten (safe);
}
