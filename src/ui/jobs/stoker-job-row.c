/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-row.h"

#include "stoker-job-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-queue-places.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerJobRow
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned */
  StokerJob *job;             /* owned, nullable */
  gulong job_handler;
  gboolean is_selecting;
  gboolean is_selected;

  GtkLabel *group_label;
  GtkCheckButton *check;
  GtkImage *state_image;
  GtkLabel *name_label;
  GtkLabel *state_label;
  GtkLabel *cost_label;
  GtkProgressBar *progress_bar;
};

G_DEFINE_FINAL_TYPE (StokerJobRow, stoker_job_row, ADW_TYPE_BIN)

typedef enum {
  PROP_IS_SELECTING = 1,
  PROP_IS_SELECTED,
  N_PROPS,
} StokerJobRowProperty;

static GParamSpec *properties[N_PROPS];

static const char *
get_provider_name (StokerJobRow *self)
{
  const char *id = stoker_job_get_provider_id (self->job);

  return stoker_phrase_provider_of (self->workspace, id);
}

static char *
tell_state (StokerJobRow *self)
{
  return stoker_phrase_job_place (stoker_job_get_state (self->job),
                                  stoker_queue_places_lookup (stoker_queue_places_of (
                                                                self->workspace),
                                                              self->job));
}

static void
show_state (StokerJobRow *self)
{
  StokerJobState state = stoker_job_get_state (self->job);
  g_autofree char *told = tell_state (self);
  g_autofree char *text = g_strdup_printf ("%s · %s", told, get_provider_name (self));

  gtk_image_set_from_icon_name (self->state_image, stoker_phrase_job_icon (state));
  stoker_ui_set_state_class (GTK_WIDGET (self->state_image), stoker_phrase_job_class (state));
  gtk_label_set_label (self->state_label, text);
}

/* The list wraps each row in an item, which is what assistive technologies see. What waits says
 * its place, which is what one moves. */
static void
name_item (StokerJobRow *self)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *told = tell_state (self);
  g_autofree char *name = g_strdup_printf ("%s · %s", stoker_job_get_name (self->job), told);
  gboolean is_waiting = stoker_job_get_state (self->job) == STOKER_JOB_WAITING;

  if (item != NULL)
    stoker_ui_set_label (item, is_waiting ? name : stoker_job_get_name (self->job));
}

static void
show_progress (StokerJobRow *self)
{
  double progress = stoker_job_get_progress (self->job);
  gboolean is_shown = progress >= 0 &&
                      !stoker_job_state_is_final (stoker_job_get_state (self->job));

  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), is_shown);
  gtk_progress_bar_set_fraction (self->progress_bar, CLAMP (progress, 0, 1));
}

static void
refresh (StokerJobRow *self)
{
  g_autofree char *cost = stoker_phrase_cost_of_job (self->job);

  gtk_label_set_label (self->name_label, stoker_job_get_name (self->job));
  gtk_label_set_label (self->cost_label, cost);
  name_item (self);
  show_state (self);
  show_progress (self);
}

static void
places_changed_cb (StokerJobRow *self)
{
  if (self->job != NULL && stoker_job_get_state (self->job) == STOKER_JOB_WAITING)
    refresh (self);
}

/* While jobs are being selected a click is for the check box alone. */
static void
pressed_cb (StokerJobRow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  if (self->is_selecting)
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* A list view activates on a double click, or else selects under the pointer already; a single
 * click has to do. */
static void
released_cb (StokerJobRow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
    GTK_EVENT_CONTROLLER (gesture));

  if (self->job == NULL || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), self->is_selecting ? "jobs.toggle" : "jobs.open",
                              "s", stoker_job_get_id (self->job));
}

static void
stoker_job_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerJobRow *self = STOKER_JOB_ROW (object);

  if (id == PROP_IS_SELECTING)
    g_value_set_boolean (value, self->is_selecting);
  else if (id == PROP_IS_SELECTED)
    g_value_set_boolean (value, self->is_selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_job_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerJobRow *self = STOKER_JOB_ROW (object);

  if (id == PROP_IS_SELECTING)
    {
      self->is_selecting = g_value_get_boolean (value);
      gtk_widget_set_visible (GTK_WIDGET (self->check), self->is_selecting);
    }
  else if (id == PROP_IS_SELECTED)
    {
      self->is_selected = g_value_get_boolean (value);
      gtk_check_button_set_active (self->check, self->is_selected);
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_job_row_dispose (GObject *object)
{
  StokerJobRow *self = STOKER_JOB_ROW (object);

  g_clear_signal_handler (&self->job_handler, self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (stoker_job_row_parent_class)->dispose (object);
}

static void
stoker_job_row_class_init (StokerJobRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = stoker_job_row_get_property;
  object_class->set_property = stoker_job_row_set_property;
  object_class->dispose = stoker_job_row_dispose;
  properties[PROP_IS_SELECTING] = g_param_spec_boolean ("is-selecting", NULL, NULL, FALSE, flags);
  properties[PROP_IS_SELECTED] = g_param_spec_boolean ("is-selected", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               STOKER_UI_RESOURCE_PATH "/jobs/stoker-job-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerJobRow, state_image);
  gtk_widget_class_bind_template_child (widget_class, StokerJobRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobRow, cost_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobRow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, StokerJobRow, group_label);
  gtk_widget_class_bind_template_child (widget_class, StokerJobRow, check);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
}

static void
stoker_job_row_init (StokerJobRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  stoker_ui_tell_cut (self->group_label);
  stoker_ui_tell_cut (self->name_label);
  stoker_ui_tell_cut (self->state_label);
  stoker_ui_tell_cut (self->cost_label);
}

/**
 * stoker_job_row_new:
 * @workspace: the workspace, which knows the names of providers
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
stoker_job_row_new (StokerWorkspace *workspace)
{
  StokerJobRow *self = g_object_new (STOKER_TYPE_JOB_ROW, NULL);

  g_set_object (&self->workspace, workspace);
  g_signal_connect_object (stoker_queue_places_of (workspace), "changed",
                           G_CALLBACK (places_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * stoker_job_row_set_job:
 * @job: (nullable): the job to follow
 */
void
stoker_job_row_set_job (StokerJobRow *self, StokerJob *job)
{
  g_return_if_fail (STOKER_IS_JOB_ROW (self));

  if (self->job == job)
    return;
  g_clear_signal_handler (&self->job_handler, self->job);
  g_set_object (&self->job, job);
  if (job != NULL)
    {
      self->job_handler = g_signal_connect_swapped (job, "notify", G_CALLBACK (refresh), self);
      refresh (self);
    }
}

/**
 * stoker_job_row_get_job:
 *
 * Returns: (transfer none) (nullable): the job it follows
 */
StokerJob *
stoker_job_row_get_job (StokerJobRow *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_ROW (self), NULL);

  return self->job;
}

/**
 * stoker_job_row_set_group:
 * @label: (nullable): the head of the group that begins with this row
 */
void
stoker_job_row_set_group (StokerJobRow *self, const char *label)
{
  g_return_if_fail (STOKER_IS_JOB_ROW (self));

  gtk_label_set_label (self->group_label, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->group_label), label != NULL);
}
