/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-connector-set-private.h"

#include "stoker-http-connector.h"
#include "stoker-local-connector.h"
#include "stoker-simulated-connector.h"

struct _StokerConnectorSet
{
  GObject parent_instance;

  GHashTable *connectors;   /* owned: class name → GObject */
  StokerHttpClient *client; /* owned, nullable: shared by all that speak HTTP */
};

G_DEFINE_FINAL_TYPE (StokerConnectorSet, stoker_connector_set, G_TYPE_OBJECT)

static GObject *
make_http (StokerConnectorSet *self)
{
  if (self->client == NULL)
    self->client = stoker_http_client_new ();
  return G_OBJECT (stoker_http_connector_new (self->client));
}

static GObject *
make_local (StokerConnectorSet *self)
{
  return G_OBJECT (stoker_local_connector_new ());
}

static GObject *
make_simulated (StokerConnectorSet *self)
{
  return G_OBJECT (stoker_simulated_connector_new ());
}

static const struct
{
  const char *name;
  GObject *(*make) (StokerConnectorSet *self);
} classes[] = {
  { "http", make_http },
  { "local", make_local },
  { "simulated", make_simulated },
};

static GObject *
make_connector (StokerConnectorSet *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      if (g_str_equal (classes[i].name, name))
        return classes[i].make (self);
    }
  return NULL;
}

static void
stoker_connector_set_dispose (GObject *object)
{
  StokerConnectorSet *self = STOKER_CONNECTOR_SET (object);

  g_clear_pointer (&self->connectors, g_hash_table_unref);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (stoker_connector_set_parent_class)->dispose (object);
}

static void
stoker_connector_set_class_init (StokerConnectorSetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_connector_set_dispose;
}

static void
stoker_connector_set_init (StokerConnectorSet *self)
{
  self->connectors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * stoker_connector_set_new:
 *
 * Returns: (transfer full): an empty set
 */
StokerConnectorSet *
stoker_connector_set_new (void)
{
  return g_object_new (STOKER_TYPE_CONNECTOR_SET, NULL);
}

/**
 * stoker_connector_set_lookup:
 * @self: the set
 * @profile: a profile
 *
 * Finds the connector for the class that the profile's `connector` names.
 *
 * Returns: (transfer none) (nullable): the connector, or %NULL when nothing speaks to that provider
 * yet
 */
GObject *
stoker_connector_set_lookup (StokerConnectorSet *self, StokerProfile *profile)
{
  const char *name = stoker_profile_get_connector_class (profile);
  GObject *connector;

  g_return_val_if_fail (STOKER_IS_CONNECTOR_SET (self), NULL);

  if (name == NULL)
    return NULL;

  connector = g_hash_table_lookup (self->connectors, name);
  if (connector == NULL)
    {
      connector = make_connector (self, name);
      if (connector != NULL)
        g_hash_table_insert (self->connectors, g_strdup (name), connector);
    }
  return connector;
}
