// The client's advice in the words of HTTP: who asks over it has paths and fields, and neither methods nor the operator's options.

/** What the client calls it, and what a caller does. */
const WORDS: readonly (readonly [client: RegExp, caller: string])[] = [
  [/\bmodels\.list\(\)/g, 'GET /v1/models'],
  [/ or with provider\./g, ' or with the field provider.'],
  [/ \| Without any key: [^|]*/g, ''],
  [/ or set retired: "successor" \(G4F_RETIRED\)/g, ''],
  [/, raise timeout\.\w{1,20}, or /g, ', or '],
  [/, or raise timeout\.\w{1,20}\./g, '.'],
  [/\bCheck the model and the baseURL, or ask/g, 'Check the model, or ask'],
  [
    /\b(?:Check|Correct) the baseURL(?:, or choose another provider)?\./g,
    'Choose another model, or tell the operator of this gateway.',
  ],
  [/, or pass (?:apiKey|baseURL)\b/g, ''],
  [
    /\b(?:Set|set) (?:a valid key|what is missing)\b(?: \([^)]{0,300}\))?/g,
    'tell the operator of this gateway',
  ],
  [/(?<=[.!?] )tell the operator/g, 'Tell the operator'],
  [/\bthe (?:apiKey|headers) option\b/g, 'the options of this gateway'],
  [/\bchat\.completions\.create\b/g, 'POST /v1/chat/completions'],
  [/\bresponses\.create\b/g, 'POST /v1/responses'],
  [/\bresponses\.retrieve\b/g, 'GET /v1/responses/{id}'],
  [/\bembeddings\.create\b/g, 'POST /v1/embeddings'],
  [/\bmoderations\.create\b/g, 'POST /v1/moderations'],
  [/\bcompletions\.create\b/g, 'POST /v1/completions'],
  [/\bimages\.generate\b/g, 'POST /v1/images/generations'],
  [/\baudio\.speech\.create\b/g, 'POST /v1/audio/speech'],
  [/\baudio\.transcriptions\.create\b/g, 'POST /v1/audio/transcriptions'],
];

/** The message as a caller can follow it. */
export const inHttpWords = (message: string): string =>
  WORDS.reduce((text, [client, caller]) => text.replace(client, caller), message);
