/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-rehearsal-private.h"

#include <string.h>

#define SIDE 64
#define ROW_BYTES (1 + SIDE * 3)
#define RAW_BYTES (SIDE * ROW_BYTES)
#define ADLER_PRIME 65521u

/* PNG, third edition, section 5 and annex D (https://www.w3.org/TR/png-3/, 2026-11): the check sum
 * of a chunk. */
static guint32
crc32 (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffffu;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1u)));
    }
  return crc ^ 0xffffffffu;
}

/* RFC 1950, section 8.2. */
static guint32
adler32 (const guint8 *data, gsize length)
{
  guint32 a = 1;
  guint32 b = 0;

  for (gsize i = 0; i < length; i++)
    {
      a = (a + data[i]) % ADLER_PRIME;
      b = (b + a) % ADLER_PRIME;
    }
  return (b << 16) | a;
}

static void
append_uint32 (GByteArray *target, guint32 value)
{
  guint32 big_endian = GUINT32_TO_BE (value);

  g_byte_array_append (target, (const guint8 *) &big_endian, sizeof big_endian);
}

static void
append_chunk (GByteArray *target, const char *type, const guint8 *data, guint length)
{
  guint begin = 0;

  append_uint32 (target, length);
  begin = target->len;
  g_byte_array_append (target, (const guint8 *) type, 4);
  if (length > 0)
    g_byte_array_append (target, data, length);
  append_uint32 (target, crc32 (target->data + begin, target->len - begin));
}

/* Every token gives a colour of its own, so that pictures can be told apart. */
static void
paint (guint8 *raw, const char *token)
{
  guint hash = g_str_hash (token);

  for (int y = 0; y < SIDE; y++)
    {
      guint8 *row = raw + y * ROW_BYTES;

      row[0] = 0;
      for (int x = 0; x < SIDE; x++)
        {
          row[1 + x * 3] = (guint8) (x * 4);
          row[2 + x * 3] = (guint8) (y * 4);
          row[3 + x * 3] = (guint8) (hash & 0xff);
        }
    }
}

/* A zlib stream of one block that is stored, not packed (RFC 1951, section 3.2.4): it needs no
 * compressor. */
static GByteArray *
wrap (const guint8 *raw)
{
  const guint8 head[] = {
    0x78, 0x01, 0x01, RAW_BYTES & 0xff, RAW_BYTES >> 8, ~RAW_BYTES & 0xff, (~RAW_BYTES >> 8) & 0xff
  };
  GByteArray *stream = g_byte_array_new ();

  G_STATIC_ASSERT (RAW_BYTES <= G_MAXUINT16);
  g_byte_array_append (stream, head, sizeof head);
  g_byte_array_append (stream, raw, RAW_BYTES);
  append_uint32 (stream, adler32 (raw, RAW_BYTES));
  return stream;
}

/*
 * stoker_rehearsal_draw:
 * @token: what the picture depends on
 *
 * Returns: (transfer full): a small PNG picture
 */
GBytes *
stoker_rehearsal_draw (const char *token)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 header[] = { 0, 0, 0, SIDE, 0, 0, 0, SIDE, 8, 2, 0, 0, 0 };
  g_autofree guint8 *raw = g_malloc (RAW_BYTES);
  g_autoptr (GByteArray) stream = NULL;
  GByteArray *png = g_byte_array_new ();

  paint (raw, token);
  stream = wrap (raw);
  g_byte_array_append (png, signature, sizeof signature);
  append_chunk (png, "IHDR", header, sizeof header);
  append_chunk (png, "IDAT", stream->data, stream->len);
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}
