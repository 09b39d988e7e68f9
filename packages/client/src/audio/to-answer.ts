// A whole transcription as its method gives it: the formats that are files are texts.

/** An object, or the text of a file. */
export const toAnswer = (answer: object): object | string =>
  'format' in answer && 'text' in answer && !('segments' in answer) ? String(answer.text) : answer;
