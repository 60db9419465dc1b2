/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-read-workload.h"

#include "stoker-comfyui-graph-private.h"
#include "stoker-error.h"
#include "stoker-json-write.h"
#include "stoker-load-file.h"
#include "stoker-payload-files-private.h"
#include "stoker-png-text-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* A picture holds its graph beside its pixels; a JSON text has its own, smaller limit. */
#define MAX_FILE_BYTES ((gsize) 64 * 1024 * 1024)

/**
 * stoker_workload_file_free:
 * @self: (transfer full): what was read
 */
void
stoker_workload_file_free (StokerWorkloadFile *self)
{
  g_clear_pointer (&self->workload, stoker_workload_unref);
  g_strfreev (self->notes);
  g_free (self);
}

/* "door.api.json" and "door.png" are both "door". */
static char *
name_after (const char *file)
{
  g_autofree char *base = g_path_get_basename (file);
  char *dot = strchr (base + 1, '.');

  if (dot != NULL)
    *dot = '\0';
  return g_steal_pointer (&base);
}

static const char *
choose_type (const StokerComfyuiGraph *graph)
{
  if (graph->kind == STOKER_OUTPUT_VIDEO)
    return "video";
  if (graph->kind == STOKER_OUTPUT_AUDIO)
    return NULL;
  return graph->has_upscaler && !graph->has_sampler ? "upscale" : "image";
}

static JsonArray *
list_assets (const StokerComfyuiGraph *graph)
{
  JsonArray *assets = json_array_new ();

  for (guint i = 0; i < graph->models->len; i++)
    {
      JsonObject *asset = json_object_new ();

      json_object_set_string_member (asset, "name", g_ptr_array_index (graph->models, i));
      json_object_set_string_member (asset, "type", "model");
      json_array_add_object_element (assets, asset);
    }
  return assets;
}

static JsonObject *
describe_outputs (const StokerComfyuiGraph *graph)
{
  static const char *const kinds[] = {
    [STOKER_OUTPUT_IMAGE] = "image",
    [STOKER_OUTPUT_VIDEO] = "video",
    [STOKER_OUTPUT_AUDIO] = "audio",
  };
  JsonObject *outputs = json_object_new ();

  json_object_set_int_member (outputs, "count", graph->outputs);
  json_object_set_string_member (outputs, "kind", kinds[graph->kind]);
  return outputs;
}

static JsonArray *
list_workflows (const char *id)
{
  JsonArray *workflows = json_array_new ();
  JsonObject *workflow = json_object_new ();

  json_object_set_string_member (workflow, "id", id);
  json_array_add_object_element (workflows, workflow);
  return workflows;
}

/*
 * The graph as a workload. What is sent is {"workflow": graph}, the input that ComfyUI's worker for
 * serverless clouds takes (https://github.com/runpod-workers/worker-comfyui, 2026-11-21). Nothing
 * is made up: a graph tells neither VRAM nor time.
 */
static JsonNode *
describe_work (const StokerComfyuiGraph *graph, const char *name, JsonNode *prompt)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *requirements = json_object_new ();

  json_node_take_object (node, object);
  json_object_set_string_member (object, "name", name);
  stoker_json_set_text (requirements, "type", choose_type (graph));
  json_object_set_object_member (object, "requirements", requirements);
  json_object_set_array_member (object, "assets", list_assets (graph));
  json_object_set_array_member (object, "workflows", list_workflows (name));
  if (graph->outputs > 0)
    json_object_set_object_member (object, "outputs", describe_outputs (graph));
  if (prompt != NULL)
    {
      JsonObject *payload = json_object_new ();

      stoker_json_set_copy (payload, "workflow", prompt);
      json_object_set_object_member (object, "payload", payload);
    }
  return node;
}

static char *
list_pictures (const StokerComfyuiGraph *graph)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < graph->pictures->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (graph->pictures, i));
  return g_strdup_printf (_ ("It loads pictures that have to be on the server: %s."), names->str);
}

static GStrv
list_notes (const StokerComfyuiGraph *graph, gboolean can_be_sent)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();

  if (!can_be_sent)
    g_strv_builder_add (notes, _ ("This is the form in which the editor saves: it can be advised "
                                  "on, but not run. To run it, export it in ComfyUI with “Save "
                                  "(API Format)” and open that file."));
  g_strv_builder_add (notes, _ ("The workflow does not tell how much video memory it needs, nor "
                                "how long it takes; that is yours to tell."));
  if (graph->pictures->len > 0)
    {
      g_autofree char *pictures = list_pictures (graph);

      g_strv_builder_add (notes, pictures);
    }
  if (graph->outputs == 0)
    g_strv_builder_add (notes, _ ("No node of it saves anything, so nothing would come back."));
  return g_strv_builder_end (notes);
}

static StokerWorkloadFile *
new_file (StokerWorkload *workload, gboolean is_workflow, GStrv notes)
{
  StokerWorkloadFile *self = g_new0 (StokerWorkloadFile, 1);

  self->workload = workload;
  self->is_workflow = is_workflow;
  self->notes = notes;
  return self;
}

/* @place is a graph as the server takes it, or as the editor saves it. */
static StokerWorkloadFile *
read_graph (const StokerJsonPlace *place, const char *name, GError **error)
{
  g_auto (StokerComfyuiGraph) graph = { 0 };
  g_autofree char *title = name_after (name);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (StokerWorkload) workload = NULL;
  gboolean can_be_sent = stoker_comfyui_graph_is_prompt (place);

  stoker_comfyui_graph_init (&graph);
  if (can_be_sent ? !stoker_comfyui_graph_read_prompt (&graph, place, error)
                  : !stoker_comfyui_graph_read_editor (&graph, place, error))
    return NULL;
  node = describe_work (&graph, title, can_be_sent ? place->node : NULL);
  workload = stoker_workload_decode (node, name, error);
  if (workload == NULL)
    return NULL;
  return new_file (g_steal_pointer (&workload), TRUE, list_notes (&graph, can_be_sent));
}

static gboolean
is_graph (const StokerJsonPlace *place)
{
  return stoker_comfyui_graph_is_prompt (place) || stoker_comfyui_graph_is_editor (place);
}

static StokerWorkloadFile *
read_document (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (JsonNode) node = stoker_json_parse (text, (gssize) length, name, error);
  g_autoptr (StokerWorkload) workload = NULL;
  StokerJsonPlace root = { 0 };
  StokerJsonPlace input = { 0 };
  StokerJsonPlace inner = { 0 };

  if (node == NULL)
    return NULL;
  root = stoker_json_root (node, name);
  if (is_graph (&root))
    return read_graph (&root, name, error);
  /* What a program posts to the server, and what it sends to a worker. */
  inner = stoker_json_member (&root, "prompt");
  if (stoker_comfyui_graph_is_prompt (&inner))
    return read_graph (&inner, name, error);
  input = stoker_json_member (&root, "input");
  inner = stoker_json_member (&input, "workflow");
  if (stoker_comfyui_graph_is_prompt (&inner))
    return read_graph (&inner, name, error);
  workload = stoker_workload_decode (node, name, error);
  return workload != NULL ? new_file (g_steal_pointer (&workload), FALSE, NULL) : NULL;
}

/* ComfyUI writes the graph it ran as "prompt", and as "workflow" the one of the editor. */
static StokerWorkloadFile *
read_picture (GBytes *bytes, const char *name, GError **error)
{
  static const char *const keywords[] = { "prompt", "workflow" };

  for (gsize i = 0; i < G_N_ELEMENTS (keywords); i++)
    {
      g_autofree char *text = stoker_png_text_read (bytes, keywords[i]);
      g_autofree char *place_name = g_strdup_printf ("%s: %s", name, keywords[i]);
      g_autoptr (JsonNode) node = NULL;
      StokerJsonPlace root = { 0 };

      if (text == NULL)
        continue;
      node = stoker_json_parse (text, -1, place_name, error);
      if (node == NULL)
        return NULL;
      root = stoker_json_root (node, name);
      if (is_graph (&root))
        return read_graph (&root, name, error);
    }
  g_set_error (
    error, STOKER_ERROR, STOKER_ERROR_CONFIG,
    _ ("%s: text chunks “prompt” and “workflow”: neither is there, so the picture holds no "
       "ComfyUI workflow"),
    name);
  return NULL;
}

/**
 * stoker_workload_file_parse:
 * @bytes: content of a file
 * @name: its name for messages and for the job
 *
 * Reads a workload, a ComfyUI graph or a PNG that holds one.
 *
 * Returns: (transfer full) (nullable): what it says; %NULL with %STOKER_ERROR_CONFIG naming file,
 * place and mistake
 */
StokerWorkloadFile *
stoker_workload_file_parse (GBytes *bytes, const char *name, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  if (stoker_png_text_is_png (bytes))
    return read_picture (bytes, name, error);
  return read_document (text != NULL ? text : "", length, name, error);
}

/* Files that it names are beside it. */
static gboolean
anchor_files (StokerWorkloadFile *self, GFile *file, GError **error)
{
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autofree char *folder = parent != NULL ? g_file_get_path (parent) : NULL;
  g_autoptr (StokerWorkload) workload = NULL;

  if (folder == NULL)
    return TRUE;
  workload = stoker_payload_files_anchor (self->workload, folder, error);
  if (workload == NULL)
    return FALSE;
  stoker_workload_unref (self->workload);
  self->workload = g_steal_pointer (&workload);
  return TRUE;
}

static StokerWorkloadFile *
read_file (GFile *file, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = stoker_load_file (file, name, MAX_FILE_BYTES, cancellable, error);
  g_autoptr (StokerWorkloadFile)
    self = bytes != NULL ? stoker_workload_file_parse (bytes, name, error) : NULL;

  if (self == NULL || !anchor_files (self, file, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * stoker_read_workload:
 * @path: a file of this machine
 *
 * Reads the file, and waits for it.
 *
 * Returns: (transfer full) (nullable): what it says; %NULL with %STOKER_ERROR_CONFIG
 */
StokerWorkloadFile *
stoker_read_workload (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return read_file (file, path, NULL, error);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *name = g_file_get_basename (data);
  GError *error = NULL;
  StokerWorkloadFile *file = read_file (data, name, cancellable, &error);

  if (file == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, file, (GDestroyNotify) stoker_workload_file_free);
}

/**
 * stoker_read_workload_async:
 * @file: a file, also of another machine
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads the file off the main loop.
 */
void
stoker_read_workload_async (GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (G_IS_FILE (file));

  g_task_set_source_tag (task, stoker_read_workload_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * stoker_read_workload_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the file says; %NULL with %STOKER_ERROR_CONFIG naming
 * file, place and mistake
 */
StokerWorkloadFile *
stoker_read_workload_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_read_workload_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
