/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-redactor.h"

#include <string.h>

#define MASK STOKER_REDACTED

static void
assert_applied (StokerRedactor *redactor, const char *text, const char *expected)
{
  g_autofree char *masked = stoker_redactor_apply (redactor, text);

  g_assert_cmpstr (masked, ==, expected);
}

static void
test_known_secret (void)
{
  g_autoptr (StokerRedactor) redactor = stoker_redactor_new ();

  stoker_redactor_add (redactor, "hunter2");
  assert_applied (redactor, "the key hunter2 and hunter2.", "the key " MASK " and " MASK ".");
  assert_applied (redactor, "nothing here", "nothing here");
  assert_applied (redactor, "", "");
  g_assert_null (stoker_redactor_apply (redactor, NULL));
}

static void
test_short_secrets_are_passed_over (void)
{
  g_autoptr (StokerRedactor) redactor = stoker_redactor_new ();

  stoker_redactor_add (redactor, "abc");
  stoker_redactor_add (redactor, "");
  stoker_redactor_add (redactor, NULL);
  assert_applied (redactor, "abc is a word", "abc is a word");
}

static void
test_other_spellings (void)
{
  g_autoptr (StokerRedactor) redactor = stoker_redactor_new ();

  stoker_redactor_add (redactor, "a\"b/c d\n+ü");
  assert_applied (redactor, "x=a%22b%2Fc%20d%0A%2B%C3%BC;", "x=" MASK ";");
  assert_applied (redactor, "{\"k\":\"a\\\"b/c d\\n+ü\"}", "{\"k\":\"" MASK "\"}");
  assert_applied (redactor, "YSJiL2MgZAorw7w=", MASK "=");
}

static void
test_longest_first (void)
{
  g_autoptr (StokerRedactor) redactor = stoker_redactor_new ();

  stoker_redactor_add (redactor, "secret");
  stoker_redactor_add (redactor, "secret-and-more");
  assert_applied (redactor, "secret-and-more", MASK);
}

static void
test_lines_of_a_key (void)
{
  g_autoptr (StokerRedactor) redactor = stoker_redactor_new ();

  stoker_redactor_add (redactor,
                       "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END KEY-----\n");
  assert_applied (redactor, "line MIIEvQIBADANBgkqhkiG9w0 alone", "line " MASK " alone");
  assert_applied (redactor, "-----BEGIN KEY-----", "-----BEGIN KEY-----");
}

static void
test_looks_like_a_secret (void)
{
  g_autoptr (StokerRedactor) redactor = stoker_redactor_new ();
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "Authorization: Bearer abc.def-ghi", "Authorization: " MASK },
    { "sent Bearer abc.def and more", "sent Bearer " MASK " and more" },
    { "bearer abcdef", "bearer " MASK },
    { "Key 12ab:34cd", "Key " MASK },
    { "Token r8_abcdefgh", "Token " MASK },
    { "Key is missing", "Key is missing" },
    { "Token expired", "Token expired" },
    { "https://h/x?api_key=abc&n=1", "https://h/x?api_key=" MASK "&n=1" },
    { "https://h/x?n=1&token=abc#f", "https://h/x?n=1&token=" MASK "#f" },
    { "https://h/?X-Amz-Signature=00ff&a=b", "https://h/?X-Amz-Signature=" MASK "&a=b" },
    { "https://h/?key=abc", "https://h/?key=" MASK },
    { "https://h/?signature=abc&keyword=fine", "https://h/?signature=" MASK "&keyword=fine" },
    { "{\"authorization\": \"Basic dXNlcjpwYXNz\"}", "{\"authorization\": \"" MASK "\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_applied (redactor, cases[i].text, cases[i].expected);
}

static void
test_secret_headers (void)
{
  static const char *const secret[] = {
    "Authorization",       "X-API-Key",    "Cookie", "x-amz-security-token",
    "Proxy-Authorization", "X-Auth-Token", "api-key"
  };
  static const char *const plain[] = { "Content-Type", "Idempotency-Key", "User-Agent", "Accept",
                                       "Retry-After" };

  for (guint i = 0; i < G_N_ELEMENTS (secret); i++)
    g_assert_true (stoker_redact_is_secret_header (secret[i]));
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    g_assert_false (stoker_redact_is_secret_header (plain[i]));
}

/* Not valid UTF-8: the text of an answer may be anything. */
static void
test_any_bytes (void)
{
  g_autoptr (StokerRedactor) redactor = stoker_redactor_new ();

  stoker_redactor_add (redactor, "hunter2");
  assert_applied (redactor, "\xff\xfehunter2\x80", "\xff\xfe" MASK "\x80");
}

static void
test_counting (void)
{
  g_autoptr (StokerRedactor) redactor = stoker_redactor_new ();
  g_autoptr (StokerRedactor) same = stoker_redactor_ref (redactor);

  stoker_redactor_add (redactor, "hunter2");
  g_clear_pointer (&redactor, stoker_redactor_unref);
  assert_applied (same, "hunter2", MASK);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/redactor/known-secret", test_known_secret);
  g_test_add_func ("/redactor/short-secrets-are-passed-over", test_short_secrets_are_passed_over);
  g_test_add_func ("/redactor/other-spellings", test_other_spellings);
  g_test_add_func ("/redactor/longest-first", test_longest_first);
  g_test_add_func ("/redactor/lines-of-a-key", test_lines_of_a_key);
  g_test_add_func ("/redactor/looks-like-a-secret", test_looks_like_a_secret);
  g_test_add_func ("/redactor/secret-headers", test_secret_headers);
  g_test_add_func ("/redactor/any-bytes", test_any_bytes);
  g_test_add_func ("/redactor/counting", test_counting);

  return g_test_run ();
}
