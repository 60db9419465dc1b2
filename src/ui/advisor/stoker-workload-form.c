/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-workload-form.h"

#include "stoker-amount-row.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"
#include "stoker-workload-draft.h"

#include <glib/gi18n-lib.h>

struct _StokerWorkloadForm
{
  AdwBin parent_instance;

  JsonNode *source; /* owned, nullable: the document the form was filled from */
  gboolean is_filling;

  GtkWidget *file_group;
  AdwActionRow *file_row;
  AdwComboRow *type_row;
  StokerAmountRow *vram_row;
  StokerAmountRow *minutes_row;
  StokerAmountRow *upload_row;
  StokerAmountRow *outputs_row;
  StokerAmountRow *seconds_row;
  GtkToggleButton *mode_cheap;
  GtkToggleButton *mode_balanced;
  GtkToggleButton *mode_fast;
  StokerAmountRow *budget_row;
  AdwExpanderRow *residency_row;
  GtkSwitch *spot_switch;
  GtkCheckButton *residency_checks[8];
};

G_DEFINE_FINAL_TYPE (StokerWorkloadForm, stoker_workload_form, ADW_TYPE_BIN)

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

static const char *const residency_tags[] = { "eu", "us", "uk", "ca", "jp", "ap", "au", "on-prem" };

G_STATIC_ASSERT (G_N_ELEMENTS (residency_tags) ==
                 G_N_ELEMENTS (((StokerWorkloadForm *) 0)->residency_checks));

static void
show_residency (StokerWorkloadForm *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (residency_tags); i++)
    if (gtk_check_button_get_active (self->residency_checks[i]))
      {
        g_autofree char *place = stoker_phrase_residency (residency_tags[i]);

        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", place);
      }
  adw_expander_row_set_subtitle (self->residency_row, text->len > 0 ? text->str : _ ("anywhere"));
}

static void
changed_cb (StokerWorkloadForm *self)
{
  if (self->is_filling)
    return;
  show_residency (self);
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

static void
add_residency_checks (StokerWorkloadForm *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (residency_tags); i++)
    {
      g_autofree char *place = stoker_phrase_residency (residency_tags[i]);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), place);
      stoker_ui_set_label (check, place);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_expander_row_add_row (self->residency_row, row);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (changed_cb), self);
      self->residency_checks[i] = GTK_CHECK_BUTTON (check);
    }
}

static guint
find_type (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].id, id) == 0)
      return i;
  return 0;
}

static GStrv
list_residency (StokerWorkloadForm *self)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (residency_tags); i++)
    if (gtk_check_button_get_active (self->residency_checks[i]))
      g_strv_builder_add (tags, residency_tags[i]);
  return g_strv_builder_end (tags);
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
fill (StokerWorkloadForm *self, const StokerWorkloadDraft *draft)
{
  adw_combo_row_set_selected (self->type_row, find_type (draft->type));
  stoker_amount_row_set_value (self->vram_row, draft->vram_gb);
  stoker_amount_row_set_value (self->minutes_row, draft->minutes);
  stoker_amount_row_set_value (self->upload_row, draft->upload_mb);
  stoker_amount_row_set_value (self->outputs_row, draft->outputs);
  stoker_amount_row_set_value (self->seconds_row, draft->seconds_per_output);
  set_mode (self, draft->mode);
  stoker_amount_row_set_value (self->budget_row, draft->budget_usd);
  gtk_switch_set_active (self->spot_switch, draft->allows_spot);
  for (gsize i = 0; i < G_N_ELEMENTS (residency_tags); i++)
    gtk_check_button_set_active (self->residency_checks[i],
                                 draft->residency != NULL &&
                                   g_strv_contains ((const char *const *) draft->residency,
                                                    residency_tags[i]));
}

static void
collect (StokerWorkloadForm *self, StokerWorkloadDraft *draft)
{
  guint type = adw_combo_row_get_selected (self->type_row);

  draft->type = type < G_N_ELEMENTS (types) ? types[type].id : NULL;
  draft->vram_gb = stoker_amount_row_get_value (self->vram_row);
  draft->minutes = stoker_amount_row_get_value (self->minutes_row);
  draft->upload_mb = stoker_amount_row_get_value (self->upload_row);
  draft->outputs = stoker_amount_row_get_value (self->outputs_row);
  draft->seconds_per_output = stoker_amount_row_get_value (self->seconds_row);
  draft->mode = get_mode (self);
  draft->budget_usd = stoker_amount_row_get_value (self->budget_row);
  draft->residency = list_residency (self);
  draft->allows_spot = gtk_switch_get_active (self->spot_switch);
}

static void
forget_file_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerWorkloadForm *self = STOKER_WORKLOAD_FORM (widget);

  g_clear_pointer (&self->source, json_node_unref);
  gtk_widget_set_visible (self->file_group, FALSE);
  changed_cb (self);
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
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, type_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, vram_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, minutes_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, upload_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, outputs_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, seconds_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, mode_cheap);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, mode_balanced);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, mode_fast);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, budget_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, residency_row);
  gtk_widget_class_bind_template_child (widget_class, StokerWorkloadForm, spot_switch);
}

static void
stoker_workload_form_class_init (StokerWorkloadFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_workload_form_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STOKER_TYPE_AMOUNT_ROW);
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
  add_residency_checks (self);
  fill (self, &start);
  self->is_filling = FALSE;
  show_residency (self);
}

/**
 * stoker_workload_form_set_workload:
 * @workload: what to show
 * @file_name: (nullable): name of the file it came from
 *
 * Fills the form. What the form has no row for, such as the payload, is kept and goes along.
 */
void
stoker_workload_form_set_workload (StokerWorkloadForm *self,
                                   StokerWorkload *workload,
                                   const char *file_name)
{
  g_auto (StokerWorkloadDraft) draft = { 0 };
  g_autofree char *title = NULL;

  g_return_if_fail (STOKER_IS_WORKLOAD_FORM (self));

  g_clear_pointer (&self->source, json_node_unref);
  if (workload->source != NULL)
    self->source = json_node_ref (workload->source);
  stoker_workload_draft_read (&draft, workload);
  self->is_filling = TRUE;
  fill (self, &draft);
  self->is_filling = FALSE;
  title = g_markup_escape_text (file_name != NULL ? file_name : "", -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), title);
  gtk_widget_set_visible (self->file_group, file_name != NULL);
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
  node = stoker_workload_draft_write (&draft, self->source);
  return stoker_workload_decode (node, _ ("form"), error);
}
