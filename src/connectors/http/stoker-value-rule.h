/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"
#include "stoker-step-context.h"

G_BEGIN_DECLS

/* What is asked of a named value before something happens. */
typedef enum {
  STOKER_TEST_EQUALS, /* one of texts */
  STOKER_TEST_PRESENT,
  STOKER_TEST_ABSENT,
  STOKER_TEST_ABOVE, /* the number in operand */
  STOKER_TEST_BELOW,
  STOKER_TEST_MATCHES, /* regex */
  STOKER_TEST_IS,      /* the same JSON as operand */
} StokerTest;

typedef struct
{
  char *name; /* full: step.state, config.region … */
  StokerTest test;
  GStrv texts;       /* nullable */
  JsonNode *operand; /* nullable: template */
  GRegex *regex;     /* nullable */
} StokerCondition;

/* The closed list of conversions. Seconds, fractions, GB and money (a decimal text) are what Stoker
 * works with. */
typedef enum {
  STOKER_AS_IS,
  STOKER_AS_TEXT,
  STOKER_AS_NUMBER,
  STOKER_AS_SECONDS,
  STOKER_AS_MILLISECONDS,
  STOKER_AS_MINUTES,
  STOKER_AS_HOURS,
  STOKER_AS_FRACTION,
  STOKER_AS_PERCENT,
  STOKER_AS_USD,
  STOKER_AS_CENTS,
  STOKER_AS_TIME,   /* RFC 3339 */
  STOKER_AS_TIME_S, /* since 1970 */
  STOKER_AS_TIME_MS,
  STOKER_AS_GB,
  STOKER_AS_MB,
  STOKER_AS_MIB,
} StokerConversion;

/* A value to take out of an answer, or to make from others. */
typedef struct
{
  char *name;
  GPtrArray *paths;   /* of JsonPath: the first that is there; NULL without */
  GPtrArray *addends; /* of JsonPath: the sum of those that are there; NULL without */
  JsonNode *value;    /* nullable: template */
  char *header;       /* nullable: of the answer */
  gboolean takes_all; /* every match, joined with "; " */
  GRegex *regex;      /* nullable: its first group, of the last match */
  GHashTable *map;    /* nullable: text → text; "*" for the rest */
  StokerConversion as;
  double add;
  double min;
  double max;
  JsonNode *fallback; /* nullable */
  gboolean is_required;
} StokerTake;

/* A value that came out of an answer, as text; NULL for none. */
char *stoker_value_dup_text (JsonNode *value);
gboolean stoker_value_get_number (JsonNode *value, double *number);
JsonNode *stoker_value_from_number (double number);

/* Names in @context are those of the manifest's templates. */
gboolean stoker_conditions_hold (GPtrArray *conditions, const StokerStepContext *context);
gboolean stoker_takes_apply (GPtrArray *takes,
                             JsonNode *answer,
                             StokerHttpResponse *response,
                             StokerStepContext *context,
                             GError **error);
JsonNode *stoker_path_find (JsonPath *path, JsonNode *answer);

extern const char *const stoker_conversion_names[];

G_END_DECLS
