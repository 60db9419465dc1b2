/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-table.h"

#include "stoker-cli-text.h"

struct _StokerTable
{
  const StokerTableColumn *columns; /* borrowed */
  guint n_columns;
  GPtrArray *rows; /* of GStrv */
};

static void
append_spaces (GString *text, int count)
{
  for (int i = 0; i < count; i++)
    g_string_append_c (text, ' ');
}

/* The empty text would be translated into the header of the translations. */
static const char *
get_title (const StokerTable *self, guint column)
{
  const char *title = self->columns[column].title;

  return *title != '\0' ? g_dgettext (GETTEXT_PACKAGE, title) : title;
}

static int
measure_column (const StokerTable *self, guint column)
{
  int width = stoker_table_get_text_width (get_title (self, column));

  for (guint i = 0; i < self->rows->len; i++)
    {
      GStrv row = g_ptr_array_index (self->rows, i);

      width = MAX (width, stoker_table_get_text_width (row[column]));
    }

  return width;
}

static void
append_cell (GString *text, const char *cell, int width, gboolean is_numeric)
{
  int padding = width - stoker_table_get_text_width (cell);

  if (is_numeric)
    append_spaces (text, padding);
  g_string_append (text, cell);
  if (!is_numeric)
    append_spaces (text, padding);
}

static void
end_line (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '\n');
}

static void
append_line (const StokerTable *self, GString *text, const char *const *cells, const int *widths)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (i > 0)
        g_string_append (text, "  ");
      append_cell (text, cells[i], widths[i], self->columns[i].is_numeric);
    }
  end_line (text);
}

static void
append_csv_cell (GString *text, const char *cell)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (strpbrk (cell, ",\"\r\n") == NULL)
    {
      g_string_append (text, cell);
      return;
    }

  parts = g_strsplit (cell, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  g_string_append_printf (text, "\"%s\"", doubled);
}

static void
append_csv_line (const StokerTable *self, GString *text, const char *const *cells)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_csv_cell (text, cells[i]);
    }
  g_string_append (text, "\r\n");
}

static GStrv
collect_heads (const StokerTable *self, gboolean is_csv)
{
  GStrv heads = g_new0 (char *, self->n_columns + 1);

  for (guint i = 0; i < self->n_columns; i++)
    heads[i] = g_strdup (is_csv ? self->columns[i].name : get_title (self, i));

  return heads;
}

/**
 * stoker_table_new:
 * @columns: (array length=n_columns): the columns; must outlive the table
 *
 * Returns: (transfer full): a table without rows
 */
StokerTable *
stoker_table_new (const StokerTableColumn *columns, guint n_columns)
{
  StokerTable *self = g_new0 (StokerTable, 1);

  self->columns = columns;
  self->n_columns = n_columns;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  return self;
}

/**
 * stoker_table_free:
 *
 * Frees the table and its rows.
 */
void
stoker_table_free (StokerTable *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * stoker_table_add_row:
 * @cells: one text for each column; %NULL is an empty one
 *
 * Adds a row. Line breaks and other control characters in a cell become spaces, for a name may come
 * from a server.
 */
void
stoker_table_add_row (StokerTable *self, const char *const *cells)
{
  GStrv row = g_new0 (char *, self->n_columns + 1);

  for (guint i = 0; i < self->n_columns; i++)
    row[i] = stoker_cli_text_clean (cells[i] != NULL ? cells[i] : "", FALSE);
  g_ptr_array_add (self->rows, row);
}

/**
 * stoker_table_get_n_rows:
 *
 * Returns: the number of rows
 */
guint
stoker_table_get_n_rows (const StokerTable *self)
{
  return self->rows->len;
}

/**
 * stoker_table_to_text:
 *
 * Returns: (transfer full): a head and a line for each row, columns aligned for a terminal
 */
char *
stoker_table_to_text (const StokerTable *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree int *widths = g_new0 (int, self->n_columns);
  g_auto (GStrv) heads = collect_heads (self, FALSE);

  for (guint i = 0; i < self->n_columns; i++)
    widths[i] = measure_column (self, i);

  append_line (self, text, (const char *const *) heads, widths);
  for (guint i = 0; i < self->rows->len; i++)
    append_line (self, text, g_ptr_array_index (self->rows, i), widths);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stoker_table_to_csv:
 *
 * Returns: (transfer full): the table as RFC 4180 has it
 */
char *
stoker_table_to_csv (const StokerTable *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) heads = collect_heads (self, TRUE);

  append_csv_line (self, text, (const char *const *) heads);
  for (guint i = 0; i < self->rows->len; i++)
    append_csv_line (self, text, g_ptr_array_index (self->rows, i));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stoker_table_get_text_width:
 * @text: valid UTF-8
 *
 * Returns: how many cells of a terminal @text takes
 */
int
stoker_table_get_text_width (const char *text)
{
  int width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_iszerowidth (character))
        continue;
      width += g_unichar_iswide (character) ? 2 : 1;
    }

  return width;
}
