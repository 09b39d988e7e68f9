// What a provider of the registry sends for a chat, and what it warns of.
import type { Message } from '@g4f/core';
import { registry } from '../../src/registry/registry.gen.ts';
import { deepFreeze } from '../wires/hear-wire.ts';
import { collect, createFakeContext, HELLO } from './fake-context.ts';

/** The body of its one request. @param more parameters besides the messages. */
export const sentTo = async (id: string, messages: readonly Message[], more: object = {}) => {
  const provider = await registry[id]?.load();
  const context = createFakeContext(HELLO, {
    apiKey: 'k',
    baseURL: 'http://127.0.0.1:1',
    env: { CLOUDFLARE_ACCOUNT_ID: 'a' },
  });
  const warnings: string[] = [];
  const asked = provider?.chat?.(
    deepFreeze({ model: 'm', messages, stream: true, ...more }),
    Object.assign(context, { warn: (message: string) => void warnings.push(message) }),
  );
  if (asked === undefined) throw new Error(`${id} cannot chat`);
  // The answer is of no interest, and is not of every wire.
  await collect(asked).catch(() => undefined);
  const body = context.requests[0]?.body ?? '';
  return { body: JSON.parse(body), text: body, warnings };
};
