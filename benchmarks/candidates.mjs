// Who is measured.
import { peerVersion } from './peers.mjs';

/** By name: what a reader of the table calls it, the packages it needs from the peers, and what it cannot do. */
export const CANDIDATES = {
  'undici-fetch': { title: 'undici.fetch' },
  'undici-request': { title: 'undici.request' },
  'undici-dispatch': { title: 'undici dispatcher' },
  'async-client': { title: 'AsyncClient', ours: true },
  mini: { title: 'AsyncClient, mini', ours: true },
  // It blocks, so it cannot read answers side by side.
  client: { title: 'Client', ours: true, oneAtATime: true },
  openai: { title: 'openai', peers: ['openai'] },
  'ai-sdk': { title: 'AI SDK', peers: ['ai', '@ai-sdk/openai-compatible'] },
  langchain: { title: 'LangChain', peers: ['@langchain/openai', '@langchain/core'] },
  tanstack: { title: 'TanStack AI', peers: ['@tanstack/ai', '@tanstack/ai-openai'] },
};

/** What all are compared with: 1.0 in the ratios. */
export const BASE = 'undici-fetch';

/** The packages that a candidate needs and that are not installed. */
export const missingPeers = (name) =>
  (CANDIDATES[name].peers ?? []).filter((peer) => peerVersion(peer) === undefined);

/** Its title, with the version if it is a peer's. */
export const titleOf = (name) => {
  const { title, peers = [] } = CANDIDATES[name];
  const [main] = peers;
  return main === undefined ? title : `${title} ${peerVersion(main)?.split('.')[0] ?? ''}`.trim();
};
