/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-workload-draft.h"

#include "stoker-json.h"

#include <math.h>

/* A number of the form: where it stands in the document, and how far a row may round it. */
typedef struct
{
  const char *group; /* nullable: at the top */
  const char *name;
  gsize offset;
  double tolerance;
} Number;

#define NUMBER(group, name, field, tolerance)                            \
  {                                                                      \
    group, name, G_STRUCT_OFFSET (StokerWorkloadDraft, field), tolerance \
  }

/* Rows show two digits; those for transfers show GB of what are MB here. */
#define DIGITS .005
#define GB_DIGITS 5.

static const Number numbers[] = {
  NUMBER ("requirements", "min_vram_gb", vram_gb, DIGITS),
  NUMBER ("requirements", "estimated_minutes", minutes, DIGITS),
  NUMBER ("requirements", "gpus", gpus, DIGITS),
  NUMBER ("requirements", "upload_mb", upload_mb, GB_DIGITS),
  NUMBER ("requirements", "download_mb", download_mb, GB_DIGITS),
  NUMBER ("budget", "limit_usd", budget_usd, DIGITS),
  NUMBER ("outputs", "count", outputs, DIGITS),
  NUMBER ("outputs", "seconds_per_output", seconds_per_output, DIGITS),
  NUMBER ("outputs", "per_month", outputs_per_month, DIGITS),
  NUMBER (NULL, "hours_per_month", hours_per_month, DIGITS),
  NUMBER (NULL, "deadline_minutes", deadline_minutes, DIGITS),
};

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
  g_strfreev (self->residency);
  g_strfreev (self->regions);
  g_strfreev (self->opt_in);
  g_free (self->name);
  g_free (self->preferred_provider);
  g_free (self->prompt);
  *self = (StokerWorkloadDraft){ 0 };
}

static void
read_wishes (StokerWorkloadDraft *self, const StokerWorkload *workload)
{
  self->residency = g_strdupv (workload->residency);
  self->regions = g_strdupv (workload->regions);
  self->opt_in = g_strdupv (workload->opt_in);
  self->preferred_provider = g_strdup (workload->preferred_provider);
  self->allows_spot = workload->allows_spot;
  self->wish = workload->wish;
  self->keeps_files = workload->needs_persistent_storage == STOKER_TRI_YES;
  self->mode = workload->has_mode ? workload->mode : STOKER_MODE_BALANCED;
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
  self->name = g_strdup (workload->name);
  self->type = workload->type != NULL ? g_intern_string (workload->type) : NULL;
  self->vram_gb = or_zero (workload->min_vram_gb);
  self->minutes = or_zero (workload->estimated_minutes);
  self->gpus = workload->gpus > 1 ? workload->gpus : 0;
  self->upload_mb = or_zero (workload->upload_mb);
  self->download_mb = or_zero (workload->download_mb);
  self->outputs = or_zero ((double) workload->outputs);
  self->seconds_per_output = or_zero (workload->seconds_per_output);
  self->outputs_per_month = or_zero ((double) workload->outputs_per_month);
  self->hours_per_month = or_zero (workload->hours_per_month);
  self->deadline_minutes = or_zero (workload->deadline_minutes);
  self->budget_usd = workload->budget.is_known ? or_zero (stoker_money_to_double (workload->budget))
                                               : 0;
  read_wishes (self, workload);
  if (workload->payload != NULL)
    {
      StokerJsonPlace payload = stoker_json_root (workload->payload, NULL);

      stoker_json_get_string (&payload, "prompt", STOKER_JSON_OPTIONAL, &self->prompt, NULL);
    }
}

/**
 * stoker_workload_draft_copy_numbers:
 * @other: where the numbers come from
 */
void
stoker_workload_draft_copy_numbers (StokerWorkloadDraft *self, const StokerWorkloadDraft *other)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    G_STRUCT_MEMBER (double, self, numbers[i].offset) = G_STRUCT_MEMBER (double, other,
                                                                         numbers[i].offset);
}

/**
 * stoker_workload_draft_keep_numbers:
 * @self: what the rows say now
 * @shown: what they said right after they were filled
 * @loaded: what they were filled with
 *
 * A row that nobody touched stands for the number it was filled with, also when that one is beyond
 * what the row can show.
 */
void
stoker_workload_draft_keep_numbers (StokerWorkloadDraft *self,
                                    const StokerWorkloadDraft *shown,
                                    const StokerWorkloadDraft *loaded)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gsize offset = numbers[i].offset;

      if (fabs (G_STRUCT_MEMBER (double, self, offset) - G_STRUCT_MEMBER (double, shown, offset)) <
          numbers[i].tolerance)
        G_STRUCT_MEMBER (double, self, offset) = G_STRUCT_MEMBER (double, loaded, offset);
    }
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
  if (value == NULL || *value == '\0')
    json_object_remove_member (object, name);
  else
    json_object_set_string_member (object, name, value);
}

static void
set_texts (JsonObject *object, const char *name, GStrv values)
{
  JsonArray *array = NULL;

  if (values == NULL || values[0] == NULL)
    {
      json_object_remove_member (object, name);
      return;
    }
  array = json_array_new ();
  for (gsize i = 0; values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  json_object_set_array_member (object, name, array);
}

static void
set_flag (JsonObject *object, const char *name, gboolean value)
{
  if (value)
    json_object_set_boolean_member (object, name, TRUE);
  else
    json_object_remove_member (object, name);
}

/* The object of that name in @parent, made when it is not there or is something else; the parent
 * itself without a name. */
static JsonObject *
ensure_object (JsonNode *parent, const char *name)
{
  StokerJsonPlace root = stoker_json_root (parent, NULL);
  StokerJsonPlace member = { 0 };
  JsonObject *object = NULL;

  if (name == NULL)
    return json_node_get_object (parent);
  member = stoker_json_member (&root, name);
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

  if (name == NULL)
    return;
  json_object_iter_init (&iter, object);
  if (!json_object_iter_next (&iter, NULL, NULL))
    json_object_remove_member (json_node_get_object (parent), name);
}

/* The short form has the number of outputs under "outputs" and the seconds beside it. */
static JsonObject *
ensure_outputs (const StokerWorkloadDraft *before, JsonNode *node)
{
  StokerJsonPlace root = stoker_json_root (node, NULL);
  StokerJsonPlace count = stoker_json_member (&root, "outputs");
  StokerJsonPlace seconds = stoker_json_member (&root, "seconds_per_output");
  gboolean is_short = stoker_json_is_present (&seconds) ||
                      (stoker_json_is_present (&count) && !JSON_NODE_HOLDS_OBJECT (count.node));
  JsonObject *outputs = ensure_object (node, "outputs");

  if (!is_short)
    return outputs;
  json_object_remove_member (json_node_get_object (node), "seconds_per_output");
  set_number (outputs, "count", before->outputs);
  set_number (outputs, "seconds_per_output", before->seconds_per_output);
  return outputs;
}

static void
write_numbers (const StokerWorkloadDraft *self, const StokerWorkloadDraft *before, JsonNode *node)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const Number *number = &numbers[i];
      double value = G_STRUCT_MEMBER (double, self, number->offset);
      JsonObject *object = NULL;

      if (fabs (value - G_STRUCT_MEMBER (double, before, number->offset)) < number->tolerance)
        continue;
      object = g_strcmp0 (number->group, "outputs") == 0 ? ensure_outputs (before, node)
                                                         : ensure_object (node, number->group);
      set_number (object, number->name, value);
      drop_when_empty (node, number->group, object);
    }
}

static gboolean
are_equal (GStrv left, GStrv right)
{
  static const char *const none[] = { NULL };

  return g_strv_equal (left != NULL ? (const char *const *) left : none,
                       right != NULL ? (const char *const *) right : none);
}

static void
write_requirements (const StokerWorkloadDraft *self,
                    const StokerWorkloadDraft *before,
                    JsonNode *node)
{
  JsonObject *requirements = ensure_object (node, "requirements");

  if (g_strcmp0 (self->type, before->type) != 0)
    set_text (requirements, "type", self->type);
  if (self->keeps_files != before->keeps_files)
    set_flag (requirements, "persistent_storage", self->keeps_files);
  drop_when_empty (node, "requirements", requirements);
}

static void
write_wishes (const StokerWorkloadDraft *self, const StokerWorkloadDraft *before, JsonNode *node)
{
  static const char *const wishes[] = {
    [STOKER_WISH_NONE] = NULL,
    [STOKER_WISH_LATENCY] = "latency",
    [STOKER_WISH_THROUGHPUT] = "throughput",
  };
  JsonObject *object = json_node_get_object (node);

  if (g_strcmp0 (self->name, before->name) != 0)
    set_text (object, "name", self->name);
  if (!are_equal (self->residency, before->residency))
    set_texts (object, "residency", self->residency);
  if (!are_equal (self->regions, before->regions))
    set_texts (object, "regions", self->regions);
  if (!are_equal (self->opt_in, before->opt_in))
    set_texts (object, "opt_in", self->opt_in);
  if (g_strcmp0 (self->preferred_provider, before->preferred_provider) != 0)
    set_text (object, "preferred_provider", self->preferred_provider);
  if (self->wish != before->wish)
    set_text (object, "wish", wishes[self->wish]);
  if (self->allows_spot != before->allows_spot)
    set_flag (object, "allow_spot", self->allows_spot);
}

static void
write_prompt (const StokerWorkloadDraft *self, const StokerWorkloadDraft *before, JsonNode *node)
{
  JsonObject *payload = NULL;

  if (g_strcmp0 (self->prompt, before->prompt) == 0)
    return;
  payload = ensure_object (node, "payload");
  set_text (payload, "prompt", self->prompt);
  drop_when_empty (node, "payload", payload);
}

/* A copy of a node shares its object, so the text is read again. */
static JsonNode *
copy_document (JsonNode *source)
{
  g_autofree char *text = NULL;
  JsonNode *node = NULL;

  if (source != NULL && JSON_NODE_HOLDS_OBJECT (source))
    {
      text = stoker_json_to_string (source, FALSE);
      node = stoker_json_parse (text, -1, NULL, NULL);
    }
  if (node != NULL)
    return node;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, json_object_new ());
  return node;
}

/**
 * stoker_workload_draft_write:
 * @source: (nullable): the document the form was filled from
 *
 * Puts into the document what the form says otherwise than the document did. Whatever the form was
 * not used to change stays as it was written: payload and command, members that nobody here knows,
 * a 0 that means none rather than "not told", and digits that a row does not show.
 *
 * Returns: (transfer full): the new document
 */
JsonNode *
stoker_workload_draft_write (const StokerWorkloadDraft *self, JsonNode *source)
{
  g_autoptr (JsonNode) node = copy_document (source);
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (node, NULL, NULL);
  g_auto (StokerWorkloadDraft) before = { 0 };

  if (workload != NULL)
    stoker_workload_draft_read (&before, workload);
  write_numbers (self, &before, node);
  write_requirements (self, &before, node);
  write_wishes (self, &before, node);
  write_prompt (self, &before, node);
  if (source == NULL || self->mode != before.mode)
    set_text (ensure_object (node, "budget"), "mode", stoker_mode_names[self->mode]);
  return g_steal_pointer (&node);
}
