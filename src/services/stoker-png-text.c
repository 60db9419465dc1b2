/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-png-text-private.h"

#include "stoker-json.h"

#include <string.h>

/* The parts of a PNG: https://www.w3.org/TR/png-3/ sections 5.2, 5.3 and 11.3.3 (2026-11-21). */
#define SIGNATURE "\x89PNG\r\n\x1a\n"
#define SIGNATURE_BYTES 8
#define CHUNK_FRAME_BYTES 12
#define MAX_CHUNKS 100000

typedef struct
{
  const guint8 *data;
  gsize size;
} Span;

/**
 * stoker_png_text_is_png:
 * @bytes: a file
 *
 * Returns: whether it begins like a PNG
 */
gboolean
stoker_png_text_is_png (GBytes *bytes)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size >= SIGNATURE_BYTES && memcmp (data, SIGNATURE, SIGNATURE_BYTES) == 0;
}

/* Takes what stands before the next zero byte off the front. */
static gboolean
take_until_zero (Span *span, Span *taken)
{
  const guint8 *zero = span->size > 0 ? memchr (span->data, 0, span->size) : NULL;

  if (zero == NULL)
    return FALSE;
  *taken = (Span){ span->data, (gsize) (zero - span->data) };
  span->size -= taken->size + 1;
  span->data = zero + 1;
  return TRUE;
}

static gboolean
take_bytes (Span *span, gsize count, Span *taken)
{
  if (span->size < count)
    return FALSE;
  *taken = (Span){ span->data, count };
  span->data += count;
  span->size -= count;
  return TRUE;
}

/* As much as a JSON text may have: a small chunk can unpack to a very large one. */
static char *
inflate (Span packed)
{
  g_autoptr (GInputStream)
    source = g_memory_input_stream_new_from_data (packed.data, (gssize) packed.size, NULL);
  g_autoptr (GConverter)
    converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (source, converter);
  g_autofree char *text = g_malloc (STOKER_JSON_MAX_BYTES + 1);
  gsize count = 0;

  if (!g_input_stream_read_all (stream, text, STOKER_JSON_MAX_BYTES, &count, NULL, NULL))
    return NULL;
  text[count] = '\0';
  return g_strdup (text);
}

static char *
to_utf8 (Span text)
{
  if (g_utf8_validate ((const char *) text.data, (gssize) text.size, NULL))
    return g_strndup ((const char *) text.data, text.size);
  return g_convert ((const char *) text.data, (gssize) text.size, "UTF-8", "ISO-8859-1", NULL, NULL,
                    NULL);
}

/* What follows the keyword of an iTXt chunk: flag, method, language, translated keyword, text. */
static char *
read_international (Span rest)
{
  Span frame = { 0 };
  Span skipped = { 0 };

  if (!take_bytes (&rest, 2, &frame) || !take_until_zero (&rest, &skipped) ||
      !take_until_zero (&rest, &skipped))
    return NULL;
  return frame.data[0] == 0 ? to_utf8 (rest) : inflate (rest);
}

static char *
read_chunk (const char *type, Span chunk, const char *keyword)
{
  Span name = { 0 };
  Span method = { 0 };

  if (!take_until_zero (&chunk, &name) || name.size != strlen (keyword) ||
      memcmp (name.data, keyword, name.size) != 0)
    return NULL;
  if (strcmp (type, "tEXt") == 0)
    return to_utf8 (chunk);
  if (strcmp (type, "iTXt") == 0)
    return read_international (chunk);
  return take_bytes (&chunk, 1, &method) ? inflate (chunk) : NULL;
}

static gboolean
is_text_type (const char *type)
{
  return strcmp (type, "tEXt") == 0 || strcmp (type, "iTXt") == 0 || strcmp (type, "zTXt") == 0;
}

/**
 * stoker_png_text_read:
 * @bytes: a PNG
 * @keyword: name of a text in it
 *
 * Reads a text that was written into a picture. The picture itself is not looked at, and a damaged
 * file has what can be read up to the damage.
 *
 * Returns: (transfer full) (nullable): the text; %NULL when there is none of that name
 */
char *
stoker_png_text_read (GBytes *bytes, const char *keyword)
{
  Span rest = { 0 };
  Span skipped = { 0 };

  rest.data = g_bytes_get_data (bytes, &rest.size);
  if (!take_bytes (&rest, SIGNATURE_BYTES, &skipped))
    return NULL;
  for (guint i = 0; i < MAX_CHUNKS && rest.size >= CHUNK_FRAME_BYTES; i++)
    {
      guint32 length = 0;
      char type[5] = { 0 };
      Span chunk = { 0 };
      char *text = NULL;

      memcpy (&length, rest.data, sizeof length);
      memcpy (type, rest.data + 4, 4);
      length = GUINT32_FROM_BE (length);
      take_bytes (&rest, 8, &skipped);
      if (!take_bytes (&rest, length, &chunk) || !take_bytes (&rest, 4, &skipped))
        return NULL;
      text = is_text_type (type) ? read_chunk (type, chunk, keyword) : NULL;
      if (text != NULL)
        return text;
    }
  return NULL;
}
