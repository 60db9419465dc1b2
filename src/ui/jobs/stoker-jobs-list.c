/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jobs-list.h"

#include "stoker-jobs-bulk.h"
#include "stoker-jobs-list-private.h"
#include "stoker-ui.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

/* Narrower than this, rows of two lines say more than columns. */
#define TABLE_WIDTH 680
/* Before the index fills what is going to be taken away again. */
#define ARRANGE_PRIORITY (GDK_PRIORITY_REDRAW + 1)

typedef enum {
  PROP_IS_SELECTING = 1,
  PROP_IS_SEARCHING,
  PROP_N_SELECTED,
  N_PROPS,
} StokerJobsListProperty;

enum {
  JOB_CHOSEN,
  JOB_OPENED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StokerJobsList, stoker_jobs_list, ADW_TYPE_BIN)

static guint
count_selected (StokerJobsList *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  if (self->selection == NULL)
    return 0;
  selected = gtk_selection_model_get_selection (self->selection);
  return (guint) gtk_bitset_get_size (selected);
}

/* What is seen. */

static void
show_page (StokerJobsList *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->index)) == 0 &&
                      !stoker_job_index_is_busy (self->index);

  gtk_stack_set_visible_child_name (self->stack, is_empty         ? "nothing"
                                                 : self->is_table ? "table"
                                                                  : "rows");
}

/* A view that is given many rows at once makes all of them in one go. */
static void
give_rows (StokerJobsList *self)
{
  GtkSelectionModel *for_table = self->is_table ? self->selection : NULL;
  GtkSelectionModel *for_rows = self->is_table ? NULL : self->selection;

  if (stoker_jobs_table_get_model (self->table) == for_table &&
      gtk_list_view_get_model (self->rows) == for_rows)
    return;
  stoker_jobs_table_set_model (self->table, NULL, NULL);
  gtk_list_view_set_model (self->rows, NULL);
  if (count_selected (self) <= 1)
    stoker_job_index_tell_again (self->index);
  stoker_jobs_table_set_model (self->table, for_table, self->index);
  gtk_list_view_set_model (self->rows, for_rows);
}

/* Only what is seen has rows, and only when it is known what is seen. */
static void
arrange (StokerJobsList *self)
{
  if (self->workspace == NULL || self->width == 0)
    return;
  self->is_table = self->width >= TABLE_WIDTH && !self->is_selecting;
  give_rows (self);
  if (self->is_table)
    stoker_jobs_table_show_width (self->table, self->width);
  show_page (self);
}

static gboolean
arrange_cb (gpointer user_data)
{
  StokerJobsList *self = user_data;

  self->arrange_id = 0;
  arrange (self);
  return G_SOURCE_REMOVE;
}

void
stoker_jobs_list_plan_arrange (StokerJobsList *self)
{
  if (self->arrange_id == 0)
    self->arrange_id = g_idle_add_full (ARRANGE_PRIORITY, arrange_cb, self, NULL);
}

/* Instead of the layout of a bin, which would not tell the width. */
static void
stoker_jobs_list_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static GtkSizeRequestMode
stoker_jobs_list_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
stoker_jobs_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  StokerJobsList *self = STOKER_JOBS_LIST (widget);

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
  if (width == self->width)
    return;
  self->width = width;
  stoker_jobs_list_plan_arrange (self);
}

/* Choosing. */

static void
set_chosen (StokerJobsList *self, StokerJob *job)
{
  if (self->chosen == job)
    return;
  g_set_object (&self->chosen, job);
  g_signal_emit (self, signals[JOB_CHOSEN], 0, job);
}

static void
show_bulk (StokerJobsList *self)
{
  guint count = count_selected (self);
  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u selected", "%u selected", count), count);

  gtk_label_set_label (self->bulk_label, text);
  gtk_action_bar_set_revealed (self->bulk_bar, self->is_selecting || count > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "jobs.bulk-cancel", count > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "jobs.bulk-retry", count > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "jobs.bulk-export", count > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "jobs.bulk-delete", count > 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

static void
selection_changed_cb (StokerJobsList *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);

  show_bulk (self);
  if (gtk_bitset_get_size (selected) == 1)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (G_LIST_MODEL (self->selection),
                                                         gtk_bitset_get_nth (selected, 0));

      set_chosen (self, job);
    }
}

/* What was chosen stays chosen when it is still listed. */
static void
index_done_cb (StokerJobsList *self)
{
  guint position = 0;

  show_page (self);
  if (self->is_selecting)
    return;
  if (count_selected (self) == 0 &&
      (self->chosen == NULL || stoker_job_index_find (self->index, self->chosen, &position)))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  stoker_jobs_list_restore_anchor (self);
}

static void
jobs_removed_cb (StokerJobsList *self, GHashTable *doomed)
{
  if (self->chosen != NULL && g_hash_table_contains (doomed, self->chosen))
    set_chosen (self, NULL);
}

static void
activated_cb (StokerJobsList *self, guint position)
{
  g_autoptr (StokerJob) job = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (job == NULL)
    return;
  set_chosen (self, job);
  g_signal_emit (self, signals[JOB_OPENED], 0);
}

/* Time. */

static gboolean
tick_cb (gpointer user_data)
{
  StokerJobsList *self = user_data;

  if (self->is_table)
    stoker_jobs_table_tick (self->table);
  return G_SOURCE_CONTINUE;
}

/* What changed while the page was not seen finds its place. */
static void
stoker_jobs_list_map (GtkWidget *widget)
{
  StokerJobsList *self = STOKER_JOBS_LIST (widget);

  GTK_WIDGET_CLASS (stoker_jobs_list_parent_class)->map (widget);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
stoker_jobs_list_unmap (GtkWidget *widget)
{
  StokerJobsList *self = STOKER_JOBS_LIST (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (stoker_jobs_list_parent_class)->unmap (widget);
}

/* The object. */

static void
show_switch (StokerJobsList *self, const char *name, gboolean is_on)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (is_on));
}

static void
set_selecting (StokerJobsList *self, gboolean is_selecting)
{
  if (self->is_selecting == is_selecting)
    return;
  self->is_selecting = is_selecting;
  if (self->selection != NULL)
    gtk_selection_model_unselect_all (self->selection);
  arrange (self);
  show_bulk (self);
  show_switch (self, "select", is_selecting);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SELECTING]);
}

static void
set_searching (StokerJobsList *self, gboolean is_searching)
{
  /* Asked for once more, the keyboard goes there once more. */
  if (is_searching && self->is_searching)
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  if (self->is_searching == is_searching)
    return;
  self->is_searching = is_searching;
  gtk_search_bar_set_search_mode (self->search_bar, is_searching);
  if (is_searching)
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  show_switch (self, "search", is_searching);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SEARCHING]);
}

static void
search_mode_changed_cb (StokerJobsList *self)
{
  set_searching (self, gtk_search_bar_get_search_mode (self->search_bar));
}

static void
stoker_jobs_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerJobsList *self = STOKER_JOBS_LIST (object);

  if (id == PROP_IS_SELECTING)
    g_value_set_boolean (value, self->is_selecting);
  else if (id == PROP_IS_SEARCHING)
    g_value_set_boolean (value, self->is_searching);
  else if (id == PROP_N_SELECTED)
    g_value_set_uint (value, count_selected (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_jobs_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerJobsList *self = STOKER_JOBS_LIST (object);

  if (id == PROP_IS_SELECTING)
    set_selecting (self, g_value_get_boolean (value));
  else if (id == PROP_IS_SEARCHING)
    set_searching (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
drop_workspace (StokerJobsList *self)
{
  if (self->workspace != NULL)
    {
      stoker_jobs_list_unwatch_settings (self);
      g_signal_handlers_disconnect_by_data (stoker_workspace_get_jobs (self->workspace), self);
    }
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->index != NULL)
    g_signal_handlers_disconnect_by_data (self->index, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->index);
  g_clear_object (&self->chosen);
  g_clear_object (&self->workspace);
}

static void
stoker_jobs_list_dispose (GObject *object)
{
  StokerJobsList *self = STOKER_JOBS_LIST (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->arrange_id, g_source_remove);
  stoker_jobs_list_end_drag (self);
  drop_workspace (self);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (stoker_jobs_list_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, paused_bar);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, chip_all);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, chip_running);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, chip_attention);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, chip_done);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, chip_failed);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, stack);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, table);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, rows);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, bulk_bar);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsList, bulk_label);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed_cb);
}

static void
stoker_jobs_list_class_init (StokerJobsListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = stoker_jobs_list_get_property;
  object_class->set_property = stoker_jobs_list_set_property;
  object_class->dispose = stoker_jobs_list_dispose;
  widget_class->measure = stoker_jobs_list_measure;
  widget_class->get_request_mode = stoker_jobs_list_get_request_mode;
  widget_class->size_allocate = stoker_jobs_list_size_allocate;
  widget_class->map = stoker_jobs_list_map;
  widget_class->unmap = stoker_jobs_list_unmap;

  properties[PROP_IS_SELECTING] = g_param_spec_boolean ("is-selecting", NULL, NULL, FALSE, flags);
  properties[PROP_IS_SEARCHING] = g_param_spec_boolean ("is-searching", NULL, NULL, FALSE, flags);
  properties[PROP_N_SELECTED] = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[JOB_CHOSEN] = g_signal_new ("job-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, STOKER_TYPE_JOB);
  signals[JOB_OPENED] = g_signal_new ("job-opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STOKER_TYPE_JOBS_TABLE);
  g_type_ensure (STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               STOKER_UI_RESOURCE_PATH "/jobs/stoker-jobs-list.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "jobs.toggle", "s", stoker_jobs_list_toggle);
  stoker_jobs_list_bind_settings (widget_class);
  stoker_jobs_list_bind_focus (widget_class);
  stoker_jobs_bulk_install (widget_class);
}

static void
select_asked_cb (StokerJobsList *self, GVariant *value)
{
  set_selecting (self, g_variant_get_boolean (value));
}

static void
search_asked_cb (StokerJobsList *self, GVariant *value)
{
  set_searching (self, g_variant_get_boolean (value));
}

/* Not a GPropertyAction, which would keep the list alive. */
static void
add_switch (StokerJobsList *self, const char *name, GCallback asked)
{
  g_autoptr (GSimpleAction)
    action = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (FALSE));

  g_signal_connect_object (action, "change-state", asked, self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
stoker_jobs_list_init (StokerJobsList *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  add_switch (self, "select", G_CALLBACK (select_asked_cb));
  add_switch (self, "search", G_CALLBACK (search_asked_cb));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "jobs-view", G_ACTION_GROUP (self->actions));
  stoker_jobs_list_add_drag (self);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->stack));
}

/**
 * stoker_jobs_list_set_workspace:
 * @workspace: (nullable): the workspace whose jobs are shown
 */
void
stoker_jobs_list_set_workspace (StokerJobsList *self, StokerWorkspace *workspace)
{
  GListModel *jobs = NULL;

  g_return_if_fail (STOKER_IS_JOBS_LIST (self));

  stoker_jobs_table_set_model (self->table, NULL, NULL);
  gtk_list_view_set_model (self->rows, NULL);
  drop_workspace (self);
  stoker_jobs_table_set_workspace (self->table, workspace);
  if (workspace == NULL)
    return;
  self->workspace = g_object_ref (workspace);
  stoker_jobs_list_set_factory (self);
  self->index = stoker_job_index_new (workspace);
  self->selection = GTK_SELECTION_MODEL (
    gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->index))));
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  g_signal_connect_swapped (self->index, "done", G_CALLBACK (index_done_cb), self);
  g_signal_connect_swapped (self->index, "items-changed", G_CALLBACK (show_bulk), self);
  jobs = stoker_workspace_get_jobs (workspace);
  g_signal_connect_swapped (jobs, "jobs-removed", G_CALLBACK (jobs_removed_cb), self);
  g_signal_connect_swapped (jobs, "items-changed", G_CALLBACK (stoker_jobs_list_show_counts), self);
  g_signal_connect_swapped (jobs, "standing-changed", G_CALLBACK (stoker_jobs_list_show_counts),
                            self);
  stoker_jobs_list_show_counts (self);
  stoker_jobs_list_watch_settings (self);
  arrange (self);
  show_bulk (self);
}

/**
 * stoker_jobs_list_choose:
 * @job: a job
 *
 * Chooses the job, as if it had been clicked. One that the filter hides is chosen all the same.
 */
void
stoker_jobs_list_choose (StokerJobsList *self, StokerJob *job)
{
  guint position = 0;

  g_return_if_fail (STOKER_IS_JOBS_LIST (self));

  set_chosen (self, job);
  if (self->index != NULL && stoker_job_index_find (self->index, job, &position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
}

/**
 * stoker_jobs_list_get_chosen:
 *
 * Returns: (transfer none) (nullable): the job that is shown beside the list
 */
StokerJob *
stoker_jobs_list_get_chosen (StokerJobsList *self)
{
  g_return_val_if_fail (STOKER_IS_JOBS_LIST (self), NULL);

  return self->chosen;
}

/**
 * stoker_jobs_list_get_selected:
 *
 * Returns: (transfer full) (element-type StokerJob): what is selected
 */
GPtrArray *
stoker_jobs_list_get_selected (StokerJobsList *self)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (STOKER_IS_JOBS_LIST (self), jobs);

  if (self->selection == NULL)
    return jobs;
  selected = gtk_selection_model_get_selection (self->selection);
  for (gboolean is_valid = gtk_bitset_iter_init_first (&iter, selected, &position); is_valid;
       is_valid = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (jobs, g_list_model_get_item (G_LIST_MODEL (self->selection), position));
  return jobs;
}

/**
 * stoker_jobs_list_get_workspace:
 *
 * Returns: (transfer none) (nullable): the workspace
 */
StokerWorkspace *
stoker_jobs_list_get_workspace (StokerJobsList *self)
{
  g_return_val_if_fail (STOKER_IS_JOBS_LIST (self), NULL);

  return self->workspace;
}

/**
 * stoker_jobs_list_get_actions:
 *
 * Returns: (transfer none): jobs-sort, jobs-group, jobs-filter, queue-paused, select and search,
 * for what controls the list from outside
 */
GActionGroup *
stoker_jobs_list_get_actions (StokerJobsList *self)
{
  g_return_val_if_fail (STOKER_IS_JOBS_LIST (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

/**
 * stoker_jobs_list_sort_again:
 *
 * Puts jobs that have changed where they belong.
 */
void
stoker_jobs_list_sort_again (StokerJobsList *self)
{
  g_return_if_fail (STOKER_IS_JOBS_LIST (self));

  if (self->index != NULL)
    stoker_job_index_sort_again (self->index);
}

/**
 * stoker_jobs_list_leave_selection:
 *
 * What was to be done with several jobs is done.
 */
void
stoker_jobs_list_leave_selection (StokerJobsList *self)
{
  g_return_if_fail (STOKER_IS_JOBS_LIST (self));

  set_selecting (self, FALSE);
  if (self->selection != NULL)
    gtk_selection_model_unselect_all (self->selection);
}
