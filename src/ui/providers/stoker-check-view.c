/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-check-view.h"

#include "stoker-error.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"
#include "stoker-wait-phrases.h"

#include <glib/gi18n-lib.h>

struct _StokerCheckView
{
  AdwBin parent_instance;

  GtkListBox *lines;
};

G_DEFINE_FINAL_TYPE (StokerCheckView, stoker_check_view, ADW_TYPE_BIN)

static void
clear_lines (StokerCheckView *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_list_box_remove (self->lines, child);
}

static GtkWidget *
add_line (StokerCheckView *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->lines, row);
  return row;
}

static void
add_symbol (GtkWidget *row, const char *icon_name, const char *style_class, const char *label)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  stoker_ui_set_state_class (icon, style_class);
  stoker_ui_set_label (icon, label);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
}

static void
add_good (StokerCheckView *self, const char *title, const char *subtitle)
{
  add_symbol (add_line (self, title, subtitle), "emblem-ok-symbolic", "success", _ ("Good"));
}

static void
add_problem (StokerCheckView *self, const char *title, const char *subtitle)
{
  add_symbol (add_line (self, title, subtitle), "dialog-error-symbolic", "error", _ ("Problem"));
}

static void
add_note (StokerCheckView *self, const char *title, const char *subtitle)
{
  add_symbol (add_line (self, title, subtitle), "dialog-information-symbolic", "dim-label",
              _ ("Note"));
}

/* What the API does not say is said here: silence would read as "all is well". */
static void
add_untold (StokerCheckView *self, const StokerHealth *health)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) untold = NULL;
  g_autofree char *text = NULL;

  if (health->account == NULL)
    g_strv_builder_add (builder, _ ("whose key it is"));
  if (health->balance == NULL)
    g_strv_builder_add (builder, _ ("its balance"));
  if (health->scopes == NULL)
    g_strv_builder_add (builder, _ ("what it may do"));
  untold = g_strv_builder_end (builder);
  text = g_strjoinv (", ", untold);
  if (*text != '\0')
    add_note (self, _ ("Not told by its API"), text);
}

static gboolean
has_secrets (const StokerProfile *profile)
{
  for (guint i = 0; profile->auth_fields != NULL && i < profile->auth_fields->len; i++)
    if (((StokerAuthField *) g_ptr_array_index (profile->auth_fields, i))->type ==
        STOKER_FIELD_SECRET)
      return TRUE;
  return FALSE;
}

static gboolean
is_proved_by (const StokerProfile *profile, const char *witness)
{
  return profile->proved != NULL &&
         g_strv_contains ((const char *const *) profile->proved, witness);
}

static void
add_witnesses (StokerCheckView *self, const StokerProfile *profile)
{
  const char *told = _ ("What Stoker sends follows the official documents.");

  if (profile->feature_flag == NULL || is_proved_by (profile, "real"))
    return;
  if (is_proved_by (profile, "official-document"))
    told = _ ("What Stoker sends was tested against an emulator and the official documents.");
  else if (is_proved_by (profile, "official-client"))
    told = _ ("What Stoker sends was tested against an emulator with which the provider's own "
              "client works too.");
  else if (is_proved_by (profile, "emulator"))
    told = _ ("What Stoker sends was tested against an emulator that follows the official "
              "documents.");
  add_note (self, _ ("Not tried with a paid account by us"), told);
}

static void
add_good_news (StokerCheckView *self, const StokerProfile *profile, const StokerHealth *health)
{
  g_autofree char *latency = NULL;
  g_autofree char *sentence = health->message != NULL ? stoker_phrase_sentence (health->message)
                                                      : NULL;

  if (health->latency_us >= 0)
    latency = g_strdup_printf (_ ("%d ms"), (int) (health->latency_us / 1000));
  add_good (self, _ ("Reached"), latency);
  if (health->account != NULL)
    add_good (self, _ ("Key accepted"), health->account);
  if (health->balance != NULL)
    add_good (self, _ ("Balance"), health->balance);
  if (health->scopes != NULL)
    add_good (self, _ ("Permissions"), health->scopes);
  if (sentence != NULL)
    add_good (self, sentence, NULL);
  if (has_secrets (profile))
    add_untold (self, health);
  add_witnesses (self, profile);
}

static char *
describe_wait (const StokerHealth *health)
{
  g_autofree char *clock = stoker_phrase_clock_ahead (health->retry_at_us, health->checked_us);

  if (clock == NULL)
    return g_strdup (_ ("Nothing is wrong with the key. Check again in a while."));
  return g_strdup_printf (_ ("Nothing is wrong with the key. Wait until %s, then check again."),
                          clock);
}

/* (transfer full) (nullable): what to do about it */
static char *
find_next_step (const StokerProfile *profile, const StokerHealth *health)
{
  g_autofree char *permissions = NULL;

  switch (health->error_code)
    {
    case STOKER_ERROR_AUTH:
      return g_strdup (_ ("Paste the key again, or make a new one on the provider's key page."));
    case STOKER_ERROR_FORBIDDEN:
      permissions = profile->permissions != NULL ? g_strjoinv ("; ", profile->permissions) : NULL;
      return permissions != NULL ? g_strdup_printf (_ ("The key must allow: %s"), permissions)
                                 : g_strdup (_ ("Make a key with more permissions."));
    case STOKER_ERROR_QUOTA:
      return g_strdup (_ ("Add credit in the provider's console, then check again."));
    case STOKER_ERROR_RATE_LIMITED:
      return describe_wait (health);
    case STOKER_ERROR_UNAVAILABLE:
      return g_strdup (_ ("Look at the network connection and the address, then check again."));
    case STOKER_ERROR_STORAGE:
      return g_strdup (_ ("Nothing was saved. Mend the keyring, then try again."));
    default:
      return NULL;
    }
}

static void
stoker_check_view_class_init (StokerCheckViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-check-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerCheckView, lines);
}

static void
stoker_check_view_init (StokerCheckView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_check_view_start:
 * @name: what is being checked
 *
 * Shows that a check is under way.
 */
void
stoker_check_view_start (StokerCheckView *self, const char *name)
{
  g_autofree char *title = g_strdup_printf (_ ("Asking %s…"), name);
  GtkWidget *spinner = gtk_spinner_new ();

  g_return_if_fail (STOKER_IS_CHECK_VIEW (self));

  clear_lines (self);
  gtk_spinner_start (GTK_SPINNER (spinner));
  stoker_ui_set_label (spinner, _ ("Checking"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (add_line (self, title, NULL)), spinner);
}

/**
 * stoker_check_view_skip:
 * @profile: what cannot be asked
 *
 * Says that nothing speaks to the provider yet, which is no fault of the key.
 */
void
stoker_check_view_skip (StokerCheckView *self, const StokerProfile *profile)
{
  g_autofree char *text = NULL;

  g_return_if_fail (STOKER_IS_CHECK_VIEW (self));

  text = g_strdup_printf (_ ("Stoker does not speak to %s yet. Its facts and prices take part in "
                             "advice and comparison; jobs there are dry runs."),
                          profile->name);
  clear_lines (self);
  add_good (self, _ ("Saved on this computer"), NULL);
  add_note (self, _ ("Not verified"), text);
}

/**
 * stoker_check_view_hold:
 * @profile: what is not asked
 *
 * Says that a check would be a request, and those are off.
 */
void
stoker_check_view_hold (StokerCheckView *self, const StokerProfile *profile)
{
  g_autofree char *title = NULL;

  g_return_if_fail (STOKER_IS_CHECK_VIEW (self));

  title = g_strdup_printf (_ ("%s was not asked"), profile->name);
  clear_lines (self);
  add_good (self, _ ("Saved on this computer"), NULL);
  add_note (self, title,
            _ ("A check is a request, and live requests are off. Allow them to see whether the key "
               "is good, or go on without."));
}

/**
 * stoker_check_view_finish:
 * @profile: what was asked
 * @health: the outcome
 *
 * Shows what came of it: how it was reached and whose key it is, or what is wrong and what to do.
 */
void
stoker_check_view_finish (StokerCheckView *self,
                          const StokerProfile *profile,
                          const StokerHealth *health)
{
  g_autofree char *verdict = NULL;
  g_autofree char *message = NULL;
  g_autofree char *next_step = NULL;

  g_return_if_fail (STOKER_IS_CHECK_VIEW (self));

  clear_lines (self);
  if (health->is_ok)
    {
      add_good_news (self, profile, health);
      return;
    }
  verdict = stoker_phrase_health (health);
  message = health->message != NULL ? stoker_phrase_sentence (health->message) : NULL;
  add_problem (self, verdict, message);
  next_step = find_next_step (profile, health);
  if (next_step != NULL)
    add_note (self, _ ("What to do"), next_step);
}
