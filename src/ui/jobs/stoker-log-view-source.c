/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-view-private.h"

#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* Where a log comes from, and what is said when not all of it is here. */

static char *
phrase_note (StokerLogView *self)
{
  g_autofree char *size = NULL;

  if (self->feed != NULL && stoker_log_feed_get_error (self->feed) != NULL)
    return stoker_phrase_sentence (stoker_log_feed_get_error (self->feed));
  if (self->feed != NULL && stoker_log_model_get_first_line (self->model) > 0)
    return g_strdup_printf (_ ("Only the end of this log is shown. All of it is in %s."),
                            stoker_log_feed_get_path (self->feed));
  if (self->feed != NULL || self->n_dropped <= 0)
    return NULL;
  size = stoker_phrase_bytes (self->n_dropped);
  return g_strdup_printf (
    _ ("Only the end of this log is kept here. The first %s may still be where the job ran."),
    size);
}

static void
show_note (StokerLogView *self)
{
  g_autofree char *note = phrase_note (self);

  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  stoker_ui_set_label (GTK_WIDGET (self->note_label), note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
}

/*
 * stoker_log_view_show_lines:
 *
 * Tells how many lines there are, and what is missing.
 */
void
stoker_log_view_show_lines (StokerLogView *self)
{
  guint length = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  gboolean is_reading = self->feed != NULL && stoker_log_feed_is_reading (self->feed);
  gboolean has_error = self->feed != NULL && stoker_log_feed_get_error (self->feed) != NULL;
  g_autofree char *count = g_strdup_printf (ngettext ("%'u line", "%'u lines", length), length);
  g_autofree char *text = is_reading ? g_strdup_printf (_ ("%s, reading…"), count)
                                     : g_steal_pointer (&count);

  gtk_stack_set_visible_child_name (self->stack, length > 0 || has_error ? "lines" : "empty");
  gtk_label_set_label (self->lines_label, text);
  show_note (self);
}

/*
 * stoker_log_view_drop_feed:
 *
 * Lets go of the file that the log comes from.
 */
void
stoker_log_view_drop_feed (StokerLogView *self)
{
  if (self->feed == NULL)
    return;
  stoker_log_feed_stop (self->feed);
  g_signal_handlers_disconnect_by_data (self->feed, self);
  g_clear_object (&self->feed);
}

static gboolean
comes_from (StokerLogView *self, const char *path)
{
  return g_strcmp0 (self->feed != NULL ? stoker_log_feed_get_path (self->feed) : NULL, path) == 0;
}

/**
 * stoker_log_view_set_file:
 * @path: (nullable): a file that holds all of the log; %NULL when it is told as a text
 *
 * Shows a log from its file. When it is called again with the same file, what was added is added.
 */
void
stoker_log_view_set_file (StokerLogView *self, const char *path)
{
  g_return_if_fail (STOKER_IS_LOG_VIEW (self));

  if (!comes_from (self, path))
    {
      stoker_log_view_drop_feed (self);
      stoker_log_model_clear (self->model);
      if (path != NULL)
        {
          self->feed = stoker_log_feed_new (self->model, path);
          g_signal_connect_swapped (self->feed, "notify", G_CALLBACK (stoker_log_view_show_lines),
                                    self);
        }
    }
  if (self->feed != NULL)
    stoker_log_feed_pull (self->feed);
}

/**
 * stoker_log_view_set_text:
 * @text: (nullable): the log so far, of which the oldest part may be gone
 *
 * Shows the log, unless it comes from a file. When it only grew, what is there stays, with scroll
 * position and selection.
 */
void
stoker_log_view_set_text (StokerLogView *self, const char *text)
{
  g_return_if_fail (STOKER_IS_LOG_VIEW (self));

  if (self->feed == NULL)
    stoker_log_model_update (self->model, text);
}

/**
 * stoker_log_view_set_dropped:
 * @n_dropped: bytes that came before the text and are not kept
 *
 * Says that the log has no beginning here.
 */
void
stoker_log_view_set_dropped (StokerLogView *self, gint64 n_dropped)
{
  g_return_if_fail (STOKER_IS_LOG_VIEW (self));

  if (self->n_dropped == n_dropped)
    return;
  self->n_dropped = n_dropped;
  stoker_log_view_show_lines (self);
}
