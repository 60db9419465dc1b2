/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-index.h"

G_BEGIN_DECLS

typedef enum {
  PHASE_IDLE,
  PHASE_KEYS,    /* copying what decides the order */
  PHASE_SORTING, /* on a thread */
  PHASE_FILTERING,
  PHASE_TELLING,
} StokerJobIndexPhase;

/* A job and what is searched in it. */
typedef struct
{
  StokerJob *job; /* borrowed from the list */
  char *folded;   /* owned, nullable: not needed yet */
} StokerJobIndexEntry;

struct _StokerJobIndex
{
  GObject parent_instance;

  StokerWorkspace *workspace; /* owned */
  StokerJobList *jobs;        /* owned */
  gulong handlers[3];

  StokerJobFilter filter;
  char *search; /* owned, nullable: folded */
  StokerJobOrder order;
  gboolean is_descending;
  StokerJobGrouping grouping;

  GArray *entries;                /* owned, of StokerJobIndexEntry, in the order asked for */
  GPtrArray *shown;               /* owned, of borrowed jobs: the model */
  GPtrArray *next;                /* owned: what it will be */
  GArray *keys;                   /* owned, nullable, of StokerJobKey */
  GHashTable *matching_providers; /* owned: ids of those whose name has the search in it */
  GCancellable *sorting;          /* owned, nullable */
  StokerJobIndexPhase phase;
  guint position; /* within the phase */
  guint slice_id;
};

/* The work in slices; ends with the signal `done`. */
void stoker_job_index_start_ordering (StokerJobIndex *self);
void stoker_job_index_filter_again (StokerJobIndex *self);
void stoker_job_index_forget_shown (StokerJobIndex *self);
void stoker_job_index_stop (StokerJobIndex *self);
void stoker_job_index_tell_done (StokerJobIndex *self);
void stoker_job_index_entry_clear (gpointer data);
StokerJobIndexEntry *stoker_job_index_get_entry (StokerJobIndex *self, guint position);
gboolean stoker_job_index_matches (StokerJobIndex *self, StokerJobIndexEntry *entry);
char *stoker_job_index_fold (const char *text);

G_END_DECLS
