/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-flag-rows.h"

#include "stoker-switch-row.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *flag;          /* as the catalog writes it */
  const char *key;           /* in the settings */
  const char *umbrella_text; /* nullable: instead of the providers' names */
} flags[] = {
  { "enable_public_gpu", "enable-public-gpu", NULL },
  { "enable_public_image_providers", "enable-public-image-providers", NULL },
  { "enable_public_video_providers", "enable-public-video-providers", NULL },
  { "enable_public_image_video", "enable-public-image-video",
    N_ ("As if both switches above were on.") },
};

static char *
list_providers (StokerWorkspace *workspace, const char *flag)
{
  GPtrArray *profiles = stoker_catalog_get_profiles (stoker_workspace_get_catalog (workspace));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < profiles->len; i++)
    {
      const StokerProfile *profile = profiles->pdata[i];

      if (!profile->is_discontinued && g_strcmp0 (profile->feature_flag, flag) == 0)
        g_ptr_array_add (names, profile->name);
    }
  g_ptr_array_add (names, NULL);
  /* Translators: between the names of a list. */
  return g_strjoinv (_ (", "), (char **) names->pdata);
}

static GtkWidget *
make_row (StokerWorkspace *workspace, guint index)
{
  StokerSettings *settings = stoker_workspace_get_settings (workspace);
  g_autofree char *names = flags[index].umbrella_text != NULL
                             ? g_strdup (_ (flags[index].umbrella_text))
                             : list_providers (workspace, flags[index].flag);
  GtkWidget *row = stoker_switch_row_new (stoker_settings_get_flag_title (flags[index].flag),
                                          names);

  g_settings_bind (stoker_settings_get_gsettings (settings), flags[index].key, row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  return row;
}

/**
 * stoker_flag_rows_add:
 * @group: the group
 * @workspace: an open workspace whose settings exist
 *
 * Adds the rows; each is bound to its setting.
 */
void
stoker_flag_rows_add (AdwPreferencesGroup *group, StokerWorkspace *workspace)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    adw_preferences_group_add (group, make_row (workspace, i));
}
