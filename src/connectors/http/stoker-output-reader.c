/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-output-search.h"
#include "stoker-record.h"
#include "stoker-run-reader.h"

/* The body of the answer itself. */
static void
add_body (const StokerRun *run, StokerJobReport *report, const char *name)
{
  StokerRemoteOutput *output = NULL;

  if (run->response == NULL || g_bytes_get_size (run->response->body) == 0)
    return;
  output = stoker_job_report_add_output (report, name);
  output->data = g_bytes_ref (run->response->body);
  output->media_type = stoker_http_response_dup_media_type (run->response);
}

static gboolean
read_output (const StokerRecord *record,
             const StokerRun *run,
             StokerJobReport *report,
             GError **error)
{
  g_autofree char *name = stoker_scope_dup_text (record->scope, "name");
  g_autofree char *file = stoker_scope_dup_text (record->scope, "file");
  gboolean is_base64 = stoker_rule_get_flag (record->rule, "base64", FALSE);

  if (record->item == NULL)
    add_body (run, report, name);
  else if (stoker_rule_get_flag (record->rule, "search", FALSE))
    return stoker_job_report_search (report, record->item, error);
  else if (stoker_rule_get_flag (record->rule, "document", FALSE))
    stoker_job_report_add_document (report, record->item, name);
  else if (file != NULL)
    return stoker_job_report_add_text (report, file, name, is_base64, error);

  return TRUE;
}

/**
 * stoker_run_read_outputs:
 * @run: a finished `outputs`
 * @report: gets them
 *
 * The first record rule that finds anything is the one; those behind it are for other forms of an
 * answer.
 *
 * Returns: %FALSE with %STOKER_ERROR_PROTOCOL when an output cannot be read
 */
gboolean
stoker_run_read_outputs (const StokerRun *run, StokerJobReport *report, GError **error)
{
  JsonNode *rules = stoker_rule_get (run->operation, "records");

  for (guint i = 0; i < stoker_rule_count (rules) && report->outputs->len == 0; i++)
    {
      g_autoptr (GPtrArray) records = stoker_records_read (stoker_rule_nth (rules, i), run, error);

      if (records == NULL)
        return FALSE;
      for (guint n = 0; n < records->len; n++)
        if (!read_output (g_ptr_array_index (records, n), run, report, error))
          return FALSE;
    }

  return TRUE;
}
