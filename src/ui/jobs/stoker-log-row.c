/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-row.h"

#include "stoker-log-text.h"
#include "stoker-ui.h"

/* Of one line; more marks than that help nobody. */
#define MAX_MARKS 100

struct _StokerLogRow
{
  AdwBin parent_instance;

  GtkLabel *number_label;
  GtkLabel *text_label;
};

G_DEFINE_FINAL_TYPE (StokerLogRow, stoker_log_row, ADW_TYPE_BIN)

static void
add_mark (PangoAttrList *marks, gsize start, gsize end)
{
  /* Adwaita's yellow with black on it, which reads in both styles. */
  PangoAttribute *paper = pango_attr_background_new (0xf9f9, 0xf0f0, 0x6b6b);
  PangoAttribute *ink = pango_attr_foreground_new (0, 0, 0);

  paper->start_index = ink->start_index = (guint) start;
  paper->end_index = ink->end_index = (guint) end;
  pango_attr_list_insert (marks, paper);
  pango_attr_list_insert (marks, ink);
}

static PangoAttrList *
mark_text (const char *text, const char *needle)
{
  PangoAttrList *marks = NULL;
  gsize start = 0;
  gsize end = 0;

  if (needle == NULL || *needle == '\0')
    return NULL;
  for (guint i = 0; i < MAX_MARKS && stoker_log_text_find (text, needle, end, &start, &end); i++)
    {
      if (marks == NULL)
        marks = pango_attr_list_new ();
      add_mark (marks, start, end);
    }
  return marks;
}

static void
stoker_log_row_class_init (StokerLogRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               STOKER_UI_RESOURCE_PATH "/jobs/stoker-log-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerLogRow, number_label);
  gtk_widget_class_bind_template_child (widget_class, StokerLogRow, text_label);
}

static void
stoker_log_row_init (StokerLogRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_log_row_show:
 * @line: a line
 * @look: how
 */
void
stoker_log_row_show (StokerLogRow *self, StokerLogLine *line, const StokerLogLook *look)
{
  const char *text = stoker_log_line_get_text (line);
  g_autoptr (PangoAttrList) marks = mark_text (text, look->needle);

  g_return_if_fail (STOKER_IS_LOG_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->number_label), look->shows_numbers);
  if (look->shows_numbers)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT,
                                                 stoker_log_line_get_number (line));

      gtk_label_set_label (self->number_label, number);
    }
  gtk_label_set_wrap (self->text_label, look->wraps);
  gtk_label_set_attributes (self->text_label, marks);
  gtk_label_set_label (self->text_label, text);
}
