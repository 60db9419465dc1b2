/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key-text-private.h"

#include <string.h>

#define MAX_DEPTH 16

/* A key or list element that the lines below belong to. */
typedef struct
{
  int indent;
  char *name; /* owned; "[0]" for an element */
  int n_elements;
} Level;

typedef struct
{
  StokerKeyText *text;
  GArray *levels;    /* of Level, the outermost first */
  int n_elements;    /* of a list at the top */
  int skipped_below; /* indentation of a key whose value is a block of text; -1 none */
} Reader;

static void
level_clear (Level *self)
{
  g_free (self->name);
}

static gboolean
is_element (const Level *level)
{
  return level->name[0] == '[';
}

static Level *
get_last (Reader *self)
{
  return self->levels->len > 0 ? &g_array_index (self->levels, Level, self->levels->len - 1) : NULL;
}

/* Leaves what ended before a line at @indent. A list may stand at its key's own indentation, so
 * that an element leaves that key open. */
static void
leave_levels (Reader *self, int indent, gboolean begins_element)
{
  for (Level *last = get_last (self); last != NULL; last = get_last (self))
    {
      gboolean stays = last->indent < indent ||
                       (begins_element && last->indent == indent && !is_element (last));

      if (stays)
        return;
      g_array_set_size (self->levels, self->levels->len - 1);
    }
}

static void
enter_level (Reader *self, int indent, char *name)
{
  Level level = { .indent = indent, .name = name };

  if (self->levels->len < MAX_DEPTH)
    g_array_append_val (self->levels, level);
  else
    level_clear (&level);
}

static char *
make_path (Reader *self, const char *name)
{
  g_autoptr (GString) path = g_string_new (NULL);

  for (guint i = 0; i < self->levels->len; i++)
    {
      const Level *level = &g_array_index (self->levels, Level, i);

      if (path->len > 0 && !is_element (level))
        g_string_append_c (path, '.');
      g_string_append (path, level->name);
    }
  if (path->len > 0 && *name != '\0')
    g_string_append_c (path, '.');
  g_string_append (path, name);
  return g_string_free (g_steal_pointer (&path), FALSE);
}

static void
begin_element (Reader *self, int indent)
{
  Level *parent = NULL;
  int *n_elements = NULL;

  leave_levels (self, indent, TRUE);
  parent = get_last (self);
  n_elements = parent != NULL ? &parent->n_elements : &self->n_elements;
  enter_level (self, indent, g_strdup_printf ("[%d]", (*n_elements)++));
}

/* The colon that ends the key: one before a space or the end. */
static char *
find_colon (char *line)
{
  for (char *colon = strchr (line, ':'); colon != NULL; colon = strchr (colon + 1, ':'))
    if (colon[1] == '\0' || colon[1] == ' ')
      return colon;
  return NULL;
}

static void
read_value (Reader *self, int indent, char *name, const char *value)
{
  g_autofree char *plain = NULL;

  if (*value == '\0' || *value == '#')
    {
      enter_level (self, indent, g_strdup (name));
      return;
    }
  if (*value == '|' || *value == '>')
    {
      self->skipped_below = indent;
      return;
    }
  plain = *value != '{' && *value != '[' ? stoker_key_text_unquote (value) : NULL;
  if (plain != NULL)
    stoker_key_text_add (self->text, make_path (self, name), g_steal_pointer (&plain));
}

static void
read_content (Reader *self, int indent, char *line)
{
  char *colon = NULL;
  g_autofree char *name = NULL;

  while (line[0] == '-' && (line[1] == ' ' || line[1] == '\0'))
    {
      gsize step = 1 + strspn (line + 1, " ");

      begin_element (self, indent);
      indent += (int) step;
      line += step;
    }
  colon = find_colon (line);
  if (colon == NULL)
    {
      read_value (self, indent, "", *line != '\0' ? line : "{}");
      return;
    }
  *colon = '\0';
  leave_levels (self, indent, FALSE);
  name = stoker_key_text_unquote (line);
  if (name != NULL)
    read_value (self, indent, name, g_strstrip (colon + 1));
}

static void
read_line (Reader *self, char *line)
{
  int indent = (int) strspn (line, " ");

  g_strchomp (line);
  line += strspn (line, " ");
  if (*line == '\0' || *line == '#' || *line == '%' || g_str_equal (line, "---"))
    return;
  if (self->skipped_below >= 0 && indent > self->skipped_below)
    return;
  self->skipped_below = -1;
  read_content (self, indent, line);
}

/* stoker_key_text_add_yaml: Adds what the block style of YAML says in @text: keys, nesting, lists,
 * plain and quoted values. @text is not written. */
void
stoker_key_text_add_yaml (StokerKeyText *self, const char *text)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  Reader reader = { .text = self, .levels = levels, .skipped_below = -1 };
  const char *start = text;

  g_array_set_clear_func (levels, (GDestroyNotify) level_clear);
  while (*start != '\0')
    {
      gsize length = strcspn (start, "\n");
      char *line = g_strndup (start, length);

      read_line (&reader, line);
      explicit_bzero (line, length);
      g_free (line);
      start += length + (start[length] == '\n' ? 1 : 0);
    }
}
