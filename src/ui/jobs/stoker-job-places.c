/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-places.h"

struct _StokerJobPlaces
{
  GObject parent_instance;

  GtkSelectionModel *selection; /* owned */
};

enum {
  FILLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void stoker_job_places_model_init (GListModelInterface *iface);
static void stoker_job_places_selection_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StokerJobPlaces,
                               stoker_job_places,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      stoker_job_places_model_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                        stoker_job_places_selection_init))

/* What takes the place of something else is told as such, the rest as added or removed. */
static void
items_changed_cb (StokerJobPlaces *self, guint position, guint n_removed, guint n_added)
{
  guint n_filled = MIN (n_removed, n_added);

  if (n_removed != n_added)
    g_list_model_items_changed (G_LIST_MODEL (self), position + n_filled, n_removed - n_filled,
                                n_added - n_filled);
  if (n_filled > 0)
    {
      g_signal_emit (self, signals[FILLED], 0, position, n_filled);
      gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, n_filled);
    }
}

/* The model. */

static GType
stoker_job_places_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
stoker_job_places_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (STOKER_JOB_PLACES (model)->selection));
}

/* Nobody keeps a place or looks at it: it is only something that differs from all others. */
static gpointer
stoker_job_places_get_item (GListModel *model, guint position)
{
  return position < stoker_job_places_get_n_items (model) ? g_object_new (G_TYPE_OBJECT, NULL)
                                                          : NULL;
}

static void
stoker_job_places_model_init (GListModelInterface *iface)
{
  iface->get_item_type = stoker_job_places_get_item_type;
  iface->get_n_items = stoker_job_places_get_n_items;
  iface->get_item = stoker_job_places_get_item;
}

/* The selection. */

static gboolean
stoker_job_places_is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_selection_model_is_selected (STOKER_JOB_PLACES (model)->selection, position);
}

static GtkBitset *
stoker_job_places_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_selection_model_get_selection_in_range (STOKER_JOB_PLACES (model)->selection, position,
                                                     n_items);
}

static gboolean
stoker_job_places_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  return gtk_selection_model_set_selection (STOKER_JOB_PLACES (model)->selection, selected, mask);
}

static void
stoker_job_places_selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = stoker_job_places_is_selected;
  iface->get_selection_in_range = stoker_job_places_get_selection_in_range;
  iface->set_selection = stoker_job_places_set_selection;
}

static void
selection_changed_cb (StokerJobPlaces *self, guint position, guint n_items)
{
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, n_items);
}

static void
stoker_job_places_dispose (GObject *object)
{
  StokerJobPlaces *self = STOKER_JOB_PLACES (object);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (stoker_job_places_parent_class)->dispose (object);
}

static void
stoker_job_places_class_init (StokerJobPlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_job_places_dispose;
  signals[FILLED] = g_signal_new ("filled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
stoker_job_places_init (StokerJobPlaces *self)
{
}

/**
 * stoker_job_places_new:
 * @selection: what is at the places, and which of it is selected
 *
 * Returns: (transfer full): its places
 */
StokerJobPlaces *
stoker_job_places_new (GtkSelectionModel *selection)
{
  StokerJobPlaces *self = g_object_new (STOKER_TYPE_JOB_PLACES, NULL);

  self->selection = g_object_ref (selection);
  g_signal_connect_swapped (selection, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect_swapped (selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  return self;
}

/**
 * stoker_job_places_get_selection:
 *
 * Returns: (transfer none): what is at the places
 */
GtkSelectionModel *
stoker_job_places_get_selection (StokerJobPlaces *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_PLACES (self), NULL);

  return self->selection;
}
