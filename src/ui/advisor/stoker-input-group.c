/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-input-group.h"

#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerInputGroup
{
  AdwPreferencesGroup parent_instance;

  gboolean is_filling;
  gboolean has_payload; /* of a file */
  gboolean has_prompt;  /* the file's payload has one, or the kind of work takes one */

  AdwEntryRow *prompt_row;
  AdwActionRow *payload_row;
  GtkWidget *open_row;
};

G_DEFINE_FINAL_TYPE (StokerInputGroup, stoker_input_group, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

static void
changed_cb (StokerInputGroup *self)
{
  if (!self->is_filling)
    g_signal_emit (self, changed_signal, 0);
}

static void
show_rows (StokerInputGroup *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->prompt_row), self->has_prompt);
  gtk_widget_set_visible (GTK_WIDGET (self->payload_row), self->has_payload);
  gtk_widget_set_visible (self->open_row, !self->has_payload);
}

/* "A ComfyUI workflow of 12 nodes" */
static char *
describe_payload (JsonNode *payload)
{
  StokerJsonPlace root = stoker_json_root (payload, NULL);
  StokerJsonPlace workflow = stoker_json_member (&root, "workflow");
  g_auto (GStrv) nodes = stoker_json_list_members (&workflow);
  g_auto (GStrv) fields = stoker_json_list_members (&root);
  guint count = g_strv_length (nodes);

  if (count > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "A ComfyUI workflow of %u node",
                                         "A ComfyUI workflow of %u nodes", count),
                            count);
  count = g_strv_length (fields);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "An input of %u field",
                                       "An input of %u fields", count),
                          count);
}

static void
stoker_input_group_class_init (StokerInputGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-input-group.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerInputGroup, prompt_row);
  gtk_widget_class_bind_template_child (widget_class, StokerInputGroup, payload_row);
  gtk_widget_class_bind_template_child (widget_class, StokerInputGroup, open_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
stoker_input_group_init (StokerInputGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_rows (self);
}

/**
 * stoker_input_group_set_payload:
 * @payload: (nullable): what a file sends
 */
void
stoker_input_group_set_payload (StokerInputGroup *self, JsonNode *payload)
{
  g_autofree char *text = payload != NULL ? describe_payload (payload) : NULL;

  g_return_if_fail (STOKER_IS_INPUT_GROUP (self));

  self->has_payload = payload != NULL;
  adw_action_row_set_subtitle (self->payload_row, text != NULL ? text : "");
  show_rows (self);
}

/**
 * stoker_input_group_set_prompt:
 * @prompt: (nullable): the text to show
 */
void
stoker_input_group_set_prompt (StokerInputGroup *self, const char *prompt)
{
  g_return_if_fail (STOKER_IS_INPUT_GROUP (self));

  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->prompt_row), prompt != NULL ? prompt : "");
  self->is_filling = FALSE;
}

/**
 * stoker_input_group_dup_prompt:
 *
 * Returns: (transfer full) (nullable): the text; %NULL when there is none, or no place for one
 */
char *
stoker_input_group_dup_prompt (StokerInputGroup *self)
{
  const char *text = NULL;

  g_return_val_if_fail (STOKER_IS_INPUT_GROUP (self), NULL);

  text = gtk_editable_get_text (GTK_EDITABLE (self->prompt_row));
  return self->has_prompt && *text != '\0' ? g_strdup (text) : NULL;
}

/**
 * stoker_input_group_set_type:
 * @type: (nullable): kind of work
 *
 * Pictures and films are made from a prompt; a workflow brings its own, and other work takes a
 * file.
 */
void
stoker_input_group_set_type (StokerInputGroup *self, const char *type)
{
  const char *prompt = NULL;

  g_return_if_fail (STOKER_IS_INPUT_GROUP (self));

  prompt = gtk_editable_get_text (GTK_EDITABLE (self->prompt_row));
  self->has_prompt = self->has_payload ? *prompt != '\0'
                                       : g_strcmp0 (type, "image") == 0 ||
                                           g_strcmp0 (type, "video") == 0 || *prompt != '\0';
  show_rows (self);
}
