/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-advice.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CANDIDATE_LIST (stoker_candidate_list_get_type ())

/* The candidates, best first, a few at first. A newer advice changes the rows of the candidates
 * that stay and leaves them open. */
G_DECLARE_FINAL_TYPE (StokerCandidateList, stoker_candidate_list, STOKER, CANDIDATE_LIST, AdwBin)

void stoker_candidate_list_show (StokerCandidateList *self, StokerAdvice *advice);
void stoker_candidate_list_choose (StokerCandidateList *self, int index);

G_END_DECLS
