/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-yaml.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <yaml.h>

#include <string.h>

/* More than any settings file has; a hostile one stops here. */
#define MAX_NODES 100000

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (yaml_parser_t, yaml_parser_delete)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (yaml_event_t, yaml_event_delete)

typedef struct
{
  yaml_parser_t *parser; /* borrowed */
  const char *name;      /* borrowed: of the file, for errors */
  guint n_nodes;
} Reader;

static JsonNode *read_node (Reader *self, yaml_event_t *event, guint depth, GError **error);

/* An error repeats nothing of the text, which may be a key. */
static void
set_error (const Reader *self, yaml_mark_t mark, const char *mistake, GError **error)
{
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s:%" G_GSIZE_FORMAT ": %s", self->name,
               mark.line + 1, mistake);
}

static gboolean
next (Reader *self, yaml_event_t *event, GError **error)
{
  const yaml_parser_t *parser = self->parser;

  if (yaml_parser_parse (self->parser, event))
    return TRUE;
  set_error (self, parser->problem_mark, parser->problem != NULL ? parser->problem : "is no YAML",
             error);

  return FALSE;
}

/* Those of the core schema: https://yaml.org/spec/1.2.2/#1032-tag-resolution */
static gboolean
is_null (const yaml_event_t *event)
{
  static const char *const words[] = { "", "~", "null", "Null", "NULL", NULL };

  return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
         g_strv_contains (words, (const char *) event->data.scalar.value);
}

static gboolean
check_scalar (const Reader *self, const yaml_event_t *event, GError **error)
{
  const char *value = (const char *) event->data.scalar.value;

  if (strlen (value) == event->data.scalar.length)
    return TRUE;
  set_error (self, event->start_mark, "has a zero in a text", error);

  return FALSE;
}

static JsonNode *
read_scalar (const Reader *self, const yaml_event_t *event, GError **error)
{
  if (!check_scalar (self, event, error))
    return NULL;
  if (is_null (event))
    return json_node_init_null (json_node_alloc ());

  return json_node_init_string (json_node_alloc (), (const char *) event->data.scalar.value);
}

static JsonNode *
read_sequence (Reader *self, guint depth, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (;;)
    {
      g_auto (yaml_event_t) event = { 0 };
      JsonNode *element = NULL;

      if (!next (self, &event, error))
        return NULL;
      if (event.type == YAML_SEQUENCE_END_EVENT)
        return json_node_init_array (json_node_alloc (), array);
      element = read_node (self, &event, depth + 1, error);
      if (element == NULL)
        return NULL;
      json_array_add_element (array, element);
    }
}

/* A key that comes twice means that two readers may read two things. */
static gboolean
check_key (const Reader *self, const yaml_event_t *event, JsonObject *object, GError **error)
{
  if (event->type != YAML_SCALAR_EVENT)
    set_error (self, event->start_mark, "has a key that is no text", error);
  else if (json_object_has_member (object, (const char *) event->data.scalar.value))
    set_error (self, event->start_mark, "has the same key twice", error);
  else
    return check_scalar (self, event, error);

  return FALSE;
}

static JsonNode *
read_mapping (Reader *self, guint depth, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (;;)
    {
      g_auto (yaml_event_t) key = { 0 };
      g_auto (yaml_event_t) event = { 0 };
      JsonNode *value = NULL;

      if (!next (self, &key, error))
        return NULL;
      if (key.type == YAML_MAPPING_END_EVENT)
        return json_node_init_object (json_node_alloc (), object);
      if (!check_key (self, &key, object, error) || !next (self, &event, error))
        return NULL;
      value = read_node (self, &event, depth + 1, error);
      if (value == NULL)
        return NULL;
      json_object_set_member (object, (const char *) key.data.scalar.value, value);
    }
}

static JsonNode *
read_node (Reader *self, yaml_event_t *event, guint depth, GError **error)
{
  if (depth > STOKER_JSON_MAX_DEPTH || ++self->n_nodes > MAX_NODES)
    {
      set_error (self, event->start_mark, "is too deep or too large", error);
      return NULL;
    }
  if (event->type == YAML_SCALAR_EVENT)
    return read_scalar (self, event, error);
  if (event->type == YAML_SEQUENCE_START_EVENT)
    return read_sequence (self, depth, error);
  if (event->type == YAML_MAPPING_START_EVENT)
    return read_mapping (self, depth, error);
  /* A small text can stand for a huge one with them. */
  set_error (self, event->start_mark, "has an alias (*), which is not read", error);

  return NULL;
}

static JsonNode *
read_document (Reader *self, GError **error)
{
  for (;;)
    {
      g_auto (yaml_event_t) event = { 0 };

      if (!next (self, &event, error))
        return NULL;
      if (event.type == YAML_STREAM_END_EVENT)
        return json_node_init_null (json_node_alloc ());
      if (event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_START_EVENT)
        return read_node (self, &event, 0, error);
    }
}

/**
 * stoker_yaml_parse:
 * @text: a settings file
 * @length: of it
 * @name: what to call it in an error
 * @error: return location
 *
 * Reads the first document of a YAML file into the same kind of tree as JSON. Every scalar is a
 * string, whatever it looks like; a plain one that is empty, `~` or `null` is null. Tags are passed
 * over, aliases refused. JSON is YAML too.
 *
 * Returns: (transfer full) (nullable): the tree; null for an empty file; %NULL with
 * %STOKER_ERROR_CONFIG naming file and line, without anything of the text
 */
JsonNode *
stoker_yaml_parse (const char *text, gsize length, const char *name, GError **error)
{
  g_auto (yaml_parser_t) parser = { 0 };
  Reader reader = { .parser = &parser, .name = name };

  if (!yaml_parser_initialize (&parser))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_FAILED, "%s: there is no memory to read it",
                   name);
      return NULL;
    }
  yaml_parser_set_input_string (&parser, (const guchar *) text, length);

  return read_document (&reader, error);
}
