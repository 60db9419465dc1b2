/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-sysfs-private.h"

#include <string.h>

/* An APU takes a few hundred MiB of the main memory as its own; real cards have more. */
#define MAX_CARVE_OUT_BYTES (4.0 * 1024 * 1024 * 1024)
#define BYTES_PER_GB (1024.0 * 1024 * 1024)

/* "card0", but not "card0-HDMI-A-1". */
static gboolean
is_card_name (const char *name)
{
  return g_str_has_prefix (name, "card") && strchr (name, '-') == NULL;
}

static gboolean
has_driver (const char *device, const char *const *drivers)
{
  g_autofree char *uevent = stoker_sysfs_read (device, "uevent");
  g_auto (GStrv) lines = uevent != NULL ? g_strsplit (uevent, "\n", -1) : NULL;

  for (gsize i = 0; lines != NULL && lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "DRIVER="))
      return g_strv_contains (drivers, g_strstrip (lines[i] + strlen ("DRIVER=")));
  return FALSE;
}

typedef StokerGpu *(*CardFunc) (const char *device);

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_cards (const char *drm)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (drm, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_card_name (name))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
read_cards (const char *sys_root,
            const char *const *drivers,
            CardFunc read_card,
            StokerLocalSnapshot *snapshot)
{
  g_autofree char *drm = g_build_filename (sys_root, "sys/class/drm", NULL);
  g_autoptr (GPtrArray) names = list_cards (drm);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *device = g_build_filename (drm, g_ptr_array_index (names, i), "device",
                                                  NULL);

      if (has_driver (device, drivers))
        g_ptr_array_add (snapshot->gpus, read_card (device));
    }
}

static char *
find_hwmon (const char *device)
{
  g_autofree char *folder = g_build_filename (device, "hwmon", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;

  return name != NULL ? g_build_filename (folder, name, NULL) : NULL;
}

static double
scale (double value, double divisor)
{
  return value < 0 ? -1 : value / divisor;
}

/* Kernel documentation, gpu/amdgpu/thermal.html (2026-11): temperatures in thousandths of a degree,
 * power in millionths of a watt. */
static void
read_sensors (StokerGpu *gpu, const char *device)
{
  g_autofree char *hwmon = find_hwmon (device);

  if (hwmon == NULL)
    return;
  gpu->temperature_c = scale (stoker_sysfs_read_number (hwmon, "temp1_input"), 1000);
  gpu->power_w = scale (stoker_sysfs_read_number (hwmon, "power1_average"), 1e6);
  if (gpu->power_w < 0)
    gpu->power_w = scale (stoker_sysfs_read_number (hwmon, "power1_input"), 1e6);
  gpu->power_limit_w = scale (stoker_sysfs_read_number (hwmon, "power1_cap"), 1e6);
}

static gboolean
is_asleep (const char *device)
{
  g_autofree char *status = stoker_sysfs_read (device, "power/runtime_status");

  return g_strcmp0 (status, "suspended") == 0;
}

static void
read_memory (StokerGpu *gpu, const char *device)
{
  double total = stoker_sysfs_read_number (device, "mem_info_vram_total");
  double used = stoker_sysfs_read_number (device, "mem_info_vram_used");
  double shared = stoker_sysfs_read_number (device, "mem_info_gtt_total");
  double shared_used = stoker_sysfs_read_number (device, "mem_info_gtt_used");

  gpu->is_integrated = gpu->uuid == NULL && total >= 0 && total < MAX_CARVE_OUT_BYTES;
  if (gpu->is_integrated && shared > 0)
    {
      total += shared;
      used = used >= 0 && shared_used >= 0 ? used + shared_used : -1;
    }
  gpu->vram_total_gb = scale (total, BYTES_PER_GB);
  gpu->vram_used_gb = scale (used, BYTES_PER_GB);
}

static char *
name_card (const char *device, const char *fallback)
{
  char *name = stoker_sysfs_read (device, "product_name");
  g_autofree char *id = NULL;

  if (name != NULL)
    return name;
  id = stoker_sysfs_read (device, "device");
  return g_strdup_printf ("%s %s", fallback, id != NULL ? id : "");
}

static StokerGpu *
read_amd (const char *device)
{
  g_autofree char *name = name_card (device, "AMD GPU");
  StokerGpu *gpu = stoker_gpu_new ("amd", g_strchomp (name));

  gpu->uuid = stoker_sysfs_read (device, "unique_id");
  read_memory (gpu, device);
  /* Reading its sensors would wake it. */
  if (is_asleep (device))
    return gpu;
  gpu->load_percent = stoker_sysfs_read_number (device, "gpu_busy_percent");
  read_sensors (gpu, device);
  return gpu;
}

/* How much memory an Intel card has is not in sysfs, so it stays unknown. */
static StokerGpu *
read_intel (const char *device)
{
  g_autofree char *name = name_card (device, "Intel GPU");
  g_autofree char *uevent = stoker_sysfs_read (device, "uevent");
  StokerGpu *gpu = stoker_gpu_new ("intel", g_strchomp (name));

  gpu->is_integrated = uevent != NULL && strstr (uevent, "PCI_SLOT_NAME=0000:00:02.0") != NULL;
  return gpu;
}

/* stoker_amd_read_gpus: Adds the cards of the amdgpu driver. Memory counts in GiB; an integrated
 * one shares the main memory. */
void
stoker_amd_read_gpus (const char *sys_root, StokerLocalSnapshot *snapshot)
{
  const char *const drivers[] = { "amdgpu", NULL };

  read_cards (sys_root, drivers, read_amd, snapshot);
}

/* stoker_intel_read_gpus: Adds the cards of Intel's two drivers. */
void
stoker_intel_read_gpus (const char *sys_root, StokerLocalSnapshot *snapshot)
{
  const char *const drivers[] = { "i915", "xe", NULL };

  read_cards (sys_root, drivers, read_intel, snapshot);
}
