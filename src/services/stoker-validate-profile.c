/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-validate-profile.h"

#include "stoker-http-connector.h"

/**
 * stoker_validate_profile:
 * @document: a catalog document
 * @file: what to call it in an error
 * @error: return location
 *
 * Use case: is a catalog document right, the manifest of its connector included?
 *
 * Returns: (transfer full): the profile, or %NULL with %STOKER_ERROR_CONFIG naming file, path and
 * mistake
 */
StokerProfile *
stoker_validate_profile (JsonNode *document, const char *file, GError **error)
{
  g_autoptr (StokerProfile) profile = stoker_profile_decode (document, file, error);

  if (profile == NULL)
    return NULL;
  if (g_strcmp0 (stoker_profile_get_connector_class (profile), "http") == 0 &&
      !stoker_http_connector_check_manifest (profile, error))
    return NULL;
  return g_steal_pointer (&profile);
}
