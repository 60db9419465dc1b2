/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-key-facts-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* The labels of PEM that hold a private key, and what the label alone tells. */
static const struct
{
  const char *label;
  const char *algorithm; /* NULL: the content tells */
  gboolean has_passphrase;
} labels[] = {
  { "OPENSSH PRIVATE KEY", NULL, FALSE }, { "RSA PRIVATE KEY", "RSA", FALSE },
  { "EC PRIVATE KEY", "ECDSA", FALSE },   { "ENCRYPTED PRIVATE KEY", NULL, TRUE },
  { "PRIVATE KEY", NULL, FALSE },
};

/* What people choose by mistake. */
static const char *
find_mistake (const char *text)
{
  if (g_str_has_prefix (text, "ssh-") || g_str_has_prefix (text, "ecdsa-sha2-") ||
      g_str_has_prefix (text, "sk-ssh-") || g_str_has_prefix (text, "---- BEGIN SSH2 PUBLIC KEY") ||
      strstr (text, "-----BEGIN PUBLIC KEY") != NULL ||
      strstr (text, "-----BEGIN RSA PUBLIC KEY") != NULL)
    return _ ("is the public half of a key; choose the private one, without .pub");
  if (g_str_has_prefix (text, "PuTTY-User-Key-File"))
    return _ ("is a key of PuTTY; export it in OpenSSH's format first");
  if (strstr (text, "-----BEGIN CERTIFICATE") != NULL)
    return _ ("is a certificate, not an SSH private key");
  if (strstr (text, "-----BEGIN DSA PRIVATE KEY") != NULL)
    return _ ("is a DSA key, which OpenSSH no longer accepts; make an Ed25519 key");
  if (strstr (text, "PRIVATE KEY-----") == NULL)
    return _ ("is no SSH private key");
  return NULL;
}

/* The lines between the first and the last, decoded; headers of old PEM are left out. */
static guint8 *
decode_body (const char *body, const char *end, gsize *length)
{
  g_autofree char *text = g_strndup (body, (gsize) (end - body));
  const char *headers_end = strstr (text, "\n\n");
  guint8 *data = NULL;

  if (headers_end == NULL)
    headers_end = strstr (text, "\r\n\r\n");
  data = g_base64_decode (headers_end != NULL && strchr (text, ':') != NULL ? headers_end : text,
                          length);
  explicit_bzero (text, strlen (text));
  return data;
}

static gboolean
read_body (StokerKeyFacts *facts, const char *body, const char *end, gboolean is_openssh)
{
  gsize length = 0;
  guint8 *data = decode_body (body, end, &length);
  gboolean is_good = is_openssh ? stoker_ssh_key_read_openssh (facts, data, length)
                                : stoker_ssh_key_read_der (facts, data, length);

  explicit_bzero (data, length);
  g_free (data);
  return is_good;
}

/* stoker_key_facts_read_ssh: a private key in the format of OpenSSH (PROTOCOL.key in its source) or
 * in PEM; what is encrypted is not read further than to say so. */
gboolean
stoker_key_facts_read_ssh (StokerKeyFacts *facts,
                           const char *text,
                           const char *name,
                           GError **error)
{
  const char *start = text + strspn (text, " \t\r\n");
  const char *mistake = find_mistake (start);

  if (mistake != NULL)
    return stoker_key_facts_refuse (name, mistake, error);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *first = g_strdup_printf ("-----BEGIN %s-----", labels[i].label);
      g_autofree char *last = g_strdup_printf ("-----END %s-----", labels[i].label);
      const char *begin = strstr (start, first);
      const char *end = begin != NULL ? strstr (begin, last) : NULL;

      if (begin == NULL)
        continue;
      if (end == NULL)
        return stoker_key_facts_refuse (name, _ ("is cut off: its last line is missing"), error);
      facts->algorithm = labels[i].algorithm;
      facts->has_passphrase = labels[i].has_passphrase || strstr (begin, "4,ENCRYPTED") != NULL;
      if (!facts->has_passphrase && !read_body (facts, begin + strlen (first), end, i == 0))
        return stoker_key_facts_refuse (name, _ ("is damaged: it cannot be decoded"), error);
      return TRUE;
    }
  return stoker_key_facts_refuse (name, _ ("is a private key of a kind that SSH does not use"),
                                  error);
}
