/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-advice.h"
#include "stoker-json-write.h"

static void
set_estimated_cost (JsonObject *object, const StokerCandidate *candidate)
{
  g_autofree char *text = NULL;

  /* Not translated: the member is for programs, although it looks as people like it. */
  if (candidate != NULL && candidate->estimate != NULL && candidate->estimate->total.is_known)
    text = stoker_money_format_for_record (candidate->estimate->total);
  stoker_json_set_text (object, "estimated_cost", text);
}

/* What Run sends there costs by its own parameters, which need not be the whole workload. */
static void
set_request_price (JsonObject *object, const StokerOffer *offer)
{
  if (offer->request != NULL)
    stoker_json_set_money (object, "request_price", offer->request->total);
  else
    json_object_set_null_member (object, "request_price");
  stoker_json_set_count (object, "request_outputs",
                         offer->request != NULL ? MAX (offer->request_outputs, 1) : -1);
}

static JsonArray *
terms_to_json (GArray *terms)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < terms->len; i++)
    {
      const StokerScoreTerm *term = &g_array_index (terms, StokerScoreTerm, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", term->name);
      json_object_set_double_member (object, "weight", term->weight);
      json_object_set_double_member (object, "value", term->value);
      json_array_add_object_element (array, object);
    }

  return array;
}

/**
 * stoker_candidate_to_json:
 * @now_us: the present, for the age of figures
 *
 * Returns: (transfer full): a candidate as the faces print it; its cost, when unknown, is null, and
 * so is `request_price` where the provider does not tell what one request costs
 */
JsonNode *
stoker_candidate_to_json (const StokerCandidate *self, gint64 now_us)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  stoker_json_set_text (object, "name", self->name);
  stoker_json_set_text (object, "service", self->service);
  json_object_set_boolean_member (object, "local", self->is_local);
  json_object_set_boolean_member (object, "registered", self->is_registered);
  json_object_set_boolean_member (object, "can_run", stoker_candidate_can_run (self));
  json_object_set_member (object, "offer", stoker_offer_to_json (&self->offer));
  stoker_json_set_text (object, "residency", self->residency);
  stoker_json_set_text (object, "policy_hint", self->policy_hint);
  set_estimated_cost (object, self);
  set_request_price (object, &self->offer);
  if (self->estimate != NULL)
    json_object_set_member (object, "estimate", stoker_estimate_to_json (self->estimate, now_us));
  else
    json_object_set_null_member (object, "estimate");
  json_object_set_double_member (object, "score", self->score);
  json_object_set_array_member (object, "terms", terms_to_json (self->terms));
  stoker_json_set_texts (object, "warnings", self->warnings);

  return json_node_init_object (json_node_alloc (), object);
}

static JsonArray *
candidates_to_json (const StokerAdvice *self, guint limit)
{
  JsonArray *array = json_array_new ();
  guint count = limit > 0 ? MIN (limit, self->candidates->len) : self->candidates->len;

  for (guint i = 0; i < count; i++)
    json_array_add_element (array,
                            stoker_candidate_to_json (g_ptr_array_index (self->candidates, i),
                                                      self->made_us));

  return array;
}

static JsonArray *
rejected_to_json (const StokerAdvice *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->rejected->len; i++)
    {
      const StokerRejection *rejection = g_ptr_array_index (self->rejected, i);
      JsonObject *object = json_object_new ();

      stoker_json_set_text (object, "id", rejection->id);
      stoker_json_set_text (object, "name", rejection->name);
      stoker_json_set_text (object, "offer", rejection->offer);
      stoker_json_set_text (object, "group", rejection->group);
      stoker_json_set_text (object, "reason", rejection->reason);
      json_array_add_object_element (array, object);
    }

  return array;
}

/**
 * stoker_advice_to_json:
 * @limit: how many candidates to tell at most; 0 for all
 *
 * The union of the two forms that callers of older advisors expect: `choice`, `provider`,
 * `estimated_cost` and `reason` of the short one, `remote_candidate`, `analysis` and `job_summary`
 * of the long one, and what Stoker adds.
 *
 * Returns: (transfer full): the advice; `provider` and `estimated_cost` are null when nothing was
 * chosen
 */
JsonNode *
stoker_advice_to_json (const StokerAdvice *self, guint limit)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const StokerCandidate *chosen = stoker_advice_get_chosen (self);
  const StokerCandidate *remote = stoker_advice_get_remote_candidate (self);

  json_object_set_string_member (object, "choice", stoker_choice_names[self->choice]);
  stoker_json_set_text (object, "provider", chosen != NULL ? chosen->id : NULL);
  set_estimated_cost (object, chosen);
  stoker_json_set_text (object, "reason", self->reason);
  if (remote != NULL)
    json_object_set_member (object, "remote_candidate",
                            stoker_candidate_to_json (remote, self->made_us));
  else
    json_object_set_null_member (object, "remote_candidate");
  json_object_set_array_member (object, "candidates", candidates_to_json (self, limit));
  json_object_set_array_member (object, "rejected", rejected_to_json (self));
  stoker_json_set_texts (object, "warnings", self->warnings);
  stoker_json_set_texts (object, "chain", self->chain);
  stoker_json_set_copy (object, "analysis", self->analysis);
  stoker_json_set_copy (object, "job_summary", self->job_summary);
  stoker_json_set_time (object, "made_at", self->made_us);

  return json_node_init_object (json_node_alloc (), object);
}
