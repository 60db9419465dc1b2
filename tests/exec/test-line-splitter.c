/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-line-splitter.h"

#include <string.h>

static void
keep_line (const char *line, gpointer user_data)
{
  g_string_append_printf (user_data, "[%s]", line);
}

/* However the text is cut into pieces, the lines are the same. */
static void
check (const char *text, gsize length, const char *expected)
{
  for (gsize piece = 1; piece <= length; piece++)
    {
      g_autoptr (GString) seen = g_string_new (NULL);
      StokerLineSplitter splitter;

      stoker_line_splitter_init (&splitter);
      for (gsize at = 0; at < length; at += piece)
        stoker_line_splitter_feed (&splitter, text + at, MIN (piece, length - at), keep_line, seen);
      stoker_line_splitter_end (&splitter, keep_line, seen);
      stoker_line_splitter_clear (&splitter);
      g_assert_cmpstr (seen->str, ==, expected);
    }
}

static void
test_ends (void)
{
  check ("a\nb", 3, "[a][b]");
  check ("a\r\nb\r\n", 6, "[a][b]");
  check ("10%\r20%\r\n", 9, "[10%][20%]");
  check ("a\n\nb\n", 5, "[a][][b]");
  check ("\r\n\r\n", 4, "[][]");
}

static void
test_bytes (void)
{
  check ("\xc3\xa4\n", 3, "[ä]");
  check ("a\xff\n", 3, "[a\xef\xbf\xbd]");
  check ("a\0b\n", 4,
         "[a\xef\xbf\xbd"
         "b]");
}

static void
test_long (void)
{
  g_autofree char *text = g_malloc (2 * STOKER_LINE_MAX_BYTES + 3);
  g_autoptr (GString) seen = g_string_new (NULL);
  StokerLineSplitter splitter;

  memset (text, 'x', 2 * STOKER_LINE_MAX_BYTES);
  memcpy (text + 2 * STOKER_LINE_MAX_BYTES, "\ny\n", 3);
  stoker_line_splitter_init (&splitter);
  stoker_line_splitter_feed (&splitter, text, 2 * STOKER_LINE_MAX_BYTES + 3, keep_line, seen);
  stoker_line_splitter_clear (&splitter);
  g_assert_cmpuint (seen->len, ==, STOKER_LINE_MAX_BYTES + strlen ("[][y]"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/line-splitter/ends", test_ends);
  g_test_add_func ("/line-splitter/bytes", test_bytes);
  g_test_add_func ("/line-splitter/long", test_long);

  return g_test_run ();
}
