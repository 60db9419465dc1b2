/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-line.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A layout of a longer line would take more than a frame. */
#define MAX_SHOWN_CHARACTERS 2000

struct _StokerLogLine
{
  GObject parent_instance;

  guint64 number; /* from 1 */
  char *text;     /* owned */
};

G_DEFINE_FINAL_TYPE (StokerLogLine, stoker_log_line, G_TYPE_OBJECT)

static void
stoker_log_line_finalize (GObject *object)
{
  g_free (STOKER_LOG_LINE (object)->text);
  G_OBJECT_CLASS (stoker_log_line_parent_class)->finalize (object);
}

static void
stoker_log_line_class_init (StokerLogLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_log_line_finalize;
}

static void
stoker_log_line_init (StokerLogLine *self)
{
}

static char *
cut (const char *text)
{
  g_autofree char *shown = NULL;
  g_autofree char *rest = NULL;
  const char *end = text;

  if (strlen (text) <= MAX_SHOWN_CHARACTERS)
    return g_strdup (text);
  for (guint i = 0; i < MAX_SHOWN_CHARACTERS && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  if (*end == '\0')
    return g_strdup (text);
  shown = g_strndup (text, (gsize) (end - text));
  rest = g_format_size (strlen (end));
  return g_strdup_printf (_ ("%s… (%s more)"), shown, rest);
}

/**
 * stoker_log_line_new:
 * @number: its number, from 1
 * @text: the whole line
 *
 * Returns: (transfer full): the line, of which a very long one is cut
 */
StokerLogLine *
stoker_log_line_new (guint64 number, const char *text)
{
  StokerLogLine *self = g_object_new (STOKER_TYPE_LOG_LINE, NULL);

  self->number = number;
  self->text = cut (text);
  return self;
}

/**
 * stoker_log_line_get_number:
 *
 * Returns: its number, from 1
 */
guint64
stoker_log_line_get_number (StokerLogLine *self)
{
  g_return_val_if_fail (STOKER_IS_LOG_LINE (self), 0);

  return self->number;
}

/**
 * stoker_log_line_get_text:
 *
 * Returns: (transfer none): what is shown of it
 */
const char *
stoker_log_line_get_text (StokerLogLine *self)
{
  g_return_val_if_fail (STOKER_IS_LOG_LINE (self), NULL);

  return self->text;
}
