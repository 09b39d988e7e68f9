// A whole transcription as its method gives it: where a file was asked for, its text alone.

const FILES: ReadonlySet<unknown> = new Set(['text', 'srt', 'vtt']);

/** An object, or the text of a file. What the answer itself says of its form may be any service's own field. */
export const toAnswer = (answer: object, { response_format }: FormAsked): object | string =>
  FILES.has(response_format) && 'text' in answer ? String(answer.text) : answer;

interface FormAsked {
  readonly response_format?: unknown;
}
