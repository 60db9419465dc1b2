/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-nvidia-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* Exit statuses as its manual page tells them. */
enum {
  SMI_NO_PERMISSION = 4,
  SMI_NO_DRIVER = 9,
  SMI_NO_LIBRARY = 12,
  SMI_LOST = 15,
};

/* The columns that are asked for; a name may hold a comma, so those behind it are counted from the
 * end. */
enum {
  COLUMN_UUID = 1,
  COLUMN_NAME = 2,
  N_COLUMNS = 10,
};

enum {
  TAIL_DRIVER,
  TAIL_MEMORY_TOTAL,
  TAIL_MEMORY_USED,
  TAIL_LOAD,
  TAIL_TEMPERATURE,
  TAIL_POWER,
  TAIL_POWER_LIMIT,
  N_TAIL,
};

/* The arguments of nvidia-smi; fields that only newer drivers know would make all of it fail. */
const char *const stoker_nvidia_smi_arguments[] = {
  "--query-gpu=index,uuid,name,driver_version,memory.total,memory.used,utilization.gpu,"
  "temperature.gpu,power.draw,enforced.power.limit",
  "--format=csv,noheader,nounits",
  NULL,
};

/* stoker_nvidia_describe: Returns: (transfer full) (nullable): what is wrong and what to do about
 * it, for people */
char *
stoker_nvidia_describe (StokerNvidiaState state)
{
  switch (state)
    {
    case STOKER_NVIDIA_OK:
      return NULL;
    case STOKER_NVIDIA_NO_LIBRARY:
    case STOKER_NVIDIA_NO_DRIVER:
      return g_strdup (_ ("driver missing: install the driver of the card's maker"));
    case STOKER_NVIDIA_MISMATCH:
      return g_strdup (_ ("driver mismatch: it was updated; restart the computer"));
    case STOKER_NVIDIA_LOST:
      return g_strdup (_ ("lost: the card does not answer any more; restart the computer"));
    case STOKER_NVIDIA_NO_PERMISSION:
      return g_strdup (_ ("no permission: you may not use this card"));
    case STOKER_NVIDIA_OTHER:
    default:
      return g_strdup (_ ("the driver reports an error"));
    }
}

/* "[N/A]", "[Not Supported]" and the like are not numbers, and so unknown. */
static double
parse_number (const char *cell)
{
  char *end = NULL;
  double value = g_ascii_strtod (cell, &end);

  return end != cell && *end == '\0' && value >= 0 ? value : -1;
}

static double
parse_gb (const char *cell)
{
  double mib = parse_number (cell);

  return mib < 0 ? -1 : mib / 1024;
}

static char *
join_name (char **cells, guint n_cells)
{
  g_autoptr (GString) name = g_string_new (cells[COLUMN_NAME]);

  for (guint i = COLUMN_NAME + 1; i + N_TAIL < n_cells; i++)
    g_string_append_printf (name, ", %s", cells[i]);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static StokerGpu *
decode_line (const char *line)
{
  g_auto (GStrv) cells = g_strsplit (line, ",", 64);
  guint n_cells = g_strv_length (cells);
  g_autofree char *name = NULL;
  char **tail = NULL;
  StokerGpu *gpu = NULL;

  for (guint i = 0; i < n_cells; i++)
    g_strstrip (cells[i]);
  if (n_cells < N_COLUMNS || !g_ascii_isdigit (cells[0][0]))
    return NULL;
  tail = cells + n_cells - N_TAIL;
  name = join_name (cells, n_cells);
  gpu = stoker_gpu_new ("nvidia", name);
  gpu->uuid = g_strdup (cells[COLUMN_UUID]);
  gpu->driver_version = g_strdup (tail[TAIL_DRIVER]);
  gpu->vram_total_gb = parse_gb (tail[TAIL_MEMORY_TOTAL]);
  gpu->vram_used_gb = parse_gb (tail[TAIL_MEMORY_USED]);
  gpu->load_percent = parse_number (tail[TAIL_LOAD]);
  gpu->temperature_c = parse_number (tail[TAIL_TEMPERATURE]);
  gpu->power_w = parse_number (tail[TAIL_POWER]);
  gpu->power_limit_w = parse_number (tail[TAIL_POWER_LIMIT]);
  if (strstr (line, "GPU is lost") != NULL)
    gpu->problem = stoker_nvidia_describe (STOKER_NVIDIA_LOST);
  return gpu;
}

static StokerNvidiaState
name_state (int exit_status, const char *text)
{
  /* The text of a mismatch comes with the general status of failure. */
  if (strstr (text, "version mismatch") != NULL)
    return STOKER_NVIDIA_MISMATCH;
  switch (exit_status)
    {
    case SMI_NO_PERMISSION:
      return STOKER_NVIDIA_NO_PERMISSION;
    case SMI_NO_DRIVER:
    case SMI_NO_LIBRARY:
      return STOKER_NVIDIA_NO_DRIVER;
    case SMI_LOST:
      return STOKER_NVIDIA_LOST;
    default:
      return STOKER_NVIDIA_OTHER;
    }
}

/*
 * stoker_nvidia_smi_decode:
 * @text: what nvidia-smi wrote when called with stoker_nvidia_smi_arguments
 *
 * Adds the GPUs it tells of. Lines in another form are passed over. Memory counts in GiB.
 *
 * Returns: %STOKER_NVIDIA_OK when there was at least one
 */
StokerNvidiaState
stoker_nvidia_smi_decode (const char *text, int exit_status, StokerLocalSnapshot *snapshot)
{
  g_auto (GStrv) lines = NULL;
  guint before = snapshot->gpus->len;

  if (exit_status != 0)
    return name_state (exit_status, text);
  lines = g_strsplit (text, "\n", 256);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      StokerGpu *gpu = decode_line (lines[i]);

      if (gpu != NULL)
        g_ptr_array_add (snapshot->gpus, gpu);
    }
  return snapshot->gpus->len > before ? STOKER_NVIDIA_OK : STOKER_NVIDIA_OTHER;
}
