/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key-file-row.h"

#include "stoker-ui.h"

/* A path that is being typed is not looked at before this pause. */
#define PAUSE_MS 250

struct _StokerKeyFileRow
{
  AdwActionRow parent_instance;

  StokerKeyFileKind kind;
  char *path;                /* owned, nullable */
  StokerKeyFacts *facts;     /* owned, nullable: not read, or no good */
  GCancellable *cancellable; /* owned, nullable: nothing is being read */
  guint pause_id;

  GtkImage *icon; /* borrowed */
};

G_DEFINE_FINAL_TYPE (StokerKeyFileRow, stoker_key_file_row, ADW_TYPE_ACTION_ROW)

static guint read_signal;

static void
show (StokerKeyFileRow *self, const char *icon_name, const char *style_class, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), escaped);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  stoker_ui_set_state_class (GTK_WIDGET (self->icon), style_class);
  gtk_widget_set_visible (GTK_WIDGET (self), *text != '\0');
}

static void
show_outcome (StokerKeyFileRow *self, const GError *error)
{
  g_autofree char *text = NULL;

  /* An error begins with the name of the file, which keeps its small letters. */
  text = error != NULL ? g_strdup (error->message) : stoker_key_facts_describe (self->facts);
  show (self, error != NULL ? "dialog-error-symbolic" : "emblem-ok-symbolic",
        error != NULL ? "error" : "success", text);
  g_signal_emit (self, read_signal, 0);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerKeyFileRow) self = user_data;
  g_autoptr (GError) error = NULL;
  StokerKeyFacts *facts = stoker_read_key_file_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  self->facts = facts;
  show_outcome (self, error);
}

static gboolean
pause_over_cb (gpointer user_data)
{
  StokerKeyFileRow *self = user_data;

  self->pause_id = 0;
  self->cancellable = g_cancellable_new ();
  stoker_read_key_file_async (self->path, self->kind, self->cancellable, read_cb,
                              g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
forget (StokerKeyFileRow *self)
{
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->facts, stoker_key_facts_free);
  g_clear_pointer (&self->path, g_free);
}

static void
stoker_key_file_row_dispose (GObject *object)
{
  forget (STOKER_KEY_FILE_ROW (object));
  G_OBJECT_CLASS (stoker_key_file_row_parent_class)->dispose (object);
}

static void
stoker_key_file_row_class_init (StokerKeyFileRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_key_file_row_dispose;
  read_signal = g_signal_new ("read", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
}

static void
stoker_key_file_row_init (StokerKeyFileRow *self)
{
  self->icon = GTK_IMAGE (
    g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->icon));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "stoker-verdict");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * stoker_key_file_row_new:
 * @kind: what the file should be
 *
 * Returns: (transfer floating): a hidden row
 */
StokerKeyFileRow *
stoker_key_file_row_new (StokerKeyFileKind kind)
{
  StokerKeyFileRow *self = g_object_new (STOKER_TYPE_KEY_FILE_ROW, NULL);

  self->kind = kind;
  return self;
}

/**
 * stoker_key_file_row_set_path:
 * @path: what was typed, chosen or dropped; empty for nothing
 *
 * Looks into the file after a short pause.
 */
void
stoker_key_file_row_set_path (StokerKeyFileRow *self, const char *path)
{
  g_return_if_fail (STOKER_IS_KEY_FILE_ROW (self));

  if (g_strcmp0 (self->path, path) == 0)
    return;
  forget (self);
  if (*path == '\0')
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  self->path = g_strdup (path);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_over_cb, self);
}

/**
 * stoker_key_file_row_is_good:
 *
 * Returns: whether the file was read and is of the right kind
 */
gboolean
stoker_key_file_row_is_good (StokerKeyFileRow *self)
{
  g_return_val_if_fail (STOKER_IS_KEY_FILE_ROW (self), FALSE);

  return self->facts != NULL;
}

/**
 * stoker_key_file_row_get_facts:
 *
 * Returns: (transfer none) (nullable): what is in the file
 */
const StokerKeyFacts *
stoker_key_file_row_get_facts (StokerKeyFileRow *self)
{
  g_return_val_if_fail (STOKER_IS_KEY_FILE_ROW (self), NULL);

  return self->facts;
}
