// An ending is good only where it is known to be, and else what its word means.
import { describe, expect, it } from 'vitest';
import { badEnding, type Endings, readEnding } from '../../../src/wires/decoding/finish-reason.ts';

const KNOWN: Endings = new Map([
  ['stop', 'stop'],
  ['blocked_by_user', 'stop'],
]);
const asked = { provider: 'acme', model: 'm', url: 'http://127.0.0.1:1' };

describe('an ending', () => {
  it.each([
    ['stop', 'stop'],
    ['STOP', 'stop'],
    ['blocked_by_user', 'stop'],
    ['max_tokens', 'length'],
    ['MAX_OUTPUT_TOKENS', 'length'],
    ['context length', 'length'],
    ['content-filter', 'content_filter'],
    ['IMAGE_PROHIBITED_CONTENT', 'content_filter'],
    ['refused', 'content_filter'],
  ])('"%s" is %s', (raw, reason) => {
    expect(readEnding(raw, KNOWN)).toBe(reason);
  });

  it('of great length is told by its beginning', () => {
    const rest = 'z'.repeat(1000);
    expect(readEnding(`max_tokens ${rest}`, KNOWN)).toBe('length');
    expect(readEnding(`${rest} max_tokens`, KNOWN)).toBeUndefined();
    expect(badEnding(`aborted ${rest}`, asked, {}).code).toBe('server');
    expect(badEnding(`${rest} aborted`, asked, {}).code).toBe('bad-response');
  });

  it.each([
    ['NO_IMAGE', 'bad-response'],
    ['function_call_filter: MALFORMED_FUNCTION_CALL', 'bad-response'],
    ['unexpected_tool_call', 'bad-response'],
    ['something_new', 'bad-response'],
    ['length_error', 'server'],
    ['content_filter_error', 'content-filter'],
    ['error', 'server'],
    ['aborted', 'server'],
    ['timeout', 'timeout'],
  ])('"%s" is no good one, but %s', (raw, code) => {
    expect(readEnding(raw, KNOWN)).toBeUndefined();
    const error = badEnding(raw, asked, { 'x-request-id': 'r1' });
    expect(error).toMatchObject({ code, provider: 'acme', requestId: 'r1' });
    expect(error.message).toContain(raw);
  });
});
