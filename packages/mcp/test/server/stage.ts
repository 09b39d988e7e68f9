// A server over HTTP before a model service, and callers of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AsyncClient } from '@g4f/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type RunningMcp, type ServeMcpOptions, serveMcp } from '../../src/index.ts';
import { type ModelService, startModelService } from '../model-service.ts';

/** A search engine that finds what it is asked for. */
export const search = Object.assign(
  async (query: string) => [{ title: query, url: 'https://tides.example/', snippet: '' }],
  {
    engine: 'searxng' as const,
    tool: () => {
      throw new Error('not used');
    },
  },
);

/** The whole of it. */
export interface Stage {
  readonly service: ModelService;
  readonly client: AsyncClient;
  /** The only folder that may be read. */
  readonly folder: string;
  running: RunningMcp;
  /** A caller with the token. */
  connect(): Promise<Client>;
  close(): Promise<void>;
}

/** Starts all of it. */
export const createStage = async (): Promise<Stage> => {
  const service = await startModelService();
  const folder = await mkdtemp(join(tmpdir(), 'g4f-mcp-'));
  const client = new AsyncClient({
    provider: 'openai',
    apiKey: 'sk-secret-of-ours',
    baseURL: service.baseURL,
    maxRetries: 0,
  });
  const options: ServeMcpOptions = { transport: 'http', port: 0, model: 'gpt-4o', folders: [folder], search };
  const callers: Client[] = [];
  const stage: Stage = {
    service,
    client,
    folder,
    running: await serveMcp(client, options),
    async connect() {
      const { url = '', token } = stage.running;
      const requestInit = { headers: { authorization: `Bearer ${token}` } };
      const caller = new Client({ name: 'test', version: '1' });
      await caller.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }) as Transport);
      callers.push(caller);
      return caller;
    },
    async close() {
      await Promise.all(callers.map((caller) => caller.close()));
      await stage.running.close();
      client.close();
      await service.close();
      await rm(folder, { recursive: true });
    },
  };
  return stage;
};
