/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-setup-entry.h"

static char *
make_id (const StokerProfile *profile, guint number)
{
  return number == 1 ? g_strdup (profile->id) : g_strdup_printf ("%s-%u", profile->id, number);
}

/**
 * stoker_setup_find_free_number:
 *
 * A second provider of the same kind gets a number: "runpod", "runpod-2", …
 *
 * Returns: the first that is free
 */
guint
stoker_setup_find_free_number (StokerWorkspace *workspace, const StokerProfile *profile)
{
  for (guint number = 1;; number++)
    {
      g_autofree char *id = make_id (profile, number);

      if (stoker_workspace_lookup_provider (workspace, id) == NULL)
        return number;
    }
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

/**
 * stoker_setup_build_entry:
 * @workspace: to find a free id
 * @profile: the template
 * @name: the name to show
 * @form: filled
 *
 * Returns: (transfer full): the template form of a registration, without secrets
 */
JsonNode *
stoker_setup_build_entry (StokerWorkspace *workspace,
                          const StokerProfile *profile,
                          const char *name,
                          StokerAuthForm *form)
{
  g_autoptr (GHashTable) config = stoker_auth_form_list_config (form);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *id = make_id (profile, stoker_setup_find_free_number (workspace, profile));
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "template_id", profile->id);
  add_text (builder, "id", id);
  add_text (builder, "name", name);
  json_builder_set_member_name (builder, "config");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, config);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (*(const char *) value != '\0')
      add_text (builder, key, value);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * stoker_setup_change_entry:
 * @provider: a registered provider
 * @name: the name to show
 * @form: filled
 *
 * Takes the form over, except for its secrets. The provider is to be stored after this.
 */
void
stoker_setup_change_entry (StokerProvider *provider, const char *name, StokerAuthForm *form)
{
  g_autoptr (GHashTable) config = stoker_auth_form_list_config (form);
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  stoker_provider_set_name (provider, name);
  g_hash_table_iter_init (&iter, config);
  while (g_hash_table_iter_next (&iter, &key, &value))
    stoker_provider_set_config (provider, key, *(const char *) value != '\0' ? value : NULL);
}
