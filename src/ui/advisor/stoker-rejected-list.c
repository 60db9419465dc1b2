/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-rejected-list.h"

#include "stoker-rejected-row.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerRejectedList
{
  AdwBin parent_instance;

  GHashTable *rows; /* owned: word of the group → its row, borrowed from the list */

  GtkLabel *heading;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StokerRejectedList, stoker_rejected_list, ADW_TYPE_BIN)

static void
show_group (StokerRejectedList *self, StokerAdvice *advice, const char *group)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, group);

  if (row == NULL)
    {
      row = stoker_rejected_row_new (group);
      g_hash_table_insert (self->rows, g_strdup (group), row);
      gtk_list_box_append (self->list, row);
    }
  stoker_rejected_row_show (STOKER_REJECTED_ROW (row), advice);
}

/* The rows of groups that struck nobody this time. */
static void
remove_others (StokerRejectedList *self, GHashTable *groups)
{
  GHashTableIter iter;
  gpointer group = NULL;
  gpointer row = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &group, &row))
    if (!g_hash_table_contains (groups, group))
      {
        gtk_list_box_remove (self->list, row);
        g_hash_table_iter_remove (&iter);
      }
}

static void
stoker_rejected_list_finalize (GObject *object)
{
  g_hash_table_unref (STOKER_REJECTED_LIST (object)->rows);
  G_OBJECT_CLASS (stoker_rejected_list_parent_class)->finalize (object);
}

static void
stoker_rejected_list_class_init (StokerRejectedListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_rejected_list_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-rejected-list.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerRejectedList, heading);
  gtk_widget_class_bind_template_child (widget_class, StokerRejectedList, list);
}

static void
stoker_rejected_list_init (StokerRejectedList *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_rejected_list_show:
 * @advice: an advice
 *
 * Shows what it rejected, in groups; a group that was open stays so.
 */
void
stoker_rejected_list_show (StokerRejectedList *self, StokerAdvice *advice)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  guint count = advice->rejected->len;
  g_autofree char *heading =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u Not Chosen", "%u Not Chosen", count), count);

  g_return_if_fail (STOKER_IS_REJECTED_LIST (self));

  gtk_label_set_label (self->heading, heading);
  for (guint i = 0; i < count; i++)
    {
      const StokerRejection *rejection = g_ptr_array_index (advice->rejected, i);

      if (g_hash_table_add (groups, rejection->group))
        show_group (self, advice, rejection->group);
    }
  remove_others (self, groups);
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0);
}
