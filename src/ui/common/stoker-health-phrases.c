/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-health-phrases.h"

#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* This computer needs no check to be there. */
static gboolean
is_here (StokerProvider *provider)
{
  return stoker_provider_get_health (provider) == NULL &&
         g_str_equal (stoker_provider_get_id (provider), STOKER_PROVIDER_LOCAL_ID);
}

/**
 * stoker_phrase_provider_health:
 * @provider: a registered provider
 *
 * Returns: (transfer full): a few words for beside its dot: "Off", "Here", or what the last check
 * said
 */
char *
stoker_phrase_provider_health (StokerProvider *provider)
{
  if (!stoker_provider_get_active (provider))
    return g_strdup (_ ("Off"));
  if (is_here (provider))
    return g_strdup (_ ("Here"));
  return stoker_phrase_health (stoker_provider_get_health (provider));
}

/**
 * stoker_health_dot_show:
 * @dot: a label, beside the words
 * @provider: a registered provider
 *
 * Draws the dot of a provider: full in the colour of its state, hollow while that is not known or
 * does not matter.
 */
void
stoker_health_dot_show (GtkLabel *dot, StokerProvider *provider)
{
  StokerHealth *health = stoker_provider_get_health (provider);
  gboolean is_on = stoker_provider_get_active (provider);

  gtk_label_set_label (dot, is_on && (health != NULL || is_here (provider)) ? "●" : "○");
  if (!is_on)
    stoker_ui_set_state_class (GTK_WIDGET (dot), "dim-label");
  else
    stoker_ui_set_state_class (GTK_WIDGET (dot), is_here (provider)
                                                   ? "success"
                                                   : stoker_phrase_health_class (health));
}
