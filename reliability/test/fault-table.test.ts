// The fault table itself: its page is up to date, and each of its checks can fail.
import { readFileSync } from 'node:fs';
import { G4FError } from '@g4f/core';
import type { Expected } from '@g4f/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { FACE_NAMES, FACES } from '../src/faces.ts';
import { type FaultServer, startFaultServer } from '../src/fault-server.ts';
import { behavioursOf } from '../src/faults/behaviours.ts';
import { withTable } from '../src/faults/page.ts';
import { runCell } from '../src/faults/run-cell.ts';
import { cellsOf } from '../src/faults/table.ts';
import { nothingHeard } from '../src/heard.ts';
import { fallsShort } from '../src/verdict.ts';
import { WIRES } from '../src/wires.ts';

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer(inject('serverThread'));
});
afterAll(() => server.stop());

it('the page tells the table: every row on every wire, with all clients', () => {
  const page = readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8');
  const columns = FACE_NAMES.flatMap((face) => WIRES.map((spoken) => ({ face, spoken })));
  expect(withTable(page, columns.flatMap(cellsOf)), 'run `npm run faults -- --write`').toBe(page);
});

describe('a cell can fall short', () => {
  const [spoken] = WIRES;
  if (spoken === undefined) throw new Error('there is no wire');
  const cell = async (name: string, expected: Expected): Promise<readonly string[]> => {
    const behaviour = behavioursOf(spoken.wire).find((row) => row.name === name);
    if (behaviour === undefined) throw new Error(`there is no row ${name}`);
    const { whole: _, ...streamed } = behaviour;
    return runCell(FACES.AsyncClient(), spoken, { ...streamed, expected }, server);
  };
  const complete = { end: 'complete', text: 'Grüezi! Sunny ☀️, 21 °C in <Zürich>.' } as const;

  it.each<[string, Expected, RegExp]>([
    ['truncated', complete, /^failed: G4FError.*text/],
    ['none', { ...complete, text: 'Else' }, /^text "Grüezi!/],
    ['none', { end: ['network'], text: complete.text }, /^was taken for a whole answer, not for network$/],
    ['none', { ...complete, usage: { prompt_tokens: 1, completion_tokens: 1 } }, /^usage /],
    ['none', { ...complete, reasoning: 'Hm.' }, /^reasoning ""$/],
    ['none', { ...complete, calls: [{ name: 'f' }] }, /^0 calls, not 1; call 0: name "undefined", not "f"$/],
    ['status-401', { end: ['server'], text: '' }, /^failed by auth, not by server/],
    ['status-401', { end: ['auth'], text: '', status: 403 }, /^status 401, not 403$/],
    ['status-401', { end: ['auth'], text: '', words: 'something else' }, /^lost the service's words/],
    ['retry-after-seconds', { end: ['rate-limit'], text: '', retryAfterMs: [1, 2] }, /^retryAfterMs 3000$/],
    ['two-calls', { ...complete, text: '' }, /^2 calls, not 0$/],
  ])('%s, against %j', async (name, expected, short) => {
    expect((await cell(name, expected)).join('; ')).toMatch(short);
  });

  it('a deadline that is not the one expected', () => {
    const thrown = new G4FError('late.', { code: 'timeout', phase: 'headers' });
    const expected: Expected = { end: ['timeout'], phase: 'idle', text: '' };
    expect(fallsShort({ heard: nothingHeard(), thrown }, expected)).toEqual(['phase headers, not idle']);
  });
});
