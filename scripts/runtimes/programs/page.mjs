// Streams one answer in a page, and gives what came to the server that the page is from.
import { AsyncClient } from '@g4f/client';

const heard = { async: [] };
try {
  const baseURL = new URLSearchParams(location.search).get('service');
  const client = new AsyncClient({ provider: 'openai', baseURL, apiKey: 'sk-test' });
  for await (const chunk of client.chat.completions.create({
    model: 'gpt-4',
    messages: 'Say hello.',
    stream: true,
  }))
    heard.async.push(chunk.choices[0]?.delta.content ?? '');
} catch (error) {
  heard.failed = String(error);
}
await fetch('/heard', { method: 'POST', body: JSON.stringify(heard) });
