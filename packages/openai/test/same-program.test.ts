// One program, two libraries: the package `openai` and this one, against one service. The user sees the same.
import * as theirs from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as ours from '../src/index.ts';
import { CHATS } from './programs/chats.ts';
import { FAILURES } from './programs/failures.ts';
import { OTHERS } from './programs/others.ts';
import type { Library, Program } from './programs/program.ts';
import { type Service, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const outcome = ({ answer, run, provider }: Program, library: Library): Promise<unknown> => {
  service.answer = answer;
  const client = new library.default({
    apiKey: 'sk-test',
    baseURL: service.url,
    maxRetries: 0,
    ...(provider && { provider }),
  });
  return run(library, client);
};

describe.each([
  ['chats', CHATS],
  ['failures', FAILURES],
  ['everything else', OTHERS],
])('%s', (_, programs) => {
  it.each(programs.map((program) => [program.name, program] as const))('%s', async (_name, program) => {
    // The program is checked by the types of this package, which are not those of the other.
    const expected = await outcome(program, theirs as unknown as Library);
    expect(expected).toBeDefined();
    expect(await outcome(program, ours)).toEqual(expected);
  });
});
