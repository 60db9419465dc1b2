/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-rejected-row.h"

#include "stoker-advice-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* Most that are listed by name in one group. */
#define MAX_LINES 12

struct _StokerRejectedRow
{
  AdwExpanderRow parent_instance;

  StokerAdvice *advice; /* owned, nullable */
  char *group;          /* owned, nullable: word of the reason */
  gboolean is_filled;
  GPtrArray *lines; /* owned, of GtkWidget, borrowed: the rows below */

  GtkLabel *count_label;
};

G_DEFINE_FINAL_TYPE (StokerRejectedRow, stoker_rejected_row, ADW_TYPE_EXPANDER_ROW)

static void
add_line (StokerRejectedRow *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->lines, row);
}

static void
clear_lines (StokerRejectedRow *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->lines, i));
  g_ptr_array_set_size (self->lines, 0);
  self->is_filled = FALSE;
}

static guint
count_rejections (StokerRejectedRow *self)
{
  guint count = 0;

  for (guint i = 0; i < self->advice->rejected->len; i++)
    {
      const StokerRejection *rejection = g_ptr_array_index (self->advice->rejected, i);

      count += g_strcmp0 (rejection->group, self->group) == 0;
    }
  return count;
}

static void
add_rejection (StokerRejectedRow *self, const StokerRejection *rejection)
{
  g_autofree char *title = rejection->offer != NULL
                             ? g_strdup_printf ("%s · %s", rejection->name, rejection->offer)
                             : g_strdup (rejection->name);

  add_line (self, title, rejection->reason);
}

static void
fill (StokerRejectedRow *self)
{
  guint count = count_rejections (self);

  self->is_filled = TRUE;
  for (guint i = 0; i < self->advice->rejected->len && self->lines->len < MAX_LINES; i++)
    {
      const StokerRejection *rejection = g_ptr_array_index (self->advice->rejected, i);

      if (g_strcmp0 (rejection->group, self->group) == 0)
        add_rejection (self, rejection);
    }
  if (count > MAX_LINES)
    {
      guint n_more = count - MAX_LINES;
      g_autofree char *more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more offer",
                                                            "%u more offers", n_more),
                                               n_more);

      add_line (self, more, NULL);
    }
}

static void
expanded_cb (StokerRejectedRow *self)
{
  if (!self->is_filled && self->advice != NULL &&
      adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    fill (self);
}

static void
stoker_rejected_row_finalize (GObject *object)
{
  StokerRejectedRow *self = STOKER_REJECTED_ROW (object);

  g_clear_pointer (&self->advice, stoker_advice_unref);
  g_ptr_array_unref (self->lines);
  g_free (self->group);
  G_OBJECT_CLASS (stoker_rejected_row_parent_class)->finalize (object);
}

static void
stoker_rejected_row_class_init (StokerRejectedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_rejected_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-rejected-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerRejectedRow, count_label);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
}

static void
stoker_rejected_row_init (StokerRejectedRow *self)
{
  self->lines = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_rejected_row_new:
 * @group: word of a #StokerRejection
 *
 * Returns: (transfer floating): a row for those rejected for this reason
 */
GtkWidget *
stoker_rejected_row_new (const char *group)
{
  StokerRejectedRow *self = g_object_new (STOKER_TYPE_REJECTED_ROW, NULL);
  const char *title = stoker_phrase_rejection_group (group);

  self->group = g_strdup (group);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  stoker_ui_set_label (GTK_WIDGET (self), title);
  return GTK_WIDGET (self);
}

/**
 * stoker_rejected_row_show:
 * @advice: an advice
 *
 * Shows whom it rejected for this reason.
 */
void
stoker_rejected_row_show (StokerRejectedRow *self, StokerAdvice *advice)
{
  g_autoptr (StokerAdvice) previous = NULL;
  g_autofree char *count = NULL;

  g_return_if_fail (STOKER_IS_REJECTED_ROW (self));

  previous = g_steal_pointer (&self->advice);
  self->advice = stoker_advice_ref (advice);
  count = g_strdup_printf ("%u", count_rejections (self));
  gtk_label_set_label (self->count_label, count);
  clear_lines (self);
  expanded_cb (self);
}
