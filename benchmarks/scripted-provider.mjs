// A provider in the program's own process that answers at once: a call of the first tool so many times as the model's name says
// (`steps-20`), and then words.
export default {
  id: 'scripted',
  name: 'Scripted',
  website: 'https://example.com',
  key: 'none',
  models: {},
  features: ['tools'],
  async *chat({ model, messages, tools }) {
    const step = messages.filter(({ role }) => role === 'assistant').length;
    const isLast = step >= Number(model.split('-')[1]);
    const id = `call-${step}`;
    const args = JSON.stringify({ city: 'Oslo', days: step });
    const called = { type: 'tool-call-delta', key: id, id, name: tools[0].function.name, arguments: args };
    yield [
      { type: 'answer-start', model, id: `answer-${step}` },
      isLast ? { type: 'text-delta', text: 'It is warm.' } : called,
      { type: 'finish', reason: isLast ? 'stop' : 'tool_calls' },
      { type: 'usage', usage: { prompt_tokens: 9, completion_tokens: 7, total_tokens: 16 } },
    ];
  },
};
