// What a TypeScript user writes must compile, and what is wrong must not.
import { AsyncClient, Client, G4FError } from '@g4f/client';
import type { ChatCompletionChunk, Provider } from '@g4f/core';
import groq from '@g4f/providers/groq';

const backend: Provider = groq;
const client = new Client({ provider: ['openai', backend.id], timeout: { total: 1000 } });
for (const chunk of client.chat.completions.create({ model: 'gpt-4', messages: 'Hi', stream: true })) {
  const text: string | null | undefined = chunk.choices[0]?.delta.content;
  console.log(text, chunk.provider);
}
const whole: string | null | undefined = client.chat.completions.create({
  model: 'gpt-4',
  messages: [{ role: 'user', content: 'Hi' }],
}).choices[0]?.message.content;

export const later = async (): Promise<ChatCompletionChunk | undefined> => {
  const asynchronous = new AsyncClient();
  const answer = await asynchronous.chat.completions.create({ model: 'gpt-4', messages: 'Hi' });
  console.log(answer.choices.length, whole, (await asynchronous.models.list()).data);
  for await (const chunk of asynchronous.chat.completions.create({
    model: 'gpt-4',
    messages: 'Hi',
    stream: true,
  })) {
    return chunk;
  }
  // @ts-expect-error a message needs a role this library knows
  await asynchronous.chat.completions.create({ model: 'gpt-4', messages: [{ role: 'wizard', content: '' }] });
  // @ts-expect-error a model is needed
  await asynchronous.chat.completions.create({ messages: 'Hi' });
  throw new G4FError('done', { code: 'aborted' });
};
