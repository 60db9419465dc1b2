/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-application.h"
#include "stoker-desk.h"

G_BEGIN_DECLS

StokerDesk *stoker_application_get_desk (StokerApplication *self);
void stoker_application_add_news_actions (StokerApplication *self);

G_END_DECLS
