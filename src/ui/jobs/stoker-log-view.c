/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-view.h"

#include "stoker-ui.h"

/* What is shown of a log; the whole is in the job. */
#define MAX_SHOWN_BYTES (512 * 1024)
/* How near the end counts as being there, in pixels. */
#define END_SLACK 24

struct _StokerLogView
{
  AdwBin parent_instance;

  char *text; /* owned: what is in the buffer */

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkTextView *text_view;
};

G_DEFINE_FINAL_TYPE (StokerLogView, stoker_log_view, ADW_TYPE_BIN)

static gboolean
is_at_end (StokerLogView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  return gtk_adjustment_get_value (adjustment) >= end - END_SLACK;
}

static void
scroll_to_end (StokerLogView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_move_mark_by_name (buffer, "insert", &end);
  gtk_text_view_scroll_mark_onscreen (self->text_view, gtk_text_buffer_get_insert (buffer));
}

static const char *
skip_to_shown (const char *text)
{
  gsize length = strlen (text);
  const char *line = NULL;

  if (length <= MAX_SHOWN_BYTES)
    return text;
  line = strchr (text + length - MAX_SHOWN_BYTES, '\n');
  return line != NULL ? line + 1 : text + length;
}

static void
append_text (StokerLogView *self, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, valid, -1);
}

static void
stoker_log_view_finalize (GObject *object)
{
  g_free (STOKER_LOG_VIEW (object)->text);
  G_OBJECT_CLASS (stoker_log_view_parent_class)->finalize (object);
}

static void
stoker_log_view_class_init (StokerLogViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_log_view_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               STOKER_UI_RESOURCE_PATH "/jobs/stoker-log-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, stack);
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, scroller);
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, text_view);
}

static void
stoker_log_view_init (StokerLogView *self)
{
  self->text = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_log_view_set_text:
 * @text: (nullable): the whole log so far
 *
 * Shows the log. When it only grew, what is there stays, with scroll position and selection.
 */
void
stoker_log_view_set_text (StokerLogView *self, const char *text)
{
  const char *shown = skip_to_shown (text != NULL ? text : "");
  gboolean follows = FALSE;

  g_return_if_fail (STOKER_IS_LOG_VIEW (self));

  if (g_str_equal (shown, self->text))
    return;
  follows = is_at_end (self);
  if (g_str_has_prefix (shown, self->text))
    append_text (self, shown + strlen (self->text));
  else
    {
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), "", 0);
      append_text (self, shown);
    }
  g_free (self->text);
  self->text = g_strdup (shown);
  gtk_stack_set_visible_child_name (self->stack, *shown != '\0' ? "text" : "empty");
  if (follows)
    scroll_to_end (self);
}
