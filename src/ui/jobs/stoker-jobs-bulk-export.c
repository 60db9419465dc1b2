/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jobs-bulk-private.h"

#include "stoker-json.h"
#include "stoker-keep-jobs.h"
#include "stoker-order-queue.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* Jobs of a list while something is asked or under way. */
typedef struct
{
  StokerJobsList *list; /* owned */
  GPtrArray *jobs;      /* owned, of StokerJob */
} Choice;

static Choice *
choice_new (StokerJobsList *list, GPtrArray *jobs)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->list = g_object_ref (list);
  choice->jobs = g_ptr_array_ref (jobs);
  return choice;
}

static void
choice_clear (Choice *choice)
{
  g_object_unref (choice->list);
  g_ptr_array_unref (choice->jobs);
  g_free (choice);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choice, choice_clear)

static void
choice_free (gpointer data, GClosure *closure)
{
  choice_clear (data);
}

/* Writing down. */

typedef struct
{
  StokerJobsList *list; /* owned */
  GFile *file;          /* owned */
  char *text;           /* owned, nullable until made */
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->list);
  g_object_unref (export->file);
  g_free (export->text);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (export->file);
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    text = g_strdup_printf (_ ("Saved as %s"), name);
  stoker_ui_toast (GTK_WIDGET (export->list), error != NULL ? error->message : text);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = stoker_export_jobs_finish (result, &error);
  GFile *file = export->file;
  const char *text = NULL;

  if (document == NULL)
    {
      stoker_ui_toast (GTK_WIDGET (export->list), error->message);
      return;
    }
  /* Taken out first: arguments are worked out in any order. */
  text = export->text = stoker_json_to_string (document, TRUE);
  g_file_replace_contents_async (file, text, strlen (text), NULL, FALSE,
                                 G_FILE_CREATE_REPLACE_DESTINATION, NULL, written_cb,
                                 g_steal_pointer (&export));
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, Choice *choice)
{
  Export *export = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      export = g_new0 (Export, 1);
      export->list = g_object_ref (choice->list);
      export->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      stoker_export_jobs_async (stoker_jobs_list_get_workspace (choice->list), choice->jobs, NULL,
                                exported_cb, export);
    }
  g_object_unref (dialog);
}

void
stoker_jobs_bulk_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobsList *list = STOKER_JOBS_LIST (widget);
  g_autoptr (GPtrArray) jobs = stoker_jobs_list_get_selected (list);
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Export Jobs"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "jobs.json");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (file_chosen_cb), choice_new (list, jobs),
                         choice_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* The queue. */

static void
tell_place (StokerJobsList *list, StokerJob *job)
{
  g_autoptr (GPtrArray) queue = stoker_list_queue (stoker_jobs_list_get_workspace (list));
  g_autofree char *text = NULL;
  guint place = 0;

  if (!g_ptr_array_find (queue, job, &place))
    return;
  text = g_strdup_printf (_ ("%s is number %u of %u in the queue"), stoker_job_get_name (job),
                          place + 1, queue->len);
  stoker_ui_toast (GTK_WIDGET (list), text);
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Choice) choice = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_move_job_finish (result, &error))
    {
      stoker_ui_toast (GTK_WIDGET (choice->list), error->message);
      return;
    }
  stoker_jobs_list_sort_again (choice->list);
  tell_place (choice->list, choice->jobs->pdata[0]);
}

void
stoker_jobs_bulk_move (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobsList *list = STOKER_JOBS_LIST (widget);
  StokerJob *job = stoker_jobs_list_get_chosen (list);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  if (job == NULL)
    return;
  g_ptr_array_add (jobs, g_object_ref (job));
  stoker_move_job_async (stoker_jobs_list_get_workspace (list), job,
                         g_variant_get_int32 (parameter), NULL, moved_cb, choice_new (list, jobs));
}

void
stoker_jobs_bulk_move_beside (StokerJobsList *list,
                              StokerJob *job,
                              StokerJob *other,
                              gboolean is_after)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (jobs, g_object_ref (job));
  stoker_move_job_beside_async (stoker_jobs_list_get_workspace (list), job, other, is_after, NULL,
                                moved_cb, choice_new (list, jobs));
}
