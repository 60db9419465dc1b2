/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-advisor-page.h"

#include "stoker-advice-phrases.h"
#include "stoker-answer-view.h"
#include "stoker-back-button.h"
#include "stoker-closures.h"
#include "stoker-page-stack.h"
#include "stoker-split-layout.h"
#include "stoker-ui.h"
#include "stoker-workload-form.h"

#include <glib/gi18n-lib.h>

struct _StokerAdvisorPage
{
  StokerPage parent_instance;

  GtkFileChooserNative *chooser; /* owned, nullable: while it is open */
  GCancellable *reading;         /* owned, nullable: while a file is read */
  char *file_name;               /* owned, nullable: of the file that was opened last */
  guint look_id;                 /* source: where the answer is will be looked at, or 0 */

  StokerWorkloadForm *form;
  StokerAnswerView *answer;
  GtkScrolledWindow *scroller;
  GtkActionBar *answer_bar;
  GtkWidget *answer_button;
  GtkLabel *answer_label;
  GtkProgressBar *progress;
  GtkInfoBar *mistake_bar;
  GtkLabel *mistake_label;
};

/* So much of the answer in sight is enough to find it. */
#define ANSWER_SEEN_PX 48

G_DEFINE_FINAL_TYPE (StokerAdvisorPage, stoker_advisor_page, STOKER_TYPE_PAGE)

/* Kept in its place and only made transparent, so that nothing moves. */
static void
show_progress (StokerAdvisorPage *self)
{
  StokerDesk *desk = stoker_page_get_desk (STOKER_PAGE (self));
  gboolean is_busy = self->reading != NULL || (desk != NULL && stoker_desk_is_advising (desk));

  gtk_widget_set_opacity (GTK_WIDGET (self->progress), is_busy ? 1 : 0);
  gtk_progress_bar_pulse (self->progress);
}

/* On a narrow page the answer is below the form: as long as it is out of sight, a bar under the
 * form says it in short and leads there. */
static gboolean
look_for_answer_cb (gpointer user_data)
{
  StokerAdvisorPage *self = STOKER_ADVISOR_PAGE (user_data);
  StokerDesk *desk = stoker_page_get_desk (STOKER_PAGE (self));
  StokerAdvice *advice = desk != NULL ? stoker_desk_get_advice (desk) : NULL;
  GtkWidget *viewport = gtk_scrolled_window_get_child (self->scroller);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  int height = gtk_widget_get_height (GTK_WIDGET (self->scroller));
  graphene_rect_t area;
  g_autofree char *text = NULL;
  gboolean is_below = FALSE;

  self->look_id = 0;
  /* From the adjustment: what scrolls has not moved yet when it is told. */
  if (advice != NULL && height > 0 &&
      gtk_widget_compute_bounds (GTK_WIDGET (self->answer),
                                 gtk_viewport_get_child (GTK_VIEWPORT (viewport)), &area))
    is_below = area.origin.y - gtk_adjustment_get_value (adjustment) > height - ANSWER_SEEN_PX;
  if (is_below)
    {
      text = stoker_phrase_advice_short (advice);
      gtk_label_set_label (self->answer_label, text);
      stoker_ui_set_label (self->answer_button, text);
    }
  gtk_action_bar_set_revealed (self->answer_bar, is_below);
  return G_SOURCE_REMOVE;
}

/* Not at once: this is told in the middle of a layout, which the bar changes. */
static void
look_for_answer (StokerAdvisorPage *self)
{
  if (self->look_id == 0)
    self->look_id = g_idle_add (look_for_answer_cb, self);
}

static void
go_to_answer_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerAdvisorPage *self = STOKER_ADVISOR_PAGE (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t area;

  if (gtk_widget_compute_bounds (GTK_WIDGET (self->answer), GTK_WIDGET (self->scroller), &area))
    gtk_adjustment_set_value (adjustment,
                              gtk_adjustment_get_value (adjustment) + (double) area.origin.y - 18);
}

static void
form_changed_cb (StokerAdvisorPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkload) workload = stoker_workload_form_build (self->form, &error);
  StokerDesk *desk = stoker_page_get_desk (STOKER_PAGE (self));

  if (workload == NULL)
    stoker_ui_toast (GTK_WIDGET (self), error->message);
  else if (desk != NULL)
    stoker_desk_set_workload (desk, workload);
}

/* What is wrong with a file stays to be read until it is closed or another one is opened. */
static void
show_mistake (StokerAdvisorPage *self, const char *message)
{
  /* It begins with the name of the file, which stays as it is written. */
  gtk_label_set_label (self->mistake_label, message != NULL ? message : "");
  gtk_info_bar_set_revealed (self->mistake_bar, message != NULL);
}

static void
file_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerAdvisorPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkloadFile) file = stoker_read_workload_finish (result, &error);

  /* Another file was opened since, or the page is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  show_progress (self);
  show_mistake (self, error != NULL ? error->message : NULL);
  if (file != NULL)
    stoker_workload_form_take_file (self->form, file, self->file_name);
}

/* What was done once and shall be done again, perhaps a little otherwise. */
static void
workload_offered_cb (StokerAdvisorPage *self, StokerWorkload *workload, const char *name)
{
  char *no_notes[] = { NULL };
  StokerWorkloadFile file = { .workload = workload, .notes = no_notes };

  show_mistake (self, NULL);
  stoker_workload_form_take_file (self->form, &file, name);
}

static void
workload_amended_cb (StokerAdvisorPage *self, StokerWorkload *workload)
{
  stoker_workload_form_amend (self->form, workload);
}

static void
mistake_closed_cb (StokerAdvisorPage *self)
{
  show_mistake (self, NULL);
}

static void
file_chosen_cb (StokerAdvisorPage *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

      stoker_advisor_page_open_file (self, file);
    }
  g_clear_object (&self->chooser);
}

static gboolean
dropped_cb (StokerAdvisorPage *self, const GValue *value)
{
  if (!G_VALUE_HOLDS (value, G_TYPE_FILE))
    return FALSE;
  stoker_advisor_page_open_file (self, g_value_get_object (value));
  return TRUE;
}

static void
retry_cb (StokerAdvisorPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.retry", NULL);
}

static gboolean
has_advice (gpointer unused, StokerAdvice *advice)
{
  return advice != NULL;
}

static char *
get_state (gpointer unused,
           GObject *workspace,
           const char *problem,
           StokerAdvice *advice,
           const char *advice_problem)
{
  if (problem == NULL && advice == NULL && advice_problem == NULL)
    return g_strdup ("loading");
  return stoker_closure_page_state (NULL, workspace, problem,
                                    has_advice (NULL, advice) || advice_problem != NULL);
}

static void
stoker_advisor_page_constructed (GObject *object)
{
  StokerAdvisorPage *self = STOKER_ADVISOR_PAGE (object);
  StokerDesk *desk = NULL;

  G_OBJECT_CLASS (stoker_advisor_page_parent_class)->constructed (object);
  desk = stoker_page_get_desk (STOKER_PAGE (self));
  if (desk == NULL)
    return;
  stoker_answer_view_set_desk (self->answer, desk);
  g_signal_connect_object (desk, "notify::is-advising", G_CALLBACK (show_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::advice", G_CALLBACK (look_for_answer), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "workload-offered", G_CALLBACK (workload_offered_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "workload-amended", G_CALLBACK (workload_amended_cb), self,
                           G_CONNECT_SWAPPED);
  form_changed_cb (self);
}

static void
stoker_advisor_page_dispose (GObject *object)
{
  StokerAdvisorPage *self = STOKER_ADVISOR_PAGE (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->chooser);
  g_clear_handle_id (&self->look_id, g_source_remove);
  G_OBJECT_CLASS (stoker_advisor_page_parent_class)->dispose (object);
}

static void
stoker_advisor_page_finalize (GObject *object)
{
  g_free (STOKER_ADVISOR_PAGE (object)->file_name);
  G_OBJECT_CLASS (stoker_advisor_page_parent_class)->finalize (object);
}

static void
stoker_advisor_page_workspace_changed (StokerPage *page, StokerWorkspace *workspace)
{
  stoker_workload_form_set_workspace (STOKER_ADVISOR_PAGE (page)->form, workspace);
}

static void
watch_scrolling (StokerAdvisorPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  g_signal_connect_object (adjustment, "changed", G_CALLBACK (look_for_answer), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (look_for_answer), self,
                           G_CONNECT_SWAPPED);
}

static void
add_drop_target (StokerAdvisorPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
stoker_advisor_page_class_init (StokerAdvisorPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stoker_advisor_page_constructed;
  object_class->dispose = stoker_advisor_page_dispose;
  object_class->finalize = stoker_advisor_page_finalize;
  STOKER_PAGE_CLASS (klass)->workspace_changed = stoker_advisor_page_workspace_changed;

  g_type_ensure (STOKER_TYPE_ANSWER_VIEW);
  g_type_ensure (STOKER_TYPE_BACK_BUTTON);
  g_type_ensure (STOKER_TYPE_PAGE_STACK);
  g_type_ensure (STOKER_TYPE_SPLIT_LAYOUT);
  g_type_ensure (STOKER_TYPE_WORKLOAD_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-advisor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerAdvisorPage, form);
  gtk_widget_class_bind_template_child (widget_class, StokerAdvisorPage, answer);
  gtk_widget_class_bind_template_child (widget_class, StokerAdvisorPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, StokerAdvisorPage, answer_bar);
  gtk_widget_class_bind_template_child (widget_class, StokerAdvisorPage, answer_button);
  gtk_widget_class_bind_template_child (widget_class, StokerAdvisorPage, answer_label);
  gtk_widget_class_bind_template_child (widget_class, StokerAdvisorPage, progress);
  gtk_widget_class_bind_template_child (widget_class, StokerAdvisorPage, mistake_bar);
  gtk_widget_class_bind_template_child (widget_class, StokerAdvisorPage, mistake_label);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_install_action (widget_class, "advisor.show-answer", NULL, go_to_answer_cb);
  gtk_widget_class_bind_template_callback (widget_class, mistake_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_state);
}

static void
stoker_advisor_page_init (StokerAdvisorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_drop_target (self);
  watch_scrolling (self);
}

/**
 * stoker_advisor_page_choose_file:
 *
 * Asks for a workload file and shows it.
 */
void
stoker_advisor_page_choose_file (StokerAdvisorPage *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_return_if_fail (STOKER_IS_ADVISOR_PAGE (self));

  gtk_file_filter_set_name (filter, _ ("Workloads, workflows and pictures made by ComfyUI"));
  gtk_file_filter_add_pattern (filter, "*.json");
  gtk_file_filter_add_pattern (filter, "*.png");
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Open a Workload"),
                                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * stoker_advisor_page_open_file:
 * @file: a workload, a ComfyUI graph, or a picture that holds one
 *
 * Reads the file and shows it as the form. A mistake in it is said with file and place.
 */
void
stoker_advisor_page_open_file (StokerAdvisorPage *self, GFile *file)
{
  g_return_if_fail (STOKER_IS_ADVISOR_PAGE (self));

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_free (self->file_name);
  self->file_name = g_file_get_basename (file);
  self->reading = g_cancellable_new ();
  show_progress (self);
  stoker_read_workload_async (file, self->reading, file_read_cb, g_object_ref (self));
}
