/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib.h>

#include <string.h>

/*
 * Stands for NVIDIA's management library: two cards, and the mishap that STOKER_STUB_NVML names.
 * The prototypes are those of its documentation (https://docs.nvidia.com/deploy/nvml-api/,
 * 2026-11).
 */
#define STUB __attribute__ ((visibility ("default")))

/* Longer than the test waits, but not so long that the process cannot end. */
#define HANG_US 1000000

enum {
  OK = 0,
  NOT_SUPPORTED = 3,
  NOT_LOADED = 9,
  LOST = 15,
  MISMATCH = 18,
  WRONG_VERSION = 25,
};

STUB int nvmlInit_v2 (void);
STUB int nvmlShutdown (void);
STUB int nvmlSystemGetDriverVersion (char *version, unsigned length);
STUB int nvmlDeviceGetCount_v2 (unsigned *count);
STUB int nvmlDeviceGetHandleByIndex_v2 (unsigned index, void **device);
STUB int nvmlDeviceGetName (void *device, char *name, unsigned length);
STUB int nvmlDeviceGetUUID (void *device, char *uuid, unsigned length);
STUB int nvmlDeviceGetMemoryInfo (void *device, guint64 *memory);
STUB int nvmlDeviceGetMemoryInfo_v2 (void *device, guint64 *memory);
STUB int nvmlDeviceGetUtilizationRates (void *device, guint32 *rates);
STUB int nvmlDeviceGetTemperature (void *device, int sensor, unsigned *celsius);
STUB int nvmlDeviceGetPowerUsage (void *device, unsigned *milliwatts);

static gboolean
has_mishap (const char *name)
{
  return g_strcmp0 (g_getenv ("STOKER_STUB_NVML"), name) == 0;
}

int
nvmlInit_v2 (void)
{
  if (has_mishap ("mismatch"))
    return MISMATCH;
  if (has_mishap ("hang"))
    g_usleep (HANG_US);
  return has_mishap ("not-loaded") ? NOT_LOADED : OK;
}

int
nvmlShutdown (void)
{
  return OK;
}

int
nvmlSystemGetDriverVersion (char *version, unsigned length)
{
  g_strlcpy (version, "595.80", length);
  return OK;
}

int
nvmlDeviceGetCount_v2 (unsigned *count)
{
  *count = 2;
  return OK;
}

int
nvmlDeviceGetHandleByIndex_v2 (unsigned index, void **device)
{
  if (index == 1 && has_mishap ("lost"))
    return LOST;
  *device = GUINT_TO_POINTER (index + 1);
  return OK;
}

int
nvmlDeviceGetName (void *device, char *name, unsigned length)
{
  g_strlcpy (name, device == GUINT_TO_POINTER (1) ? "NVIDIA L40S" : "NVIDIA GeForce RTX 4090",
             length);
  return OK;
}

int
nvmlDeviceGetUUID (void *device, char *uuid, unsigned length)
{
  g_strlcpy (uuid, device == GUINT_TO_POINTER (1) ? "GPU-1" : "GPU-2", length);
  return OK;
}

int
nvmlDeviceGetMemoryInfo (void *device, guint64 *memory)
{
  memory[0] = G_GUINT64_CONSTANT (24) << 30;
  memory[1] = G_GUINT64_CONSTANT (22) << 30;
  memory[2] = G_GUINT64_CONSTANT (2) << 30;
  return OK;
}

/* Only the first card knows the newer form: version, total, reserved, free, used. */
int
nvmlDeviceGetMemoryInfo_v2 (void *device, guint64 *memory)
{
  guint32 version = 0;

  memcpy (&version, memory, sizeof version);
  if (version != 0x02000028u)
    return WRONG_VERSION;
  if (device != GUINT_TO_POINTER (1))
    return NOT_SUPPORTED;
  memory[1] = G_GUINT64_CONSTANT (45) << 30;
  memory[2] = G_GUINT64_CONSTANT (1) << 30;
  memory[3] = G_GUINT64_CONSTANT (40) << 30;
  memory[4] = G_GUINT64_CONSTANT (4) << 30;
  return OK;
}

int
nvmlDeviceGetUtilizationRates (void *device, guint32 *rates)
{
  if (device != GUINT_TO_POINTER (1))
    return NOT_SUPPORTED;
  rates[0] = 93;
  rates[1] = 40;
  return OK;
}

int
nvmlDeviceGetTemperature (void *device, int sensor, unsigned *celsius)
{
  *celsius = sensor == 0 ? 58 : 0;
  return OK;
}

int
nvmlDeviceGetPowerUsage (void *device, unsigned *milliwatts)
{
  *milliwatts = 287500;
  return OK;
}
