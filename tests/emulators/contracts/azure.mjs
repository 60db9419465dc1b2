// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Against: azure
// Both clients insist on https, so that their requests go to the vendor's addresses, and a policy of the pipeline takes them to the emulator.
import assert from 'node:assert/strict';
import { ContainerAppsAPIClient } from '@azure/arm-appcontainers';
import { ComputeManagementClient } from '@azure/arm-compute';
import { ClientSecretCredential } from '@azure/identity';
import { LogsQueryClient } from '@azure/monitor-query-logs';
import { advance, control, refused, test, url } from './harness.mjs';

const zeros = '00000000-0000-0000-0000-00000000000';
const places = { 'https://management.azure.com': '/azure', 'https://login.microsoftonline.com': '/azure-login', 'https://api.loganalytics.io': '/azure-logs' };
const toEmulator = {
  position: 'perRetry',
  policy: {
    name: 'toEmulator',
    async sendRequest(request, next) {
      const asked = request.url;
      for (const [from, to] of Object.entries(places)) if (asked.startsWith(from)) request.url = url + to + asked.slice(from.length);
      assert.ok(request.url.startsWith('http://127.0.0.1:'), `${request.url} is not here`);
      request.allowInsecureConnection = true;
      const response = await next(request);
      request.url = asked;
      // Where a long operation is asked after must be the vendor's address again, or the clients send no token there.
      for (const name of ['azure-asyncoperation', 'location']) {
        const told = response.headers.get(name);
        if (told) response.headers.set(name, told.replace(`${url}/azure/`, 'https://management.azure.com/'));
      }
      return response;
    },
  },
};
const options = { additionalPolicies: [toEmulator], retryOptions: { maxRetries: 0 } };

function account(secret, tenant = `${zeros}1`) {
  return new ClientSecretCredential(tenant, `${zeros}2`, secret, { ...options, disableInstanceDiscovery: true });
}

test('a token for the secret of an application', async () => {
  const { token, expiresOnTimestamp } = await account('az_test_good').getToken('https://management.azure.com/.default');
  assert.ok(token.startsWith('eyJ') && expiresOnTimestamp > Date.now());
});
test('a secret that is wrong', async () => {
  const error = await refused(account('wrong').getToken('https://management.azure.com/.default'), 'AuthenticationRequiredError');
  assert.match(error.message, /AADSTS7000215/);
});

const subscription = `${zeros}3`;
const group = 'stoker';
const connect = (Client, secret = 'az_test_good') => new Client(account(secret), subscription, options);
const compute = connect(ComputeManagementClient);
const network = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/net/subnets/default`;
const machine = {
  location: 'eastus', tags: { 'stoker-job': 'contract-1' },
  hardwareProfile: { vmSize: 'Standard_NC4as_T4_v3' }, priority: 'Spot', evictionPolicy: 'Delete', billingProfile: { maxPrice: -1 },
  storageProfile: {
    imageReference: { publisher: 'microsoft-dsvm', offer: 'ubuntu-hpc', sku: '2204', version: 'latest' },
    osDisk: { createOption: 'FromImage', deleteOption: 'Delete', diskSizeGB: 64 },
  },
  osProfile: { computerName: 'contract-1', adminUsername: 'stoker', customData: Buffer.from('#!/bin/sh\ntrue\n').toString('base64') },
  networkProfile: {
    networkApiVersion: '2022-11-01',
    networkInterfaceConfigurations: [{
      name: 'card', primary: true, deleteOption: 'Delete', ipConfigurations: [{ name: 'address', subnet: { id: network } }],
    }],
  },
  diagnosticsProfile: { bootDiagnostics: { enabled: true } },
};

// Asks after a long operation while the clock goes on; the newer client begins it only then.
async function finish(poller) {
  const isDone = () => (typeof poller.isDone === 'function' ? poller.isDone() : poller.isDone);
  if (poller.submitted) await poller.submitted();
  for (let i = 0; i < 20 && !isDone(); i += 1) {
    await poller.poll();
    await advance(5);
  }
  return poller.getResult ? poller.getResult() : poller.result;
}

test('quotas of a region', async () => {
  const usages = [];
  for await (const usage of compute.usage.list('eastus')) usages.push(usage);
  assert.ok(usages.some((usage) => usage.name.value === 'standardNCASv3_T4Family' && usage.limit > usage.currentValue));
});
test('a machine from its order to its end', async () => {
  const made = await finish(compute.virtualMachines.createOrUpdate(group, 'contract-1', machine));
  assert.equal(made.provisioningState, 'Succeeded');
  const seen = await compute.virtualMachines.get(group, 'contract-1', { expand: 'instanceView' });
  assert.ok(seen.instanceView.statuses.some((status) => status.code === 'PowerState/running'));
  const { serialConsoleLogBlobUri: log } = await compute.virtualMachines.retrieveBootDiagnosticsData(group, 'contract-1');
  assert.match(await (await fetch(log)).text(), /Linux version/);
  await finish(compute.virtualMachines.delete(group, 'contract-1'));
  await refused(compute.virtualMachines.get(group, 'contract-1'), 404);
});
test('a machine for which there is no room', async () => {
  await control({ next: { fail: 'allocation' } });
  const error = await refused(finish(compute.virtualMachines.createOrUpdate(group, 'contract-2', machine)));
  assert.match(`${error.code} ${error.message}`, /Allocation/);
  await finish(compute.virtualMachines.delete(group, 'contract-2'));
});
test('no quota, and an application that may only read', async () => {
  const ask = (secret) => finish(connect(ComputeManagementClient, secret).virtualMachines.createOrUpdate(group, 'contract-3', machine));
  assert.equal((await refused(ask('az_test_full'))).code, 'OperationNotAllowed');
  assert.equal((await refused(ask('az_test_reader'))).code, 'AuthorizationFailed');
});

const logs = new LogsQueryClient(account('az_test_good'), options);
const apps = connect(ContainerAppsAPIClient);
const environmentId = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.App/managedEnvironments/gpu`;
const definition = {
  location: 'westus3', environmentId, workloadProfileName: 't4',
  configuration: { triggerType: 'Manual', replicaTimeout: 3600, replicaRetryLimit: 0, manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 } },
  template: { containers: [{ name: 'main', image: 'ghcr.io/acme/render:1', resources: { cpu: 8, memory: '56Gi' }, env: [{ name: 'SEED', value: '7' }] }] },
};
const find = async (name, run) => {
  for await (const execution of apps.jobsExecutions.list(group, name)) if (execution.name === run) return execution;
  return undefined;
};

test('a job of Container Apps: environment, definition, execution', async () => {
  const { appLogsConfiguration, workloadProfiles } = await apps.managedEnvironments.get(group, 'gpu');
  assert.ok(workloadProfiles.some((profile) => /GPU/.test(profile.workloadProfileType)));
  await finish(await apps.jobs.beginCreateOrUpdate(group, 'contract-1', definition));
  const started = await finish(await apps.jobs.beginStart(group, 'contract-1'));
  await advance(40);
  const done = await find('contract-1', started.name);
  assert.equal(done.status, 'Succeeded');
  const { destination, logAnalyticsConfiguration } = appLogsConfiguration;
  assert.equal(destination, 'log-analytics');
  const written = `ContainerAppConsoleLogs_CL | where ContainerGroupName_s startswith '${started.name}' | order by _timestamp_d asc | project Log_s`;
  const { status, tables } = await logs.queryWorkspace(logAnalyticsConfiguration.customerId, written, { duration: 'P8D' });
  assert.equal(status, 'Success');
  assert.match(tables[0].rows.at(-1)[0], /^100%/);
  await refused(logs.queryWorkspace(`${zeros}9`, written, { duration: 'P8D' }), 404);
  assert.ok(done.startTime instanceof Date && done.endTime >= done.startTime);
  const second = await finish(await apps.jobs.beginStart(group, 'contract-1'));
  await finish(await apps.jobs.beginStopExecution(group, 'contract-1', second.name));
  assert.equal((await find('contract-1', second.name)).status, 'Stopped');
  await finish(await apps.jobs.beginDelete(group, 'contract-1'));
  await refused(apps.jobs.get(group, 'contract-1'), 404);
});
