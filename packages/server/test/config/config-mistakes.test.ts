// What is told of a mistake in a file of configuration, and where it is.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of a configuration are written so.
import { describe, expect, it } from 'vitest';
import { mistakes } from './written.ts';

describe('a mistake', () => {
  it.each([
    ['adress: {}', '1:1: adress: there is no such field. Did you mean address?'],
    ['address:\n  prot: 1', '2:3: address.prot: there is no such field. Did you mean port?'],
    ['address:\n  port: high', '2:9: address.port: must be a whole number from 0 to 65535.'],
    ['address:\n  port: 70000', '2:9: address.port: must be a whole number from 0 to 65535.'],
    ['keys: *theirs', '1:7: nothing before it is called &theirs.'],
    [
      `a: &a [1]\nkeys: [${'*a, '.repeat(200)}]`,
      ' Excessive alias count indicates a resource exhaustion attack.',
    ],
    ['cors: 5', '1:7: cors: must be true, false or a list of origins.'],
    [
      'models:\n  fast:\n    - provider: openai\n      wieght: 1',
      '4:7: models.fast[0].wieght: there is no such field. Did you mean weight?',
    ],
    [
      'models:\n  fast:\n    - provider: openai\n      when: { tool: true }',
      '4:15: models.fast[0].when.tool: there is no such field. Did you mean tools?',
    ],
    [
      'models: { fast: [grok:llama] }',
      '1:18: models.fast[0]: no provider is called "grok". Did you mean groq?',
    ],
    ['models: { fast: [] }', '1:17: models.fast: must have at least one target.'],
    [
      'providers:\n  opena: { key: k }',
      '2:3: providers.opena: no provider is called "opena". Did you mean openai? One of your own needs a baseURL.',
    ],
    [
      'providers:\n  openai: { wire: gemini }',
      '2:13: providers.openai.wire: openai has its own: leave it out, or give the provider another name.',
    ],
    [
      'providers:\n  My_Service: { baseURL: "http://127.0.0.1:9" }',
      '2:3: providers.My_Service: the name of a provider must be kebab-case, such as my-service.',
    ],
    [
      'providers:\n  mine: { baseURL: "http://me:secret@127.0.0.1:9" }',
      '2:20: providers.mine.baseURL: must hold no user and no password: they are not sent; give headers.',
    ],
    [
      'providers:\n  mine: { baseURL: "http://127.0.0.1:9/v1/chat/completions" }',
      '2:20: providers.mine.baseURL: must be an address that ends before "/chat/completions", which is added to it.',
    ],
    [
      'providers:\n  openai:\n    headers: ["x-team: a"]',
      '3:14: providers.openai.headers: must be a section of headers, their names with their values.',
    ],
    [
      'providers: { openai: { keys: k } }',
      '1:24: providers.openai.keys: there is no such field. Did you mean key?',
    ],
    [
      'providers: { openai: { baseURL: localhost:8000 } }',
      '1:33: providers.openai.baseURL: must be an http or https address.',
    ],
    [
      'cors: [https://a.example, b.example/path]',
      '1:27: cors[1]: must be an origin such as https://chat.example.com, without a path.',
    ],
    [
      'address:\n  hosts: [https://gateway.example.com]',
      '2:11: address.hosts[0]: must be a name such as gateway.example.com, without a scheme or a path.',
    ],
    [
      'providers:\n  mine: { baseURL: "http://127.0.0.1:9", wire: openai }',
      '2:48: providers.mine.wire: must be one of openai-chat, openai-responses, anthropic-messages, gemini, ollama-chat, cohere-chat.',
    ],
    [
      'providers:\n  openai:\n    headers: { x-team: a, "x team": b, connection: close }',
      '3:37: providers.openai.headers.x: "x" is no name of a header.',
    ],
    ['state: sqlit:a.db', '1:8: state: must be memory, sqlite:… or redis://….'],
    ['state: { url: redis }', '1:15: state.url: must be memory, sqlite:… or redis://….'],
    ['adminKey: short', '1:11: adminKey: must be a key of at least 16 characters.'],
    ['routing: fastest', '1:10: routing: must be one of order'],
    ['routing: { weights: { openai: -1 } }', '1:31: routing.weights.openai: must be a number, 0 or more.'],
    [
      'models:\n  fast: &fast\n    - provider: openai\n      wieght: 1\n  quick: *fast',
      '4:7: models.quick[0].wieght: there is no such field. Did you mean weight?',
    ],
    ['fallback: nobody-at-all', '1:11: fallback: no provider is called "nobody-at-all".'],
    ['cache: { tll: 1 }', '1:10: cache.tll: there is no such field. Did you mean ttl?'],
    ['retries: 1\nretries: 2', '2:1: this name stands here for the second time in its section: leave one of'],
    ['{"address": {"port": 1, "port": 2}}', '1:25: this name stands here for the second time'],
    ['retries: 1\n---\nretries: 2', '2:1: a second document begins here: a configuration is one'],
    ['retries: 1\n...\nretries: 2', '3:1: a second document begins here'],
    ...['999.1.1.1', '1.2.3', '"1"', '1.2.3.4.5', '0x7f.1', '127.0.0.1.', '"::g"', '"[::1]"', '"a:1"'].map(
      (host): [string, string] => [
        `address: { host: ${host} }`,
        '1:18: address.host: must be an address written out in full (127.0.0.1, ::1), or a name.',
      ],
    ),
    ['keys: [a, ${A}]', 'Inside { } and [ ] a variable stands in quotes'],
    ['keys: [a', '1:9: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ])('in %j is told with its place', async (content, told) => {
    expect((await mistakes(content)).join('\n')).toContain(told);
  });

  it.each(['x', '1'])('in a header that stands in the place of its name shows no key: %s', async (value) => {
    const header = '"Authorization: Token 9f86d081884c7d65"';
    const told = await mistakes(`providers:\n  openai:\n    headers: { ${header}: ${value} }`);
    expect(told.join()).toContain('3:57: providers.openai.headers.Authorization: ');
    expect(told.join()).not.toContain('9f86');
  });

  it('is told together with all others', async () => {
    expect(await mistakes('adress: {}\nretires: 1\ncors: 5\n')).toHaveLength(3);
  });

  it('in a variable names it, and never what others hold', async () => {
    const env = { SECRET: 'sk-very-secret', EMPTY: '' };
    expect(await mistakes('keys: ["${SECRET}", "${MISSING}"]\nfallback: ${EMPTY}', env)).toEqual([
      '1:21: the variable MISSING is not set: set it, or write ${MISSING:-something}.',
      '2:11: the variable EMPTY is not set: set it, or write ${EMPTY:-something}.',
    ]);
    expect((await mistakes('keys: ["${SECRET}"]\ncors: "${SECRET}"', env)).join()).not.toContain(
      'very-secret',
    );
    expect((await mistakes('keys: ["a"] sk-very-secret')).join()).not.toContain('very-secret');
    expect((await mistakes('fallback: ${A-B}')).join()).toContain('names no variable');
  });
});
