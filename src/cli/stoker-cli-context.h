/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

typedef struct _StokerCliVerb StokerCliVerb;

/* Where a verb's texts go and its input comes from: this process, or the one that handed the
 * command over. */
typedef struct
{
  void (*write_out) (const char *text, gpointer user_data);
  void (*write_err) (const char *text, gpointer user_data);
  GInputStream *(*open_stdin) (gpointer user_data); /* (transfer full) (nullable) */
  gpointer user_data;
  GDestroyNotify destroy; /* nullable */
} StokerCliStreams;

#define STOKER_TYPE_CLI_CONTEXT (stoker_cli_context_get_type ())

/**
 * StokerCliContext:
 *
 * One call of the command line: its verb, options and arguments, the workspace it works on, and its
 * output. What is printed is kept back until the verb is done, so that a call that fails prints
 * nothing on standard output.
 */
G_DECLARE_FINAL_TYPE (StokerCliContext, stoker_cli_context, STOKER, CLI_CONTEXT, GObject)

StokerCliContext *stoker_cli_context_new (const StokerCliStreams *streams, const char *cwd);
gboolean
stoker_cli_context_prepare (StokerCliContext *self, const char *const *words, GError **error);
int stoker_cli_context_conclude (StokerCliContext *self, int status, const GError *error);

const StokerCliVerb *stoker_cli_context_get_verb (StokerCliContext *self);
StokerWorkspaceParts stoker_cli_context_get_parts (StokerCliContext *self);
gboolean stoker_cli_context_changes_things (StokerCliContext *self);
GCancellable *stoker_cli_context_get_cancellable (StokerCliContext *self);
StokerWorkspace *stoker_cli_context_get_workspace (StokerCliContext *self);
void stoker_cli_context_set_workspace (StokerCliContext *self, StokerWorkspace *workspace);

/* What was said on the command line. */
gboolean stoker_cli_context_get_flag (StokerCliContext *self, const char *option);
const char *stoker_cli_context_get_text (StokerCliContext *self, const char *option);
GStrv stoker_cli_context_get_texts (StokerCliContext *self, const char *option);
gboolean stoker_cli_context_get_count (
  StokerCliContext *self, const char *option, gint64 max, gint64 *out, GError **error);
gboolean stoker_cli_context_get_amount (StokerCliContext *self,
                                        const char *option,
                                        double *out,
                                        GError **error);
const char *stoker_cli_context_get_argument (StokerCliContext *self, guint index);
guint stoker_cli_context_get_n_arguments (StokerCliContext *self);
char *stoker_cli_context_get_path (StokerCliContext *self, const char *path);

/* What is answered. */
void stoker_cli_context_print (StokerCliContext *self, const char *format, ...)
  G_GNUC_PRINTF (2, 3);
void stoker_cli_context_print_text (StokerCliContext *self, const char *text);
void stoker_cli_context_print_json (StokerCliContext *self, JsonNode *document);
void stoker_cli_context_print_more (StokerCliContext *self, guint n_more);
void stoker_cli_context_note (StokerCliContext *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

void stoker_cli_context_read_stdin_async (StokerCliContext *self,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
char *
stoker_cli_context_read_stdin_finish (StokerCliContext *self, GAsyncResult *result, GError **error);

G_END_DECLS
