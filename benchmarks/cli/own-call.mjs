// One streamed answer by the library alone: what `g4f "q"` is measured beside.
import { AsyncClient } from '@g4f/client';

const client = new AsyncClient();
const messages = [{ role: 'user', content: 'hi' }];
for await (const { choices } of client.chat.completions.create({
  ...{ model: 'openai:gpt-5.4', messages, stream: true },
}))
  process.stdout.write(choices[0]?.delta.content ?? '');
process.exit(0);
