// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Against: google-cloud
// google-auth-library exchanges a service account's key for a token at the emulated address; Google's generated clients go on with it.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { helpers, v1 as vertex } from '@google-cloud/aiplatform';
import { compute } from '@googleapis/compute';
import { logging } from '@googleapis/logging';
import { run } from '@googleapis/run';
import { storage } from '@googleapis/storage';
import { JWT } from 'google-auth-library';
import { advance, control, poll, redirect, refused, test } from './harness.mjs';

const makeKey = () => generateKeyPairSync('rsa', {
  modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const key = makeKey();
const ACCOUNT = 'stoker@acme-render.iam.gserviceaccount.com';
await control({ settings: { public_key: key.publicKey } });

const fetchImplementation = redirect({
  'https://oauth2.googleapis.com': '/gcp', 'https://compute.googleapis.com': '/gcp', 'https://storage.googleapis.com': '/gcp',
  'https://run.googleapis.com': '/gcp-host/run.googleapis.com', 'https://logging.googleapis.com': '/gcp-host/logging.googleapis.com',
  'https://us-central1-aiplatform.googleapis.com': '/gcp-host/us-central1-aiplatform.googleapis.com',
});

function account(email = ACCOUNT, { privateKey } = key) {
  const scopes = ['https://www.googleapis.com/auth/cloud-platform'];
  return new JWT({ email, key: privateKey, scopes, transporterOptions: { fetchImplementation } });
}

const project = 'acme-render';
const zone = 'us-central1-a';
const connect = (auth) => compute({ version: 'v1', auth, retry: false });
const machines = connect(account());
const order = (name, bucket = 'contracts') => ({
  name, machineType: `zones/${zone}/machineTypes/g2-standard-4`,
  disks: [{ boot: true, autoDelete: true, initializeParams: { sourceImage: 'projects/cos-cloud/global/images/family/cos-stable', diskSizeGb: '50' } }],
  networkInterfaces: [{ network: 'global/networks/default', accessConfigs: [{ type: 'ONE_TO_ONE_NAT' }] }],
  metadata: { items: [{ key: 'startup-script', value: `#!/bin/sh\ngsutil cp out gs://${bucket}/stoker/${name}/\n` }] },
  scheduling: { maxRunDuration: { seconds: '3600' }, instanceTerminationAction: 'DELETE', onHostMaintenance: 'TERMINATE' },
});

test('a token for the key of a service account', async () => {
  const { token } = await account().getAccessToken();
  assert.ok(token.length > 10);
});
test('a key that nobody knows, and an account that there is not', async () => {
  for (const stranger of [account(ACCOUNT, makeKey()), account('nobody@acme-render.iam.gserviceaccount.com')]) {
    const error = await refused(stranger.getAccessToken());
    assert.equal(error.response.data.error, 'invalid_grant');
  }
});
test('the project, and quotas of a region', async () => {
  assert.equal((await machines.projects.get({ project })).data.name, project);
  const { data } = await machines.regions.get({ project, region: 'us-central1' });
  assert.ok(data.quotas.some((quota) => /GPUS/.test(quota.metric) && quota.limit > 0));
});
test('a machine from its order to its end', async () => {
  const requestBody = order('contract-1');
  const { data: started } = await machines.instances.insert({ project, zone, requestId: '6c1b2b1e-8a0e-4a3e-9a57-1f4c55f6c001', requestBody });
  const done = await poll(() => machines.zoneOperations.get({ project, zone, operation: started.name }), ({ data }) => data.status === 'DONE');
  assert.equal(done.data.error, undefined);
  const { data: made } = await machines.instances.get({ project, zone, instance: 'contract-1' });
  assert.ok(['PROVISIONING', 'STAGING', 'RUNNING'].includes(made.status));
  const { data: all } = await machines.instances.aggregatedList({ project });
  assert.ok(Object.values(all.items).some((place) => place.instances?.some((instance) => instance.name === 'contract-1')));
  await advance(15);
  const { data: serial } = await machines.instances.getSerialPortOutput({ project, zone, instance: 'contract-1', port: 1 });
  assert.ok(serial.contents.length > 0);
  await machines.instances.delete({ project, zone, instance: 'contract-1' });
});
test('outputs in a bucket', async () => {
  await machines.instances.insert({ project, zone, requestBody: order('contract-2') });
  await advance(60);
  const store = storage({ version: 'v1', auth: account(), retry: false });
  const { data } = await store.objects.list({ bucket: 'contracts', prefix: 'stoker/contract-2/' });
  assert.equal(data.items[0].contentType, 'image/png');
  const { data: body } = await store.objects.get({ bucket: 'contracts', object: data.items[0].name, alt: 'media' }, { responseType: 'arraybuffer' });
  assert.equal(Buffer.from(body).subarray(1, 4).toString(), 'PNG');
});
test('no capacity, no quota, and an account that may only read', async () => {
  const ask = (auth, name) => connect(auth).instances.insert({ project, zone, requestBody: order(name) });
  await control({ fault: 'no-capacity' });
  const refusal = await ask(account(), 'contract-3').then(({ data }) => poll(
    () => machines.zoneOperations.get({ project, zone, operation: data.name }), (answer) => answer.data.status === 'DONE'), (error) => error);
  assert.match(JSON.stringify(refusal.data ?? refusal.errors), /ZONE_RESOURCE_POOL_EXHAUSTED/);
  await control({ fault: 'none' });
  await refused(ask(account('reader@acme-render.iam.gserviceaccount.com'), 'contract-4'), 403);
});

const { projects: { locations: { jobs, operations } } } = run({ version: 'v2', auth: account(), retry: false });
const parent = `projects/${project}/locations/us-central1`;
const definition = {
  template: {
    taskCount: 1,
    template: {
      maxRetries: 0, timeout: '3600s', gpuZonalRedundancyDisabled: true, nodeSelector: { accelerator: 'nvidia-l4' },
      containers: [{ image: 'ghcr.io/acme/render:1', env: [{ name: 'SEED', value: '7' }], resources: { limits: { cpu: '4', memory: '16Gi', 'nvidia.com/gpu': '1' } } }],
    },
  },
};

test('a job of Cloud Run: definition, execution, cancel, delete', async () => {
  const { data: making } = await jobs.create({ parent, jobId: 'contract-1', requestBody: definition });
  assert.equal((await operations.get({ name: making.name })).data.done, true);
  const name = `${parent}/jobs/contract-1`;
  const { data: begun } = await jobs.run({ name });
  await advance(10);
  const { data: running } = await jobs.executions.get({ name: begun.metadata.name });
  assert.equal(running.runningCount, 1);
  await poll(() => operations.get({ name: begun.name }), ({ data }) => data.done);
  const { data: done } = await jobs.executions.get({ name: begun.metadata.name });
  assert.equal(done.conditions.find((condition) => condition.type === 'Completed').state, 'CONDITION_SUCCEEDED');
  const { data: again } = await jobs.run({ name });
  await jobs.executions.cancel({ name: again.metadata.name });
  const { data: { executions } } = await jobs.executions.list({ parent: name });
  assert.deepEqual(executions.map((execution) => execution.conditions[1].state), ['CONDITION_SUCCEEDED', 'CONDITION_FAILED']);
  await jobs.delete({ name });
  await refused(jobs.run({ name }), 404);
});

// The client of Vertex AI reads answers by the vendor's protocol buffers, over REST here; it asks for numbers in place of names.
const through = (auth = account()) => ({ authClient: auth, apiEndpoint: 'us-central1-aiplatform.googleapis.com', fallback: 'rest' });
const work = new vertex.JobServiceClient(through());
const customJob = (displayName, strategy = 'STANDARD') => ({
  displayName, labels: { 'stoker-job': displayName },
  jobSpec: {
    workerPoolSpecs: [{
      replicaCount: 1, machineSpec: { machineType: 'g2-standard-4', acceleratorType: 'NVIDIA_L4', acceleratorCount: 1 },
      diskSpec: { bootDiskType: 'pd-ssd', bootDiskSizeGb: 100 },
      containerSpec: { imageUri: 'us-docker.pkg.dev/acme/render:1', command: ['sh', '-c', 'true'], env: [{ name: 'SEED', value: '7' }] },
    }],
    scheduling: { timeout: { seconds: 3600 }, disableRetries: true, strategy },
  },
});
const readLog = (name) => logging({ version: 'v2', auth: account(), retry: false }).entries.list({ requestBody: {
  resourceNames: [`projects/${project}`], filter: `resource.type="ml_job" AND resource.labels.job_id="${name.split('/').pop()}"`, orderBy: 'timestamp asc', pageSize: 1000,
} });

test('a custom job of Vertex AI: order, list, log, end', async () => {
  const [made] = await work.createCustomJob({ parent, customJob: customJob('contract-1') });
  assert.equal(made.state, 'JOB_STATE_PENDING');
  assert.equal(made.jobSpec.workerPoolSpecs[0].machineSpec.acceleratorType, 'NVIDIA_L4');
  assert.deepEqual(made.labels, { 'stoker-job': 'contract-1' });
  const [[found]] = await work.listCustomJobs({ parent, filter: 'display_name="contract-1"' }, { autoPaginate: false });
  assert.equal(found.name, made.name);
  const [done] = await poll(() => work.getCustomJob({ name: made.name }), ([job]) => job.state === 'JOB_STATE_SUCCEEDED');
  assert.ok(Number(done.endTime.seconds) >= Number(done.startTime.seconds));
  const { data: { entries } } = await readLog(made.name);
  assert.match(entries.at(-1).jsonPayload.message, /100%/);
  assert.ok(entries.every((entry) => entry.logName && entry.timestamp && entry.resource.type === 'ml_job'));
});
test('a custom job of Vertex AI: one that is cancelled, one that fails, and refusals', async () => {
  const [made] = await work.createCustomJob({ parent, customJob: customJob('contract-2', 'SPOT') });
  await work.cancelCustomJob({ name: made.name });
  assert.equal((await work.getCustomJob({ name: made.name }))[0].state, 'JOB_STATE_CANCELLED');
  await control({ next: { fail: '3' } });
  const [bad] = await work.createCustomJob({ parent, customJob: customJob('contract-3') });
  const [failed] = await poll(() => work.getCustomJob({ name: bad.name }), ([job]) => job.state === 'JOB_STATE_FAILED');
  assert.match(failed.error.message, /non-zero status of 3/);
  await refused(work.getCustomJob({ name: `${parent}/customJobs/1` }), 404);
  await refused(new vertex.JobServiceClient(through(account('reader@acme-render.iam.gserviceaccount.com'))).createCustomJob({ parent, customJob: customJob('contract-4') }), 403);
});
test('an endpoint of Vertex AI is asked', async () => {
  const endpoint = `${parent}/endpoints/4242`;
  const [known] = await new vertex.EndpointServiceClient(through()).getEndpoint({ name: endpoint });
  assert.equal(known.deployedModels.length, 1);
  const client = new vertex.PredictionServiceClient(through());
  const [answer] = await client.predict({ endpoint, instances: [helpers.toValue({ prompt: 'a fox' })], parameters: helpers.toValue({ sampleCount: 1 }) });
  assert.equal(helpers.fromValue(answer.predictions[0]).mimeType, 'image/png');
  await refused(client.predict({ endpoint: `${parent}/endpoints/1`, instances: [helpers.toValue({ prompt: 'a fox' })] }), 404);
});
