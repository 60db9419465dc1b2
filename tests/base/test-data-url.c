/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-data-url.h"

#include "stoker-error.h"

#include <string.h>

static void
test_data_urls (void)
{
  static const struct
  {
    const char *url;
    const char *media_type; /* NULL: it is none */
    const char *text;
  } cases[] = {
    { "data:text/html;base64,aGVsbG8=", "text/html", "hello" },
    { "data:,hello%20you", "text/plain", "hello you" },
    { "DATA:image/svg+xml;charset=utf-8,<svg/>", "image/svg+xml", "<svg/>" },
    { "data:image/png;base64,", NULL, NULL },
    { "data:image/png;base64,a*b", NULL, NULL },
    { "data:image/png", NULL, NULL },
    { "https://example.com/,", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *media_type = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) data = stoker_data_url_decode (cases[i].url, &media_type, &error);

      g_test_message ("%s", cases[i].url);
      g_assert_cmpstr (media_type, ==, cases[i].media_type);
      if (data == NULL)
        g_assert_error (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
      else
        g_assert_cmpmem (g_bytes_get_data (data, NULL), g_bytes_get_size (data), cases[i].text,
                         strlen (cases[i].text));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data-url/decode", test_data_urls);

  return g_test_run ();
}
