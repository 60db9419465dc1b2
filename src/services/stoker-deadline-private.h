/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workload.h"

G_BEGIN_DECLS

gint64 stoker_deadline_choose (const StokerWorkload *workload);

G_END_DECLS
