// Payloads that were written into one event are told apart, and words of an answer that look like a border are not cut.
import { describe, expect, it } from 'vitest';
import { payloadsIn } from '../../../src/http/reading/joined-payloads.ts';

describe('payloads in one event', () => {
  it.each<[string, readonly string[]]>([
    ['{"a":1}\n{"b":2}', ['{"a":1}', '{"b":2}']],
    ['{"a":1}\n\n[2]\n', ['{"a":1}', '[2]']],
    ['{"a":1}data: [DONE]', ['{"a":1}', '[DONE]']],
    ['{"a":1} data:[DONE]', ['{"a":1}', '[DONE]']],
    ['{"a":1}data: {"b":2}data: [DONE]', ['{"a":1}', '{"b":2}', '[DONE]']],
    ['{"a":1}\n[DONE]', ['{"a":1}', '[DONE]']],
    ['{"a":\n1}\n{"b":2}', ['{"a":\n1}', '{"b":2}']],
    ['{"a":"}data: x"}data: [DONE]', ['{"a":"}data: x"}', '[DONE]']],
    ['{"a":1}\n{"b', ['{"a":1}', '{"b']],
    ['{"a', ['{"a']],
    ['{"a":"\\"}"}{"b":2}', ['{"a":"\\"}"}', '{"b":2}']],
    ['words data: words', ['words data: words']],
    ['data: {"a":1}', ['{"a":1}']],
    ['data:data: {"a":1}', ['data:data: {"a":1}']],
    ['data: data:\n data: data:', ['data: data:', 'data: data:']],
  ])('%j', (data, payloads) => {
    expect(payloadsIn(data)).toEqual(payloads);
  });

  it('are told apart however many there are, in linear time', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => `{"a":${at}}`);
    expect(payloadsIn(many.join('\n'))).toEqual(many);
    expect(payloadsIn(`${many.join('data: ')}data: [DONE]`)).toEqual([...many, '[DONE]']);
    const words = '}data: '.repeat(100_000).trim();
    expect(payloadsIn(words)).toEqual([words]);
  });
});
