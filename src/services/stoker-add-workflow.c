/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-read-workload.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <glib/gi18n-lib.h>

/* What the graph is in a payload. */
#define WORKFLOW "workflow"

static gboolean
check_workflow (const StokerWorkloadFile *self, const char *name, GError **error)
{
  if (!self->is_workflow)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("%s: holds no ComfyUI workflow"),
                 name);
  else if (self->workload->payload == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("%s: is the form in which ComfyUI's editor saves; export it there with “Save "
                    "(API Format)” to run it"),
                 name);
  else
    return TRUE;
  return FALSE;
}

/* There is room for one graph. */
static gboolean
check_payload (StokerWorkload *workload, const char *name, GError **error)
{
  StokerJsonPlace root = stoker_json_root (workload->source, name);
  StokerJsonPlace payload = stoker_json_member (&root, "payload");
  StokerJsonPlace workflow = stoker_json_member (&payload, WORKFLOW);

  if (!stoker_json_is_present (&workflow))
    return TRUE;
  stoker_json_set_error (error, &workflow, _ ("is there already, and another one was given"));
  return FALSE;
}

/**
 * stoker_workload_file_add_workflow:
 * @self: what was read of a ComfyUI graph
 * @name: its name for messages
 * @workload: (nullable): what is told beside it
 * @workload_name: (nullable): its name for messages
 * @error: return location
 *
 * The graph is what is sent; it tells what comes out, and which models it loads. How large the work
 * is, how soon and where it may go is what @workload tells, and what both tell is as it says there.
 *
 * Returns: (transfer full) (nullable): the workload to run; %NULL with %STOKER_ERROR_CONFIG when
 * the file holds no graph that can be run, or @workload has another one
 */
StokerWorkload *
stoker_workload_file_add_workflow (const StokerWorkloadFile *self,
                                   const char *name,
                                   StokerWorkload *workload,
                                   const char *workload_name,
                                   GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (!check_workflow (self, name, error))
    return NULL;
  if (workload == NULL)
    return stoker_workload_ref (self->workload);
  if (!check_payload (workload, workload_name, error))
    return NULL;

  text = stoker_json_to_string (self->workload->source, FALSE);
  node = stoker_json_parse (text, -1, name, error);
  if (node == NULL)
    return NULL;
  stoker_json_merge (node, workload->source);
  return stoker_workload_decode (node, workload_name, error);
}
