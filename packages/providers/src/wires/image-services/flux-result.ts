// What comes of a question after an image of FLUX, in the form of Black Forest Labs, which others that serve it have as well.
// Source: https://docs.bfl.ai/quick_start/generating_images (statuses: https://docs.bfl.ai/api-reference/utility/get-result)
import { G4FError, type GeneratedImage } from '@g4f/core';
import { excerpt } from '../../http/failures/excerpt.ts';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { asObject, asText } from '../decoding/json.ts';
import type { EndpointReply } from '../endpoint.ts';
import { filtered } from '../images/filtered.ts';

/** What a service says of an image that it makes. */
export interface FluxState {
  readonly status: string;
  readonly sample: string | undefined;
  readonly asked: RequestFacts;
}

/** The answer to one question. */
export const readFluxState = ({ response, asked }: EndpointReply): Promise<FluxState> =>
  readJsonAnswer(response, asked, 'the state of an image', (json) => {
    const answer = asObject(json);
    const status = asText(answer?.status);
    return status === undefined
      ? undefined
      : { status, sample: asText(asObject(answer?.result)?.sample), asked };
  });

/** In which an image is not made yet; the services document `Pending`, and a queue before it is no failure either. */
const UNDER_WAY = /^(?:pending|queued|starting|processing|in[ _]progress|running)$/i;

/**
 * The image; undefined while it is not made.
 * @throws G4FError `content-filter` where it was moderated, `server` where it ended otherwise
 */
export function fluxImageOf({ status, sample, asked }: FluxState): GeneratedImage | undefined {
  if (/^ready$/i.test(status)) {
    if (sample === undefined) return failed('it is ready, and no image came', asked);
    return /^https?:/i.test(sample)
      ? { url: sample }
      : { b64_json: sample.replace(/^data:image\/[a-z]{1,20};base64,/, '') };
  }
  if (/moderated$/i.test(status)) throw filtered(excerpt(status, asked, 40), asked);
  if (UNDER_WAY.test(status)) return undefined;
  return failed(`making the image ended with "${excerpt(status, asked, 40)}"`, asked);
}

function failed(why: string, { provider, model }: RequestFacts): never {
  throw new G4FError(`${provider}: ${why}. Try again or choose another provider.`, {
    code: 'server',
    provider,
    model,
  });
}
