/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-export-dialog.h"

#include "stoker-phrases.h"
#include "stoker-save-registry.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerExportDialog
{
  AdwMessageDialog parent_instance;

  GtkWidget *widget;          /* owned, nullable: where the outcome is told */
  StokerWorkspace *workspace; /* owned, nullable */

  GtkSwitch *secrets_switch;
  GtkWidget *warning;
};

G_DEFINE_FINAL_TYPE (StokerExportDialog, stoker_export_dialog, ADW_TYPE_MESSAGE_DIALOG)

/* The export after the dialog has gone. */
typedef struct
{
  GtkWidget *widget;          /* owned */
  StokerWorkspace *workspace; /* owned */
  gboolean includes_secrets;
  GtkFileChooserNative *chooser; /* owned, nullable: while it is open */
} Export;

static void
export_free (Export *self)
{
  g_clear_object (&self->chooser);
  g_clear_object (&self->workspace);
  g_clear_object (&self->widget);
  g_free (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (GError) error = NULL;
  const char *text = NULL;
  g_autofree char *sentence = NULL;

  if (stoker_save_registry_finish (result, &error))
    text = export->includes_secrets ? _ ("Exported with the keys: keep the file safe")
                                    : _ ("Exported without keys");
  sentence = stoker_phrase_sentence (text != NULL ? text : error->message);
  stoker_ui_toast (export->widget, sentence);
  export_free (export);
}

static void
file_chosen_cb (GtkNativeDialog *chooser, int response, Export *export)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    stoker_save_registry_async (export->workspace, file, export->includes_secrets, NULL, saved_cb,
                                export);
  else
    export_free (export);
}

static void
choose_file (Export *export)
{
  GtkRoot *root = gtk_widget_get_root (export->widget);

  export->chooser = gtk_file_chooser_native_new (_ ("Export Providers"), GTK_WINDOW (root),
                                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (export->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (export->chooser), "stoker-providers.json");
  g_signal_connect (export->chooser, "response", G_CALLBACK (file_chosen_cb), export);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (export->chooser));
}

static void
stoker_export_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  StokerExportDialog *self = STOKER_EXPORT_DIALOG (dialog);
  Export *export = NULL;

  if (g_strcmp0 (response, "export") != 0 || self->workspace == NULL)
    return;
  export = g_new0 (Export, 1);
  export->widget = g_object_ref (self->widget);
  export->workspace = g_object_ref (self->workspace);
  export->includes_secrets = gtk_switch_get_active (self->secrets_switch);
  choose_file (export);
}

static void
stoker_export_dialog_dispose (GObject *object)
{
  StokerExportDialog *self = STOKER_EXPORT_DIALOG (object);

  g_clear_object (&self->widget);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (stoker_export_dialog_parent_class)->dispose (object);
}

static void
stoker_export_dialog_class_init (StokerExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_export_dialog_dispose;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = stoker_export_dialog_response;

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerExportDialog, secrets_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerExportDialog, warning);
}

static void
stoker_export_dialog_init (StokerExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_export_dialog_new:
 * @widget: a widget of the window it belongs to
 * @workspace: the workspace
 *
 * Returns: (transfer none): a dialog, owned by GTK like every top-level
 */
StokerExportDialog *
stoker_export_dialog_new (GtkWidget *widget, StokerWorkspace *workspace)
{
  StokerExportDialog *self = g_object_new (STOKER_TYPE_EXPORT_DIALOG, "transient-for",
                                           gtk_widget_get_root (widget), NULL);

  self->widget = g_object_ref (widget);
  self->workspace = g_object_ref (workspace);
  return self;
}
