/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json-check-private.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* What may come next. */
typedef enum {
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END,
  EXPECT_NAME,
  EXPECT_NAME_OR_END,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING,
} Expectation;

typedef struct
{
  const char *text;
  const char *end;
  const char *position;
  const char *file;
  Expectation expectation;
  GPtrArray *levels;     /* of GHashTable: the member names of an object, NULL for an array */
  GArray *wide_integers; /* borrowed, of gsize */
} Checker;

static const char *
find_line_start (const Checker *self, guint *line)
{
  const char *start = self->text;

  *line = 1;
  for (const char *p = self->text; p < self->position; p++)
    {
      if (*p != '\n')
        continue;
      (*line)++;
      start = p + 1;
    }

  return start;
}

static gboolean
fail (const Checker *self, const char *message, GError **error)
{
  guint line = 0;
  const char *start = find_line_start (self, &line);
  glong column = g_utf8_strlen (start, self->position - start) + 1;

  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s:%u:%ld: %s", self->file, line, column,
               message);
  return FALSE;
}

static gboolean
is_at_end (const Checker *self)
{
  return self->position >= self->end;
}

static char
peek (const Checker *self)
{
  if (is_at_end (self))
    return '\0';

  return *self->position;
}

static void
skip_space (Checker *self)
{
  while (!is_at_end (self) && strchr (" \t\r\n", *self->position) != NULL)
    self->position++;
}

static gboolean
read_hex4 (Checker *self, gunichar *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++, self->position++)
    {
      if (!g_ascii_isxdigit (peek (self)))
        return FALSE;
      *unit = *unit << 4 | (gunichar) g_ascii_xdigit_value (*self->position);
    }

  return TRUE;
}

/* Stands behind `\u`. */
static gboolean
read_unicode_escape (Checker *self, GString *out, GError **error)
{
  gunichar high = 0;
  gunichar low = 0;

  if (!read_hex4 (self, &high))
    return fail (self, "expected four hexadecimal digits", error);
  if (high == 0)
    return fail (self, "a zero character is not allowed", error);
  if (high < 0xd800 || high > 0xdfff)
    {
      g_string_append_unichar (out, high);
      return TRUE;
    }
  if (high > 0xdbff || self->end - self->position < 2 || strncmp (self->position, "\\u", 2) != 0)
    return fail (self, "half of a surrogate pair stands alone", error);
  self->position += 2;
  if (!read_hex4 (self, &low) || low < 0xdc00 || low > 0xdfff)
    return fail (self, "half of a surrogate pair stands alone", error);
  g_string_append_unichar (out, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));

  return TRUE;
}

static gboolean
read_escape (Checker *self, GString *out, GError **error)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char characters[] = "\"\\/\b\f\n\r\t";
  const char *found = NULL;

  self->position++;
  if (peek (self) == 'u')
    {
      self->position++;
      return read_unicode_escape (self, out, error);
    }
  found = is_at_end (self) ? NULL : strchr (escapes, *self->position);
  if (found == NULL || *found == '\0')
    return fail (self, "unknown escape in a string", error);
  g_string_append_c (out, characters[found - escapes]);
  self->position++;

  return TRUE;
}

/* Reads a string and puts its decoded text into @out. */
static gboolean
read_string (Checker *self, GString *out, GError **error)
{
  self->position++;
  while (!is_at_end (self))
    {
      guchar character = (guchar) *self->position;

      if (character == '"')
        {
          self->position++;
          return TRUE;
        }
      if (character < 0x20)
        return fail (self, "a control character in a string must be escaped", error);
      if (character == '\\')
        {
          if (!read_escape (self, out, error))
            return FALSE;
          continue;
        }
      g_string_append_c (out, (char) character);
      self->position++;
    }

  return fail (self, "the text ends inside a string", error);
}

static gboolean
skip_digits (Checker *self)
{
  const char *start = self->position;

  while (g_ascii_isdigit (peek (self)))
    self->position++;

  return self->position > start;
}

/* Stands behind the whole part. */
static gboolean
skip_fraction_and_exponent (Checker *self, gboolean *is_integer, GError **error)
{
  if (peek (self) == '.')
    {
      *is_integer = FALSE;
      self->position++;
      if (!skip_digits (self))
        return fail (self, "expected a digit after the point", error);
    }
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      *is_integer = FALSE;
      self->position++;
      if (peek (self) == '+' || peek (self) == '-')
        self->position++;
      if (!skip_digits (self))
        return fail (self, "expected a digit in the exponent", error);
    }

  return TRUE;
}

static gboolean
fits_int64 (const char *number)
{
  errno = 0;
  g_ascii_strtoll (number, NULL, 10);

  return errno == 0;
}

static gboolean
check_range (Checker *self, const char *start, gboolean is_integer, GError **error)
{
  g_autofree char *number = g_strndup (start, (gsize) (self->position - start));
  gsize offset = (gsize) (self->position - self->text);

  if (!isfinite (g_ascii_strtod (number, NULL)))
    {
      self->position = start;
      return fail (self, "the number is too large", error);
    }
  if (is_integer && !fits_int64 (number))
    g_array_append_val (self->wide_integers, offset);

  return TRUE;
}

static gboolean
read_number (Checker *self, GError **error)
{
  const char *start = self->position;
  gboolean is_integer = TRUE;

  if (peek (self) == '-')
    self->position++;
  if (peek (self) == '0')
    {
      self->position++;
      if (g_ascii_isdigit (peek (self)))
        return fail (self, "a number must not start with a zero", error);
    }
  else if (!skip_digits (self))
    return fail (self, "expected a digit", error);
  if (!skip_fraction_and_exponent (self, &is_integer, error))
    return FALSE;

  return check_range (self, start, is_integer, error);
}

static gboolean
read_word (Checker *self)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - self->position) < length ||
          strncmp (self->position, words[i], length) != 0)
        continue;
      self->position += length;
      return TRUE;
    }

  return FALSE;
}

static void
finish_value (Checker *self)
{
  self->expectation = self->levels->len > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
}

static gboolean
open_level (Checker *self, gboolean is_object, GError **error)
{
  GHashTable *level = NULL;

  if (self->levels->len >= STOKER_JSON_MAX_DEPTH)
    return fail (self, "nested too deeply", error);
  if (is_object)
    level = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (self->levels, level);
  self->expectation = is_object ? EXPECT_NAME_OR_END : EXPECT_VALUE_OR_END;
  self->position++;

  return TRUE;
}

static GHashTable *
get_level (const Checker *self)
{
  return g_ptr_array_index (self->levels, self->levels->len - 1);
}

static gboolean
is_in_object (const Checker *self)
{
  return self->levels->len > 0 && get_level (self) != NULL;
}

static void
close_level (Checker *self)
{
  self->position++;
  g_ptr_array_set_size (self->levels, (int) self->levels->len - 1);
  finish_value (self);
}

static gboolean
read_value (Checker *self, GError **error)
{
  char next = peek (self);

  if (next == '{' || next == '[')
    return open_level (self, next == '{', error);
  if (next == ']' && self->expectation == EXPECT_VALUE_OR_END)
    {
      close_level (self);
      return TRUE;
    }
  if (next == '"')
    {
      g_autoptr (GString) ignored = g_string_new (NULL);

      if (!read_string (self, ignored, error))
        return FALSE;
    }
  else if (next == '-' || g_ascii_isdigit (next))
    {
      if (!read_number (self, error))
        return FALSE;
    }
  else if (!read_word (self))
    return fail (self, is_at_end (self) ? "expected a value, found the end" : "expected a value",
                 error);
  finish_value (self);

  return TRUE;
}

static gboolean
read_member_name (Checker *self, GError **error)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char *start = self->position;

  if (peek (self) == '}' && self->expectation == EXPECT_NAME_OR_END)
    {
      close_level (self);
      return TRUE;
    }
  if (peek (self) != '"')
    return fail (self, "expected a member name in double quotes", error);
  if (!read_string (self, name, error))
    return FALSE;
  if (!g_hash_table_add (get_level (self), g_strdup (name->str)))
    {
      g_autofree char *message = g_strdup_printf ("the member \"%s\" is there twice", name->str);

      self->position = start;
      return fail (self, message, error);
    }
  skip_space (self);
  if (peek (self) != ':')
    return fail (self, "expected a colon", error);
  self->position++;
  self->expectation = EXPECT_VALUE;

  return TRUE;
}

static gboolean
read_separator (Checker *self, GError **error)
{
  gboolean is_object = is_in_object (self);

  if (peek (self) == ',')
    {
      self->position++;
      self->expectation = is_object ? EXPECT_NAME : EXPECT_VALUE;
      return TRUE;
    }
  if (peek (self) != (is_object ? '}' : ']'))
    return fail (self, is_object ? "expected a comma or }" : "expected a comma or ]", error);
  close_level (self);

  return TRUE;
}

static gboolean
check_step (Checker *self, GError **error)
{
  switch (self->expectation)
    {
    case EXPECT_VALUE:
    case EXPECT_VALUE_OR_END:
      return read_value (self, error);
    case EXPECT_NAME:
    case EXPECT_NAME_OR_END:
      return read_member_name (self, error);
    case EXPECT_COMMA_OR_END:
      return read_separator (self, error);
    case EXPECT_NOTHING:
    default:
      return fail (self, "expected the end of the text", error);
    }
}

static gboolean
check_utf8 (Checker *self, GError **error)
{
  const char *bad = NULL;

  if (g_utf8_validate_len (self->text, (gsize) (self->end - self->text), &bad))
    return TRUE;

  self->position = bad;
  return fail (self, *bad == '\0' ? "a zero byte is not allowed" : "the text is not valid UTF-8",
               error);
}

static void
level_free (gpointer level)
{
  GHashTable *names = level;

  g_clear_pointer (&names, g_hash_table_unref);
}

/*
 * stoker_json_check:
 * @text: the text
 * @length: its length in bytes
 * @name: name of the file for messages
 * @wide_integers: takes the offsets behind each integer that is too wide for 64 bits with a sign
 *
 * Checks that @text is JSON by the letter of RFC 8259, without recursion: JsonParser takes
 * comments, trailing commas and repeated members, recurses as deep as it is told to, and wraps wide
 * integers.
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG and the line and column of the mistake
 */
gboolean
stoker_json_check (
  const char *text, gsize length, const char *name, GArray *wide_integers, GError **error)
{
  g_autoptr (GPtrArray) levels = g_ptr_array_new_with_free_func (level_free);
  Checker self = {
    .text = text,
    .end = text + length,
    .position = text,
    .file = name,
    .levels = levels,
    .wide_integers = wide_integers,
  };

  if (!check_utf8 (&self, error))
    return FALSE;
  for (skip_space (&self); !is_at_end (&self) || self.expectation != EXPECT_NOTHING;
       skip_space (&self))
    if (!check_step (&self, error))
      return FALSE;

  return TRUE;
}
