/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-safe-file.h"

#include "stoker-error.h"

#include <glib/gstdio.h>

static void
test_names (void)
{
  static const struct
  {
    const char *wanted;
    const char *media_type;
    const char *name;
  } cases[] = {
    { "a.png", "image/jpeg", "a.png" },
    { "a", "image/jpeg", "a.jpg" },
    { NULL, "video/mp4", "output-3.mp4" },
    { NULL, "audio/mpeg; rate=1", "output-3.mp3" },
    { NULL, NULL, "output-3" },
    { "../../etc/passwd", NULL, "passwd" },
    { "..", "image/png", "output-3.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = stoker_output_name (cases[i].wanted, cases[i].media_type, 3);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_reserve (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *top = g_dir_make_tmp ("stoker-output-XXXXXX", &error);
  g_autofree char *dir = g_build_filename (top, "new", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *inside = NULL;

  g_assert_no_error (error);
  first = stoker_output_reserve (dir, "a.tar.gz", &error);
  second = stoker_output_reserve (dir, "a.tar.gz", &error);
  third = stoker_output_reserve (dir, "a.tar.gz", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (first, "/a.tar.gz"));
  g_assert_true (g_str_has_suffix (second, "/a.tar-2.gz"));
  g_assert_true (g_str_has_suffix (third, "/a.tar-3.gz"));
  g_assert_null (stoker_output_reserve (first, "b", &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE);
  g_unlink (first);
  g_unlink (second);
  g_unlink (third);
  g_rmdir (dir);
  g_rmdir (top);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/safe-file/names", test_names);
  g_test_add_func ("/safe-file/reserve", test_reserve);

  return g_test_run ();
}
