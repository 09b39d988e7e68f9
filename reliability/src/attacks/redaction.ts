// Attacks on redaction: texts that are all beginnings of what is looked for, so that a search which starts anew at each takes square time.
import { AsyncClient, withRedaction } from '@g4f/client';
import { defineProvider } from '@g4f/core';
import type { Attack, Random } from './attack.ts';
import { checkGrowth } from './bounded-time.ts';

/** Each is the beginning, or the middle, of a key, an address or a number. */
const BEGINNINGS: readonly string[] = [
  ...['a@', '@', 'a@b.', 'sk-', 'key: ', 'key="', '://a:', 'Bearer '],
  ...['-----BEGIN ', '-----BEGIN PRIVATE KEY-----', '-----END '],
  ...['4111 ', '4', '+1 ', '0', '(', '[[', '[EMAIL_', '"', '\\u', ' '],
];

/** Answers with how many characters it was given. */
const counter = defineProvider({
  id: 'counter',
  name: 'Counter',
  website: 'https://example.com',
  key: 'none',
  models: {},
  async *chat({ messages, model }) {
    yield [{ type: 'answer-start', model }];
    yield [{ type: 'text-delta', text: `${JSON.stringify(messages).length}` }];
    yield [{ type: 'finish', reason: 'stop' }];
  },
});

const any = (random: Random): string => BEGINNINGS[Math.floor(random() * BEGINNINGS.length)] ?? '@';

export const REDACTION_ATTACKS: readonly Attack[] = [
  {
    name: 'texts of nothing but beginnings of what is private',
    promise: 'To look for what is private in a text takes time in proportion to its length.',
    async run(random) {
      const client = new AsyncClient({ env: {}, provider: counter, wrap: withRedaction() });
      const mixed = any(random) + any(random) + any(random);
      for (const piece of [...BEGINNINGS, mixed])
        await checkGrowth(JSON.stringify(piece), (count) => () => {
          const content = piece.repeat((20 * count) / piece.length);
          return client.chat.completions.create({ model: 'm', messages: content });
        });
    },
  },
];
