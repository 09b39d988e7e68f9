// Server-sent events, as the gateway writes them: the data of each event.

/** The data of the events, one after another, cut anywhere by the network. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let held = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      held += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = held.split('\n');
      held = done ? '' : (lines.pop() ?? '');
      for (const line of lines) {
        const text = line.endsWith('\r') ? line.slice(0, -1) : line;
        if (text.startsWith('data:')) yield text.slice(text.startsWith('data: ') ? 6 : 5);
      }
      if (done) return;
    }
  } finally {
    // A reader that leaves closes the connection.
    await reader.cancel().catch(() => undefined);
  }
}
