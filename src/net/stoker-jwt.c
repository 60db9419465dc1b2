/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jwt.h"

#include "stoker-error.h"

#include <gnutls/abstract.h>

#include <string.h>

#define SHA256_LENGTH 32

static void
private_key_free (gnutls_privkey_t key)
{
  gnutls_privkey_deinit (key);
}

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_privkey_t, private_key_free, NULL)

/* Base64 for addresses, without padding (RFC 4648, section 5). */
static char *
encode (const void *data, gsize length)
{
  char *text = g_base64_encode (data, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static char *
sign_hs256 (const char *text, GBytes *key)
{
  gsize key_length = 0;
  const guint8 *key_data = g_bytes_get_data (key, &key_length);
  g_autoptr (GHmac) mac = g_hmac_new (G_CHECKSUM_SHA256, key_data, key_length);
  guint8 digest[SHA256_LENGTH];
  gsize length = sizeof digest;

  g_hmac_update (mac, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (mac, digest, &length);
  return encode (digest, length);
}

/* The library's own words could quote the key: they are not passed on. */
static gnutls_privkey_t
read_private_key (GBytes *pem, GError **error)
{
  g_auto (gnutls_privkey_t) key = NULL;
  gsize length = 0;
  const void *data = g_bytes_get_data (pem, &length);
  gnutls_datum_t datum = { (unsigned char *) data, (unsigned int) length };

  if (gnutls_privkey_init (&key) == GNUTLS_E_SUCCESS &&
      gnutls_privkey_import_x509_raw (key, &datum, GNUTLS_X509_FMT_PEM, NULL, 0) ==
        GNUTLS_E_SUCCESS &&
      gnutls_privkey_get_pk_algorithm (key, NULL) == GNUTLS_PK_RSA)
    return g_steal_pointer (&key);

  g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                       "the private key is not an RSA key in PEM form without a passphrase");
  return NULL;
}

static char *
sign_rs256 (const char *text, GBytes *pem, GError **error)
{
  g_auto (gnutls_privkey_t) key = read_private_key (pem, error);
  gnutls_datum_t data = { (unsigned char *) text, (unsigned int) strlen (text) };
  gnutls_datum_t signature = { NULL, 0 };
  char *encoded = NULL;
  int status = 0;

  if (key == NULL)
    return NULL;
  status = gnutls_privkey_sign_data2 (key, GNUTLS_SIGN_RSA_SHA256, 0, &data, &signature);
  if (status != GNUTLS_E_SUCCESS)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "the private key cannot sign: %s",
                   gnutls_strerror (status));
      return NULL;
    }
  encoded = encode (signature.data, signature.size);
  gnutls_free (signature.data);
  return encoded;
}

/**
 * stoker_jwt_sign:
 * @algorithm: "RS256" or "HS256"
 * @header: the JOSE header as JSON; its `alg` must be @algorithm
 * @claims: the claims as JSON
 * @key: the RSA key in PEM form, or the shared secret
 *
 * Makes a signed JSON Web Token (RFC 7519) in its compact form.
 *
 * Returns: (transfer full) (nullable): the token; %NULL with %STOKER_ERROR_CONFIG when the key is
 * none, which never quotes it, or %STOKER_ERROR_UNSUPPORTED for another algorithm
 */
char *
stoker_jwt_sign (
  const char *algorithm, const char *header, const char *claims, GBytes *key, GError **error)
{
  g_autofree char *encoded_header = encode (header, strlen (header));
  g_autofree char *encoded_claims = encode (claims, strlen (claims));
  g_autofree char *text = g_strconcat (encoded_header, ".", encoded_claims, NULL);
  g_autofree char *signature = NULL;

  if (g_str_equal (algorithm, "RS256"))
    signature = sign_rs256 (text, key, error);
  else if (g_str_equal (algorithm, "HS256"))
    signature = sign_hs256 (text, key);
  else
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED, "no token is signed with \"%s\"",
                 algorithm);

  return signature == NULL ? NULL : g_strconcat (text, ".", signature, NULL);
}
