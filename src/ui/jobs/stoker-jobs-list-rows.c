/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jobs-list-private.h"

#include "stoker-job-row.h"

static void
row_setup_cb (StokerJobsList *self, GtkListItem *item)
{
  GtkWidget *row = stoker_job_row_new (self->workspace);

  g_object_bind_property (self, "is-selecting", row, "is-selecting", G_BINDING_SYNC_CREATE);
  g_object_bind_property (item, "selected", row, "is-selected", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
}

static void
row_bind_cb (StokerJobsList *self, GtkListItem *item)
{
  StokerJobRow *row = STOKER_JOB_ROW (gtk_list_item_get_child (item));
  guint position = gtk_list_item_get_position (item);
  g_autofree char *label = NULL;

  if (stoker_job_index_starts_group (self->index, position))
    label = stoker_job_group_label (self->workspace, gtk_list_item_get_item (item),
                                    stoker_job_index_get_grouping (self->index),
                                    g_get_real_time ());
  stoker_job_row_set_job (row, gtk_list_item_get_item (item));
  stoker_job_row_set_group (row, label);
}

static void
row_unbind_cb (StokerJobsList *self, GtkListItem *item)
{
  stoker_job_row_set_job (STOKER_JOB_ROW (gtk_list_item_get_child (item)), NULL);
}

void
stoker_jobs_list_set_factory (StokerJobsList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (row_setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (row_bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (row_unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->rows, factory);
}

/**
 * stoker_jobs_list_write_anew:
 *
 * Amounts are written in another way from now on.
 */
void
stoker_jobs_list_write_anew (StokerJobsList *self)
{
  g_return_if_fail (STOKER_IS_JOBS_LIST (self));

  if (self->workspace == NULL)
    return;
  stoker_jobs_list_set_factory (self);
  stoker_jobs_table_write_anew (self->table);
}

void
stoker_jobs_list_toggle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobsList *self = STOKER_JOBS_LIST (widget);
  StokerJob *job = stoker_workspace_lookup_job (self->workspace,
                                                g_variant_get_string (parameter, NULL));
  guint position = 0;

  if (!stoker_job_index_find (self->index, job, &position))
    return;
  if (gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_unselect_item (self->selection, position);
  else
    gtk_selection_model_select_item (self->selection, position, FALSE);
}
