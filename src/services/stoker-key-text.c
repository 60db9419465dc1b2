/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key-text-private.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-wipe.h"
#include "stoker-yaml.h"

#include <string.h>

/* More than any such file has; a hostile one stops here. */
#define MAX_ENTRIES 10000
#define MAX_DEPTH 16

typedef struct
{
  char *path;  /* owned */
  char *value; /* owned, overwritten when freed */
} Entry;

struct _StokerKeyText
{
  GPtrArray *entries; /* owned, of Entry */
};

static void
entry_free (Entry *self)
{
  g_free (self->path);
  stoker_wipe_free (self->value);
  g_free (self);
}

/* stoker_key_text_new: (transfer full): one without entries */
StokerKeyText *
stoker_key_text_new (void)
{
  StokerKeyText *self = g_new0 (StokerKeyText, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  return self;
}

/* stoker_key_text_add: takes both texts, and tells whether there was room. */
gboolean
stoker_key_text_add (StokerKeyText *self, char *path, char *value)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->path = path;
  entry->value = value;
  if (self->entries->len >= MAX_ENTRIES)
    {
      entry_free (entry);
      return FALSE;
    }
  g_ptr_array_add (self->entries, entry);
  return TRUE;
}

/* stoker_key_text_unquote: (transfer full) (nullable): the value without its quotes or the comment
 * behind it; NULL when it has escapes or does not end, which a key never does. */
char *
stoker_key_text_unquote (const char *value)
{
  const char *end = NULL;
  g_autofree char *copy = NULL;

  if (*value == '"' || *value == '\'')
    {
      end = strchr (value + 1, *value);
      if (end == NULL || memchr (value, '\\', (gsize) (end - value)) != NULL)
        return NULL;
      return g_strndup (value + 1, (gsize) (end - value - 1));
    }
  end = strstr (value, " #");
  copy = end != NULL ? g_strndup (value, (gsize) (end - value)) : g_strdup (value);
  return g_strdup (g_strstrip (copy));
}

static char *
join (const char *section, const char *name)
{
  return section != NULL ? g_strconcat (section, ".", name, NULL) : g_strdup (name);
}

static void
add_line (StokerKeyText *self, const char *section, char *line)
{
  char *equals = strchr (line, '=');
  g_autofree char *value = NULL;

  if (equals == NULL)
    return;
  *equals = '\0';
  value = stoker_key_text_unquote (g_strstrip (equals + 1));
  if (g_str_has_prefix (line, "export "))
    line += strlen ("export ");
  if (value != NULL)
    stoker_key_text_add (self, join (section, g_strstrip (line)), g_steal_pointer (&value));
}

/*
 * INI, the one-line part of TOML, and shell variables. GKeyFile is too strict for them: it knows no
 * comment with a semicolon and no key above the first section, and the tools write both.
 */
static void
add_lines (StokerKeyText *self, char *text)
{
  char *section = NULL;
  char *rest = text;
  char *line = NULL;

  while ((line = strsep (&rest, "\n")) != NULL)
    {
      line = g_strstrip (line);
      if (*line == '\0' || *line == '#' || *line == ';')
        continue;
      if (*line == '[' && line[strlen (line) - 1] == ']')
        {
          line[strlen (line) - 1] = '\0';
          section = g_strstrip (line + 1);
          continue;
        }
      add_line (self, section, line);
    }
}

static void
add_json (StokerKeyText *self, const StokerJsonPlace *place, const char *path, guint depth);

static void
add_json_members (StokerKeyText *self, const StokerJsonPlace *place, const char *path, guint depth)
{
  g_auto (GStrv) names = stoker_json_list_members (place);

  for (guint i = 0; names[i] != NULL; i++)
    {
      StokerJsonPlace member = stoker_json_member (place, names[i]);
      g_autofree char *below = join (path, names[i]);

      add_json (self, &member, below, depth + 1);
    }
}

static void
add_json_elements (StokerKeyText *self, const StokerJsonPlace *place, const char *path, guint depth)
{
  for (guint i = 0; i < stoker_json_length (place); i++)
    {
      StokerJsonPlace element = stoker_json_element (place, i);
      g_autofree char *below = g_strdup_printf ("%s[%u]", path != NULL ? path : "", i);

      add_json (self, &element, below, depth + 1);
    }
}

static void
add_json (StokerKeyText *self, const StokerJsonPlace *place, const char *path, guint depth)
{
  if (place->node == NULL || depth > MAX_DEPTH)
    return;
  if (JSON_NODE_HOLDS_OBJECT (place->node))
    add_json_members (self, place, path, depth);
  else if (JSON_NODE_HOLDS_ARRAY (place->node))
    add_json_elements (self, place, path, depth);
  else if (path != NULL && JSON_NODE_HOLDS_VALUE (place->node) &&
           json_node_get_value_type (place->node) == G_TYPE_STRING)
    stoker_key_text_add (self, g_strdup (path), g_strdup (json_node_get_string (place->node)));
}

static gboolean
parse_tree (
  StokerKeyText *self, const char *text, const char *format, const char *name, GError **error)
{
  g_autoptr (JsonNode) node = g_str_equal (format, "json")
                                ? stoker_json_parse (text, -1, name, error)
                                : stoker_yaml_parse (text, strlen (text), name, error);
  StokerJsonPlace root = stoker_json_root (node, name);

  if (node == NULL)
    return FALSE;
  add_json (self, &root, NULL, 0);
  return TRUE;
}

/**
 * stoker_key_text_parse:
 * @text: the content of a file
 * @format: `json`, `toml`, `yaml`, `ini`, `env` or `text` (the whole of it is one value, at the
 *   empty path)
 * @name: what to call the file in an error
 * @error: return location
 *
 * Returns: (transfer full): the pairs, or %NULL with %STOKER_ERROR_CONFIG when it is no text, no
 * JSON or no YAML; the error repeats nothing of it
 */
StokerKeyText *
stoker_key_text_parse (const char *text, const char *format, const char *name, GError **error)
{
  g_autoptr (StokerKeyText) self = stoker_key_text_new ();
  char *copy = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: is not a text", name);
      return NULL;
    }
  if (g_str_equal (format, "json") || g_str_equal (format, "yaml"))
    return parse_tree (self, text, format, name, error) ? g_steal_pointer (&self) : NULL;

  copy = g_strdup (text);
  if (g_str_equal (format, "text"))
    {
      stoker_key_text_add (self, g_strdup (""), g_strstrip (copy));
      return g_steal_pointer (&self);
    }
  add_lines (self, copy);
  /* The lines were cut in place, so the text has zeros in it. */
  explicit_bzero (copy, strlen (text));
  g_free (copy);
  return g_steal_pointer (&self);
}

/**
 * stoker_key_text_free:
 * @self: (transfer full): a text
 */
void
stoker_key_text_free (StokerKeyText *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/**
 * stoker_key_text_get:
 * @path: names with dots between, `[0]` for elements of a list
 *
 * Case does not count: one and the same tool writes `apiKey` and `apikey`.
 *
 * Returns: (transfer none) (nullable): the first value there
 */
const char *
stoker_key_text_get (const StokerKeyText *self, const char *path)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (g_ascii_strcasecmp (entry->path, path) == 0)
        return entry->value;
    }
  return NULL;
}

/**
 * stoker_key_text_get_length:
 *
 * Returns: how many values there are
 */
guint
stoker_key_text_get_length (const StokerKeyText *self)
{
  return self->entries->len;
}
