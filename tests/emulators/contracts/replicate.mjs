// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Against: replicate
import assert from 'node:assert/strict';
import Replicate from 'replicate';
import { advance, poll, refused, test, url } from './harness.mjs';

const connect = (auth) => new Replicate({ auth, baseUrl: `${url}/replicate/v1`, useFileOutput: false });
const replicate = connect('r8_test_good');
const input = { prompt: 'a fox' };
const fast = { model: 'black-forest-labs/flux-schnell', input };

test('account', async () => {
  assert.equal((await replicate.accounts.current()).username, 'acme');
});
test('hardware', async () => {
  assert.ok((await replicate.hardware.list()).some((entry) => entry.sku === 'gpu-t4'));
});
test('create, get, list', async () => {
  const created = await replicate.predictions.create(fast);
  assert.equal(created.status, 'starting');
  const done = await poll(() => replicate.predictions.get(created.id), (answer) => answer.status === 'succeeded');
  assert.equal(done.output.length, 2);
  assert.equal((await fetch(done.output[0])).headers.get('content-type'), 'image/png');
  assert.ok((await replicate.predictions.list()).results.some((entry) => entry.id === created.id));
});
test('run with a version, progress in the logs', async () => {
  const version = '39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b';
  const created = await replicate.predictions.create({ version, input });
  const done = await replicate.wait(created, { interval: 10 }, () => advance(10).then(() => false));
  assert.equal(done.status, 'succeeded');
  assert.match(done.logs, /100%\|.*20\/20/);
  assert.ok(done.metrics.predict_time > 0);
});
test('a deployment', async () => {
  const created = await replicate.deployments.predictions.create('acme', 'portrait', { input });
  const done = await poll(() => replicate.predictions.get(created.id), (answer) => answer.status === 'succeeded');
  assert.ok(done.output);
});
test('cancel', async () => {
  const created = await replicate.predictions.create({ ...fast, model: 'black-forest-labs/flux-dev' });
  assert.equal((await replicate.predictions.cancel(created.id)).status, 'canceled');
});
test('a token that is wrong, and one without credit', async () => {
  assert.equal((await refused(connect('r8_wrong').accounts.current())).response.status, 401);
  assert.equal((await refused(connect('r8_test_poor').predictions.create(fast))).response.status, 402);
});
test('models and their versions', async () => {
  const model = await replicate.models.get('stability-ai', 'sdxl');
  assert.ok(model.latest_version.openapi_schema.components.schemas.Input.properties.prompt);
  const versions = await replicate.models.versions.list('stability-ai', 'sdxl');
  assert.equal((versions.results ?? versions)[0].id, model.latest_version.id);
  assert.equal((await refused(replicate.models.get('acme', 'nothing'))).response.status, 404);
});
test('a deployment: made, scaled, deleted', async () => {
  const version = '39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b';
  const made = await replicate.deployments.create(
    { name: 'mine', model: 'stability-ai/sdxl', version, hardware: 'gpu-t4', min_instances: 0, max_instances: 1 });
  assert.equal(made.current_release.configuration.hardware, 'gpu-t4');
  const scaled = await replicate.deployments.update('acme', 'mine', { min_instances: 1, max_instances: 5 });
  assert.deepEqual(scaled.current_release.configuration, { hardware: 'gpu-t4', min_instances: 1, max_instances: 5 });
  assert.ok((await replicate.deployments.list()).results.some((entry) => entry.name === 'mine'));
  assert.equal(await replicate.deployments.delete('acme', 'mine'), true);
  assert.equal((await refused(replicate.deployments.get('acme', 'mine'))).response.status, 404);
});
test('files', async () => {
  const made = await replicate.files.create(new Blob(['a fox'], { type: 'text/plain' }));
  assert.equal(made.size, 5);
  assert.ok((await replicate.files.list()).results.some((entry) => entry.id === made.id));
  assert.equal(await replicate.files.delete(made.id), true);
});
