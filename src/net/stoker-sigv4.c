/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Signature Version 4 of Amazon Web Services, as
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * tells it (2026-11-21). No library of Debian 12 has it; the vectors of aws-c-auth hold it.
 */

#include "config.h"

#include "stoker-sigv4.h"

#include <string.h>

#define ALGORITHM "AWS4-HMAC-SHA256"
#define UNRESERVED "-_.~"
#define DATE_LENGTH 8
#define DIGEST_LENGTH 32

/* The parts of an address, as they stand in it. */
typedef struct
{
  char *host;
  char *path;
  char *query;
} Address;

static void
address_clear (Address *address)
{
  g_free (address->host);
  g_free (address->path);
  g_free (address->query);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Address, address_clear)

/* GUri would normalise the path, and the signature is over what is sent. */
static void
address_init (Address *address, const char *url)
{
  const char *start = strstr (url, "://");
  const char *path = NULL;
  const char *query = NULL;

  start = start == NULL ? url : start + strlen ("://");
  path = start + strcspn (start, "/?#");
  query = path + strcspn (path, "?#");
  address->host = g_strndup (start, (gsize) (path - start));
  address->path = path == query ? g_strdup ("/") : g_strndup (path, (gsize) (query - path));
  address->query = *query != '?' ? g_strdup ("") : g_strndup (query + 1, strcspn (query + 1, "#"));
}

static char *
hash (const void *data, gsize length)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
}

static char *
hash_body (GBytes *body)
{
  gsize length = 0;
  const void *data = body == NULL ? NULL : g_bytes_get_data (body, &length);

  return hash (data, length);
}

static char *
format_time (const StokerSigV4 *self)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (self->time_s);

  return g_date_time_format (time, "%Y%m%dT%H%M%SZ");
}

static char *
format_scope (const StokerSigV4 *self)
{
  g_autofree char *time = format_time (self);

  return g_strdup_printf ("%.*s/%s/%s/aws4_request", DATE_LENGTH, time, self->region,
                          self->service);
}

static gboolean
names_token (const StokerSigV4 *self)
{
  return self->session_token != NULL && *self->session_token != '\0';
}

/* Canonical form. */

/* Without ".", ".." and empty segments. */
static char *
normalize_path (const char *path)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autofree char *joined = NULL;
  gboolean is_folder = g_str_has_suffix (path, "/");

  for (guint i = 0; segments[i] != NULL; i++)
    {
      if (g_str_equal (segments[i], "..") && kept->len > 0)
        g_ptr_array_set_size (kept, (int) kept->len - 1);
      else if (*segments[i] != '\0' && !g_str_equal (segments[i], ".") &&
               !g_str_equal (segments[i], ".."))
        g_ptr_array_add (kept, segments[i]);
    }
  g_ptr_array_add (kept, NULL);
  joined = g_strjoinv ("/", (char **) kept->pdata);
  return g_strconcat ("/", joined, is_folder && *joined != '\0' ? "/" : "", NULL);
}

/* A path is normalised and encoded once more, but for S3's, which is signed as it is sent. */
static char *
canonicalize_path (const StokerSigV4 *self, const char *path)
{
  g_autofree char *normalized = self->keeps_path ? NULL : normalize_path (path);

  if (self->keeps_path)
    return g_uri_escape_string (path, "/%" UNRESERVED, FALSE);
  return g_uri_escape_string (normalized, "/" UNRESERVED, FALSE);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  char *const *one = *(char **const *) a;
  char *const *other = *(char **const *) b;
  int order = strcmp (one[0], other[0]);

  return order != 0 ? order : strcmp (one[1], other[1]);
}

static char *
encode_again (const char *text)
{
  g_autofree char *plain = g_uri_unescape_string (text, NULL);

  return g_uri_escape_string (plain == NULL ? text : plain, UNRESERVED, FALSE);
}

/* Name and value, each encoded as the signature wants it. */
static GStrv
parse_parameter (const char *parameter)
{
  const char *value = strchr (parameter, '=');
  g_autofree char *name = value == NULL ? g_strdup (parameter)
                                        : g_strndup (parameter, (gsize) (value - parameter));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *encoded_name = encode_again (name);
  g_autofree char *encoded_value = encode_again (value == NULL ? "" : value + 1);

  g_strv_builder_add_many (builder, encoded_name, encoded_value, NULL);
  return g_strv_builder_end (builder);
}

static char *
canonicalize_query (const char *query)
{
  g_auto (GStrv) parameters = g_strsplit (query, "&", -1);
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; parameters[i] != NULL; i++)
    {
      if (*parameters[i] != '\0')
        g_ptr_array_add (pairs, parse_parameter (parameters[i]));
    }
  g_ptr_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      char **pair = pairs->pdata[i];

      g_string_append_printf (text, "%s%s=%s", i == 0 ? "" : "&", pair[0], pair[1]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* One line, and one space for each run of them. */
static char *
fold_value (const char *value)
{
  g_auto (GStrv) words = g_strsplit_set (value, " \t\r\n", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_ptr_array_add (kept, words[i]);
    }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv (" ", (char **) kept->pdata);
}

/* What a proxy may change or the client adds by itself is not signed. */
static gboolean
is_signed (const char *name)
{
  static const char *const never[] = { "authorization", "connection",        "expect",
                                       "user-agent",    "transfer-encoding", NULL };

  return !g_strv_contains (never, name);
}

static void
add_header (GTree *headers, const char *name, const char *value)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *folded = fold_value (value);
  const char *known = g_tree_lookup (headers, lower);

  if (!is_signed (lower))
    return;
  if (known != NULL)
    {
      g_autofree char *last = g_steal_pointer (&folded);

      folded = g_strconcat (known, ",", last, NULL);
    }
  g_tree_replace (headers, g_steal_pointer (&lower), g_steal_pointer (&folded));
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (a, b);
}

/* Name in small letters → value, sorted; @added are name, value, … too. */
static GTree *
collect_headers (const StokerSigV4Request *request, const char *host, const char *const *added)
{
  GTree *headers = g_tree_new_full (compare_names, NULL, g_free, g_free);

  for (guint i = 0; request->headers != NULL && request->headers[i] != NULL; i += 2)
    add_header (headers, request->headers[i], request->headers[i + 1]);
  for (guint i = 0; added != NULL && added[i] != NULL; i += 2)
    add_header (headers, added[i], added[i + 1]);
  if (g_tree_lookup (headers, "host") == NULL)
    add_header (headers, "host", host);
  return headers;
}

static char *
list_names (GTree *headers)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (GTreeNode *node = g_tree_node_first (headers); node != NULL; node = g_tree_node_next (node))
    g_string_append_printf (names, "%s%s", names->len == 0 ? "" : ";",
                            (const char *) g_tree_node_key (node));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
list_headers (GTree *headers)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (GTreeNode *node = g_tree_node_first (headers); node != NULL; node = g_tree_node_next (node))
    g_string_append_printf (lines, "%s:%s\n", (const char *) g_tree_node_key (node),
                            (const char *) g_tree_node_value (node));
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static char *
canonicalize (const StokerSigV4 *self,
              const char *method,
              const Address *address,
              GTree *headers,
              const char *body_hash)
{
  g_autofree char *path = canonicalize_path (self, address->path);
  g_autofree char *query = canonicalize_query (address->query);
  g_autofree char *lines = list_headers (headers);
  g_autofree char *names = list_names (headers);

  return g_strdup_printf ("%s\n%s\n%s\n%s\n%s\n%s", method, path, query, lines, names, body_hash);
}

/* The signature. */

static void
hmac (const guint8 *key, gsize key_length, const char *text, guint8 digest[DIGEST_LENGTH])
{
  g_autoptr (GHmac) mac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  gsize length = DIGEST_LENGTH;

  g_hmac_update (mac, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (mac, digest, &length);
}

static char *
compute_signature (const StokerSigV4 *self, const char *canonical)
{
  g_autofree char *time = format_time (self);
  g_autofree char *date = g_strndup (time, DATE_LENGTH);
  g_autofree char *scope = format_scope (self);
  g_autofree char *digest = hash (canonical, strlen (canonical));
  g_autofree char *text = g_strjoin ("\n", ALGORITHM, time, scope, digest, NULL);
  g_autofree char *secret = g_strconcat ("AWS4", self->secret_key, NULL);
  guint8 key[DIGEST_LENGTH];

  hmac ((const guint8 *) secret, strlen (secret), date, key);
  hmac (key, sizeof key, self->region, key);
  hmac (key, sizeof key, self->service, key);
  hmac (key, sizeof key, "aws4_request", key);
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, key, sizeof key, text, -1);
}

/* What is sent beside the request's own headers: name, value, …, NULL. */
static GStrv
list_added (const StokerSigV4 *self, const char *body_hash, gboolean has_token)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *time = format_time (self);

  g_strv_builder_add_many (builder, "X-Amz-Date", time, NULL);
  if (self->has_body_hash)
    g_strv_builder_add_many (builder, "X-Amz-Content-SHA256", body_hash, NULL);
  if (has_token)
    g_strv_builder_add_many (builder, "X-Amz-Security-Token", self->session_token, NULL);
  return g_strv_builder_end (builder);
}

static GTree *
collect_signed (const StokerSigV4 *self,
                const StokerSigV4Request *request,
                const char *host,
                const char *body_hash)
{
  gboolean has_token = names_token (self) && !self->token_is_not_signed;
  g_auto (GStrv) added = list_added (self, body_hash, has_token);

  return collect_headers (request, host, (const char *const *) added);
}

/**
 * stoker_sigv4_describe:
 *
 * What stoker_sigv4_sign() signs: the "canonical request", which Amazon's errors quote when a
 * signature does not match.
 *
 * Returns: (transfer full): several lines
 */
char *
stoker_sigv4_describe (const StokerSigV4 *self, const StokerSigV4Request *request)
{
  g_auto (Address) address = { 0 };
  g_autofree char *body_hash = hash_body (request->body);
  g_autoptr (GTree) headers = NULL;

  address_init (&address, request->url);
  headers = collect_signed (self, request, address.host, body_hash);
  return canonicalize (self, request->method, &address, headers, body_hash);
}

/**
 * stoker_sigv4_sign:
 * @request: as it will be sent; its body is hashed as a whole
 *
 * Signs a request in its headers.
 *
 * Returns: (transfer full): the headers to send beside the request's own: name, value, …, %NULL
 */
GStrv
stoker_sigv4_sign (const StokerSigV4 *self, const StokerSigV4Request *request)
{
  g_auto (Address) address = { 0 };
  g_autofree char *body_hash = hash_body (request->body);
  g_auto (GStrv) added = list_added (self, body_hash, names_token (self));
  g_autofree char *canonical = stoker_sigv4_describe (self, request);
  g_autofree char *signature = compute_signature (self, canonical);
  g_autofree char *scope = format_scope (self);
  g_autofree char *names = NULL;
  g_autofree char *value = NULL;
  g_autoptr (GTree) headers = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  address_init (&address, request->url);
  headers = collect_signed (self, request, address.host, body_hash);
  names = list_names (headers);
  value = g_strdup_printf (ALGORITHM " Credential=%s/%s, SignedHeaders=%s, Signature=%s",
                           self->access_key, scope, names, signature);
  g_strv_builder_addv (builder, (const char **) added);
  g_strv_builder_add_many (builder, "Authorization", value, NULL);
  return g_strv_builder_end (builder);
}

static void
append_parameter (GString *query, const char *name, const char *value)
{
  g_autofree char *encoded = g_uri_escape_string (value, UNRESERVED, FALSE);

  g_string_append_printf (query, "%s%s=%s", query->len == 0 ? "" : "&", name, encoded);
}

/* The query of @address with all that a signed address names but the signature. */
static void
extend_query (const StokerSigV4 *self, Address *address, GTree *headers, guint expires_s)
{
  g_autoptr (GString) query = g_string_new (address->query);
  g_autofree char *scope = format_scope (self);
  g_autofree char *credential = g_strconcat (self->access_key, "/", scope, NULL);
  g_autofree char *time = format_time (self);
  g_autofree char *names = list_names (headers);
  g_autofree char *expires = g_strdup_printf ("%u", expires_s);

  append_parameter (query, "X-Amz-Algorithm", ALGORITHM);
  append_parameter (query, "X-Amz-Credential", credential);
  append_parameter (query, "X-Amz-Date", time);
  append_parameter (query, "X-Amz-SignedHeaders", names);
  append_parameter (query, "X-Amz-Expires", expires);
  if (names_token (self) && !self->token_is_not_signed)
    append_parameter (query, "X-Amz-Security-Token", self->session_token);
  g_free (address->query);
  address->query = g_string_free (g_steal_pointer (&query), FALSE);
}

/**
 * stoker_sigv4_presign:
 * @request: its headers must be sent with the address as they are here
 * @expires_s: how long the address is good, at most seven days
 *
 * Signs an address, so that whoever has it can do this one thing without credentials. S3 does not
 * look at the body then.
 *
 * Returns: (transfer full): the address; it is as good as a key and must not be shown
 */
char *
stoker_sigv4_presign (const StokerSigV4 *self, const StokerSigV4Request *request, guint expires_s)
{
  g_auto (Address) address = { 0 };
  g_autoptr (GTree) headers = NULL;
  g_autofree char *body_hash = self->has_body_hash ? g_strdup ("UNSIGNED-PAYLOAD")
                                                   : hash_body (request->body);
  g_autofree char *canonical = NULL;
  g_autofree char *signature = NULL;
  g_autoptr (GString) url = NULL;

  address_init (&address, request->url);
  headers = collect_headers (request, address.host, NULL);
  extend_query (self, &address, headers, expires_s);
  canonical = canonicalize (self, request->method, &address, headers, body_hash);
  signature = compute_signature (self, canonical);

  url = g_string_new_len (request->url, (gssize) strcspn (request->url, "?#"));
  g_string_append_printf (url, "?%s", address.query);
  if (names_token (self) && self->token_is_not_signed)
    append_parameter (url, "X-Amz-Security-Token", self->session_token);
  append_parameter (url, "X-Amz-Signature", signature);
  return g_string_free (g_steal_pointer (&url), FALSE);
}
