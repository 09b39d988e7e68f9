// Which parameters each Grok takes: told by the version in its id, so that the next model is like the last.
// Source: https://docs.x.ai/developers/model-capabilities/text/reasoning
import type { ChatTakes } from './chat-takes.ts';

const LEVELS = ['low', 'medium', 'high'] as const;

/** What reasoning refuses. */
const refusedReasoning = ['presence_penalty', 'frequency_penalty', 'stop'] as const;

/** What the Grok of this id takes; undefined for an id that is none. */
export const grokTakes = (model: string): ChatTakes | undefined => {
  const [, version, rest = ''] = /(?:^|\/)grok-(\d+(?:[.-]\d{1,2})?)(?!\d)(.*)/s.exec(model) ?? [];
  if (version === undefined) return undefined;
  const efforts = effortsOf(version, rest);
  const unasked = /non-reasoning/.test(rest) ? 'none' : 'low';
  return { efforts, unasked, refused: [], refusedReasoning };
};

/** Many reason as they think fit, and refuse to be told how hard. */
function effortsOf(version: string, rest: string): readonly string[] {
  if (/^-mini/.test(rest) && version === '3') return ['low', 'high'];
  if (/multi-agent/.test(rest)) return [...LEVELS, 'xhigh'];
  if (version === '4.3') return ['none', ...LEVELS];
  // 4.20 and 4-1 came before 4.3.
  return /^4\.[4-9]$|^[5-9]/.test(version) ? LEVELS : [];
}
