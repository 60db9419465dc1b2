/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-profile.h"

#include "stoker-decode-private.h"
#include "stoker-profile-private.h"

#define SCHEMA_VERSION 1

/* The members of a document, in the order of resources/catalog/README.md. */
static const char *const members[] = {
  "schema",
  "id",
  "name",
  "kind",
  "status",
  "summary",
  "tags",
  "feature_flag",
  "opt_in",
  "service",
  "base_url",
  "auth_fields",
  "secret_aliases",
  "import_from",
  "permissions",
  "default_gpu",
  "min_vram_gb",
  "price_hint",
  "plans",
  "uptime",
  "failure_rate",
  "ratings",
  "pros",
  "cons",
  "best_for",
  "choose_if",
  "support",
  "preferred_workloads",
  "policy_hints",
  "policy_highlight",
  "onboarding_notes",
  "regions",
  "residency_note",
  "content_note",
  "egress_notice",
  "supports_persistent_storage",
  "max_payload_mb",
  "result_kept_s",
  "capabilities",
  "links",
  "data_licence",
  "unverified",
  "corrections",
  "last_checked",
  "proved",
  "connector",
  NULL,
};

static const char *const statuses[] = { "active", "discontinued", NULL };
static const char *const feature_flags[] = {
  "enable_public_gpu",
  "enable_public_image_providers",
  "enable_public_video_providers",
  NULL,
};
static const char *const tags[] = {
  "gpu-cloud",  "serverless", "image",  "video",      "own-hardware",
  "no-account", "cluster",    "market", "enterprise", NULL,
};
static const char *const workload_types[] = {
  "cg_batch", "voice_synthesis", "translation", "image", "video",
  "upscale",  "training",        "interactive", NULL,
};
static const char *const residencies[] = {
  "eu", "us", "uk", "ca", "ap", "au", "jp", "me", "sa", "af", "on-prem", "unknown", NULL,
};
static const char *const key_formats[] = { "json", "toml", "yaml", "ini", "text", "env", NULL };
static const char *const witnesses[] = {
  "emulator", "official-document", "official-client", "vectors", "real", NULL
};
static const char *const connector_classes[] = { "http",  "comfyui",   "docker", "ssh",
                                                 "local", "simulated", NULL };

typedef struct
{
  const char *name;
  gsize offset;
} TextMember;

#define MEMBER(name)                            \
  {                                             \
#name, G_STRUCT_OFFSET(StokerProfile, name) \
  }

static const TextMember required_texts[] = {
  MEMBER (name),          MEMBER (summary),          MEMBER (service),        MEMBER (best_for),
  MEMBER (support),       MEMBER (policy_highlight), MEMBER (residency_note), MEMBER (content_note),
  MEMBER (egress_notice), MEMBER (data_licence),
};

static const TextMember optional_texts[] = { MEMBER (status_note), MEMBER (base_url),
                                             MEMBER (default_gpu) };

typedef struct
{
  const char *name;
  gsize offset;
  const char *const *vocabulary; /* nullable: any words */
} WordsMember;

static const WordsMember words[] = {
  { "tags", G_STRUCT_OFFSET (StokerProfile, tags), tags },
  { "secret_aliases", G_STRUCT_OFFSET (StokerProfile, secret_aliases), NULL },
  { "permissions", G_STRUCT_OFFSET (StokerProfile, permissions), NULL },
  { "pros", G_STRUCT_OFFSET (StokerProfile, pros), NULL },
  { "cons", G_STRUCT_OFFSET (StokerProfile, cons), NULL },
  { "choose_if", G_STRUCT_OFFSET (StokerProfile, choose_if), NULL },
  { "preferred_workloads", G_STRUCT_OFFSET (StokerProfile, preferred_workloads), workload_types },
  { "onboarding_notes", G_STRUCT_OFFSET (StokerProfile, onboarding_notes), NULL },
  { "capabilities", G_STRUCT_OFFSET (StokerProfile, capabilities), NULL },
  { "unverified", G_STRUCT_OFFSET (StokerProfile, unverified), NULL },
};

static gboolean
decode_texts (const StokerJsonPlace *place, StokerProfile *profile, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (required_texts); i++)
    if (!stoker_decode_text (place, required_texts[i].name,
                             G_STRUCT_MEMBER_P (profile, required_texts[i].offset), error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (optional_texts); i++)
    if (!stoker_json_get_string (place, optional_texts[i].name, STOKER_JSON_OPTIONAL,
                                 G_STRUCT_MEMBER_P (profile, optional_texts[i].offset), error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (!stoker_decode_words (place, words[i].name, words[i].vocabulary,
                              G_STRUCT_MEMBER_P (profile, words[i].offset), error))
      return FALSE;

  return TRUE;
}

static gboolean
decode_head (const StokerJsonPlace *place, StokerProfile *profile, GError **error)
{
  gint64 schema = 0;
  int kind = 0;
  int status = 0;
  int flag = -1;

  if (!stoker_json_get_int (place, "schema", STOKER_JSON_REQUIRED, SCHEMA_VERSION, SCHEMA_VERSION,
                            &schema, error) ||
      !stoker_decode_id (place, "id", "^[a-z0-9][a-z0-9-]*$", &profile->id, error) ||
      !stoker_json_get_enum (place, "kind", STOKER_JSON_REQUIRED, stoker_kind_names, &kind,
                             error) ||
      !stoker_json_get_enum (place, "status", STOKER_JSON_REQUIRED, statuses, &status, error) ||
      !stoker_json_get_enum (place, "feature_flag", STOKER_JSON_OPTIONAL, feature_flags, &flag,
                             error))
    return FALSE;

  profile->kind = (StokerKind) kind;
  profile->is_discontinued = status == 1;
  if (flag >= 0)
    profile->feature_flag = g_strdup (feature_flags[flag]);

  return TRUE;
}

static gboolean
decode_opt_in (const StokerJsonPlace *parent, StokerProfile *profile, GError **error)
{
  static const char *const form[] = { "warning", NULL };
  StokerJsonPlace place = { 0 };

  if (!stoker_json_get_object (parent, "opt_in", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;

  return place.node == NULL ||
         (stoker_decode_form (&place, form, NULL, error) &&
          stoker_decode_text (&place, "warning", &profile->opt_in_warning, error));
}

static gpointer
decode_key_file (const StokerJsonPlace *place, GError **error)
{
  static const char *const form[] = { "path", "format", "key", "field", NULL };
  g_autoptr (StokerKeyFile) file = g_new0 (StokerKeyFile, 1);
  int format = 0;

  if (!stoker_decode_form (place, form, NULL, error) ||
      !stoker_decode_text (place, "path", &file->path, error) ||
      !stoker_json_get_enum (place, "format", STOKER_JSON_REQUIRED, key_formats, &format, error) ||
      !stoker_json_get_string (place, "key", STOKER_JSON_REQUIRED, &file->key, error) ||
      !stoker_decode_text (place, "field", &file->field, error))
    return NULL;
  file->format = g_strdup (key_formats[format]);

  return g_steal_pointer (&file);
}

static gpointer
decode_region (const StokerJsonPlace *place, GError **error)
{
  static const char *const form[] = { "id", "residency", NULL };
  g_autoptr (StokerRegion) region = g_new0 (StokerRegion, 1);
  int residency = 0;

  if (!stoker_decode_form (place, form, NULL, error) ||
      !stoker_decode_text (place, "id", &region->id, error) ||
      !stoker_json_get_enum (place, "residency", STOKER_JSON_REQUIRED, residencies, &residency,
                             error))
    return NULL;
  region->residency = g_strdup (residencies[residency]);

  return g_steal_pointer (&region);
}

static gpointer
decode_correction (const StokerJsonPlace *place, GError **error)
{
  static const char *const form[] = { "claim", "now", "source", "as_of", NULL };
  g_autoptr (StokerCorrection) correction = g_new0 (StokerCorrection, 1);

  if (!stoker_decode_form (place, form, NULL, error) ||
      !stoker_decode_text (place, "claim", &correction->claim, error) ||
      !stoker_decode_text (place, "now", &correction->now, error) ||
      !stoker_decode_fact (place, &correction->fact, error))
    return NULL;

  return g_steal_pointer (&correction);
}

static gboolean
decode_lists (const StokerJsonPlace *place, StokerProfile *profile, GError **error)
{
  const struct
  {
    const char *name;
    StokerElementDecoder decode;
    GDestroyNotify free_element;
    GPtrArray **out;
  } lists[] = {
    { "auth_fields", stoker_auth_field_decode, (GDestroyNotify) stoker_auth_field_free,
      &profile->auth_fields },
    { "import_from", decode_key_file, (GDestroyNotify) stoker_key_file_free,
      &profile->import_from },
    { "plans", (StokerElementDecoder) stoker_plan_decode, (GDestroyNotify) stoker_plan_free,
      &profile->plans },
    { "regions", decode_region, (GDestroyNotify) stoker_region_free, &profile->regions },
    { "corrections", decode_correction, (GDestroyNotify) stoker_correction_free,
      &profile->corrections },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (!stoker_decode_list (place, lists[i].name, STOKER_JSON_REQUIRED, lists[i].decode,
                             lists[i].free_element, lists[i].out, error))
      return FALSE;

  return TRUE;
}

static gboolean
decode_uptime (const StokerJsonPlace *parent, StokerProfile *profile, GError **error)
{
  static const char *const form[] = { "percent", "note", "source", "as_of", NULL };
  StokerJsonPlace place = { 0 };

  if (!stoker_json_get_object (parent, "uptime", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;

  return place.node == NULL || (stoker_decode_form (&place, form, NULL, error) &&
                                stoker_json_get_double (&place, "percent", STOKER_JSON_REQUIRED, 0,
                                                        100, &profile->uptime_percent, error) &&
                                stoker_decode_text (&place, "note", &profile->uptime_note, error) &&
                                stoker_decode_fact (&place, &profile->uptime_fact, error));
}

static gboolean
decode_failure_rate (const StokerJsonPlace *parent, StokerProfile *profile, GError **error)
{
  static const char *const form[] = { "per_job", "source", "as_of", "confidence", NULL };
  StokerJsonPlace place = { 0 };

  if (!stoker_json_get_object (parent, "failure_rate", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;

  return place.node == NULL || (stoker_decode_form (&place, form, NULL, error) &&
                                stoker_json_get_double (&place, "per_job", STOKER_JSON_REQUIRED, 0,
                                                        1, &profile->failure_rate, error) &&
                                stoker_decode_fact (&place, &profile->failure_fact, error));
}

static gboolean
decode_ratings (const StokerJsonPlace *parent, StokerProfile *profile, GError **error)
{
  static const char *const form[] = { "overall", "speed", "ease", "source", "as_of", NULL };
  StokerJsonPlace place = { 0 };
  gint64 overall = 0;

  if (!stoker_json_get_object (parent, "ratings", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (place.node == NULL)
    return TRUE;
  if (!stoker_decode_form (&place, form, NULL, error) ||
      !stoker_json_get_int (&place, "overall", STOKER_JSON_OPTIONAL, 1, 5, &overall, error) ||
      !stoker_decode_text (&place, "speed", &profile->rating_speed, error) ||
      !stoker_decode_text (&place, "ease", &profile->rating_ease, error) ||
      !stoker_decode_fact (&place, &profile->rating_fact, error))
    return FALSE;

  profile->rating = (int) overall;
  return TRUE;
}

/* Each is a witness, or `witness: what exactly`. */
static gboolean
decode_proved (const StokerJsonPlace *parent, StokerProfile *profile, GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, "proved");

  if (!stoker_decode_words (parent, "proved", NULL, &profile->proofs, error))
    return FALSE;
  profile->proved = g_strdupv (profile->proofs);
  for (guint i = 0; profile->proved[i] != NULL; i++)
    {
      StokerJsonPlace element = stoker_json_element (&place, i);
      g_autofree char *known = g_strjoinv (", ", (char **) witnesses);
      char *end = strstr (profile->proved[i], ": ");

      if (end != NULL)
        *end = '\0';
      if (g_strv_contains (witnesses, profile->proved[i]))
        continue;
      stoker_json_set_error (error, &element, "\"%s\" is none of %s", profile->proved[i], known);
      return FALSE;
    }

  return TRUE;
}

static gboolean
decode_policy_hints (const StokerJsonPlace *parent, StokerProfile *profile, GError **error)
{
  g_auto (GStrv) names = NULL;
  StokerJsonPlace place = { 0 };

  profile->policy_hints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!stoker_json_get_object (parent, "policy_hints", STOKER_JSON_REQUIRED, &place, error))
    return FALSE;
  names = stoker_json_list_members (&place);
  for (guint i = 0; names[i] != NULL; i++)
    {
      StokerJsonPlace member = stoker_json_member (&place, names[i]);
      g_autofree char *hint = NULL;

      if (!g_str_equal (names[i], "default") && !g_strv_contains (workload_types, names[i]))
        {
          stoker_json_set_error (error, &member, "is neither a type of workload nor default");
          return FALSE;
        }
      if (!stoker_decode_text (&place, names[i], &hint, error))
        return FALSE;
      g_hash_table_insert (profile->policy_hints, g_strdup (names[i]), g_steal_pointer (&hint));
    }

  return TRUE;
}

static gboolean
decode_links (const StokerJsonPlace *parent, StokerProfile *profile, GError **error)
{
  static const char *const form[] = { "docs", "pricing", "console", "keys", NULL };
  StokerJsonPlace place = { 0 };

  return stoker_json_get_object (parent, "links", STOKER_JSON_REQUIRED, &place, error) &&
         stoker_decode_form (&place, form, NULL, error) &&
         stoker_json_get_string (&place, "docs", STOKER_JSON_OPTIONAL, &profile->docs_url, error) &&
         stoker_json_get_string (&place, "pricing", STOKER_JSON_OPTIONAL, &profile->pricing_url,
                                 error) &&
         stoker_json_get_string (&place, "console", STOKER_JSON_OPTIONAL, &profile->console_url,
                                 error) &&
         stoker_json_get_string (&place, "keys", STOKER_JSON_OPTIONAL, &profile->keys_url, error);
}

static gboolean
decode_limits (const StokerJsonPlace *place, StokerProfile *profile, GError **error)
{
  gint64 checked_us = 0;

  return stoker_json_get_double (place, "min_vram_gb", STOKER_JSON_OPTIONAL, 0, 100000,
                                 &profile->min_vram_gb, error) &&
         stoker_decode_price (place, "price_hint", STOKER_JSON_OPTIONAL, &profile->price_hint,
                              error) &&
         stoker_json_get_boolean (place, "supports_persistent_storage", STOKER_JSON_REQUIRED,
                                  &profile->supports_persistent_storage, error) &&
         stoker_json_get_double (place, "max_payload_mb", STOKER_JSON_OPTIONAL, 0, 1e9,
                                 &profile->max_payload_mb, error) &&
         stoker_decode_seconds (place, "result_kept_s", &profile->result_kept_s, error) &&
         stoker_decode_date (place, "last_checked", &checked_us, error) &&
         stoker_json_get_string (place, "last_checked", STOKER_JSON_REQUIRED,
                                 &profile->last_checked, error);
}

/* Only its class is read here: the rest is the business of the connector. */
/* Asked of each candidate of an advice, so it is looked up once. */
static void
decode_runs (const StokerJsonPlace *connector, StokerProfile *profile)
{
  g_auto (GStrv) operations = stoker_profile_list_operations (profile);

  profile->runs_jobs = g_strv_contains ((const char *const *) operations, "submit") &&
                       stoker_json_get_strings (connector, "plans", STOKER_JSON_OPTIONAL,
                                                &profile->runs_on, NULL);
}

static gboolean
decode_connector (const StokerJsonPlace *parent, StokerProfile *profile, GError **error)
{
  StokerJsonPlace place = { 0 };
  StokerJsonPlace operations = { 0 };
  int class_index = 0;

  if (!stoker_json_get_object (parent, "connector", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (place.node == NULL)
    return TRUE;
  if (!stoker_json_get_enum (&place, "class", STOKER_JSON_REQUIRED, connector_classes, &class_index,
                             error) ||
      !stoker_json_get_object (&place, "operations",
                               class_index == 0 ? STOKER_JSON_REQUIRED : STOKER_JSON_OPTIONAL,
                               &operations, error))
    return FALSE;

  profile->connector = json_node_ref (place.node);
  decode_runs (&place, profile);
  return TRUE;
}

static gboolean
check_plan_ids (const StokerJsonPlace *place, const StokerProfile *profile, GError **error)
{
  StokerJsonPlace plans = stoker_json_member (place, "plans");

  for (guint i = 0; i < profile->plans->len; i++)
    {
      const StokerPlan *plan = g_ptr_array_index (profile->plans, i);
      StokerJsonPlace element = stoker_json_element (&plans, i);
      StokerJsonPlace id = stoker_json_member (&element, "id");

      if (stoker_profile_find_plan (profile, plan->id) == plan)
        continue;
      stoker_json_set_error (error, &id, "another plan has the id \"%s\" already", plan->id);
      return FALSE;
    }
  if (profile->plans->len > 0 || profile->is_discontinued)
    return TRUE;

  stoker_json_set_error (error, &plans, "an active provider needs at least one plan");
  return FALSE;
}

static gboolean
check_field_ids (const StokerJsonPlace *place, const StokerProfile *profile, GError **error)
{
  StokerJsonPlace fields = stoker_json_member (place, "auth_fields");

  for (guint i = 0; i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);
      StokerJsonPlace element = stoker_json_element (&fields, i);
      StokerJsonPlace id = stoker_json_member (&element, "id");

      if (stoker_profile_find_field (profile, field->id) == field)
        continue;
      stoker_json_set_error (error, &id, "another field has the id \"%s\" already", field->id);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_known_field (const StokerJsonPlace *place,
                   const StokerProfile *profile,
                   const char *id,
                   GError **error)
{
  if (id == NULL || stoker_profile_find_field (profile, id) != NULL)
    return TRUE;
  stoker_json_set_error (error, place, "there is no auth field \"%s\"", id);

  return FALSE;
}

/* What files fill in. */
static gboolean
check_filled_fields (const StokerJsonPlace *place, const StokerProfile *profile, GError **error)
{
  StokerJsonPlace fields = stoker_json_member (place, "auth_fields");

  for (guint i = 0; i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);
      StokerJsonPlace element = stoker_json_element (&fields, i);
      StokerJsonPlace file = stoker_json_member (&element, "file");
      GHashTableIter iter;
      gpointer id = NULL;

      if (field->file == NULL)
        continue;
      if (!check_known_field (&file, profile, field->file->part, error))
        return FALSE;
      g_hash_table_iter_init (&iter, field->file->fills);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        if (!check_known_field (&file, profile, id, error))
          return FALSE;
    }

  return TRUE;
}

static gboolean
check_key_files (const StokerJsonPlace *place, const StokerProfile *profile, GError **error)
{
  StokerJsonPlace files = stoker_json_member (place, "import_from");

  for (guint i = 0; i < profile->import_from->len; i++)
    {
      const StokerKeyFile *file = g_ptr_array_index (profile->import_from, i);
      StokerJsonPlace element = stoker_json_element (&files, i);
      StokerJsonPlace field = stoker_json_member (&element, "field");

      if (!check_known_field (&field, profile, file->field, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_status (const StokerJsonPlace *place, const StokerProfile *profile, GError **error)
{
  StokerJsonPlace note = stoker_json_member (place, "status_note");

  if (!profile->is_discontinued || (profile->status_note != NULL && *profile->status_note != '\0'))
    return TRUE;

  stoker_json_set_error (error, &note, "a discontinued provider needs it");
  return FALSE;
}

/**
 * stoker_profile_decode:
 * @node: a document of the catalog
 * @file: its file name for messages
 *
 * Reads a provider as strictly as resources/catalog/README.md has it.
 *
 * Returns: (transfer full) (nullable): the profile; %NULL with %STOKER_ERROR_CONFIG naming file,
 * path and mistake
 */
StokerProfile *
stoker_profile_decode (JsonNode *node, const char *file, GError **error)
{
  g_autoptr (StokerProfile) profile = stoker_profile_new ();
  StokerJsonPlace root = stoker_json_root (node, file);

  if (!stoker_decode_form (&root, members, "status_note", error) ||
      !decode_head (&root, profile, error) || !decode_texts (&root, profile, error) ||
      !decode_opt_in (&root, profile, error) || !decode_lists (&root, profile, error) ||
      !decode_uptime (&root, profile, error) || !decode_failure_rate (&root, profile, error) ||
      !decode_ratings (&root, profile, error) || !decode_policy_hints (&root, profile, error) ||
      !decode_proved (&root, profile, error) || !decode_links (&root, profile, error) ||
      !decode_limits (&root, profile, error) || !decode_connector (&root, profile, error) ||
      !check_plan_ids (&root, profile, error) || !check_field_ids (&root, profile, error) ||
      !check_key_files (&root, profile, error) || !check_filled_fields (&root, profile, error) ||
      !check_status (&root, profile, error))
    return NULL;

  return g_steal_pointer (&profile);
}
