/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key-facts-private.h"

#include <string.h>

#define MAGIC "openssh-key-v1"

/* DER tags. */
#define TAG_INTEGER 0x02
#define TAG_OCTETS 0x04
#define TAG_SEQUENCE 0x30

/* What is left to read. */
typedef struct
{
  const guint8 *data; /* borrowed */
  gsize length;
} Cursor;

typedef struct
{
  const char *name;
  const char *algorithm;
  int bits; /* 0: the key tells */
} KeyType;

/* The first string of a public key: https://www.iana.org/assignments/ssh-parameters */
static const KeyType key_types[] = {
  { "ssh-ed25519", "Ed25519", 256 },
  { "ssh-rsa", "RSA", 0 },
  { "ecdsa-sha2-nistp256", "ECDSA", 256 },
  { "ecdsa-sha2-nistp384", "ECDSA", 384 },
  { "ecdsa-sha2-nistp521", "ECDSA", 521 },
  { "sk-ssh-ed25519@openssh.com", "Ed25519-SK", 256 },
  { "sk-ecdsa-sha2-nistp256@openssh.com", "ECDSA-SK", 256 },
};

static gboolean
take_bytes (Cursor *self, gsize length, Cursor *out)
{
  if (length > self->length)
    return FALSE;
  out->data = self->data;
  out->length = length;
  self->data += length;
  self->length -= length;
  return TRUE;
}

/* A string of SSH: its length in four bytes, the highest first, then the bytes. */
static gboolean
take_string (Cursor *self, Cursor *out)
{
  Cursor size = { 0 };

  if (!take_bytes (self, 4, &size))
    return FALSE;
  return take_bytes (self,
                     (gsize) size.data[0] << 24 | (gsize) size.data[1] << 16 |
                       (gsize) size.data[2] << 8 | size.data[3],
                     out);
}

/* A value of DER with this tag. */
static gboolean
take_value (Cursor *self, guint8 tag, Cursor *out)
{
  Cursor head = { 0 };
  Cursor size = { 0 };
  gsize length = 0;

  if (!take_bytes (self, 2, &head) || head.data[0] != tag)
    return FALSE;
  length = head.data[1];
  if (length >= 0x80)
    {
      gsize n_bytes = length & 0x7f;

      if (n_bytes == 0 || n_bytes > 4 || !take_bytes (self, n_bytes, &size))
        return FALSE;
      length = 0;
      for (gsize i = 0; i < n_bytes; i++)
        length = length << 8 | size.data[i];
    }
  return take_bytes (self, length, out);
}

static gboolean
equals (const Cursor *self, const char *text)
{
  return self->length == strlen (text) && memcmp (self->data, text, self->length) == 0;
}

static int
count_bits (Cursor number)
{
  int bits = 0;

  while (number.length > 0 && *number.data == 0)
    {
      number.data++;
      number.length--;
    }
  if (number.length == 0)
    return 0;
  for (guint8 first = *number.data; first != 0; first >>= 1)
    bits++;
  return bits + (int) (number.length - 1) * 8;
}

static char *
make_fingerprint (const guint8 *data, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32] = { 0 };
  gsize digest_length = sizeof digest;
  g_autofree char *text = NULL;

  g_checksum_update (checksum, data, (gssize) length);
  g_checksum_get_digest (checksum, digest, &digest_length);
  text = g_base64_encode (digest, digest_length);
  *strchr (text, '=') = '\0';
  return g_strconcat ("SHA256:", text, NULL);
}

static gboolean
read_public_key (StokerKeyFacts *facts, Cursor blob)
{
  Cursor rest = blob;
  Cursor name = { 0 };
  Cursor exponent = { 0 };
  Cursor modulus = { 0 };

  if (!take_string (&rest, &name))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (key_types); i++)
    if (equals (&name, key_types[i].name))
      {
        facts->algorithm = key_types[i].algorithm;
        facts->bits = key_types[i].bits;
      }
  if (facts->algorithm == NULL)
    return FALSE;
  if (facts->bits == 0 && take_string (&rest, &exponent) && take_string (&rest, &modulus))
    facts->bits = count_bits (modulus);
  facts->fingerprint = make_fingerprint (blob.data, blob.length);
  return TRUE;
}

/* stoker_ssh_key_read_openssh: Its public half is readable even with a passphrase. */
gboolean
stoker_ssh_key_read_openssh (StokerKeyFacts *facts, const guint8 *data, gsize length)
{
  Cursor rest = { data, length };
  Cursor magic = { 0 };
  Cursor cipher = { 0 };
  Cursor unused = { 0 };
  Cursor blob = { 0 };

  if (!take_bytes (&rest, sizeof MAGIC, &magic) || memcmp (magic.data, MAGIC, sizeof MAGIC) != 0)
    return FALSE;
  /* Name of the cipher, name and options of the key derivation, number of keys. */
  if (!take_string (&rest, &cipher) || !take_string (&rest, &unused) ||
      !take_string (&rest, &unused) || !take_bytes (&rest, 4, &unused) ||
      !take_string (&rest, &blob))
    return FALSE;
  facts->has_passphrase = !equals (&cipher, "none");
  return read_public_key (facts, blob);
}

/* RSAPrivateKey of RFC 8017: version, modulus, public exponent, … */
static gboolean
read_rsa (StokerKeyFacts *facts, Cursor sequence)
{
  Cursor version = { 0 };
  Cursor modulus = { 0 };

  if (!take_value (&sequence, TAG_INTEGER, &version) ||
      !take_value (&sequence, TAG_INTEGER, &modulus))
    return FALSE;
  facts->algorithm = "RSA";
  facts->bits = count_bits (modulus);
  return TRUE;
}

static gboolean
contains (Cursor haystack, const char *needle, gsize length)
{
  for (gsize i = 0; i + length <= haystack.length; i++)
    if (memcmp (haystack.data + i, needle, length) == 0)
      return TRUE;
  return FALSE;
}

static void
read_curve (StokerKeyFacts *facts, Cursor content)
{
  if (contains (content, "\x2a\x86\x48\xce\x3d\x03\x01\x07", 8))
    facts->bits = 256;
  else if (contains (content, "\x2b\x81\x04\x00\x22", 5))
    facts->bits = 384;
  else if (contains (content, "\x2b\x81\x04\x00\x23", 5))
    facts->bits = 521;
}

/* PrivateKeyInfo of RFC 5958: version, algorithm, the key in octets. */
static gboolean
read_wrapped (StokerKeyFacts *facts, Cursor sequence)
{
  Cursor version = { 0 };
  Cursor algorithm = { 0 };
  Cursor octets = { 0 };
  Cursor inner = { 0 };

  if (!take_value (&sequence, TAG_INTEGER, &version) ||
      !take_value (&sequence, TAG_SEQUENCE, &algorithm) ||
      !take_value (&sequence, TAG_OCTETS, &octets))
    return FALSE;
  if (contains (algorithm, "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", 9))
    return take_value (&octets, TAG_SEQUENCE, &inner) && read_rsa (facts, inner);
  if (contains (algorithm, "\x2b\x65\x70", 3))
    {
      facts->algorithm = "Ed25519";
      facts->bits = 256;
      return TRUE;
    }
  facts->algorithm = contains (algorithm, "\x2a\x86\x48\xce\x3d\x02\x01", 7) ? "ECDSA" : NULL;
  read_curve (facts, algorithm);
  return facts->algorithm != NULL;
}

/* stoker_ssh_key_read_der: @facts' algorithm is set when the label of the file told it. */
gboolean
stoker_ssh_key_read_der (StokerKeyFacts *facts, const guint8 *data, gsize length)
{
  Cursor rest = { data, length };
  Cursor sequence = { 0 };

  if (!take_value (&rest, TAG_SEQUENCE, &sequence))
    return FALSE;
  if (g_strcmp0 (facts->algorithm, "RSA") == 0)
    return read_rsa (facts, sequence);
  if (facts->algorithm == NULL)
    return read_wrapped (facts, sequence);
  read_curve (facts, sequence);
  return TRUE;
}
