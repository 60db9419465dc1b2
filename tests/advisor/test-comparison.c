/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "advisor-fixture.h"
#include "stoker-comparison.h"
#include "stoker-csv.h"

#include <string.h>

/* 1000 pictures of 20 s, a batch; four thousand a month. */
static StokerAdvice *
advise (Fixture *fixture, const char *more)
{
  g_autofree char *json =
    g_strdup_printf ("{'requirements': {'type': 'image'},"
                     " 'outputs': {'count': 1000, 'seconds_per_output': 20, 'per_month': 4000}%s}",
                     more);

  fixture_set_workload (fixture, json);

  return fixture_advise (fixture);
}

/*
 * alpha/pod (RTX 3060, 0.18/h): 0.18 × 20 ÷ 3600 = 0.001 an output, nothing else.
 * alpha/serverless: 0.0068 an output, and 35 × 0.00034 = 0.0119 for the session.
 * minutes/on-demand: 1.20 ÷ 3600 × 1.1 a second in whole minutes: 4000 × 20 = 80,000 s → 80,040 s
 * → 29.348. pictures: 0.03 an output.
 */
static void
test_monthly (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = advise (fixture, "");

  fixture_assert_money (stoker_comparison_monthly_cost (fixture_find_candidate (advice, "alpha",
                                                                                "pod"),
                                                        advice, 4000),
                        "4");
  fixture_assert_money (stoker_comparison_monthly_cost (fixture_find_candidate (advice, "alpha",
                                                                                "serverless"),
                                                        advice, 4000),
                        "27.2119");
  fixture_assert_money (stoker_comparison_monthly_cost (fixture_find_candidate (advice, "minutes",
                                                                                "on-demand"),
                                                        advice, 4000),
                        "29.348");
  fixture_assert_money (stoker_comparison_monthly_cost (fixture_find_candidate (advice, "pictures",
                                                                                "per-output"),
                                                        advice, 4000),
                        "120");
  fixture_assert_money (stoker_comparison_monthly_cost (fixture_find_candidate (advice, "alpha",
                                                                                "pod"),
                                                        advice, 0),
                        NULL);
}

/* 0.30 × 0.6 kW × (20,000 s ÷ 3600) = 1 for 1000 outputs here, so 4 for four thousand. */
static void
test_monthly_local (Fixture *fixture, gconstpointer data)
{
  StokerAdvisorInput input;
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_gpu (fixture, "RTX 4090", 24, 0);
  advice = advise (fixture, "");
  g_clear_pointer (&advice, stoker_advice_unref);
  input = fixture_get_input (fixture);
  input.local_cost.watts = 600;
  g_assert_true (stoker_money_parse ("0.30", "USD", &input.local_cost.tariff_per_kwh, NULL));
  advice = stoker_advise (&input, NULL);

  fixture_assert_money (stoker_comparison_monthly_cost (fixture_find_candidate (advice, "local",
                                                                                NULL),
                                                        advice, 4000),
                        "4");
  fixture_assert_money (fixture_find_candidate (advice, "local", NULL)->estimate->per_month, "4");
}

static gint64
find_break_even (StokerAdvice *advice, const char *below, const char *from)
{
  g_autoptr (JsonNode) node = stoker_comparison_to_json (advice, 0);
  StokerJsonPlace root = stoker_json_root (node, "comparison");
  StokerJsonPlace list = stoker_json_member (&root, "break_even");

  for (guint i = 0; i < stoker_json_length (&list); i++)
    {
      StokerJsonPlace entry = stoker_json_element (&list, i);
      g_autofree char *a = NULL;
      g_autofree char *b = NULL;
      gint64 outputs = -1;

      stoker_json_get_string (&entry, "cheaper_below", STOKER_JSON_REQUIRED, &a, NULL);
      stoker_json_get_string (&entry, "cheaper_from", STOKER_JSON_REQUIRED, &b, NULL);
      stoker_json_get_int (&entry, "outputs_per_month", STOKER_JSON_REQUIRED, 1, G_MAXINT64,
                           &outputs, NULL);
      if (g_str_equal (a, below) && g_str_equal (b, from))
        return outputs;
    }

  return -1;
}

/*
 * pictures cost 0.03 an output. A begun hour at minutes/flaky costs 0.88: 29 pictures are 0.87, 30
 * are 0.90. minutes/on-demand bills 120 s at least, 0.044: one picture is 0.03, two are 0.06.
 * minutes/on-demand is 0.00733… an output, alpha/serverless 0.0068 and 0.0119 more, so that it is
 * dearer up to a point and cheaper from there on.
 */
static void
test_break_even (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = advise (fixture, "");

  g_assert_cmpint (find_break_even (advice, "pictures/per-output", "minutes/flaky"), ==, 30);
  g_assert_cmpint (find_break_even (advice, "pictures/per-output", "minutes/on-demand"), ==, 2);
  g_assert_cmpint (find_break_even (advice, "alpha/pod", "pictures/per-output"), ==, -1);
}

/* A pod kept on for 200 h at 0.18 costs 36 a month: as much as 1200 pictures at 0.03. */
static void
test_break_even_kept_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = advise (fixture, ", 'hours_per_month': 200");

  g_assert_cmpint (find_break_even (advice, "pictures/per-output", "alpha/pod"), ==, 1200);
}

static void
test_csv (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = advise (fixture, "");
  g_autofree char *text = stoker_comparison_to_csv (advice, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerCsv) csv = stoker_csv_parse (text, "comparison", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (stoker_csv_get_length (csv), ==, advice->candidates->len);
  g_assert_true (g_str_has_suffix (text, "\r\n"));
  g_assert_cmpstr (stoker_csv_get (csv, 0, "provider"), ==, "alpha");
  g_assert_cmpstr (stoker_csv_get (csv, 0, "plan"), ==, "pod");
  g_assert_cmpstr (stoker_csv_get (csv, 0, "currency"), ==, "USD");
  g_assert_cmpstr (stoker_csv_get (csv, 0, "total"), ==, "1");
  g_assert_cmpstr (stoker_csv_get (csv, 0, "per_output"), ==, "0.001");
  g_assert_cmpstr (stoker_csv_get (csv, 0, "outputs_per_month"), ==, "4000");
  g_assert_cmpstr (stoker_csv_get (csv, 0, "per_month"), ==, "4");
  g_assert_cmpstr (stoker_csv_get (csv, 0, "as_of"), ==, "2026-11-01");
  g_assert_cmpstr (stoker_csv_get (csv, 0, "source"), ==, "fixture price list");
}

/* A name from outside can neither break a line nor be run by a spreadsheet. */
static void
test_csv_hostile (Fixture *fixture, gconstpointer data)
{
  StokerOffer offer = *fixture_find_offer (fixture, "alpha", "pod", "EU-1");
  g_autoptr (StokerAdvice) advice = NULL;
  g_autofree char *text = NULL;

  offer.provider_id = "evil";
  offer.gpu = "=cmd(\"a\",\r\n1)";
  offer.price = stoker_money_usd (1);
  stoker_offer_table_append (fixture->offers, &offer);
  advice = advise (fixture, "");
  text = stoker_comparison_to_csv (advice, 0);

  g_assert_nonnull (strstr (text, ",\"'=cmd(\"\"a\"\",\r\n1)\","));
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = advise (fixture, "");
  g_autofree char *text = stoker_comparison_to_text (advice, 2000);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const char *head = strstr (lines[0], "Total");

  g_assert_nonnull (strstr (lines[0], "2,000 a month"));
  g_assert_nonnull (strstr (lines[1], "Alpha"));
  g_assert_nonnull (strstr (lines[1], "$2.00"));
  /* Figures are right-aligned: "Total" and the first total end in the same place. */
  g_assert_nonnull (head);
  g_assert_cmpint (lines[1][head - lines[0] + strlen ("Total") - 1], ==, '0');
  g_assert_cmpint (lines[1][head - lines[0] + strlen ("Total")], ==, ' ');
}

static void
test_text_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  g_autofree char *text = NULL;

  fixture_set_workload (fixture, "{'requirements': {'min_vram_gb': 900}}");
  advice = fixture_advise (fixture);
  text = stoker_comparison_to_text (advice, 10);

  g_assert_nonnull (strstr (text, "900 GB"));
}

#define ADD(path, function) \
  g_test_add ("/comparison/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("monthly", test_monthly);
  ADD ("monthly-local", test_monthly_local);
  ADD ("break-even", test_break_even);
  ADD ("break-even-kept-on", test_break_even_kept_on);
  ADD ("csv", test_csv);
  ADD ("csv-hostile", test_csv_hostile);
  ADD ("text", test_text);
  ADD ("text-empty", test_text_empty);

  return g_test_run ();
}
