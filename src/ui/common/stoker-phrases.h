/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "stoker-estimate.h"
#include "stoker-health.h"
#include "stoker-profile.h"

G_BEGIN_DECLS

/* The words for things, as people read them in the window. Pure: no widget, no clock, no display.
 */

const char *stoker_phrase_kind (StokerKind kind);
const char *stoker_phrase_tag (const char *tag);
char *stoker_phrase_field_label (const char *field_id);
char *stoker_phrase_residency (const char *tag);
const char *stoker_phrase_residency_title (const char *tag);
const char *stoker_phrase_item (int item_kind);

char *stoker_phrase_sentence (const char *message);
char *stoker_phrase_money (StokerMoney money);
char *stoker_phrase_estimate (const StokerEstimate *estimate);
char *stoker_phrase_about (StokerMoney money);
const char *stoker_phrase_unit (StokerUnit unit);
char *stoker_phrase_price (const StokerPrice *price);
char *stoker_phrase_dated_price (const StokerPrice *price, gint64 now_us);
char *stoker_phrase_fact (const char *source, gint64 as_of_us, gint64 now_us);
char *stoker_phrase_age (gint64 then_us, gint64 now_us);
char *stoker_phrase_ago (gint64 then_us, gint64 now_us);
char *stoker_phrase_duration (gint64 seconds);
char *stoker_phrase_bytes (gint64 bytes);

char *stoker_phrase_billing (const StokerPlan *plan);
char *stoker_phrase_health (const StokerHealth *health);
const char *stoker_phrase_health_class (const StokerHealth *health);

G_END_DECLS
