/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-line-splitter.h"

/**
 * stoker_line_splitter_init:
 *
 * Starts with nothing pending.
 */
void
stoker_line_splitter_init (StokerLineSplitter *self)
{
  self->pending = g_string_new (NULL);
  self->after_return = FALSE;
}

/**
 * stoker_line_splitter_clear:
 *
 * Frees what it holds; a line without an end is lost.
 */
void
stoker_line_splitter_clear (StokerLineSplitter *self)
{
  if (self->pending != NULL)
    g_string_free (self->pending, TRUE);
  self->pending = NULL;
}

static void
emit (StokerLineSplitter *self, StokerLineFunc func, gpointer user_data)
{
  g_autofree char *line = g_utf8_make_valid (self->pending->str, (gssize) self->pending->len);

  g_string_truncate (self->pending, 0);
  func (line, user_data);
}

/**
 * stoker_line_splitter_feed:
 * @data: @length bytes, not necessarily whole lines or characters
 * @func: called for each line that is whole now, with valid UTF-8 and without its end
 *
 * Takes the next piece.
 */
void
stoker_line_splitter_feed (
  StokerLineSplitter *self, const char *data, gsize length, StokerLineFunc func, gpointer user_data)
{
  for (gsize i = 0; i < length; i++)
    {
      gboolean is_end = data[i] == '\n' || data[i] == '\r';

      if (is_end && !(data[i] == '\n' && self->after_return))
        emit (self, func, user_data);
      else if (!is_end && self->pending->len < STOKER_LINE_MAX_BYTES)
        g_string_append_c (self->pending, data[i]);
      self->after_return = data[i] == '\r';
    }
}

/**
 * stoker_line_splitter_end:
 *
 * Tells that nothing more comes: a last line without an end is a line as well.
 */
void
stoker_line_splitter_end (StokerLineSplitter *self, StokerLineFunc func, gpointer user_data)
{
  if (self->pending->len > 0)
    emit (self, func, user_data);
}
