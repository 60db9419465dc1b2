/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-job.h"

G_BEGIN_DECLS

/* How an output can be shown. */
typedef enum {
  STOKER_SHOWN_AS_OTHER,
  STOKER_SHOWN_AS_PICTURE,
  STOKER_SHOWN_AS_VIDEO,
  STOKER_SHOWN_AS_TEXT,
} StokerOutputShape;

#define STOKER_TYPE_OUTPUT_ITEM (stoker_output_item_get_type ())

/* An output of a job in a list. */
G_DECLARE_FINAL_TYPE (StokerOutputItem, stoker_output_item, STOKER, OUTPUT_ITEM, GObject)

StokerOutputItem *stoker_output_item_new (const StokerArtifact *artifact);
const char *stoker_output_item_get_name (StokerOutputItem *self);
const char *stoker_output_item_get_path (StokerOutputItem *self);
const char *stoker_output_item_get_media_type (StokerOutputItem *self);
gint64 stoker_output_item_get_bytes (StokerOutputItem *self);
StokerOutputShape stoker_output_item_get_shape (StokerOutputItem *self);
GFile *stoker_output_item_get_file (StokerOutputItem *self);
GIcon *stoker_output_item_make_icon (StokerOutputItem *self);
char *stoker_output_display_name (const char *name);

G_END_DECLS
