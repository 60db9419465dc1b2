/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-list.h"

#include "stoker-order-providers.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-provider-row.h"
#include "stoker-ui.h"

/* How often the rows say anew how long ago something was. */
#define TIME_STEP_S 60

struct _StokerProviderList
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  gulong handler;
  guint sync_source;
  guint time_source;
  GHashTable *rows;   /* owned: borrowed provider → borrowed row */
  GHashTable *hidden; /* owned: set of ids */
  char *search;       /* owned, nullable: folded */
  char *focus_id;     /* owned, nullable: who gets the focus after the next change */

  GtkListBox *list;
  GtkWidget *none_label;
};

G_DEFINE_FINAL_TYPE (StokerProviderList, stoker_provider_list, ADW_TYPE_BIN)

static guint activated_signal;

static StokerProvider *
get_provider (gpointer row)
{
  return stoker_provider_row_get_provider (STOKER_PROVIDER_ROW (row));
}

/* Searching. */

static gboolean
contains (const char *text, const char *folded)
{
  g_autofree char *own = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return own != NULL && strstr (own, folded) != NULL;
}

static gboolean
matches (StokerProviderList *self, StokerProvider *provider)
{
  StokerProfile *profile = NULL;

  if (self->search == NULL || contains (stoker_phrase_provider_name (provider), self->search) ||
      contains (stoker_provider_get_id (provider), self->search))
    return TRUE;
  profile = stoker_workspace_get_profile (self->workspace, provider);
  return profile != NULL && (contains (profile->name, self->search) ||
                             contains (stoker_phrase_kind (profile->kind), self->search) ||
                             contains (profile->policy_highlight, self->search));
}

/* By visibility, not by a filter function: rows that were filtered away keep their place in the
 * accessibility tree of GTK 4.8. The words for none are no placeholder of the list: as its last
 * child that would take the round corners from the last row. */
static void
apply_search (StokerProviderList *self)
{
  GHashTableIter iter;
  gpointer provider, row;
  gboolean has_match = FALSE;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &provider, &row))
    {
      gboolean is_shown = !g_hash_table_contains (self->hidden,
                                                  stoker_provider_get_id (provider)) &&
                          matches (self, provider);

      gtk_widget_set_visible (row, is_shown);
      has_match = has_match || is_shown;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), has_match);
  gtk_widget_set_visible (self->none_label, !has_match && self->search != NULL);
}

/* Following the registry. */

static guint
find_place (StokerProviderList *self, StokerProvider *provider)
{
  GListModel *providers = stoker_workspace_get_providers (self->workspace);
  guint length = g_list_model_get_n_items (providers);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerProvider) other = g_list_model_get_item (providers, i);

      if (other == provider)
        return i;
    }
  return length;
}

static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  int difference = stoker_provider_get_priority (get_provider (a)) -
                   stoker_provider_get_priority (get_provider (b));

  return difference != 0 ? difference
                         : g_strcmp0 (stoker_provider_get_id (get_provider (a)),
                                      stoker_provider_get_id (get_provider (b)));
}

static void
remove_gone_rows (StokerProviderList *self, GHashTable *present)
{
  GHashTableIter iter;
  gpointer provider, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &provider, &row))
    if (!g_hash_table_contains (present, provider))
      {
        g_hash_table_iter_remove (&iter);
        gtk_list_box_remove (self->list, row);
      }
}

static void
ensure_row (StokerProviderList *self, StokerProvider *provider, guint place, guint count)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, provider);

  if (row == NULL)
    {
      row = stoker_provider_row_new (self->workspace, provider);
      g_hash_table_insert (self->rows, provider, row);
      gtk_list_box_append (self->list, row);
    }
  stoker_provider_row_show_place (STOKER_PROVIDER_ROW (row), place, count);
}

static void
restore_focus (StokerProviderList *self)
{
  StokerProvider *provider = self->focus_id != NULL
                               ? stoker_workspace_lookup_provider (self->workspace, self->focus_id)
                               : NULL;
  GtkWidget *row = provider != NULL ? g_hash_table_lookup (self->rows, provider) : NULL;

  if (row != NULL)
    gtk_widget_grab_focus (row);
  g_clear_pointer (&self->focus_id, g_free);
}

static gboolean
sync_cb (gpointer user_data)
{
  StokerProviderList *self = user_data;
  GListModel *providers = stoker_workspace_get_providers (self->workspace);
  guint length = g_list_model_get_n_items (providers);
  g_autoptr (GHashTable) present = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);

  self->sync_source = 0;
  for (guint i = 0; i < length; i++)
    g_hash_table_add (present, g_list_model_get_item (providers, i));
  remove_gone_rows (self, present);
  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      ensure_row (self, provider, i + 1, length);
    }
  gtk_list_box_invalidate_sort (self->list);
  apply_search (self);
  restore_focus (self);
  return G_SOURCE_REMOVE;
}

/* An import changes many at once: they are looked at together. */
static void
providers_changed_cb (StokerProviderList *self)
{
  if (self->sync_source == 0)
    self->sync_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, sync_cb, self, NULL);
}

static void
forget_workspace (StokerProviderList *self)
{
  GtkWidget *row = NULL;

  g_clear_handle_id (&self->sync_source, g_source_remove);
  if (self->workspace != NULL)
    g_clear_signal_handler (&self->handler, stoker_workspace_get_providers (self->workspace));
  g_hash_table_remove_all (self->rows);
  while (self->list != NULL &&
         (row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_clear_object (&self->workspace);
}

static gboolean
time_cb (gpointer user_data)
{
  StokerProviderList *self = user_data;
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    stoker_provider_row_show_time (STOKER_PROVIDER_ROW (row));
  return G_SOURCE_CONTINUE;
}

/* Reordering. */

static void
ordered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProviderList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_order_providers_finish (result, &error))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
store_order (StokerProviderList *self, GPtrArray *ids)
{
  g_ptr_array_add (ids, NULL);
  stoker_order_providers_async (self->workspace, (const char *const *) ids->pdata, NULL, ordered_cb,
                                g_object_ref (self));
}

/* All ids in their order, but one. */
static GPtrArray *
list_other_ids (StokerProviderList *self, const char *id)
{
  GListModel *providers = stoker_workspace_get_providers (self->workspace);
  guint length = g_list_model_get_n_items (providers);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      if (!g_str_equal (stoker_provider_get_id (provider), id))
        g_ptr_array_add (ids, g_strdup (stoker_provider_get_id (provider)));
    }
  return ids;
}

static void
row_activated_cb (StokerProviderList *self, GtkListBoxRow *row)
{
  g_signal_emit (self, activated_signal, 0, get_provider (row));
}

static void
stoker_provider_list_dispose (GObject *object)
{
  StokerProviderList *self = STOKER_PROVIDER_LIST (object);

  forget_workspace (self);
  g_clear_handle_id (&self->time_source, g_source_remove);
  G_OBJECT_CLASS (stoker_provider_list_parent_class)->dispose (object);
}

static void
stoker_provider_list_finalize (GObject *object)
{
  StokerProviderList *self = STOKER_PROVIDER_LIST (object);

  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->hidden);
  g_free (self->search);
  g_free (self->focus_id);
  G_OBJECT_CLASS (stoker_provider_list_parent_class)->finalize (object);
}

static void
stoker_provider_list_class_init (StokerProviderListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stoker_provider_list_dispose;
  object_class->finalize = stoker_provider_list_finalize;
  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, STOKER_TYPE_PROVIDER);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-provider-list.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerProviderList, list);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderList, none_label);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
stoker_provider_list_init (StokerProviderList *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_sort_func (self->list, compare_rows, NULL, NULL);
  self->time_source = g_timeout_add_seconds (TIME_STEP_S, time_cb, self);
}

/**
 * stoker_provider_list_set_workspace:
 * @workspace: (nullable): the workspace
 *
 * Shows the providers of the workspace and follows them.
 */
void
stoker_provider_list_set_workspace (StokerProviderList *self, StokerWorkspace *workspace)
{
  g_return_if_fail (STOKER_IS_PROVIDER_LIST (self));

  forget_workspace (self);
  if (workspace == NULL)
    return;
  self->workspace = g_object_ref (workspace);
  self->handler = g_signal_connect_swapped (stoker_workspace_get_providers (workspace),
                                            "items-changed", G_CALLBACK (providers_changed_cb),
                                            self);
  sync_cb (self);
}

/**
 * stoker_provider_list_set_search:
 * @text: (nullable): what name, kind or highlight must contain
 */
void
stoker_provider_list_set_search (StokerProviderList *self, const char *text)
{
  g_return_if_fail (STOKER_IS_PROVIDER_LIST (self));

  g_free (self->search);
  self->search = text != NULL && *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  apply_search (self);
}

/**
 * stoker_provider_list_set_hidden:
 * @id: id of a provider
 * @is_hidden: whether its row is left out, for instance until its removal is certain
 */
void
stoker_provider_list_set_hidden (StokerProviderList *self, const char *id, gboolean is_hidden)
{
  g_return_if_fail (STOKER_IS_PROVIDER_LIST (self));

  if (is_hidden)
    g_hash_table_add (self->hidden, g_strdup (id));
  else
    g_hash_table_remove (self->hidden, id);
  apply_search (self);
}

/**
 * stoker_provider_list_count_visible:
 *
 * Returns: how many providers there are that are not hidden; a search does not count
 */
guint
stoker_provider_list_count_visible (StokerProviderList *self)
{
  GListModel *providers = NULL;
  guint length = 0;
  guint count = 0;

  g_return_val_if_fail (STOKER_IS_PROVIDER_LIST (self), 0);

  if (self->workspace == NULL)
    return 0;
  providers = stoker_workspace_get_providers (self->workspace);
  length = g_list_model_get_n_items (providers);
  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      count += !g_hash_table_contains (self->hidden, stoker_provider_get_id (provider));
    }
  return count;
}

/**
 * stoker_provider_list_move:
 * @id: id of a provider
 * @step: by how many places, negative to the front
 *
 * Changes its priority; its row keeps the focus.
 */
void
stoker_provider_list_move (StokerProviderList *self, const char *id, int step)
{
  StokerProvider *provider = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  int place = 0;

  g_return_if_fail (STOKER_IS_PROVIDER_LIST (self));

  provider = self->workspace != NULL ? stoker_workspace_lookup_provider (self->workspace, id)
                                     : NULL;
  if (provider == NULL)
    return;
  ids = list_other_ids (self, id);
  place = CLAMP ((int) find_place (self, provider) + step, 0, (int) ids->len);
  g_ptr_array_insert (ids, place, g_strdup (id));
  g_free (self->focus_id);
  self->focus_id = g_strdup (id);
  store_order (self, ids);
}

/**
 * stoker_provider_list_place:
 * @id: id of a provider
 * @other_id: id of another
 * @is_after: whether the one comes after the other, else before
 *
 * Changes its priority to that next to the other.
 */
void
stoker_provider_list_place (StokerProviderList *self,
                            const char *id,
                            const char *other_id,
                            gboolean is_after)
{
  g_autoptr (GPtrArray) ids = NULL;
  guint place = 0;

  g_return_if_fail (STOKER_IS_PROVIDER_LIST (self));

  if (self->workspace == NULL)
    return;
  ids = list_other_ids (self, id);
  if (!g_ptr_array_find_with_equal_func (ids, other_id, g_str_equal, &place))
    return;
  g_ptr_array_insert (ids, (int) place + (is_after ? 1 : 0), g_strdup (id));
  store_order (self, ids);
}
