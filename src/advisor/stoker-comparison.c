/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-comparison.h"

#include "stoker-curve.h"
#include "stoker-json-write.h"

/**
 * stoker_comparison_choose_volume:
 *
 * Returns: @outputs_per_month, or the workload's own figure when that is 0 or less; -1 when neither
 * is told
 */
gint64
stoker_comparison_choose_volume (const StokerAdvice *advice, gint64 outputs_per_month)
{
  if (outputs_per_month > 0)
    return outputs_per_month;

  return advice->workload->outputs_per_month > 0 ? advice->workload->outputs_per_month : -1;
}

/**
 * stoker_comparison_name_row:
 *
 * Returns: (transfer full): provider and plan, unique within an advice
 */
char *
stoker_comparison_name_row (const StokerCandidate *candidate)
{
  return g_strdup_printf ("%s/%s", candidate->id, candidate->offer.plan->id);
}

/**
 * stoker_comparison_monthly_cost:
 * @outputs_per_month: how many of the workload's outputs a month
 *
 * Monthly cost of a candidate at a volume, with the rules of the estimate: a batch makes the
 * month's outputs in one session, bursts come one workload at a time, and what is kept at rest is
 * added.
 *
 * Returns: the amount; unknown when the cost of an output is
 */
StokerMoney
stoker_comparison_monthly_cost (const StokerCandidate *candidate,
                                const StokerAdvice *advice,
                                gint64 outputs_per_month)
{
  g_auto (StokerCurve) curve = { 0 };

  stoker_curve_init (&curve, advice);
  return stoker_curve_get_cost (&curve, candidate, outputs_per_month);
}

static void
set_estimate (JsonObject *row, const StokerCandidate *candidate, gint64 now_us)
{
  const StokerEstimate *estimate = candidate->estimate;
  g_autoptr (JsonNode) node = stoker_estimate_to_json (estimate, now_us);

  stoker_json_set_money (row, "total", estimate->total);
  json_object_set_boolean_member (row, "is_complete", estimate->is_complete);
  stoker_json_set_money (row, "per_output", estimate->per_output);
  stoker_json_set_money (row, "at_rest_per_month", estimate->at_rest_per_month);
  stoker_json_set_count (row, "ready_s", estimate->ready_s);
  stoker_json_set_count (row, "wall_s", estimate->wall_s);
  stoker_json_set_copy (row, "estimate", node);
}

static JsonObject *
make_row (const StokerAdvice *advice, const StokerCandidate *candidate, gint64 volume)
{
  g_autofree char *name = stoker_comparison_name_row (candidate);
  const StokerOffer *offer = &candidate->offer;
  JsonObject *row = json_object_new ();

  stoker_json_set_text (row, "row", name);
  stoker_json_set_text (row, "provider", candidate->id);
  stoker_json_set_text (row, "name", candidate->name);
  stoker_json_set_text (row, "plan", offer->plan->id);
  stoker_json_set_text (row, "plan_kind", stoker_plan_kind_names[offer->plan->kind]);
  stoker_json_set_text (row, "gpu", offer->gpu);
  stoker_json_set_text (row, "output_model", offer->output_model);
  stoker_json_set_text (row, "region", offer->region);
  stoker_json_set_text (row, "residency", candidate->residency);
  json_object_set_boolean_member (row, "is_local", candidate->is_local);
  stoker_json_set_measure (row, "score", candidate->score);
  set_estimate (row, candidate, advice->made_us);
  stoker_json_set_money (row, "per_month",
                         stoker_comparison_monthly_cost (candidate, advice, volume));
  stoker_json_set_texts (row, "warnings", candidate->warnings);

  return row;
}

static JsonArray *
make_rows (const StokerAdvice *advice, gint64 volume)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < advice->candidates->len; i++)
    json_array_add_object_element (rows, make_row (advice, advice->candidates->pdata[i], volume));

  return rows;
}

static JsonArray *
make_break_even (const StokerAdvice *advice)
{
  g_autoptr (GArray) crossings = stoker_curve_list_crossings (advice);
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < crossings->len; i++)
    {
      const StokerCrossing *crossing = &g_array_index (crossings, StokerCrossing, i);
      g_autofree char *below = stoker_comparison_name_row (crossing->below);
      g_autofree char *above = stoker_comparison_name_row (crossing->above);
      JsonObject *object = json_object_new ();

      stoker_json_set_count (object, "outputs_per_month", crossing->outputs);
      stoker_json_set_text (object, "cheaper_below", below);
      stoker_json_set_text (object, "cheaper_from", above);
      stoker_json_set_money (object, "cost", crossing->cost);
      json_object_set_boolean_member (object, "is_frontier", crossing->is_frontier);
      json_array_add_object_element (list, object);
    }

  return list;
}

/**
 * stoker_comparison_to_json:
 * @outputs_per_month: 0 or less: the workload's own
 *
 * `{"outputs_per_month", "rows":
 * [{"row","provider","plan",…,"total","per_output","per_month","estimate"}], "break_even":
 * [{"outputs_per_month","cheaper_below","cheaper_from","cost","is_frontier"}]}`, amounts as decimal
 * texts with their currency, unknown ones as null.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
stoker_comparison_to_json (const StokerAdvice *advice, gint64 outputs_per_month)
{
  gint64 volume = stoker_comparison_choose_volume (advice, outputs_per_month);
  JsonNode *node = json_node_alloc ();
  g_autoptr (JsonObject) object = json_object_new ();

  stoker_json_set_count (object, "outputs_per_month", volume);
  json_object_set_array_member (object, "rows", make_rows (advice, volume));
  json_object_set_array_member (object, "break_even", make_break_even (advice));
  json_node_init_object (node, object);

  return node;
}
