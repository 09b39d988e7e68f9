// A part of a payload has the digits that its own place has in the text.
import { expect, it } from 'vitest';
import { writeJson } from '../../src/http/json-text.ts';
import { exactPart } from '../../src/wires/exact-json.ts';

const text =
  '{"calls":[{"args":{"id":1}},{"args":{"id":2512292042121000001,"ids":[9007199254740993, 7, 1e400]}}]}';
const payload: unknown = JSON.parse(text);
const [small, big] = (payload as { readonly calls: readonly { readonly args: unknown }[] }).calls.map(
  ({ args }) => args,
);
const EXACT = '{"id":2512292042121000001,"ids":[9007199254740993,7,1e400]}';

it('has the digits of its own place', () => {
  expect(exactPart(small, payload, text)).toBe(small);
  expect(writeJson(exactPart(big, payload, text))).toBe(EXACT);
});

it('has them where the payload is one of a list', () => {
  expect(writeJson(exactPart(big, payload, `[{"a":1},${text}]`))).toBe(EXACT);
});

it('stays as it was parsed where the text is not known, or another', () => {
  for (const other of [undefined, '[1]', '{}']) expect(exactPart(big, payload, other)).toBe(big);
});
