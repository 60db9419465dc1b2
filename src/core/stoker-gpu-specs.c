/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-gpu-specs.h"

#include "stoker-decode-private.h"
#include "stoker-error.h"

struct _StokerGpuSpecs
{
  GObject parent_instance;

  GPtrArray *specs;    /* owned, of StokerGpuSpec */
  GHashTable *by_name; /* owned: name or alias in its plain form → spec, borrowed */
};

G_DEFINE_FINAL_TYPE (StokerGpuSpecs, stoker_gpu_specs, G_TYPE_OBJECT)

static void
spec_free (StokerGpuSpec *spec)
{
  g_free (spec->name);
  g_strfreev (spec->aliases);
  stoker_fact_clear (&spec->purchase_fact);
  g_free (spec);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerGpuSpec, spec_free)

static void
stoker_gpu_specs_finalize (GObject *object)
{
  StokerGpuSpecs *self = STOKER_GPU_SPECS (object);

  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->specs, g_ptr_array_unref);

  G_OBJECT_CLASS (stoker_gpu_specs_parent_class)->finalize (object);
}

static void
stoker_gpu_specs_class_init (StokerGpuSpecsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_gpu_specs_finalize;
}

static void
stoker_gpu_specs_init (StokerGpuSpecs *self)
{
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* "RTX_4090" and "rtx 4090" are the same model: letters and digits alone tell. */
static char *
to_plain_name (const char *name)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (plain, g_ascii_tolower (*p));

  return g_string_free (plain, FALSE);
}

static gboolean
decode_purchase (const StokerJsonPlace *place, StokerGpuSpec *spec, GError **error)
{
  StokerJsonPlace member = stoker_json_member (place, "purchase_usd");
  g_autoptr (GError) local_error = NULL;
  g_autofree char *amount = NULL;

  if (!stoker_json_get_string (place, "purchase_usd", STOKER_JSON_OPTIONAL, &amount, error))
    return FALSE;
  if (amount == NULL)
    return TRUE;
  if (!stoker_money_parse (amount, "USD", &spec->purchase, &local_error))
    {
      stoker_json_set_error (error, &member, "%s", local_error->message);
      return FALSE;
    }

  return stoker_decode_text (place, "purchase_source", &spec->purchase_fact.source, error) &&
         stoker_decode_date (place, "purchase_as_of", &spec->purchase_fact.as_of_us, error);
}

static gpointer
decode_spec (const StokerJsonPlace *place, GError **error)
{
  static const char *const members[] = { "name",           "aliases",        "vram_gb",
                                         "tdp_w",          "purchase_usd",   "purchase_source",
                                         "purchase_as_of", "relative_speed", NULL };
  g_autoptr (StokerGpuSpec) spec = g_new0 (StokerGpuSpec, 1);

  spec->vram_gb = -1;
  spec->tdp_w = -1;
  spec->relative_speed = -1;
  spec->purchase = stoker_money_unknown ();
  spec->purchase_fact.confidence = STOKER_CONFIDENCE_THIRD_PARTY;
  if (!stoker_decode_form (place, members, NULL, error) ||
      !stoker_decode_text (place, "name", &spec->name, error) ||
      !stoker_decode_words (place, "aliases", NULL, &spec->aliases, error) ||
      !stoker_json_get_double (place, "vram_gb", STOKER_JSON_OPTIONAL, 0, 100000, &spec->vram_gb,
                               error) ||
      !stoker_json_get_double (place, "tdp_w", STOKER_JSON_OPTIONAL, 0, 100000, &spec->tdp_w,
                               error) ||
      !stoker_json_get_double (place, "relative_speed", STOKER_JSON_OPTIONAL, 0, 100000,
                               &spec->relative_speed, error) ||
      !decode_purchase (place, spec, error))
    return NULL;

  return g_steal_pointer (&spec);
}

/* The first model that claims a name keeps it, so that the order of the file decides. */
static void
add_name (StokerGpuSpecs *self, const char *name, StokerGpuSpec *spec)
{
  g_autofree char *plain = to_plain_name (name);

  if (!g_hash_table_contains (self->by_name, plain))
    g_hash_table_insert (self->by_name, g_steal_pointer (&plain), spec);
}

static void
index_names (StokerGpuSpecs *self)
{
  for (guint i = 0; i < self->specs->len; i++)
    {
      StokerGpuSpec *spec = g_ptr_array_index (self->specs, i);

      add_name (self, spec->name, spec);
    }
  for (guint i = 0; i < self->specs->len; i++)
    {
      StokerGpuSpec *spec = g_ptr_array_index (self->specs, i);

      for (guint j = 0; spec->aliases[j] != NULL; j++)
        add_name (self, spec->aliases[j], spec);
    }
}

/**
 * stoker_gpu_specs_decode:
 * @node: the document
 * @file: its file name for messages
 *
 * Returns: (transfer full) (nullable): the table of GPU models; %NULL with %STOKER_ERROR_CONFIG
 */
StokerGpuSpecs *
stoker_gpu_specs_decode (JsonNode *node, const char *file, GError **error)
{
  static const char *const members[] = { "schema", "relative_speed_note", "gpus", NULL };
  g_autoptr (StokerGpuSpecs) self = g_object_new (STOKER_TYPE_GPU_SPECS, NULL);
  StokerJsonPlace root = stoker_json_root (node, file);
  gint64 schema = 0;

  if (!stoker_decode_form (&root, members, NULL, error) ||
      !stoker_json_get_int (&root, "schema", STOKER_JSON_REQUIRED, 1, 1, &schema, error) ||
      !stoker_decode_list (&root, "gpus", STOKER_JSON_REQUIRED, decode_spec,
                           (GDestroyNotify) spec_free, &self->specs, error))
    return NULL;
  index_names (self);

  return g_steal_pointer (&self);
}

/**
 * stoker_gpu_specs_load:
 * @resource_path: path of the document in the registered resources
 *
 * Returns: (transfer full) (nullable): the table of GPU models; %NULL with @error
 */
StokerGpuSpecs *
stoker_gpu_specs_load (const char *resource_path, GError **error)
{
  g_autoptr (GBytes)
    bytes = g_resources_lookup_data (resource_path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *name = g_path_get_basename (resource_path);
  g_autoptr (JsonNode) node = NULL;

  if (bytes == NULL)
    return NULL;
  node = stoker_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), name,
                            error);
  if (node == NULL)
    return NULL;

  return stoker_gpu_specs_decode (node, name, error);
}

/**
 * stoker_gpu_specs_lookup:
 * @name: (nullable): a name as a vendor or driver writes it, such as `NVIDIA GeForce RTX 4090`
 *
 * Case, spaces and punctuation do not count; anything else must be a name or alias of the table, so
 * that a `4090 Laptop GPU` is not taken for a 4090.
 *
 * Returns: (transfer none) (nullable): what is known of that model
 */
const StokerGpuSpec *
stoker_gpu_specs_lookup (StokerGpuSpecs *self, const char *name)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (STOKER_IS_GPU_SPECS (self), NULL);

  if (name == NULL)
    return NULL;
  plain = to_plain_name (name);

  return g_hash_table_lookup (self->by_name, plain);
}
