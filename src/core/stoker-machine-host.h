/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-report.h"
#include "stoker-machine.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_MACHINE_LAUNCH,
  STOKER_MACHINE_STOP,
  STOKER_MACHINE_TERMINATE,
} StokerMachineChange;

#define STOKER_TYPE_MACHINE_HOST (stoker_machine_host_get_type ())
G_DECLARE_INTERFACE (StokerMachineHost, stoker_machine_host, STOKER, MACHINE_HOST, GObject)

/**
 * StokerMachineHost:
 *
 * Rents and ends computers. A change answers with the machine as it is then; one that is
 * terminated, or was gone before, is in the state gone. A launch that failed but left a machine
 * answers with it and a message, because it costs. What a provider cannot do is
 * %STOKER_ERROR_UNSUPPORTED.
 */
struct _StokerMachineHostInterface
{
  GTypeInterface parent;
  void (*list_async) (StokerMachineHost *self,
                      StokerConnection *connection,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  GPtrArray *(*list_finish) (StokerMachineHost *self, GAsyncResult *result, GError **error);
  void (*change_async) (StokerMachineHost *self,
                        StokerMachineChange change,
                        StokerConnection *connection,
                        JsonNode *input,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  StokerMachine *(*change_finish) (StokerMachineHost *self, GAsyncResult *result, GError **error);
};

void stoker_machine_host_list_async (StokerMachineHost *self,
                                     StokerConnection *connection,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *
stoker_machine_host_list_finish (StokerMachineHost *self, GAsyncResult *result, GError **error);
void stoker_machine_host_change_async (StokerMachineHost *self,
                                       StokerMachineChange change,
                                       StokerConnection *connection,
                                       JsonNode *input,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
StokerMachine *
stoker_machine_host_change_finish (StokerMachineHost *self, GAsyncResult *result, GError **error);

#define STOKER_TYPE_ACTION_RUNNER (stoker_action_runner_get_type ())
G_DECLARE_INTERFACE (StokerActionRunner, stoker_action_runner, STOKER, ACTION_RUNNER, GObject)

/**
 * StokerActionRunner:
 *
 * What else a provider can do, under names of its own: make an endpoint, scale it, upload a file.
 * The changes of machines can be run and rendered here too, as `machines.launch`, `machines.stop`
 * and `machines.terminate`.
 */
struct _StokerActionRunnerInterface
{
  GTypeInterface parent;
  JsonNode *(*list) (StokerActionRunner *self, StokerConnection *connection, GError **error);
  void (*run_async) (StokerActionRunner *self,
                     const char *action,
                     StokerConnection *connection,
                     JsonNode *input,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
  JsonNode *(*run_finish) (StokerActionRunner *self, GAsyncResult *result, GError **error);
  GPtrArray *(*render) (StokerActionRunner *self,
                        const char *action,
                        StokerConnection *connection,
                        JsonNode *input,
                        GError **error);
};

JsonNode *
stoker_action_runner_list (StokerActionRunner *self, StokerConnection *connection, GError **error);
void stoker_action_runner_run_async (StokerActionRunner *self,
                                     const char *action,
                                     StokerConnection *connection,
                                     JsonNode *input,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
JsonNode *
stoker_action_runner_run_finish (StokerActionRunner *self, GAsyncResult *result, GError **error);
GPtrArray *stoker_action_runner_render (StokerActionRunner *self,
                                        const char *action,
                                        StokerConnection *connection,
                                        JsonNode *input,
                                        GError **error);

G_END_DECLS
