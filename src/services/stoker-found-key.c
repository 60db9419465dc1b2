/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-found-key.h"

#include "stoker-json-write.h"
#include "stoker-wipe.h"

/* How much of a key is shown, and how long it must be for that. */
#define SHOWN_CHARACTERS 4
#define SHORTEST_TO_SHOW 12

struct _StokerFoundKey
{
  GObject parent_instance;

  char *profile_id; /* owned */
  char *field_id;   /* owned */
  StokerFieldType type;
  StokerFoundPlace place;
  char *source; /* owned */
  char *value;  /* owned, overwritten when freed */
};

G_DEFINE_FINAL_TYPE (StokerFoundKey, stoker_found_key, G_TYPE_OBJECT)

static void
stoker_found_key_finalize (GObject *object)
{
  StokerFoundKey *self = STOKER_FOUND_KEY (object);

  g_free (self->profile_id);
  g_free (self->field_id);
  g_free (self->source);
  stoker_wipe_free (self->value);
  G_OBJECT_CLASS (stoker_found_key_parent_class)->finalize (object);
}

static void
stoker_found_key_class_init (StokerFoundKeyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_found_key_finalize;
}

static void
stoker_found_key_init (StokerFoundKey *self)
{
}

/**
 * stoker_found_key_new:
 * @profile_id: whose field
 * @field: the field it fits
 * @place: what @source is
 * @source: name of the variable, or path of the file
 * @value: what was found
 *
 * Returns: (transfer full): the find
 */
StokerFoundKey *
stoker_found_key_new (const char *profile_id,
                      const StokerAuthField *field,
                      StokerFoundPlace place,
                      const char *source,
                      const char *value)
{
  StokerFoundKey *self = g_object_new (STOKER_TYPE_FOUND_KEY, NULL);

  self->profile_id = g_strdup (profile_id);
  self->field_id = g_strdup (field->id);
  self->type = field->type;
  self->place = place;
  self->source = g_strdup (source);
  self->value = g_strdup (value);
  return self;
}

/**
 * stoker_found_key_get_profile_id:
 *
 * Returns: (transfer none): whose field it is
 */
const char *
stoker_found_key_get_profile_id (StokerFoundKey *self)
{
  g_return_val_if_fail (STOKER_IS_FOUND_KEY (self), NULL);

  return self->profile_id;
}

/**
 * stoker_found_key_get_field_id:
 *
 * Returns: (transfer none): the auth field it fits
 */
const char *
stoker_found_key_get_field_id (StokerFoundKey *self)
{
  g_return_val_if_fail (STOKER_IS_FOUND_KEY (self), NULL);

  return self->field_id;
}

/**
 * stoker_found_key_get_place:
 *
 * Returns: whether its source is a variable or a file
 */
StokerFoundPlace
stoker_found_key_get_place (StokerFoundKey *self)
{
  g_return_val_if_fail (STOKER_IS_FOUND_KEY (self), STOKER_FOUND_IN_FILE);

  return self->place;
}

/**
 * stoker_found_key_get_source:
 *
 * Returns: (transfer none): name of the variable, or path of the file with `~` for the home folder
 */
const char *
stoker_found_key_get_source (StokerFoundKey *self)
{
  g_return_val_if_fail (STOKER_IS_FOUND_KEY (self), NULL);

  return self->source;
}

/**
 * stoker_found_key_is_secret:
 *
 * Returns: whether it belongs into the keyring
 */
gboolean
stoker_found_key_is_secret (StokerFoundKey *self)
{
  g_return_val_if_fail (STOKER_IS_FOUND_KEY (self), TRUE);

  return self->type == STOKER_FIELD_SECRET;
}

/**
 * stoker_found_key_is_credential:
 *
 * Returns: whether it lets somebody in: a secret, or a file that is one. A region alone does not.
 */
gboolean
stoker_found_key_is_credential (StokerFoundKey *self)
{
  g_return_val_if_fail (STOKER_IS_FOUND_KEY (self), FALSE);

  return self->type == STOKER_FIELD_SECRET || self->type == STOKER_FIELD_PATH;
}

static char *
mask (const char *value)
{
  glong length = g_utf8_strlen (value, -1);

  if (length < SHORTEST_TO_SHOW)
    return g_strdup ("••••");
  return g_strconcat ("••••", g_utf8_offset_to_pointer (value, length - SHOWN_CHARACTERS), NULL);
}

/**
 * stoker_found_key_mask:
 *
 * Returns: (transfer full): what may be shown of it: the last four characters, of a short one
 * nothing; a region and a path as they are
 */
char *
stoker_found_key_mask (StokerFoundKey *self)
{
  g_return_val_if_fail (STOKER_IS_FOUND_KEY (self), NULL);

  switch (self->type)
    {
    case STOKER_FIELD_REGION:
    case STOKER_FIELD_PATH:
    case STOKER_FIELD_CHOICE:
      return g_strdup (self->value);
    case STOKER_FIELD_SECRET:
    case STOKER_FIELD_TEXT:
    case STOKER_FIELD_URL:
    default:
      return mask (self->value);
    }
}

/**
 * stoker_found_key_reveal:
 *
 * To be called when the user took the find over, and never to show it.
 *
 * Returns: (transfer none): the value itself
 */
const char *
stoker_found_key_reveal (StokerFoundKey *self)
{
  g_return_val_if_fail (STOKER_IS_FOUND_KEY (self), NULL);

  return self->value;
}

/**
 * stoker_found_key_to_json:
 *
 * Returns: (transfer full): `provider`, `field`, `variable` or `file`, `masked` and `secret`
 */
JsonNode *
stoker_found_key_to_json (StokerFoundKey *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *masked = NULL;

  g_return_val_if_fail (STOKER_IS_FOUND_KEY (self), NULL);

  masked = stoker_found_key_mask (self);
  stoker_json_set_text (object, "provider", self->profile_id);
  stoker_json_set_text (object, "field", self->field_id);
  stoker_json_set_text (object, self->place == STOKER_FOUND_IN_FILE ? "file" : "variable",
                        self->source);
  stoker_json_set_text (object, "masked", masked);
  json_object_set_boolean_member (object, "secret", stoker_found_key_is_secret (self));
  return json_node_init_object (json_node_alloc (), object);
}
