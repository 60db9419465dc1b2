/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"

G_BEGIN_DECLS

void stoker_advice_log_append (StokerAdvice *advice);

G_END_DECLS
