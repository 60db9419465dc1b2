/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-price-refresh.h"

#include "stoker-refresh-offers.h"

struct _StokerPriceRefresh
{
  GObject parent_instance;

  StokerWorkspace *workspace; /* owned */
  GCancellable *cancellable;  /* owned, nullable: nobody is being asked */
  GPtrArray *failures;        /* owned, of char*: of the last time */
  guint n_done;
  guint n_asked; /* 0 until the first has answered */
};

G_DEFINE_FINAL_TYPE (StokerPriceRefresh, stoker_price_refresh, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stoker_price_refresh_dispose (GObject *object)
{
  StokerPriceRefresh *self = STOKER_PRICE_REFRESH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (stoker_price_refresh_parent_class)->dispose (object);
}

static void
stoker_price_refresh_finalize (GObject *object)
{
  g_ptr_array_unref (STOKER_PRICE_REFRESH (object)->failures);
  G_OBJECT_CLASS (stoker_price_refresh_parent_class)->finalize (object);
}

static void
stoker_price_refresh_class_init (StokerPriceRefreshClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_price_refresh_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_price_refresh_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
stoker_price_refresh_init (StokerPriceRefresh *self)
{
  self->failures = g_ptr_array_new_with_free_func (g_free);
}

/**
 * stoker_price_refresh_new:
 * @workspace: the open workspace
 *
 * Returns: (transfer full): nobody is asked yet
 */
StokerPriceRefresh *
stoker_price_refresh_new (StokerWorkspace *workspace)
{
  StokerPriceRefresh *self = g_object_new (STOKER_TYPE_PRICE_REFRESH, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}

static void
progressed_cb (guint n_done, guint n_asked, gpointer user_data)
{
  StokerPriceRefresh *self = user_data;

  self->n_done = n_done;
  self->n_asked = n_asked;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerPriceRefresh) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerRefreshReport) report = stoker_refresh_all_offers_finish (result, &error);

  /* Cancelled: told when it was. */
  if (report == NULL)
    return;
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->failures);
  self->failures = g_ptr_array_ref (report->failures);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * stoker_price_refresh_start:
 *
 * Asks all providers that can be asked, unless they are being asked already.
 */
void
stoker_price_refresh_start (StokerPriceRefresh *self)
{
  g_return_if_fail (STOKER_IS_PRICE_REFRESH (self));

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->n_done = 0;
  self->n_asked = 0;
  g_ptr_array_unref (self->failures);
  self->failures = g_ptr_array_new_with_free_func (g_free);
  g_signal_emit (self, signals[CHANGED], 0);
  stoker_refresh_all_offers_async (self->workspace, progressed_cb, self, self->cancellable,
                                   refreshed_cb, g_object_ref (self));
}

/**
 * stoker_price_refresh_cancel:
 *
 * Waits no longer; what was answered until now is kept.
 */
void
stoker_price_refresh_cancel (StokerPriceRefresh *self)
{
  g_return_if_fail (STOKER_IS_PRICE_REFRESH (self));

  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * stoker_price_refresh_is_running:
 *
 * Returns: whether providers are being asked
 */
gboolean
stoker_price_refresh_is_running (StokerPriceRefresh *self)
{
  g_return_val_if_fail (STOKER_IS_PRICE_REFRESH (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * stoker_price_refresh_get_n_done:
 *
 * Returns: how many have answered, or have failed to
 */
guint
stoker_price_refresh_get_n_done (StokerPriceRefresh *self)
{
  g_return_val_if_fail (STOKER_IS_PRICE_REFRESH (self), 0);

  return self->n_done;
}

/**
 * stoker_price_refresh_get_n_asked:
 *
 * Returns: of how many; 0 until the first has answered
 */
guint
stoker_price_refresh_get_n_asked (StokerPriceRefresh *self)
{
  g_return_val_if_fail (STOKER_IS_PRICE_REFRESH (self), 0);

  return self->n_asked;
}

/**
 * stoker_price_refresh_get_failures:
 *
 * Returns: (transfer none) (element-type utf8): a sentence for each that did not answer the last
 * time
 */
GPtrArray *
stoker_price_refresh_get_failures (StokerPriceRefresh *self)
{
  g_return_val_if_fail (STOKER_IS_PRICE_REFRESH (self), NULL);

  return self->failures;
}
