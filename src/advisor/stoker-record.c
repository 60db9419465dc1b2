/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-weighing-private.h"

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* Not told is null, never -1. */
static void
add_count (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  if (value >= 0)
    json_builder_add_int_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (value >= 0)
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_strings (JsonBuilder *builder, const char *name, GPtrArray *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    json_builder_add_string_value (builder, texts->pdata[i]);
  json_builder_end_array (builder);
}

static void
add_requirements (JsonBuilder *builder, const StokerRequirements *requirements)
{
  add_boolean (builder, "needs_gpu", requirements->needs_gpu);
  add_number (builder, "min_vram_gb", requirements->min_vram_gb);
  add_string (builder, "vram_reason", requirements->vram_reason);
  add_string (builder, "pace", requirements->is_batch ? "batch" : "burst");
  add_boolean (builder, "persistent_storage", requirements->needs_persistent_storage);
  add_number (builder, "upload_gb", requirements->upload_gb);
  add_number (builder, "download_gb", requirements->download_gb);
  add_number (builder, "storage_gb", requirements->storage_gb);
  add_count (builder, "work_s", requirements->work_s);
  add_count (builder, "outputs", requirements->outputs);
}

static void
add_local (JsonBuilder *builder, const StokerWeighing *weighing)
{
  const StokerLocalSnapshot *local = weighing->input->local;
  const StokerGpu *gpu = local != NULL ? stoker_local_snapshot_get_largest_gpu (local) : NULL;

  json_builder_set_member_name (builder, "local");
  json_builder_begin_object (builder);
  add_string (builder, "gpu", gpu != NULL ? gpu->name : NULL);
  add_number (builder, "vram_gb", gpu != NULL ? gpu->vram_total_gb : -1);
  add_number (builder, "vram_used_gb", gpu != NULL ? gpu->vram_used_gb : -1);
  add_number (builder, "load_percent", gpu != NULL ? gpu->load_percent : -1);
  add_string (builder, "problem", weighing->local_reason);
  json_builder_end_object (builder);
}

/* The weights of the first candidate stand for all: they depend on mode and wish alone. */
static void
add_weights (JsonBuilder *builder, const StokerAdvice *advice)
{
  const StokerCandidate *first = advice->candidates->len > 0 ? advice->candidates->pdata[0] : NULL;

  json_builder_set_member_name (builder, "weights");
  json_builder_begin_object (builder);
  for (guint i = 0; first != NULL && i < first->terms->len; i++)
    {
      const StokerScoreTerm *term = &g_array_index (first->terms, StokerScoreTerm, i);

      add_number (builder, term->name, term->weight);
    }
  json_builder_end_object (builder);
}

/**
 * stoker_record_analysis:
 *
 * Returns: (transfer full): how the advice came about: requirements with their reasons, this
 * machine, the weights and how much was weighed
 */
JsonNode *
stoker_record_analysis (StokerWeighing *weighing, const StokerAdvice *advice)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_requirements (builder, &weighing->requirements);
  add_string (builder, "mode", stoker_mode_names[weighing->mode]);
  add_weights (builder, advice);
  if (weighing->mode == STOKER_MODE_SPEED)
    add_string (
      builder, "speed_note",
      "The term \"speed\" is a coarse ratio nobody measured (RTX 3090 = 1); no cost or time "
      "depends on it.");
  add_local (builder, weighing);
  add_count (builder, "offers_weighed", weighing->n_offers);
  add_count (builder, "plans_weighed", g_hash_table_size (weighing->lots));
  add_count (builder, "candidates", advice->candidates->len);
  add_count (builder, "rejected", advice->rejected->len);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static void
add_choice (JsonBuilder *builder, const StokerCandidate *chosen)
{
  StokerMoney total = chosen != NULL ? chosen->estimate->total : stoker_money_unknown ();
  g_autofree char *text = stoker_money_format (total);
  g_autofree char *decimal = stoker_money_to_decimal (total);

  add_string (builder, "provider", chosen != NULL ? chosen->id : NULL);
  add_string (builder, "plan", chosen != NULL ? chosen->offer.plan->id : NULL);
  add_string (builder, "gpu", chosen != NULL ? chosen->offer.gpu : NULL);
  add_string (builder, "cost", chosen != NULL ? text : NULL);
  add_string (builder, "amount", decimal);
  add_string (builder, "currency", decimal != NULL ? total.currency : NULL);
  add_boolean (builder, "cost_complete", chosen != NULL && chosen->estimate->is_complete);
  add_string (builder, "residency", chosen != NULL ? chosen->residency : NULL);
}

/**
 * stoker_record_summary:
 *
 * Returns: (transfer full): the small record for the audit log
 */
JsonNode *
stoker_record_summary (const StokerWeighing *weighing, const StokerAdvice *advice)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (GPtrArray) licences = stoker_list_licences (weighing->workload);
  const StokerCandidate *chosen = stoker_advice_get_chosen (advice);

  json_builder_begin_object (builder);
  add_string (builder, "type", weighing->workload->type);
  add_string (builder, "project", weighing->workload->project);
  add_string (builder, "choice", stoker_choice_names[advice->choice]);
  add_choice (builder, chosen);
  add_string (builder, "mode", stoker_mode_names[weighing->mode]);
  add_string (builder, "reason", advice->reason);
  add_strings (builder, "licences", licences);
  add_strings (builder, "warnings", chosen != NULL ? chosen->warnings : advice->warnings);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
