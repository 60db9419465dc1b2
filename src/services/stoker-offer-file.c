/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-live-offers-private.h"

#include "stoker-error.h"
#include "stoker-json-write.h"
#include "stoker-json.h"
#include "stoker-time.h"

#define SCHEMA 1

/**
 * stoker_offer_file_free:
 * @self: (transfer full): an answer
 */
void
stoker_offer_file_free (StokerOfferFile *self)
{
  g_free (self->provider_id);
  g_free (self->settings);
  g_clear_object (&self->offers);
  g_free (self);
}

static gboolean
read_head (StokerOfferFile *self, const StokerJsonPlace *root, GError **error)
{
  StokerJsonPlace place = stoker_json_member (root, "asked_at");
  g_autofree char *asked_at = NULL;
  gint64 schema = 0;

  if (!stoker_json_expect_object (root, error) ||
      !stoker_json_get_int (root, "schema", STOKER_JSON_REQUIRED, SCHEMA, SCHEMA, &schema, error) ||
      !stoker_json_get_string (root, "provider", STOKER_JSON_REQUIRED, &self->provider_id, error) ||
      !stoker_json_get_string (root, "settings", STOKER_JSON_REQUIRED, &self->settings, error) ||
      !stoker_json_get_string (root, "asked_at", STOKER_JSON_REQUIRED, &asked_at, error))
    return FALSE;
  self->asked_us = stoker_time_parse (asked_at);
  if (self->asked_us == 0)
    stoker_json_set_error (error, &place, "“%s” is no time", asked_at);
  return self->asked_us != 0;
}

/**
 * stoker_offer_file_read:
 * @path: a file that stoker_offer_file_write() wrote
 * @catalog: whose profiles and plans the offers are of
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the answer; %NULL with %STOKER_ERROR_CONFIG naming file,
 * place and mistake
 */
StokerOfferFile *
stoker_offer_file_read (const char *path, StokerCatalog *catalog, GError **error)
{
  g_autoptr (StokerOfferFile) self = g_new0 (StokerOfferFile, 1);
  g_autoptr (JsonNode) document = stoker_json_load_file (path, STOKER_JSON_MAX_BYTES, error);
  StokerJsonPlace root = stoker_json_root (document, path);
  StokerJsonPlace offers;
  StokerJsonPlace description;

  if (document == NULL || !read_head (self, &root, error))
    return NULL;
  offers = stoker_json_member (&root, "offers");
  self->offers = stoker_offer_table_new (catalog);
  if (offers.node == NULL)
    {
      stoker_json_set_error (error, &offers, "is missing");
      return NULL;
    }
  if (!stoker_offer_table_append_json (self->offers, catalog, offers.node, path, error))
    return NULL;
  description = stoker_json_member (&root, "description");
  if (stoker_json_is_present (&description) && !stoker_json_expect_object (&description, error))
    return NULL;
  if (stoker_json_is_present (&description))
    stoker_offer_table_describe (self->offers, description.node);
  return g_steal_pointer (&self);
}

static JsonNode *
make_document (const StokerOfferFile *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *offers = json_array_new ();

  for (guint i = 0; i < stoker_offer_table_get_length (self->offers); i++)
    json_array_add_element (offers,
                            stoker_offer_to_json (stoker_offer_table_get (self->offers, i)));
  json_object_set_int_member (object, "schema", SCHEMA);
  stoker_json_set_text (object, "provider", self->provider_id);
  stoker_json_set_text (object, "settings", self->settings);
  stoker_json_set_time (object, "asked_at", self->asked_us);
  json_object_set_array_member (object, "offers", offers);
  if (stoker_offer_table_get_description (self->offers) != NULL)
    stoker_json_set_copy (object, "description", stoker_offer_table_get_description (self->offers));
  return json_node_init_object (json_node_alloc (), object);
}

/**
 * stoker_offer_file_write:
 * @self: an answer
 * @path: where to
 * @error: return location
 *
 * Puts a whole new file into the place of the old one: whenever the program or the machine stops,
 * one of them is there.
 *
 * Returns: %FALSE with %STOKER_ERROR_STORAGE
 */
gboolean
stoker_offer_file_write (const StokerOfferFile *self, const char *path, GError **error)
{
  g_autoptr (JsonNode) document = make_document (self);
  g_autofree char *text = stoker_json_to_string (document, FALSE);
  g_autoptr (GError) local_error = NULL;

  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local_error))
    return TRUE;
  g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_STORAGE, local_error->message);
  return FALSE;
}
