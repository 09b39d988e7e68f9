// How each line of Gemini is told to think, and which of them is told that a call has no signature.
import type { Message } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { gemini } from '../../src/wires/gemini/index.ts';
import { encoded, user } from './encoded.ts';

const level = (thinkingLevel: string, includeThoughts = true) => ({ thinkingLevel, includeThoughts });
const budget = (thinkingBudget: number) => ({ thinkingBudget, includeThoughts: thinkingBudget > 0 });

describe('thinking', () => {
  it.each<[string, object, object | undefined, RegExp | undefined]>([
    ['gemini-3.8-flash', { reasoning_effort: 'minimal' }, level('low'), /"minimal": "low"/],
    ['gemini-3.6-flash', { reasoning_effort: 'minimal' }, level('minimal'), undefined],
    ['gemini-3.5-flash-lite', { reasoning_effort: 'none' }, level('minimal', false), /always thinks/],
    ['gemini-3.1-pro-preview', { reasoning_effort: 'none' }, level('low', false), /always thinks/],
    ['gemini-3.1-pro-preview', { reasoning_effort: 'xhigh' }, level('high'), /"xhigh": "high"/],
    ['gemini-3.8-flash', { reasoning_effort: 'max' }, level('high'), /"max": "high"/],
    ['models/gemini-4-flash', { reasoning_effort: 'medium' }, level('medium'), undefined],
    ['gemini-2.5-flash', { reasoning_effort: 'none' }, budget(0), undefined],
    ['gemini-2.5-flash', { reasoning_effort: 'max' }, budget(24_576), undefined],
    ['gemini-2.5-pro', { reasoning_effort: 'none' }, budget(128), /always thinks/],
    ['gemini-2.5-pro', { reasoning_effort: 'max' }, budget(32_768), undefined],
    ['gemini-2.5-flash', { reasoning_effort: 'high', max_tokens: 1000 }, budget(750), undefined],
    ['gemini-2.0-flash', { reasoning_effort: 'high' }, undefined, /does not think/],
    ['gemini-2.0-flash', { reasoning_effort: 'none' }, undefined, undefined],
  ])('%s with %j is sent %j', (model, given, expected, warning) => {
    const { body, warnings } = encoded(gemini, given, model);
    expect(body.generationConfig?.thinkingConfig).toEqual(expected);
    expect(warnings.join('\n')).toMatch(warning ?? /^$/);
  });
});

describe('calls', () => {
  const call = (id: string) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } });
  const parts = (model: string, reasoning_details: readonly object[]) => {
    const messages = [
      user('hi'),
      { role: 'assistant', content: null, reasoning_details, tool_calls: [call('c1'), call('c2')] },
      { role: 'tool', tool_call_id: 'c1', content: 'a' },
      { role: 'tool', tool_call_id: 'c2', content: 'b' },
    ] as readonly Message[];
    const { contents } = encoded(gemini, { messages }, model).body;
    return contents[1].parts.map(({ thoughtSignature }: { thoughtSignature?: string }) => thoughtSignature);
  };
  const own = [{ type: 'reasoning.encrypted', format: 'gemini', id: 'c1', data: 'sig' }];

  it('of others bear Google’s word for no signature, once for each step, where one is asked for', () => {
    expect(parts('gemini-3.8-flash', [])).toEqual(['skip_thought_signature_validator', undefined]);
    expect(parts('gemini-2.5-flash', [])).toEqual([undefined, undefined]);
    expect(parts('gemma-4-31b-it', [])).toEqual([undefined, undefined]);
  });

  it('of its own bear their own', () => {
    expect(parts('gemini-3.8-flash', own)).toEqual(['sig', undefined]);
    expect(parts('gemini-2.5-flash', own)).toEqual(['sig', undefined]);
  });
});

it('instructions alone are what the user says, and nothing at all is an error', () => {
  const { body, warnings } = encoded(gemini, { messages: [{ role: 'developer', content: 'Say hi.' }] });
  expect(body).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Say hi.' }] }] });
  expect(warnings).toHaveLength(1);
  expect(() => encoded(gemini, { messages: [user('')] })).toThrow(
    /^messages\[0\]\.content: something that is said/,
  );
});
