// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The vendors' own clients against the emulator: what they can work with is close to what the vendors answer. Run by test-contract.py.
import assert from 'node:assert/strict';
import Replicate from 'replicate';
import runpodSdk from 'runpod-sdk';

const url = process.env.EMULATOR_URL;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let number = 0;

async function test(name, body) {
  number += 1;
  try {
    await body();
    console.log(`ok ${number} ${name}`);
  } catch (error) {
    console.log(`not ok ${number} ${name}`);
    console.log(`# ${String(error.stack).split('\n').join('\n# ')}`);
    process.exitCode = 1;
  }
}

async function poll(step, isDone) {
  for (let i = 0; i < 200; i += 1) {
    const answer = await step();
    if (isDone(answer)) return answer;
    await sleep(50);
  }
  throw new Error('it never ended');
}

const replicate = new Replicate({ auth: 'r8_test_good', baseUrl: `${url}/replicate/v1` });
const runpod = runpodSdk.default ?? runpodSdk;
const endpoint = (key, id) => runpod(key, { baseUrl: `${url}/runpod-jobs/v2` }).endpoint(id);

console.log('1..9');

await test('replicate: account', async () => {
  assert.equal((await replicate.accounts.current()).username, 'acme');
});
await test('replicate: hardware', async () => {
  assert.ok((await replicate.hardware.list()).some((entry) => entry.sku === 'gpu-t4'));
});
await test('replicate: create, get, list', async () => {
  const created = await replicate.predictions.create({ model: 'black-forest-labs/flux-schnell', input: { prompt: 'x' } });
  assert.equal(created.status, 'starting');
  const done = await poll(() => replicate.predictions.get(created.id), (answer) => answer.status === 'succeeded');
  assert.equal(done.output.length, 2);
  assert.equal((await fetch(done.output[0])).headers.get('content-type'), 'image/png');
  assert.ok((await replicate.predictions.list()).results.some((entry) => entry.id === created.id));
});
await test('replicate: run with a version, progress in the logs', async () => {
  const version = '39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b';
  const created = await replicate.predictions.create({ version, input: { prompt: 'x' } });
  const done = await replicate.wait(created, { interval: 50 });
  assert.equal(done.status, 'succeeded');
  assert.match(done.logs, /100%\|.*20\/20/);
  assert.ok(done.metrics.predict_time > 0);
});
await test('replicate: cancel', async () => {
  const created = await replicate.predictions.create({ model: 'black-forest-labs/flux-dev', input: { prompt: 'x' } });
  assert.equal((await replicate.predictions.cancel(created.id)).status, 'canceled');
});
await test('replicate: a wrong token', async () => {
  const stranger = new Replicate({ auth: 'r8_wrong', baseUrl: `${url}/replicate/v1` });
  await assert.rejects(() => stranger.accounts.current(), (error) => error.response.status === 401);
});
await test('runpod: run, status, health', async () => {
  const comfy = endpoint('rpa_test_good', 'comfy4090');
  const created = await comfy.run({ input: { workflow: {} } });
  assert.equal(created.status, 'IN_QUEUE');
  const done = await poll(() => comfy.status(created.id), (answer) => answer.completed);
  assert.ok(done.succeeded);
  assert.equal(done.output.images[0].type, 'base64');
  const health = await comfy.health();
  assert.equal(health.jobs.completed, 1);
  assert.deepEqual(Object.keys(health.workers).sort(), ['idle', 'initializing', 'ready', 'running', 'throttled', 'unhealthy']);
});
await test('runpod: cancel', async () => {
  const own = endpoint('rpa_test_good', 'generic01');
  const created = await own.run({ input: { text: 'x' } });
  assert.equal((await own.cancel(created.id)).status, 'CANCELLED');
});
await test('runpod: a wrong key', async () => {
  await assert.rejects(() => endpoint('rpa_wrong', 'comfy4090').run({ input: {} }));
});
