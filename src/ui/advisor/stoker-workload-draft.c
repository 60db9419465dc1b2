/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-workload-draft.h"

#include "stoker-json.h"

static double
or_zero (double value)
{
  return value > 0 ? value : 0;
}

/**
 * stoker_workload_draft_clear:
 *
 * Frees what it holds and sets it back to "nothing told".
 */
void
stoker_workload_draft_clear (StokerWorkloadDraft *self)
{
  g_clear_pointer (&self->residency, g_strfreev);
  *self = (StokerWorkloadDraft){ 0 };
}

/**
 * stoker_workload_draft_read:
 * @self: (out caller-allocates): an empty draft
 * @workload: a workload
 *
 * Takes over what the form can show.
 */
void
stoker_workload_draft_read (StokerWorkloadDraft *self, const StokerWorkload *workload)
{
  self->type = workload->type != NULL ? g_intern_string (workload->type) : NULL;
  self->vram_gb = or_zero (workload->min_vram_gb);
  self->minutes = or_zero (workload->estimated_minutes);
  self->upload_mb = or_zero (workload->upload_mb);
  self->outputs = MAX (workload->outputs, 0);
  self->seconds_per_output = or_zero (workload->seconds_per_output);
  self->mode = workload->has_mode ? workload->mode : STOKER_MODE_BALANCED;
  self->budget_usd = workload->budget.is_known ? or_zero (stoker_money_to_double (workload->budget))
                                               : 0;
  self->residency = g_strdupv (workload->residency);
  self->allows_spot = workload->allows_spot;
}

static void
set_number (JsonObject *object, const char *name, double value)
{
  if (value <= 0)
    json_object_remove_member (object, name);
  else if (value == (double) (gint64) value)
    json_object_set_int_member (object, name, (gint64) value);
  else
    json_object_set_double_member (object, name, value);
}

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value == NULL)
    json_object_remove_member (object, name);
  else
    json_object_set_string_member (object, name, value);
}

/* The object of that name in @parent, made when it is not there or is something else. */
static JsonObject *
ensure_object (JsonNode *parent, const char *name)
{
  StokerJsonPlace root = stoker_json_root (parent, NULL);
  StokerJsonPlace member = stoker_json_member (&root, name);
  JsonObject *object = NULL;

  if (stoker_json_is_present (&member) && JSON_NODE_HOLDS_OBJECT (member.node))
    return json_node_get_object (member.node);
  object = json_object_new ();
  json_object_set_object_member (json_node_get_object (parent), name, object);
  return object;
}

static void
drop_when_empty (JsonNode *parent, const char *name, JsonObject *object)
{
  JsonObjectIter iter;

  json_object_iter_init (&iter, object);
  if (!json_object_iter_next (&iter, NULL, NULL))
    json_object_remove_member (json_node_get_object (parent), name);
}

static void
write_outputs (const StokerWorkloadDraft *self, JsonNode *node)
{
  JsonObject *outputs = ensure_object (node, "outputs");

  /* The short form has the number under "outputs" and the seconds beside it. */
  json_object_remove_member (json_node_get_object (node), "seconds_per_output");
  set_number (outputs, "count", self->outputs);
  set_number (outputs, "seconds_per_output", self->seconds_per_output);
  drop_when_empty (node, "outputs", outputs);
}

static void
write_residency (const StokerWorkloadDraft *self, JsonObject *object)
{
  JsonArray *tags = NULL;

  if (self->residency == NULL || self->residency[0] == NULL)
    {
      json_object_remove_member (object, "residency");
      return;
    }
  tags = json_array_new ();
  for (gsize i = 0; self->residency[i] != NULL; i++)
    json_array_add_string_element (tags, self->residency[i]);
  json_object_set_array_member (object, "residency", tags);
}

/**
 * stoker_workload_draft_write:
 * @source: (nullable): the document the form was filled from
 *
 * Returns: (transfer full): @source with what the form says put in; all else in it, such as payload
 * and command, stays
 */
JsonNode *
stoker_workload_draft_write (const StokerWorkloadDraft *self, JsonNode *source)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *requirements = NULL;
  JsonObject *budget = NULL;

  if (source != NULL && JSON_NODE_HOLDS_OBJECT (source))
    {
      g_autofree char *text = stoker_json_to_string (source, FALSE);

      /* A copy of a node shares its object, so the text is read again. */
      node = stoker_json_parse (text, -1, NULL, NULL);
    }
  if (node == NULL)
    {
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
    }
  requirements = ensure_object (node, "requirements");
  set_text (requirements, "type", self->type);
  set_number (requirements, "min_vram_gb", self->vram_gb);
  set_number (requirements, "estimated_minutes", self->minutes);
  set_number (requirements, "upload_mb", self->upload_mb);
  drop_when_empty (node, "requirements", requirements);
  budget = ensure_object (node, "budget");
  set_number (budget, "limit_usd", self->budget_usd);
  set_text (budget, "mode", stoker_mode_names[self->mode]);
  write_outputs (self, node);
  write_residency (self, json_node_get_object (node));
  if (self->allows_spot)
    json_object_set_boolean_member (json_node_get_object (node), "allow_spot", TRUE);
  else
    json_object_remove_member (json_node_get_object (node), "allow_spot");
  return g_steal_pointer (&node);
}
