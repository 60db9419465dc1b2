/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider.h"

#include "stoker-json-write.h"
#include "stoker-provider-private.h"

#define KIND_REMOTE "remote"
#define KIND_LOCAL "local"
#define DEFAULT_PRIORITY 10

struct _StokerProvider
{
  GObject parent_instance;

  char *id;          /* owned */
  char *name;        /* owned */
  char *kind;        /* owned: "local" or "remote", or what an import said */
  char *service;     /* owned */
  char *template_id; /* owned: id of its profile */
  char *base_url;    /* owned, nullable */
  gboolean is_active;
  int priority; /* lower is tried first */
  gboolean is_opted_in;
  GHashTable *config;   /* owned: key → value, both owned; no secrets */
  JsonNode *meta;       /* owned: an object, kept as it was given */
  StokerHealth *health; /* owned, nullable: never checked */
};

G_DEFINE_FINAL_TYPE (StokerProvider, stoker_provider, G_TYPE_OBJECT)

typedef enum {
  PROP_ID = 1,
  PROP_NAME,
  PROP_KIND,
  PROP_SERVICE,
  PROP_BASE_URL,
  PROP_ACTIVE,
  PROP_PRIORITY,
  PROP_OPTED_IN,
  PROP_HEALTH,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

static void
stoker_provider_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  StokerProvider *self = STOKER_PROVIDER (object);

  switch ((Property) property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;
    case PROP_SERVICE:
      g_value_set_string (value, self->service);
      break;
    case PROP_BASE_URL:
      g_value_set_string (value, self->base_url);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->is_active);
      break;
    case PROP_PRIORITY:
      g_value_set_int (value, self->priority);
      break;
    case PROP_OPTED_IN:
      g_value_set_boolean (value, self->is_opted_in);
      break;
    case PROP_HEALTH:
      g_value_set_boxed (value, self->health);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
stoker_provider_finalize (GObject *object)
{
  StokerProvider *self = STOKER_PROVIDER (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->kind);
  g_free (self->service);
  g_free (self->template_id);
  g_free (self->base_url);
  g_clear_pointer (&self->config, g_hash_table_unref);
  g_clear_pointer (&self->meta, json_node_unref);
  g_clear_pointer (&self->health, stoker_health_unref);

  G_OBJECT_CLASS (stoker_provider_parent_class)->finalize (object);
}

static void
stoker_provider_class_init (StokerProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = stoker_provider_get_property;
  object_class->finalize = stoker_provider_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  properties[PROP_SERVICE] = g_param_spec_string ("service", NULL, NULL, NULL, flags);
  properties[PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, NULL, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, TRUE, flags);
  properties[PROP_PRIORITY] = g_param_spec_int ("priority", NULL, NULL, G_MININT, G_MAXINT,
                                                DEFAULT_PRIORITY, flags);
  properties[PROP_OPTED_IN] = g_param_spec_boolean ("opted-in", NULL, NULL, FALSE, flags);
  properties[PROP_HEALTH] = g_param_spec_boxed ("health", NULL, NULL, STOKER_TYPE_HEALTH, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_provider_init (StokerProvider *self)
{
  g_autoptr (JsonObject) meta = json_object_new ();

  self->is_active = TRUE;
  self->priority = DEFAULT_PRIORITY;
  self->config = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->meta = json_node_init_object (json_node_alloc (), meta);
}

/*
 * stoker_provider_new_from_form:
 * @form: the members of a registry entry; its texts and trees are taken over
 *
 * Returns: (transfer full): the provider
 */
StokerProvider *
stoker_provider_new_from_form (StokerProviderForm *form)
{
  StokerProvider *self = g_object_new (STOKER_TYPE_PROVIDER, NULL);

  self->id = g_steal_pointer (&form->id);
  self->name = g_steal_pointer (&form->name);
  self->kind = g_steal_pointer (&form->kind);
  self->service = g_steal_pointer (&form->service);
  self->template_id = g_steal_pointer (&form->template_id);
  self->base_url = g_steal_pointer (&form->base_url);
  self->is_active = form->is_active;
  self->priority = form->priority;
  self->is_opted_in = form->is_opted_in;
  self->health = g_steal_pointer (&form->health);
  if (form->meta != NULL)
    {
      g_clear_pointer (&self->meta, json_node_unref);
      self->meta = g_steal_pointer (&form->meta);
    }

  return self;
}

/*
 * stoker_provider_form_init:
 * @form: (out caller-allocates): becomes the form with the defaults of a new entry
 */
void
stoker_provider_form_init (StokerProviderForm *form)
{
  *form = (StokerProviderForm){ .is_active = TRUE, .priority = DEFAULT_PRIORITY };
}

/*
 * stoker_provider_form_clear:
 * @form: a form
 *
 * Frees what is left in it.
 */
void
stoker_provider_form_clear (StokerProviderForm *form)
{
  g_free (form->id);
  g_free (form->name);
  g_free (form->kind);
  g_free (form->service);
  g_free (form->template_id);
  g_free (form->base_url);
  g_clear_pointer (&form->meta, json_node_unref);
  g_clear_pointer (&form->health, stoker_health_unref);
}

/*
 * stoker_provider_kind_for:
 * @id: id of a profile
 *
 * Returns: (transfer none): the `kind` of a registry entry made from it
 */
const char *
stoker_provider_kind_for (const char *id)
{
  return g_str_equal (id, STOKER_PROVIDER_LOCAL_ID) ? KIND_LOCAL : KIND_REMOTE;
}

/**
 * stoker_provider_new_from_profile:
 * @profile: what kind of provider it is
 * @id: its id in the registry
 *
 * Returns: (transfer full): an active provider with the profile's name and addresses, and no
 * configuration
 */
StokerProvider *
stoker_provider_new_from_profile (StokerProfile *profile, const char *id)
{
  g_auto (StokerProviderForm) form;

  stoker_provider_form_init (&form);
  form.id = g_strdup (id);
  form.name = g_strdup (profile->name);
  form.kind = g_strdup (stoker_provider_kind_for (profile->id));
  form.service = g_strdup (profile->service);
  form.template_id = g_strdup (profile->id);
  form.base_url = g_strdup (profile->base_url);

  return stoker_provider_new_from_form (&form);
}

static JsonObject *
config_to_json (StokerProvider *self)
{
  g_autoptr (GList)
    keys = g_list_sort (g_hash_table_get_keys (self->config), (GCompareFunc) g_strcmp0);
  JsonObject *object = json_object_new ();

  for (GList *key = keys; key != NULL; key = key->next)
    json_object_set_string_member (object, key->data,
                                   g_hash_table_lookup (self->config, key->data));

  return object;
}

/**
 * stoker_provider_to_json:
 *
 * Returns: (transfer full): the registry entry in the form of the seeds, with `template_id` and
 * `opted_in` added; without any secret
 */
JsonNode *
stoker_provider_to_json (StokerProvider *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  g_return_val_if_fail (STOKER_IS_PROVIDER (self), NULL);

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "kind", self->kind);
  json_object_set_string_member (object, "service", self->service);
  stoker_json_set_text (object, "template_id", self->template_id);
  stoker_json_set_text (object, "base_url", self->base_url);
  json_object_set_boolean_member (object, "active", self->is_active);
  json_object_set_int_member (object, "priority", self->priority);
  json_object_set_boolean_member (object, "opted_in", self->is_opted_in);
  stoker_json_set_copy (object, "meta", self->meta);
  json_object_set_object_member (object, "config", config_to_json (self));
  if (self->health != NULL)
    json_object_set_member (object, "last_health", stoker_health_to_json (self->health));
  else
    json_object_set_null_member (object, "last_health");

  return json_node_init_object (json_node_alloc (), object);
}

/**
 * stoker_provider_get_id:
 *
 * Returns: (transfer none): its id in the registry
 */
const char *
stoker_provider_get_id (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), NULL);

  return self->id;
}

/**
 * stoker_provider_get_name:
 *
 * Returns: (transfer none): what people call it
 */
const char *
stoker_provider_get_name (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), NULL);

  return self->name;
}

/**
 * stoker_provider_get_kind:
 *
 * Returns: (transfer none): `local` for this machine, else `remote` or what an import said
 */
const char *
stoker_provider_get_kind (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), NULL);

  return self->kind;
}

/**
 * stoker_provider_get_service:
 *
 * Returns: (transfer none): the service of its profile
 */
const char *
stoker_provider_get_service (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), NULL);

  return self->service;
}

/**
 * stoker_provider_get_template_id:
 *
 * Returns: (transfer none): id of its profile, which the catalog may lack
 */
const char *
stoker_provider_get_template_id (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), NULL);

  return self->template_id;
}

/**
 * stoker_provider_get_base_url:
 *
 * Returns: (transfer none) (nullable): where it is
 */
const char *
stoker_provider_get_base_url (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), NULL);

  return self->base_url;
}

/**
 * stoker_provider_get_active:
 *
 * Returns: whether it may be used
 */
gboolean
stoker_provider_get_active (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), FALSE);

  return self->is_active;
}

/**
 * stoker_provider_get_priority:
 *
 * Returns: its place in the order; the lower one is tried first
 */
int
stoker_provider_get_priority (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), 0);

  return self->priority;
}

/**
 * stoker_provider_get_config:
 * @key: id of a field that is no secret
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
stoker_provider_get_config (StokerProvider *self, const char *key)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), NULL);

  return g_hash_table_lookup (self->config, key);
}

/**
 * stoker_provider_list_config:
 *
 * Returns: (transfer none) (element-type utf8 utf8): the whole configuration, not to be changed
 */
GHashTable *
stoker_provider_list_config (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), NULL);

  return self->config;
}

/**
 * stoker_provider_get_meta:
 *
 * Returns: (transfer none): what an import or the user added to the profile; never %NULL, not to be
 * changed
 */
JsonObject *
stoker_provider_get_meta (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), NULL);

  return json_node_get_object (self->meta);
}

/**
 * stoker_provider_get_opted_in:
 *
 * Returns: whether the user accepted the warning of a risky market
 */
gboolean
stoker_provider_get_opted_in (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), FALSE);

  return self->is_opted_in;
}

/**
 * stoker_provider_get_health:
 *
 * Returns: (transfer none) (nullable): outcome of the last check, %NULL when there was none
 */
StokerHealth *
stoker_provider_get_health (StokerProvider *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER (self), NULL);

  return self->health;
}

static void
set_text (StokerProvider *self, char **field, const char *value, Property property)
{
  if (g_strcmp0 (*field, value) == 0)
    return;

  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/**
 * stoker_provider_set_name:
 * @name: what people call it
 */
void
stoker_provider_set_name (StokerProvider *self, const char *name)
{
  g_return_if_fail (STOKER_IS_PROVIDER (self) && name != NULL);

  set_text (self, &self->name, name, PROP_NAME);
}

/**
 * stoker_provider_set_base_url:
 * @base_url: (nullable): where it is
 */
void
stoker_provider_set_base_url (StokerProvider *self, const char *base_url)
{
  g_return_if_fail (STOKER_IS_PROVIDER (self));

  set_text (self, &self->base_url, base_url, PROP_BASE_URL);
}

/**
 * stoker_provider_set_active:
 * @active: whether it may be used
 */
void
stoker_provider_set_active (StokerProvider *self, gboolean active)
{
  g_return_if_fail (STOKER_IS_PROVIDER (self));

  active = !!active;
  if (self->is_active == active)
    return;

  self->is_active = active;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/**
 * stoker_provider_set_priority:
 * @priority: its place in the order
 */
void
stoker_provider_set_priority (StokerProvider *self, int priority)
{
  g_return_if_fail (STOKER_IS_PROVIDER (self));

  if (self->priority == priority)
    return;

  self->priority = priority;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRIORITY]);
}

/**
 * stoker_provider_set_config:
 * @key: id of a field that is no secret
 * @value: (nullable): its value; %NULL takes it out
 */
void
stoker_provider_set_config (StokerProvider *self, const char *key, const char *value)
{
  g_return_if_fail (STOKER_IS_PROVIDER (self) && key != NULL);

  if (value != NULL)
    g_hash_table_insert (self->config, g_strdup (key), g_strdup (value));
  else
    g_hash_table_remove (self->config, key);
}

/**
 * stoker_provider_set_opted_in:
 * @opted_in: whether the user accepted the warning
 */
void
stoker_provider_set_opted_in (StokerProvider *self, gboolean opted_in)
{
  g_return_if_fail (STOKER_IS_PROVIDER (self));

  opted_in = !!opted_in;
  if (self->is_opted_in == opted_in)
    return;

  self->is_opted_in = opted_in;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPTED_IN]);
}

/**
 * stoker_provider_set_health:
 * @health: (nullable): outcome of a check
 */
void
stoker_provider_set_health (StokerProvider *self, StokerHealth *health)
{
  g_return_if_fail (STOKER_IS_PROVIDER (self));

  if (self->health == health)
    return;

  g_clear_pointer (&self->health, stoker_health_unref);
  if (health != NULL)
    self->health = stoker_health_ref (health);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEALTH]);
}
