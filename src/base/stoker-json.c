/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json.h"

#include "stoker-error.h"
#include "stoker-json-check-private.h"
#include "stoker-json-print-private.h"
#include "stoker-load-file.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static gboolean
check_size (gsize length, gsize max_bytes, const char *name, GError **error)
{
  if (length <= max_bytes)
    return TRUE;

  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
               "%s: larger than %" G_GSIZE_FORMAT " bytes", name, max_bytes);
  return FALSE;
}

/* JsonParser wraps integers beyond 64 bits; with a point behind them it reads them as floating
 * point numbers. */
static char *
widen_integers (const char *text, gsize length, GArray *wide_integers)
{
  GString *widened = g_string_sized_new (length + (gsize) 2 * wide_integers->len);
  gsize done = 0;

  for (guint i = 0; i < wide_integers->len; i++)
    {
      gsize offset = g_array_index (wide_integers, gsize, i);

      g_string_append_len (widened, text + done, (gssize) (offset - done));
      g_string_append (widened, ".0");
      done = offset;
    }
  g_string_append_len (widened, text + done, (gssize) (length - done));

  return g_string_free (widened, FALSE);
}

static JsonNode *
build_tree (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local_error = NULL;

  if (!json_parser_load_from_data (parser, text, (gssize) length, &local_error))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: %s", name, local_error->message);
      return NULL;
    }

  return json_parser_steal_root (parser);
}

/**
 * stoker_json_parse:
 * @text: a JSON text in UTF-8
 * @length: its length in bytes, or -1 when it ends in a zero byte
 * @name: what to call it in messages, such as a file name
 *
 * Reads JSON by the letter of RFC 8259, at most %STOKER_JSON_MAX_BYTES long and
 * %STOKER_JSON_MAX_DEPTH deep. A member that is there twice, half a surrogate pair, a zero
 * character and a number that is not finite are errors too. An integer beyond 64 bits becomes the
 * nearest floating point number. A byte order mark is passed over.
 *
 * Returns: (transfer full) (nullable): the tree, immutable; %NULL with %STOKER_ERROR_CONFIG and a
 * message such as `workload.json:3:17: expected a comma or }`
 */
JsonNode *
stoker_json_parse (const char *text, gssize length, const char *name, GError **error)
{
  g_autoptr (GArray) wide_integers = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autofree char *widened = NULL;
  gsize bytes = length < 0 ? strlen (text) : (gsize) length;

  if (!check_size (bytes, STOKER_JSON_MAX_BYTES, name, error))
    return NULL;
  if (bytes >= 3 && memcmp (text, BYTE_ORDER_MARK, 3) == 0)
    {
      text += 3;
      bytes -= 3;
    }
  if (!stoker_json_check (text, bytes, name, wide_integers, error))
    return NULL;
  if (wide_integers->len == 0)
    return build_tree (text, bytes, name, error);

  widened = widen_integers (text, bytes, wide_integers);
  return build_tree (widened, strlen (widened), name, error);
}

/**
 * stoker_json_load_file:
 * @path: a file of this machine
 * @max_bytes: the most to read, up to %STOKER_JSON_MAX_BYTES
 *
 * Reads a file and parses it as stoker_json_parse() does. It blocks: not for the main loop of the
 * window, but for small files of the user.
 *
 * Returns: (transfer full) (nullable): the tree; %NULL with %STOKER_ERROR_CONFIG
 */
JsonNode *
stoker_json_load_file (const char *path, gsize max_bytes, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) content = stoker_load_file (file, path, max_bytes, NULL, error);
  const char *text = NULL;
  gsize length = 0;

  if (content == NULL)
    return NULL;

  text = g_bytes_get_data (content, &length);
  return stoker_json_parse (text != NULL ? text : "", (gssize) length, path, error);
}

/**
 * stoker_json_to_string:
 * @node: a tree
 * @pretty: whether to spread it over indented lines
 *
 * Numbers are written as shortly as they read back; what JSON has no word for, such as infinity,
 * becomes null.
 *
 * Returns: (transfer full): @node as text, without a line feed at its end
 */
char *
stoker_json_to_string (JsonNode *node, gboolean pretty)
{
  return stoker_json_print (node, pretty);
}
