/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-json.h"
#include "stoker-manifest.h"

G_BEGIN_DECLS

/* What a value of the language may be. */
typedef enum {
  STOKER_VALUE_TEXT,      /* a string as it is */
  STOKER_VALUE_TEMPLATE,  /* a string with names in it */
  STOKER_VALUE_SECRET,    /* the same where secrets may be named */
  STOKER_VALUE_MESSAGE,   /* the same where ${error.text} may be named */
  STOKER_VALUE_TREE,      /* any JSON; its strings are templates */
  STOKER_VALUE_BODY,      /* the same where secrets may be named */
  STOKER_VALUE_FLAG,      /* true or false */
  STOKER_VALUE_NUMBER,    /* within min and max */
  STOKER_VALUE_INTEGER,   /* within min and max */
  STOKER_VALUE_STATUS,    /* of HTTP */
  STOKER_VALUE_WORD,      /* one of words */
  STOKER_VALUE_CODE,      /* the name of a StokerError */
  STOKER_VALUE_PATH,      /* a JSONPath */
  STOKER_VALUE_REGEX,     /* a regular expression */
  STOKER_VALUE_MONEY,     /* a decimal text */
  STOKER_VALUE_CONDITION, /* what is asked of a name */
  STOKER_VALUE_TAKE,      /* a JSONPath, several, or an object of shape */
  STOKER_VALUE_NEED,      /* a string, or an object of shape */
  STOKER_VALUE_OBJECT,    /* of shape */
} StokerValueType;

typedef enum {
  STOKER_FORM_ONE,
  STOKER_FORM_LIST,
  STOKER_FORM_ONE_OR_LIST,
  STOKER_FORM_MAP, /* any names */
} StokerForm;

typedef struct _StokerShape StokerShape;

/* A member of an object: { name, type } and what else is worth telling. */
typedef struct
{
  const char *name;
  StokerValueType type;
  StokerForm form;
  gboolean is_required;
  const StokerShape *shape;
  const char *const *words;
  double min;
  double max; /* 0: not limited */
} StokerMember;

/* An object: its members, and what cannot be told of one alone. */
struct _StokerShape
{
  const StokerMember *members; /* ends with a NULL name */
  const char *const *one_of;   /* nullable: exactly one of these must be there */
  gboolean (*check) (const StokerJsonPlace *place, GError **error); /* nullable */
};

extern const StokerShape stoker_manifest_shape;
extern const StokerShape stoker_condition_shape;

gboolean stoker_shape_check (const StokerShape *self,
                             const StokerJsonPlace *place,
                             StokerManifest *manifest,
                             GError **error);

G_END_DECLS
