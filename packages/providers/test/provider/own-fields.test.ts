// A provider's view of the environment: what is there by itself, and nothing that other code made all objects have.
import { describe, expect, it } from 'vitest';
import { ownEnv } from '../../src/provider/own-fields.ts';

const polluted = (own: Record<string, string>): Record<string, string> =>
  Object.assign(Object.create({ OPENAI_BASE_URL: 'http://evil.example' }), own);

describe('ownEnv', () => {
  it('has the variables of the environment, and none of its prototype', () => {
    const env = ownEnv(polluted({ OPENAI_API_KEY: 'sk-own' }));
    expect(env.OPENAI_API_KEY).toBe('sk-own');
    expect(env.OPENAI_BASE_URL).toBeUndefined();
    expect('OPENAI_BASE_URL' in env).toBe(false);
    expect('OPENAI_API_KEY' in env).toBe(true);
  });

  it('can be listed and copied: a child process is given a part of it', () => {
    const env = ownEnv(polluted({ PATH: '/bin', HOME: '/home/me' }));
    expect(Object.keys(env)).toEqual(['PATH', 'HOME']);
    expect({ ...env }).toEqual({ PATH: '/bin', HOME: '/home/me' });
    expect(Object.hasOwn(env, 'OPENAI_BASE_URL')).toBe(false);
  });

  it('is a view and no copy: a variable that is set later is there', () => {
    const given: Record<string, string> = {};
    const env = ownEnv(given);
    expect(env.GROQ_API_KEY).toBeUndefined();
    given.GROQ_API_KEY = 'gsk-later';
    expect(env.GROQ_API_KEY).toBe('gsk-later');
    delete given.GROQ_API_KEY;
    expect('GROQ_API_KEY' in env).toBe(false);
  });
});
