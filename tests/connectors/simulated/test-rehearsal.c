/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-rehearsal-private.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <string.h>

#define SUBMITTED_US G_GINT64_CONSTANT (1792000000000000)

static StokerRehearsal
rehearse (StokerMishap mishap)
{
  return (StokerRehearsal){
    .token = (char *) "stoker-abc", .submitted_us = SUBMITTED_US, .seconds = 10, .mishap = mishap
  };
}

static void
test_life (void)
{
  const struct
  {
    double age_s;
    StokerJobState state;
    double progress;
  } cases[] = {
    { -100, STOKER_JOB_QUEUED, 0 },      { 0, STOKER_JOB_QUEUED, 0 },
    { 0.9, STOKER_JOB_QUEUED, 0 },       { 1, STOKER_JOB_PROVISIONING, 0 },
    { 2.9, STOKER_JOB_PROVISIONING, 0 }, { 3, STOKER_JOB_RUNNING, 0 },
    { 8, STOKER_JOB_RUNNING, 0.5 },      { 12.9, STOKER_JOB_RUNNING, 0.99 },
    { 13, STOKER_JOB_SUCCEEDED, 1 },     { 1e6, STOKER_JOB_SUCCEEDED, 1 },
  };
  StokerRehearsal rehearsal = rehearse (STOKER_MISHAP_NONE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StokerJobReport)
        report = stoker_rehearsal_report (&rehearsal,
                                          SUBMITTED_US + (gint64) (cases[i].age_s * 1e6));

      g_assert_cmpint (report->state, ==, cases[i].state);
      g_assert_cmpfloat_with_epsilon (report->progress, cases[i].progress, 1e-6);
      g_assert_cmpuint (report->outputs->len, ==, cases[i].state == STOKER_JOB_SUCCEEDED ? 1 : 0);
      g_assert_true (stoker_money_equal (report->billed, stoker_money_usd (0)));
      g_assert_cmpstr (report->remote_id, ==, "stoker-abc");
    }
}

static void
test_crash (void)
{
  StokerRehearsal rehearsal = rehearse (STOKER_MISHAP_CRASH);
  g_autoptr (StokerJobReport) before = stoker_rehearsal_report (&rehearsal, SUBMITTED_US + 7900000);
  g_autoptr (StokerJobReport) after = stoker_rehearsal_report (&rehearsal, SUBMITTED_US + 90000000);

  g_assert_cmpint (before->state, ==, STOKER_JOB_RUNNING);
  g_assert_cmpint (after->state, ==, STOKER_JOB_FAILED);
  g_assert_cmpint (after->error_code, ==, STOKER_ERROR_FAILED);
  g_assert_cmpfloat_with_epsilon (after->progress, 0.5, 1e-6);
  g_assert_cmpint (after->ended_us, ==, SUBMITTED_US + 8000000);
  g_assert_cmpuint (after->outputs->len, ==, 0);
}

static void
test_handle (void)
{
  StokerRehearsal rehearsal = rehearse (STOKER_MISHAP_CRASH);
  g_autoptr (StokerJobReport) report = stoker_rehearsal_report (&rehearsal, SUBMITTED_US);
  g_autoptr (StokerRehearsal) decoded = NULL;
  g_autoptr (StokerRehearsal) missing = NULL;
  g_autoptr (StokerRehearsal) damaged = NULL;
  g_autoptr (JsonNode)
    nonsense = stoker_json_parse ("{\"token\":\"a\",\"fail\":\"none\",\"submitted_us\":"
                                  "\"soon\",\"cancelled_us\":\"0\",\"seconds\":\"1\"}",
                                  -1, "x", NULL);
  g_autoptr (GError) error = NULL;

  decoded = stoker_rehearsal_decode (report->handle, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (decoded->token, ==, "stoker-abc");
  g_assert_cmpint (decoded->submitted_us, ==, SUBMITTED_US);
  g_assert_cmpint (decoded->seconds, ==, 10);
  g_assert_cmpint (decoded->mishap, ==, STOKER_MISHAP_CRASH);
  missing = stoker_rehearsal_decode (NULL, &error);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  damaged = stoker_rehearsal_decode (nonsense, &error);
  g_assert_null (damaged);
  g_assert_nonnull (strstr (error->message, "submitted_us"));
}

/* The picture is a proper one: what zlib unpacks has the right size, and its parts are where they
 * belong. */
static void
test_picture (void)
{
  g_autoptr (GBytes) first = stoker_rehearsal_draw ("one");
  g_autoptr (GBytes) second = stoker_rehearsal_draw ("two");
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autofree char *raw = g_malloc (64 * 193 + 1);
  gsize length = 0;
  const char *png = g_bytes_get_data (first, &length);
  gsize n_read = 0;
  gsize n_written = 0;
  GConverterResult result = G_CONVERTER_ERROR;

  g_assert_false (g_bytes_equal (first, second));
  g_assert_cmpmem (png, 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpmem (png + 37, 4, "IDAT", 4);
  /* The check sum of an IEND chunk is always the same. */
  g_assert_cmpmem (png + length - 8, 8, "IEND\xae\x42\x60\x82", 8);
  result = g_converter_convert (G_CONVERTER (zlib), png + 41, length - 41 - 16, raw, 64 * 193 + 1,
                                G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
  g_assert_cmpint (result, ==, G_CONVERTER_FINISHED);
  g_assert_cmpuint (n_written, ==, 64 * 193);
  g_assert_cmpuint (n_read, ==, length - 41 - 16);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rehearsal/life", test_life);
  g_test_add_func ("/rehearsal/crash", test_crash);
  g_test_add_func ("/rehearsal/handle", test_handle);
  g_test_add_func ("/rehearsal/picture", test_picture);

  return g_test_run ();
}
