// What a step of `runTools` costs beside its call, in ms, and what a character of `partialJson` costs in texts of several lengths, in ns.
// The model is an object in this process, which answers at once. The same answers are asked for by `create` alone, in turns with the
// runs; the difference is what checking, running and telling a tool costs. Both clients. node benchmarks/tools.mjs [--runs 30]
import { parseArgs } from 'node:util';
import { AsyncClient, Client, partialJson, tool } from '@g4f/client';
import * as z from 'zod';
import { median } from './numbers.mjs';
import { ownArgs } from './own-args.mjs';

const { values } = parseArgs({ args: ownArgs(), options: { runs: { type: 'string' } } });
const runs = Number(values.runs ?? 30);
const STEPS = 20;

const provider = new URL('./scripted-provider.mjs', import.meta.url);
const options = { provider, env: {}, maxRetries: 0 };
const weather = tool({
  name: 'weather',
  parameters: z.object({ city: z.string(), days: z.number() }),
  execute: ({ city, days }) => ({ city, days, degrees: 20 }),
});
const asked = {
  model: `steps-${STEPS}`,
  messages: 'How warm is it?',
  tools: [weather],
  maxSteps: STEPS + 1,
  maxRepeats: 0,
};

/** The parameters of each call of a run: what `create` is asked for, so that a run and these calls differ in nothing but its work. */
const callsOf = ({ messages }) =>
  messages.flatMap(({ role }, at) =>
    role === 'assistant'
      ? [{ model: asked.model, messages: messages.slice(0, at), tools: [plain], stream: false }]
      : [],
  );
const { function: fn } = weather;
const plain = { type: 'function', function: { name: fn.name, parameters: z.toJSONSchema(fn.parameters) } };

const time = async (work) => {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
};

/** Ms of a step, beside its call. */
const measureSteps = async ({ chat }) => {
  const run = () => chat.completions.runTools(asked);
  const calls = callsOf(await run());
  const create = async () => {
    for (const params of calls) await chat.completions.create(params);
  };
  const differences = [];
  // The first ones are compiled while they run.
  for (let i = -5; i < runs; i++) {
    const isFirst = i % 2 === 0;
    const before = isFirst ? await time(create) : 0;
    const whole = await time(run);
    const alone = isFirst ? before : await time(create);
    if (i >= 0) differences.push((whole - alone) / calls.length);
  }
  return median(differences);
};

/** Ns of a character, where a text comes in pieces of eight. */
const measureCharacters = (length) => {
  const item = '{"name":"A tin of soup","price":1.25,"tags":["tin","soup"]},';
  const text = `[${item.repeat(Math.ceil(length / item.length))}null]`;
  const times = Array.from({ length: Math.min(runs, 10) }, () => {
    const begin = performance.now();
    const reader = partialJson();
    for (let at = 0; at < text.length; at += 8) reader.write(text.slice(at, at + 8));
    if (!reader.isComplete) throw new Error('the text was not read');
    return ((performance.now() - begin) * 1e6) / text.length;
  });
  return median(times);
};

const asyncClient = new AsyncClient(options);
const client = new Client(options);
console.log('a step of runTools beside its call (the aim: under 0.2 ms)');
console.log(`  AsyncClient  ${(await measureSteps(asyncClient)).toFixed(3)} ms`);
console.log(`  Client       ${(await measureSteps(client)).toFixed(3)} ms`);
console.log('a character of partialJson (the same for every length)');
measureCharacters(100_000); // compiled by now
for (const length of [10_000, 100_000, 1_000_000])
  console.log(`  ${length.toLocaleString('en').padStart(9)}  ${measureCharacters(length).toFixed(0)} ns`);
client.close();
await asyncClient.close();
