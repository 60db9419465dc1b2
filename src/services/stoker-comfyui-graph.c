/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-comfyui-graph-private.h"

#include <string.h>

/* More nodes than any workflow has. */
#define MAX_NODES 10000
#define MAX_WIDGETS 1000
#define MAX_BATCH 4096

/* How the editor marks nodes that do not take part: muted and bypassed. */
#define MODE_MUTED 2
#define MODE_BYPASSED 4

/**
 * stoker_comfyui_graph_init:
 * @self: (out caller-allocates): an empty graph
 */
void
stoker_comfyui_graph_init (StokerComfyuiGraph *self)
{
  *self = (StokerComfyuiGraph){ 0 };
  self->models = g_ptr_array_new_with_free_func (g_free);
  self->pictures = g_ptr_array_new_with_free_func (g_free);
}

/**
 * stoker_comfyui_graph_clear:
 *
 * Frees what it holds.
 */
void
stoker_comfyui_graph_clear (StokerComfyuiGraph *self)
{
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
}

static const char *
get_text (const StokerJsonPlace *place)
{
  if (!stoker_json_is_present (place) || !JSON_NODE_HOLDS_VALUE (place->node) ||
      json_node_get_value_type (place->node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (place->node);
}

static gint64
get_count (const StokerJsonPlace *parent, const char *name)
{
  gint64 count = 1;

  return stoker_json_get_int (parent, name, STOKER_JSON_OPTIONAL, 1, MAX_BATCH, &count, NULL)
           ? count
           : 1;
}

static void
add_once (GPtrArray *names, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/* Loaders call their input ckpt_name, unet_name, lora_name and many things else: what names a model
 * is known by the ending of its value. */
static gboolean
is_model_file (const char *text)
{
  static const char *const endings[] = { ".safetensors", ".sft",  ".ckpt", ".pt",
                                         ".pth",         ".gguf", ".bin",  ".onnx" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (text, endings[i]))
      return TRUE;
  return FALSE;
}

static void
look_for_model (StokerComfyuiGraph *self, const StokerJsonPlace *place)
{
  const char *text = get_text (place);

  if (text != NULL && is_model_file (text))
    add_once (self->models, text);
}

/* One level further down too: some loaders keep a list of { "lora": name, "strength": … }. */
static void
look_for_models (StokerComfyuiGraph *self, const StokerJsonPlace *inputs)
{
  g_auto (GStrv) names = stoker_json_list_members (inputs);

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      StokerJsonPlace input = stoker_json_member (inputs, names[i]);

      look_for_model (self, &input);
      if (stoker_json_is_present (&input) && JSON_NODE_HOLDS_OBJECT (input.node))
        {
          StokerJsonPlace lora = stoker_json_member (&input, "lora");

          look_for_model (self, &lora);
        }
    }
}

static StokerOutputKind
find_output_kind (const char *class_type)
{
  static const struct
  {
    const char *prefix;
    StokerOutputKind kind;
  } savers[] = {
    { "SaveImage", STOKER_OUTPUT_IMAGE },    { "Image Save", STOKER_OUTPUT_IMAGE },
    { "SaveVideo", STOKER_OUTPUT_VIDEO },    { "SaveWEBM", STOKER_OUTPUT_VIDEO },
    { "SaveAnimated", STOKER_OUTPUT_VIDEO }, { "VHS_VideoCombine", STOKER_OUTPUT_VIDEO },
    { "SaveAudio", STOKER_OUTPUT_AUDIO },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (savers); i++)
    if (g_str_has_prefix (class_type, savers[i].prefix))
      return savers[i].kind;
  return STOKER_OUTPUT_NONE;
}

/* Of a graph that saves several kinds, the one that takes longest counts. */
static void
add_outputs (StokerComfyuiGraph *self, StokerOutputKind kind, gint64 count)
{
  self->outputs += count;
  if (self->kind != STOKER_OUTPUT_VIDEO)
    self->kind = kind;
}

static void
note_class (StokerComfyuiGraph *self, const char *class_type)
{
  self->n_nodes++;
  self->has_sampler = self->has_sampler || strstr (class_type, "Sampler") != NULL;
  self->has_upscaler = self->has_upscaler || strstr (class_type, "Upscale") != NULL;
}

/* The node that an input [id, slot] comes from; NULL for a plain value. */
static const char *
get_source (const StokerJsonPlace *input)
{
  StokerJsonPlace id = { 0 };

  if (!stoker_json_is_present (input) || !JSON_NODE_HOLDS_ARRAY (input->node) ||
      stoker_json_length (input) != 2)
    return NULL;
  id = stoker_json_element (input, 0);
  return get_text (&id);
}

/* Puts what feeds the node into @waiting, each node once. */
static void
follow_inputs (const StokerJsonPlace *inputs, GQueue *waiting, GHashTable *seen)
{
  g_auto (GStrv) names = stoker_json_list_members (inputs);

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      StokerJsonPlace input = stoker_json_member (inputs, names[i]);
      const char *source = get_source (&input);

      if (source != NULL && g_hash_table_add (seen, (gpointer) source))
        g_queue_push_tail (waiting, (gpointer) source);
    }
}

/* How many pictures at once reach a node that saves: the largest batch on its way, times every
 * repetition. */
static gint64
measure_batch (const StokerJsonPlace *graph, const char *id)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GQueue) waiting = g_queue_new ();
  gint64 batch = 1;
  gint64 repeat = 1;

  g_queue_push_tail (waiting, (gpointer) id);
  while ((id = g_queue_pop_head (waiting)) != NULL)
    {
      StokerJsonPlace node = stoker_json_member (graph, id);
      StokerJsonPlace inputs = stoker_json_member (&node, "inputs");
      StokerJsonPlace class_type = stoker_json_member (&node, "class_type");

      if (!stoker_json_is_present (&inputs))
        continue;
      batch = MAX (batch, get_count (&inputs, "batch_size"));
      if (g_strcmp0 (get_text (&class_type), "RepeatLatentBatch") == 0)
        repeat = MIN (repeat * get_count (&inputs, "amount"), MAX_BATCH);
      follow_inputs (&inputs, waiting, seen);
    }
  return batch * repeat;
}

/**
 * stoker_comfyui_graph_is_prompt:
 * @place: a document or a part of it
 *
 * Returns: whether it is a graph as a ComfyUI server takes it: an object of nodes, each with its
 * `class_type`
 */
gboolean
stoker_comfyui_graph_is_prompt (const StokerJsonPlace *place)
{
  g_auto (GStrv) ids = NULL;

  if (!stoker_json_is_present (place) || !JSON_NODE_HOLDS_OBJECT (place->node))
    return FALSE;
  ids = stoker_json_list_members (place);
  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      StokerJsonPlace node = stoker_json_member (place, ids[i]);
      StokerJsonPlace class_type = { 0 };

      if (!stoker_json_is_present (&node) || !JSON_NODE_HOLDS_OBJECT (node.node))
        continue;
      class_type = stoker_json_member (&node, "class_type");
      if (get_text (&class_type) != NULL)
        return TRUE;
    }
  return FALSE;
}

/**
 * stoker_comfyui_graph_is_editor:
 * @place: a document or a part of it
 *
 * Returns: whether it is a graph as the editor saves it, with `nodes` and `links`
 */
gboolean
stoker_comfyui_graph_is_editor (const StokerJsonPlace *place)
{
  StokerJsonPlace nodes = { 0 };
  StokerJsonPlace links = { 0 };

  return stoker_json_expect_object (place, NULL) &&
         stoker_json_get_array (place, "nodes", STOKER_JSON_REQUIRED, G_MAXUINT, &nodes, NULL) &&
         stoker_json_get_array (place, "links", STOKER_JSON_REQUIRED, G_MAXUINT, &links, NULL);
}

static gboolean
read_node (StokerComfyuiGraph *self, const StokerJsonPlace *graph, const char *id, GError **error)
{
  StokerJsonPlace node = stoker_json_member (graph, id);
  StokerJsonPlace inputs = { 0 };
  StokerJsonPlace picture = { 0 };
  StokerOutputKind kind;
  g_autofree char *class_type = NULL;

  if (!stoker_json_expect_object (&node, error) ||
      !stoker_json_get_string (&node, "class_type", STOKER_JSON_REQUIRED, &class_type, error) ||
      !stoker_json_get_object (&node, "inputs", STOKER_JSON_REQUIRED, &inputs, error))
    return FALSE;
  note_class (self, class_type);
  look_for_models (self, &inputs);
  picture = stoker_json_member (&inputs, "image");
  if (g_str_has_prefix (class_type, "LoadImage") && get_text (&picture) != NULL)
    add_once (self->pictures, get_text (&picture));
  kind = find_output_kind (class_type);
  if (kind == STOKER_OUTPUT_IMAGE)
    add_outputs (self, kind, measure_batch (graph, id));
  else if (kind != STOKER_OUTPUT_NONE)
    add_outputs (self, kind, 1);
  return TRUE;
}

/**
 * stoker_comfyui_graph_read_prompt:
 * @self: an empty graph
 * @place: for which stoker_comfyui_graph_is_prompt() holds
 *
 * Reads a graph as a server takes it.
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG naming file, path and mistake
 */
gboolean
stoker_comfyui_graph_read_prompt (StokerComfyuiGraph *self,
                                  const StokerJsonPlace *place,
                                  GError **error)
{
  g_auto (GStrv) ids = stoker_json_list_members (place);

  if (g_strv_length (ids) > MAX_NODES)
    {
      stoker_json_set_error (error, place, "has more than %d nodes", MAX_NODES);
      return FALSE;
    }
  for (gsize i = 0; ids[i] != NULL; i++)
    if (!read_node (self, place, ids[i], error))
      return FALSE;
  return TRUE;
}

/* An older version of the editor writes the values in a list, some nodes write them by name. */
static void
look_through_widgets (StokerComfyuiGraph *self, const StokerJsonPlace *node, const char *type)
{
  StokerJsonPlace widgets = stoker_json_member (node, "widgets_values");
  StokerJsonPlace first = { 0 };

  if (!stoker_json_is_present (&widgets))
    return;
  if (JSON_NODE_HOLDS_OBJECT (widgets.node))
    look_for_models (self, &widgets);
  if (!stoker_json_expect_array (&widgets, MAX_WIDGETS, NULL))
    return;
  for (guint i = 0; i < stoker_json_length (&widgets); i++)
    {
      StokerJsonPlace value = stoker_json_element (&widgets, i);

      look_for_model (self, &value);
    }
  first = stoker_json_element (&widgets, 0);
  if (g_str_has_prefix (type, "LoadImage") && stoker_json_length (&widgets) > 0 &&
      get_text (&first) != NULL)
    add_once (self->pictures, get_text (&first));
}

static gboolean
read_editor_node (StokerComfyuiGraph *self, const StokerJsonPlace *node, GError **error)
{
  g_autofree char *type = NULL;
  gint64 mode = 0;
  StokerOutputKind kind;

  if (!stoker_json_expect_object (node, error) ||
      !stoker_json_get_string (node, "type", STOKER_JSON_REQUIRED, &type, error) ||
      !stoker_json_get_int (node, "mode", STOKER_JSON_OPTIONAL, 0, 100, &mode, error))
    return FALSE;
  if (mode == MODE_MUTED || mode == MODE_BYPASSED)
    return TRUE;
  note_class (self, type);
  look_through_widgets (self, node, type);
  kind = find_output_kind (type);
  if (kind != STOKER_OUTPUT_NONE)
    add_outputs (self, kind, 1);
  return TRUE;
}

/**
 * stoker_comfyui_graph_read_editor:
 * @self: an empty graph
 * @place: for which stoker_comfyui_graph_is_editor() holds
 *
 * Reads a graph as the editor saves it. There the values of a node have no names, so that batches
 * are not known: each node that saves counts once.
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG naming file, path and mistake
 */
gboolean
stoker_comfyui_graph_read_editor (StokerComfyuiGraph *self,
                                  const StokerJsonPlace *place,
                                  GError **error)
{
  StokerJsonPlace nodes = { 0 };

  if (!stoker_json_get_array (place, "nodes", STOKER_JSON_REQUIRED, MAX_NODES, &nodes, error))
    return FALSE;
  for (guint i = 0; i < stoker_json_length (&nodes); i++)
    {
      StokerJsonPlace node = stoker_json_element (&nodes, i);

      if (!read_editor_node (self, &node, error))
        return FALSE;
    }
  return TRUE;
}
