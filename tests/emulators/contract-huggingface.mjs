// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Hugging Face's own clients against the emulator. Run by test-contract.py.
import assert from 'node:assert/strict';
import { whoAmI } from '@huggingface/hub';
import { InferenceClient } from '@huggingface/inference';

const url = process.env.EMULATOR_URL;
const call = (name, token = 'hf_test_good') => new InferenceClient(token, { endpointUrl: `${url}/hf-endpoint/${name}` });
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

console.log('1..5');

await test('huggingface: who am I', async () => {
  const me = await whoAmI({ accessToken: 'hf_test_good', hubUrl: `${url}/hf-hub` });
  assert.equal(me.name, 'acme');
  assert.equal(me.auth.accessToken.role, 'write');
});
await test('huggingface: a wrong token', async () => {
  await assert.rejects(whoAmI({ accessToken: 'hf_wrong', hubUrl: `${url}/hf-hub` }), (error) => error.statusCode === 401);
});
await test('huggingface: an endpoint answers with JSON', async () => {
  const answer = await call('translator').translation({ inputs: 'a fox' });
  assert.equal(answer.translation_text, 'ein Fuchs');
});
await test('huggingface: an endpoint answers with a picture', async () => {
  const answer = await call('painter').textToImage({ inputs: 'a fox' }, { outputType: 'blob' });
  assert.equal(answer.type, 'image/png');
  assert.ok(answer.size > 1000);
});
await test('huggingface: a token that may not call it', async () => {
  await assert.rejects(call('painter', 'hf_test_readonly').textToImage({ inputs: 'a fox' }, { outputType: 'blob' }));
});
