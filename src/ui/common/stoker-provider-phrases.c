/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-phrases.h"

#include <glib/gi18n-lib.h>

/* As the catalog calls it, and as it is stored. */
#define LOCAL_NAME "This computer"

/**
 * stoker_phrase_provider_name:
 * @provider: a registered provider
 *
 * Names of providers are proper names, or what their user called them. Only that of this computer
 * is a word of the language, as long as nobody gave it another.
 *
 * Returns: (transfer none): its name for people
 */
const char *
stoker_phrase_provider_name (StokerProvider *provider)
{
  const char *name = stoker_provider_get_name (provider);

  if (g_str_equal (stoker_provider_get_id (provider), STOKER_PROVIDER_LOCAL_ID) &&
      g_strcmp0 (name, LOCAL_NAME) == 0)
    return _ ("This computer");
  return name;
}

/**
 * stoker_phrase_template_name:
 * @profile: a provider of the catalog
 *
 * Returns: (transfer none): its name for people
 */
const char *
stoker_phrase_template_name (const StokerProfile *profile)
{
  return g_str_equal (profile->id, STOKER_PROVIDER_LOCAL_ID) ? _ ("This computer") : profile->name;
}

/**
 * stoker_phrase_provider_of:
 * @workspace: (nullable): where it is registered
 * @id: id of a provider, which may be gone
 *
 * Returns: (transfer none): its name for people; @id when it is not registered
 */
const char *
stoker_phrase_provider_of (StokerWorkspace *workspace, const char *id)
{
  StokerProvider *provider = workspace != NULL ? stoker_workspace_lookup_provider (workspace, id)
                                               : NULL;

  return provider != NULL ? stoker_phrase_provider_name (provider) : id;
}

/**
 * stoker_phrase_provider_written:
 * @provider: a registered provider whose name a person was shown to change
 * @written: what stands there now
 *
 * Returns: (transfer none): the name to store, which is the one it has when nothing was changed
 */
const char *
stoker_phrase_provider_written (StokerProvider *provider, const char *written)
{
  return g_strcmp0 (written, stoker_phrase_provider_name (provider)) == 0
           ? stoker_provider_get_name (provider)
           : written;
}
