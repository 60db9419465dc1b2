/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-search.h"

#include "stoker-log-block.h"
#include "stoker-log-text.h"
#include "stoker-task.h"

/* Of text for one go of the thread, after which what it found is shown. */
#define PIECE_BYTES (4 * 1024 * 1024)

struct _StokerLogSearch
{
  GObject parent_instance;

  StokerLogModel *model;     /* owned */
  char *needle;              /* owned: folded; empty when nothing is looked for */
  GArray *found;             /* owned, of guint64: numbers of lines, from 0 */
  guint64 searched;          /* lines before this number were looked at */
  guint index;               /* of the present one in found, from 1 */
  GCancellable *cancellable; /* owned, nullable: the piece under way */
};

G_DEFINE_FINAL_TYPE (StokerLogSearch, stoker_log_search, G_TYPE_OBJECT)

typedef enum {
  PROP_COUNT = 1,
  PROP_INDEX,
  PROP_IS_SEARCHING,
  N_PROPS,
} StokerLogSearchProperty;

static GParamSpec *properties[N_PROPS];

typedef struct
{
  char *needle;      /* owned */
  GPtrArray *blocks; /* owned, of StokerLogBlock */
  guint64 from;
  guint64 until; /* set by the thread */
} Piece;

static void
piece_free (Piece *self)
{
  g_free (self->needle);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Piece, piece, piece_free)

static void search_on (StokerLogSearch *self);
static void forget_oldest (StokerLogSearch *self);

static void
search_block (Piece *piece, StokerLogBlock *block, GArray *found)
{
  guint64 first = stoker_log_block_get_first_line (block);
  guint length = stoker_log_block_get_length (block);
  guint i = piece->from > first ? (guint) (piece->from - first) : 0;

  for (; i < length; i++)
    {
      guint64 number = first + i;
      gsize start = 0;
      gsize end = 0;

      if (stoker_log_text_find (stoker_log_block_get_line (block, i), piece->needle, 0, &start,
                                &end))
        g_array_append_val (found, number);
    }
  piece->until = first + length;
}

static void
search_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Piece *piece = task_data;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < piece->blocks->len && !g_cancellable_is_cancelled (cancellable); i++)
    search_block (piece, g_ptr_array_index (piece->blocks, i), found);
  g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify) g_array_unref);
}

static void
got_piece (GObject *source, GAsyncResult *result, gpointer user_data)
{
  StokerLogSearch *self = STOKER_LOG_SEARCH (source);
  g_autoptr (GArray) found = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Another text was asked for, or the lines went. */
  if (found == NULL)
    return;
  g_clear_object (&self->cancellable);
  self->searched = stoker_task_get_piece_state (G_TASK (result))->until;
  if (found->len > 0)
    {
      g_array_append_vals (self->found, found->data, found->len);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
    }
  /* Lines may have gone while the thread looked at them. */
  forget_oldest (self);
  search_on (self);
}

static void
search_piece (StokerLogSearch *self, GPtrArray *blocks)
{
  g_autoptr (GTask) task = NULL;
  Piece *piece = g_new0 (Piece, 1);

  piece->needle = g_strdup (self->needle);
  piece->blocks = blocks;
  piece->from = self->searched;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, got_piece, NULL);
  g_task_set_source_tag (task, search_piece);
  stoker_task_set_piece_state (task, piece);
  g_task_run_in_thread (task, search_in_thread);
}

static void
search_on (StokerLogSearch *self)
{
  g_autoptr (GPtrArray) blocks = NULL;

  if (self->cancellable != NULL)
    return;
  if (*self->needle != '\0')
    blocks = stoker_log_model_list_blocks (self->model, self->searched, PIECE_BYTES);
  if (blocks != NULL && blocks->len > 0)
    search_piece (self, g_steal_pointer (&blocks));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SEARCHING]);
}

static void
stop (StokerLogSearch *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
set_index (StokerLogSearch *self, guint index)
{
  if (self->index == index)
    return;
  self->index = index;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INDEX]);
}

/* How many of those found come before the line with this number. */
static guint
count_before (StokerLogSearch *self, guint64 number)
{
  guint low = 0;
  guint high = self->found->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->found, guint64, middle) < number)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
forget_oldest (StokerLogSearch *self)
{
  guint n_gone = count_before (self, stoker_log_model_get_first_line (self->model));

  if (n_gone == 0)
    return;
  g_array_remove_range (self->found, 0, n_gone);
  set_index (self, self->index > n_gone ? self->index - n_gone : 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

/* From the line with this number on, it has to be looked again. */
static void
look_again (StokerLogSearch *self, guint64 number)
{
  guint n_kept = count_before (self, number);

  if (number < self->searched)
    {
      stop (self);
      self->searched = number;
    }
  if (n_kept == self->found->len)
    return;
  g_array_set_size (self->found, n_kept);
  set_index (self, MIN (self->index, n_kept));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

static void
items_changed_cb (StokerLogSearch *self, guint position, guint n_removed, guint n_added)
{
  guint64 first = stoker_log_model_get_first_line (self->model);

  if (position == 0 && n_added == 0 && first > 0)
    forget_oldest (self);
  else
    {
      /* What a piece under way has copied of the last line may be old. */
      if (n_removed > 0)
        stop (self);
      look_again (self, first + position);
    }
  search_on (self);
}

static void
stoker_log_search_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerLogSearch *self = STOKER_LOG_SEARCH (object);

  switch ((StokerLogSearchProperty) id)
    {
    case PROP_COUNT:
      g_value_set_uint (value, self->found->len);
      break;
    case PROP_INDEX:
      g_value_set_uint (value, self->index);
      break;
    case PROP_IS_SEARCHING:
      g_value_set_boolean (value, stoker_log_search_is_searching (self));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_log_search_dispose (GObject *object)
{
  StokerLogSearch *self = STOKER_LOG_SEARCH (object);

  stop (self);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (stoker_log_search_parent_class)->dispose (object);
}

static void
stoker_log_search_finalize (GObject *object)
{
  StokerLogSearch *self = STOKER_LOG_SEARCH (object);

  g_free (self->needle);
  g_array_unref (self->found);
  G_OBJECT_CLASS (stoker_log_search_parent_class)->finalize (object);
}

static void
stoker_log_search_class_init (StokerLogSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = stoker_log_search_get_property;
  object_class->dispose = stoker_log_search_dispose;
  object_class->finalize = stoker_log_search_finalize;

  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_INDEX] = g_param_spec_uint ("index", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_IS_SEARCHING] = g_param_spec_boolean ("is-searching", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_log_search_init (StokerLogSearch *self)
{
  self->needle = g_strdup ("");
  self->found = g_array_new (FALSE, FALSE, sizeof (guint64));
}

/**
 * stoker_log_search_new:
 * @model: a log
 *
 * Returns: (transfer full): a search that looks for nothing yet
 */
StokerLogSearch *
stoker_log_search_new (StokerLogModel *model)
{
  StokerLogSearch *self = g_object_new (STOKER_TYPE_LOG_SEARCH, NULL);

  g_return_val_if_fail (STOKER_IS_LOG_MODEL (model), self);

  self->model = g_object_ref (model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  return self;
}

/**
 * stoker_log_search_set_text:
 * @text: (nullable): what to look for, whatever its case
 *
 * Begins to look for another text.
 */
void
stoker_log_search_set_text (StokerLogSearch *self, const char *text)
{
  g_autofree char *needle = stoker_log_text_fold (text);

  g_return_if_fail (STOKER_IS_LOG_SEARCH (self));

  if (g_str_equal (needle, self->needle))
    return;
  stop (self);
  g_free (self->needle);
  self->needle = g_steal_pointer (&needle);
  g_array_set_size (self->found, 0);
  self->searched = 0;
  set_index (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
  search_on (self);
}

/**
 * stoker_log_search_get_needle:
 *
 * Returns: (transfer none): what is looked for, folded
 */
const char *
stoker_log_search_get_needle (StokerLogSearch *self)
{
  g_return_val_if_fail (STOKER_IS_LOG_SEARCH (self), "");

  return self->needle;
}

/**
 * stoker_log_search_get_count:
 *
 * Returns: how many lines have it so far
 */
guint
stoker_log_search_get_count (StokerLogSearch *self)
{
  g_return_val_if_fail (STOKER_IS_LOG_SEARCH (self), 0);

  return self->found->len;
}

/**
 * stoker_log_search_get_index:
 *
 * Returns: which of them is the present one, from 1; 0 none
 */
guint
stoker_log_search_get_index (StokerLogSearch *self)
{
  g_return_val_if_fail (STOKER_IS_LOG_SEARCH (self), 0);

  return self->index;
}

/**
 * stoker_log_search_is_searching:
 *
 * Returns: whether there is something left to look at
 */
gboolean
stoker_log_search_is_searching (StokerLogSearch *self)
{
  g_return_val_if_fail (STOKER_IS_LOG_SEARCH (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * stoker_log_search_step:
 * @direction: 1 for the next, -1 for the previous one, 0 for the present one or the one after it
 * @position: (inout): in, where to begin when none is the present one; out, where it is
 *
 * Goes to the next or previous line that has the text, at the ends around.
 *
 * Returns: whether there is one
 */
gboolean
stoker_log_search_step (StokerLogSearch *self, int direction, guint *position)
{
  guint64 first = 0;
  guint n = 0;
  guint next = 0;

  g_return_val_if_fail (STOKER_IS_LOG_SEARCH (self) && position != NULL, FALSE);

  n = self->found->len;
  if (n == 0)
    return FALSE;
  first = stoker_log_model_get_first_line (self->model);
  if (self->index == 0)
    next = (count_before (self, first + *position) + (direction < 0 ? n - 1 : 0)) % n;
  else
    next = (guint) ((gint64) self->index - 1 + n + direction) % n;
  set_index (self, next + 1);
  *position = (guint) (g_array_index (self->found, guint64, next) - first);
  return TRUE;
}
