/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-gate-private.h"

#include "stoker-error.h"

#include <glib/gi18n-lib.h>

/**
 * stoker_gate_init:
 * @self: the gate
 * @settings: where the flags are
 * @connection: the provider with its credentials
 * @wants_live: whether the caller asked for a live run
 *
 * Looks at the three conditions of a live request.
 */
void
stoker_gate_init (StokerGate *self,
                  StokerSettings *settings,
                  StokerConnection *connection,
                  gboolean wants_live)
{
  StokerProfile *profile = stoker_connection_get_profile (connection);

  self->flag = profile->feature_flag;
  self->is_flag_on = stoker_settings_allows (settings, profile);
  self->has_credentials = stoker_connection_has_credentials (connection);
  self->wants_live = wants_live;
}

/**
 * stoker_gate_is_open:
 * @self: the gate
 *
 * Returns: %TRUE when the request may leave the machine
 */
gboolean
stoker_gate_is_open (const StokerGate *self)
{
  return self->is_flag_on && self->has_credentials && self->wants_live;
}

static char *
describe_flag (const StokerProfile *profile)
{
  return g_strdup_printf (_ ("live requests to %s are off: turn on “%s” first"), profile->name,
                          stoker_settings_get_flag_title (profile->feature_flag));
}

/* Also with the word by which a command or a document turns it on. */
static char *
describe_flag_and_word (const StokerProfile *profile)
{
  return g_strdup_printf (_ ("live requests to %s are off: turn on “%s” (%s) first"), profile->name,
                          stoker_settings_get_flag_title (profile->feature_flag),
                          profile->feature_flag);
}

static char *
describe_key (const StokerProfile *profile)
{
  return g_strdup_printf (_ ("no key for %s is known"), profile->name);
}

/**
 * stoker_gate_list_obstacles:
 * @self: the gate
 * @profile: the profile it was made for
 *
 * Returns: (transfer full) (element-type utf8): a sentence for each thing beside the caller's wish
 * that is missing
 */
GPtrArray *
stoker_gate_list_obstacles (const StokerGate *self, const StokerProfile *profile)
{
  GPtrArray *obstacles = g_ptr_array_new_with_free_func (g_free);

  if (!self->is_flag_on)
    g_ptr_array_add (obstacles, describe_flag (profile));
  if (!self->has_credentials)
    g_ptr_array_add (obstacles, describe_key (profile));
  return obstacles;
}

/**
 * stoker_gate_require_open:
 * @self: the gate
 * @profile: the profile it was made for
 * @error: return location
 *
 * Returns: %TRUE when the request may leave the machine; else %FALSE with %STOKER_ERROR_HELD and
 * all that is missing
 */
gboolean
stoker_gate_require_open (const StokerGate *self, const StokerProfile *profile, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *flag = describe_flag_and_word (profile);
  g_autofree char *key = describe_key (profile);
  g_auto (GStrv) obstacles = NULL;
  g_autofree char *text = NULL;

  if (stoker_gate_is_open (self))
    return TRUE;
  if (!self->is_flag_on)
    g_strv_builder_add (builder, flag);
  if (!self->has_credentials)
    g_strv_builder_add (builder, key);
  obstacles = g_strv_builder_end (builder);
  text = g_strjoinv ("; ", obstacles);
  g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_HELD, text);
  return FALSE;
}

/**
 * stoker_gate_require_flag:
 * @settings: where the flags are
 * @profile: a profile
 * @error: return location
 *
 * Returns: %TRUE when the feature flag is on; else %FALSE with %STOKER_ERROR_HELD
 */
gboolean
stoker_gate_require_flag (StokerSettings *settings, const StokerProfile *profile, GError **error)
{
  g_autofree char *text = NULL;

  if (stoker_settings_allows (settings, profile))
    return TRUE;
  text = describe_flag_and_word (profile);
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_HELD, "%s", text);
  return FALSE;
}
