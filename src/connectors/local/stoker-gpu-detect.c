/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-gpu-detect-private.h"

#include "stoker-error.h"
#include "stoker-nvidia-private.h"
#include "stoker-process.h"
#include "stoker-sysfs-private.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>

#define LIMIT_S 10

/* A driver that is stuck in the kernel answers nobody; changed by tests only. */
static guint limit_ms = LIMIT_S * 1000;

/* The end of waiting for the thread: the caller's wish or the clock. The thread itself cannot be
 * ended. */
typedef struct
{
  GTask *task;            /* owned */
  GCancellable *patience; /* owned */
  GSource *clock;         /* owned */
  gulong outer_id;
} Limit;

/* A look at the machine, handed from the thread to the command and back. */
typedef struct
{
  char *sys_root;
  StokerLocalSnapshot *snapshot; /* owned */
  GPtrArray *cards;              /* owned: of StokerPciCard */
  StokerNvidiaState nvidia;
} Survey;

static void
survey_free (Survey *self)
{
  g_free (self->sys_root);
  g_clear_pointer (&self->snapshot, stoker_local_snapshot_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Survey, survey, survey_free)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Survey, survey_free)

static gboolean
is_real (const char *sys_root)
{
  return g_str_equal (sys_root, "/");
}

static gboolean
has_nvidia_driver (const char *sys_root)
{
  static const char *const signs[] = { "proc/driver/nvidia/version", "dev/nvidiactl", "dev/dxg" };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      g_autofree char *path = g_build_filename (sys_root, signs[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_nvidia (const StokerPciCard *card)
{
  return g_str_equal (card->vendor, "nvidia");
}

/* Asking would wake them, and drain the battery of a laptop. */
static gboolean
are_all_asleep (GPtrArray *cards)
{
  guint n_asleep = 0;

  for (guint i = 0; i < cards->len; i++)
    {
      const StokerPciCard *card = g_ptr_array_index (cards, i);

      if (is_nvidia (card) && !card->is_asleep)
        return FALSE;
      n_asleep += is_nvidia (card);
    }
  return n_asleep > 0;
}

static void
set_source (StokerLocalSnapshot *snapshot, const char *source)
{
  g_free (snapshot->source);
  snapshot->source = g_strdup (source);
}

static StokerNvidiaState
ask_nvml (Survey *self)
{
  static const char *const system_libraries[] = { "libnvidia-ml.so.1", "libnvidia-ml.so",
                                                  "/usr/lib/wsl/lib/libnvidia-ml.so.1", NULL };
  g_autofree char *path = g_build_filename (self->sys_root, "usr/lib/libnvidia-ml.so.1", NULL);
  const char *const own_libraries[] = { path, NULL };

  if (!has_nvidia_driver (self->sys_root) || are_all_asleep (self->cards))
    return STOKER_NVIDIA_NO_DRIVER;
  return stoker_nvml_read (is_real (self->sys_root) ? system_libraries : own_libraries,
                           self->snapshot);
}

static void
survey_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *sys_root = task_data;
  g_autoptr (Survey) self = g_new0 (Survey, 1);

  self->sys_root = g_strdup (sys_root);
  self->snapshot = stoker_local_snapshot_new (g_get_real_time (), "none");
  self->cards = stoker_pci_list_cards (sys_root);
  stoker_machine_read (sys_root, self->snapshot);
  self->nvidia = ask_nvml (self);
  if (self->nvidia == STOKER_NVIDIA_OK)
    set_source (self->snapshot, "nvml");
  g_task_return_pointer (task, g_steal_pointer (&self), (GDestroyNotify) survey_free);
}

static gboolean
has_nvidia_gpu (const StokerLocalSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->gpus->len; i++)
    {
      const StokerGpu *gpu = g_ptr_array_index (snapshot->gpus, i);

      if (g_str_equal (gpu->vendor, "nvidia"))
        return TRUE;
    }
  return FALSE;
}

static char *
describe_card (const StokerPciCard *card, StokerNvidiaState state)
{
  if (card->is_asleep)
    return g_strdup (_ ("asleep: it wakes when a job needs it"));
  return stoker_nvidia_describe (is_nvidia (card) ? state : STOKER_NVIDIA_NO_DRIVER);
}

/* Cards that are there but of which no driver told. */
static void
add_silent_cards (Survey *self)
{
  gboolean is_nvidia_silent = !has_nvidia_gpu (self->snapshot);

  for (guint i = 0; i < self->cards->len; i++)
    {
      const StokerPciCard *card = g_ptr_array_index (self->cards, i);
      g_autofree char *name = NULL;
      StokerGpu *gpu = NULL;

      if (is_nvidia (card) ? !is_nvidia_silent : card->driver != NULL)
        continue;
      name = g_strdup_printf (_ ("card at %s"), card->address);
      gpu = stoker_gpu_new (card->vendor, name);
      gpu->problem = describe_card (card, self->nvidia);
      g_ptr_array_add (self->snapshot->gpus, gpu);
    }
}

static void
finish_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Survey *self = task_data;
  guint before = self->snapshot->gpus->len;

  stoker_amd_read_gpus (self->sys_root, self->snapshot);
  stoker_intel_read_gpus (self->sys_root, self->snapshot);
  if (before == 0 && self->snapshot->gpus->len > 0)
    set_source (self->snapshot, "sysfs");
  add_silent_cards (self);
  g_task_return_boolean (task, TRUE);
}

static void
did_finish (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Survey *self = stoker_task_get_survey_state (task);

  g_task_propagate_boolean (G_TASK (result), NULL);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, stoker_local_snapshot_ref (self->snapshot),
                           (GDestroyNotify) stoker_local_snapshot_unref);
}

static void
finish (GTask *task)
{
  g_autoptr (GTask) thread = g_task_new (NULL, NULL, did_finish, g_object_ref (task));

  g_task_set_task_data (thread, stoker_task_get_survey_state (task), NULL);
  g_task_run_in_thread (thread, finish_thread);
}

static void
did_run_smi (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Survey *self = stoker_task_get_survey_state (task);
  g_autofree char *text = NULL;
  int exit_status = 0;

  text = stoker_process_run_finish (result, &exit_status, NULL);
  if (text != NULL)
    {
      self->nvidia = stoker_nvidia_smi_decode (text, exit_status, self->snapshot);
      if (self->nvidia == STOKER_NVIDIA_OK)
        set_source (self->snapshot, "nvidia-smi");
    }
  finish (task);
}

static char *
find_smi (const char *sys_root)
{
  g_autofree char *path = NULL;

  if (is_real (sys_root))
    {
      path = g_find_program_in_path ("nvidia-smi");
      return path != NULL ? g_steal_pointer (&path)
                          : g_find_program_in_path ("/usr/lib/wsl/lib/nvidia-smi");
    }
  path = g_build_filename (sys_root, "usr/bin/nvidia-smi", NULL);
  return g_find_program_in_path (path);
}

static void
run_smi (GTask *task)
{
  Survey *self = stoker_task_get_survey_state (task);
  g_autofree char *smi = find_smi (self->sys_root);
  const char *const argv[] = { smi, stoker_nvidia_smi_arguments[0], stoker_nvidia_smi_arguments[1],
                               NULL };

  if (smi == NULL || are_all_asleep (self->cards) || !has_nvidia_driver (self->sys_root))
    finish (task);
  else
    stoker_process_run_async (argv, LIMIT_S, g_task_get_cancellable (task), did_run_smi,
                              g_object_ref (task));
}

static gboolean
lost_patience_cb (gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer, GCancellable *patience)
{
  g_cancellable_cancel (patience);
}

static Limit *
limit_new (GTask *task)
{
  GCancellable *outer = g_task_get_cancellable (task);
  Limit *self = g_new0 (Limit, 1);

  self->task = g_object_ref (task);
  self->patience = g_cancellable_new ();
  self->clock = g_timeout_source_new (limit_ms);
  g_source_set_callback (self->clock, lost_patience_cb, g_object_ref (self->patience),
                         g_object_unref);
  g_source_attach (self->clock, g_task_get_context (task));
  if (outer != NULL)
    self->outer_id = g_cancellable_connect (outer, G_CALLBACK (outer_cancelled_cb),
                                            g_object_ref (self->patience), g_object_unref);
  return self;
}

static void
limit_free (Limit *self)
{
  GCancellable *outer = g_task_get_cancellable (self->task);

  if (self->outer_id != 0)
    g_signal_handler_disconnect (outer, self->outer_id);
  g_source_destroy (self->clock);
  g_source_unref (self->clock);
  g_object_unref (self->patience);
  g_object_unref (self->task);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Limit, limit_free)

static void
did_survey (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Limit) limit = user_data;
  GTask *task = limit->task;
  Survey *self = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self == NULL)
    {
      if (!g_task_return_error_if_cancelled (task))
        g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE, "%s",
                                 _ ("the driver of the GPU does not answer"));
      return;
    }
  stoker_task_set_survey_state (task, self);
  if (self->nvidia == STOKER_NVIDIA_NO_LIBRARY || self->nvidia == STOKER_NVIDIA_OTHER)
    run_smi (task);
  else
    finish (task);
}

/* stoker_gpu_detect_set_limit_ms: How long NVIDIA's library may take, for tests. */
void
stoker_gpu_detect_set_limit_ms (guint ms)
{
  limit_ms = ms;
}

/**
 * stoker_gpu_detect_async:
 * @sys_root: "/" but for tests, where it stands for the whole file system
 * @cancellable: (nullable): ends it
 *
 * Looks at the GPUs of this machine: NVIDIA's library, else nvidia-smi for at most ten seconds,
 * then the files of the amdgpu and Intel drivers. Cards that sleep are left asleep, and cards
 * without a driver are listed with their problem. Memory counts in GiB. Call it every few seconds
 * at most.
 */
void
stoker_gpu_detect_async (const char *sys_root,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) thread = NULL;
  Limit *limit = NULL;

  g_return_if_fail (sys_root != NULL);

  g_task_set_source_tag (task, stoker_gpu_detect_async);
  limit = limit_new (task);
  thread = g_task_new (NULL, limit->patience, did_survey, limit);
  g_task_set_task_data (thread, g_strdup (sys_root), g_free);
  g_task_set_return_on_cancel (thread, TRUE);
  g_task_run_in_thread (thread, survey_thread);
}

/**
 * stoker_gpu_detect_finish:
 *
 * Returns: (transfer full): what was found, perhaps nothing; %NULL when it was cancelled, or with
 * %STOKER_ERROR_UNAVAILABLE when the driver does not answer
 */
StokerLocalSnapshot *
stoker_gpu_detect_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_gpu_detect_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
