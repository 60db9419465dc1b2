/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-profile.h"

G_BEGIN_DECLS

#define STOKER_TYPE_GALLERY_CARD (stoker_gallery_card_get_type ())

/* What Stoker can do at a provider today, beside the tags of the catalog. */
#define STOKER_GALLERY_CAN_CHECK "can-check"
#define STOKER_GALLERY_CAN_RUN "can-run"

/* A provider of the catalog, as a card. */
G_DECLARE_FINAL_TYPE (StokerGalleryCard, stoker_gallery_card, STOKER, GALLERY_CARD, GtkFlowBoxChild)

GtkWidget *stoker_gallery_card_new (StokerProfile *profile);
StokerProfile *stoker_gallery_card_get_profile (StokerGalleryCard *self);
gboolean stoker_gallery_card_matches (StokerGalleryCard *self, const char *tag, const char *text);

G_END_DECLS
