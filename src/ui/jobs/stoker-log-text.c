/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-text.h"

#include <string.h>

#define ESCAPE 0x1b
#define BELL 0x07
/* Shown for what is no character. */
#define REPLACEMENT "\xef\xbf\xbd"

static gboolean
is_plain (guchar c)
{
  return (c >= 0x20 && c < 0x7f) || c == '\t';
}

static gboolean
is_between (const char *p, const char *end, guchar low, guchar high)
{
  return p < end && (guchar) *p >= low && (guchar) *p <= high;
}

/* Parameters, intermediates and one final byte, as ECMA-48 has them. */
static const char *
skip_control_sequence (const char *p, const char *end)
{
  while (is_between (p, end, 0x20, 0x3f))
    p++;
  return is_between (p, end, 0x40, 0x7e) ? p + 1 : p;
}

/* A title or a link: up to a bell or the string terminator. One without an end hides nothing more
 * than itself. */
static const char *
skip_string (const char *p, const char *end)
{
  for (const char *c = p; c < end; c++)
    {
      if (*c == BELL)
        return c + 1;
      if (*c == ESCAPE && c + 1 < end && c[1] == '\\')
        return c + 2;
    }
  return p;
}

static const char *
skip_escape (const char *p, const char *end)
{
  if (p == end)
    return p;
  if (*p == '[')
    return skip_control_sequence (p + 1, end);
  if (strchr ("]PX^_", *p) != NULL)
    return skip_string (p + 1, end);
  while (is_between (p, end, 0x20, 0x2f))
    p++;
  return is_between (p, end, 0x30, 0x7e) ? p + 1 : p;
}

/* Characters that change how others are shown: separators of lines, controls of direction. */
static gboolean
is_treacherous (gunichar c)
{
  return (c >= 0x80 && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static const char *
append_character (GString *out, const char *p, const char *end)
{
  gunichar c = g_utf8_get_char_validated (p, end - p);

  if (c == (gunichar) -1 || c == (gunichar) -2)
    {
      g_string_append (out, REPLACEMENT);
      return p + 1;
    }
  if (is_treacherous (c))
    g_string_append (out, REPLACEMENT);
  else
    g_string_append_unichar (out, c);
  return g_utf8_next_char (p);
}

static const char *
append_control (GString *out, gsize line_start, const char *p, const char *end)
{
  guchar c = (guchar) *p;

  if (c == ESCAPE)
    return skip_escape (p + 1, end);
  if (c == '\r')
    {
      if (p + 1 < end)
        g_string_truncate (out, line_start);
    }
  else if (c == 0x7f)
    g_string_append_unichar (out, 0x2421);
  else if (c != BELL && c != '\b')
    g_string_append_unichar (out, 0x2400 + c);
  return p + 1;
}

/**
 * stoker_log_text_clean:
 * @out: where the line is added
 * @raw: a line as a program wrote it, without its end
 * @length: its bytes
 *
 * Adds the line so that it can do no harm when it is shown: colours and other escapes are left out,
 * what was written over by a carriage return too, a control character becomes its picture, and what
 * is no UTF-8 or turns the direction of the text a replacement character.
 */
void
stoker_log_text_clean (GString *out, const char *raw, gsize length)
{
  const char *end = raw + length;
  const char *p = raw;
  gsize line_start = out->len;

  while (p < end)
    {
      const char *run = p;

      while (p < end && is_plain ((guchar) *p))
        p++;
      g_string_append_len (out, run, p - run);
      if (p == end)
        return;
      if ((guchar) *p < 0x80)
        p = append_control (out, line_start, p, end);
      else
        p = append_character (out, p, end);
    }
}

/**
 * stoker_log_text_fold:
 * @text: (nullable): what somebody looks for
 *
 * Returns: (transfer full): @text for stoker_log_text_find()
 */
char *
stoker_log_text_fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  return g_utf8_strdown (valid, -1);
}

static gunichar
next_lower (const char **p)
{
  gunichar c = (guchar) * *p;

  if (c < 0x80)
    {
      (*p)++;
      return (guchar) g_ascii_tolower ((char) c);
    }
  c = g_utf8_get_char (*p);
  *p = g_utf8_next_char (*p);
  return g_unichar_tolower (c);
}

static const char *
match_here (const char *p, const char *needle)
{
  while (*needle != '\0')
    if (*p == '\0' || next_lower (&p) != next_lower (&needle))
      return NULL;
  return p;
}

/**
 * stoker_log_text_find:
 * @line: a line of UTF-8
 * @needle: what is looked for, folded
 * @from: byte to begin at
 * @start: (out): first byte of what was found
 * @end: (out): the byte after it
 *
 * Looks for a text whatever its case.
 *
 * Returns: whether it is there
 */
gboolean
stoker_log_text_find (const char *line, const char *needle, gsize from, gsize *start, gsize *end)
{
  const char *rest = needle;
  gunichar first = *needle != '\0' ? next_lower (&rest) : 0;

  if (first == 0)
    return FALSE;
  for (const char *p = line + from; *p != '\0';)
    {
      const char *here = p;
      const char *after = next_lower (&p) == first ? match_here (p, rest) : NULL;

      if (after == NULL)
        continue;
      *start = (gsize) (here - line);
      *end = (gsize) (after - line);
      return TRUE;
    }
  return FALSE;
}
