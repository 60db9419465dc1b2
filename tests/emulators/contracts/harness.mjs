// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What the contracts share: tests in TAP, the emulator and its clock.
import assert from 'node:assert/strict';

export const url = process.env.EMULATOR_URL;
const tests = [];

// Tests run in their order, after the file that names them was read.
export function test(name, body) {
  tests.push({ name, body });
}

export async function control(order) {
  const answer = await fetch(`${url}/_control`, { method: 'POST', body: JSON.stringify(order) });
  assert.equal(answer.status, 200);
}

// The emulated clock stands still until somebody moves it.
export const advance = (seconds) => control({ advance: seconds });

// Asks until it is so, while the clock goes on.
export async function poll(step, isDone, seconds = 10) {
  for (let i = 0; i < 100; i += 1) {
    const answer = await step();
    if (isDone(answer)) return answer;
    await advance(seconds);
  }
  throw new Error('it never ended');
}

// A call that is refused; returns the error for a closer look.
export async function refused(promise, expected) {
  const error = await promise.then(() => null, (reason) => reason);
  assert.ok(error, 'it was not refused');
  if (typeof expected === 'number') assert.equal(error.status ?? error.statusCode ?? error.code ?? error.response?.status, expected);
  else if (expected !== undefined) assert.equal(error.name, expected);
  return error;
}

// For clients that cannot be told an address: a fetch that goes to the emulator where the vendor would be asked.
export function redirect(addresses) {
  return (target, options) => {
    let address = String(target.url ?? target);
    for (const [from, to] of Object.entries(addresses)) if (address.startsWith(from)) address = url + to + address.slice(from.length);
    assert.ok(address.startsWith('http://127.0.0.1:'), `${address} is not here`);
    return fetch(target instanceof Request ? new Request(address, target) : address, options);
  };
}

process.once('beforeExit', async () => {
  console.log(`1..${tests.length}`);
  await control({ speed: 0.0001 });
  for (const [index, { name, body }] of tests.entries()) {
    try {
      await body();
      console.log(`ok ${index + 1} ${name}`);
    } catch (error) {
      console.log(`not ok ${index + 1} ${name}`);
      console.log(`# ${String(error?.stack ?? error).split('\n').join('\n# ')}`);
      process.exitCode = 1;
    }
  }
});
