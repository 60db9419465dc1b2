/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-place-group.h"

#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-tick-row.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerPlaceGroup
{
  AdwPreferencesGroup parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  GPtrArray *provider_ids;    /* owned, of char*: of the rows after the first */
  gboolean is_filling;

  StokerTickRow *residency_row;
  AdwEntryRow *regions_row;
  AdwComboRow *preferred_row;
  GtkSwitch *spot_switch;
  StokerTickRow *opt_in_row;
};

G_DEFINE_FINAL_TYPE (StokerPlaceGroup, stoker_place_group, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

static const char *const residency_tags[] = { "eu", "us", "uk", "ca", "jp", "ap", "au", "on-prem" };

static void
changed_cb (StokerPlaceGroup *self)
{
  if (!self->is_filling)
    g_signal_emit (self, changed_signal, 0);
}

static void
add_residency (StokerPlaceGroup *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (residency_tags); i++)
    {
      g_autofree char *place = stoker_phrase_residency (residency_tags[i]);

      stoker_tick_row_add (self->residency_row, residency_tags[i], place, NULL);
    }
}

static const char *
get_preferred (StokerPlaceGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->preferred_row);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION || selected > self->provider_ids->len)
    return NULL;
  return g_ptr_array_index (self->provider_ids, selected - 1);
}

static void
add_provider (StokerPlaceGroup *self, GtkStringList *names, const char *id, const char *name)
{
  gtk_string_list_append (names, name);
  g_ptr_array_add (self->provider_ids, g_strdup (id));
}

/* One that a file prefers and that is not registered stays to choose from. */
static void
show_providers (StokerPlaceGroup *self, const char *preferred)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *wanted = g_strdup (preferred);
  GListModel *providers = self->workspace != NULL ? stoker_workspace_get_providers (self->workspace)
                                                  : NULL;
  guint index = 0;

  g_ptr_array_set_size (self->provider_ids, 0);
  gtk_string_list_append (names, _ ("The best one"));
  for (guint i = 0; providers != NULL && i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      add_provider (self, names, stoker_provider_get_id (provider),
                    stoker_phrase_provider_name (provider));
    }
  if (wanted != NULL &&
      !g_ptr_array_find_with_equal_func (self->provider_ids, wanted, g_str_equal, &index))
    {
      index = self->provider_ids->len;
      add_provider (self, names, wanted, wanted);
    }
  adw_combo_row_set_model (self->preferred_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->preferred_row, wanted != NULL ? index + 1 : 0);
}

static void
providers_changed_cb (StokerPlaceGroup *self)
{
  gboolean was_filling = self->is_filling;

  self->is_filling = TRUE;
  show_providers (self, get_preferred (self));
  self->is_filling = was_filling;
}

static void
show_markets (StokerPlaceGroup *self)
{
  GPtrArray *profiles = stoker_catalog_get_profiles (
    stoker_workspace_get_catalog (self->workspace));
  g_auto (GStrv) ticked = stoker_tick_row_list_ticked (self->opt_in_row);
  gboolean has_any = FALSE;

  stoker_tick_row_clear (self->opt_in_row);
  for (guint i = 0; i < profiles->len; i++)
    {
      const StokerProfile *profile = g_ptr_array_index (profiles, i);

      if (profile->opt_in_warning == NULL || profile->is_discontinued)
        continue;
      stoker_tick_row_add (self->opt_in_row, profile->id, profile->name, profile->opt_in_warning);
      has_any = TRUE;
    }
  stoker_tick_row_set_ticked (self->opt_in_row, (const char *const *) ticked);
  gtk_widget_set_visible (GTK_WIDGET (self->opt_in_row), has_any);
}

static void
stoker_place_group_dispose (GObject *object)
{
  stoker_place_group_set_workspace (STOKER_PLACE_GROUP (object), NULL);
  G_OBJECT_CLASS (stoker_place_group_parent_class)->dispose (object);
}

static void
stoker_place_group_finalize (GObject *object)
{
  g_ptr_array_unref (STOKER_PLACE_GROUP (object)->provider_ids);
  G_OBJECT_CLASS (stoker_place_group_parent_class)->finalize (object);
}

static void
stoker_place_group_class_init (StokerPlaceGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_place_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_place_group_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STOKER_TYPE_TICK_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-place-group.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerPlaceGroup, residency_row);
  gtk_widget_class_bind_template_child (widget_class, StokerPlaceGroup, regions_row);
  gtk_widget_class_bind_template_child (widget_class, StokerPlaceGroup, preferred_row);
  gtk_widget_class_bind_template_child (widget_class, StokerPlaceGroup, spot_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerPlaceGroup, opt_in_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
stoker_place_group_init (StokerPlaceGroup *self)
{
  self->is_filling = TRUE;
  self->provider_ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_residency (self);
  show_providers (self, NULL);
  self->is_filling = FALSE;
}

/**
 * stoker_place_group_set_workspace:
 * @workspace: (nullable): whose providers can be preferred
 */
void
stoker_place_group_set_workspace (StokerPlaceGroup *self, StokerWorkspace *workspace)
{
  g_return_if_fail (STOKER_IS_PLACE_GROUP (self));

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (stoker_workspace_get_providers (self->workspace), self);
  g_set_object (&self->workspace, workspace);
  if (workspace == NULL)
    return;
  g_signal_connect_swapped (stoker_workspace_get_providers (workspace), "items-changed",
                            G_CALLBACK (providers_changed_cb), self);
  providers_changed_cb (self);
  show_markets (self);
}

/**
 * stoker_place_group_fill:
 * @draft: what to show
 */
void
stoker_place_group_fill (StokerPlaceGroup *self, const StokerWorkloadDraft *draft)
{
  g_autofree char *regions = draft->regions != NULL ? g_strjoinv (", ", draft->regions)
                                                    : g_strdup ("");

  g_return_if_fail (STOKER_IS_PLACE_GROUP (self));

  self->is_filling = TRUE;
  stoker_tick_row_set_ticked (self->residency_row, (const char *const *) draft->residency);
  stoker_tick_row_set_ticked (self->opt_in_row, (const char *const *) draft->opt_in);
  gtk_editable_set_text (GTK_EDITABLE (self->regions_row), regions);
  show_providers (self, draft->preferred_provider);
  gtk_switch_set_active (self->spot_switch, draft->allows_spot);
  self->is_filling = FALSE;
}

/* "EU-RO-1, eu-west-1" */
static GStrv
split_regions (const char *text)
{
  g_autoptr (GStrvBuilder) regions = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit_set (text, ", ", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (regions, parts[i]);
  return g_strv_builder_end (regions);
}

/**
 * stoker_place_group_collect:
 * @draft: takes what the group says
 */
void
stoker_place_group_collect (StokerPlaceGroup *self, StokerWorkloadDraft *draft)
{
  g_return_if_fail (STOKER_IS_PLACE_GROUP (self));

  draft->residency = stoker_tick_row_list_ticked (self->residency_row);
  draft->opt_in = stoker_tick_row_list_ticked (self->opt_in_row);
  draft->regions = split_regions (gtk_editable_get_text (GTK_EDITABLE (self->regions_row)));
  draft->preferred_provider = g_strdup (get_preferred (self));
  draft->allows_spot = gtk_switch_get_active (self->spot_switch);
}
