/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-feed.h"

#include "stoker-error.h"
#include "stoker-read-log.h"

/* As much as is taken in well within a frame. */
#define PIECE_BYTES (64 * 1024)

struct _StokerLogFeed
{
  GObject parent_instance;

  StokerLogModel *model;     /* owned */
  char *path;                /* owned */
  char *error;               /* owned, nullable */
  GCancellable *cancellable; /* owned */
  gint64 offset;
  gboolean is_reading;
  gboolean wants_more; /* it was pulled while it read */
};

G_DEFINE_FINAL_TYPE (StokerLogFeed, stoker_log_feed, G_TYPE_OBJECT)

typedef enum {
  PROP_IS_READING = 1,
  PROP_ERROR,
  N_PROPS,
} StokerLogFeedProperty;

static GParamSpec *properties[N_PROPS];

static void read_piece (StokerLogFeed *self);

static void
set_reading (StokerLogFeed *self, gboolean is_reading)
{
  if (self->is_reading == is_reading)
    return;
  self->is_reading = is_reading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_READING]);
}

static void
set_error (StokerLogFeed *self, const char *message)
{
  if (g_strcmp0 (self->error, message) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Another log has taken the place of the one that was read. */
static void
begin_anew (StokerLogFeed *self)
{
  stoker_log_model_clear (self->model);
  self->offset = 0;
  read_piece (self);
}

static void
take_piece (StokerLogFeed *self, GBytes *piece)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (piece, &length);

  set_error (self, NULL);
  if (length > 0)
    stoker_log_model_append (self->model, text, length);
  self->offset += (gint64) length;
  if (length == PIECE_BYTES || self->wants_more)
    read_piece (self);
  else
    set_reading (self, FALSE);
}

static void
got_piece (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerLogFeed) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = stoker_read_log_piece_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (piece != NULL)
    take_piece (self, piece);
  else if (g_error_matches (error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND) && self->offset > 0)
    begin_anew (self);
  else
    {
      set_error (self, error->message);
      set_reading (self, FALSE);
    }
}

static void
read_piece (StokerLogFeed *self)
{
  self->wants_more = FALSE;
  stoker_read_log_piece_async (self->path, self->offset, PIECE_BYTES, self->cancellable, got_piece,
                               g_object_ref (self));
}

static void
stoker_log_feed_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerLogFeed *self = STOKER_LOG_FEED (object);

  switch ((StokerLogFeedProperty) id)
    {
    case PROP_IS_READING:
      g_value_set_boolean (value, self->is_reading);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_log_feed_finalize (GObject *object)
{
  StokerLogFeed *self = STOKER_LOG_FEED (object);

  g_object_unref (self->model);
  g_object_unref (self->cancellable);
  g_free (self->path);
  g_free (self->error);
  G_OBJECT_CLASS (stoker_log_feed_parent_class)->finalize (object);
}

static void
stoker_log_feed_class_init (StokerLogFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = stoker_log_feed_get_property;
  object_class->finalize = stoker_log_feed_finalize;

  properties[PROP_IS_READING] = g_param_spec_boolean ("is-reading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_log_feed_init (StokerLogFeed *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * stoker_log_feed_new:
 * @model: an empty log
 * @path: the file it comes from
 *
 * Returns: (transfer full): a feed that has read nothing yet
 */
StokerLogFeed *
stoker_log_feed_new (StokerLogModel *model, const char *path)
{
  StokerLogFeed *self = g_object_new (STOKER_TYPE_LOG_FEED, NULL);

  self->model = g_object_ref (model);
  self->path = g_strdup (path);
  return self;
}

/**
 * stoker_log_feed_pull:
 *
 * Takes over what the file has more than before.
 */
void
stoker_log_feed_pull (StokerLogFeed *self)
{
  g_return_if_fail (STOKER_IS_LOG_FEED (self));

  self->wants_more = TRUE;
  if (self->is_reading || g_cancellable_is_cancelled (self->cancellable))
    return;
  set_reading (self, TRUE);
  read_piece (self);
}

/**
 * stoker_log_feed_stop:
 *
 * Reads no more.
 */
void
stoker_log_feed_stop (StokerLogFeed *self)
{
  g_return_if_fail (STOKER_IS_LOG_FEED (self));

  g_cancellable_cancel (self->cancellable);
}

/**
 * stoker_log_feed_get_path:
 *
 * Returns: (transfer none): the file
 */
const char *
stoker_log_feed_get_path (StokerLogFeed *self)
{
  g_return_val_if_fail (STOKER_IS_LOG_FEED (self), NULL);

  return self->path;
}

/**
 * stoker_log_feed_is_reading:
 *
 * Returns: whether more of the file is on its way
 */
gboolean
stoker_log_feed_is_reading (StokerLogFeed *self)
{
  g_return_val_if_fail (STOKER_IS_LOG_FEED (self), FALSE);

  return self->is_reading;
}

/**
 * stoker_log_feed_get_error:
 *
 * Returns: (transfer none) (nullable): why the last reading failed
 */
const char *
stoker_log_feed_get_error (StokerLogFeed *self)
{
  g_return_val_if_fail (STOKER_IS_LOG_FEED (self), NULL);

  return self->error;
}
