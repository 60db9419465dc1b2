/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-outputs.h"

#include "stoker-output-file.h"
#include "stoker-output-tile.h"
#include "stoker-phrases.h"
#include "stoker-preview-window.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerJobOutputs
{
  AdwBin parent_instance;

  StokerJob *job;                /* owned, nullable */
  guint n_told;                  /* outputs that are shown */
  guint n_here;                  /* of them, those that are on this computer */
  GListStore *items;             /* owned, of StokerOutputItem */
  GtkSingleSelection *selection; /* owned */

  GtkStack *stack;
  GtkLabel *empty_label;
  GtkLabel *sum_label;
  GtkGridView *grid;
  GtkPopoverMenu *menu;
};

G_DEFINE_FINAL_TYPE (StokerJobOutputs, stoker_job_outputs, ADW_TYPE_BIN)

static StokerOutputItem *
get_chosen (StokerJobOutputs *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
update_actions (StokerJobOutputs *self)
{
  static const char *const names[] = { "outputs.preview", "outputs.open", "outputs.save-as",
                                       "outputs.copy", "outputs.show-in-files" };
  StokerOutputItem *item = get_chosen (self);
  gboolean is_here = item != NULL && stoker_output_item_get_path (item) != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], is_here);
}

static void
preview_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobOutputs *self = STOKER_JOB_OUTPUTS (widget);
  guint position = gtk_single_selection_get_selected (self->selection);

  stoker_preview_window_open (GTK_WINDOW (gtk_widget_get_root (widget)), G_LIST_MODEL (self->items),
                              position);
}

static void
open_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_output_open (widget, get_chosen (STOKER_JOB_OUTPUTS (widget)));
}

static void
save_as_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_output_save_as (widget, get_chosen (STOKER_JOB_OUTPUTS (widget)));
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_output_copy (widget, get_chosen (STOKER_JOB_OUTPUTS (widget)), NULL);
}

static void
show_in_files_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_output_show_in_files (widget, get_chosen (STOKER_JOB_OUTPUTS (widget)));
}

static void
activated_cb (StokerJobOutputs *self, guint position)
{
  g_autoptr (StokerOutputItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (item != NULL)
    stoker_output_open (GTK_WIDGET (self), item);
}

static void
pop_up (StokerJobOutputs *self, GtkWidget *tile, double x, double y)
{
  GdkRectangle place = { 0, 0, 1, 1 };

  gtk_widget_translate_coordinates (tile, GTK_WIDGET (self->grid), x, y, &x, &y);
  place.x = (int) x;
  place.y = (int) y;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_asked_cb (StokerJobOutputs *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  StokerOutputItem *item = stoker_output_tile_get_item (STOKER_OUTPUT_TILE (tile));
  guint position = 0;

  if (item == NULL || !g_list_store_find (self->items, item, &position))
    return;
  gtk_single_selection_set_selected (self->selection, position);
  pop_up (self, tile, x, y);
}

static void
menu_key_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobOutputs *self = STOKER_JOB_OUTPUTS (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->grid)))
    pop_up (self, focus, gtk_widget_get_width (focus) / 2.0, gtk_widget_get_height (focus) / 2.0);
}

static void
tile_setup_cb (StokerJobOutputs *self, GtkListItem *list_item)
{
  GtkWidget *tile = g_object_new (STOKER_TYPE_OUTPUT_TILE, NULL);
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (menu_asked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (gesture));
  gtk_list_item_set_child (list_item, tile);
}

static void
tile_bind_cb (StokerJobOutputs *self, GtkListItem *list_item)
{
  stoker_output_tile_set_item (STOKER_OUTPUT_TILE (gtk_list_item_get_child (list_item)),
                               gtk_list_item_get_item (list_item));
}

static void
tile_unbind_cb (StokerJobOutputs *self, GtkListItem *list_item)
{
  stoker_output_tile_set_item (STOKER_OUTPUT_TILE (gtk_list_item_get_child (list_item)), NULL);
}

static void
set_factory (StokerJobOutputs *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (tile_setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (tile_bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (tile_unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_view_set_factory (self->grid, factory);
}

static const char *
explain_empty (StokerJob *job)
{
  if (stoker_job_get_dry_run (job))
    return _ ("A dry run has no outputs; nothing was sent.");
  if (!stoker_job_state_is_final (stoker_job_get_state (job)))
    return _ ("There are no outputs yet.");
  return _ ("This job left no outputs.");
}

static void
show_sum (StokerJobOutputs *self, GPtrArray *artifacts)
{
  gint64 bytes = 0;
  g_autofree char *count = g_strdup_printf (ngettext ("%u output", "%u outputs", artifacts->len),
                                            artifacts->len);
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < artifacts->len; i++)
    bytes += MAX (0, ((StokerArtifact *) g_ptr_array_index (artifacts, i))->bytes);
  size = stoker_phrase_bytes (bytes);
  text = g_strdup_printf ("%s · %s", count, size);
  gtk_label_set_label (self->sum_label, text);
}

static guint
count_here (GPtrArray *artifacts)
{
  guint count = 0;

  for (guint i = 0; i < artifacts->len; i++)
    count += ((StokerArtifact *) g_ptr_array_index (artifacts, i))->path != NULL;
  return count;
}

static void
fill (StokerJobOutputs *self, GPtrArray *artifacts)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < artifacts->len; i++)
    g_ptr_array_add (items, stoker_output_item_new (g_ptr_array_index (artifacts, i)));
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  show_sum (self, artifacts);
  update_actions (self);
}

static void
stoker_job_outputs_dispose (GObject *object)
{
  StokerJobOutputs *self = STOKER_JOB_OUTPUTS (object);

  g_clear_object (&self->job);
  g_clear_object (&self->items);
  g_clear_object (&self->selection);
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
  G_OBJECT_CLASS (stoker_job_outputs_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "outputs.preview", NULL, preview_cb);
  gtk_widget_class_install_action (widget_class, "outputs.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "outputs.save-as", NULL, save_as_cb);
  gtk_widget_class_install_action (widget_class, "outputs.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "outputs.show-in-files", NULL, show_in_files_cb);
  gtk_widget_class_install_action (widget_class, "outputs.menu", NULL, menu_key_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "outputs.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "outputs.save-as",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "outputs.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "outputs.menu",
                                       NULL);
}

static void
stoker_job_outputs_class_init (StokerJobOutputsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_job_outputs_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/jobs/stoker-job-outputs.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerJobOutputs, stack);
  gtk_widget_class_bind_template_child (widget_class, StokerJobOutputs, empty_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobOutputs, sum_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobOutputs, grid);
  gtk_widget_class_bind_template_child (widget_class, StokerJobOutputs, menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  install_actions (widget_class);
}

static void
stoker_job_outputs_init (StokerJobOutputs *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  stoker_ui_tell_cut (self->sum_label);
  self->items = g_list_store_new (STOKER_TYPE_OUTPUT_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self->grid));
  set_factory (self);
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (update_actions),
                           self, G_CONNECT_SWAPPED);
  update_actions (self);
}

/**
 * stoker_job_outputs_show:
 * @job: the job
 *
 * Shows its outputs. They are laid out anew only when there are more of them, so that thumbnails
 * are not made again with every step of the progress.
 */
void
stoker_job_outputs_show (StokerJobOutputs *self, StokerJob *job)
{
  GPtrArray *artifacts = stoker_job_get_artifacts (job);
  guint n_here = count_here (artifacts);

  g_return_if_fail (STOKER_IS_JOB_OUTPUTS (self));

  gtk_stack_set_visible_child_name (self->stack, artifacts->len > 0 ? "outputs" : "empty");
  gtk_label_set_label (self->empty_label, explain_empty (job));
  if (self->job == job && self->n_told == artifacts->len && self->n_here == n_here)
    return;
  g_set_object (&self->job, job);
  self->n_told = artifacts->len;
  self->n_here = n_here;
  fill (self, artifacts);
}
