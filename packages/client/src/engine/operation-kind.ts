// What the engine has to be told of an operation to carry out its calls.
import type { Usage } from '@g4f/core';
import type { OperationRequest } from '../attempt/call-context.ts';
import type { OpeningCall } from '../attempt/call-life.ts';
import type { Fields } from '../options/plain-value.ts';

/** What the parameters of a call come to. */
export interface CheckedRequest<Part> {
  readonly request: OperationRequest<Part>;
  /** What the caller should know of them. */
  readonly warnings: readonly string[];
}

/** An operation: how its parameters are checked, and how its parts become one answer. */
export interface OperationKind<Part, Answer> {
  /** What is said of parameters that are no object. */
  readonly takes: string;
  /** @param call the one that they are of. @throws G4FError `invalid-request` with the path of the field and what it must be. */
  toRequest(params: Fields, call: OpeningCall): CheckedRequest<Part> | Promise<CheckedRequest<Part>>;
  /** The whole answer. */
  collect(parts: AsyncIterable<Part>): Promise<Answer>;
  /** The token counts that a part tells, for observers. */
  usageIn(part: Part): Usage | undefined;
  /** The id under which a service may keep the answer that begins with this part. */
  storedIdIn?(part: Part): string | undefined;
}

/** The parts of one answer. */
export interface Parts<Part> extends AsyncIterableIterator<Part, undefined> {
  /** Checks what is known without asking anybody: options, parameters, who may answer. Reading does it by itself. @throws G4FError */
  prepare?(): Promise<void>;
}
