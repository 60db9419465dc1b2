/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-output-folder.h"

#include "stoker-json.h"
#include "stoker-paths.h"
#include "stoker-template.h"

#include <string.h>

/* As much of a random identifier as tells two jobs of one name and day apart. */
#define SHORT_ID_LENGTH 12

#define ID_VARIABLE "${id}"

static JsonNode *
new_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text != NULL ? text : "");
}

static JsonNode *
new_time (StokerJob *job, const char *format)
{
  g_autoptr (GDateTime)
    created = g_date_time_new_from_unix_local (stoker_job_get_created (job) / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (created, format);

  return new_text (text);
}

static JsonNode *
look_up (const char *name, gpointer user_data)
{
  StokerJob *job = user_data;
  g_autofree char *short_id = NULL;

  if (g_str_equal (name, "date"))
    return new_time (job, "%Y-%m-%d");
  if (g_str_equal (name, "time"))
    return new_time (job, "%H-%M");
  if (g_str_equal (name, "name"))
    return new_text (stoker_job_get_name (job));
  if (g_str_equal (name, "provider"))
    return new_text (stoker_job_get_provider_id (job));
  if (!g_str_equal (name, "id"))
    return NULL;
  short_id = g_strndup (stoker_job_get_id (job), SHORT_ID_LENGTH);
  return new_text (short_id);
}

/* A slash in a job's name must not make folders. */
static char *
flatten (const char *text)
{
  g_autofree char *flat = g_strdelimit (g_strdup (text), "/\\", '-');

  return stoker_paths_safe_name (flat, "job");
}

static char *
expand (const char *pattern, StokerJob *job)
{
  g_autofree char *whole = strstr (pattern, ID_VARIABLE) != NULL
                             ? g_strdup (pattern)
                             : g_strconcat (pattern, " ", ID_VARIABLE, NULL);

  return stoker_template_expand (whole, look_up, job, NULL);
}

/**
 * stoker_output_folder_name:
 * @pattern: what the user wants, with `${date}`, `${time}`, `${name}`, `${provider}` and `${id}`
 * @job: a job
 *
 * The name of the folder of a job's outputs: the same at every call, and of no other job, because
 * the identifier is added where the pattern lacks it. A pattern that cannot be read counts as
 * `${id}`.
 *
 * Returns: (transfer full): a safe base name
 */
char *
stoker_output_folder_name (const char *pattern, StokerJob *job)
{
  g_autofree char *text = expand (pattern, job);

  return flatten (text != NULL ? text : stoker_job_get_id (job));
}

/**
 * stoker_output_folder_example:
 * @pattern: as for stoker_output_folder_name()
 *
 * Returns: (transfer full) (nullable): what the folder of a job of today could be called; %NULL
 * when the pattern cannot be read
 */
char *
stoker_output_folder_example (const char *pattern)
{
  g_autoptr (StokerJob) job = stoker_job_new ("5f0c1a9e-7d24", "cg-upscale", "provider");
  g_autofree char *text = NULL;

  stoker_job_set_times (job, g_get_real_time (), 0, 0);
  text = expand (pattern, job);
  return text != NULL ? flatten (text) : NULL;
}

/**
 * stoker_output_folder_of:
 * @settings: the settings
 * @job: a job
 *
 * Returns: (transfer full): the folder that the outputs of @job go to; it need not exist
 */
char *
stoker_output_folder_of (StokerSettings *settings, StokerJob *job)
{
  g_autofree char *base = stoker_settings_get_output_dir (settings);
  g_autofree char *pattern = stoker_settings_get_output_name (settings);
  g_autofree char *name = stoker_output_folder_name (pattern, job);

  return g_build_filename (base, name, NULL);
}
