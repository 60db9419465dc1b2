/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-estimate.h"
#include "stoker-job-report.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOB_PRICER (stoker_job_pricer_get_type ())
G_DECLARE_INTERFACE (StokerJobPricer, stoker_job_pricer, STOKER, JOB_PRICER, GObject)

/**
 * StokerJobPricer:
 *
 * Knows what a request takes and what this one request costs, before it is sent. Both are pure.
 */
struct _StokerJobPricerInterface
{
  GTypeInterface parent;
  GPtrArray *(*itemise) (StokerJobPricer *self,
                         StokerConnection *connection,
                         const StokerJobRequest *request,
                         GError **error);
  JsonNode *(*list_parameters) (StokerJobPricer *self, StokerConnection *connection);
  JsonNode *(*list_parameters_of) (StokerJobPricer *self,
                                   StokerConnection *connection,
                                   const StokerJobRequest *request);
};

GPtrArray *stoker_job_pricer_itemise (StokerJobPricer *self,
                                      StokerConnection *connection,
                                      const StokerJobRequest *request,
                                      GError **error);
gboolean stoker_job_pricer_price (StokerJobPricer *self,
                                  StokerConnection *connection,
                                  const StokerJobRequest *request,
                                  StokerMoney *cost,
                                  GError **error);
JsonNode *stoker_job_pricer_list_parameters (StokerJobPricer *self, StokerConnection *connection);
JsonNode *stoker_job_pricer_list_parameters_of (StokerJobPricer *self,
                                                StokerConnection *connection,
                                                const StokerJobRequest *request);

G_END_DECLS
