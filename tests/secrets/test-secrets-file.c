/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-secret-store.h"

#include "secret-calls.h"
#include "stoker-error.h"
#include "stoker-json.h"

#include <string.h>

static GHashTable *
decode (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, "secrets.json", error);

  g_assert_nonnull (node);
  return stoker_secrets_file_decode (node, "secrets.json", get_catalog (), error);
}

static const char *
get_secret (GHashTable *tables, const char *profile_id, const char *field)
{
  GHashTable *table = g_hash_table_lookup (tables, profile_id);

  g_assert_nonnull (table);
  return g_hash_table_lookup (table, field);
}

/* The document of the older programs, with its aliases. */
static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable)
    tables = decode ("{\"RunPod\": {\"api_key\": \"rk\"},"
                     " \"hf_inference_endpoints\": {\"api_token\": \"ht\"},"
                     " \"modal\": {\"token_id\": \"ti\", \"token_secret\": \"ts\"},"
                     " \"replicate\": {\"api_key\": \"\"}, \"fal\": {\"api_key\": null}}",
                     &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (tables), ==, 5);
  g_assert_cmpstr (get_secret (tables, "runpod", "api_key"), ==, "rk");
  g_assert_cmpstr (get_secret (tables, "huggingface", "api_token"), ==, "ht");
  g_assert_cmpstr (get_secret (tables, "modal", "token_id"), ==, "ti");
  g_assert_cmpstr (get_secret (tables, "modal", "token_secret"), ==, "ts");
  g_assert_null (get_secret (tables, "replicate", "api_key"));
  g_assert_null (get_secret (tables, "fal", "api_key"));
}

typedef struct
{
  const char *name;
  const char *text;
  const char *place; /* what the message has to name */
} Mistake;

static const Mistake mistakes[] = {
  { "unknown-provider", "{\"nosuch\": {\"api_key\": \"hidden-value\"}}", "$.nosuch" },
  { "unknown-field", "{\"runpod\": {\"password\": \"hidden-value\"}}", "$.runpod.password" },
  { "not-a-string", "{\"runpod\": {\"api_key\": [\"hidden-value\"]}}", "$.runpod.api_key" },
  { "not-an-object", "{\"runpod\": \"hidden-value\"}", "$.runpod" },
  { "root", "[\"hidden-value\"]", "secrets.json" },
  { "twice", "{\"hf\": {}, \"huggingface\": {\"api_token\": \"hidden-value\"}}", "$.huggingface" },
  { "first-of-two", "{\"nosuch\": {}, \"runpod\": {\"password\": \"hidden-value\"}}", "$.nosuch" },
};

static void
test_mistake (gconstpointer data)
{
  const Mistake *mistake = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (decode (mistake->text, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "secrets.json"));
  g_assert_nonnull (strstr (error->message, mistake->place));
  g_assert_null (strstr (error->message, "hidden-value"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets-file/good", test_good);
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autofree char *path = g_strconcat ("/secrets-file/mistake/", mistakes[i].name, NULL);

      g_test_add_data_func (path, &mistakes[i], test_mistake);
    }
  return g_test_run ();
}
