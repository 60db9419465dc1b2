/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-gallery-card.h"

#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _StokerGalleryCard
{
  GtkFlowBoxChild parent_instance;

  StokerProfile *profile; /* owned */

  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *hardware_label;
  GtkLabel *price_label;
  GtkLabel *highlight_label;
};

G_DEFINE_FINAL_TYPE (StokerGalleryCard, stoker_gallery_card, GTK_TYPE_FLOW_BOX_CHILD)

static void
show_hardware (StokerGalleryCard *self)
{
  StokerProfile *profile = self->profile;
  g_autofree char *text = NULL;

  if (profile->is_discontinued)
    text = g_strdup (_ ("Discontinued"));
  else if (profile->default_gpu != NULL && profile->min_vram_gb > 0)
    text = g_strdup_printf (_ ("%s · from %g GB"), profile->default_gpu, profile->min_vram_gb);
  else if (profile->default_gpu != NULL)
    text = g_strdup (profile->default_gpu);
  else
    text = g_strdup (stoker_phrase_kind (profile->kind));
  gtk_label_set_label (self->hardware_label, text);
}

static void
show_price (StokerGalleryCard *self)
{
  const StokerPrice *price = &self->profile->price_hint;
  g_autofree char *text = NULL;
  g_autofree char *about = NULL;

  if (self->profile->is_discontinued)
    return;
  text = stoker_phrase_dated_price (price, g_get_real_time ());
  about = price->amount.is_known && price->amount.nanos > 0 ? g_strconcat ("~", text, NULL)
                                                            : g_strdup (text);
  gtk_label_set_label (self->price_label, about);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->price_label), price->fact.source);
}

static void
stoker_gallery_card_finalize (GObject *object)
{
  StokerGalleryCard *self = STOKER_GALLERY_CARD (object);

  g_clear_pointer (&self->profile, stoker_profile_unref);
  G_OBJECT_CLASS (stoker_gallery_card_parent_class)->finalize (object);
}

static void
stoker_gallery_card_class_init (StokerGalleryCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_gallery_card_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-gallery-card.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryCard, name_label);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryCard, hardware_label);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryCard, price_label);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryCard, highlight_label);
}

static void
stoker_gallery_card_init (StokerGalleryCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_gallery_card_new:
 * @profile: a provider of the catalog
 *
 * Returns: (transfer floating): its card
 */
GtkWidget *
stoker_gallery_card_new (StokerProfile *profile)
{
  StokerGalleryCard *self = g_object_new (STOKER_TYPE_GALLERY_CARD, NULL);
  const char *highlight = profile->policy_highlight != NULL ? profile->policy_highlight
                                                            : profile->summary;

  self->profile = stoker_profile_ref (profile);
  adw_avatar_set_text (self->avatar, profile->name);
  gtk_label_set_label (self->name_label, profile->name);
  gtk_label_set_label (self->highlight_label,
                       profile->is_discontinued ? profile->status_note : highlight);
  show_hardware (self);
  show_price (self);
  stoker_ui_set_label (GTK_WIDGET (self), profile->name);
  if (profile->is_discontinued)
    gtk_widget_add_css_class (GTK_WIDGET (self), "stoker-discontinued");
  return GTK_WIDGET (self);
}

/**
 * stoker_gallery_card_get_profile:
 *
 * Returns: (transfer none): the provider shown
 */
StokerProfile *
stoker_gallery_card_get_profile (StokerGalleryCard *self)
{
  g_return_val_if_fail (STOKER_IS_GALLERY_CARD (self), NULL);

  return self->profile;
}

static gboolean
contains (const char *haystack, const char *folded_needle)
{
  g_autofree char *folded = haystack != NULL ? g_utf8_casefold (haystack, -1) : NULL;

  return folded != NULL && strstr (folded, folded_needle) != NULL;
}

/**
 * stoker_gallery_card_matches:
 * @tag: (nullable): a tag it must have
 * @text: (nullable): what name, summary or GPU must contain, case ignored
 *
 * Returns: whether it passes both
 */
gboolean
stoker_gallery_card_matches (StokerGalleryCard *self, const char *tag, const char *text)
{
  g_autofree char *needle = NULL;

  g_return_val_if_fail (STOKER_IS_GALLERY_CARD (self), FALSE);

  if (tag != NULL && (self->profile->tags == NULL ||
                      !g_strv_contains ((const char *const *) self->profile->tags, tag)))
    return FALSE;
  if (text == NULL || *text == '\0')
    return TRUE;
  needle = g_utf8_casefold (text, -1);
  return contains (self->profile->name, needle) || contains (self->profile->summary, needle) ||
         contains (self->profile->default_gpu, needle) ||
         contains (self->profile->policy_highlight, needle);
}
