// The options of the client's call that carries out a request.
import type { Json } from '../json/json.ts';
import { choicesOf } from '../targets/target-order.ts';
import { betaHeaders, type HeadersById } from './beta-headers.ts';
import type { Exchange } from './exchange.ts';
import { leavingOf } from './leaving.ts';

/** The second argument of a method of the client. */
export interface GatewayCallOptions {
  readonly signal: AbortSignal;
  /** Set where the model is a name of this gateway's own. */
  readonly provider?: readonly string[];
  /** Set where the caller names betas of a service. */
  readonly headers?: HeadersById;
}

/** @param params what is asked, its `model` above all. @throws Refusal 400 if no target of the model takes it, or for a list of betas that is none */
export const callOptions = (
  exchange: Exchange,
  params: Json,
  stream = params.stream === true,
): GatewayCallOptions => {
  const { outcome, targets } = exchange;
  if (typeof params.model === 'string') outcome.model = params.model;
  const provider = choicesOf(targets, { params, stream });
  const headers = betaHeaders(exchange.request);
  return {
    signal: leavingOf(exchange),
    ...(provider !== undefined && { provider }),
    ...(headers !== undefined && { headers }),
  };
};
