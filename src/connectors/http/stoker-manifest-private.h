/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-json.h"
#include "stoker-manifest.h"

G_BEGIN_DECLS

/* Where a template may stand decides what it may name. */
typedef enum {
  STOKER_TEMPLATE_PLAIN,
  STOKER_TEMPLATE_SECRET, /* headers, bodies and auth: secrets too */
  STOKER_TEMPLATE_ERROR,  /* messages of error rules: ${error.text} too */
} StokerTemplatePlace;

typedef gpointer (*StokerDecodeElement) (const StokerJsonPlace *place, GError **error);
typedef gpointer (*StokerDecodeMember) (const StokerJsonPlace *place,
                                        const char *name,
                                        GError **error);

void stoker_condition_free (StokerCondition *self);
void stoker_take_free (StokerTake *self);
void stoker_error_rule_free (StokerErrorRule *self);
void stoker_state_rule_free (StokerStateRule *self);
void stoker_step_free (StokerStep *self);
void stoker_record_rule_free (StokerRecordRule *self);
void stoker_operation_free (StokerOperation *self);
void stoker_pair_free (StokerPair *self);

/* Pieces that several members of the language are made of. */
gboolean stoker_manifest_get_path (const StokerJsonPlace *parent,
                                   const char *name,
                                   JsonPath **out,
                                   GError **error);
gboolean stoker_manifest_get_paths (const StokerJsonPlace *parent,
                                    const char *name,
                                    GPtrArray **out,
                                    GError **error);
gboolean stoker_manifest_get_regex (const StokerJsonPlace *parent,
                                    const char *name,
                                    GRegex **out,
                                    GError **error);
gboolean stoker_manifest_get_statuses (const StokerJsonPlace *parent,
                                       const char *name,
                                       GArray **out,
                                       GError **error);
gboolean stoker_manifest_get_code (
  const StokerJsonPlace *parent, const char *name, StokerJsonNeed need, int *out, GError **error);
gboolean stoker_manifest_get_template (const StokerJsonPlace *parent,
                                       const char *name,
                                       StokerJsonNeed need,
                                       StokerTemplatePlace kind,
                                       char **out,
                                       GError **error);
gboolean stoker_manifest_check_templates (const StokerJsonPlace *place,
                                          StokerTemplatePlace kind,
                                          GError **error);
gboolean stoker_manifest_get_list (const StokerJsonPlace *parent,
                                   const char *name,
                                   StokerDecodeElement decode,
                                   GPtrArray *out,
                                   GError **error);
gboolean stoker_manifest_get_map (const StokerJsonPlace *parent,
                                  const char *name,
                                  StokerDecodeMember decode,
                                  GPtrArray *out,
                                  GError **error);

gboolean stoker_manifest_get_conditions (const StokerJsonPlace *parent,
                                         const char *name,
                                         GPtrArray *out,
                                         GError **error);
gboolean stoker_manifest_get_takes (const StokerJsonPlace *parent,
                                    const char *name,
                                    GPtrArray *out,
                                    GError **error);
gboolean stoker_manifest_get_errors (const StokerJsonPlace *parent,
                                     const char *name,
                                     GPtrArray *out,
                                     GError **error);
gpointer stoker_manifest_decode_step (const StokerJsonPlace *place, GError **error);
gpointer
stoker_manifest_decode_pair (const StokerJsonPlace *place, const char *name, GError **error);
gpointer
stoker_manifest_decode_secret_pair (const StokerJsonPlace *place, const char *name, GError **error);
StokerOperation *stoker_manifest_decode_operation (const StokerJsonPlace *place, GError **error);

G_END_DECLS
