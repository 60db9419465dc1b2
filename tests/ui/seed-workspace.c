/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Fills an empty home with providers and jobs in different states, for pictures and for the tests
 * that drive the window. Nothing leaves the machine: every job is a dry run or a rehearsal. With
 * --waiting there is one more, which waits in the queue; that is left paused.
 */

#include "config.h"

#include "stoker-json.h"
#include "stoker-order-queue.h"
#include "stoker-register-provider.h"
#include "stoker-run-job.h"
#include "stoker-wipe.h"

#include "stoker-data-resource.h"

typedef struct
{
  GMainLoop *loop;
  StokerWorkspace *workspace; /* owned */
  GPtrArray *running;         /* owned, of StokerJob: their ends are waited for */
  guint n_jobs;
  guint step;
  gboolean has_failed;
} Seed;

static const struct
{
  const char *payload; /* JSON with single quotes */
  const char *secret;  /* nullable; the right form, and nobody's */
} providers[] = {
  { "{'template_id':'simulated','name':'Rehearsal','config':{'seconds':'2'}}", NULL },
  { "{'template_id':'runpod','name':'RunPod','config':{'endpoint_id':'4m7x2k9q'}}",
    "not-a-real-key-0123456789" },
  { "{'template_id':'lambda','name':'Lambda'}", "not-a-real-key-0123456789" },
  { "{'template_id':'vast','name':'Vast.ai','opted_in':true}", "not-a-real-key-0123456789" },
  { "{'template_id':'replicate','name':'Replicate','config':{'model':'example/portraits'}}",
    "r8_not-a-real-key" },
  { "{'template_id':'stability','name':'Stability AI'}", "not-a-real-key-0123456789" },
};

/* What becomes of a job. */
typedef enum {
  FATE_DRY_RUN,
  FATE_END,    /* it is sent, and comes to its end by itself */
  FATE_CANCEL, /* it is sent and cancelled */
  FATE_WAIT,   /* the queue is paused before */
} Fate;

/* Live on the rehearsal only, which sends nothing either. */
static const struct
{
  const char *provider;
  Fate fate;
  const char *workload; /* JSON with single quotes */
} jobs[] = {
  { "runpod", FATE_DRY_RUN,
    "{'name':'CG "
    "upscale','requirements':{'type':'cg_batch','min_vram_gb':24,'estimated_minutes':180},"
    "'payload':{'input':{'workflow':'cg-upscale'}}}" },
  { "replicate", FATE_DRY_RUN,
    "{'name':'Portraits','requirements':{'type':'image'},'outputs':{'count':12},"
    "'payload':{'input':{'prompt':'a portrait'}}}" },
  { "simulated", FATE_CANCEL,
    "{'name':'Test render','requirements':{'type':'cg_batch','min_vram_gb':12}}" },
  { "simulated", FATE_END,
    "{'name':'Backgrounds of act two',"
    "'requirements':{'type':'image','min_vram_gb':12,'estimated_minutes':40},"
    "'payload':{'fail':'quota'}}" },
  { "simulated", FATE_END,
    "{'name':'Lip sync','requirements':{'type':'video','min_vram_gb':12,'estimated_minutes':30},"
    "'payload':{'fail':'crash'}}" },
  { "simulated", FATE_END,
    "{'name':'Voices of chapter three',"
    "'requirements':{'type':'voice_synthesis','min_vram_gb':12,'estimated_minutes':20}}" },
  { "simulated", FATE_WAIT,
    "{'name':'Voices of chapter four',"
    "'requirements':{'type':'voice_synthesis','min_vram_gb':12,'estimated_minutes':20}}" },
};

static void run_step (Seed *seed);

static void
fail (Seed *seed, const GError *error)
{
  g_printerr ("seed-workspace: %s\n", error->message);
  seed->has_failed = TRUE;
  g_main_loop_quit (seed->loop);
}

static Fate
get_fate (Seed *seed)
{
  return jobs[seed->step - G_N_ELEMENTS (providers) - 1].fate;
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Seed *seed = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_wait_job_finish (result, &error))
    fail (seed, error);
  else
    run_step (seed);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Seed *seed = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_cancel_job_finish (result, &error))
    fail (seed, error);
  else
    run_step (seed);
}

static void
handed_over_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Seed *seed = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_wait_handed_over_finish (result, &error))
    fail (seed, error);
  else if (get_fate (seed) == FATE_CANCEL)
    stoker_cancel_job_async (seed->workspace,
                             g_ptr_array_index (seed->running, seed->running->len - 1), NULL,
                             cancelled_cb, seed);
  else
    run_step (seed);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Seed *seed = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerJob) job = stoker_submit_job_finish (result, &error);

  if (job == NULL)
    {
      fail (seed, error);
      return;
    }
  if (get_fate (seed) == FATE_DRY_RUN || get_fate (seed) == FATE_WAIT)
    {
      run_step (seed);
      return;
    }
  g_ptr_array_add (seed->running, g_object_ref (job));
  stoker_wait_handed_over_async (seed->workspace, job, NULL, handed_over_cb, seed);
}

static void
registered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Seed *seed = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = stoker_register_provider_finish (result, &error);

  if (provider == NULL)
    fail (seed, error);
  else
    run_step (seed);
}

static void
register_provider (Seed *seed, guint index)
{
  g_autofree char *text = g_strdelimit (g_strdup (providers[index].payload), "'", '"');
  g_autoptr (JsonNode) payload = stoker_json_parse (text, -1, NULL, NULL);
  g_autoptr (GHashTable) secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          (GDestroyNotify) stoker_wipe_free);

  if (providers[index].secret != NULL)
    g_hash_table_insert (secrets, g_strdup ("api_key"), g_strdup (providers[index].secret));
  stoker_register_provider_async (seed->workspace, payload, NULL, secrets, NULL, registered_cb,
                                  seed);
}

static void
submit_job (Seed *seed, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdelimit (g_strdup (jobs[index].workload), "'", '"');
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, NULL, NULL);
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (node, "seed", &error);
  StokerSubmission submission = { .workload = workload,
                                  .provider_id = jobs[index].provider,
                                  .is_live = jobs[index].fate != FATE_DRY_RUN };

  if (workload == NULL)
    {
      fail (seed, error);
      return;
    }
  if (jobs[index].fate == FATE_WAIT)
    stoker_queue_set_paused (seed->workspace, TRUE);
  stoker_submit_job_async (seed->workspace, &submission, NULL, submitted_cb, seed);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Seed *seed = user_data;

  stoker_workspace_close_finish (STOKER_WORKSPACE (source), result);
  g_main_loop_quit (seed->loop);
}

static void
run_step (Seed *seed)
{
  guint step = seed->step++;
  guint n_sent = G_N_ELEMENTS (providers) + seed->n_jobs;

  if (step < G_N_ELEMENTS (providers))
    register_provider (seed, step);
  else if (step < n_sent)
    submit_job (seed, step - G_N_ELEMENTS (providers));
  else if (step < n_sent + seed->running->len)
    stoker_wait_job_async (seed->workspace, g_ptr_array_index (seed->running, step - n_sent), NULL,
                           waited_cb, seed);
  else
    stoker_workspace_close_async (seed->workspace, closed_cb, seed);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Seed *seed = user_data;
  g_autoptr (GError) error = NULL;

  seed->workspace = stoker_workspace_open_finish (result, &error);
  if (seed->workspace == NULL)
    fail (seed, error);
  else
    run_step (seed);
}

int
main (int argc, char **argv)
{
  gboolean has_waiting = argc == 2 && g_str_equal (argv[1], "--waiting");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GPtrArray) running = g_ptr_array_new_with_free_func (g_object_unref);
  Seed seed = { .loop = loop,
                .running = running,
                .n_jobs = G_N_ELEMENTS (jobs) - (has_waiting ? 0 : 1) };

  g_resources_register (stoker_data_get_resource ());
  stoker_workspace_open_async (STOKER_WORKSPACE_ALL, NULL, opened_cb, &seed);
  g_main_loop_run (loop);
  g_ptr_array_set_size (running, 0);
  g_clear_object (&seed.workspace);
  g_settings_sync ();
  return seed.has_failed ? 1 : 0;
}
