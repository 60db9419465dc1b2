/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-profile.h"

#include "stoker-json-write.h"
#include "stoker-json.h"
#include "stoker-profile-private.h"

#include <string.h>

const char *const stoker_kind_names[] = {
  [STOKER_KIND_GPU] = "gpu",     [STOKER_KIND_IMAGE] = "image",     [STOKER_KIND_VIDEO] = "video",
  [STOKER_KIND_LOCAL] = "local", [STOKER_KIND_CLUSTER] = "cluster", NULL,
};

const char *const stoker_field_type_names[] = {
  [STOKER_FIELD_SECRET] = "secret",
  [STOKER_FIELD_TEXT] = "text",
  [STOKER_FIELD_URL] = "url",
  [STOKER_FIELD_REGION] = "region",
  [STOKER_FIELD_PATH] = "path",
  [STOKER_FIELD_CHOICE] = "choice",
  NULL,
};

G_DEFINE_BOXED_TYPE (StokerProfile, stoker_profile, stoker_profile_ref, stoker_profile_unref)

static void
field_file_free (StokerFieldFile *self)
{
  g_free (self->form);
  g_free (self->part);
  g_hash_table_unref (self->fills);
  g_free (self);
}

void
stoker_auth_field_free (StokerAuthField *self)
{
  g_clear_pointer (&self->file, field_file_free);
  g_free (self->id);
  g_strfreev (self->env);
  g_free (self->pattern);
  g_free (self->default_value);
  g_strfreev (self->choices);
  g_free (self->placeholder);
  g_free (self->help_url);
  g_free (self);
}

void
stoker_region_free (StokerRegion *self)
{
  g_free (self->id);
  g_free (self->residency);
  g_free (self);
}

void
stoker_key_file_free (StokerKeyFile *self)
{
  g_free (self->path);
  g_free (self->format);
  g_free (self->key);
  g_free (self->field);
  g_free (self);
}

void
stoker_correction_free (StokerCorrection *self)
{
  g_free (self->claim);
  g_free (self->now);
  stoker_fact_clear (&self->fact);
  g_free (self);
}

/*
 * stoker_profile_new:
 *
 * Returns: (transfer full): a profile in which nothing is told, for the decoder to fill
 */
StokerProfile *
stoker_profile_new (void)
{
  StokerProfile *self = g_new0 (StokerProfile, 1);

  self->min_vram_gb = -1;
  self->uptime_percent = -1;
  self->failure_rate = -1;
  self->max_payload_mb = -1;
  self->result_kept_s = -1;
  stoker_price_init_unknown (&self->price_hint, STOKER_UNIT_HOUR);
  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

/**
 * stoker_profile_ref:
 *
 * Returns: (transfer full): @self
 */
StokerProfile *
stoker_profile_ref (StokerProfile *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
clear_texts (StokerProfile *self)
{
  char **texts[] = {
    &self->id,           &self->name,           &self->status_note,      &self->summary,
    &self->feature_flag, &self->opt_in_warning, &self->service,          &self->base_url,
    &self->default_gpu,  &self->uptime_note,    &self->rating_speed,     &self->rating_ease,
    &self->best_for,     &self->support,        &self->policy_highlight, &self->residency_note,
    &self->content_note, &self->egress_notice,  &self->docs_url,         &self->pricing_url,
    &self->console_url,  &self->keys_url,       &self->data_licence,     &self->last_checked,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
}

static void
clear_lists (StokerProfile *self)
{
  GStrv strings[] = {
    self->tags,
    self->secret_aliases,
    self->permissions,
    self->pros,
    self->cons,
    self->choose_if,
    self->preferred_workloads,
    self->onboarding_notes,
    self->capabilities,
    self->unverified,
    self->proved,
    self->proofs,
    self->runs_on,
  };
  GPtrArray **arrays[] = { &self->auth_fields, &self->import_from, &self->plans, &self->regions,
                           &self->corrections };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_strfreev (strings[i]);
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_clear_pointer (arrays[i], g_ptr_array_unref);
}

/**
 * stoker_profile_unref:
 * @self: (transfer full): a profile
 */
void
stoker_profile_unref (StokerProfile *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  clear_texts (self);
  clear_lists (self);
  stoker_price_clear (&self->price_hint);
  stoker_fact_clear (&self->uptime_fact);
  stoker_fact_clear (&self->failure_fact);
  stoker_fact_clear (&self->rating_fact);
  g_clear_pointer (&self->policy_hints, g_hash_table_unref);
  g_clear_pointer (&self->connector, json_node_unref);
  g_free (self);
}

/**
 * stoker_profile_find_plan:
 * @id: (nullable): id of a plan
 *
 * Returns: (transfer none) (nullable): the plan of that id
 */
const StokerPlan *
stoker_profile_find_plan (const StokerProfile *self, const char *id)
{
  for (guint i = 0; i < self->plans->len; i++)
    {
      const StokerPlan *plan = g_ptr_array_index (self->plans, i);

      if (g_strcmp0 (plan->id, id) == 0)
        return plan;
    }

  return NULL;
}

/**
 * stoker_profile_find_field:
 * @id: (nullable): id of an auth field
 *
 * Returns: (transfer none) (nullable): the field of that id
 */
const StokerAuthField *
stoker_profile_find_field (const StokerProfile *self, const char *id)
{
  for (guint i = 0; i < self->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (self->auth_fields, i);

      if (g_strcmp0 (field->id, id) == 0)
        return field;
    }

  return NULL;
}

/**
 * stoker_profile_get_policy_hint:
 * @workload_type: (nullable): type of a workload
 *
 * Returns: (transfer none) (nullable): the sentence for that type, else the one for every type
 */
const char *
stoker_profile_get_policy_hint (const StokerProfile *self, const char *workload_type)
{
  const char *hint = NULL;

  if (workload_type != NULL)
    hint = g_hash_table_lookup (self->policy_hints, workload_type);

  return hint != NULL ? hint : g_hash_table_lookup (self->policy_hints, "default");
}

static const StokerRegion *
find_region (const StokerProfile *self, const char *id)
{
  for (guint i = 0; i < self->regions->len; i++)
    {
      const StokerRegion *region = g_ptr_array_index (self->regions, i);

      if (g_strcmp0 (region->id, id) == 0)
        return region;
    }

  return NULL;
}

/**
 * stoker_profile_get_residency:
 * @region: (nullable): id of a region, or "*" for "not told"
 *
 * A region that the catalog does not list is taken for the longest listed one it begins with and
 * goes on from by a hyphen or letter, as `us-east-1a` does from `us-east-1`; otherwise for "not
 * told".
 *
 * Returns: (transfer none): its residency tag, `unknown` when nothing is known
 */
const char *
stoker_profile_get_residency (const StokerProfile *self, const char *region)
{
  const StokerRegion *best = region != NULL ? find_region (self, region) : NULL;

  for (guint i = 0; best == NULL && region != NULL && i < self->regions->len; i++)
    {
      const StokerRegion *candidate = g_ptr_array_index (self->regions, i);
      gsize length = strlen (candidate->id);

      if (g_str_has_prefix (region, candidate->id) &&
          (region[length] == '-' || g_ascii_isalpha (region[length])))
        best = candidate;
    }
  if (best == NULL)
    best = find_region (self, "*");

  return best != NULL ? best->residency : "unknown";
}

/* Borrows from the profile, which outlives the string. */
static const char *
get_member_text (JsonNode *node, const char *name)
{
  StokerJsonPlace root = stoker_json_root (node, NULL);
  StokerJsonPlace member = stoker_json_member (&root, name);

  return stoker_json_is_present (&member) ? json_node_get_string (member.node) : NULL;
}

/**
 * stoker_profile_get_connector_class:
 *
 * Returns: (transfer none) (nullable): which connector speaks to this provider: `http`, `comfyui`,
 * `docker`, `ssh`, `local` or `simulated`; %NULL when none does
 */
const char *
stoker_profile_get_connector_class (const StokerProfile *self)
{
  if (self->connector == NULL)
    return NULL;

  return get_member_text (self->connector, "class");
}

static GStrv
list_members (JsonNode *node, const char *name)
{
  StokerJsonPlace root = stoker_json_root (node, NULL);
  StokerJsonPlace member = stoker_json_member (&root, name);

  return stoker_json_list_members (&member);
}

/**
 * stoker_profile_is_hosted:
 *
 * Returns: whether it is somebody else's service, reached over the internet and billed; that is
 * what needs the user's leave. Otherwise it is hardware of their own, or a rehearsal
 */
gboolean
stoker_profile_is_hosted (const StokerProfile *self)
{
  return self->feature_flag != NULL;
}

/**
 * stoker_profile_list_operations:
 *
 * Returns: (transfer full): what the connector of this provider can do today: the operations of its
 * manifest, or those of the connector's class; empty while there is none
 */
GStrv
stoker_profile_list_operations (const StokerProfile *self)
{
  static const char *const of_classes[] = { "check", "submit",  "poll", "cancel",
                                            "logs",  "outputs", NULL };
  static const char *const none[] = { NULL };
  const char *class_name = stoker_profile_get_connector_class (self);

  if (class_name == NULL)
    return g_strdupv ((char **) none);
  if (g_str_equal (class_name, "http"))
    return list_members (self->connector, "operations");

  return g_strdupv ((char **) of_classes);
}

/**
 * stoker_profile_can_run:
 * @self: the profile
 * @plan_id: (nullable): one of its plans; %NULL for whichever its connector uses
 *
 * Whether Stoker can send jobs there by itself. A connector that names `plans` runs on those alone:
 * a serverless interface, say, does not rent machines.
 *
 * Returns: %TRUE when a job can be submitted
 */
gboolean
stoker_profile_can_run (const StokerProfile *self, const char *plan_id)
{
  if (!self->runs_jobs || self->runs_on == NULL || plan_id == NULL)
    return self->runs_jobs;
  return g_strv_contains ((const char *const *) self->runs_on, plan_id);
}

/**
 * stoker_profile_takes_any_gpu:
 *
 * Returns: %TRUE when a job may ask for a GPU that is in no list, as at a market where anybody
 * offers what they have
 */
gboolean
stoker_profile_takes_any_gpu (const StokerProfile *self)
{
  StokerJsonPlace root = stoker_json_root (self->connector, self->id);
  gboolean takes_any = FALSE;

  return self->connector != NULL &&
         stoker_json_get_boolean (&root, "any_gpu", STOKER_JSON_OPTIONAL, &takes_any, NULL) &&
         takes_any;
}

static void
add_ids (JsonObject *object, const StokerProfile *self)
{
  JsonArray *plans = json_array_new ();
  JsonArray *fields = json_array_new ();

  for (guint i = 0; i < self->plans->len; i++)
    json_array_add_string_element (plans,
                                   ((const StokerPlan *) g_ptr_array_index (self->plans, i))->id);
  for (guint i = 0; i < self->auth_fields->len; i++)
    json_array_add_string_element (
      fields, ((const StokerAuthField *) g_ptr_array_index (self->auth_fields, i))->id);
  json_object_set_array_member (object, "plans", plans);
  json_object_set_array_member (object, "auth_fields", fields);
}

/**
 * stoker_profile_to_listing:
 *
 * Returns: (transfer full): the element of `stoker catalog list --json` for this provider; plans
 * and auth fields are told by their ids
 */
JsonNode *
stoker_profile_to_listing (const StokerProfile *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_auto (GStrv) operations = stoker_profile_list_operations (self);

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "kind", stoker_kind_names[self->kind]);
  json_object_set_string_member (object, "status",
                                 self->is_discontinued ? "discontinued" : "active");
  json_object_set_boolean_member (object, "hosted", stoker_profile_is_hosted (self));
  add_ids (object, self);
  stoker_json_set_strings (object, "operations", (const char *const *) operations);
  stoker_json_set_strings (object, "proved", (const char *const *) self->proved);
  json_object_set_string_member (object, "last_checked", self->last_checked);

  return json_node_init_object (json_node_alloc (), object);
}
