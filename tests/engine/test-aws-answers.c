/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * What Amazon's own client reads out of answers, the engine reads out of them too: the answers that
 * botocore tests itself with, which are looked for in the folder that STOKER_SHARED names, else in
 * ../shared beside the source.
 */

#include "config.h"

#include "aws-fixture.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-rule.h"
#include "stoker-step-answer.h"
#include "stoker-value-rule.h"
#include "stoker-value.h"
#include "stoker-xml.h"

#include <string.h>

#define LEAST_ANSWERS 10

static JsonNode *
read_xml (const char *folder, const char *name)
{
  g_autofree char *text = aws_fixture_read (folder, name);
  g_autoptr (GError) error = NULL;
  JsonNode *tree = stoker_xml_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return tree;
}

/* Every value in it that says something, wherever it stands. */
static void
collect (JsonNode *node, GPtrArray *leaves)
{
  g_autoptr (GList) members = NULL;
  char *text = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    members = json_object_get_values (json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    members = json_array_get_elements (json_node_get_array (node));
  else if ((text = stoker_value_dup_text (node)) != NULL && *text != '\0')
    g_ptr_array_add (leaves, g_steal_pointer (&text));
  g_free (text);
  for (GList *l = members; l != NULL; l = l->next)
    collect (l->data, leaves);
}

static int
compare (gconstpointer one, gconstpointer other)
{
  return strcmp (*(const char *const *) one, *(const char *const *) other);
}

static char *
list_leaves (JsonNode *tree)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func (g_free);

  collect (tree, leaves);
  g_ptr_array_sort (leaves, compare);
  g_ptr_array_add (leaves, NULL);

  return g_strjoinv ("\n", (char **) leaves->pdata);
}

/* The names differ, for the client gives them its own; the values are the same, each as often. */
static void
check_values (const char *folder, const char *name)
{
  g_autoptr (JsonNode) ours = read_xml (folder, name);
  g_autofree char *base = g_strndup (name, strlen (name) - strlen (".xml"));
  g_autofree char *other = g_strconcat (base, ".json", NULL);
  g_autofree char *text = aws_fixture_read (folder, other);
  g_autoptr (JsonNode) theirs = json_from_string (text, NULL);
  g_autofree char *our_leaves = list_leaves (ours);
  g_autofree char *their_leaves = list_leaves (theirs);

  g_test_message ("%s", name);
  g_assert_cmpstr (our_leaves, ==, their_leaves);
}

static void
test_recorded (void)
{
  g_autofree char *folder = aws_fixture_find_folder ("response-fixtures");
  g_autoptr (GDir) dir = folder == NULL ? NULL : g_dir_open (folder, 0, NULL);
  const char *name = NULL;
  guint n_checked = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".xml") && !g_str_has_prefix (name, "model-"))
      {
        check_values (folder, name);
        n_checked++;
      }
  if (dir != NULL)
    g_assert_cmpuint (n_checked, >=, LEAST_ANSWERS);
}

typedef struct
{
  const char *file;
  const char *operation;
  const char *action;
  const char *value;
  const char *expected;
} Reading;

static void
check_reading (AwsFixture *self, const char *folder, const Reading *reading)
{
  JsonNode *step = aws_fixture_find_step (self, reading->operation, reading->action);
  g_autoptr (JsonNode) answer = read_xml (folder, reading->file);
  g_autofree char *name = g_strconcat ("step.", reading->value, NULL);
  g_autoptr (JsonNode) taken = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  stoker_takes_apply (stoker_rule_get (step, "take"), answer, NULL, self->scope, &error);
  g_assert_no_error (error);
  taken = stoker_scope_lookup (name, self->scope);
  found = stoker_value_dup_text (taken);
  g_test_message ("%s: %s is %s", reading->file, reading->value, found);
  g_assert_cmpstr (found, ==, reading->expected);
}

/* What the manifest takes out of them. */
static void
test_taken (AwsFixture *self, gconstpointer unused)
{
  static const Reading readings[] = {
    { "model-sts-GetCallerIdentity.xml", "check", "GetCallerIdentity", "account",
      "arn:aws:iam::123456789012:user/render" },
    { "responses-ec2-describe-instances.xml", "poll", "DescribeInstances", "id", "i-fde9cece" },
    { "responses-ec2-describe-instances.xml", "poll", "DescribeInstances", "state", "stopped" },
    { "responses-ec2-describe-instances.xml", "poll", "DescribeInstances", "reason",
      "Client.UserInitiatedShutdown" },
    { "responses-ec2-run-instances.xml", "submit", "RunInstances", "id", "i-0ee0356c" },
    { "model-ec2-GetConsoleOutput.xml", "logs", "GetConsoleOutput", "log", "boot\njob done\n" },
  };
  g_autofree char *folder = aws_fixture_find_folder ("response-fixtures");

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (readings); i++)
    check_reading (self, folder, &readings[i]);
}

/* A refusal is understood: that a dry run would have been carried out, and an id that is none. */
static void
check_refusal (AwsFixture *self, JsonNode *step, const char *folder, const char *name, int code)
{
  g_autoptr (JsonNode) answer = read_xml (folder, name);
  g_autofree char *text = aws_fixture_read (folder, name);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  StokerHttpResponse response = { .status = code < 0 ? 412 : 400, .body = body };
  g_autoptr (GError) error = NULL;
  gboolean is_fine = stoker_step_answer_check (NULL, step, &response, answer, self->scope, &error);

  g_test_message ("%s: %s", name, is_fine ? "fine" : error->message);
  g_assert_cmpint (is_fine, ==, code < 0);
  if (!is_fine)
    g_assert_error (error, STOKER_ERROR, code);
}

static void
test_refused (AwsFixture *self, gconstpointer unused)
{
  g_autofree char *folder = aws_fixture_find_folder ("response-fixtures");

  if (folder == NULL)
    return;
  check_refusal (self, aws_fixture_find_step (self, "check", "RunInstances"), folder,
                 "model-ec2-error-DryRunOperation.xml", -1);
  check_refusal (self, aws_fixture_find_step (self, "logs", "GetConsoleOutput"), folder,
                 "errors-ec2-describe-instances.xml", STOKER_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aws-answers/recorded", test_recorded);
  g_test_add ("/aws-answers/taken", AwsFixture, "aws-ec2", aws_fixture_set_up, test_taken,
              aws_fixture_tear_down);
  g_test_add ("/aws-answers/refused", AwsFixture, "aws-ec2", aws_fixture_set_up, test_refused,
              aws_fixture_tear_down);

  return g_test_run ();
}
