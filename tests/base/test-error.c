/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"

static void
test_names_round_trip (void)
{
  for (int code = STOKER_ERROR_AUTH; code <= STOKER_ERROR_FAILED; code++)
    {
      const char *name = stoker_error_code_to_string (code);
      StokerError back = STOKER_ERROR_FAILED;

      g_assert_nonnull (name);
      g_assert_true (stoker_error_code_from_string (name, &back));
      g_assert_cmpint ((int) back, ==, code);
    }
}

static void
test_foreign_codes_have_no_name (void)
{
  g_assert_null (stoker_error_code_to_string (-1));
  g_assert_null (stoker_error_code_to_string (STOKER_ERROR_FAILED + 1));
}

static void
test_unknown_names_are_refused (void)
{
  StokerError code = STOKER_ERROR_HELD;

  g_assert_false (stoker_error_code_from_string ("no-such-code", &code));
  g_assert_false (stoker_error_code_from_string ("", &code));
  g_assert_false (stoker_error_code_from_string (NULL, &code));
  g_assert_cmpint ((int) code, ==, STOKER_ERROR_HELD);
}

static void
test_underscore_is_as_good_as_hyphen (void)
{
  StokerError code = STOKER_ERROR_HELD;

  g_assert_true (stoker_error_code_from_string ("rate_limited", &code));
  g_assert_cmpint ((int) code, ==, STOKER_ERROR_RATE_LIMITED);
}

static void
test_wait_travels (void)
{
  g_autoptr (GError) error = g_error_new (STOKER_ERROR, STOKER_ERROR_RATE_LIMITED, "slow down");
  g_autoptr (GError) foreign = g_error_new (G_FILE_ERROR, G_FILE_ERROR_NOENT, "gone");
  g_autoptr (GError) copy = NULL;

  g_assert_cmpint (stoker_error_get_wait (error), ==, 0);
  stoker_error_set_wait (error, 90);
  copy = g_error_copy (error);
  g_assert_cmpint (stoker_error_get_wait (copy), ==, 90);
  g_assert_cmpint (stoker_error_get_wait (foreign), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error/names-round-trip", test_names_round_trip);
  g_test_add_func ("/error/foreign-codes-have-no-name", test_foreign_codes_have_no_name);
  g_test_add_func ("/error/unknown-names-are-refused", test_unknown_names_are_refused);
  g_test_add_func ("/error/underscore-is-as-good-as-hyphen", test_underscore_is_as_good_as_hyphen);
  g_test_add_func ("/error/wait-travels", test_wait_travels);

  return g_test_run ();
}
