/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-dialogs.h"

#include "stoker-duplicate-provider.h"
#include "stoker-phrases.h"
#include "stoker-provider-commands.h"
#include "stoker-provider-phrases.h"
#include "stoker-ui.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MAX_NAME_LENGTH 80

static GtkWidget *
new_dialog (StokerProviderHolder *holder, const char *heading, const char *body)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (holder));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), NULL, NULL);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (dialog), heading);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body != NULL ? body : "");
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}

static void
add_choice (GtkWidget *dialog, const char *id, const char *label, AdwResponseAppearance appearance)
{
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), id, label);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), id, appearance);
}

static void
ask (GtkWidget *dialog, StokerProviderHolder *holder, GCallback answered_cb)
{
  g_signal_connect_object (dialog, "response", answered_cb, holder, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Renaming. */

static char *
read_name (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
name_changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *name = read_name (entry);
  gboolean is_good = *name != '\0' && g_utf8_strlen (name, -1) <= MAX_NAME_LENGTH;

  adw_message_dialog_set_response_enabled (dialog, "rename", is_good);
  if (is_good)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
}

static void
name_given_cb (AdwMessageDialog *dialog, const char *response, StokerProviderHolder *holder)
{
  StokerProvider *provider = stoker_provider_holder_get_provider (holder);
  g_autofree char *name = NULL;

  if (!g_str_equal (response, "rename") || provider == NULL)
    return;
  name = read_name (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)));
  stoker_provider_set_name (provider, stoker_phrase_provider_written (provider, name));
  stoker_provider_commands_save (holder);
}

/**
 * stoker_provider_dialogs_ask_name:
 * @holder: a widget with a provider
 *
 * Asks for another name and gives it to the provider.
 */
void
stoker_provider_dialogs_ask_name (StokerProviderHolder *holder)
{
  StokerProvider *provider = stoker_provider_holder_get_provider (holder);
  g_autofree char *heading = g_strdup_printf (_ ("Rename %s"),
                                              stoker_phrase_provider_name (provider));
  GtkWidget *dialog = new_dialog (holder, heading, NULL);
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), stoker_phrase_provider_name (provider));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_max_length (GTK_ENTRY (entry), MAX_NAME_LENGTH);
  stoker_ui_set_label (entry, _ ("New Name"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  add_choice (dialog, "rename", _ ("_Rename"), ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_changed_cb), dialog, 0);
  ask (dialog, holder, G_CALLBACK (name_given_cb));
}

/* Accepting the risk of a market. */

static void
opt_in_answered_cb (AdwMessageDialog *dialog, const char *response, StokerProviderHolder *holder)
{
  StokerProvider *provider = stoker_provider_holder_get_provider (holder);

  if (provider == NULL)
    return;
  if (!g_str_equal (response, "accept"))
    {
      /* The switch that asked goes back. */
      g_object_notify (G_OBJECT (provider), "opted-in");
      return;
    }
  stoker_provider_set_opted_in (provider, TRUE);
  stoker_provider_commands_save (holder);
}

/**
 * stoker_provider_dialogs_ask_opt_in:
 * @holder: a widget with a provider whose profile warns
 *
 * Shows the warning and remembers a yes.
 */
void
stoker_provider_dialogs_ask_opt_in (StokerProviderHolder *holder)
{
  StokerProfile *profile = stoker_provider_holder_get_profile (holder);
  g_autofree char *heading = g_strdup_printf (_ ("Use %s in Spite of the Risk?"), profile->name);
  GtkWidget *dialog = new_dialog (holder, heading, profile->opt_in_warning);

  add_choice (dialog, "accept", _ ("_Accept the Risk"), ADW_RESPONSE_DESTRUCTIVE);
  ask (dialog, holder, G_CALLBACK (opt_in_answered_cb));
}

/* Duplicating. */

static void
duplicated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProviderHolder) holder = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) copy = stoker_duplicate_provider_finish (result, &error);
  g_autofree char *text = copy != NULL ? g_strdup_printf (_ ("%s is there now"),
                                                          stoker_phrase_provider_name (copy))
                                       : stoker_phrase_sentence (error->message);

  stoker_ui_toast (GTK_WIDGET (holder), text);
}

static void
duplicate (StokerProviderHolder *holder, gboolean copies_keys)
{
  StokerProvider *provider = stoker_provider_holder_get_provider (holder);

  if (provider != NULL)
    stoker_duplicate_provider_async (stoker_provider_holder_get_workspace (holder),
                                     stoker_provider_get_id (provider), copies_keys, NULL,
                                     duplicated_cb, g_object_ref (holder));
}

static void
duplicate_answered_cb (AdwMessageDialog *dialog, const char *response, StokerProviderHolder *holder)
{
  if (!g_str_equal (response, "cancel"))
    duplicate (holder, g_str_equal (response, "with-keys"));
}

static guint
count_secrets (const StokerProfile *profile)
{
  guint count = 0;

  for (guint i = 0;
       profile != NULL && profile->auth_fields != NULL && i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);

      count += field->type == STOKER_FIELD_SECRET;
    }
  return count;
}

/**
 * stoker_provider_dialogs_ask_duplicate:
 * @holder: a widget with a provider
 *
 * Makes a copy of the provider; asks first whether its keys are to be copied, when it has some.
 */
void
stoker_provider_dialogs_ask_duplicate (StokerProviderHolder *holder)
{
  StokerProvider *provider = stoker_provider_holder_get_provider (holder);
  g_autofree char *heading = NULL;
  GtkWidget *dialog = NULL;

  if (count_secrets (stoker_provider_holder_get_profile (holder)) == 0)
    {
      duplicate (holder, FALSE);
      return;
    }
  heading = g_strdup_printf (_ ("Duplicate %s?"), stoker_phrase_provider_name (provider));
  dialog = new_dialog (holder, heading,
                       _ ("The copy gets the same settings. Its keys can be copied inside the "
                          "keyring, or you give it others."));
  add_choice (dialog, "without-keys", _ ("With_out Keys"), ADW_RESPONSE_DEFAULT);
  add_choice (dialog, "with-keys", _ ("With _Keys"), ADW_RESPONSE_SUGGESTED);
  ask (dialog, holder, G_CALLBACK (duplicate_answered_cb));
}

/* Removing. */

static void
count_jobs (StokerProviderHolder *holder, guint *n_live, guint *n_done)
{
  StokerProvider *provider = stoker_provider_holder_get_provider (holder);
  GListModel *jobs = stoker_workspace_get_jobs (stoker_provider_holder_get_workspace (holder));
  guint length = g_list_model_get_n_items (jobs);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);

      if (g_strcmp0 (stoker_job_get_provider_id (job), stoker_provider_get_id (provider)) != 0)
        continue;
      if (stoker_job_state_is_final (stoker_job_get_state (job)))
        (*n_done)++;
      else
        (*n_live)++;
    }
}

static void
ask_to_cancel_jobs (StokerProviderHolder *holder, guint n_live)
{
  const char *name = stoker_phrase_provider_name (stoker_provider_holder_get_provider (holder));
  g_autofree char *heading = g_strdup_printf (_ ("%s Cannot Be Removed Yet"), name);
  g_autofree char *body = g_strdup_printf (
    g_dngettext (
      GETTEXT_PACKAGE,
      "%u job there is not finished and would go on costing unseen. Cancel it first.",
      "%u jobs there are not finished and would go on costing unseen. Cancel them first.", n_live),
    n_live);
  GtkWidget *dialog = new_dialog (holder, heading, body);

  adw_message_dialog_set_response_label (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
remove_answered_cb (AdwMessageDialog *dialog, const char *response, StokerProviderHolder *holder)
{
  StokerProvider *provider = stoker_provider_holder_get_provider (holder);

  if (g_str_equal (response, "remove") && provider != NULL)
    gtk_widget_activate_action (GTK_WIDGET (holder), "providers.remove", "s",
                                stoker_provider_get_id (provider));
}

static char *
describe_removal (StokerProviderHolder *holder, guint n_done)
{
  guint n_secrets = count_secrets (stoker_provider_holder_get_profile (holder));
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append (text, n_secrets > 0 ? _ ("Its settings and the keys in the keyring are deleted "
                                            "from this computer.")
                                       : _ ("Its settings are deleted from this computer."));
  if (n_done > 0)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, " %u finished job stays in the history.",
                                         " %u finished jobs stay in the history.", n_done),
                            n_done);
  g_string_append (text, _ (" Nothing changes at the provider."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stoker_provider_dialogs_ask_remove:
 * @holder: a widget with a provider
 *
 * Names what would be lost, and after a yes activates "providers.remove" with the provider's id.
 * With unfinished jobs there it says what to do instead.
 */
void
stoker_provider_dialogs_ask_remove (StokerProviderHolder *holder)
{
  StokerProvider *provider = stoker_provider_holder_get_provider (holder);
  g_autofree char *heading = g_strdup_printf (_ ("Remove %s?"),
                                              stoker_phrase_provider_name (provider));
  g_autofree char *body = NULL;
  GtkWidget *dialog = NULL;
  guint n_live = 0;
  guint n_done = 0;

  count_jobs (holder, &n_live, &n_done);
  if (n_live > 0)
    {
      ask_to_cancel_jobs (holder, n_live);
      return;
    }
  body = describe_removal (holder, n_done);
  dialog = new_dialog (holder, heading, body);
  add_choice (dialog, "remove", _ ("_Remove"), ADW_RESPONSE_DESTRUCTIVE);
  ask (dialog, holder, G_CALLBACK (remove_answered_cb));
}
