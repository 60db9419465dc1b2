/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-process.h"

G_BEGIN_DECLS

void stoker_process_set_grace_ms (StokerProcess *self, guint grace_ms);

G_END_DECLS
