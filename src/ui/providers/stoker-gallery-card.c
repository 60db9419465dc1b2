/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-gallery-card.h"

#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-ui.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _StokerGalleryCard
{
  GtkFlowBoxChild parent_instance;

  StokerProfile *profile; /* owned */

  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *kind_label;
  GtkWidget *figures;
  GtkLabel *hardware_label;
  GtkLabel *price_label;
  GtkLabel *highlight_label;
  GtkLabel *tags_label;
};

G_DEFINE_FINAL_TYPE (StokerGalleryCard, stoker_gallery_card, GTK_TYPE_FLOW_BOX_CHILD)

/* The catalog says "local" or "custom" where it is the user's own. */
static const char *
get_gpu (const StokerProfile *profile)
{
  static const char *const own[] = { "local", "custom", NULL };

  return profile->default_gpu != NULL && !g_strv_contains (own, profile->default_gpu)
           ? profile->default_gpu
           : NULL;
}

static void
show_hardware (StokerGalleryCard *self)
{
  StokerProfile *profile = self->profile;
  const char *gpu = get_gpu (profile);
  g_autofree char *text = NULL;

  if (gpu != NULL && profile->min_vram_gb > 0)
    text = g_strdup_printf (_ ("%s · from %g GB"), gpu, profile->min_vram_gb);
  else if (gpu != NULL)
    text = g_strdup (gpu);
  else if (profile->min_vram_gb > 0)
    text = g_strdup_printf (_ ("From %g GB"), profile->min_vram_gb);
  gtk_label_set_label (self->hardware_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hardware_label), text != NULL);
}

static void
show_price (StokerGalleryCard *self)
{
  const StokerPrice *price = &self->profile->price_hint;
  g_autofree char *text = NULL;
  g_autofree char *about = NULL;

  gtk_widget_set_visible (self->figures, !self->profile->is_discontinued);
  if (self->profile->is_discontinued)
    return;
  text = stoker_phrase_dated_price (price, g_get_real_time ());
  about = price->amount.is_known && price->amount.nanos > 0 ? g_strconcat ("~", text, NULL)
                                                            : stoker_phrase_sentence (text);
  gtk_label_set_label (self->price_label, about);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->price_label), price->fact.source);
}

static gboolean
can_do (const StokerProfile *profile, const char *operation)
{
  g_auto (GStrv) operations = stoker_profile_list_operations (profile);

  return operations != NULL && g_strv_contains ((const char *const *) operations, operation);
}

/* What sets it apart from others of its kind, in a few words. */
static void
show_tags (StokerGalleryCard *self)
{
  static const struct
  {
    const char *tag;
    const char *text;
  } words[] = {
    { "serverless", N_ ("serverless") },
    { "market", N_ ("market") },
    { "enterprise", N_ ("enterprise") },
    { "no-account", N_ ("no account needed") },
  };
  g_autoptr (GString) text = g_string_new (NULL);
  StokerProfile *profile = self->profile;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (profile->tags != NULL &&
        g_strv_contains ((const char *const *) profile->tags, words[i].tag))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                              g_dgettext (GETTEXT_PACKAGE, words[i].text));
  if (!can_do (profile, "submit") && !profile->is_discontinued)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _ ("advice only"));
  gtk_label_set_label (self->tags_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->tags_label), text->len > 0);
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
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryCard, kind_label);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryCard, figures);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryCard, hardware_label);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryCard, price_label);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryCard, highlight_label);
  gtk_widget_class_bind_template_child (widget_class, StokerGalleryCard, tags_label);
}

static void
stoker_gallery_card_init (StokerGalleryCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  stoker_ui_tell_cut (self->name_label);
  stoker_ui_tell_cut (self->kind_label);
  stoker_ui_tell_cut (self->hardware_label);
  stoker_ui_tell_cut (self->tags_label);
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
  const char *name = stoker_phrase_template_name (profile);
  const char *highlight = profile->policy_highlight != NULL ? profile->policy_highlight
                                                            : profile->summary;

  self->profile = stoker_profile_ref (profile);
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->kind_label, profile->is_discontinued
                                           ? _ ("Discontinued")
                                           : stoker_phrase_kind (profile->kind));
  gtk_label_set_label (self->highlight_label,
                       profile->is_discontinued ? profile->status_note : highlight);
  show_hardware (self);
  show_price (self);
  show_tags (self);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->highlight_label),
                               profile->is_discontinued ? profile->status_note : profile->summary);
  stoker_ui_set_label (GTK_WIDGET (self), name);
  if (profile->is_discontinued)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "stoker-discontinued");
      /* There is no price above it: the reason has its lines. */
      gtk_label_set_lines (self->highlight_label, 5);
    }
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

static gboolean
has_tag (const StokerProfile *profile, const char *tag)
{
  if (g_str_equal (tag, STOKER_GALLERY_CAN_CHECK))
    return can_do (profile, "check");
  if (g_str_equal (tag, STOKER_GALLERY_CAN_RUN))
    return can_do (profile, "submit");
  return profile->tags != NULL && g_strv_contains ((const char *const *) profile->tags, tag);
}

/**
 * stoker_gallery_card_matches:
 * @tag: (nullable): a tag it must have, or what Stoker must be able to do there
 * @text: (nullable): what name, summary or GPU must contain, case ignored
 *
 * Returns: whether it passes both
 */
gboolean
stoker_gallery_card_matches (StokerGalleryCard *self, const char *tag, const char *text)
{
  g_autofree char *needle = NULL;

  g_return_val_if_fail (STOKER_IS_GALLERY_CARD (self), FALSE);

  if (tag != NULL && !has_tag (self->profile, tag))
    return FALSE;
  if (text == NULL || *text == '\0')
    return TRUE;
  needle = g_utf8_casefold (text, -1);
  return contains (stoker_phrase_template_name (self->profile), needle) ||
         contains (self->profile->name, needle) || contains (self->profile->summary, needle) ||
         contains (self->profile->default_gpu, needle) ||
         contains (self->profile->policy_highlight, needle);
}
