// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Against: runway
import assert from 'node:assert/strict';
import RunwayML from '@runwayml/sdk';
import { advance, control, poll, refused, test, url } from './harness.mjs';

const connect = (apiKey) => new RunwayML({ apiKey, baseURL: `${url}/runway`, maxRetries: 0 });
const runway = connect('key_test_good');
const picture = { model: 'gen4_image', promptText: 'a fox', ratio: '1920:1080' };
const clip = { model: 'gen4_turbo', promptImage: 'https://example.com/fox.png', promptText: 'it runs', ratio: '1280:720', duration: 5 };

test('organization', async () => {
  const told = await runway.organization.retrieve();
  assert.equal(told.creditBalance, 5000);
  assert.ok(told.tier.models['gen4_turbo'].maxConcurrentGenerations > 0);
});
test('a picture from its order to its address', async () => {
  const { id } = await runway.textToImage.create(picture);
  assert.equal((await runway.tasks.retrieve(id)).status, 'PENDING');
  await advance(20);
  const running = await runway.tasks.retrieve(id);
  assert.equal(running.status, 'RUNNING');
  assert.ok(running.progress > 0 && running.progress < 1);
  const done = await poll(() => runway.tasks.retrieve(id), (task) => task.status === 'SUCCEEDED');
  assert.equal((await fetch(done.output[0])).headers.get('content-type'), 'image/png');
});
test('clips from a picture and from words, waited for as the client does', async () => {
  await control({ speed: 1000 });
  const [first] = (await runway.imageToVideo.create(clip).waitForTaskOutput({ timeout: 30000 })).output;
  assert.equal((await fetch(first)).headers.get('content-type'), 'video/mp4');
  await control({ speed: 0.0001 });
  const { id } = await runway.textToVideo.create({ model: 'gen4.5', promptText: 'a fox', ratio: '1280:720', duration: 5 });
  await poll(() => runway.tasks.retrieve(id), (task) => task.status === 'SUCCEEDED');
});
test('a file, and a clip that begins with it', async () => {
  const { uri } = await runway.uploads.createEphemeral({ file: new File([new Uint8Array(1024)], 'fox.png', { type: 'image/png' }) });
  assert.match(uri, /^runway:\/\//);
  await runway.imageToVideo.create({ ...clip, promptImage: uri });
  await refused(runway.imageToVideo.create({ ...clip, promptImage: 'runway://nobody-put-it-there' }), 400);
});
test('a task that fails tells why', async () => {
  await control({ next: { fail: 'An unexpected error occurred.', code: 'INTERNAL.BAD_OUTPUT.CODE01' } });
  const { id } = await runway.textToImage.create(picture);
  const failed = await poll(() => runway.tasks.retrieve(id), (task) => task.status === 'FAILED');
  assert.equal(failed.failureCode, 'INTERNAL.BAD_OUTPUT.CODE01');
});
test('cancel, and once more', async () => {
  const { id } = await runway.textToImage.create(picture);
  await runway.tasks.delete(id);
  await refused(runway.tasks.retrieve(id), 404);
});
test('a key that is wrong, one without credit, and a model that there is not', async () => {
  assert.ok((await refused(connect('key_wrong').organization.retrieve(), 401)) instanceof RunwayML.AuthenticationError);
  assert.ok((await refused(connect('key_test_poor').textToImage.create(picture), 400)) instanceof RunwayML.BadRequestError);
  await refused(runway.textToImage.create({ ...picture, model: 'gen0' }), 400);
  assert.ok((await refused(connect('key_test_busy').organization.retrieve(), 429)) instanceof RunwayML.RateLimitError);
});
