/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-csv.h"
#include "stoker-error.h"
#include "stoker-give-advice.h"
#include "stoker-json.h"
#include "stoker-load-file.h"

#include <glib/gi18n-lib.h>

#define MAX_FILE_BYTES (64 * 1024 * 1024)

/* Where the rows of one file go. */
typedef struct
{
  StokerCatalog *catalog;  /* borrowed */
  StokerOfferTable *table; /* borrowed */
  const char *file;        /* interned: named as the source */
  gint64 as_of_us;         /* when the file was last written */
} Sink;

static gboolean
is_called (const StokerProfile *profile, const char *name)
{
  g_autofree char *prefix = g_strconcat (name, "-", NULL);

  return g_ascii_strcasecmp (profile->id, name) == 0 ||
         g_strv_contains ((const char *const *) profile->secret_aliases, name) ||
         g_str_has_prefix (profile->id, prefix);
}

/* Other tools have their own names for the clouds: ours, one of its aliases, or what ours begins
 * with. */
static const StokerProfile *
find_profile (StokerCatalog *catalog, const char *name)
{
  GPtrArray *profiles = stoker_catalog_get_profiles (catalog);

  for (guint i = 0; i < profiles->len; i++)
    {
      if (is_called (profiles->pdata[i], name))
        return profiles->pdata[i];
    }
  return NULL;
}

static const StokerPlan *
find_plan_of_kind (const StokerProfile *profile, StokerPlanKind kind)
{
  for (guint i = 0; i < profile->plans->len; i++)
    {
      const StokerPlan *plan = profile->plans->pdata[i];

      if (plan->kind == kind)
        return plan;
    }
  return NULL;
}

/* Prices by the hour come as floating point; nine digits are more than any of them has. */
static StokerMoney
parse_price (const char *cell)
{
  StokerMoney money = stoker_money_unknown ();
  char digits[64];
  char *end = NULL;
  double value = g_ascii_strtod (cell, &end);

  if (end == cell || *end != '\0' || value <= 0)
    return money;
  g_ascii_formatd (digits, sizeof digits, "%.9f", value);
  if (!stoker_money_parse (digits, "USD", &money, NULL))
    return stoker_money_unknown ();
  return money;
}

static void
add_offer (Sink *sink, const StokerProfile *profile, StokerPlanKind kind, StokerOffer *offer)
{
  const StokerPlan *plan = find_plan_of_kind (profile, kind);

  if (plan == NULL || !offer->price.is_known || offer->gpu == NULL)
    return;
  offer->provider_id = g_intern_string (profile->id);
  offer->profile = profile;
  offer->plan = plan;
  offer->price_unit = STOKER_UNIT_HOUR;
  offer->source = sink->file;
  offer->as_of_us = sink->as_of_us;
  offer->confidence = STOKER_CONFIDENCE_THIRD_PARTY;
  offer->reliability = -1;
  offer->is_available = STOKER_TRI_UNKNOWN;
  stoker_offer_table_append (sink->table, offer);
}

static const char *
intern_or_null (const char *text)
{
  return *text == '\0' ? NULL : g_intern_string (text);
}

/* `GpuInfo` is a Python literal: {'Gpus': [{…, 'MemoryInfo': {'SizeInMiB': 24576}}],
 * 'TotalGpuMemoryInMiB': 24576}. */
static double
parse_gpu_info (const char *info)
{
  const char *size = strstr (info, "SizeInMiB");
  const char *digits = size != NULL ? strpbrk (size, "0123456789") : NULL;

  return digits != NULL ? g_ascii_strtod (digits, NULL) / 1024 : -1;
}

/* SkyPilot's catalog, schemas v5 to v8 (github.com/skypilot-org/skypilot-catalog, read 2026-11):
 * the cloud is the folder's name. */
static void
add_skypilot_rows (Sink *sink, const StokerCsv *csv, const StokerProfile *profile)
{
  for (guint i = 0; i < stoker_csv_get_length (csv); i++)
    {
      StokerOffer offer = {
        .gpu = intern_or_null (stoker_csv_get (csv, i, "AcceleratorName")),
        .gpus = (int) stoker_csv_get_number (csv, i, "AcceleratorCount", 1),
        .vram_gb = parse_gpu_info (stoker_csv_get (csv, i, "GpuInfo")),
        .region = g_intern_string (stoker_csv_get (csv, i, "Region")),
        .offer_id = intern_or_null (stoker_csv_get (csv, i, "InstanceType")),
        .price = parse_price (stoker_csv_get (csv, i, "Price")),
      };

      add_offer (sink, profile, STOKER_PLAN_POD, &offer);
      offer.price = parse_price (stoker_csv_get (csv, i, "SpotPrice"));
      add_offer (sink, profile, STOKER_PLAN_SPOT, &offer);
    }
}

/* gpuhunt's table (github.com/dstackai/gpuhunt, read 2026-11): one cloud a file, named after it, or
 * a column `provider`. */
static void
add_gpuhunt_rows (Sink *sink, const StokerCsv *csv, const StokerProfile *of_file)
{
  for (guint i = 0; i < stoker_csv_get_length (csv); i++)
    {
      const char *name = stoker_csv_get (csv, i, "provider");
      const StokerProfile *profile = *name != '\0' ? find_profile (sink->catalog, name) : of_file;
      gboolean is_spot = g_ascii_strcasecmp (stoker_csv_get (csv, i, "spot"), "true") == 0;
      StokerOffer offer = {
        .gpu = intern_or_null (stoker_csv_get (csv, i, "gpu_name")),
        .gpus = (int) stoker_csv_get_number (csv, i, "gpu_count", 0),
        .vram_gb = stoker_csv_get_number (csv, i, "gpu_memory", -1),
        .region = g_intern_string (stoker_csv_get (csv, i, "location")),
        .offer_id = intern_or_null (stoker_csv_get (csv, i, "instance_name")),
        .price = parse_price (stoker_csv_get (csv, i, "price")),
      };

      if (profile != NULL && offer.gpus > 0)
        add_offer (sink, profile, is_spot ? STOKER_PLAN_SPOT : STOKER_PLAN_POD, &offer);
    }
}

static char *
name_of_folder (const char *path)
{
  g_autofree char *dir = g_path_get_dirname (path);

  return g_path_get_basename (dir);
}

static char *
name_of_file (const char *path)
{
  char *base = g_path_get_basename (path);
  char *dot = strchr (base, '.');

  if (dot != NULL)
    *dot = '\0';
  return base;
}

static gboolean
add_rows (Sink *sink, const StokerCsv *csv, const char *path, GError **error)
{
  gboolean is_skypilot = stoker_csv_has_column (csv, "AcceleratorName");
  g_autofree char *name = is_skypilot ? name_of_folder (path) : name_of_file (path);
  const StokerProfile *profile = find_profile (sink->catalog, name);

  if (is_skypilot && profile != NULL)
    add_skypilot_rows (sink, csv, profile);
  else if (stoker_csv_has_column (csv, "gpu_name") &&
           (profile != NULL || stoker_csv_has_column (csv, "provider")))
    add_gpuhunt_rows (sink, csv, profile);
  else if (is_skypilot || stoker_csv_has_column (csv, "gpu_name"))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("%s: the catalog has no provider called “%s”"), path, name);
  else
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("%s:1: is neither SkyPilot's nor gpuhunt's table of prices"), path);
  return profile != NULL || stoker_csv_has_column (csv, "provider");
}

/* What `stoker offers --json` and `stoker providers offers --json` print. */
static gboolean
add_document (Sink *sink, const char *text, gsize length, const char *path, GError **error)
{
  g_autoptr (JsonNode) document = stoker_json_parse (text, (gssize) length, path, error);

  return document != NULL &&
         stoker_offer_table_append_json (sink->table, sink->catalog, document, path, error);
}

/* When the table was written; now where nobody tells. */
static gint64
get_modified (GFile *file)
{
  g_autoptr (GFileInfo)
    info = g_file_query_info (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, 0, NULL, NULL);

  if (info == NULL)
    return g_get_real_time ();
  return (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) *
         G_USEC_PER_SEC;
}

static gboolean
add_table (Sink *sink, const char *text, gsize length, const char *path, GError **error)
{
  g_autofree char *copy = g_strndup (text, length);
  g_autoptr (StokerCsv) csv = NULL;

  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: is not UTF-8 text", path);
      return FALSE;
    }
  csv = stoker_csv_parse (copy, path, error);
  return csv != NULL && add_rows (sink, csv, path, error);
}

static gboolean
load_file (Sink *sink, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = stoker_load_file (file, path, MAX_FILE_BYTES, NULL, error);
  const char *text = NULL;
  gsize length = 0;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &length);
  if (text == NULL)
    text = "";
  if (g_str_has_suffix (path, ".json"))
    return add_document (sink, text, length, path, error);
  sink->file = g_intern_string (path);
  sink->as_of_us = get_modified (file);
  return add_table (sink, text, length, path, error);
}

static gboolean
load_cloud (Sink *sink, const char *dir, const char *cloud, GError **error)
{
  g_autofree char *path = g_build_filename (dir, cloud, "vms.csv", NULL);

  if (find_profile (sink->catalog, cloud) == NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  return load_file (sink, path, error);
}

/* SkyPilot's folder has one folder a cloud; those we have no profile of are passed over. */
static gboolean
load_folder (Sink *sink, const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &local_error);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: %s", path, local_error->message);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (!load_cloud (sink, path, name, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * stoker_load_offers:
 * @workspace: the workspace
 * @path: a file or folder
 * @error: return location
 *
 * Reads prices that the user has on disk: SkyPilot's catalog (a folder of clouds, or one
 * `<cloud>/vms.csv`), gpuhunt's CSV, or the JSON of Stoker's own lists of offers. Of tables only
 * rows with a GPU and a price count; their date is the file's.
 *
 * Returns: (transfer full): the offers, or %NULL with %STOKER_ERROR_CONFIG naming file, line and
 * mistake
 */
StokerOfferTable *
stoker_load_offers (StokerWorkspace *workspace, const char *path, GError **error)
{
  StokerCatalog *catalog = stoker_workspace_get_catalog (workspace);
  g_autoptr (StokerOfferTable) table = stoker_offer_table_new (catalog);
  Sink sink = { .catalog = catalog, .table = table };
  gboolean is_loaded;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    is_loaded = load_folder (&sink, path, error);
  else
    is_loaded = load_file (&sink, path, error);
  if (is_loaded && stoker_offer_table_get_length (table) == 0)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("%s: no priced GPU of a known provider is in it"), path);
      return NULL;
    }
  return is_loaded ? g_steal_pointer (&table) : NULL;
}
