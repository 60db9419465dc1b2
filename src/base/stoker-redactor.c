/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-redactor.h"

#include "stoker-wipe.h"

#include <json-glib/json-glib.h>

#include <string.h>

/* Shorter ones would take pieces out of ordinary words. */
#define MIN_SECRET_LENGTH 4
#define MIN_LINE_LENGTH 16

struct _StokerRedactor
{
  GPtrArray *forms; /* of char*: each secret in all its spellings, longest first */
  gatomicrefcount ref_count;
};

G_DEFINE_BOXED_TYPE (StokerRedactor, stoker_redactor, stoker_redactor_ref, stoker_redactor_unref)

/**
 * stoker_redactor_new:
 *
 * Returns: (transfer full): a redactor that knows no secret yet, but takes out what looks like one
 */
StokerRedactor *
stoker_redactor_new (void)
{
  StokerRedactor *self = g_new0 (StokerRedactor, 1);

  self->forms = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_wipe_free);
  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

/**
 * stoker_redactor_ref:
 *
 * Returns: (transfer full): @self
 */
StokerRedactor *
stoker_redactor_ref (StokerRedactor *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * stoker_redactor_unref:
 * @self: (transfer full): a redactor; its secrets are wiped with the last reference
 */
void
stoker_redactor_unref (StokerRedactor *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->forms);
  g_free (self);
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  gsize first = strlen (*(const char *const *) a);
  gsize second = strlen (*(const char *const *) b);

  return (first < second) - (first > second);
}

static void
add_form (StokerRedactor *self, char *form)
{
  if (g_ptr_array_find_with_equal_func (self->forms, form, g_str_equal, NULL))
    stoker_wipe_free (form);
  else
    g_ptr_array_add (self->forms, form);
}

static char *
escape_json (const char *secret)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), secret);
  char *quoted = json_to_string (node, FALSE);
  gsize length = strlen (quoted);

  memmove (quoted, quoted + 1, length - 2);
  quoted[length - 2] = '\0';

  return quoted;
}

/* The padding differs with what follows, so it stays. */
static char *
encode_base64 (const char *secret)
{
  char *encoded = g_base64_encode ((const guchar *) secret, strlen (secret));
  gsize length = strlen (encoded);

  while (length > 0 && encoded[length - 1] == '=')
    encoded[--length] = '\0';

  return encoded;
}

/* A key in PEM form is quoted line by line by some programs. */
static void
add_lines (StokerRedactor *self, const char *secret)
{
  g_auto (GStrv) lines = NULL;

  if (strchr (secret, '\n') == NULL)
    return;

  lines = g_strsplit_set (secret, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize length = strlen (lines[i]);

      if (length >= MIN_LINE_LENGTH && !g_str_has_prefix (lines[i], "-----"))
        add_form (self, g_strdup (lines[i]));
      explicit_bzero (lines[i], length);
    }
}

/**
 * stoker_redactor_add:
 * @self: a redactor that is not shared yet
 * @secret: (nullable): a secret; one of fewer than four characters is passed over
 *
 * From now on @secret is taken out of texts: as it is, percent-encoded, in Base64, and escaped as
 * in JSON.
 */
void
stoker_redactor_add (StokerRedactor *self, const char *secret)
{
  if (secret == NULL || strlen (secret) < MIN_SECRET_LENGTH)
    return;

  add_form (self, g_strdup (secret));
  add_form (self, g_uri_escape_string (secret, NULL, FALSE));
  add_form (self, encode_base64 (secret));
  if (g_utf8_validate (secret, -1, NULL))
    add_form (self, escape_json (secret));
  add_lines (self, secret);
  g_ptr_array_sort (self->forms, compare_lengths);
}

typedef struct
{
  const char *pattern;
  const char *replacement;
} Rule;

/* What looks like a secret even to somebody who knows none. */
static const Rule rules[] = {
  { "(?i)\\b((?:proxy-)?authorization[\"']?\\s*[:=]\\s*[\"']?)(?:(?:bearer|basic|key|token)\\s+)?[^"
    "\\s\"',;]+",
    "\\1" STOKER_REDACTED },
  { "(?i)\\b(bearer\\s+)[^\\s\"',;]+", "\\1" STOKER_REDACTED },
  /* Not the words of "Key is missing": a digit, a colon or some length makes it a value. */
  { "\\b((?:Key|Token)\\s+)(?:(?=[^\\s\"',;]*[0-9_:])[^\\s\"',;]+|[^\\s\"',;]{16,})",
    "\\1" STOKER_REDACTED },
  { "(?i)([?&;](?:api[_-]?key|access[_-]?token|token|key|sig|signature|secret|password"
    "|x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|x-goog-credential)=)[^"
    "&;\\s\"'#]+",
    "\\1" STOKER_REDACTED },
};

/* Compiled once for the whole program. */
static GRegex *
get_rule (guint index)
{
  static GRegex *compiled[G_N_ELEMENTS (rules)];
  static gsize is_ready;

  if (g_once_init_enter (&is_ready))
    {
      for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
        compiled[i] = g_regex_new (rules[i].pattern, G_REGEX_OPTIMIZE | G_REGEX_RAW, 0, NULL);
      g_once_init_leave (&is_ready, 1);
    }

  return compiled[index];
}

static char *
apply_rules (char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      char *masked = g_regex_replace (get_rule (i), text, -1, 0, rules[i].replacement, 0, NULL);

      /* A text that the matcher gives up on is not let through. */
      g_free (text);
      text = masked != NULL ? masked : g_strdup (STOKER_REDACTED);
    }

  return text;
}

/**
 * stoker_redactor_apply:
 * @self: a redactor
 * @text: (nullable): a text for a log, a message or a screen
 *
 * Returns: (transfer full) (nullable): @text with %STOKER_REDACTED in the place of each secret, of
 * what stands behind `Bearer`, `Key` and `Token`, and of query parameters such as `api_key`
 */
char *
stoker_redactor_apply (StokerRedactor *self, const char *text)
{
  g_autoptr (GString) masked = NULL;

  if (text == NULL)
    return NULL;

  masked = g_string_new (text);
  for (guint i = 0; i < self->forms->len; i++)
    g_string_replace (masked, g_ptr_array_index (self->forms, i), STOKER_REDACTED, 0);

  return apply_rules (g_strdup (masked->str));
}

/**
 * stoker_redact_is_secret_header:
 * @name: name of an HTTP header
 *
 * Returns: whether its value is to be masked as a whole
 */
gboolean
stoker_redact_is_secret_header (const char *name)
{
  static const char *const parts[] = { "authorization", "cookie",   "token",    "secret",
                                       "password",      "apikey",   "api-key",  "api_key",
                                       "access-key",    "auth-key", "signature" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (lower, parts[i]) != NULL)
      return TRUE;

  return FALSE;
}
