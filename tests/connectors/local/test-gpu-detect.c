/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-gpu-detect-private.h"

#include "stoker-error.h"
#include "stoker-nvidia-private.h"

#include <glib/gstdio.h>

#include <string.h>
#include <unistd.h>

#define PATIENCE_S 20

static gboolean
lost_patience_cb (gpointer user_data)
{
  gboolean *is_late = user_data;

  *is_late = TRUE;
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  StokerLocalSnapshot *snapshot;
  GError *error;
  gboolean is_done;
} Found;

static void
got_snapshot (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Found *found = user_data;

  found->snapshot = stoker_gpu_detect_finish (result, &found->error);
  found->is_done = TRUE;
}

static Found
detect (const char *root, GCancellable *cancellable)
{
  Found found = { 0 };
  gboolean is_late = FALSE;
  guint id = g_timeout_add_seconds (PATIENCE_S, lost_patience_cb, &is_late);

  stoker_gpu_detect_async (root, cancellable, got_snapshot, &found);
  g_assert_false (found.is_done);
  while (!found.is_done && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_false (is_late);
  return found;
}

static StokerLocalSnapshot *
look_at (const char *root)
{
  Found found = detect (root, NULL);

  g_assert_no_error (found.error);
  return found.snapshot;
}

static const StokerGpu *
get_gpu (StokerLocalSnapshot *snapshot, guint index)
{
  g_assert_cmpuint (index, <, snapshot->gpus->len);
  return g_ptr_array_index (snapshot->gpus, index);
}

static void
assert_near (double value, double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, 0.05);
}

static char *
get_machine (const char *name)
{
  return g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "tests/data/machines", name, NULL);
}

static void
test_amd (void)
{
  g_autofree char *root = get_machine ("amd");
  g_autoptr (StokerLocalSnapshot) snapshot = look_at (root);
  const StokerGpu *card = get_gpu (snapshot, 0);
  const StokerGpu *apu = get_gpu (snapshot, 1);
  const StokerGpu *intel = get_gpu (snapshot, 2);

  g_assert_cmpuint (snapshot->gpus->len, ==, 3);
  g_assert_cmpstr (snapshot->source, ==, "sysfs");
  assert_near (snapshot->memory_gb, 62.71);
  assert_near (snapshot->load_average, 1.25);
  g_assert_cmpint (snapshot->cpus, >, 0);
  g_assert_cmpstr (card->vendor, ==, "amd");
  g_assert_cmpstr (card->name, ==, "Radeon RX 7900 XTX");
  g_assert_cmpstr (card->uuid, ==, "7fc1a22b90d34e11");
  assert_near (card->vram_total_gb, 23.98);
  assert_near (card->vram_used_gb, 2);
  assert_near (card->load_percent, 37);
  assert_near (card->temperature_c, 61);
  assert_near (card->power_w, 214);
  assert_near (card->power_limit_w, 303);
  g_assert_false (card->is_integrated);
  g_assert_null (card->problem);
  g_assert_cmpstr (apu->name, ==, "AMD GPU 0x164e");
  g_assert_true (apu->is_integrated);
  assert_near (apu->vram_total_gb, 15.5);
  assert_near (apu->vram_used_gb, 0.5);
  assert_near (apu->power_w, 18.5);
  assert_near (apu->power_limit_w, -1);
  g_assert_cmpstr (intel->vendor, ==, "intel");
  g_assert_true (intel->is_integrated);
  assert_near (intel->vram_total_gb, -1);
}

static void
test_without_driver (void)
{
  g_autofree char *root = get_machine ("bare");
  g_autoptr (StokerLocalSnapshot) snapshot = look_at (root);

  g_assert_cmpuint (snapshot->gpus->len, ==, 2);
  g_assert_cmpstr (snapshot->source, ==, "none");
  g_assert_cmpstr (get_gpu (snapshot, 0)->name, ==, "card at 0000:01:00.0");
  g_assert_true (g_str_has_prefix (get_gpu (snapshot, 0)->problem, "driver missing"));
  g_assert_cmpstr (get_gpu (snapshot, 1)->vendor, ==, "amd");
  g_assert_true (g_str_has_prefix (get_gpu (snapshot, 1)->problem, "driver missing"));
  assert_near (snapshot->memory_gb, -1);
}

static void
test_asleep (void)
{
  g_autofree char *root = get_machine ("asleep");
  g_autoptr (StokerLocalSnapshot) snapshot = look_at (root);

  g_assert_cmpuint (snapshot->gpus->len, ==, 1);
  g_assert_true (g_str_has_prefix (get_gpu (snapshot, 0)->problem, "asleep"));
}

static void
test_empty_machine (void)
{
  g_autoptr (StokerLocalSnapshot) snapshot = look_at ("/nonexistent");

  g_assert_cmpuint (snapshot->gpus->len, ==, 0);
  g_assert_cmpstr (snapshot->source, ==, "none");
}

/* Whatever this machine has, looking at it works. */
static void
test_this_machine (void)
{
  g_autoptr (StokerLocalSnapshot) snapshot = look_at ("/");

  g_assert_cmpfloat (snapshot->memory_gb, >, 0);
  g_assert_cmpfloat (snapshot->load_average, >=, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Found found = { 0 };

  g_cancellable_cancel (cancellable);
  found = detect ("/nonexistent", cancellable);
  g_assert_error (found.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_error_free (found.error);
}

/* A machine with the "asleep" one's card awake, put together in a temporary folder. */
typedef struct
{
  char *root;
} Nvidia;

static void
put (Nvidia *machine, const char *path, const char *text, int mode)
{
  g_autofree char *file = g_build_filename (machine->root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  g_assert_cmpint (g_chmod (file, (guint) mode), ==, 0);
}

static void
put_nvml (Nvidia *machine)
{
  g_autofree char *folder = g_build_filename (machine->root, "usr/lib", NULL);
  g_autofree char *file = g_build_filename (folder, "libnvidia-ml.so.1", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (symlink (g_getenv ("STOKER_TEST_NVML"), file), ==, 0);
}

static void
set_up (Nvidia *machine, gconstpointer data)
{
  machine->root = g_dir_make_tmp ("stoker-gpu-XXXXXX", NULL);
  g_assert_nonnull (machine->root);
  put (machine, "proc/driver/nvidia/version", "NVRM version: …\n", 0600);
  put (machine, "sys/bus/pci/devices/0000:01:00.0/class", "0x030200\n", 0600);
  put (machine, "sys/bus/pci/devices/0000:01:00.0/vendor", "0x10de\n", 0600);
  g_unsetenv ("STOKER_STUB_NVML");
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL
                                                                    : g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Nvidia *machine, gconstpointer data)
{
  remove_tree (machine->root);
  g_free (machine->root);
}

static void
test_nvml (Nvidia *machine, gconstpointer data)
{
  g_autoptr (StokerLocalSnapshot) snapshot = NULL;
  const StokerGpu *first = NULL;
  const StokerGpu *second = NULL;

  put_nvml (machine);
  snapshot = look_at (machine->root);
  g_assert_cmpuint (snapshot->gpus->len, ==, 2);
  g_assert_cmpstr (snapshot->source, ==, "nvml");
  first = get_gpu (snapshot, 0);
  second = get_gpu (snapshot, 1);
  g_assert_cmpstr (first->name, ==, "NVIDIA L40S");
  g_assert_cmpstr (first->uuid, ==, "GPU-1");
  g_assert_cmpstr (first->driver_version, ==, "595.80");
  assert_near (first->vram_total_gb, 45);
  assert_near (first->vram_used_gb, 4);
  assert_near (first->load_percent, 93);
  assert_near (first->power_w, 287.5);
  assert_near (first->power_limit_w, -1);
  g_assert_cmpstr (second->name, ==, "NVIDIA GeForce RTX 4090");
  assert_near (second->vram_total_gb, 24);
  assert_near (second->vram_used_gb, 2);
  assert_near (second->load_percent, -1);
  assert_near (second->temperature_c, 58);
}

static void
test_lost (Nvidia *machine, gconstpointer data)
{
  g_autoptr (StokerLocalSnapshot) snapshot = NULL;

  put_nvml (machine);
  g_setenv ("STOKER_STUB_NVML", "lost", TRUE);
  snapshot = look_at (machine->root);
  g_assert_cmpuint (snapshot->gpus->len, ==, 2);
  g_assert_null (get_gpu (snapshot, 0)->problem);
  g_assert_true (g_str_has_prefix (get_gpu (snapshot, 1)->problem, "lost"));
  assert_near (get_gpu (snapshot, 1)->vram_total_gb, -1);
}

static void
test_nvml_fails (Nvidia *machine, gconstpointer data)
{
  const char *const *words = data;
  g_autoptr (StokerLocalSnapshot) snapshot = NULL;

  put_nvml (machine);
  g_setenv ("STOKER_STUB_NVML", words[0], TRUE);
  snapshot = look_at (machine->root);
  g_assert_cmpuint (snapshot->gpus->len, ==, 1);
  g_assert_cmpstr (snapshot->source, ==, "none");
  g_assert_true (g_str_has_prefix (get_gpu (snapshot, 0)->problem, words[1]));
}

static void
test_nvml_hangs (Nvidia *machine, gconstpointer data)
{
  Found found = { 0 };

  put_nvml (machine);
  g_setenv ("STOKER_STUB_NVML", "hang", TRUE);
  stoker_gpu_detect_set_limit_ms (50);
  found = detect (machine->root, NULL);
  stoker_gpu_detect_set_limit_ms (10000);
  g_assert_error (found.error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE);
  g_error_free (found.error);
}

static void
test_smi (Nvidia *machine, gconstpointer data)
{
  g_autoptr (StokerLocalSnapshot) snapshot = NULL;
  const StokerGpu *gpu = NULL;

  put (
    machine, "usr/bin/nvidia-smi",
    "#!/bin/sh\n"
    "[ \"$2\" = --format=csv,noheader,nounits ] || exit 2\n"
    "echo '0, GPU-aa, NVIDIA H200, 590.48, 143771, 512, 7, 31, 79.20, 700.00'\n"
    "echo '1, GPU-bb, NVIDIA Odd, Named GPU, 590.48, 16384, 0, [N/A], 40, [N/A], [Not Supported]'\n"
    "echo 'WARNING: infoROM is corrupted'\n",
    0700);
  snapshot = look_at (machine->root);
  g_assert_cmpuint (snapshot->gpus->len, ==, 2);
  g_assert_cmpstr (snapshot->source, ==, "nvidia-smi");
  gpu = get_gpu (snapshot, 0);
  g_assert_cmpstr (gpu->name, ==, "NVIDIA H200");
  g_assert_cmpstr (gpu->uuid, ==, "GPU-aa");
  g_assert_cmpstr (gpu->driver_version, ==, "590.48");
  assert_near (gpu->vram_total_gb, 140.4);
  assert_near (gpu->vram_used_gb, 0.5);
  assert_near (gpu->load_percent, 7);
  assert_near (gpu->power_limit_w, 700);
  gpu = get_gpu (snapshot, 1);
  g_assert_cmpstr (gpu->name, ==, "NVIDIA Odd, Named GPU");
  assert_near (gpu->load_percent, -1);
  assert_near (gpu->power_w, -1);
}

static void
test_smi_fails (Nvidia *machine, gconstpointer data)
{
  const char *const *words = data;
  g_autoptr (StokerLocalSnapshot) snapshot = NULL;

  put (machine, "usr/bin/nvidia-smi", words[0], 0700);
  snapshot = look_at (machine->root);
  g_assert_cmpuint (snapshot->gpus->len, ==, 1);
  g_assert_cmpstr (snapshot->source, ==, "none");
  g_assert_true (g_str_has_prefix (get_gpu (snapshot, 0)->problem, words[1]));
}

static void
test_smi_cells (void)
{
  g_autoptr (StokerLocalSnapshot) snapshot = stoker_local_snapshot_new (0, "none");
  const char *text = "0, GPU-a, X, 1.0, [GPU is lost], [GPU is lost], [N/A], [N/A], [N/A], [N/A]\n"
                     "1, GPU-b, too, few\n\n, , , , , , , , , , ,\n";

  g_assert_cmpint (stoker_nvidia_smi_decode (text, 0, snapshot), ==, STOKER_NVIDIA_OK);
  g_assert_cmpuint (snapshot->gpus->len, ==, 1);
  g_assert_true (g_str_has_prefix (get_gpu (snapshot, 0)->problem, "lost"));
  assert_near (get_gpu (snapshot, 0)->vram_total_gb, -1);
  g_assert_cmpint (stoker_nvidia_smi_decode ("", 0, snapshot), ==, STOKER_NVIDIA_OTHER);
}

static const char *const mismatch[] = { "mismatch", "driver mismatch" };
static const char *const not_loaded[] = { "not-loaded", "driver missing" };
static const char *const smi_lost[] = { "#!/bin/sh\nexit 15\n", "lost" };
static const char *const smi_garbage[] = { "#!/bin/sh\nhead -c 3000 /dev/urandom\n",
                                           "the driver reports" };
static const char *const smi_mismatch[] = {
  "#!/bin/sh\necho 'Failed to initialize NVML: Driver/library version mismatch'\nexit 18\n",
  "driver mismatch"
};

#define ADD(name, data, function) \
  g_test_add ("/gpu-detect/" name, Nvidia, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gpu-detect/amd", test_amd);
  g_test_add_func ("/gpu-detect/without-driver", test_without_driver);
  g_test_add_func ("/gpu-detect/asleep", test_asleep);
  g_test_add_func ("/gpu-detect/empty-machine", test_empty_machine);
  g_test_add_func ("/gpu-detect/this-machine", test_this_machine);
  g_test_add_func ("/gpu-detect/cancelled", test_cancelled);
  ADD ("nvml/whole", NULL, test_nvml);
  ADD ("nvml/lost", NULL, test_lost);
  ADD ("nvml/mismatch", mismatch, test_nvml_fails);
  ADD ("nvml/not-loaded", not_loaded, test_nvml_fails);
  ADD ("nvml/hangs", NULL, test_nvml_hangs);
  ADD ("smi/whole", NULL, test_smi);
  ADD ("smi/lost", smi_lost, test_smi_fails);
  ADD ("smi/garbage", smi_garbage, test_smi_fails);
  ADD ("smi/mismatch", smi_mismatch, test_smi_fails);
  g_test_add_func ("/gpu-detect/smi/cells", test_smi_cells);

  return g_test_run ();
}
