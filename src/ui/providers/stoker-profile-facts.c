/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-profile-facts.h"

#include "stoker-phrases.h"
#include "stoker-plan-row.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerProfileFacts
{
  AdwBin parent_instance;

  GtkListBox *plans;
  GtkListBox *points;
  GtkListBox *places;
  GtkListBox *links;
  AdwPreferencesGroup *plans_group;
  AdwPreferencesGroup *points_group;
  AdwPreferencesGroup *places_group;
  AdwPreferencesGroup *links_group;
};

G_DEFINE_FINAL_TYPE (StokerProfileFacts, stoker_profile_facts, ADW_TYPE_BIN)

static void
clear_list (GtkListBox *list)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

static GtkWidget *
add_row (GtkListBox *list, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    {
      g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle, -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
    }
  gtk_list_box_append (list, row);
  return row;
}

static void
add_points (GtkListBox *list,
            GStrv points,
            const char *icon_name,
            const char *meaning,
            const char *style_class)
{
  for (gsize i = 0; points != NULL && points[i] != NULL; i++)
    {
      GtkWidget *row = add_row (list, points[i], NULL);
      GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

      gtk_widget_add_css_class (icon, style_class);
      stoker_ui_set_label (icon, meaning);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    }
}

static void
show_plans (StokerProfileFacts *self, StokerProfile *profile)
{
  gint64 now_us = g_get_real_time ();

  for (guint i = 0; profile->plans != NULL && i < profile->plans->len; i++)
    gtk_list_box_append (self->plans,
                         stoker_plan_row_new (profile, g_ptr_array_index (profile->plans, i),
                                              now_us));
}

static void
show_points (StokerProfileFacts *self, StokerProfile *profile)
{
  add_points (self->points, profile->pros, "list-add-symbolic", _ ("Strong point"), "success");
  add_points (self->points, profile->cons, "list-remove-symbolic", _ ("Weak point"), "warning");
  if (profile->best_for != NULL && *profile->best_for != '\0')
    add_row (self->points, _ ("Best for"), profile->best_for);
}

/* Ids of the regions of one residency; the one that stands for "not told" has no name. */
static char *
list_regions (StokerProfile *profile, const char *residency)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < profile->regions->len; i++)
    {
      const StokerRegion *region = g_ptr_array_index (profile->regions, i);

      if (g_str_equal (region->residency, residency) && !g_str_equal (region->id, "*"))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", region->id);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Where the data would lie is what people ask first: a row for each residency. */
static guint
show_regions (StokerProfileFacts *self, StokerProfile *profile)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint count = 0;

  for (guint i = 0; profile->regions != NULL && i < profile->regions->len; i++)
    {
      const StokerRegion *region = g_ptr_array_index (profile->regions, i);
      g_autofree char *ids = NULL;

      if (!g_hash_table_add (seen, region->residency))
        continue;
      ids = list_regions (profile, region->residency);
      if (*ids == '\0')
        continue;
      add_row (self->places, stoker_phrase_residency_title (region->residency), ids);
      count++;
    }
  return count;
}

static void
add_note (GtkListBox *list, const char *title, const char *note)
{
  if (note != NULL && *note != '\0')
    add_row (list, title, note);
}

static void
show_places (StokerProfileFacts *self, StokerProfile *profile)
{
  if (show_regions (self, profile) == 0)
    add_row (self->places, _ ("Regions"), _ ("unknown"));
  add_note (self->places, _ ("Where the Data Goes"), profile->residency_note);
  add_note (self->places, _ ("Transfer"), profile->egress_notice);
  add_note (self->places, _ ("Content"), profile->content_note);
}

static void
add_link (GtkListBox *list, const char *title, const char *uri)
{
  GtkWidget *row = NULL;
  GtkWidget *icon = NULL;

  if (uri == NULL)
    return;
  row = add_row (list, title, uri);
  icon = gtk_image_new_from_icon_name ("stoker-external-link-symbolic");
  stoker_ui_set_label (icon, _ ("Opens in the browser"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "uri", g_strdup (uri), g_free);
}

static void
link_activated_cb (StokerProfileFacts *self, GtkListBoxRow *row)
{
  const char *uri = g_object_get_data (G_OBJECT (row), "uri");

  if (uri != NULL)
    stoker_ui_show_uri (GTK_WIDGET (self), uri);
}

static void
hide_when_empty (AdwPreferencesGroup *group, GtkListBox *list)
{
  gtk_widget_set_visible (GTK_WIDGET (group),
                          gtk_widget_get_first_child (GTK_WIDGET (list)) != NULL);
}

static void
stoker_profile_facts_class_init (StokerProfileFactsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-profile-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerProfileFacts, plans);
  gtk_widget_class_bind_template_child (widget_class, StokerProfileFacts, points);
  gtk_widget_class_bind_template_child (widget_class, StokerProfileFacts, places);
  gtk_widget_class_bind_template_child (widget_class, StokerProfileFacts, links);
  gtk_widget_class_bind_template_child (widget_class, StokerProfileFacts, plans_group);
  gtk_widget_class_bind_template_child (widget_class, StokerProfileFacts, points_group);
  gtk_widget_class_bind_template_child (widget_class, StokerProfileFacts, places_group);
  gtk_widget_class_bind_template_child (widget_class, StokerProfileFacts, links_group);
  gtk_widget_class_bind_template_callback (widget_class, link_activated_cb);
}

static void
stoker_profile_facts_init (StokerProfileFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_profile_facts_set_profile:
 * @profile: (nullable): what is known of a provider
 *
 * Shows the profile.
 */
void
stoker_profile_facts_set_profile (StokerProfileFacts *self, StokerProfile *profile)
{
  g_return_if_fail (STOKER_IS_PROFILE_FACTS (self));

  clear_list (self->plans);
  clear_list (self->points);
  clear_list (self->places);
  clear_list (self->links);
  if (profile != NULL)
    {
      show_plans (self, profile);
      show_points (self, profile);
      show_places (self, profile);
      add_link (self->links, _ ("Prices"), profile->pricing_url);
      add_link (self->links, _ ("Documentation"), profile->docs_url);
      add_link (self->links, _ ("Console"), profile->console_url);
      add_link (self->links, _ ("Keys"), profile->keys_url);
    }
  hide_when_empty (self->plans_group, self->plans);
  hide_when_empty (self->points_group, self->points);
  hide_when_empty (self->places_group, self->places);
  hide_when_empty (self->links_group, self->links);
}
