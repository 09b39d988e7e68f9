// The example of gpt4free, in TypeScript: one question, streamed by the synchronous client and by the asynchronous one.
import { AsyncClient, Client } from '@g4f/client';

const question = 'Hey! How can I recursively list all files in a directory in Python?';

function synchronousStream(): void {
  using client = new Client();
  const stream = client.chat.completions.create({
    model: 'gpt-4',
    messages: [{ role: 'user', content: question }],
    stream: true,
  });
  for (const chunk of stream) {
    const content = chunk.choices[0]?.delta.content;
    if (content) process.stdout.write(content);
  }
}

async function asynchronousStream(): Promise<void> {
  const client = new AsyncClient();
  const stream = client.chat.completions.create({
    model: 'gpt-4',
    messages: [{ role: 'user', content: question }],
    stream: true,
  });
  for await (const chunk of stream) {
    const content = chunk.choices[0]?.delta.content;
    if (content) process.stdout.write(content);
  }
}

async function main(): Promise<void> {
  console.log('Synchronous Stream:');
  synchronousStream();
  console.log('\n\nAsynchronous Stream:');
  await asynchronousStream();
  console.log();
}

// Whoever reads us may have seen enough (`npm start | head`).
process.stdout.on('error', () => process.exit());

try {
  await main();
} catch (error) {
  console.log(`An error occurred: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
