// OpenAI's older completions as services answer them, whole and streamed. Source: https://platform.openai.com/docs/api-reference/completions
// Mistral's, below /fim, are chats: https://docs.mistral.ai/api/endpoint/fim
import { event } from './mock-wire.ts';

const FRAME = { id: 'cmpl-kit', object: 'text_completion', created: 1_700_000_000, model: 'kit-text-1' };
const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

/** What is said. */
export const TEXT_PIECES: readonly string[] = ['<think>return a', '</think> + b;\n', '// done'];

interface TextBody {
  readonly stream?: boolean;
  readonly n?: number;
}

/** The good answer to a request. @param isChat whether its service has the choices of a chat */
export const textAnswer = ({ stream = false, n = 1 }: TextBody, isChat: boolean): string => {
  const places = Array.from({ length: n }, (_, index) => index);
  if (!stream) {
    const text = TEXT_PIECES.join('');
    const said = isChat ? { message: { role: 'assistant', content: text } } : { text, logprobs: null };
    const choices = places.map((index) => ({ index, ...said, finish_reason: 'stop' }));
    return JSON.stringify({ ...FRAME, choices, usage: USAGE });
  }
  const chunk = (index: number, content: string, finish_reason: string | null): string =>
    event({
      ...FRAME,
      choices: [{ index, ...(isChat ? { delta: { content } } : { text: content }), finish_reason }],
    });
  return [
    ...TEXT_PIECES.flatMap((piece) => places.map((index) => chunk(index, piece, null))),
    ...places.map((index) => chunk(index, '', 'length')),
    event({ ...FRAME, choices: [], usage: USAGE }),
    'data: [DONE]\n\n',
  ].join('');
};
