// Each failure of `refusals-in-streams.txt` means what stands before it, at once and after half of the text, on its wire.
import { readFileSync } from 'node:fs';
import { scopeOf } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { MOCK_WIRES } from '../../../testing/src/mock-wires/mock-wires.ts';
import { loadWire, WIRE_NAMES, type WireName } from '../../src/provider/named-wire.ts';
import { hearWire, textOf } from '../wires/hear-wire.ts';

interface StreamedRefusal {
  readonly wire: WireName;
  readonly source: string;
  readonly code: string;
  readonly scope: string;
  readonly waitMs: number | undefined;
  readonly event: string | undefined;
  readonly payload: string;
}

const LINE = /^([a-z-]+) (request|provider|key|moment)(?: (?:(\d+)|([a-z.]+)))?: (.+)$/;

const isWire = (name: string): name is WireName => WIRE_NAMES.some((wire) => wire === name);

const REFUSALS: readonly StreamedRefusal[] = (() => {
  let [wire, source] = ['', ''];
  const lines = readFileSync(new URL('refusals-in-streams.txt', import.meta.url), 'utf8').split('\n');
  return lines.flatMap((line) => {
    if (line.startsWith('# ')) wire = line.slice(2);
    if (line.startsWith('< ')) source = line.slice(2);
    if (line === '' || /^(#|<|\/\/)/.test(line)) return [];
    const [, code = '', scope = '', wait, event, payload] = LINE.exec(line) ?? [];
    if (payload === undefined || !isWire(wire)) throw new Error(`refusals-in-streams.txt: ${line}`);
    return [{ wire, source, code, scope, waitMs: wait === undefined ? wait : Number(wait), event, payload }];
  });
})();

describe('what services say in the middle of a stream', () => {
  it.each(REFUSALS)('$wire: $payload is $code of the $scope', async (refusal) => {
    const { wire: name, code, scope, waitMs, event, payload } = refusal;
    const mock = MOCK_WIRES[name];
    if (mock === undefined) throw new Error(`no mock of ${name}`);
    const wire = await loadWire(name);
    const named = event === undefined ? '' : `event: ${event}\n`;
    const failing = mock.framing === 'lines' ? `${payload}\n` : `${named}data: ${payload}\n\n`;
    const said = mock.speak();
    const half = said.start() + said.text('Half');
    for (const [before, text] of [
      ['', ''],
      [half, 'Half'],
    ] as const) {
      const heard = await hearWire(wire, before + failing, { type: mock.contentType });
      expect(textOf(heard)).toBe(text);
      expect(heard.error).toMatchObject({ code, provider: 'acme' });
      expect(heard.error && scopeOf(heard.error)).toBe(scope);
      if (waitMs !== undefined) expect(heard.error?.retryAfterMs).toBe(waitMs);
    }
  });

  it('is known of every wire, and was seen somewhere', () => {
    expect(new Set(REFUSALS.map(({ wire }) => wire))).toEqual(new Set(WIRE_NAMES));
    expect(REFUSALS.filter(({ source }) => !/^https:\/\/./.test(source))).toEqual([]);
  });
});
