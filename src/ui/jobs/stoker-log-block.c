/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-block.h"

#define FULL_BYTES (256 * 1024)

struct _StokerLogBlock
{
  guint64 first_line;
  GString *text;  /* owned: the lines, each with a zero byte behind it */
  GArray *starts; /* owned, of guint32: where each begins */

  gatomicrefcount ref_count;
};

static StokerLogBlock *
new_sized (guint64 first_line, gsize n_bytes, guint n_lines)
{
  StokerLogBlock *self = g_new0 (StokerLogBlock, 1);

  self->first_line = first_line;
  self->text = g_string_sized_new (n_bytes);
  self->starts = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n_lines);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/**
 * stoker_log_block_new:
 * @first_line: number of the first line it will hold
 *
 * Returns: (transfer full): an empty block
 */
StokerLogBlock *
stoker_log_block_new (guint64 first_line)
{
  return new_sized (first_line, 1024, 16);
}

/**
 * stoker_log_block_copy:
 *
 * Returns: (transfer full): a block with the same lines, for a thread to read while this one grows
 */
StokerLogBlock *
stoker_log_block_copy (StokerLogBlock *self)
{
  StokerLogBlock *copy = new_sized (self->first_line, self->text->len + 1, self->starts->len);

  g_string_append_len (copy->text, self->text->str, (gssize) self->text->len);
  g_array_append_vals (copy->starts, self->starts->data, self->starts->len);
  return copy;
}

/**
 * stoker_log_block_ref:
 *
 * Returns: (transfer full): @self
 */
StokerLogBlock *
stoker_log_block_ref (StokerLogBlock *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * stoker_log_block_unref:
 * @self: (transfer full): a block
 */
void
stoker_log_block_unref (StokerLogBlock *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
  g_free (self);
}

/**
 * stoker_log_block_push:
 * @line: a line without its end
 * @length: its bytes
 */
void
stoker_log_block_push (StokerLogBlock *self, const char *line, gsize length)
{
  guint32 start = (guint32) self->text->len;

  g_array_append_val (self->starts, start);
  g_string_append_len (self->text, line, (gssize) length);
  g_string_append_c (self->text, '\0');
}

/**
 * stoker_log_block_pop:
 *
 * Takes the last line away.
 */
void
stoker_log_block_pop (StokerLogBlock *self)
{
  guint last = self->starts->len - 1;

  g_return_if_fail (self->starts->len > 0);

  g_string_truncate (self->text, g_array_index (self->starts, guint32, last));
  g_array_set_size (self->starts, last);
}

/**
 * stoker_log_block_is_full:
 *
 * Returns: whether the next line goes into another block
 */
gboolean
stoker_log_block_is_full (StokerLogBlock *self)
{
  return self->text->len >= FULL_BYTES;
}

/**
 * stoker_log_block_get_first_line:
 *
 * Returns: number of its first line
 */
guint64
stoker_log_block_get_first_line (StokerLogBlock *self)
{
  return self->first_line;
}

/**
 * stoker_log_block_get_length:
 *
 * Returns: how many lines it has
 */
guint
stoker_log_block_get_length (StokerLogBlock *self)
{
  return self->starts->len;
}

/**
 * stoker_log_block_get_bytes:
 *
 * Returns: how many bytes its lines have
 */
gsize
stoker_log_block_get_bytes (StokerLogBlock *self)
{
  return self->text->len;
}

/**
 * stoker_log_block_get_line:
 * @index: which of its lines
 *
 * Returns: (transfer none): the line
 */
const char *
stoker_log_block_get_line (StokerLogBlock *self, guint index)
{
  g_return_val_if_fail (index < self->starts->len, "");

  return self->text->str + g_array_index (self->starts, guint32, index);
}
