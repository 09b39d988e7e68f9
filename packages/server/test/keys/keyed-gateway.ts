// A gateway with virtual keys in front of one made-up provider, and its admin API.
import { expect } from 'vitest';
import type { ServeOptions } from '../../src/index.ts';
import { gatewayOf, post } from '../made-up.ts';

export const ADMIN_KEY = 'an-admin-key-of-ours';

type Chat = Parameters<typeof gatewayOf>[0];

export const hello = { model: 'model-a', messages: [{ role: 'user', content: 'Hello' }] };

/** How an operator, and a caller with a key, ask it. */
export const keyedGateway = async (chat: Chat, options: ServeOptions = {}) => {
  const server = await gatewayOf(chat, { state: 'memory', adminKey: ADMIN_KEY, ...options });
  const admin = async (method: string, path: string, body?: unknown, key = ADMIN_KEY) => {
    const answer = await fetch(`${server.url}/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const said: Record<string, unknown> = Object(await answer.json());
    return { status: answer.status, said };
  };
  /** A new key. */
  const make = async (terms: object = {}): Promise<{ readonly key: string; readonly id: string }> => {
    const { status, said } = await admin('POST', '/keys', { name: 'ours', ...terms });
    expect([status, said]).toEqual([201, said]);
    return { key: String(said.key), id: String(said.id) };
  };
  const ask = (key: string, body: object = {}, path = '/v1/chat/completions') =>
    post(`${server.url}${path}`, { ...hello, ...body }, { authorization: `Bearer ${key}` });
  /** What a key has used of its limits. */
  const usageOf = async (id: string): Promise<unknown> => (await admin('GET', `/keys/${id}`)).said.usage;
  /** The rows of the ledger, newest first. */
  const rows = async (): Promise<Record<string, unknown>[]> =>
    Object((await admin('GET', '/usage?by=request')).said).data;
  return { ...server, admin, make, ask, usageOf, rows };
};
