// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Against: kubernetes, coreweave
// The client of the Kubernetes project; CoreWeave is a cluster like any other.
import assert from 'node:assert/strict';
import * as k8s from '@kubernetes/client-node';
import { advance, control, refused, test, url } from './harness.mjs';

function connect(place, token) {
  const config = new k8s.KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'c', server: `${url}/${place}`, skipTLSVerify: true }],
    users: [{ name: 'u', token }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  });
  return {
    batch: config.makeApiClient(k8s.BatchV1Api), core: config.makeApiClient(k8s.CoreV1Api), version: config.makeApiClient(k8s.VersionApi),
    who: config.makeApiClient(k8s.AuthenticationV1Api), may: config.makeApiClient(k8s.AuthorizationV1Api),
  };
}

const namespace = 'render';
const order = (name, image = 'ghcr.io/acme/render:1') => ({
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name, labels: { 'stoker-job': name } },
  spec: {
    backoffLimit: 0, activeDeadlineSeconds: 3600,
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image, resources: { limits: { 'nvidia.com/gpu': '1', memory: '64Gi' } } }] } },
  },
});
const podOf = async (cluster, name) => (await cluster.core.listNamespacedPod({ namespace, labelSelector: `batch.kubernetes.io/job-name=${name}` })).items[0];

async function account(cluster) {
  assert.match((await cluster.version.getCode()).gitVersion, /^v1\./);
  const me = await cluster.who.createSelfSubjectReview({ body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' } });
  assert.equal(me.status.userInfo.username, 'system:serviceaccount:default:stoker');
  const spec = { resourceAttributes: { namespace, verb: 'create', group: 'batch', resource: 'jobs' } };
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec };
  assert.equal((await cluster.may.createSelfSubjectAccessReview({ body: review })).status.allowed, true);
  assert.ok((await cluster.core.listNode()).items.some((node) => Number(node.status.allocatable['nvidia.com/gpu']) > 0));
}

async function live(cluster) {
  const body = order('contract-1');
  await cluster.batch.createNamespacedJob({ namespace, body, dryRun: 'All' });
  const made = await cluster.batch.createNamespacedJob({ namespace, body });
  assert.ok(made.metadata.creationTimestamp instanceof Date);
  await refused(cluster.batch.createNamespacedJob({ namespace, body }), 409);
  assert.equal((await podOf(cluster, 'contract-1')).status.containerStatuses[0].state.waiting.reason, 'ContainerCreating');
  await advance(18);
  const pod = await podOf(cluster, 'contract-1');
  assert.equal(pod.status.phase, 'Running');
  assert.match(await cluster.core.readNamespacedPodLog({ namespace, name: pod.metadata.name, container: 'main' }), /50%/);
  await advance(20);
  const done = await cluster.batch.readNamespacedJob({ namespace, name: 'contract-1' });
  assert.ok(done.status.conditions.some((condition) => condition.type === 'Complete' && condition.status === 'True'));
  assert.equal((await podOf(cluster, 'contract-1')).status.containerStatuses[0].state.terminated.exitCode, 0);
  assert.ok((await cluster.batch.listNamespacedJob({ namespace, labelSelector: 'stoker-job=contract-1' })).items.length > 0);
}

async function outOfMemory(cluster) {
  await control({ next: { fail: 'OOMKilled' } });
  await cluster.batch.createNamespacedJob({ namespace, body: order('contract-2') });
  await advance(60);
  assert.equal((await podOf(cluster, 'contract-2')).status.containerStatuses[0].state.terminated.reason, 'OOMKilled');
  const job = await cluster.batch.readNamespacedJob({ namespace, name: 'contract-2' });
  assert.equal(job.status.conditions.find((condition) => condition.type === 'Failed').reason, 'BackoffLimitExceeded');
}

async function cancel(cluster) {
  await cluster.batch.createNamespacedJob({ namespace, body: order('contract-3') });
  const gone = await cluster.batch.deleteNamespacedJob({ namespace, name: 'contract-3', propagationPolicy: 'Background' });
  assert.equal(gone.status, 'Success');
  assert.equal(await podOf(cluster, 'contract-3'), undefined);
  await refused(cluster.batch.readNamespacedJob({ namespace, name: 'contract-3' }), 404);
}

async function refusals(cluster, as) {
  const body = order('contract-4');
  await refused(as('wrong').core.listNode(), 401);
  await refused(as('test_readonly').batch.createNamespacedJob({ namespace, body }), 403);
  assert.match(String((await refused(as('test_full').batch.createNamespacedJob({ namespace, body }), 403)).body), /exceeded quota/);
  await refused(cluster.batch.createNamespacedJob({ namespace: 'nowhere', body }), 404);
  await refused(cluster.batch.createNamespacedJob({ namespace, body: order('Not_A_Name') }), 422);
}

for (const [place, prefix] of [['k8s', 'k8s_'], ['coreweave', 'CW-SECRET-']]) {
  const as = (name) => connect(place, prefix + name);
  const cluster = as('test_good');
  test(`${place}: version, who am I, what may I`, () => account(cluster));
  test(`${place}: a job from its order to its log`, () => live(cluster));
  test(`${place}: a job that runs out of memory`, () => outOfMemory(cluster));
  test(`${place}: cancel: the job and its pods go`, () => cancel(cluster));
  test(`${place}: a token that is wrong, one that may only read, a quota, and a namespace that there is not`, () => refusals(cluster, as));
}
test('a kubeconfig with a client certificate, over TLS', async () => {
  await control({ tls: true });
  const { tls } = await (await fetch(`${url}/_control/state`)).json();
  const base64 = (pem) => Buffer.from(pem).toString('base64');
  const config = new k8s.KubeConfig();
  config.loadFromString(`apiVersion: v1
kind: Config
clusters:
- name: c
  cluster:
    server: ${tls.url}/k8s
    certificate-authority-data: ${base64(tls.authority)}
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
users:
- name: u
  user:
    client-certificate-data: ${base64(tls.certificate)}
    client-key-data: ${base64(tls.key)}
`);
  const core = config.makeApiClient(k8s.CoreV1Api);
  assert.ok((await core.listNamespacedResourceQuota({ namespace })).items[0].status.hard['requests.nvidia.com/gpu'] === '8');
  config.users = [{ name: 'u' }];
  await refused(config.makeApiClient(k8s.CoreV1Api).listNode(), 401);
});
