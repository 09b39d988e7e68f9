// What comes of a question after an image of FLUX, in the form of Black Forest Labs, which others that serve it have as well.
// Source: https://docs.bfl.ai/quick_start/generating_images (statuses: https://docs.bfl.ai/api-reference/utility/get-result)
import { G4FError } from '@g4f/core';
import { excerpt } from '../../http/failures/excerpt.ts';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { asObject, asText } from '../decoding/json.ts';
import type { EndpointReply } from '../endpoint.ts';
import { filtered } from '../images/filtered.ts';

/**
 * The address of the image; undefined while it is not made.
 * @throws G4FError `content-filter` where it was moderated, `server` where it failed
 */
export const readFluxResult = async ({ response, asked }: EndpointReply): Promise<string | undefined> => {
  const { status, sample } = await readJsonAnswer(response, asked, 'the state of an image', (json) => {
    const answer = asObject(json);
    const said = asText(answer?.status);
    return said === undefined
      ? undefined
      : { status: said, sample: asText(asObject(answer?.result)?.sample) };
  });
  if (/^ready$/i.test(status)) return sample ?? failed('it is ready, and no image came', asked);
  if (/moderated$/i.test(status)) throw filtered(excerpt(status, asked, 40), asked);
  if (/^(?:error|task not found|failed)$/i.test(status))
    return failed(`making the image ended with "${excerpt(status, asked, 40)}"`, asked);
  return undefined;
};

function failed(why: string, { provider, model }: RequestFacts): never {
  throw new G4FError(`${provider}: ${why}. Try again or choose another provider.`, {
    code: 'server',
    provider,
    model,
  });
}
