/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-json.h"

G_BEGIN_DECLS

/**
 * StokerJsonShape:
 *
 * What documents of a sort look like, told by a document: an object with what each thing is, by its
 * name. That is an array of words; or `members` with their types (one with ! must be there), and
 * where it is needed exactly `one_of` which there must be, what a member `needs` (`steps`, or one
 * of a certain value: `scheme=basic`), and of which only one may be there (`apart`); or a choice by
 * what is found: `object`, `boolean`, `else`, with what is `expected` instead of anything but the
 * first.
 *
 * A type is an array of words, or the name of a thing or kind, which for numbers may have a range:
 * `integer 1..60`. `[x]` is a list of them, `{x}` an object whose members are such, `{names:x}` the
 * same with names of the words `names`, `x*` one or a list; with + there must be some. Kinds known
 * here are `text`, `flag`, `number` and `integer`.
 */
typedef struct _StokerJsonKind StokerJsonKind;
typedef gboolean (*StokerJsonKindFunc) (const StokerJsonKind *kind,
                                        const StokerJsonPlace *place,
                                        gpointer user_data,
                                        GError **error);

/* A kind of value that the user of a shape knows. */
struct _StokerJsonKind
{
  const char *name;
  StokerJsonKindFunc check;
  const char *detail; /* nullable, for check */
};

typedef struct
{
  JsonNode *things;
  const StokerJsonKind *kinds; /* ends with a NULL name */
  gpointer user_data;
} StokerJsonShape;

gboolean stoker_json_shape_check (const StokerJsonShape *self,
                                  const char *thing,
                                  const StokerJsonPlace *place,
                                  GError **error);
gboolean stoker_json_expect_text (const StokerJsonPlace *place, GError **error);

G_END_DECLS
