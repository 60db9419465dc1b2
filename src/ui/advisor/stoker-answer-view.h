/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-desk.h"

G_BEGIN_DECLS

#define STOKER_TYPE_ANSWER_VIEW (stoker_answer_view_get_type ())

/* The advisor's answer: where to run it, why, in which order else, and what speaks against the
 * rest. */
G_DECLARE_FINAL_TYPE (StokerAnswerView, stoker_answer_view, STOKER, ANSWER_VIEW, AdwBin)

void stoker_answer_view_set_desk (StokerAnswerView *self, StokerDesk *desk);

G_END_DECLS
