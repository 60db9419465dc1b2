/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-paths.h"

#include <glib/gstdio.h>

#include <string.h>

static void
test_safe_name (void)
{
  static const struct
  {
    const char *name;
    const char *expected;
  } cases[] = {
    { "picture.png", "picture.png" },
    { "../../etc/passwd", "passwd" },
    { "/etc/shadow", "shadow" },
    { "C:\\Windows\\evil.exe", "evil.exe" },
    { "..", "output" },
    { ".", "output" },
    { "", "output" },
    { "folder/", "output" },
    { ".bashrc", "bashrc" },
    { "-rf", "rf" },
    { "a\nb\x01.png", "a_b_.png" },
    { "what?<is>this*.png", "what__is_this_.png" },
    { "trailing. . ", "trailing" },
    { "ünïcödé 日本.png", "ünïcödé 日本.png" },
    { "evil\xe2\x80\xaegnp.exe", "evil_gnp.exe" },
    { "bad\xff utf8", "bad\xef\xbf\xbd utf8" },
    { NULL, "output" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *safe = stoker_paths_safe_name (cases[i].name, "output");

      g_assert_cmpstr (safe, ==, cases[i].expected);
    }
}

static void
test_long_names_keep_their_extension (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *safe = NULL;

  for (int i = 0; i < 300; i++)
    g_string_append (name, "é");
  g_string_append (name, ".png");
  safe = stoker_paths_safe_name (name->str, "output");

  g_assert_cmpuint (strlen (safe), <=, 200);
  g_assert_cmpuint (strlen (safe), >, 190);
  g_assert_true (g_str_has_suffix (safe, "é.png"));
  g_assert_true (g_utf8_validate (safe, -1, NULL));
}

static void
assert_private_dir (char *dir, const char *root)
{
  g_autofree char *owned = dir;
  GStatBuf info;

  g_assert_true (g_str_has_prefix (owned, root));
  g_assert_cmpint (g_stat (owned, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

static void
test_folders_are_made_private (void)
{
  assert_private_dir (stoker_paths_get_data_dir (), g_get_user_data_dir ());
  assert_private_dir (stoker_paths_get_state_dir (), g_get_user_state_dir ());
  assert_private_dir (stoker_paths_get_cache_dir (), g_get_user_cache_dir ());
  assert_private_dir (stoker_paths_get_output_dir (), g_get_user_data_dir ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/paths/safe-name", test_safe_name);
  g_test_add_func ("/paths/long-names-keep-their-extension", test_long_names_keep_their_extension);
  g_test_add_func ("/paths/folders-are-made-private", test_folders_are_made_private);

  return g_test_run ();
}
