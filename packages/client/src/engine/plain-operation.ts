// An operation without a grammar of its own: its parameters become a request, each part of its answer is checked, and that is all.
import { type ChatFeature, G4FError, type Operations, type Usage } from '@g4f/core';
import type { OperationRequest } from '../attempt/call-context.ts';
import type { OpeningCall } from '../attempt/call-life.ts';
import { readParts } from '../attempt/read-parts.ts';
import type { RequestScope } from '../attempt/request-scope.ts';
import { type Fields, isFields } from '../options/plain-value.ts';
import type { Candidate } from '../routing/candidate.ts';
import type { OperationKind } from './operation-kind.ts';
import type { CreateCheck, PlainOperation } from './part-place.ts';

type Request<O extends PlainOperation> = Operations[O]['request'];
type Part<O extends PlainOperation> = Operations[O]['part'];

/** What parameters come to. */
export interface PlainRequest<O extends PlainOperation> {
  readonly request: Request<O>;
  /** What the caller should know of them. */
  readonly warnings: readonly string[];
}

/** What is particular to an operation. */
export interface PlainFacts<O extends PlainOperation, Answer> {
  readonly operation: O;
  /** What is said of parameters that are no object. */
  readonly takes: string;
  /** @param call the one that they are of. @throws G4FError `invalid-request` with the path of the field and what it must be. */
  toRequest(params: Fields, call: OpeningCall): PlainRequest<O> | Promise<PlainRequest<O>>;
  /** Whether the request is for several parts; false unless given. */
  streams?(request: Request<O>): boolean;
  /** Makes the check of one answer. */
  readonly check: CreateCheck<O>;
  /** The part with what the client adds to it, unless that is the provider's id and the warnings. */
  stamp?(part: Part<O>, stamp: Stamp, before: number): Part<O>;
  collect(parts: AsyncIterable<Part<O>>): Promise<Answer>;
  usageIn?(part: Part<O>): Usage | undefined;
  /** The id of what a service keeps, where that is asked for: it costs nothing, and is asked of whoever keeps it. */
  storedId?(request: Request<O>): string;
}

/** What a client adds to the answer of a provider. */
export interface Stamp {
  readonly provider: string;
  readonly warnings?: readonly string[];
}

/** One request. A class, so that all have one shape. */
class PlainOperationRequest<O extends PlainOperation> implements OperationRequest<Part<O>> {
  readonly operation: O;
  readonly model: string;
  readonly stream: boolean;
  readonly conversation = undefined;
  readonly allowsFallback = false;
  readonly answersOnce: boolean;
  readonly storedId: string | undefined;
  readonly parameters: Request<O>;
  readonly #facts: PlainFacts<O, unknown>;

  constructor(facts: PlainFacts<O, unknown>, request: Request<O>) {
    this.#facts = facts;
    this.operation = facts.operation;
    this.model = request.model;
    this.stream = facts.streams?.(request) ?? false;
    this.answersOnce = !this.stream;
    this.storedId = facts.storedId?.(request);
    this.parameters = request;
  }

  needs(): readonly ChatFeature[] {
    return [];
  }

  isSpent(): boolean {
    return Object.values(this.parameters)
      .flat()
      .some((value) => isFields(value) && typeof value.isSpent === 'function' && value.isSpent() === true);
  }

  async *open(candidate: Candidate, scope: RequestScope): AsyncGenerator<Part<O>, undefined> {
    const { backend, model } = candidate;
    const { check, stamp = stampFields } = this.#facts;
    const request: Request<O> = { ...this.parameters, model };
    const grammar = check(request, backend.id);
    let before = 0;
    for await (const part of readParts(this.operation, candidate, request, scope, grammar)) {
      const warnings = before === 0 && scope.warnings.length > 0 && { warnings: [...scope.warnings] };
      yield stamp(withCost(part, scope), { provider: backend.id, ...warnings }, before);
      before += 1;
    }
    return undefined;
  }
}

/** The part, with what it cost where it tells what was counted. */
function withCost<P>(part: P, { bill }: RequestScope): P {
  const usage = isFields(part) ? part.usage : undefined;
  return bill !== undefined && isFields(usage) ? { ...part, usage: bill.told(usage) } : part;
}

const stampFields = <P>(part: P, stamp: Stamp): P => ({ ...part, ...stamp });

/** The operation, for the engine. */
export const plainOperation = <O extends PlainOperation, Answer>(
  facts: PlainFacts<O, Answer>,
): OperationKind<Part<O>, Answer> => ({
  takes: facts.takes,
  async toRequest(params, call) {
    const { request, warnings } = await facts.toRequest(params, call);
    return { request: new PlainOperationRequest(facts, request), warnings };
  },
  collect: (parts) => facts.collect(parts),
  usageIn: (part) => facts.usageIn?.(part),
});

/** The only part of an answer. @throws G4FError `bad-response` if there is none */
export const onlyPart = async <P>(parts: AsyncIterable<P>): Promise<P> => {
  let whole: { readonly part: P } | undefined;
  for await (const part of parts) whole ??= { part };
  if (whole === undefined) throw new G4FError('the answer is empty.', { code: 'bad-response' });
  return whole.part;
};
