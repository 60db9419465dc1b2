/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-machines.h"

#include "stoker-json.h"
#include "stoker-list-machines.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-run-action.h"
#include "stoker-ui.h"
#include "stoker-wait-phrases.h"

#include <glib/gi18n-lib.h>

struct _StokerProviderMachines
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  StokerProvider *provider;   /* owned, nullable */
  GCancellable *cancellable;  /* owned, nullable: while they are asked for */
  GPtrArray *machines;        /* owned, nullable: not told yet */

  GtkListBox *list;
  AdwActionRow *state_row;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (StokerProviderMachines, stoker_provider_machines, ADW_TYPE_BIN)

/* What is shown in the place of machines: that nothing was asked yet, is being asked, went wrong,
 * or is rented. */
static void
show_state (StokerProviderMachines *self,
            const char *title,
            const char *subtitle,
            gboolean is_loading)
{
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);
  GtkListBoxRow *row = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->list, 1)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), title);
  adw_action_row_set_subtitle (self->state_row, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_loading);
  gtk_spinner_set_spinning (self->spinner, is_loading);
  gtk_widget_set_visible (GTK_WIDGET (self->state_row), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "machines.ask", !is_loading);
}

static void
show_unasked (StokerProviderMachines *self)
{
  show_state (self, _ ("Not Asked Yet"),
              _ ("What is rented there goes on costing until it is ended, also what was left "
                 "behind."),
              FALSE);
}

/* A machine in words. */

static const char *
get_name (const StokerMachine *machine)
{
  return machine->name != NULL && *machine->name != '\0' ? machine->name : machine->id;
}

static StokerJob *
find_job (StokerProviderMachines *self, const StokerMachine *machine)
{
  return stoker_machine_find_job (self->workspace, stoker_provider_get_id (self->provider),
                                  machine);
}

static void
append (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static char *
describe_price (const StokerMachine *machine)
{
  g_autofree char *price = stoker_phrase_money (machine->price);

  return machine->price.is_known ? g_strdup_printf (_ ("%s an hour"), price)
                                 : g_strdup (_ ("price not told"));
}

static char *
describe_machine (StokerProviderMachines *self, const StokerMachine *machine)
{
  StokerJob *job = find_job (self, machine);
  g_autofree char *gpu = stoker_machine_describe_gpu (machine);
  g_autofree char *price = describe_price (machine);
  g_autofree char *age = NULL;
  g_autofree char *use = NULL;
  g_autoptr (GString) text = g_string_new (stoker_machine_state_phrase (machine->state));

  append (text, gpu);
  append (text, machine->region);
  append (text, price);
  if (machine->created_us != 0)
    age = stoker_phrase_ago (machine->created_us, g_get_real_time ());
  append (text, age);
  if (job != NULL)
    use = g_strdup_printf (_ ("used by “%s”"), stoker_job_get_name (job));
  append (text, use != NULL ? use : _ ("no job of Stoker uses it"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Ending one. */

static void ask (StokerProviderMachines *self);

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProviderMachines) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = stoker_run_action_finish (result, &error);
  g_autofree char *text = answer != NULL ? g_strdup (_ ("The provider was told"))
                                         : stoker_phrase_error (error, g_get_real_time ());

  stoker_ui_toast (GTK_WIDGET (self), text);
  if (self->provider != NULL)
    ask (self);
}

static void
end_machine (StokerProviderMachines *self, const char *action, const char *id)
{
  g_autoptr (JsonObject) input = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  json_object_set_string_member (input, "id", id);
  node = json_node_init_object (json_node_alloc (), input);
  show_state (self, _ ("Asking the Provider…"), "", TRUE);
  stoker_run_action_async (self->workspace, self->provider, action, node, TRUE, ended_cb,
                           g_object_ref (self));
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, StokerProviderMachines *self)
{
  const char *id = g_object_get_data (G_OBJECT (dialog), "machine");

  if (!g_str_equal (response, "cancel") && self->provider != NULL)
    end_machine (self, response, id);
}

/* What it means, named before it is done. */
static char *
describe_consequence (StokerProviderMachines *self, const StokerMachine *machine, gboolean ends)
{
  StokerJob *job = find_job (self, machine);
  g_autofree char *price = describe_price (machine);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append (text, ends
                           ? _ ("It is deleted at the provider with everything on it. That cannot "
                                "be undone.")
                           : _ ("It stops working. Its disk stays, and may go on costing."));
  if (machine->price.is_known)
    g_string_append_printf (text, _ (" It costs %s now."), price);
  if (job != NULL)
    g_string_append_printf (text, _ (" The job “%s” runs on it and will fail."),
                            stoker_job_get_name (job));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
ask_before (StokerProviderMachines *self, const StokerMachine *machine, gboolean ends)
{
  g_autofree char *heading = g_strdup_printf (ends ? _ ("End “%s”?") : _ ("Stop “%s”?"),
                                              get_name (machine));
  g_autofree char *body = describe_consequence (self, machine, ends);
  const char *action = ends ? STOKER_ACTION_TERMINATE : STOKER_ACTION_STOP;
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              NULL, NULL);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (dialog), heading);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), action,
                                    ends ? _ ("_End Machine") : _ ("_Stop Machine"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), action,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "machine", g_strdup (machine->id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static const StokerMachine *
find_machine (StokerProviderMachines *self, GVariant *parameter)
{
  const char *id = g_variant_get_string (parameter, NULL);

  for (guint i = 0; self->machines != NULL && i < self->machines->len; i++)
    {
      const StokerMachine *machine = g_ptr_array_index (self->machines, i);

      if (g_str_equal (machine->id, id))
        return machine;
    }
  return NULL;
}

static void
end_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerProviderMachines *self = STOKER_PROVIDER_MACHINES (widget);
  const StokerMachine *machine = find_machine (self, parameter);

  if (machine != NULL)
    ask_before (self, machine, g_str_equal (action, "machines.end"));
}

/* The list. */

static void
add_button (
  AdwActionRow *row, const char *label, const char *name, const char *action, const char *id)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  stoker_ui_set_label (button, name);
  adw_action_row_add_suffix (row, button);
}

static void
add_machine (StokerProviderMachines *self, const StokerMachine *machine)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *title = g_markup_escape_text (get_name (machine), -1);
  g_autofree char *facts = describe_machine (self, machine);
  g_autofree char *subtitle = g_markup_escape_text (facts, -1);
  g_autofree char *stop_name = g_strdup_printf (_ ("Stop %s"), get_name (machine));
  g_autofree char *end_name = g_strdup_printf (_ ("End %s"), get_name (machine));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  adw_action_row_set_subtitle_lines (row, 0);
  if (machine->state == STOKER_MACHINE_RUNNING &&
      stoker_provider_can (self->workspace, self->provider, STOKER_ACTION_STOP))
    add_button (row, _ ("Stop…"), stop_name, "machines.stop", machine->id);
  if (machine->state != STOKER_MACHINE_GONE &&
      stoker_provider_can (self->workspace, self->provider, STOKER_ACTION_TERMINATE))
    add_button (row, _ ("End…"), end_name, "machines.end", machine->id);
  gtk_list_box_append (self->list, GTK_WIDGET (row));
}

static void
show_machines (StokerProviderMachines *self)
{
  show_state (self, _ ("No Machine Is Rented There"), _ ("Nothing of it costs money now."), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->state_row), self->machines->len == 0);
  for (guint i = 0; i < self->machines->len; i++)
    add_machine (self, self->machines->pdata[i]);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProviderMachines) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) machines = stoker_list_machines_finish (result, &error);
  g_autofree char *sentence = NULL;

  /* Another provider is shown since. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->machines, g_ptr_array_unref);
  self->machines = g_steal_pointer (&machines);
  if (self->machines != NULL)
    {
      show_machines (self);
      return;
    }
  sentence = stoker_phrase_error (error, g_get_real_time ());
  show_state (self, _ ("The Provider Did Not Tell"), sentence, FALSE);
}

static void
ask (StokerProviderMachines *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  show_state (self, _ ("Asking the Provider…"), "", TRUE);
  stoker_list_machines_async (self->workspace, self->provider, self->cancellable, listed_cb,
                              g_object_ref (self));
}

static void
ask_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerProviderMachines *self = STOKER_PROVIDER_MACHINES (widget);

  if (self->provider != NULL)
    ask (self);
}

static void
forget_provider (StokerProviderMachines *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->machines, g_ptr_array_unref);
  g_clear_object (&self->provider);
  g_clear_object (&self->workspace);
}

static void
stoker_provider_machines_dispose (GObject *object)
{
  forget_provider (STOKER_PROVIDER_MACHINES (object));
  G_OBJECT_CLASS (stoker_provider_machines_parent_class)->dispose (object);
}

static void
stoker_provider_machines_class_init (StokerProviderMachinesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_provider_machines_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-provider-machines.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerProviderMachines, list);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderMachines, state_row);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderMachines, spinner);
  gtk_widget_class_install_action (widget_class, "machines.ask", NULL, ask_cb);
  gtk_widget_class_install_action (widget_class, "machines.end", "s", end_cb);
  gtk_widget_class_install_action (widget_class, "machines.stop", "s", end_cb);
}

static void
stoker_provider_machines_init (StokerProviderMachines *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_provider_machines_set_provider:
 * @workspace: (nullable): the workspace
 * @provider: (nullable): one of its providers
 *
 * Shows that nothing was asked of it yet.
 */
void
stoker_provider_machines_set_provider (StokerProviderMachines *self,
                                       StokerWorkspace *workspace,
                                       StokerProvider *provider)
{
  g_return_if_fail (STOKER_IS_PROVIDER_MACHINES (self));

  forget_provider (self);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          provider != NULL && stoker_provider_lists_machines (workspace, provider));
  if (workspace == NULL || provider == NULL)
    return;
  self->workspace = g_object_ref (workspace);
  self->provider = g_object_ref (provider);
  show_unasked (self);
}
