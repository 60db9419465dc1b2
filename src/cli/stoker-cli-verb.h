/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-cli-context.h"

G_BEGIN_DECLS

/* The exit statuses. */
typedef enum {
  STOKER_CLI_DONE = 0,
  STOKER_CLI_FAILED = 1,
  STOKER_CLI_WRONG_CALL = 2,
  STOKER_CLI_HELD = 3,
} StokerCliStatus;

/* Options that many verbs have. */
typedef enum {
  STOKER_CLI_JSON = 1 << 0,          /* --json */
  STOKER_CLI_LIVE = 1 << 1,          /* --live */
  STOKER_CLI_WAIT = 1 << 2,          /* --wait */
  STOKER_CLI_PARAMETERS = 1 << 3,    /* --set NAME=VALUE */
  STOKER_CLI_ONLY_PROVIDER = 1 << 4, /* --provider ID: only what is there */
  STOKER_CLI_AT_PROVIDER = 1 << 5,   /* --provider ID: where it is done */
} StokerCliSharedOptions;

/* A verb that only looks; it writes to the context. */
typedef gboolean (*StokerCliRun) (StokerCliContext *context, GError **error);

/* A verb that takes its time. It owns @task, whose source object is @context, and returns the exit
 * status (an int) or an error with it. */
typedef void (*StokerCliStart) (StokerCliContext *context, GTask *task);

/* One thing that can be asked on the command line. */
struct _StokerCliVerb
{
  const char *name;
  const char *action; /* nullable: the verb has none; the first of a verb is the one meant when none
                         is given */
  const char *arguments; /* for the usage line; may be empty */
  const char *summary;
  const GOptionEntry *options; /* nullable: its own; no arg_data: the values are kept in the
                                  context */
  StokerCliSharedOptions shared_options;
  const char *drawing_option; /* nullable: with it, the program is needed that can draw */
  int min_arguments;
  int max_arguments; /* -1: any number */
  StokerWorkspaceParts parts;
  StokerWorkspaceParts live_parts; /* what it needs with --live or --refresh; 0: the same */
  gboolean changes_things;         /* handed to the running instance, if there is one; with
                                      --refresh each is */
  StokerCliRun run;                /* either this … */
  StokerCliStart start;            /* … or this */
};

/* Each ends with an entry without a name. */
extern const StokerCliVerb stoker_verbs_actions[];
extern const StokerCliVerb stoker_verbs_advise[];
extern const StokerCliVerb stoker_verbs_audit[];
extern const StokerCliVerb stoker_verbs_catalog[];
extern const StokerCliVerb stoker_verbs_compare[];
extern const StokerCliVerb stoker_verbs_flags[];
extern const StokerCliVerb stoker_verbs_forget[];
extern const StokerCliVerb stoker_verbs_found[];
extern const StokerCliVerb stoker_verbs_jobs[];
extern const StokerCliVerb stoker_verbs_machines[];
extern const StokerCliVerb stoker_verbs_offers[];
extern const StokerCliVerb stoker_verbs_live_offers[];
extern const StokerCliVerb stoker_verbs_providers[];
extern const StokerCliVerb stoker_verbs_queue[];
extern const StokerCliVerb stoker_verbs_register[];
extern const StokerCliVerb stoker_verbs_spend[];
extern const StokerCliVerb stoker_verbs_submit[];
extern const StokerCliVerb stoker_verbs_transfer[];

const StokerCliVerb *stoker_cli_verb_find (const char *const *words, int *n_used, GError **error);
GArray *stoker_cli_verb_list_options (const StokerCliVerb *self);
char *stoker_cli_verb_get_help (const StokerCliVerb *self);
char *stoker_cli_verb_get_overview (const char *name);

G_END_DECLS
