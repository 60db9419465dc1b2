/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json-print-private.h"

#include <math.h>
#include <string.h>

/* Quotes and what cannot be seen. */
#define ESCAPED                                                                                          \
  "\"\\\x7f\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17" \
  "\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f"
#define INDENT 2
#define NOT_PRETTY (-1)

static void print_node (GString *out, JsonNode *node, int level);

static void
print_escape (GString *out, char character)
{
  static const char characters[] = "\"\\\b\f\n\r\t";
  static const char escapes[] = "\"\\bfnrt";
  const char *found = strchr (characters, character);

  if (found != NULL)
    g_string_append_printf (out, "\\%c", escapes[found - characters]);
  else
    g_string_append_printf (out, "\\u%04x", (guint) character);
}

/* What is plain is written in one piece: a picture in a payload has millions of characters. */
static void
print_string (GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (out, '"');
  for (const char *p = valid; *p != '\0';)
    {
      gsize plain = strcspn (p, ESCAPED);

      g_string_append_len (out, p, (gssize) plain);
      p += plain;
      if (*p != '\0')
        print_escape (out, *p++);
    }
  g_string_append_c (out, '"');
}

static void
print_double (GString *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  /* JSON has no word for these. */
  if (!isfinite (value))
    {
      g_string_append (out, "null");
      return;
    }

  stoker_json_format_double (value, text, sizeof text);
  g_string_append (out, text);
  if (strpbrk (text, ".e") == NULL)
    g_string_append (out, ".0");
}

/*
 * stoker_json_format_double:
 * @value: a finite number
 * @buffer: takes the text; %G_ASCII_DTOSTR_BUF_SIZE is enough
 * @size: its size
 *
 * Writes the shortest text that reads back as the same number: 0.1, where "%.17g" has
 * 0.10000000000000001.
 */
void
stoker_json_format_double (double value, char *buffer, int size)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      double back;

      g_ascii_formatd (buffer, size, formats[i], value);
      back = g_ascii_strtod (buffer, NULL);
      if (!(back < value) && !(back > value))
        return;
    }
}

static void
print_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    print_string (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    print_double (out, json_node_get_double (node));
}

static void
break_line (GString *out, int level)
{
  if (level != NOT_PRETTY)
    g_string_append_printf (out, "\n%*s", level * INDENT, "");
}

static int
get_inner_level (int level)
{
  return level == NOT_PRETTY ? NOT_PRETTY : level + 1;
}

static void
print_object (GString *out, JsonObject *object, int level)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *child = NULL;
  gboolean is_first = TRUE;

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &child))
    {
      if (!is_first)
        g_string_append_c (out, ',');
      is_first = FALSE;
      break_line (out, get_inner_level (level));
      print_string (out, name);
      g_string_append (out, level == NOT_PRETTY ? ":" : ": ");
      print_node (out, child, get_inner_level (level));
    }
  if (!is_first)
    break_line (out, level);
  g_string_append_c (out, '}');
}

static void
print_array (GString *out, JsonArray *array, int level)
{
  guint length = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      break_line (out, get_inner_level (level));
      print_node (out, json_array_get_element (array, i), get_inner_level (level));
    }
  if (length > 0)
    break_line (out, level);
  g_string_append_c (out, ']');
}

/* Recurses no deeper than the tree: one that was read is limited, others are made by programs. */
static void
print_node (GString *out, JsonNode *node, int level)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    print_object (out, json_node_get_object (node), level);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    print_array (out, json_node_get_array (node), level);
  else if (JSON_NODE_HOLDS_VALUE (node))
    print_value (out, node);
  else
    g_string_append (out, "null");
}

/*
 * stoker_json_print:
 * @node: a tree
 * @pretty: whether to spread it over indented lines
 *
 * Returns: (transfer full): @node as text
 */
char *
stoker_json_print (JsonNode *node, gboolean pretty)
{
  GString *out = g_string_new (NULL);

  print_node (out, node, pretty ? 0 : NOT_PRETTY);

  return g_string_free (out, FALSE);
}
