// Every row of the table of embeddings, in every form that a provider of ours speaks, over a real connection: the vectors of all
// inputs in order, or the code of the table.
import { type EmbeddingResponse, isG4FError, type Provider } from '@g4f/core';
import { createFaultServer, EMBED_FAULTS, type EmbedFault, type FaultServer, vectorOf } from '@g4f/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMBEDDING_WIRES, loadWire } from '../../src/provider/named-wire.ts';
import { overWire } from '../../src/provider/over-wire.ts';
import type { EmbedFacts } from '../../src/wires/embed-endpoint.ts';
import { featureExtraction } from '../../src/wires/feature-extraction/index.ts';
import { contextOf, until } from '../http/service.ts';

const KEY = 'acme-secret-1';
/** Enough for three requests where a request takes four. */
const TEXTS = Array.from({ length: 10 }, (_, at) => `text ${at}: Grüezi ☀️`);
const FORMS: readonly (readonly [name: string, wire: (typeof EMBEDDING_WIRES)[number], facts: EmbedFacts])[] =
  [
    ...EMBEDDING_WIRES.map((name) => [name, name, {}] as const),
    ['feature extraction', 'openai-chat', { endpoint: featureExtraction }],
    ['base64', 'openai-chat', { takes: ['base64'] }],
  ];

let server: FaultServer;
beforeAll(async () => {
  server = await createFaultServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const acme = async (wire: (typeof EMBEDDING_WIRES)[number], fault: EmbedFault, facts: EmbedFacts) =>
  overWire(await loadWire(wire), {
    id: 'acme',
    // Feature extraction stands beside the base, and not below it.
    baseURL: `${server.url}/${fault.name}/v1`,
    apiKey: KEY,
    embed: { maxInputs: 4, ...facts },
  });

const hear = async (provider: Provider, signal: AbortSignal): Promise<EmbeddingResponse | unknown> => {
  try {
    for await (const part of provider.embed?.({ model: 'm', input: TEXTS }, contextOf({ signal })) ?? [])
      return part;
    return undefined;
  } catch (error) {
    return error;
  }
};

const expectVectors = (heard: unknown): void =>
  expect(heard).toMatchObject({
    object: 'list',
    data: TEXTS.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) })),
  });

describe.each(FORMS)('%s', (_name, wire, facts) => {
  it.each(EMBED_FAULTS.map((fault) => [fault.name, fault.does, fault] as const))(
    '%s: the service %s',
    async (_fault, _does, fault) => {
      const provider = await acme(wire, fault, facts);
      const controller = new AbortController();
      // A deadline is the client's to tell; here the reader leaves once all requests are there.
      if (fault.end === 'silent')
        void until(() => server.counts().activeStreams === 3).then(() => controller.abort());
      const heard = await hear(provider, controller.signal);
      if (fault.end === 'complete') expectVectors(heard);
      else {
        const codes = fault.end === 'silent' ? ['aborted'] : fault.end;
        if (!isG4FError(heard)) throw new Error(`it was taken for an answer: ${JSON.stringify(heard)}`);
        expect(codes).toContain(heard.code);
        expect(heard.message).not.toMatch(/acme-secret-1|Grüezi|\n/);
        if (fault.status !== undefined) expect(heard.status).toBe(fault.status);
        if (fault.retryAfterMs !== undefined) expect(heard.retryAfterMs).toBe(fault.retryAfterMs);
      }
      if (fault.again === 'complete') expectVectors(await hear(provider, new AbortController().signal));
      // Whoever has failed, or has all there is, leaves nothing behind.
      await until(() => server.counts().activeStreams === 0);
    },
  );
});
