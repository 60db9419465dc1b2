/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-workload-form.h"

#include "stoker-amount-row.h"
#include "stoker-input-group.h"
#include "stoker-memory-row.h"
#include "stoker-place-group.h"
#include "stoker-ui.h"
#include "stoker-undo.h"
#include "stoker-workload-draft.h"

#include <glib/gi18n-lib.h>

struct _StokerWorkloadForm
{
  AdwBin parent_instance;

  JsonNode *source;     /* owned, nullable: the document the form was filled from */
  const char *odd_type; /* interned, nullable: a kind of work the list does not have */
  gboolean is_filling;
  StokerWorkloadDraft loaded; /* its numbers only: what the rows were filled with */
  StokerWorkloadDraft shown;  /* and what they made of it */

  AdwPreferencesGroup *file_group;
  AdwActionRow *file_row;
  AdwEntryRow *name_row;
  AdwComboRow *type_row;
  StokerInputGroup *input_group;
  StokerAmountRow *vram_row;
  StokerMemoryRow *memory_row;
  StokerAmountRow *minutes_row;
  StokerAmountRow *upload_row;
  StokerAmountRow *download_row;
  GtkToggleButton *mode_cheap;
  GtkToggleButton *mode_balanced;
  GtkToggleButton *mode_fast;
  StokerAmountRow *deadline_row;
  StokerAmountRow *outputs_row;
  StokerAmountRow *seconds_row;
  StokerAmountRow *per_month_row;
  StokerAmountRow *budget_row;
  StokerPlaceGroup *place_group;
  StokerAmountRow *gpus_row;
  StokerAmountRow *hours_row;
  AdwComboRow *wish_row;
  GtkSwitch *keep_switch;
};

G_DEFINE_FINAL_TYPE (StokerWorkloadForm, stoker_workload_form, ADW_TYPE_BIN)

/* Transfers are told in GB and kept in MB. */
#define MB_PER_GB 1000.0

static guint changed_signal;

typedef struct
{
  const char *id;
  const char *label;
} WorkloadType;

static const WorkloadType types[] = {
  { NULL, N_ ("Not told") },
  { "cg_batch", N_ ("CG batch") },
  { "image", N_ ("Images") },
  { "video", N_ ("Video") },
  { "upscale", N_ ("Upscaling") },
  { "voice_synthesis", N_ ("Voice synthesis") },
  { "translation", N_ ("Translation") },
  { "training", N_ ("Training") },
  { "interactive", N_ ("Interactive work") },
};

static const char *
get_type_id (StokerWorkloadForm *self)
{
  guint type = adw_combo_row_get_selected (self->type_row);

  return type < G_N_ELEMENTS (types) ? types[type].id : self->odd_type;
}

static void
changed_cb (StokerWorkloadForm *self)
{
  if (self->is_filling)
    return;
  stoker_input_group_set_type (self->input_group, get_type_id (self));
  g_signal_emit (self, changed_signal, 0);
}

static void
add_types (StokerWorkloadForm *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    gtk_string_list_append (list, g_dgettext (GETTEXT_PACKAGE, types[i].label));
  adw_combo_row_set_model (self->type_row, G_LIST_MODEL (list));
}

/* A kind that nobody here has heard of is shown under the name the file gives it. */
static void
show_type (StokerWorkloadForm *self, const char *id)
{
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (self->type_row));
  guint found = 0;

  while (found < G_N_ELEMENTS (types) && g_strcmp0 (types[found].id, id) != 0)
    found++;
  gtk_string_list_splice (list, G_N_ELEMENTS (types),
                          g_list_model_get_n_items (G_LIST_MODEL (list)) - G_N_ELEMENTS (types),
                          NULL);
  self->odd_type = found == G_N_ELEMENTS (types) ? g_intern_string (id) : NULL;
  if (self->odd_type != NULL)
    gtk_string_list_append (list, self->odd_type);
  adw_combo_row_set_selected (self->type_row, found);
}

static StokerMode
get_mode (StokerWorkloadForm *self)
{
  if (gtk_toggle_button_get_active (self->mode_cheap))
    return STOKER_MODE_COST_SAVER;
  if (gtk_toggle_button_get_active (self->mode_fast))
    return STOKER_MODE_SPEED;
  return STOKER_MODE_BALANCED;
}

static void
set_mode (StokerWorkloadForm *self, StokerMode mode)
{
  GtkToggleButton *buttons[] = {
    [STOKER_MODE_COST_SAVER] = self->mode_cheap,
    [STOKER_MODE_BALANCED] = self->mode_balanced,
    [STOKER_MODE_SPEED] = self->mode_fast,
  };

  gtk_toggle_button_set_active (buttons[mode], TRUE);
}

static void
fill_rows (StokerWorkloadForm *self, const StokerWorkloadDraft *draft)
{
  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), draft->name != NULL ? draft->name : "");
  show_type (self, draft->type);
  stoker_input_group_set_prompt (self->input_group, draft->prompt);
  stoker_input_group_set_type (self->input_group, draft->type);
  stoker_amount_row_set_value (self->vram_row, draft->vram_gb);
  stoker_amount_row_set_value (self->minutes_row, draft->minutes);
  stoker_amount_row_set_value (self->upload_row, draft->upload_mb / MB_PER_GB);
  stoker_amount_row_set_value (self->download_row, draft->download_mb / MB_PER_GB);
  set_mode (self, draft->mode);
  stoker_amount_row_set_value (self->deadline_row, draft->deadline_minutes);
  stoker_amount_row_set_value (self->outputs_row, draft->outputs);
  stoker_amount_row_set_value (self->seconds_row, draft->seconds_per_output);
  stoker_amount_row_set_value (self->per_month_row, draft->outputs_per_month);
  stoker_amount_row_set_value (self->budget_row, draft->budget_usd);
  stoker_place_group_fill (self->place_group, draft);
  stoker_amount_row_set_value (self->gpus_row, draft->gpus);
  stoker_amount_row_set_value (self->hours_row, draft->hours_per_month);
  adw_combo_row_set_selected (self->wish_row, draft->wish);
  gtk_switch_set_active (self->keep_switch, draft->keeps_files);
  self->is_filling = FALSE;
}

static void
collect (StokerWorkloadForm *self, StokerWorkloadDraft *draft)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));

  draft->name = *name != '\0' ? g_strdup (name) : NULL;
  draft->type = get_type_id (self);
  draft->prompt = stoker_input_group_dup_prompt (self->input_group);
  draft->vram_gb = stoker_amount_row_get_value (self->vram_row);
  draft->minutes = stoker_amount_row_get_value (self->minutes_row);
  draft->upload_mb = stoker_amount_row_get_value (self->upload_row) * MB_PER_GB;
  draft->download_mb = stoker_amount_row_get_value (self->download_row) * MB_PER_GB;
  draft->mode = get_mode (self);
  draft->deadline_minutes = stoker_amount_row_get_value (self->deadline_row);
  draft->outputs = stoker_amount_row_get_value (self->outputs_row);
  draft->seconds_per_output = stoker_amount_row_get_value (self->seconds_row);
  draft->outputs_per_month = stoker_amount_row_get_value (self->per_month_row);
  draft->budget_usd = stoker_amount_row_get_value (self->budget_row);
  stoker_place_group_collect (self->place_group, draft);
  draft->gpus = stoker_amount_row_get_value (self->gpus_row);
  draft->hours_per_month = stoker_amount_row_get_value (self->hours_row);
  draft->wish = (StokerWish) adw_combo_row_get_selected (self->wish_row);
  draft->keeps_files = gtk_switch_get_active (self->keep_switch);
}

static void
fill (StokerWorkloadForm *self, const StokerWorkloadDraft *draft)
{
  g_auto (StokerWorkloadDraft) shown = { 0 };

  fill_rows (self, draft);
  collect (self, &shown);
  stoker_workload_draft_copy_numbers (&self->loaded, draft);
  stoker_workload_draft_copy_numbers (&self->shown, &shown);
}

/* Shows or hides what the form has from a file beside its rows. */
static void
set_source (StokerWorkloadForm *self, JsonNode *source, JsonNode *payload)
{
  g_clear_pointer (&self->source, json_node_unref);
  self->source = source != NULL ? json_node_ref (source) : NULL;
  stoker_input_group_set_payload (self->input_group, payload);
  gtk_widget_set_visible (GTK_WIDGET (self->file_group), source != NULL);
  changed_cb (self);
}

/* A file that was forgotten. */
typedef struct
{
  StokerWorkloadForm *form; /* owned */
  JsonNode *source;         /* owned */
  JsonNode *payload;        /* owned, nullable */
} Forgotten;

static void
forgotten_free (gpointer data)
{
  Forgotten *forgotten = data;

  g_object_unref (forgotten->form);
  json_node_unref (forgotten->source);
  g_clear_pointer (&forgotten->payload, json_node_unref);
  g_free (forgotten);
}

static void
remember_file (gpointer data)
{
  const Forgotten *forgotten = data;

  /* Not when another file was opened since. */
  if (forgotten->form->source == NULL)
    set_source (forgotten->form, forgotten->source, forgotten->payload);
}

static void
forget_file_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerWorkloadForm *self = STOKER_WORKLOAD_FORM (widget);
  g_autoptr (StokerWorkload) workload = stoker_workload_form_build (self, NULL);
  Forgotten *forgotten = NULL;

  if (self->source != NULL)
    {
      forgotten = g_new0 (Forgotten, 1);
      forgotten->form = g_object_ref (self);
      forgotten->source = json_node_ref (self->source);
      if (workload != NULL && workload->payload != NULL)
        forgotten->payload = json_node_ref (workload->payload);
    }
  set_source (self, NULL, NULL);
  if (forgotten != NULL)
    stoker_undo_offer (widget, _ ("The form no longer has the file"), remember_file, NULL,
                       forgotten, forgotten_free);
}

static void
stoker_workload_form_finalize (GObject *object)
{
  g_clear_pointer (&STOKER_WORKLOAD_FORM (object)->source, json_node_unref);
  G_OBJECT_CLASS (stoker_workload_form_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, file_group);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, file_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, name_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, type_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, input_group);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, vram_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, memory_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, minutes_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, upload_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, download_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, mode_cheap);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, mode_balanced);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, mode_fast);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, deadline_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, outputs_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, seconds_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, per_month_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, budget_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, place_group);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, gpus_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, hours_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, wish_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, keep_switch);
}

static void
stoker_workload_form_class_init (StokerWorkloadFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_workload_form_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STOKER_TYPE_AMOUNT_ROW);
  g_type_ensure (STOKER_TYPE_INPUT_GROUP);
  g_type_ensure (STOKER_TYPE_MEMORY_ROW);
  g_type_ensure (STOKER_TYPE_PLACE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-workload-form.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "form.forget-file", NULL, forget_file_cb);
}

static void
stoker_workload_form_init (StokerWorkloadForm *self)
{
  static const StokerWorkloadDraft start = {
    .type = "image",
    .vram_gb = 12,
    .minutes = 30,
    .mode = STOKER_MODE_BALANCED,
  };

  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_types (self);
  g_object_bind_property (self->vram_row, "value", self->memory_row, "value",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  fill (self, &start);
}

static void
show_file (StokerWorkloadForm *self, const StokerWorkloadFile *file, const char *name)
{
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *notes = file->notes != NULL ? g_strjoinv ("\n", file->notes) : NULL;
  g_autofree char *escaped_notes = g_markup_escape_text (notes != NULL ? notes : "", -1);
  gboolean can_be_sent = file->workload->payload != NULL || file->workload->command != NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), title);
  adw_action_row_set_subtitle (self->file_row, can_be_sent ? _ ("What it sends goes along.")
                                                           : _ ("It has nothing to send."));
  adw_preferences_group_set_description (self->file_group, escaped_notes);
  gtk_widget_set_visible (GTK_WIDGET (self->file_group), TRUE);
  stoker_input_group_set_payload (self->input_group, file->workload->payload);
}

/* A graph tells what is made; how large the work is, how soon and where stays as it was typed. */
static void
read_graph (StokerWorkloadDraft *draft, const StokerWorkload *workload)
{
  g_free (draft->name);
  draft->name = g_strdup (workload->name);
  draft->type = workload->type != NULL ? g_intern_string (workload->type) : NULL;
  g_clear_pointer (&draft->prompt, g_free);
  if (workload->outputs >= 0)
    draft->outputs = (double) workload->outputs;
}

/**
 * stoker_workload_form_set_workspace:
 * @workspace: (nullable): whose providers can be chosen
 */
void
stoker_workload_form_set_workspace (StokerWorkloadForm *self, StokerWorkspace *workspace)
{
  g_return_if_fail (STOKER_IS_WORKLOAD_FORM (self));

  stoker_place_group_set_workspace (self->place_group, workspace);
}

/**
 * stoker_workload_form_take_file:
 * @file: what was read
 * @name: name of the file
 *
 * Fills the form. What the form has no row for, such as the payload, is kept and goes along.
 */
void
stoker_workload_form_take_file (StokerWorkloadForm *self,
                                const StokerWorkloadFile *file,
                                const char *name)
{
  g_auto (StokerWorkloadDraft) draft = { 0 };

  g_return_if_fail (STOKER_IS_WORKLOAD_FORM (self));

  if (file->is_workflow)
    {
      collect (self, &draft);
      stoker_workload_draft_keep_numbers (&draft, &self->shown, &self->loaded);
      read_graph (&draft, file->workload);
    }
  else
    {
      stoker_workload_draft_read (&draft, file->workload);
    }
  g_clear_pointer (&self->source, json_node_unref);
  if (file->workload->source != NULL)
    self->source = json_node_ref (file->workload->source);
  show_file (self, file, name);
  fill (self, &draft);
  changed_cb (self);
}

/**
 * stoker_workload_form_amend:
 * @workload: the one that the form describes, with something told otherwise
 *
 * Takes it over.
 */
void
stoker_workload_form_amend (StokerWorkloadForm *self, StokerWorkload *workload)
{
  g_auto (StokerWorkloadDraft) draft = { 0 };

  g_return_if_fail (STOKER_IS_WORKLOAD_FORM (self));

  stoker_workload_draft_read (&draft, workload);
  g_clear_pointer (&self->source, json_node_unref);
  self->source = json_node_ref (workload->source);
  fill (self, &draft);
  changed_cb (self);
}

/**
 * stoker_workload_form_build:
 *
 * Returns: (transfer full): the workload the form describes
 */
StokerWorkload *
stoker_workload_form_build (StokerWorkloadForm *self, GError **error)
{
  g_auto (StokerWorkloadDraft) draft = { 0 };
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (STOKER_IS_WORKLOAD_FORM (self), NULL);

  collect (self, &draft);
  stoker_workload_draft_keep_numbers (&draft, &self->shown, &self->loaded);
  node = stoker_workload_draft_write (&draft, self->source);
  return stoker_workload_decode (node, _ ("form"), error);
}
