/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-private.h"

/**
 * stoker_provider_copy:
 *
 * What is known of the provider now, for a thread: nobody changes the copy.
 *
 * Returns: (transfer full): a provider that says the same
 */
StokerProvider *
stoker_provider_copy (StokerProvider *self)
{
  g_auto (StokerProviderForm) form;
  StokerHealth *health = stoker_provider_get_health (self);
  StokerProvider *copy = NULL;
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  stoker_provider_form_init (&form);
  form.id = g_strdup (stoker_provider_get_id (self));
  form.name = g_strdup (stoker_provider_get_name (self));
  form.kind = g_strdup (stoker_provider_get_kind (self));
  form.service = g_strdup (stoker_provider_get_service (self));
  form.template_id = g_strdup (stoker_provider_get_template_id (self));
  form.base_url = g_strdup (stoker_provider_get_base_url (self));
  form.is_active = stoker_provider_get_active (self);
  form.priority = stoker_provider_get_priority (self);
  form.is_opted_in = stoker_provider_get_opted_in (self);
  form.meta = json_node_init_object (json_node_alloc (), stoker_provider_get_meta (self));
  form.health = health != NULL ? stoker_health_ref (health) : NULL;
  copy = stoker_provider_new_from_form (&form);

  g_hash_table_iter_init (&iter, stoker_provider_list_config (self));
  while (g_hash_table_iter_next (&iter, &key, &value))
    stoker_provider_set_config (copy, key, value);
  return copy;
}
