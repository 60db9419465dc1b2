/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-nvidia-private.h"

#include <dlfcn.h>

/*
 * NVIDIA's management library, as far as it is used here, by its documented binary interface
 * (https://docs.nvidia.com/deploy/nvml-api/, 2026-11): there is nothing of it to build against.
 */
#define NAME_BYTES 96
#define MAX_GPUS 64
#define SENSOR_GPU 0
#define MEMORY_V2_VERSION 0x02000028u

enum {
  NVML_SUCCESS = 0,
  NVML_NO_PERMISSION = 4,
  NVML_DRIVER_NOT_LOADED = 9,
  NVML_LIBRARY_NOT_FOUND = 12,
  NVML_FUNCTION_NOT_FOUND = 13,
  NVML_GPU_IS_LOST = 15,
  NVML_RESET_REQUIRED = 16,
  NVML_LIB_RM_VERSION_MISMATCH = 18,
};

typedef void *NvmlDevice;

typedef struct
{
  guint64 total;
  guint64 free;
  guint64 used;
} NvmlMemory;

typedef struct
{
  guint32 version;
  guint64 total;
  guint64 reserved;
  guint64 free;
  guint64 used;
} NvmlMemoryV2;

typedef struct
{
  guint32 gpu;
  guint32 memory;
} NvmlUtilization;

G_STATIC_ASSERT (sizeof (NvmlMemoryV2) == (MEMORY_V2_VERSION & 0xffff));

typedef struct
{
  int (*init) (void);
  int (*shutdown) (void);
  int (*get_driver) (char *version, unsigned length);
  int (*get_count) (unsigned *count);
  int (*get_device) (unsigned index, NvmlDevice *device);
  int (*get_name) (NvmlDevice device, char *name, unsigned length);
  int (*get_uuid) (NvmlDevice device, char *uuid, unsigned length);
  int (*get_memory) (NvmlDevice device, NvmlMemory *memory);
  int (*get_memory_v2) (NvmlDevice device, NvmlMemoryV2 *memory);
  int (*get_utilization) (NvmlDevice device, NvmlUtilization *utilization);
  int (*get_temperature) (NvmlDevice device, int sensor, unsigned *celsius);
  int (*get_power) (NvmlDevice device, unsigned *milliwatts);
  int (*get_power_limit) (NvmlDevice device, unsigned *milliwatts);
} Nvml;

typedef struct
{
  gsize offset;
  const char *name;
  const char *older_name; /* nullable */
  gboolean is_needed;
} Symbol;

static const Symbol symbols[] = {
  { G_STRUCT_OFFSET (Nvml, init), "nvmlInit_v2", "nvmlInit", TRUE },
  { G_STRUCT_OFFSET (Nvml, shutdown), "nvmlShutdown", NULL, TRUE },
  { G_STRUCT_OFFSET (Nvml, get_driver), "nvmlSystemGetDriverVersion", NULL, FALSE },
  { G_STRUCT_OFFSET (Nvml, get_count), "nvmlDeviceGetCount_v2", "nvmlDeviceGetCount", TRUE },
  { G_STRUCT_OFFSET (Nvml, get_device), "nvmlDeviceGetHandleByIndex_v2",
    "nvmlDeviceGetHandleByIndex", TRUE },
  { G_STRUCT_OFFSET (Nvml, get_name), "nvmlDeviceGetName", NULL, TRUE },
  { G_STRUCT_OFFSET (Nvml, get_uuid), "nvmlDeviceGetUUID", NULL, FALSE },
  { G_STRUCT_OFFSET (Nvml, get_memory), "nvmlDeviceGetMemoryInfo", NULL, TRUE },
  { G_STRUCT_OFFSET (Nvml, get_memory_v2), "nvmlDeviceGetMemoryInfo_v2", NULL, FALSE },
  { G_STRUCT_OFFSET (Nvml, get_utilization), "nvmlDeviceGetUtilizationRates", NULL, FALSE },
  { G_STRUCT_OFFSET (Nvml, get_temperature), "nvmlDeviceGetTemperature", NULL, FALSE },
  { G_STRUCT_OFFSET (Nvml, get_power), "nvmlDeviceGetPowerUsage", NULL, FALSE },
  { G_STRUCT_OFFSET (Nvml, get_power_limit), "nvmlDeviceGetEnforcedPowerLimit", NULL, FALSE },
};

static gboolean
resolve (Nvml *nvml, void *library)
{
  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      const Symbol *symbol = &symbols[i];
      void *address = dlsym (library, symbol->name);

      if (address == NULL && symbol->older_name != NULL)
        address = dlsym (library, symbol->older_name);
      if (address == NULL && symbol->is_needed)
        return FALSE;
      G_STRUCT_MEMBER (void *, nvml, symbol->offset) = address;
    }
  return TRUE;
}

/* It stays loaded: the driver's threads may still run when a call has failed. */
static void *
open_library (const char *const *libraries)
{
  void *library = NULL;

  for (gsize i = 0; libraries[i] != NULL && library == NULL; i++)
    library = dlopen (libraries[i], RTLD_LAZY | RTLD_LOCAL);
  return library;
}

static StokerNvidiaState
name_state (int code)
{
  switch (code)
    {
    case NVML_SUCCESS:
      return STOKER_NVIDIA_OK;
    case NVML_NO_PERMISSION:
      return STOKER_NVIDIA_NO_PERMISSION;
    case NVML_DRIVER_NOT_LOADED:
      return STOKER_NVIDIA_NO_DRIVER;
    case NVML_LIBRARY_NOT_FOUND:
    case NVML_FUNCTION_NOT_FOUND:
      return STOKER_NVIDIA_NO_LIBRARY;
    case NVML_GPU_IS_LOST:
    case NVML_RESET_REQUIRED:
      return STOKER_NVIDIA_LOST;
    case NVML_LIB_RM_VERSION_MISMATCH:
      return STOKER_NVIDIA_MISMATCH;
    default:
      return STOKER_NVIDIA_OTHER;
    }
}

static double
to_gb (guint64 bytes)
{
  return (double) bytes / (1024.0 * 1024 * 1024);
}

/* The second version counts what the driver keeps for itself apart, and not as used. */
static int
read_memory (const Nvml *nvml, NvmlDevice device, StokerGpu *gpu)
{
  NvmlMemoryV2 newer = { .version = MEMORY_V2_VERSION };
  NvmlMemory memory = { 0 };
  int code = NVML_SUCCESS;

  if (nvml->get_memory_v2 != NULL && nvml->get_memory_v2 (device, &newer) == NVML_SUCCESS)
    {
      gpu->vram_total_gb = to_gb (newer.total);
      gpu->vram_used_gb = to_gb (newer.used);
      return NVML_SUCCESS;
    }
  code = nvml->get_memory (device, &memory);
  if (code == NVML_SUCCESS)
    {
      gpu->vram_total_gb = to_gb (memory.total);
      gpu->vram_used_gb = to_gb (memory.used);
    }
  return code;
}

/* What a card does not support stays unknown. */
static void
read_activity (const Nvml *nvml, NvmlDevice device, StokerGpu *gpu)
{
  NvmlUtilization utilization = { 0 };
  unsigned value = 0;

  if (nvml->get_utilization != NULL && nvml->get_utilization (device, &utilization) == NVML_SUCCESS)
    gpu->load_percent = utilization.gpu;
  if (nvml->get_temperature != NULL &&
      nvml->get_temperature (device, SENSOR_GPU, &value) == NVML_SUCCESS)
    gpu->temperature_c = value;
  if (nvml->get_power != NULL && nvml->get_power (device, &value) == NVML_SUCCESS)
    gpu->power_w = value / 1000.0;
  if (nvml->get_power_limit != NULL && nvml->get_power_limit (device, &value) == NVML_SUCCESS)
    gpu->power_limit_w = value / 1000.0;
}

static StokerGpu *
read_gpu (const Nvml *nvml, unsigned index, const char *driver)
{
  char name[NAME_BYTES] = "NVIDIA GPU";
  char uuid[NAME_BYTES] = "";
  NvmlDevice device = NULL;
  StokerGpu *gpu = NULL;
  int code = nvml->get_device (index, &device);

  if (code == NVML_SUCCESS)
    nvml->get_name (device, name, sizeof name);
  gpu = stoker_gpu_new ("nvidia", name);
  gpu->driver_version = g_strdup (driver);
  if (code == NVML_SUCCESS && nvml->get_uuid != NULL &&
      nvml->get_uuid (device, uuid, sizeof uuid) == NVML_SUCCESS)
    gpu->uuid = g_strdup (uuid);
  if (code == NVML_SUCCESS)
    code = read_memory (nvml, device, gpu);
  if (code == NVML_SUCCESS)
    read_activity (nvml, device, gpu);
  else
    gpu->problem = stoker_nvidia_describe (name_state (code));
  return gpu;
}

static StokerNvidiaState
read_gpus (const Nvml *nvml, StokerLocalSnapshot *snapshot)
{
  char driver[NAME_BYTES] = "";
  unsigned count = 0;
  int code = nvml->get_count (&count);

  if (code != NVML_SUCCESS)
    return name_state (code);
  if (nvml->get_driver == NULL || nvml->get_driver (driver, sizeof driver) != NVML_SUCCESS)
    driver[0] = '\0';
  for (unsigned i = 0; i < MIN (count, MAX_GPUS); i++)
    g_ptr_array_add (snapshot->gpus, read_gpu (nvml, i, driver[0] != '\0' ? driver : NULL));
  return STOKER_NVIDIA_OK;
}

/*
 * stoker_nvml_read:
 * @libraries: names or paths to try, %NULL-terminated
 *
 * Asks NVIDIA's library, which may take a second and wakes sleeping cards: to be called on a thread
 * of its own. Memory counts in GiB.
 *
 * Returns: %STOKER_NVIDIA_OK when its GPUs were added; each may have a problem of its own
 */
StokerNvidiaState
stoker_nvml_read (const char *const *libraries, StokerLocalSnapshot *snapshot)
{
  void *library = open_library (libraries);
  StokerNvidiaState state = STOKER_NVIDIA_OK;
  Nvml nvml = { 0 };
  int code = NVML_SUCCESS;

  if (library == NULL || !resolve (&nvml, library))
    return STOKER_NVIDIA_NO_LIBRARY;
  code = nvml.init ();
  if (code != NVML_SUCCESS)
    return name_state (code);
  state = read_gpus (&nvml, snapshot);
  nvml.shutdown ();
  return state;
}
