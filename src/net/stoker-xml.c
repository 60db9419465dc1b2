/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-xml.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

static JsonNode *read_element (xmlNode *element, guint depth);

/* The names that lists are made of at Amazon and elsewhere: an array also when there is one. */
static gboolean
is_list_element (const char *name)
{
  return g_str_equal (name, "item") || g_str_equal (name, "member");
}

/* A second element of the same name makes an array of the first. */
static void
add_member (JsonObject *object, const char *name, JsonNode *value)
{
  g_autoptr (JsonNode) whole = json_node_init_object (json_node_alloc (), object);
  StokerJsonPlace place = stoker_json_root (whole, "answer");
  JsonNode *present = stoker_json_member (&place, name).node;
  g_autoptr (JsonArray) list = NULL;

  if (present == NULL && !is_list_element (name))
    {
      json_object_set_member (object, name, value);
      return;
    }
  if (present != NULL && JSON_NODE_HOLDS_ARRAY (present))
    {
      json_array_add_element (json_node_get_array (present), value);
      return;
    }
  list = json_array_new ();
  if (present != NULL)
    json_array_add_element (list, json_node_copy (present));
  json_array_add_element (list, value);
  json_object_set_array_member (object, name, g_steal_pointer (&list));
}

static JsonNode *
read_text (xmlNode *element)
{
  xmlChar *content = xmlNodeGetContent (element);
  JsonNode *text = json_node_init_string (json_node_alloc (),
                                          content != NULL ? (const char *) content : "");

  xmlFree (content);

  return text;
}

static JsonNode *
read_element (xmlNode *element, guint depth)
{
  g_autoptr (JsonObject) object = NULL;

  for (xmlNode *child = element->children; child != NULL; child = child->next)
    {
      if (child->type != XML_ELEMENT_NODE || depth >= STOKER_JSON_MAX_DEPTH)
        continue;
      if (object == NULL)
        object = json_object_new ();
      add_member (object, (const char *) child->name, read_element (child, depth + 1));
    }
  if (object == NULL)
    return read_text (element);

  return json_node_init_object (json_node_alloc (), object);
}

/**
 * stoker_xml_parse:
 * @text: a document from outside
 * @length: of it, at most %STOKER_JSON_MAX_BYTES
 *
 * Reads XML into the same kind of tree as JSON: the root is its element's content, an element with
 * others inside is an object, one that comes more than once (and each `item` and `member`) an
 * array, any other a string. Names lose their namespaces; attributes are not read. Nothing is
 * loaded from anywhere, and a document with a DTD (and so with entities of its own) is refused.
 *
 * Returns: (transfer full) (nullable): the tree; %NULL with %STOKER_ERROR_PROTOCOL
 */
JsonNode *
stoker_xml_parse (const char *text, gsize length, GError **error)
{
  static const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  static gsize is_ready = 0;
  g_autoptr (xmlDoc) document = NULL;
  xmlNode *root = NULL;

  /* Documents are read on several threads, and the library does not see to its own beginning. */
  if (g_once_init_enter (&is_ready))
    {
      xmlInitParser ();
      g_once_init_leave (&is_ready, 1);
    }
  if (length > 0 && length <= STOKER_JSON_MAX_BYTES)
    document = xmlReadMemory (text, (int) length, NULL, NULL, options);
  if (document != NULL && document->intSubset == NULL)
    root = xmlDocGetRootElement (document);
  if (root == NULL)
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL, "not the XML it should be");
      return NULL;
    }

  return read_element (root, 0);
}
