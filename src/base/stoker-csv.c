/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-csv.h"

#include "stoker-error.h"

#include <math.h>
#include <string.h>

/* More rows than any price table has; a file with more is not one. */
#define MAX_ROWS 500000
#define MAX_COLUMNS 256

struct _StokerCsv
{
  GHashTable *columns; /* owned: name → index + 1 */
  GPtrArray *rows;     /* owned, of GStrv */
};

/* Reads one cell and moves behind it; *ended is how: a comma, a line feed, or 0 for the end of the
 * text. */
static char *
read_cell (const char **text, char *ended)
{
  const char *at = *text;
  GString *cell = g_string_new (NULL);
  gboolean is_quoted = *at == '"';

  if (is_quoted)
    at++;
  while (*at != '\0')
    {
      if (is_quoted && at[0] == '"' && at[1] == '"')
        at++;
      else if (is_quoted && *at == '"')
        {
          is_quoted = FALSE;
          at++;
          continue;
        }
      else if (!is_quoted && (*at == ',' || *at == '\n' || (at[0] == '\r' && at[1] == '\n')))
        break;
      g_string_append_c (cell, *at++);
    }
  if (*at == '\r')
    at++;
  *ended = *at;
  *text = *at == '\0' ? at : at + 1;
  return g_string_free (cell, FALSE);
}

static GStrv
read_row (const char **text)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  char ended = ',';

  while (ended == ',' && cells->len < MAX_COLUMNS)
    g_ptr_array_add (cells, read_cell (text, &ended));
  g_ptr_array_set_free_func (cells, NULL);
  g_ptr_array_add (cells, NULL);
  return (GStrv) g_ptr_array_steal (cells, NULL);
}

static gboolean
is_blank (GStrv row)
{
  return g_strv_length (row) == 1 && *row[0] == '\0';
}

static gboolean
read_rows (StokerCsv *self, const char *text, const char *file, guint columns, GError **error)
{
  for (guint line = 2; *text != '\0'; line++)
    {
      g_auto (GStrv) row = read_row (&text);

      if (is_blank (row))
        continue;
      if (g_strv_length (row) != columns || self->rows->len == MAX_ROWS)
        {
          g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                       "%s:%u: has %u cells where the header has %u", file, line,
                       g_strv_length (row), columns);
          return FALSE;
        }
      g_ptr_array_add (self->rows, g_steal_pointer (&row));
    }
  return TRUE;
}

/**
 * stoker_csv_parse:
 * @text: the table
 * @file: what to call it in an error
 * @error: return location
 *
 * Reads a table. Every row must have as many cells as the header; blank lines are passed over.
 *
 * Returns: (transfer full): the table, or %NULL with %STOKER_ERROR_CONFIG naming file, line and
 * mistake
 */
StokerCsv *
stoker_csv_parse (const char *text, const char *file, GError **error)
{
  g_autoptr (StokerCsv) self = g_new0 (StokerCsv, 1);
  g_auto (GStrv) header = NULL;

  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: is not UTF-8 text", file);
      return NULL;
    }
  header = read_row (&text);
  for (guint i = 0; header[i] != NULL; i++)
    g_hash_table_insert (self->columns, g_strdup (header[i]), GUINT_TO_POINTER (i + 1));
  if (!read_rows (self, text, file, g_strv_length (header), error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * stoker_csv_free:
 * @self: (transfer full): a table
 *
 * Frees a table.
 */
void
stoker_csv_free (StokerCsv *self)
{
  g_clear_pointer (&self->columns, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

/**
 * stoker_csv_get_length:
 * @self: a table
 *
 * Returns: how many rows there are beside the header
 */
guint
stoker_csv_get_length (const StokerCsv *self)
{
  return self->rows->len;
}

/**
 * stoker_csv_has_column:
 * @self: a table
 * @column: a name
 *
 * Returns: %TRUE when the header has it
 */
gboolean
stoker_csv_has_column (const StokerCsv *self, const char *column)
{
  return g_hash_table_contains (self->columns, column);
}

/**
 * stoker_csv_get:
 * @self: a table
 * @row: from 0
 * @column: name of a column
 *
 * Returns: (transfer none): the cell; empty when there is no such column
 */
const char *
stoker_csv_get (const StokerCsv *self, guint row, const char *column)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, column));
  GStrv cells = g_ptr_array_index (self->rows, row);

  return index == 0 ? "" : cells[index - 1];
}

/**
 * stoker_csv_get_number:
 * @self: a table
 * @row: from 0
 * @column: name of a column
 * @missing: what an empty or odd cell counts as
 *
 * Returns: the cell as a number
 */
double
stoker_csv_get_number (const StokerCsv *self, guint row, const char *column, double missing)
{
  const char *cell = stoker_csv_get (self, row, column);
  char *end = NULL;
  double value = g_ascii_strtod (cell, &end);

  return end == cell || *end != '\0' || !isfinite (value) ? missing : value;
}

/**
 * stoker_csv_append_text:
 * @csv: a table that is being written
 * @text: (nullable): what goes into the next cell
 *
 * Appends a cell, quoted where it has to be. A text that looks like a formula would be run by a
 * spreadsheet, so that a quotation mark is put before it.
 */
void
stoker_csv_append_text (GString *csv, const char *text)
{
  gboolean is_formula = text != NULL && *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;

  if (text == NULL)
    return;
  if (!is_formula && strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append (csv, is_formula ? "\"'" : "\"");
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  g_string_append_c (csv, '"');
}
