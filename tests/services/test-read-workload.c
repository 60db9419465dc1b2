/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-read-workload.h"

#include "stoker-error.h"

#include <glib/gstdio.h>

#include <string.h>

#define GRAPH                                                                                      \
  "{\"1\":{\"class_type\":\"CheckpointLoaderSimple\",\"inputs\":{\"ckpt_name\":\"sdxl."            \
  "safetensors\"}},"                                                                               \
  "\"2\":{\"class_type\":\"LoraLoader\",\"inputs\":{\"lora_name\":\"line.safetensors\",\"model\":" \
  "[\"1\",0]}},"                                                                                   \
  "\"3\":{\"class_type\":\"EmptyLatentImage\",\"inputs\":{\"batch_size\":4,\"width\":512}},"       \
  "\"4\":{\"class_type\":\"RepeatLatentBatch\",\"inputs\":{\"samples\":[\"3\",0],\"amount\":2}},"  \
  "\"5\":{\"class_type\":\"KSampler\",\"inputs\":{\"model\":[\"2\",0],\"latent_image\":[\"4\",0]," \
  "\"seed\":1}},"                                                                                  \
  "\"6\":{\"class_type\":\"LoadImage\",\"inputs\":{\"image\":\"door.png\"}},"                      \
  "\"7\":{\"class_type\":\"SaveImage\",\"inputs\":{\"images\":[\"5\",0]}},"                        \
  "\"8\":{\"class_type\":\"SaveImage\",\"inputs\":{\"images\":[\"6\",0]}}}"

#define EDITOR                                                                               \
  "{\"nodes\":[{\"id\":1,\"type\":\"UNETLoader\",\"widgets_values\":[\"wan.safetensors\","   \
  "\"default\"]},"                                                                           \
  "{\"id\":2,\"type\":\"LoadImage\",\"mode\":4,\"widgets_values\":[\"off.png\",\"image\"]}," \
  "{\"id\":3,\"type\":\"SaveVideo\",\"widgets_values\":{\"format\":\"auto\"}}],\"links\":[]}"

static StokerWorkloadFile *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return stoker_workload_file_parse (bytes, "door.api.json", error);
}

static StokerWorkloadFile *
parse_well (const char *text)
{
  g_autoptr (GError) error = NULL;
  StokerWorkloadFile *file = parse (text, &error);

  g_assert_no_error (error);
  return file;
}

static void
check_graph (StokerWorkloadFile *file)
{
  StokerWorkload *workload = file->workload;
  StokerAsset *asset = NULL;
  StokerJsonPlace payload = stoker_json_root (workload->payload, NULL);
  StokerJsonPlace workflow = stoker_json_member (&payload, "workflow");
  StokerJsonPlace saver = stoker_json_member (&workflow, "7");

  g_assert_true (file->is_workflow);
  g_assert_cmpstr (workload->name, ==, "door");
  g_assert_cmpstr (workload->type, ==, "image");
  g_assert_cmpint (workload->output_kind, ==, STOKER_OUTPUT_IMAGE);
  /* Eight come from the batch of four, made twice, and one is the picture that was loaded. */
  g_assert_cmpint (workload->outputs, ==, 9);
  g_assert_cmpuint (workload->assets->len, ==, 2);
  asset = g_ptr_array_index (workload->assets, 0);
  g_assert_cmpstr (asset->name, ==, "sdxl.safetensors");
  g_assert_true (stoker_json_is_present (&saver));
  /* Nobody told these. */
  g_assert_cmpfloat (workload->min_vram_gb, <, 0);
  g_assert_cmpfloat (workload->estimated_minutes, <, 0);
  g_assert_cmpuint (g_strv_length (file->notes), ==, 2);
  g_assert_nonnull (strstr (file->notes[1], "door.png"));
}

static void
test_prompt (void)
{
  g_autoptr (StokerWorkloadFile) bare = parse_well (GRAPH);
  g_autoptr (StokerWorkloadFile) posted = parse_well ("{\"client_id\":\"x\",\"prompt\":" GRAPH "}");
  g_autoptr (StokerWorkloadFile) sent = parse_well ("{\"input\":{\"workflow\":" GRAPH "}}");

  check_graph (bare);
  check_graph (posted);
  check_graph (sent);
}

static void
test_editor (void)
{
  g_autoptr (StokerWorkloadFile) file = parse_well (EDITOR);

  g_assert_true (file->is_workflow);
  g_assert_cmpstr (file->workload->type, ==, "video");
  g_assert_cmpint (file->workload->outputs, ==, 1);
  g_assert_cmpuint (file->workload->assets->len, ==, 1);
  g_assert_null (file->workload->payload);
  g_assert_nonnull (strstr (file->notes[0], "Save (API Format)"));
  /* The node that loads it is bypassed. */
  g_assert_cmpuint (g_strv_length (file->notes), ==, 2);
}

static void
test_workload (void)
{
  g_autoptr (StokerWorkloadFile) file = parse_well (
    "{\"name\":\"n\",\"requirements\":{\"min_vram_gb\":24},\"input\":3,\"prompt\":4}");

  g_assert_false (file->is_workflow);
  g_assert_null (file->notes);
  g_assert_cmpfloat (file->workload->min_vram_gb, ==, 24);
}

/* What is told beside a graph stays as it is told; the graph tells the rest, and is sent. */
static void
test_beside_a_graph (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkloadFile) graph = parse_well (GRAPH);
  g_autoptr (StokerWorkloadFile)
    told = parse_well ("{\"name\":\"doors\",\"requirements\":{\"min_vram_gb\":24},"
                       "\"outputs\":{\"seconds_per_output\":3},\"payload\":{\"seed\":7}}");
  g_autoptr (StokerWorkload)
    alone = stoker_workload_file_add_workflow (graph, "g", NULL, NULL, &error);
  g_autoptr (StokerWorkload)
    both = stoker_workload_file_add_workflow (graph, "g", told->workload, "t", &error);
  g_autofree char *payload = NULL;

  g_assert_no_error (error);
  g_assert_true (alone == graph->workload);
  g_assert_cmpstr (both->name, ==, "doors");
  g_assert_cmpstr (both->type, ==, "image");
  g_assert_cmpfloat (both->min_vram_gb, ==, 24);
  g_assert_cmpfloat (both->seconds_per_output, ==, 3);
  g_assert_cmpint (both->outputs, ==, 9);
  g_assert_cmpuint (both->assets->len, ==, 2);
  payload = stoker_json_to_string (both->payload, FALSE);
  g_assert_nonnull (strstr (payload, "\"seed\":7"));
  g_assert_nonnull (strstr (payload, "\"workflow\":{\"1\":"));
  /* Neither of the two has changed. */
  g_assert_cmpfloat (graph->workload->min_vram_gb, <, 0);
  check_graph (graph);
}

static void
test_no_graph_to_add (void)
{
  static const struct
  {
    const char *graph;
    const char *told;
    const char *message;
  } cases[] = {
    { EDITOR, "{}", "g: is the form in which ComfyUI's editor saves" },
    { "{\"name\":\"n\"}", "{}", "g: holds no ComfyUI workflow" },
    { GRAPH, "{\"payload\":{\"workflow\":1}}", "t: $.payload.workflow: is there already" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerWorkloadFile) graph = parse_well (cases[i].graph);
      g_autoptr (StokerWorkloadFile) told = parse_well (cases[i].told);

      g_assert_null (stoker_workload_file_add_workflow (graph, "g", told->workload, "t", &error));
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_true (g_str_has_prefix (error->message, cases[i].message));
    }
}

static void
test_nothing_is_saved (void)
{
  g_autoptr (StokerWorkloadFile)
    file = parse_well ("{\"1\":{\"class_type\":\"PreviewImage\",\"inputs\":{}}}");

  g_assert_cmpint (file->workload->outputs, ==, -1);
  g_assert_nonnull (strstr (file->notes[1], "saves anything"));
}

/* A graph whose nodes feed each other in a ring is read to its end all the same. */
static void
test_ring (void)
{
  g_autoptr (StokerWorkloadFile) file = parse_well (
    "{\"1\":{\"class_type\":\"SaveImage\",\"inputs\":{\"images\":[\"2\",0],\"a\":[\"9\",0]}},"
    "\"2\":{\"class_type\":\"X\",\"inputs\":{\"y\":[\"1\",0],\"batch_size\":3}}}");

  g_assert_cmpint (file->workload->outputs, ==, 3);
}

static void
test_mistakes_are_named (void)
{
  static const struct
  {
    const char *text;
    const char *place;
  } cases[] = {
    { "{\"1\":{\"class_type\":\"A\",\"inputs\":{}},\"2\":{\"inputs\":{}}}", "class_type" },
    { "{\"1\":{\"class_type\":\"A\",\"inputs\":[]}}", "inputs" },
    { "{\"1\":{\"class_type\":\"A\",\"inputs\":{}},\"x\":7}", "$.x" },
    { "{\"nodes\":[{\"id\":1}],\"links\":[]}", "$.nodes[0].type" },
    { "{\"requirements\":{\"min_vram_gb\":\"much\"}}", "$.requirements.min_vram_gb" },
    { "{\"1\":", "door.api.json" },
    { "not JSON", "door.api.json" },
    { "", "door.api.json" },
    { "[]", "door.api.json" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerWorkloadFile) file = parse (cases[i].text, &error);

      g_assert_null (file);
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_true (g_str_has_prefix (error->message, "door.api.json:"));
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

static void
add_chunk (GByteArray *png, const char *type, const guint8 *data, gsize size)
{
  guint32 length = GUINT32_TO_BE ((guint32) size);

  g_byte_array_append (png, (const guint8 *) &length, 4);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, data, (guint) size);
  g_byte_array_append (png, (const guint8 *) "crc!", 4);
}

static GByteArray *
compress (const char *text)
{
  g_autoptr (GConverter)
    converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1));
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (source, converter);
  GByteArray *packed = g_byte_array_new ();
  gsize size = 0;

  g_byte_array_set_size (packed, 4096);
  g_input_stream_read_all (stream, packed->data, packed->len, &size, NULL, NULL);
  g_byte_array_set_size (packed, (guint) size);
  return packed;
}

/* A picture with a text of this type, with @before between the keyword and the text. */
static GBytes *
make_png (
  const char *type, const char *keyword, const guint8 *before, gsize n_before, GByteArray *text)
{
  g_autoptr (GByteArray) chunk = g_byte_array_new ();
  GByteArray *png = g_byte_array_new ();

  g_byte_array_append (chunk, (const guint8 *) keyword, (guint) strlen (keyword) + 1);
  g_byte_array_append (chunk, before, (guint) n_before);
  g_byte_array_append (chunk, text->data, text->len);
  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  add_chunk (png, "IHDR", (const guint8 *) "0123456789abc", 13);
  add_chunk (png, type, chunk->data, chunk->len);
  add_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}

static void
test_pictures (void)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) packed = compress (GRAPH);
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) packed_text = NULL;
  g_autoptr (GBytes) international = NULL;
  GBytes *pictures[3];

  g_byte_array_append (plain, (const guint8 *) GRAPH, strlen (GRAPH));
  text = make_png ("tEXt", "prompt", NULL, 0, plain);
  packed_text = make_png ("zTXt", "prompt", (const guint8 *) "", 1, packed);
  international = make_png ("iTXt", "prompt", (const guint8 *) "\1\0de\0Frage", 11, packed);
  pictures[0] = text;
  pictures[1] = packed_text;
  pictures[2] = international;
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerWorkloadFile)
        file = stoker_workload_file_parse (pictures[i], "door.png", &error);

      g_assert_no_error (error);
      check_graph (file);
    }
}

static void
test_picture_of_the_editor (void)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (StokerWorkloadFile) file = NULL;

  g_byte_array_append (plain, (const guint8 *) EDITOR, strlen (EDITOR));
  picture = make_png ("tEXt", "workflow", NULL, 0, plain);
  file = stoker_workload_file_parse (picture, "door.png", NULL);
  g_assert_nonnull (file);
  g_assert_null (file->workload->payload);
}

/* Every way in which the file can be cut off is a message, never a crash. */
static void
test_damaged_pictures (void)
{
  g_autoptr (GByteArray) packed = compress (GRAPH);
  g_autoptr (GBytes) picture = make_png ("iTXt", "prompt", (const guint8 *) "\1\0\0", 4, packed);
  gsize end = g_bytes_get_size (picture) - 28;

  for (gsize length = 8; length < end; length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (picture, 0, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerWorkloadFile) file = stoker_workload_file_parse (cut, "door.png", &error);

      g_assert_null (file);
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_assert_true (g_str_has_prefix (error->message, "door.png: "));
    }
}

static void
took_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stoker-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "door.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkloadFile) read = NULL;
  g_autoptr (StokerWorkloadFile) none = NULL;

  none = stoker_read_workload (path, &error);
  g_assert_null (none);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_true (g_str_has_suffix (error->message, "door.json: no such file"));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, GRAPH, -1, NULL));
  stoker_read_workload_async (file, NULL, took_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  read = stoker_read_workload_finish (result, &error);
  g_assert_no_error (error);
  check_graph (read);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/read-workload/prompt", test_prompt);
  g_test_add_func ("/services/read-workload/editor", test_editor);
  g_test_add_func ("/services/read-workload/workload", test_workload);
  g_test_add_func ("/services/beside-a-graph", test_beside_a_graph);
  g_test_add_func ("/services/no-graph-to-add", test_no_graph_to_add);
  g_test_add_func ("/services/read-workload/nothing-is-saved", test_nothing_is_saved);
  g_test_add_func ("/services/read-workload/ring", test_ring);
  g_test_add_func ("/services/read-workload/mistakes-are-named", test_mistakes_are_named);
  g_test_add_func ("/services/read-workload/pictures", test_pictures);
  g_test_add_func ("/services/read-workload/picture-of-the-editor", test_picture_of_the_editor);
  g_test_add_func ("/services/read-workload/damaged-pictures", test_damaged_pictures);
  g_test_add_func ("/services/read-workload/files", test_files);

  return g_test_run ();
}
