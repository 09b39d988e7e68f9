// `GET /metrics`: the counts of this gateway, where it counts. Source: https://prometheus.io/docs/instrumenting/exposition_formats/
import { type Answer, textAnswer } from '../answer/answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { refuse, wrongKey } from '../failure/refusal.ts';

/** The counts as text. */
export const answerMetrics = async ({ metrics, request, caller }: Exchange): Promise<Answer> => {
  if (metrics === undefined)
    throw refuse(404, 'not-found', 'This gateway counts nothing: set its option metrics.');
  // A virtual key is a caller's; the counts are the operator's.
  if (caller !== undefined || !(await metrics.mayRead(request))) throw wrongKey();
  const { type, text } = await metrics.render();
  return textAnswer(text, type);
};
