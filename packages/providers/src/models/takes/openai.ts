// Which parameters OpenAI's models take: told by the version in the id, so that the next model is like the last.
// Sources: https://developers.openai.com/api/docs/guides/reasoning and /guides/latest-model

import type { ChatTakes } from './chat-takes.ts';

/** What reasoning fixes. */
const SAMPLING: readonly string[] = [
  ...['temperature', 'top_p', 'presence_penalty', 'frequency_penalty'],
  ...['logprobs', 'top_logprobs', 'logit_bias'],
];
const NOTHING: readonly string[] = [];

const CLASSIC = ['low', 'medium', 'high'] as const;

/** What the model of this id takes; undefined for an id that says nothing of the model, such as a deployment's. */
export const openAITakes = (model: string): ChatTakes | undefined => {
  const [, major, minor = '0', rest = ''] = /^(?:openai\/)?gpt-(\d+)(?:\.(\d+))?(.*)/s.exec(model) ?? [];
  if (/^(?:openai\/)?o\d/.test(model))
    return {
      efforts: /^(?:openai\/)?o1-(mini|preview)/.test(model) ? ['medium'] : CLASSIC,
      unasked: 'medium',
      refused: /o1/.test(model) ? NOTHING : ['stop'],
      refusedReasoning: SAMPLING,
    };
  // Its open models, at whichever service: https://github.com/openai/gpt-oss
  if (/(?:^|\/)gpt-oss-/.test(model))
    return { efforts: CLASSIC, unasked: 'medium', refused: NOTHING, refusedReasoning: NOTHING };
  if (major === undefined) return undefined;
  const version = Number(major) + Number(minor) / 10;
  if (version < 5 || /-chat/.test(rest))
    return { efforts: [], unasked: 'none', refused: NOTHING, refusedReasoning: NOTHING };
  return {
    efforts: effortsOf(version, rest),
    unasked: unaskedOf(version, rest),
    refused: ['stop'],
    refusedReasoning: SAMPLING,
  };
};

function effortsOf(version: number, rest: string): readonly string[] {
  if (/-pro/.test(rest)) return version < 5.2 ? ['high'] : ['medium', 'high', 'xhigh'];
  if (/-codex-max/.test(rest)) return [...CLASSIC, 'xhigh'];
  if (version < 5.1) return /-codex/.test(rest) ? CLASSIC : ['minimal', ...CLASSIC];
  const least = /-codex/.test(rest) ? CLASSIC : ['none', ...CLASSIC];
  if (version < 5.2) return least;
  return version < 5.6 ? [...least, 'xhigh'] : [...least, 'xhigh', 'max'];
}

/** From 5.1 to 5.4 they did not reason unless asked to. */
const unaskedOf = (version: number, rest: string): string =>
  version >= 5.1 && version < 5.5 && !/-(pro|codex)/.test(rest) ? 'none' : 'medium';
