/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-text-block.h"

#define MARGIN 12

struct _StokerTextBlock
{
  GtkTextView parent_instance;

  int width;     /* the lines are broken for */
  guint idle_id; /* 0: nothing to be done */
};

G_DEFINE_FINAL_TYPE (StokerTextBlock, stoker_text_block, GTK_TYPE_TEXT_VIEW)

static gboolean
measure_again_cb (gpointer user_data)
{
  StokerTextBlock *self = user_data;

  self->idle_id = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* A text view tells the height that it had at its last width, and nobody asks it again by itself.
 */
static void
stoker_text_block_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  StokerTextBlock *self = STOKER_TEXT_BLOCK (widget);

  GTK_WIDGET_CLASS (stoker_text_block_parent_class)
    ->size_allocate (widget, width, height, baseline);
  if (width == self->width)
    return;
  self->width = width;
  if (self->idle_id == 0)
    self->idle_id = g_idle_add (measure_again_cb, self);
}

static void
stoker_text_block_dispose (GObject *object)
{
  g_clear_handle_id (&STOKER_TEXT_BLOCK (object)->idle_id, g_source_remove);
  G_OBJECT_CLASS (stoker_text_block_parent_class)->dispose (object);
}

static void
stoker_text_block_class_init (StokerTextBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_text_block_dispose;
  GTK_WIDGET_CLASS (klass)->size_allocate = stoker_text_block_size_allocate;
}

static void
stoker_text_block_init (StokerTextBlock *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, FALSE);
  gtk_text_view_set_monospace (view, TRUE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_top_margin (view, MARGIN);
  gtk_text_view_set_bottom_margin (view, MARGIN);
  gtk_text_view_set_left_margin (view, MARGIN);
  gtk_text_view_set_right_margin (view, MARGIN);
}
