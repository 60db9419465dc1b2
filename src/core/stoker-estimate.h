/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-offer-table.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_ITEM_COMPUTE,
  STOKER_ITEM_START,
  STOKER_ITEM_IDLE,
  STOKER_ITEM_STORAGE,
  STOKER_ITEM_TRANSFER,
  STOKER_ITEM_REDO,
  STOKER_N_ITEMS,
} StokerItemKind;

/* One line of an estimate: what, how it was worked out, from which figures. */
typedef struct
{
  StokerItemKind kind;
  char *label;
  StokerMoney amount;
  char *formula; /* with the figures filled in: "$0.00031/s × 10,800 s" */
  char *source;  /* nullable */
  gint64 as_of_us;
  char *note;     /* nullable: why it is unknown, or what it leaves out */
  gint64 outputs; /* of the price of a request: how many it makes; 0 not told */
} StokerEstimateItem;

#define STOKER_TYPE_ESTIMATE (stoker_estimate_get_type ())

/* Itemised cost of a workload on an offer. Immutable once made, atomically counted. */
typedef struct _StokerEstimate StokerEstimate;
struct _StokerEstimate
{
  GPtrArray *items;              /* of StokerEstimateItem */
  StokerMoney total;             /* unknown when the compute item is unknown */
  gboolean is_complete;          /* FALSE: some item is unknown and not in the total */
  StokerMoney per_output;        /* unknown when the number of outputs is not told */
  StokerMoney per_month;         /* unknown when neither outputs nor hours a month are told */
  StokerMoney at_rest_per_month; /* what goes on costing when nothing runs */
  gint64 billed_s;
  gint64 wall_s;  /* until the last output is here; -1 unknown */
  gint64 ready_s; /* until it starts to work; -1 unknown */

  gatomicrefcount ref_count; /*< private >*/
};

extern const char *const stoker_item_kind_names[];

GType stoker_estimate_get_type (void) G_GNUC_CONST;
StokerEstimate *stoker_estimate_new (void);
StokerEstimateItem *stoker_estimate_add_item (StokerEstimate *self,
                                              StokerItemKind kind,
                                              const char *label,
                                              StokerMoney amount);
void stoker_estimate_item_free (StokerEstimateItem *self);
StokerMoney stoker_estimate_sum (const StokerEstimate *self, StokerItemKind kind);
StokerEstimate *stoker_estimate_ref (StokerEstimate *self);
void stoker_estimate_unref (StokerEstimate *self);
JsonNode *stoker_estimate_to_json (const StokerEstimate *self, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerEstimate, stoker_estimate_unref)

G_END_DECLS
