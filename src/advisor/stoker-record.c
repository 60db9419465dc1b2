/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json-write.h"
#include "stoker-weighing-private.h"

static void
set_requirements (JsonObject *object, const StokerRequirements *requirements)
{
  json_object_set_boolean_member (object, "needs_gpu", requirements->needs_gpu);
  stoker_json_set_measure (object, "min_vram_gb", requirements->min_vram_gb);
  stoker_json_set_text (object, "vram_reason", requirements->vram_reason);
  stoker_json_set_text (object, "pace", requirements->is_batch ? "batch" : "burst");
  json_object_set_boolean_member (object, "persistent_storage",
                                  requirements->needs_persistent_storage);
  stoker_json_set_measure (object, "upload_gb", requirements->upload_gb);
  stoker_json_set_measure (object, "download_gb", requirements->download_gb);
  stoker_json_set_measure (object, "storage_gb", requirements->storage_gb);
  stoker_json_set_count (object, "work_s", requirements->work_s);
  stoker_json_set_count (object, "outputs", requirements->outputs);
}

static void
set_local (JsonObject *object, const StokerWeighing *weighing)
{
  const StokerLocalSnapshot *snapshot = weighing->input->local;
  const StokerGpu *gpu = snapshot != NULL ? stoker_local_snapshot_get_largest_gpu (snapshot) : NULL;
  JsonObject *local = json_object_new ();

  stoker_json_set_text (local, "gpu", gpu != NULL ? gpu->name : NULL);
  stoker_json_set_measure (local, "vram_gb", gpu != NULL ? gpu->vram_total_gb : -1);
  stoker_json_set_measure (local, "vram_used_gb", gpu != NULL ? gpu->vram_used_gb : -1);
  stoker_json_set_measure (local, "load_percent", gpu != NULL ? gpu->load_percent : -1);
  stoker_json_set_text (local, "problem", weighing->local_reason);
  json_object_set_object_member (object, "local", local);
}

/* The weights of the first candidate stand for all: they depend on mode and wish alone. */
static void
set_weights (JsonObject *object, const StokerAdvice *advice)
{
  const StokerCandidate *first = advice->candidates->len > 0 ? advice->candidates->pdata[0] : NULL;
  JsonObject *weights = json_object_new ();

  for (guint i = 0; first != NULL && i < first->terms->len; i++)
    {
      const StokerScoreTerm *term = &g_array_index (first->terms, StokerScoreTerm, i);

      stoker_json_set_measure (weights, term->name, term->weight);
    }
  json_object_set_object_member (object, "weights", weights);
}

static JsonNode *
wrap (JsonObject *object)
{
  JsonNode *node = json_node_alloc ();

  json_node_init_object (node, object);
  json_object_unref (object);
  json_node_seal (node);

  return node;
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
  JsonObject *object = json_object_new ();

  set_requirements (object, &weighing->requirements);
  stoker_json_set_text (object, "mode", stoker_mode_names[weighing->mode]);
  set_weights (object, advice);
  if (weighing->mode == STOKER_MODE_SPEED)
    stoker_json_set_text (object, "speed_note",
                          "The term \"speed\" is a coarse ratio nobody measured (RTX 3090 = 1); no "
                          "cost or time depends on it.");
  set_local (object, weighing);
  stoker_json_set_count (object, "offers_weighed", weighing->n_offers);
  stoker_json_set_count (object, "plans_weighed", g_hash_table_size (weighing->lots));
  stoker_json_set_count (object, "candidates", advice->candidates->len);
  stoker_json_set_count (object, "rejected", advice->rejected->len);

  return wrap (object);
}

static void
set_chosen (JsonObject *object, const StokerCandidate *chosen)
{
  StokerMoney total = chosen != NULL ? chosen->estimate->total : stoker_money_unknown ();
  g_autofree char *text = stoker_money_format_for_record (total);

  stoker_json_set_text (object, "provider", chosen != NULL ? chosen->id : NULL);
  stoker_json_set_text (object, "plan", chosen != NULL ? chosen->offer.plan->id : NULL);
  stoker_json_set_text (object, "gpu", chosen != NULL ? chosen->offer.gpu : NULL);
  stoker_json_set_text (object, "estimated_cost", chosen != NULL ? text : NULL);
  stoker_json_set_money (object, "cost", total);
  json_object_set_boolean_member (object, "cost_is_complete",
                                  chosen != NULL && chosen->estimate->is_complete);
  stoker_json_set_text (object, "residency", chosen != NULL ? chosen->residency : NULL);
}

/**
 * stoker_record_summary:
 *
 * Returns: (transfer full): the small record for the audit log
 */
JsonNode *
stoker_record_summary (const StokerWeighing *weighing, const StokerAdvice *advice)
{
  g_autoptr (GPtrArray) licences = stoker_list_licences (weighing->workload);
  const StokerCandidate *chosen = stoker_advice_get_chosen (advice);
  JsonObject *object = json_object_new ();

  stoker_json_set_text (object, "type", weighing->workload->type);
  stoker_json_set_text (object, "project", weighing->workload->project);
  stoker_json_set_text (object, "choice", stoker_choice_names[advice->choice]);
  set_chosen (object, chosen);
  stoker_json_set_text (object, "mode", stoker_mode_names[weighing->mode]);
  stoker_json_set_text (object, "reason", advice->reason);
  stoker_json_set_texts (object, "licences", licences);
  stoker_json_set_texts (object, "warnings", chosen != NULL ? chosen->warnings : advice->warnings);

  return wrap (object);
}
