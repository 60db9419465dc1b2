/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-import-window.h"

#include "stoker-json.h"
#include "stoker-page-stack.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-transfer-registry.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#define MAX_PROVIDERS 1000

struct _StokerImportWindow
{
  AdwWindow parent_instance;

  GtkWidget *widget;          /* owned, nullable: where the outcome is told */
  StokerWorkspace *workspace; /* owned, nullable */
  GFile *file;                /* owned, nullable */
  char *name;                 /* owned, nullable: of the file, for mistakes in it */
  JsonNode *document;         /* owned, nullable: not read yet */
  GCancellable *cancellable;  /* owned */
  guint n_changes;

  StokerPageStack *stack;
  AdwWindowTitle *title;
  GtkSwitch *overwrite_switch;
  GtkSwitch *replace_switch;
  GtkBox *groups;
  GtkLabel *verdict_label;
};

G_DEFINE_FINAL_TYPE (StokerImportWindow, stoker_import_window, ADW_TYPE_WINDOW)

/* The preview. */

static void
clear_groups (StokerImportWindow *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
}

static GtkWidget *
new_row (const char *title, const char *subtitle, const char *icon_name, const char *style_class)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);
  g_autofree char *markup = g_markup_escape_text (title, -1);

  gtk_widget_add_css_class (icon, style_class);
  g_object_set (icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), markup);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static GtkWidget *
add_group (StokerImportWindow *self, const char *title, guint count)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *text = g_strdup_printf ("%s (%u)", title, count);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), text);
  gtk_box_append (self->groups, group);
  return group;
}

/* (transfer full) (nullable): the name that the file has for a provider */
static char *
read_name (StokerImportWindow *self, const char *id)
{
  StokerJsonPlace root = stoker_json_root (self->document, NULL);
  StokerJsonPlace list;
  char *name = NULL;

  if (!stoker_json_get_array (&root, "providers", STOKER_JSON_REQUIRED, MAX_PROVIDERS, &list, NULL))
    return NULL;
  for (guint i = 0; i < stoker_json_length (&list) && name == NULL; i++)
    {
      StokerJsonPlace entry = stoker_json_element (&list, i);
      g_autofree char *entry_id = NULL;

      if (stoker_json_get_string (&entry, "id", STOKER_JSON_REQUIRED, &entry_id, NULL) &&
          g_str_equal (entry_id, id))
        stoker_json_get_string (&entry, "name", STOKER_JSON_OPTIONAL, &name, NULL);
    }
  return name;
}

/* People know a provider by its name; one that is new has it in the file. */
static void
add_ids (StokerImportWindow *self,
         const char *title,
         GPtrArray *ids,
         const char *icon_name,
         const char *style_class)
{
  GtkWidget *group = NULL;

  if (ids->len == 0)
    return;
  group = add_group (self, title, ids->len);
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = ids->pdata[i];
      gboolean is_here = stoker_workspace_lookup_provider (self->workspace, id) != NULL;
      g_autofree char *told = is_here ? NULL : read_name (self, id);
      const char *name = told != NULL ? told : stoker_phrase_provider_of (self->workspace, id);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 new_row (name, g_str_equal (name, id) ? NULL : id, icon_name,
                                          style_class));
    }
}

static void
add_mistakes (StokerImportWindow *self, GPtrArray *mistakes)
{
  GtkWidget *group = NULL;

  if (mistakes->len == 0)
    return;
  group = add_group (self, _ ("Mistakes in the File"), mistakes->len);
  for (guint i = 0; i < mistakes->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               new_row (mistakes->pdata[i], NULL, "dialog-error-symbolic",
                                        "error"));
}

static void
show_verdict (StokerImportWindow *self, const StokerImportReport *report)
{
  gboolean is_good = report->rejected->len == 0;
  g_autofree char *text = NULL;

  self->n_changes = report->added->len + report->updated->len + report->removed->len;
  if (!is_good)
    text = g_strdup (_ ("Nothing can be imported until the mistakes are mended."));
  else if (self->n_changes == 0)
    text = g_strdup (_ ("Nothing would change."));
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u provider would change.",
                                         "%u providers would change.", self->n_changes),
                            self->n_changes);
  gtk_label_set_label (self->verdict_label, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.apply", is_good && self->n_changes > 0);
}

static void
show_report (StokerImportWindow *self, const StokerImportReport *report)
{
  clear_groups (self);
  add_mistakes (self, report->rejected);
  add_ids (self, _ ("Added"), report->added, "list-add-symbolic", "success");
  add_ids (self, _ ("Changed"), report->updated, "document-edit-symbolic", "accent");
  add_ids (self, _ ("Removed, with Their Keys"), report->removed, "list-remove-symbolic", "error");
  add_ids (self, _ ("Kept, Because Jobs There Are Not Finished"), report->held,
           "dialog-warning-symbolic", "warning");
  add_ids (self, _ ("Left as They Are"), report->skipped, "object-select-symbolic", "dim-label");
  show_verdict (self, report);
  stoker_page_stack_set_state (self->stack, "content");
}

static void
show_error (StokerImportWindow *self, const GError *error)
{
  stoker_page_stack_set_message (self->stack, error->message);
  stoker_page_stack_set_state (self->stack, "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.apply", FALSE);
}

static StokerImportFlags
get_flags (StokerImportWindow *self)
{
  StokerImportFlags flags = STOKER_IMPORT_MERGE;

  if (gtk_switch_get_active (self->replace_switch))
    flags |= STOKER_IMPORT_REPLACE;
  if (!gtk_switch_get_active (self->overwrite_switch))
    flags |= STOKER_IMPORT_NO_OVERWRITE;
  return flags;
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerImportReport) report = stoker_import_registry_finish (result, &error);

  /* The window was closed meanwhile: nothing of it is to be touched. */
  if (self->widget == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (report != NULL)
    show_report (self, report);
  else
    show_error (self, error);
}

static void
preview (StokerImportWindow *self)
{
  if (self->document == NULL)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.apply", FALSE);
  stoker_import_registry_async (self->workspace, self->document, self->name,
                                get_flags (self) | STOKER_IMPORT_PREVIEW, self->cancellable,
                                previewed_cb, g_object_ref (self));
}

/* Reading, on a thread: a file may be large. */

static void
read_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  JsonNode *document = stoker_json_load_file (task_data, STOKER_JSON_MAX_BYTES, &error);

  if (document != NULL)
    g_task_return_pointer (task, document, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  StokerImportWindow *self = STOKER_IMPORT_WINDOW (source);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->document, json_node_unref);
  self->document = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->widget == NULL)
    return;
  if (self->document != NULL)
    preview (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_error (self, error);
}

static void
read_file (StokerImportWindow *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, read_cb, NULL);

  if (self->file == NULL)
    return;
  stoker_page_stack_set_state (self->stack, "loading");
  g_task_set_task_data (task, g_file_get_path (self->file), g_free);
  g_task_run_in_thread (task, read_in_thread);
}

/* Doing it. */

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerImportReport) report = stoker_import_registry_finish (result, &error);
  g_autofree char *text = NULL;

  /* The window was closed meanwhile; what it started is done all the same. */
  if (self->widget == NULL)
    return;
  if (report == NULL)
    {
      show_error (self, error);
      return;
    }
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u provider imported",
                                       "%u providers imported", self->n_changes),
                          self->n_changes);
  stoker_ui_toast (self->widget, text);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
apply_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerImportWindow *self = STOKER_IMPORT_WINDOW (widget);

  gtk_widget_action_set_enabled (widget, "import.apply", FALSE);
  stoker_import_registry_async (self->workspace, self->document, self->name, get_flags (self), NULL,
                                imported_cb, g_object_ref (self));
}

static void
stoker_import_window_dispose (GObject *object)
{
  StokerImportWindow *self = STOKER_IMPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->widget);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (stoker_import_window_parent_class)->dispose (object);
}

/* The callbacks that are still to come look at these. */
static void
stoker_import_window_finalize (GObject *object)
{
  StokerImportWindow *self = STOKER_IMPORT_WINDOW (object);

  g_clear_pointer (&self->document, json_node_unref);
  g_clear_object (&self->workspace);
  g_clear_object (&self->cancellable);
  g_free (self->name);
  G_OBJECT_CLASS (stoker_import_window_parent_class)->finalize (object);
}

static void
stoker_import_window_class_init (StokerImportWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stoker_import_window_dispose;
  object_class->finalize = stoker_import_window_finalize;

  g_type_ensure (STOKER_TYPE_PAGE_STACK);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, StokerImportWindow, title);
  gtk_widget_class_bind_template_child (widget_class, StokerImportWindow, overwrite_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerImportWindow, replace_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerImportWindow, groups);
  gtk_widget_class_bind_template_child (widget_class, StokerImportWindow, verdict_label);
  gtk_widget_class_bind_template_callback (widget_class, preview);
  gtk_widget_class_bind_template_callback (widget_class, read_file);
  gtk_widget_class_install_action (widget_class, "import.apply", NULL, apply_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
stoker_import_window_init (StokerImportWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.apply", FALSE);
}

/**
 * stoker_import_window_new:
 * @widget: a widget of the window it belongs to
 * @workspace: the workspace
 * @file: a file of providers
 *
 * Returns: (transfer none): a window, owned by GTK like every top-level
 */
StokerImportWindow *
stoker_import_window_new (GtkWidget *widget, StokerWorkspace *workspace, GFile *file)
{
  StokerImportWindow *self = g_object_new (STOKER_TYPE_IMPORT_WINDOW, "transient-for",
                                           gtk_widget_get_root (widget), "modal", TRUE, NULL);

  self->widget = g_object_ref (widget);
  self->workspace = g_object_ref (workspace);
  self->file = g_object_ref (file);
  self->name = g_file_get_basename (file);
  adw_window_title_set_subtitle (self->title, self->name);
  read_file (self);
  return self;
}
