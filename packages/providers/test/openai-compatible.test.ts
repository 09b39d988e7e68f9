// An endpoint of one's own: what is wrong with its facts is said in the words of its author.
import { isG4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { type OpenAICompatibleOptions, openaiCompatible } from '../src/openai-compatible.ts';

const failureOf = (options: unknown): string => {
  try {
    openaiCompatible(options as OpenAICompatibleOptions);
  } catch (error) {
    return isG4FError(error) ? `${error.code} ${error.message}` : `untyped ${error}`;
  }
  return 'none';
};

const EXPECTED = 'baseURL must be an http or https URL, such as "http://127.0.0.1:8000/v1"; it is';

describe('an endpoint of one’s own', () => {
  it('has its address without slashes at the end', () => {
    expect(openaiCompatible({ baseURL: 'http://127.0.0.1:1/v1//' }).baseURL).toBe('http://127.0.0.1:1/v1');
  });

  it.each([
    [undefined, 'custom', 'missing'],
    [{}, 'custom', 'missing'],
    [{ id: 'mine' }, 'mine', 'missing'],
    [{ baseURL: '' }, 'custom', '""'],
    [{ baseURL: '127.0.0.1:4555/v1' }, 'custom', '"127.0.0.1:4555/v1"'],
    [{ baseURL: 'htp://me:secret@host' }, 'custom', '"htp://…@host"'],
    [{ baseURL: 5 }, 'custom', '"5"'],
  ])('%j is refused by name', (options, id, given) => {
    expect(failureOf(options)).toBe(`invalid-request provider "${id}": ${EXPECTED} ${given}.`);
  });
});
