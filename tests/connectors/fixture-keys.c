/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fixture-keys.h"

#include <gio/gio.h>

#include <string.h>

#define GOOD_PRIVATE_KEY "{private_key}"
#define OTHER_PRIVATE_KEY "{other_private_key}"

static char *private_key; /* of this process */
static char *public_key;

static char *
run_openssl (const char *input, const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess)
    process = g_subprocess_newv (arguments,
                                 G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                   G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                 &error);
  char *output = NULL;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

static char *
make_private_key (void)
{
  static const char *const arguments[] = { "openssl", "genpkey", "-algorithm", "RSA", NULL };

  return run_openssl (NULL, arguments);
}

/* Puts a key in PEM form into a text of JSON that is itself in a text of JSON. */
static char *
put_key (const char *text, const char *name, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (key, "\n", -1);
  g_autofree char *escaped = g_strjoinv ("\\\\n", lines);
  g_auto (GStrv) parts = g_strsplit (text, name, -1);

  return g_strjoinv (escaped, parts);
}

/* The text with keys in the places that are left for them. */
char *
fixture_keys_put (const char *text)
{
  static const char *const arguments[] = { "openssl", "pkey", "-pubout", NULL };
  g_autofree char *with_other = NULL;
  g_autofree char *other = NULL;

  if (strstr (text, GOOD_PRIVATE_KEY) == NULL)
    return g_strdup (text);
  if (private_key == NULL)
    {
      private_key = make_private_key ();
      public_key = run_openssl (private_key, arguments);
    }
  other = make_private_key ();
  with_other = put_key (text, OTHER_PRIVATE_KEY, other);
  return put_key (with_other, GOOD_PRIVATE_KEY, private_key);
}

const char *
fixture_keys_get_public (void)
{
  return public_key;
}
