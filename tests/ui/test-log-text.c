/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-text.h"

#include <string.h>

typedef struct
{
  const char *raw;
  const char *shown;
} Case;

static void
test_clean (void)
{
  static const Case cases[] = {
    { "plain\ttext", "plain\ttext" },
    { "\033[1;31mred\033[0m alert", "red alert" },
    { "\033[2K\033[1Gdone", "done" },
    { "\033]0;a title\007text", "text" },
    { "\033]8;;https://example.com\033\\link\033]8;;\033\\", "link" },
    { "\033]0;no end", "0;no end" },
    { "\033(Bascii", "ascii" },
    { "cut \033[", "cut " },
    { "10 %\r20 %\r30 %", "30 %" },
    { "windows\r", "windows" },
    { "\a\bbell", "bell" },
    { "nul\001x", "nul\xe2\x90\x81x" },
    { "del\177", "del\xe2\x90\xa1" },
    { "bad \xff byte", "bad \xef\xbf\xbd byte" },
    { "half \xe2\x82", "half \xef\xbf\xbd\xef\xbf\xbd" },
    { "turn \xe2\x80\xae round", "turn \xef\xbf\xbd round" },
    { "two\xe2\x80\xa8lines", "two\xef\xbf\xbdlines" },
    { "Grüße, 世界", "Grüße, 世界" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new ("before ");

      stoker_log_text_clean (out, cases[i].raw, strlen (cases[i].raw));
      g_assert_true (g_str_has_prefix (out->str, "before "));
      g_assert_cmpstr (out->str + strlen ("before "), ==, cases[i].shown);
      g_assert_true (g_utf8_validate (out->str, -1, NULL));
    }
}

static void
test_clean_zero_byte (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  stoker_log_text_clean (out, "a\0b", 3);
  g_assert_cmpstr (out->str, ==,
                   "a\xe2\x90\x80"
                   "b");
}

/* Whatever the bytes are, what is shown is text of one line. */
static void
test_clean_anything (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int run = 0; run < 2000; run++)
    {
      char raw[64];
      g_autoptr (GString) out = g_string_new (NULL);

      for (gsize i = 0; i < sizeof raw; i++)
        raw[i] = (char) g_rand_int_range (rand, 0, 256);
      stoker_log_text_clean (out, raw, sizeof raw);
      g_assert_true (g_utf8_validate (out->str, (gssize) out->len, NULL));
      g_assert_null (strpbrk (out->str, "\033\r\a\b"));
    }
}

static void
test_find (void)
{
  static const struct
  {
    const char *line;
    const char *needle;
    gsize from;
    int start; /* -1: not there */
    int end;
  } cases[] = {
    { "Error: out of memory", "error", 0, 0, 5 },
    { "Error: out of memory", "MEMORY", 0, 14, 20 },
    { "aab", "ab", 0, 1, 3 },
    { "one two one", "one", 1, 8, 11 },
    { "GRÜSSE", "grüsse", 0, 0, 7 },
    { "nothing", "x", 0, -1, -1 },
    { "short", "shorter", 0, -1, -1 },
    { "anything", "", 0, -1, -1 },
    { "", "a", 0, -1, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *needle = stoker_log_text_fold (cases[i].needle);
      gsize start = 0;
      gsize end = 0;
      gboolean is_found = stoker_log_text_find (cases[i].line, needle, cases[i].from, &start, &end);

      g_assert_cmpint (is_found, ==, cases[i].start >= 0);
      if (!is_found)
        continue;
      g_assert_cmpuint (start, ==, (guint) cases[i].start);
      g_assert_cmpuint (end, ==, (guint) cases[i].end);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/log-text/clean", test_clean);
  g_test_add_func ("/ui/log-text/clean-zero-byte", test_clean_zero_byte);
  g_test_add_func ("/ui/log-text/clean-anything", test_clean_anything);
  g_test_add_func ("/ui/log-text/find", test_find);

  return g_test_run ();
}
