// An endpoint of one's own: what is wrong with its facts is said in the words of its author.
import { isG4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { type OpenAICompatibleOptions, openaiCompatible } from '../../src/provider/openai-compatible.ts';

const failureOf = (options: unknown): string => {
  try {
    openaiCompatible(options as OpenAICompatibleOptions);
  } catch (error) {
    return isG4FError(error) ? `${error.code} ${error.message}` : `untyped ${error}`;
  }
  return 'none';
};

const EXPECTED =
  'baseURL must be an http(s) URL without a trailing slash, such as "http://127.0.0.1:8000/v1".';

describe('an endpoint of one’s own', () => {
  it.each(['http://127.0.0.1:1/v1//', new URL('http://127.0.0.1:1/v1/')])(
    'at %s has its address without slashes at the end',
    (baseURL) => {
      expect(openaiCompatible({ baseURL } as OpenAICompatibleOptions).baseURL).toBe('http://127.0.0.1:1/v1');
    },
  );

  it.each([
    [undefined, 'custom'],
    [{}, 'custom'],
    [{ id: 'mine' }, 'mine'],
    [{ baseURL: '' }, 'custom'],
    [{ baseURL: '127.0.0.1:4555/v1' }, 'custom'],
    [{ baseURL: 'htp://me:secret@host' }, 'custom'],
    [{ baseURL: 5 }, 'custom'],
  ])('%j is refused by name', (options, id) => {
    expect(failureOf(options)).toBe(`invalid-request provider "${id}": ${EXPECTED}`);
  });
});
