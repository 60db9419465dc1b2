/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-session.h"
#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-list-machines.h"
#include "stoker-read-audit.h"
#include "stoker-run-action.h"

#include <string.h>

/* A service that rents machines out, ends them, and has an action of its own. */
#define YARD                                                                                       \
  "\"machines.list\": {\"steps\": [{\"url\": \"${base.api}/vms\"}], \"records\": [{\"items\": "    \
  "\"$.vms[*]\", \"fields\": {\"id\": \"$.id\", \"name\": \"$.name\", \"state\": \"$.state\", "    \
  "\"gpu\": \"$.gpu\", \"price\": {\"path\": \"$.usd\", \"as\": \"usd\"}}}]},"                     \
  "\"machines.launch\": {\"parameters\": [{\"name\": \"gpu\", \"type\": \"text\", \"required\": "  \
  "true}, {\"name\": \"disks\", \"type\": \"list\"}, {\"name\": \"gpus\", \"type\": \"integer\", " \
  "\"max\": 8}, {\"name\": \"labels\", \"type\": \"object\"}, "                                    \
  "{\"name\": \"spot\", \"type\": \"flag\"}], \"steps\": [{\"method\": \"POST\", "                 \
  "\"url\": \"${base.api}/vms\", \"body\": {\"json\": {\"gpu\": \"${input.gpu}\", \"gpus\": "      \
  "\"${input.gpus}\", \"disks\": \"${input.disks}\", \"spot\": \"${input.spot}\"}}, \"take\": "    \
  "{\"id\": \"$.id\"}}]},"                                                                         \
  "\"machines.terminate\": {\"needs\": [\"input.id\"], \"steps\": [{\"method\": \"DELETE\", "      \
  "\"url\": \"${base.api}/vms/${input.id}\", \"answer\": \"none\"}]}}, \"actions\": "              \
  "{\"endpoint.scale\": {\"label\": \"Scale it\", \"parameters\": [{\"name\": \"max\", \"type\": " \
  "\"integer\", \"max\": 5, \"required\": true}], \"steps\": [{\"method\": \"POST\", \"url\": "    \
  "\"${base.api}/scale\", \"body\": {\"json\": {\"max\": \"${input.max}\"}}, \"take\": "           \
  "{\"workers\": \"$.workers\"}}]}"
#define LIST "GET /yard/vms"
#define END "DELETE /yard/vms/7"

static const char *const ids[] = { "yard", NULL };

static void
set_up (RestSession *self)
{
  rest_session_set_up (self, ids, YARD);
}

static StokerProvider *
get_yard (RestSession *self)
{
  return stoker_workspace_lookup_provider (self->workspace, "yard");
}

static JsonNode *
run (RestSession *self, const char *action, const char *input, gboolean is_live, GError **error)
{
  g_autoptr (JsonNode) node = stoker_json_parse (input, -1, "input", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  stoker_run_action_async (self->workspace, get_yard (self), action, node, is_live,
                           test_session_take_result, &result);
  return stoker_run_action_finish (test_session_wait (&result), error);
}

static GPtrArray *
list (RestSession *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_list_machines_async (self->workspace, get_yard (self), NULL, test_session_take_result,
                              &result);
  return stoker_list_machines_finish (test_session_wait (&result), error);
}

static void
assert_says (JsonNode *node, const char *text)
{
  g_autofree char *json = stoker_json_to_string (node, FALSE);

  g_test_message ("%s", json);
  g_assert_nonnull (strstr (json, text));
}

static void
test_list (void)
{
  RestSession self = { 0 };
  g_autoptr (GPtrArray) machines = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  const StokerMachine *first = NULL;

  set_up (&self);
  rest_provider_answer (&self.rest, LIST, 200,
                        "{\"vms\": [{\"id\": \"7\", \"name\": \"left behind\", \"state\": "
                        "\"running\", \"gpu\": \"A100\", \"usd\": 1.5}]}");
  g_assert_true (stoker_provider_lists_machines (self.workspace, get_yard (&self)));
  machines = list (&self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (machines->len, ==, 1);
  first = g_ptr_array_index (machines, 0);
  g_assert_cmpstr (first->name, ==, "left behind");
  g_assert_cmpint (first->price.nanos, ==, 1500000000);
  g_assert_null (stoker_machine_find_job (self.workspace, "yard", first));

  /* A question leaves this machine too. */
  stoker_settings_set_flag (stoker_workspace_get_settings (self.workspace), "enable_public_gpu",
                            FALSE);
  none = list (&self, &error);
  g_assert_null (none);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_HELD);
  g_assert_cmpuint (rest_provider_count (&self.rest, LIST), ==, 1);
  rest_session_tear_down (&self);
}

/* Without the wish to do it live it is shown, and nothing leaves this machine. */
static void
test_dry_run (void)
{
  RestSession self = { 0 };
  g_autoptr (JsonNode) end = NULL;
  g_autoptr (JsonNode) scale = NULL;
  g_autoptr (JsonNode) wrong = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&self);
  end = run (&self, STOKER_ACTION_TERMINATE, "{\"id\": \"7\"}", FALSE, &error);
  g_assert_no_error (error);
  assert_says (end, "\"dry_run\":true");
  assert_says (end, "\"method\":\"DELETE\"");
  assert_says (end, "/yard/vms/7");
  scale = run (&self, "endpoint.scale", "{\"max\": 3}", FALSE, &error);
  g_assert_no_error (error);
  assert_says (scale, "\\\"max\\\": 3");
  wrong = run (&self, "endpoint.scale", "{\"max\": 9}", FALSE, &error);
  g_assert_null (wrong);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_cmpstr (self.rest.requests->str, ==, "");
  rest_session_tear_down (&self);
}

static void
assert_written_down (RestSession *self, const char *action)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) lines = NULL;
  gboolean is_intact = FALSE;

  stoker_read_audit_async (self->workspace, 1, NULL, test_session_take_result, &result);
  lines = stoker_read_audit_finish (test_session_wait (&result), &is_intact, NULL);
  g_assert_true (is_intact);
  assert_says (lines, action);
}

static void
test_live (void)
{
  RestSession self = { 0 };
  g_autoptr (JsonNode) end = NULL;
  g_autoptr (JsonNode) scale = NULL;
  g_autoptr (JsonNode) unknown = NULL;
  g_autoptr (JsonNode) held = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&self);
  rest_provider_answer (&self.rest, END, 200, "{}");
  rest_provider_answer (&self.rest, "POST /yard/scale", 200, "{\"workers\": 3}");
  end = run (&self, STOKER_ACTION_TERMINATE, "{\"id\": \"7\"}", TRUE, &error);
  g_assert_no_error (error);
  assert_says (end, "\"state\":\"gone\"");
  assert_written_down (&self, STOKER_ACTION_TERMINATE);
  g_assert_cmpuint (rest_provider_count (&self.rest, END), ==, 1);
  scale = run (&self, "endpoint.scale", "{\"max\": 3}", TRUE, &error);
  g_assert_no_error (error);
  assert_says (scale, "\"workers\":3");
  unknown = run (&self, "endpoint.fly", "{}", TRUE, &error);
  g_assert_null (unknown);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  stoker_settings_set_flag (stoker_workspace_get_settings (self.workspace), "enable_public_gpu",
                            FALSE);
  held = run (&self, STOKER_ACTION_TERMINATE, "{\"id\": \"7\"}", TRUE, &error);
  g_assert_null (held);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_HELD);
  g_assert_cmpuint (rest_provider_count (&self.rest, END), ==, 1);
  rest_session_tear_down (&self);
}

/* What people write becomes what the parameters are. */
static void
test_input (void)
{
  RestSession self = { 0 };
  g_autoptr (JsonNode) actions = NULL;
  g_autoptr (JsonNode) input = NULL;
  g_autoptr (JsonNode) wrong = NULL;
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  StokerJsonPlace root;
  StokerJsonPlace launch;

  set_up (&self);
  actions = stoker_list_actions (self.workspace, get_yard (&self));
  assert_says (actions, "\"id\":\"endpoint.scale\",\"label\":\"Scale it\"");
  root = stoker_json_root (actions, "actions");
  g_assert_cmpuint (stoker_json_length (&root), ==, 2);
  launch = stoker_json_element (&root, 1);
  assert_says (launch.node, STOKER_ACTION_LAUNCH);
  g_hash_table_insert (texts, (gpointer) "gpu", (gpointer) "A100");
  g_hash_table_insert (texts, (gpointer) "gpus", (gpointer) "2");
  g_hash_table_insert (texts, (gpointer) "disks", (gpointer) "a, b");
  g_hash_table_insert (texts, (gpointer) "spot", (gpointer) "true");
  g_hash_table_insert (texts, (gpointer) "labels", (gpointer) "{\"team\": \"art\"}");
  input = stoker_action_read_input (launch.node, texts, &error);
  g_assert_no_error (error);
  assert_says (input, "\"gpus\":2");
  assert_says (input, "\"disks\":[\"a\",\"b\"]");
  assert_says (input, "\"spot\":true");
  assert_says (input, "\"labels\":{\"team\":\"art\"}");
  g_hash_table_insert (texts, (gpointer) "gpus", (gpointer) "two");
  wrong = stoker_action_read_input (launch.node, texts, &error);
  g_assert_null (wrong);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  rest_session_tear_down (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/run-action/list", test_list);
  g_test_add_func ("/run-action/dry-run", test_dry_run);
  g_test_add_func ("/run-action/live", test_live);
  g_test_add_func ("/run-action/input", test_input);
  return g_test_run ();
}
