/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-model.h"

#include "stoker-log-block.h"
#include "stoker-log-line.h"
#include "stoker-log-text.h"

#include <string.h>

#define MAX_BYTES (256 * 1024 * 1024)
/* A line without an end is ended here. */
#define MAX_OPEN_BYTES (1024 * 1024)
/* How much of the end of what was seen is looked for in a log whose beginning is gone. */
#define OVERLAP_BYTES 4096

struct _StokerLogModel
{
  GObject parent_instance;

  GPtrArray *blocks; /* owned, of StokerLogBlock; the last one grows */
  guint64 n_dropped; /* lines that were here once */
  guint n_lines;
  gsize n_bytes;
  GString *open; /* owned: the raw last line while it has no end */
  GString *line; /* owned: scratch */
  char *seen;    /* owned, nullable: the text of the last update */
};

static GType
stoker_log_model_get_item_type (GListModel *model)
{
  return STOKER_TYPE_LOG_LINE;
}

static guint
stoker_log_model_get_n_items (GListModel *model)
{
  return STOKER_LOG_MODEL (model)->n_lines;
}

static gpointer
stoker_log_model_get_item (GListModel *model, guint position)
{
  StokerLogModel *self = STOKER_LOG_MODEL (model);

  if (position >= self->n_lines)
    return NULL;
  return stoker_log_line_new (self->n_dropped + position + 1,
                              stoker_log_model_peek_line (self, position));
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = stoker_log_model_get_item_type;
  interface->get_n_items = stoker_log_model_get_n_items;
  interface->get_item = stoker_log_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StokerLogModel,
                               stoker_log_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static StokerLogBlock *
get_last (StokerLogModel *self)
{
  return self->blocks->len > 0 ? g_ptr_array_index (self->blocks, self->blocks->len - 1) : NULL;
}

static void
push_line (StokerLogModel *self, const char *raw, gsize length)
{
  StokerLogBlock *last = get_last (self);

  if (last == NULL || stoker_log_block_is_full (last))
    {
      last = stoker_log_block_new (self->n_dropped + self->n_lines);
      g_ptr_array_add (self->blocks, last);
    }
  g_string_truncate (self->line, 0);
  stoker_log_text_clean (self->line, raw, length);
  stoker_log_block_push (last, self->line->str, self->line->len);
  self->n_lines++;
  self->n_bytes += self->line->len + 1;
}

static void
pop_line (StokerLogModel *self)
{
  StokerLogBlock *last = get_last (self);
  gsize before = stoker_log_block_get_bytes (last);

  stoker_log_block_pop (last);
  self->n_lines--;
  self->n_bytes -= before - stoker_log_block_get_bytes (last);
  if (stoker_log_block_get_length (last) == 0)
    g_ptr_array_set_size (self->blocks, (int) self->blocks->len - 1);
}

/* Whole lines of @text; what is left has no end yet. */
static const char *
push_ended (StokerLogModel *self, const char *text, const char *end)
{
  const char *newline = NULL;

  while (text < end && (newline = memchr (text, '\n', (gsize) (end - text))) != NULL)
    {
      if (self->open->len > 0)
        {
          g_string_append_len (self->open, text, newline - text);
          push_line (self, self->open->str, self->open->len);
          g_string_truncate (self->open, 0);
        }
      else
        push_line (self, text, (gsize) (newline - text));
      text = newline + 1;
    }
  return text;
}

static void
push_open (StokerLogModel *self, const char *text, const char *end)
{
  g_string_append_len (self->open, text, end - text);
  if (self->open->len == 0)
    return;
  push_line (self, self->open->str, self->open->len);
  if (self->open->len > MAX_OPEN_BYTES)
    g_string_truncate (self->open, 0);
}

static void
drop_oldest (StokerLogModel *self)
{
  guint n_dropped = 0;

  while (self->n_bytes > MAX_BYTES && self->blocks->len > 1)
    {
      StokerLogBlock *first = g_ptr_array_index (self->blocks, 0);

      n_dropped += stoker_log_block_get_length (first);
      self->n_bytes -= stoker_log_block_get_bytes (first);
      g_ptr_array_remove_index (self->blocks, 0);
    }
  if (n_dropped == 0)
    return;
  self->n_dropped += n_dropped;
  self->n_lines -= n_dropped;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_dropped, 0);
}

static void
stoker_log_model_finalize (GObject *object)
{
  StokerLogModel *self = STOKER_LOG_MODEL (object);

  g_ptr_array_unref (self->blocks);
  g_string_free (self->open, TRUE);
  g_string_free (self->line, TRUE);
  g_free (self->seen);
  G_OBJECT_CLASS (stoker_log_model_parent_class)->finalize (object);
}

static void
stoker_log_model_class_init (StokerLogModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_log_model_finalize;
}

static void
stoker_log_model_init (StokerLogModel *self)
{
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_log_block_unref);
  self->open = g_string_new (NULL);
  self->line = g_string_new (NULL);
}

/**
 * stoker_log_model_new:
 *
 * Returns: (transfer full): an empty log
 */
StokerLogModel *
stoker_log_model_new (void)
{
  return g_object_new (STOKER_TYPE_LOG_MODEL, NULL);
}

/**
 * stoker_log_model_append:
 * @text: what came since, of whatever bytes
 * @length: how many
 *
 * Adds to the log. A last line without an end is shown and goes on with the next call.
 */
void
stoker_log_model_append (StokerLogModel *self, const char *text, gsize length)
{
  const char *end = text + length;
  guint n_removed = 0;
  guint before = 0;

  g_return_if_fail (STOKER_IS_LOG_MODEL (self));

  if (length == 0)
    return;
  if (self->open->len > 0)
    {
      pop_line (self);
      n_removed = 1;
    }
  before = self->n_lines;
  push_open (self, push_ended (self, text, end), end);
  g_list_model_items_changed (G_LIST_MODEL (self), before, n_removed, self->n_lines - before);
  drop_oldest (self);
}

/**
 * stoker_log_model_clear:
 *
 * Forgets all lines.
 */
void
stoker_log_model_clear (StokerLogModel *self)
{
  guint n_removed = 0;

  g_return_if_fail (STOKER_IS_LOG_MODEL (self));

  n_removed = self->n_lines;
  g_clear_pointer (&self->seen, g_free);
  g_ptr_array_set_size (self->blocks, 0);
  g_string_truncate (self->open, 0);
  self->n_dropped = 0;
  self->n_lines = 0;
  self->n_bytes = 0;
  if (n_removed > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, 0);
}

/* Where in @text the news begin, when it goes on from what was seen; else %NULL. */
static const char *
find_news (StokerLogModel *self, const char *text)
{
  gsize seen_length = self->seen != NULL ? strlen (self->seen) : 0;
  const char *tail = NULL;
  const char *found = NULL;

  if (seen_length == 0)
    return self->n_lines == 0 ? text : NULL;
  if (strncmp (text, self->seen, seen_length) == 0)
    return text + seen_length;
  if (seen_length < OVERLAP_BYTES)
    return NULL;
  tail = self->seen + seen_length - OVERLAP_BYTES;
  found = g_strrstr (text, tail);
  return found != NULL ? found + OVERLAP_BYTES : NULL;
}

/**
 * stoker_log_model_update:
 * @text: (nullable): the log as its source has it now
 *
 * Takes over a log that is told as a whole each time, and whose oldest part its source may have
 * dropped meanwhile. When it goes on from what was seen, only the news are added, and the lines
 * that the source has dropped stay.
 */
void
stoker_log_model_update (StokerLogModel *self, const char *text)
{
  const char *news = NULL;

  g_return_if_fail (STOKER_IS_LOG_MODEL (self));

  if (text == NULL)
    text = "";
  if (g_strcmp0 (self->seen, text) == 0)
    return;
  news = find_news (self, text);
  if (news == NULL)
    {
      stoker_log_model_clear (self);
      news = text;
    }
  stoker_log_model_append (self, news, strlen (news));
  g_free (self->seen);
  self->seen = g_strdup (text);
}

/**
 * stoker_log_model_get_first_line:
 *
 * Returns: how many lines came before the first one that is here
 */
guint64
stoker_log_model_get_first_line (StokerLogModel *self)
{
  g_return_val_if_fail (STOKER_IS_LOG_MODEL (self), 0);

  return self->n_dropped;
}

/* Index of the block that holds the line with this number. */
static guint
find_block (StokerLogModel *self, guint64 number)
{
  guint low = 0;
  guint high = self->blocks->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (stoker_log_block_get_first_line (g_ptr_array_index (self->blocks, middle)) <= number)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * stoker_log_model_peek_line:
 * @position: which line
 *
 * Returns: (transfer none): the whole line, until the log changes
 */
const char *
stoker_log_model_peek_line (StokerLogModel *self, guint position)
{
  guint64 number = self->n_dropped + position;
  StokerLogBlock *block = NULL;

  g_return_val_if_fail (STOKER_IS_LOG_MODEL (self) && position < self->n_lines, "");

  block = g_ptr_array_index (self->blocks, find_block (self, number));
  return stoker_log_block_get_line (block,
                                    (guint) (number - stoker_log_block_get_first_line (block)));
}

/**
 * stoker_log_model_list_blocks:
 * @from_line: number of the first line that is wanted, counted from 0
 * @max_bytes: about how much; 0 for all
 *
 * Takes blocks of lines for a thread to work on. The first may begin before @from_line.
 *
 * Returns: (transfer full) (element-type StokerLogBlock): the blocks; none when there are no such
 * lines
 */
GPtrArray *
stoker_log_model_list_blocks (StokerLogModel *self, guint64 from_line, gsize max_bytes)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_log_block_unref);
  guint64 first = MAX (from_line, self->n_dropped);
  gsize n_bytes = 0;

  if (first >= self->n_dropped + self->n_lines)
    return blocks;
  for (guint i = find_block (self, first); i < self->blocks->len; i++)
    {
      StokerLogBlock *block = g_ptr_array_index (self->blocks, i);
      gboolean is_last = i == self->blocks->len - 1;

      g_ptr_array_add (blocks,
                       is_last ? stoker_log_block_copy (block) : stoker_log_block_ref (block));
      n_bytes += stoker_log_block_get_bytes (block);
      if (max_bytes > 0 && n_bytes >= max_bytes)
        break;
    }
  return blocks;
}
