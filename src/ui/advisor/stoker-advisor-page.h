/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-page.h"

G_BEGIN_DECLS

#define STOKER_TYPE_ADVISOR_PAGE (stoker_advisor_page_get_type ())

/* What is to be done on the left, where to do it on the right. */
G_DECLARE_FINAL_TYPE (StokerAdvisorPage, stoker_advisor_page, STOKER, ADVISOR_PAGE, StokerPage)

void stoker_advisor_page_choose_file (StokerAdvisorPage *self);
void stoker_advisor_page_open_file (StokerAdvisorPage *self, GFile *file);

G_END_DECLS
