/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STOKER_TYPE_TEXT_BLOCK (stoker_text_block_get_type ())

/* A text to be read, with room around it, that is always as high as its lines need. */
G_DECLARE_FINAL_TYPE (StokerTextBlock, stoker_text_block, STOKER, TEXT_BLOCK, GtkTextView)

G_END_DECLS
