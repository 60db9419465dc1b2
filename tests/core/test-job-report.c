/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-report.h"
#include "stoker-json.h"
#include "stoker-ledger-entry.h"

static void
test_report (void)
{
  g_autoptr (StokerJobReport) report = stoker_job_report_new (STOKER_JOB_RUNNING);
  g_autoptr (StokerJobReport) same = stoker_job_report_ref (report);
  StokerRemoteOutput *output = stoker_job_report_add_output (report, "a.png");

  output->data = g_bytes_new_static ("x", 1);
  g_assert_cmpfloat (report->progress, ==, -1);
  g_assert_cmpint (report->error_code, ==, -1);
  g_assert_cmpint (report->billed_s, ==, -1);
  g_assert_false (report->billed.is_known);
  g_assert_true (g_ptr_array_index (same->outputs, 0) == output);
}

static void
test_rendered_request (void)
{
  g_autoptr (StokerRenderedRequest) request = stoker_rendered_request_new ("POST", "https://x/");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (request->headers, g_strdup ("Authorization: •••"));
  request->body = g_strdup ("{}");
  node = stoker_rendered_request_to_json (request);
  text = stoker_json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"method\":\"POST\",\"url\":\"https://x/\",\"headers\":[\"Authorization: "
                   "•••\"],\"body\":\"{}\"}");
}

static void
test_ledger_entry (void)
{
  g_autoptr (StokerLedgerEntry)
    entry = stoker_ledger_entry_new (STOKER_LEDGER_BILLED, NULL, "runpod", stoker_money_usd (5));
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  entry->id = 3;
  entry->at_us = G_USEC_PER_SEC;
  node = stoker_ledger_entry_to_json (entry);
  text = stoker_json_to_string (node, FALSE);
  g_assert_cmpstr (
    text, ==,
    "{\"id\":3,\"at\":\"1970-01-01T00:00:01Z\",\"kind\":\"billed\",\"job\":null,\"provider\":"
    "\"runpod\","
    "\"project\":null,\"amount\":{\"amount\":\"0.000000005\",\"currency\":\"USD\"},\"note\":null}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job-report/report", test_report);
  g_test_add_func ("/job-report/rendered-request", test_rendered_request);
  g_test_add_func ("/job-report/ledger-entry", test_ledger_entry);

  return g_test_run ();
}
