/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-gallery-window.h"

#include "stoker-found-section.h"
#include "stoker-gallery-card.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerGalleryWindow
{
  AdwWindow parent_instance;

  StokerWorkspace *workspace; /* owned, nullable: not shown yet */
  const char *tag;            /* static, nullable: the chip that is chosen */

  GtkBox *chips;
  GtkWidget *found_bin;
  StokerFoundSection *found;
  GtkSearchEntry *search;
  GtkFlowBox *cards;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (StokerGalleryWindow, stoker_gallery_window, ADW_TYPE_WINDOW)

/* The setting that keeps the chip, and its value for all. */
#define FILTER_KEY "providers-filter"
#define ALL_NAME "all"

static guint chosen_signal;

/* In the order of the chips: tags of the catalog, what Stoker can do there today, and NULL for all.
 */
static const char *const chip_tags[] = {
  NULL,
  "gpu-cloud",
  "serverless",
  "image",
  "video",
  "own-hardware",
  "no-account",
  STOKER_GALLERY_CAN_CHECK,
  STOKER_GALLERY_CAN_RUN,
};

static gboolean
filter_cb (GtkFlowBoxChild *child, gpointer user_data)
{
  StokerGalleryWindow *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  return stoker_gallery_card_matches (STOKER_GALLERY_CARD (child), self->tag, text);
}

static void
refilter (StokerGalleryWindow *self)
{
  gboolean has_match = FALSE;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->cards));

  gtk_flow_box_invalidate_filter (self->cards);
  for (; child != NULL && !has_match; child = gtk_widget_get_next_sibling (child))
    has_match = filter_cb (GTK_FLOW_BOX_CHILD (child), self);
  /* Who searches or filters looks for a card. */
  gtk_widget_set_visible (self->found_bin,
                          self->tag == NULL &&
                            *gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0');
  gtk_stack_set_visible_child_name (self->stack, has_match ? "cards" : "none");
}

/* Escape first takes the search back, then closes. */
static void
search_stopped_cb (StokerGalleryWindow *self)
{
  GtkEditable *search = GTK_EDITABLE (self->search);

  if (*gtk_editable_get_text (search) != '\0')
    gtk_editable_set_text (search, "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static GSettings *
get_gsettings (StokerGalleryWindow *self)
{
  return stoker_settings_get_gsettings (stoker_workspace_get_settings (self->workspace));
}

static void
chip_toggled_cb (StokerGalleryWindow *self, GtkToggleButton *chip)
{
  if (!gtk_toggle_button_get_active (chip))
    return;
  self->tag = g_object_get_data (G_OBJECT (chip), "tag");
  refilter (self);
  if (self->workspace != NULL)
    g_settings_set_string (get_gsettings (self), FILTER_KEY,
                           self->tag != NULL ? self->tag : ALL_NAME);
}

static const char *
phrase_chip (const char *tag)
{
  if (tag == NULL)
    return _ ("All");
  if (g_str_equal (tag, STOKER_GALLERY_CAN_CHECK))
    return _ ("Checks Keys");
  if (g_str_equal (tag, STOKER_GALLERY_CAN_RUN))
    return _ ("Runs Jobs");
  return stoker_phrase_tag (tag);
}

static void
add_chips (StokerGalleryWindow *self)
{
  GtkToggleButton *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (chip_tags); i++)
    {
      GtkWidget *chip = gtk_toggle_button_new_with_label (phrase_chip (chip_tags[i]));

      gtk_widget_add_css_class (chip, "stoker-chip");
      g_object_set_data (G_OBJECT (chip), "tag", (gpointer) chip_tags[i]);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (chip);
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), first);
      g_signal_connect_object (chip, "toggled", G_CALLBACK (chip_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (self->chips, chip);
    }
  gtk_toggle_button_set_active (first, TRUE);
}

/* The chip of last time. */
static void
restore_chip (StokerGalleryWindow *self)
{
  g_autofree char *name = g_settings_get_string (get_gsettings (self), FILTER_KEY);
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips));

  for (; chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (chip), "tag"), name) == 0)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
}

static void
explain_discontinued (StokerGalleryWindow *self, StokerProfile *profile)
{
  g_autofree char *heading = g_strdup_printf (_ ("%s Was Discontinued"), profile->name);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, profile->status_note);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
choose (StokerGalleryWindow *self, StokerProfile *profile)
{
  g_signal_emit (self, chosen_signal, 0, profile);
  gtk_window_close (GTK_WINDOW (self));
}

static void
card_activated_cb (StokerGalleryWindow *self, GtkFlowBoxChild *child)
{
  g_autoptr (StokerProfile)
    profile = stoker_profile_ref (stoker_gallery_card_get_profile (STOKER_GALLERY_CARD (child)));

  if (profile->is_discontinued)
    {
      explain_discontinued (self, profile);
      return;
    }
  choose (self, profile);
}

/* Enter in the search takes the first card it left. */
static void
search_activated_cb (StokerGalleryWindow *self)
{
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards));

  for (; card != NULL; card = gtk_widget_get_next_sibling (card))
    if (filter_cb (GTK_FLOW_BOX_CHILD (card), self))
      {
        card_activated_cb (self, GTK_FLOW_BOX_CHILD (card));
        return;
      }
}

static void
stoker_gallery_window_dispose (GObject *object)
{
  g_clear_object (&STOKER_GALLERY_WINDOW (object)->workspace);
  G_OBJECT_CLASS (stoker_gallery_window_parent_class)->dispose (object);
}

static void
stoker_gallery_window_class_init (StokerGalleryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_gallery_window_dispose;
  g_type_ensure (STOKER_TYPE_FOUND_SECTION);
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, STOKER_TYPE_PROFILE);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-gallery-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryWindow, chips);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryWindow, found);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryWindow, found_bin);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryWindow, search);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryWindow, cards);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryWindow, stack);
  gtk_widget_class_bind_template_callback (widget_class, refilter);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose);
  gtk_widget_class_bind_template_callback (widget_class, card_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
stoker_gallery_window_init (StokerGalleryWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  gtk_flow_box_set_filter_func (self->cards, filter_cb, self, NULL);
  add_chips (self);
}

/**
 * stoker_gallery_window_new:
 * @parent: (nullable): the window it belongs to
 * @workspace: what to show, what is registered, and where the chosen chip is kept
 *
 * Returns: (transfer none): a window, owned by GTK like every top-level
 */
StokerGalleryWindow *
stoker_gallery_window_new (GtkWindow *parent, StokerWorkspace *workspace)
{
  StokerGalleryWindow *self = g_object_new (STOKER_TYPE_GALLERY_WINDOW, "transient-for", parent,
                                            "modal", TRUE, NULL);
  GPtrArray *profiles = stoker_catalog_get_profiles (stoker_workspace_get_catalog (workspace));

  for (guint i = 0; i < profiles->len; i++)
    gtk_flow_box_append (self->cards, stoker_gallery_card_new (g_ptr_array_index (profiles, i)));
  g_set_object (&self->workspace, workspace);
  restore_chip (self);
  refilter (self);
  stoker_found_section_search (self->found, workspace);
  return self;
}
