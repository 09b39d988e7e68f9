// Where a tape may be: in a file, and nowhere else.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { withRecording, withReplay } from '../../src/tapes/with-tape.ts';
import { failureOf } from '../fake-provider.ts';
import { dead } from './able-provider.ts';

it.skipIf(process.platform === 'win32')('a pipe and a device have no end, and are no tapes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'g4f-tape-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pipe = join(folder, 'calls.tape');
  execFileSync('mkfifo', [pipe]);
  const refusal = (middleware: ReturnType<typeof withRecording>) => {
    const client = new AsyncClient({ env: {}, provider: dead, use: [middleware] });
    return failureOf(client.chat.completions.create({ model: 'family', messages: 'hi' }));
  };
  for (const [place, what] of [
    [pipe, 'a pipe'],
    ['/dev/zero', 'a device or a socket'],
  ] as const)
    expect(await refusal(withReplay(place))).toMatchObject({
      code: 'invalid-request',
      message: `withReplay: ${place} is ${what}. Give the path of a file.`,
    });
  expect((await refusal(withRecording(pipe))).message).toBe(
    `withRecording: ${pipe} is a pipe. Give the path of a file.`,
  );
});
