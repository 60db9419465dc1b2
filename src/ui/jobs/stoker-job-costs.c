/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-costs.h"

#include "stoker-job-timeline.h"
#include "stoker-json.h"
#include "stoker-list-spending.h"
#include "stoker-phrases.h"
#include "stoker-time.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#define MAX_ITEMS 64
#define LEAST_AMOUNT_CHARS 5

struct _StokerJobCosts
{
  AdwBin parent_instance;

  StokerJob *job;            /* owned, nullable: whose book was asked for */
  JsonNode *estimate;        /* owned, nullable: what is shown */
  StokerMoney accrued;       /* for which the book was read */
  GCancellable *cancellable; /* owned, nullable */

  GtkListBox *book;
  GtkLabel *book_note;
  GtkListBox *items;
  GtkLabel *items_note;
};

G_DEFINE_FINAL_TYPE (StokerJobCosts, stoker_job_costs, ADW_TYPE_BIN)

static void
clear_list (GtkListBox *list)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

static void
add_line (GtkListBox *list, const char *title, const char *subtitle, const char *amount)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (amount);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  /* It has all of its width unless the words beside it leave it none. */
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), LEAST_AMOUNT_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  stoker_ui_tell_cut (GTK_LABEL (label));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (list, row);
}

static const char *
phrase_kind (StokerLedgerKind kind)
{
  switch (kind)
    {
    case STOKER_LEDGER_ESTIMATED:
      return _ ("Estimated");
    case STOKER_LEDGER_BILLED:
      return _ ("Billed");
    case STOKER_LEDGER_ACCRUED:
    default:
      return _ ("Accrued so far");
    }
}

static void
add_entry (StokerJobCosts *self, const StokerLedgerEntry *entry)
{
  g_autofree char *clock = stoker_phrase_clock (entry->at_us, g_get_real_time ());
  g_autofree char *where = g_strjoin (entry->note != NULL ? " · " : "", clock,
                                      entry->note != NULL ? entry->note : "", NULL);
  g_autofree char *amount = stoker_phrase_money (entry->amount);

  add_line (self->book, phrase_kind (entry->kind), where, amount);
}

static void
got_book (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobCosts) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = stoker_list_spending_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  clear_list (self->book);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    add_entry (self, g_ptr_array_index (entries, i));
  if (error != NULL)
    gtk_label_set_label (self->book_note, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->book), entries != NULL && entries->len > 0);
}

/* What the figure "so far" is, and what it is not. */
static char *
explain_accrued (StokerJob *job)
{
  StokerJsonPlace root = stoker_json_root (stoker_job_get_estimate (job), NULL);
  StokerJsonPlace rate = { 0 };
  gboolean has_rate = stoker_job_get_estimate (job) != NULL &&
                      stoker_json_get_object (&root, "rate", STOKER_JSON_REQUIRED, &rate, NULL);

  if (stoker_job_get_dry_run (job))
    return g_strdup (_ ("A dry run costs nothing; nothing was sent."));
  if (!stoker_job_get_accrued (job).is_known)
    return g_strdup (has_rate ? _ ("What it costs is counted once it runs.")
                              : _ ("What it costs so far is not known: it is not billed by time, "
                                   "and the provider has not told. Its bill counts."));
  if (!has_rate)
    return g_strdup (_ ("So far is what the provider has told. Storage and transfer that it bills "
                        "apart are not in it."));
  return g_strdup (
    _ ("So far is the time it ran at the agreed rate, or what the provider has told. "
       "Storage, transfer and taxes are not in it; the provider’s bill counts."));
}

static void
read_book (StokerJobCosts *self, StokerWorkspace *workspace, StokerJob *job)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  stoker_list_job_spending_async (workspace, job, self->cancellable, got_book, g_object_ref (self));
}

static char *
describe_item (const StokerJsonPlace *item, gint64 now_us)
{
  g_autofree char *formula = NULL;
  g_autofree char *source = NULL;
  g_autofree char *as_of = NULL;
  g_autofree char *note = NULL;
  g_autofree char *fact = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  stoker_json_get_string (item, "formula", STOKER_JSON_OPTIONAL, &formula, NULL);
  stoker_json_get_string (item, "source", STOKER_JSON_OPTIONAL, &source, NULL);
  stoker_json_get_string (item, "as_of", STOKER_JSON_OPTIONAL, &as_of, NULL);
  stoker_json_get_string (item, "note", STOKER_JSON_OPTIONAL, &note, NULL);
  if (source != NULL)
    fact = stoker_phrase_fact (source, as_of != NULL ? stoker_time_parse (as_of) : 0, now_us);
  for (gsize i = 0; i < 3; i++)
    {
      const char *part = i == 0 ? formula : i == 1 ? note : fact;

      if (part != NULL && *part != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", part);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_item (StokerJobCosts *self, const StokerJsonPlace *item)
{
  StokerJsonPlace amount = stoker_json_member (item, "amount");
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;
  g_autofree char *subtitle = describe_item (item, g_get_real_time ());

  stoker_json_get_string (item, "label", STOKER_JSON_OPTIONAL, &label, NULL);
  stoker_json_get_string (item, "text", STOKER_JSON_OPTIONAL, &text, NULL);
  add_line (self->items, label != NULL ? g_dgettext (GETTEXT_PACKAGE, label) : _ ("Cost"), subtitle,
            stoker_json_is_present (&amount) && text != NULL ? text : _ ("unknown"));
}

static void
add_total (StokerJobCosts *self, StokerJob *job, const StokerJsonPlace *root)
{
  gboolean is_complete = TRUE;
  g_autofree char *total = stoker_phrase_money (stoker_job_get_estimated (job));

  stoker_json_get_boolean (root, "complete", STOKER_JSON_OPTIONAL, &is_complete, NULL);
  add_line (self->items, _ ("Estimate"), is_complete ? "" : _ ("Without what could not be priced"),
            total);
}

static void
show_items (StokerJobCosts *self, StokerJob *job)
{
  JsonNode *estimate = stoker_job_get_estimate (job);
  StokerJsonPlace root = stoker_json_root (estimate, NULL);
  StokerJsonPlace items = { 0 };
  gboolean has_items = estimate != NULL &&
                       stoker_json_get_array (&root, "items", STOKER_JSON_REQUIRED, MAX_ITEMS,
                                              &items, NULL);

  if (estimate != NULL && estimate == self->estimate)
    return;
  g_clear_pointer (&self->estimate, json_node_unref);
  self->estimate = estimate != NULL ? json_node_ref (estimate) : NULL;
  clear_list (self->items);
  for (guint i = 0; has_items && i < stoker_json_length (&items); i++)
    {
      StokerJsonPlace item = stoker_json_element (&items, i);

      add_item (self, &item);
    }
  if (has_items)
    add_total (self, job, &root);
  gtk_widget_set_visible (GTK_WIDGET (self->items), has_items);
  gtk_widget_set_visible (GTK_WIDGET (self->items_note), !has_items);
}

static void
stoker_job_costs_dispose (GObject *object)
{
  StokerJobCosts *self = STOKER_JOB_COSTS (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->job);
  g_clear_pointer (&self->estimate, json_node_unref);
  G_OBJECT_CLASS (stoker_job_costs_parent_class)->dispose (object);
}

static void
stoker_job_costs_class_init (StokerJobCostsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_job_costs_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               STOKER_UI_RESOURCE_PATH "/jobs/stoker-job-costs.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerJobCosts, book);
  gtk_widget_class_bind_template_child (widget_class, StokerJobCosts, book_note);
  gtk_widget_class_bind_template_child (widget_class, StokerJobCosts, items);
  gtk_widget_class_bind_template_child (widget_class, StokerJobCosts, items_note);
}

static void
stoker_job_costs_init (StokerJobCosts *self)
{
  self->accrued = stoker_money_unknown ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_job_costs_show:
 * @workspace: the workspace, whose money book is read
 * @job: the job
 *
 * Shows what the job costs. The book is read again when the job has cost more.
 */
void
stoker_job_costs_show (StokerJobCosts *self, StokerWorkspace *workspace, StokerJob *job)
{
  g_autofree char *note = explain_accrued (job);

  g_return_if_fail (STOKER_IS_JOB_COSTS (self));

  gtk_label_set_label (self->book_note, note);
  show_items (self, job);
  if (self->job == job && stoker_money_equal (self->accrued, stoker_job_get_accrued (job)))
    return;
  if (self->job != job)
    gtk_widget_hide (GTK_WIDGET (self->book));
  g_set_object (&self->job, job);
  self->accrued = stoker_job_get_accrued (job);
  read_book (self, workspace, job);
}

/**
 * stoker_job_costs_write_anew:
 *
 * Forgets what is written; the next stoker_job_costs_show() writes all of it.
 */
void
stoker_job_costs_write_anew (StokerJobCosts *self)
{
  g_return_if_fail (STOKER_IS_JOB_COSTS (self));

  g_clear_object (&self->job);
  g_clear_pointer (&self->estimate, json_node_unref);
}
