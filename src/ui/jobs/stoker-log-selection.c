/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-selection.h"

struct _StokerLogSelection
{
  GObject parent_instance;

  StokerLogModel *model; /* owned */
  GtkBitset *chosen;     /* owned */
};

static GType
stoker_log_selection_get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (G_LIST_MODEL (STOKER_LOG_SELECTION (model)->model));
}

static guint
stoker_log_selection_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (STOKER_LOG_SELECTION (model)->model));
}

static gpointer
stoker_log_selection_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (STOKER_LOG_SELECTION (model)->model), position);
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = stoker_log_selection_get_item_type;
  interface->get_n_items = stoker_log_selection_get_n_items;
  interface->get_item = stoker_log_selection_get_item;
}

static gboolean
stoker_log_selection_is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (STOKER_LOG_SELECTION (model)->chosen, position);
}

static GtkBitset *
stoker_log_selection_get_selection_in_range (GtkSelectionModel *model,
                                             guint position,
                                             guint n_items)
{
  return gtk_bitset_ref (STOKER_LOG_SELECTION (model)->chosen);
}

static gboolean
stoker_log_selection_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  StokerLogSelection *self = STOKER_LOG_SELECTION (model);
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (selected);
  g_autoptr (GtkBitset) next = gtk_bitset_copy (self->chosen);
  guint first = 0;

  gtk_bitset_intersect (changed, mask);
  gtk_bitset_subtract (next, mask);
  gtk_bitset_union (next, changed);
  g_clear_pointer (&changed, gtk_bitset_unref);
  changed = gtk_bitset_copy (next);
  gtk_bitset_difference (changed, self->chosen);
  g_clear_pointer (&self->chosen, gtk_bitset_unref);
  self->chosen = g_steal_pointer (&next);
  if (gtk_bitset_is_empty (changed))
    return TRUE;
  first = gtk_bitset_get_minimum (changed);
  gtk_selection_model_selection_changed (model, first,
                                         gtk_bitset_get_maximum (changed) - first + 1);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = stoker_log_selection_is_selected;
  interface->get_selection_in_range = stoker_log_selection_get_selection_in_range;
  interface->set_selection = stoker_log_selection_set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StokerLogSelection,
                               stoker_log_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                        selection_model_init))

static void
items_changed_cb (StokerLogSelection *self, guint position, guint n_removed, guint n_added)
{
  gtk_bitset_splice (self->chosen, position, n_removed, n_added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
stoker_log_selection_dispose (GObject *object)
{
  StokerLogSelection *self = STOKER_LOG_SELECTION (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (stoker_log_selection_parent_class)->dispose (object);
}

static void
stoker_log_selection_finalize (GObject *object)
{
  g_clear_pointer (&STOKER_LOG_SELECTION (object)->chosen, gtk_bitset_unref);
  G_OBJECT_CLASS (stoker_log_selection_parent_class)->finalize (object);
}

static void
stoker_log_selection_class_init (StokerLogSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_log_selection_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_log_selection_finalize;
}

static void
stoker_log_selection_init (StokerLogSelection *self)
{
  self->chosen = gtk_bitset_new_empty ();
}

/**
 * stoker_log_selection_new:
 * @model: a log
 *
 * Returns: (transfer full): its lines, none of them chosen
 */
StokerLogSelection *
stoker_log_selection_new (StokerLogModel *model)
{
  StokerLogSelection *self = g_object_new (STOKER_TYPE_LOG_SELECTION, NULL);

  g_return_val_if_fail (STOKER_IS_LOG_MODEL (model), self);

  self->model = g_object_ref (model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  return self;
}
