/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-workload.h"

#include "stoker-workload-private.h"

#define MAX_WORKLOAD_BYTES ((gsize) 4 * 1024 * 1024)
#define MAX_ELEMENTS 10000

/* Limits that only mistakes go beyond; they keep products of these figures within 64 bits. */
#define MAX_GB 100000
#define MAX_MB 1e9
#define MAX_MINUTES 1e7
#define MAX_SECONDS 1e7
#define MAX_OUTPUTS 1000000000
#define MAX_USD 1e8
#define HOURS_OF_MONTH 744

static const char *const output_kinds[] = { "image", "video", "audio", NULL };
static const char *const wishes[] = { "latency", "throughput", NULL };

static gboolean
decode_measure (
  const StokerJsonPlace *parent, const char *name, double max, double *out, GError **error)
{
  return stoker_json_get_double (parent, name, STOKER_JSON_OPTIONAL, 0, max, out, error);
}

static gboolean
decode_storage_need (const StokerJsonPlace *requirements, StokerTri *out, GError **error)
{
  StokerJsonPlace place = stoker_json_member (requirements, "persistent_storage");
  gboolean value = FALSE;

  if (!stoker_json_get_boolean (requirements, "persistent_storage", STOKER_JSON_OPTIONAL, &value,
                                error))
    return FALSE;
  if (stoker_json_is_present (&place))
    *out = value ? STOKER_TRI_YES : STOKER_TRI_NO;

  return TRUE;
}

static gboolean
decode_requirements (const StokerJsonPlace *root, StokerWorkload *self, GError **error)
{
  StokerJsonPlace place = { 0 };
  gint64 gpus = 1;

  if (!stoker_json_get_object (root, "requirements", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (place.node == NULL)
    return TRUE;
  if (!stoker_json_get_string (&place, "type", STOKER_JSON_OPTIONAL, &self->type, error) ||
      !decode_measure (&place, "min_vram_gb", MAX_GB, &self->min_vram_gb, error) ||
      !decode_measure (&place, "estimated_minutes", MAX_MINUTES, &self->estimated_minutes, error) ||
      !stoker_json_get_int (&place, "gpus", STOKER_JSON_OPTIONAL, 1, 10000, &gpus, error) ||
      !decode_storage_need (&place, &self->needs_persistent_storage, error) ||
      !decode_measure (&place, "upload_mb", MAX_MB, &self->upload_mb, error) ||
      !decode_measure (&place, "download_mb", MAX_MB, &self->download_mb, error))
    return FALSE;

  self->gpus = (int) gpus;
  return TRUE;
}

static gboolean
decode_asset (const StokerJsonPlace *place, StokerWorkload *self, GError **error)
{
  g_autoptr (StokerAsset) asset = g_new0 (StokerAsset, 1);

  asset->size_mb = -1;
  if (!stoker_json_expect_object (place, error) ||
      !stoker_json_get_string (place, "name", STOKER_JSON_OPTIONAL, &asset->name, error) ||
      !decode_measure (place, "size_mb", MAX_MB, &asset->size_mb, error) ||
      !stoker_json_get_string (place, "type", STOKER_JSON_OPTIONAL, &asset->type, error) ||
      !stoker_json_get_string (place, "licence", STOKER_JSON_OPTIONAL, &asset->licence, error))
    return FALSE;

  g_ptr_array_add (self->assets, g_steal_pointer (&asset));
  return TRUE;
}

static gboolean
decode_workflow (const StokerJsonPlace *place, StokerWorkload *self, GError **error)
{
  g_autoptr (StokerWorkflowRef) workflow = g_new0 (StokerWorkflowRef, 1);

  if (!stoker_json_expect_object (place, error) ||
      !stoker_json_get_string (place, "id", STOKER_JSON_OPTIONAL, &workflow->id, error) ||
      !stoker_json_get_boolean (place, "cached", STOKER_JSON_OPTIONAL, &workflow->is_cached,
                                error) ||
      !stoker_json_get_boolean (place, "persist_outputs", STOKER_JSON_OPTIONAL,
                                &workflow->persists_outputs, error))
    return FALSE;

  g_ptr_array_add (self->workflows, g_steal_pointer (&workflow));
  return TRUE;
}

typedef gboolean (*ElementDecoder) (const StokerJsonPlace *place,
                                    StokerWorkload *self,
                                    GError **error);

static gboolean
decode_elements (const StokerJsonPlace *root,
                 const char *name,
                 ElementDecoder decode,
                 StokerWorkload *self,
                 GError **error)
{
  StokerJsonPlace place = { 0 };

  if (!stoker_json_get_array (root, name, STOKER_JSON_OPTIONAL, MAX_ELEMENTS, &place, error))
    return FALSE;
  for (guint i = 0; i < stoker_json_length (&place); i++)
    {
      StokerJsonPlace element = stoker_json_element (&place, i);

      if (!decode (&element, self, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
decode_budget (const StokerJsonPlace *root, StokerWorkload *self, GError **error)
{
  StokerJsonPlace place = { 0 };
  double limit_usd = -1;
  int mode = -1;

  if (!stoker_json_get_object (root, "budget", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (place.node == NULL)
    return TRUE;
  if (!decode_measure (&place, "limit_usd", MAX_USD, &limit_usd, error) ||
      !stoker_json_get_enum (&place, "mode", STOKER_JSON_OPTIONAL, stoker_mode_names, &mode, error))
    return FALSE;

  if (limit_usd >= 0)
    self->budget = stoker_money_scale_double (stoker_money_usd (STOKER_NANOS_PER_UNIT), limit_usd);
  self->has_mode = mode >= 0;
  if (self->has_mode)
    self->mode = (StokerMode) mode;

  return TRUE;
}

static gboolean
decode_pipeline (const StokerJsonPlace *root, StokerWorkload *self, GError **error)
{
  g_auto (GStrv) names = NULL;
  StokerJsonPlace place = { 0 };

  if (!stoker_json_get_object (root, "pipeline", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (place.node == NULL)
    return TRUE;
  names = stoker_json_list_members (&place);
  for (guint i = 0; names[i] != NULL; i++)
    {
      StokerJsonPlace stage = { 0 };
      gboolean requires_gpu = FALSE;

      if (!stoker_json_get_object (&place, names[i], STOKER_JSON_OPTIONAL, &stage, error))
        return FALSE;
      if (stage.node != NULL &&
          !stoker_json_get_boolean (&stage, "requires_gpu", STOKER_JSON_OPTIONAL, &requires_gpu,
                                    error))
        return FALSE;
      self->pipeline_requires_gpu = self->pipeline_requires_gpu || requires_gpu;
    }
  self->pipeline_stages = g_steal_pointer (&names);

  return TRUE;
}

static gboolean
decode_output_object (const StokerJsonPlace *place, StokerWorkload *self, GError **error)
{
  int kind = -1;

  if (!stoker_json_get_int (place, "count", STOKER_JSON_OPTIONAL, 0, MAX_OUTPUTS, &self->outputs,
                            error) ||
      !decode_measure (place, "seconds_per_output", MAX_SECONDS, &self->seconds_per_output,
                       error) ||
      !stoker_json_get_enum (place, "kind", STOKER_JSON_OPTIONAL, output_kinds, &kind, error) ||
      !stoker_json_get_int (place, "per_month", STOKER_JSON_OPTIONAL, 0, MAX_OUTPUTS,
                            &self->outputs_per_month, error))
    return FALSE;

  if (kind >= 0)
    self->output_kind = (StokerOutputKind) (kind + STOKER_OUTPUT_IMAGE);

  return TRUE;
}

/* Either an object, or a plain number with seconds_per_output beside it. */
static gboolean
decode_outputs (const StokerJsonPlace *root, StokerWorkload *self, GError **error)
{
  StokerJsonPlace place = stoker_json_member (root, "outputs");

  if (!decode_measure (root, "seconds_per_output", MAX_SECONDS, &self->seconds_per_output, error))
    return FALSE;
  if (!stoker_json_is_present (&place))
    return TRUE;
  if (stoker_json_expect_object (&place, NULL))
    return decode_output_object (&place, self, error);

  return stoker_json_get_int (root, "outputs", STOKER_JSON_OPTIONAL, 0, MAX_OUTPUTS, &self->outputs,
                              error);
}

static gboolean
decode_wishes (const StokerJsonPlace *root, StokerWorkload *self, GError **error)
{
  int wish = -1;

  if (!stoker_json_get_strings (root, "residency", STOKER_JSON_OPTIONAL, &self->residency, error) ||
      !stoker_json_get_strings (root, "regions", STOKER_JSON_OPTIONAL, &self->regions, error) ||
      !stoker_json_get_enum (root, "wish", STOKER_JSON_OPTIONAL, wishes, &wish, error) ||
      !decode_measure (root, "deadline_minutes", MAX_MINUTES, &self->deadline_minutes, error) ||
      !stoker_json_get_string (root, "preferred_provider", STOKER_JSON_OPTIONAL,
                               &self->preferred_provider, error) ||
      !stoker_json_get_strings (root, "opt_in", STOKER_JSON_OPTIONAL, &self->opt_in, error) ||
      !stoker_json_get_boolean (root, "allow_spot", STOKER_JSON_OPTIONAL, &self->allows_spot,
                                error) ||
      !decode_measure (root, "hours_per_month", HOURS_OF_MONTH, &self->hours_per_month, error))
    return FALSE;

  if (wish >= 0)
    self->wish = (StokerWish) (wish + STOKER_WISH_LATENCY);

  return TRUE;
}

static gboolean
decode_input (const StokerJsonPlace *root, StokerWorkload *self, GError **error)
{
  StokerJsonPlace payload = { 0 };
  StokerJsonPlace command = stoker_json_member (root, "command");

  if (!stoker_json_get_object (root, "payload", STOKER_JSON_OPTIONAL, &payload, error) ||
      !stoker_json_get_strings (root, "command", STOKER_JSON_OPTIONAL, &self->command, error))
    return FALSE;
  if (self->command != NULL && (self->command[0] == NULL || *self->command[0] == '\0'))
    {
      stoker_json_set_error (error, &command, "must name a program");
      return FALSE;
    }
  if (payload.node != NULL)
    self->payload = json_node_ref (payload.node);

  return TRUE;
}

/**
 * stoker_workload_decode:
 * @node: a document in the form that #StokerWorkload describes
 * @file: its file name for messages
 *
 * Every member is optional. A wrong type, a negative or absurdly large figure and an unknown word
 * are mistakes; members that Stoker does not know are kept in `source` and otherwise ignored, since
 * callers may carry their own.
 *
 * Returns: (transfer full) (nullable): the workload; %NULL with %STOKER_ERROR_CONFIG naming file,
 * path and mistake
 */
StokerWorkload *
stoker_workload_decode (JsonNode *node, const char *file, GError **error)
{
  g_autoptr (StokerWorkload) self = stoker_workload_new ();
  StokerJsonPlace root = stoker_json_root (node, file);

  if (!stoker_json_expect_object (&root, error) ||
      !stoker_json_get_string (&root, "name", STOKER_JSON_OPTIONAL, &self->name, error) ||
      !stoker_json_get_string (&root, "project", STOKER_JSON_OPTIONAL, &self->project, error) ||
      !decode_requirements (&root, self, error) ||
      !decode_elements (&root, "assets", decode_asset, self, error) ||
      !decode_elements (&root, "workflows", decode_workflow, self, error) ||
      !decode_budget (&root, self, error) || !decode_pipeline (&root, self, error) ||
      !decode_outputs (&root, self, error) || !decode_wishes (&root, self, error) ||
      !decode_input (&root, self, error))
    return NULL;
  self->source = json_node_ref (node);

  return g_steal_pointer (&self);
}

/**
 * stoker_workload_load:
 * @path: a file of this machine
 *
 * Returns: (transfer full) (nullable): the workload in that file; %NULL with %STOKER_ERROR_CONFIG
 */
StokerWorkload *
stoker_workload_load (const char *path, GError **error)
{
  g_autoptr (JsonNode) node = stoker_json_load_file (path, MAX_WORKLOAD_BYTES, error);

  if (node == NULL)
    return NULL;

  return stoker_workload_decode (node, path, error);
}
