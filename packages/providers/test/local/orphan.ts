// A program whose engine computes without a pause: says the engine's number, and waits until it is killed.
import { writeSync } from 'node:fs';
import { ask } from '../../src/local/engine/engine.ts';

const [runtime = ''] = process.argv.slice(2);
const choosing = { temperature: 0, topP: 1, topK: 0, minP: 0, seed: 1, repeatPenalty: 1 };
const say = (text: string) =>
  ask({
    load: { runtime, model: 'fine', operation: 'chat', mostContextTokens: 8192, threads: 1 },
    env: process.env,
    signal: new AbortController().signal,
    order: {
      kind: 'generate',
      messages: [{ type: 'user', text }],
      choosing: { ...choosing, frequencyPenalty: 0, presencePenalty: 0 },
      maxTokens: 1000,
    },
  });

for await (const batch of say('pid'))
  for (const report of batch) if (report.kind === 'text') writeSync(1, report.text);
for await (const batch of say('block'))
  if (batch.some(({ kind }) => kind === 'prompt')) writeSync(1, ' blocked');
