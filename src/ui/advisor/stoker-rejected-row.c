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
#define MAX_PER_GROUP 12

struct _StokerRejectedRow
{
  AdwExpanderRow parent_instance;

  StokerAdvice *advice; /* owned */
  gboolean is_filled;
};

G_DEFINE_FINAL_TYPE (StokerRejectedRow, stoker_rejected_row, ADW_TYPE_EXPANDER_ROW)

static void
add_line (StokerRejectedRow *self, const char *title, const char *subtitle, const char *style_class)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (style_class != NULL)
    gtk_widget_add_css_class (row, style_class);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static guint
count_group (StokerRejectedRow *self, const char *group)
{
  guint count = 0;

  for (guint i = 0; i < self->advice->rejected->len; i++)
    {
      const StokerRejection *rejection = g_ptr_array_index (self->advice->rejected, i);

      count += g_strcmp0 (rejection->group, group) == 0;
    }
  return count;
}

static void
add_rejection (StokerRejectedRow *self, const StokerRejection *rejection)
{
  g_autofree char *title = rejection->offer != NULL
                             ? g_strdup_printf ("%s · %s", rejection->name, rejection->offer)
                             : g_strdup (rejection->name);

  add_line (self, title, rejection->reason, NULL);
}

static void
add_group (StokerRejectedRow *self, const char *group)
{
  guint count = count_group (self, group);
  guint n_added = 0;
  g_autofree char *heading = g_strdup_printf ("%s · %u", stoker_phrase_rejection_group (group),
                                              count);

  add_line (self, heading, NULL, "stoker-group-heading");
  for (guint i = 0; i < self->advice->rejected->len && n_added < MAX_PER_GROUP; i++)
    {
      const StokerRejection *rejection = g_ptr_array_index (self->advice->rejected, i);

      if (g_strcmp0 (rejection->group, group) != 0)
        continue;
      add_rejection (self, rejection);
      n_added++;
    }
  if (count > n_added)
    {
      g_autofree char *more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more offer",
                                                            "%u more offers", count - n_added),
                                               count - n_added);

      add_line (self, more, NULL, "dim-label");
    }
}

static void
expanded_cb (StokerRejectedRow *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (self->is_filled || self->advice == NULL ||
      !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  self->is_filled = TRUE;
  for (guint i = 0; i < self->advice->rejected->len; i++)
    {
      const StokerRejection *rejection = g_ptr_array_index (self->advice->rejected, i);

      if (g_hash_table_add (seen, rejection->group))
        add_group (self, rejection->group);
    }
}

static void
stoker_rejected_row_finalize (GObject *object)
{
  g_clear_pointer (&STOKER_REJECTED_ROW (object)->advice, stoker_advice_unref);
  G_OBJECT_CLASS (stoker_rejected_row_parent_class)->finalize (object);
}

static void
stoker_rejected_row_class_init (StokerRejectedRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_rejected_row_finalize;
}

static void
stoker_rejected_row_init (StokerRejectedRow *self)
{
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

/**
 * stoker_rejected_row_new:
 * @advice: an advice that rejected something
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
stoker_rejected_row_new (StokerAdvice *advice)
{
  StokerRejectedRow *self = g_object_new (STOKER_TYPE_REJECTED_ROW, NULL);
  guint count = advice->rejected->len;
  g_autofree char *title =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u not chosen", "%u not chosen", count), count);

  self->advice = stoker_advice_ref (advice);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  stoker_ui_set_label (GTK_WIDGET (self), title);
  return GTK_WIDGET (self);
}
