/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "provider-case.h"

G_BEGIN_DECLS

/* What of a case the faults go through. */
typedef enum {
  OPERATION_CHECK,
  OPERATION_OFFERS,
  OPERATION_SUBMIT,
  OPERATION_POLL,
  OPERATION_CANCEL,
  OPERATION_OUTPUTS,
  N_OPERATIONS,
} Operation;

/* (nullable): a part of the sentence that says that the provider cannot do it. */
const char *provider_faults_get_unsupported (ProviderCase *self, Operation operation);
void provider_faults_test (gpointer data, gconstpointer id);

G_END_DECLS
