// The body of a refusal is waited for a second, of which a thread that stands still uses no more than a part.
import type { HttpResponse } from '@g4f/core';
import { expect, it } from 'vitest';
import { refusal } from '../../../src/http/failures/failure.ts';

it('reads what came while the thread stood still', async () => {
  let isLeft = false;
  const response: HttpResponse = {
    status: 503,
    headers: {},
    release: () => {
      isLeft = true;
    },
    body: (async function* () {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200);
      // Timers that are over come before what was sent is read.
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (!isLeft) yield Buffer.from('{"error":{"message":"We are overloaded."}}');
    })(),
  };
  const asked = { provider: 'acme', model: 'm-1', url: 'https://api.acme.test/v1/chat/completions' };
  expect((await refusal(response, asked)).message).toContain('We are overloaded.');
});
