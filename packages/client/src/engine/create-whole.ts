// A method that gives one whole answer by promise.
import type { CallLog } from '../attempt/call-log.ts';
import { withCallerStack } from '../errors/caller-stack.ts';
import type { CallOptions } from '../surface/options.ts';
import { type AnswerPromise, besideResponse, withReceived } from '../surface/received.ts';
import { createLog } from './create-log.ts';
import type { Engine } from './engine.ts';
import { givenNow } from './given-now.ts';
import type { OperationKind } from './operation-kind.ts';

/** What a method needs of its client, which may have to be loaded. */
export type LoadOperation<Part, Answer> = () => Promise<{
  readonly engine: Pick<Engine, 'run'>;
  readonly kind: OperationKind<Part, Answer>;
}>;

/**
 * The method. It rejects with a G4FError whose stack names the caller's line.
 * @param shown what the method gives of an answer: the answer itself, unless given.
 */
export const wholeCreator = <Part, Answer extends object, Shown = Answer>(
  load: LoadOperation<Part, Answer>,
  shown: (answer: Answer, params: object) => Answer | Shown = (answer) => answer,
) => {
  async function answer(params: object, options: CallOptions | undefined, log: CallLog) {
    try {
      const { engine, kind } = await load();
      const whole = await kind.collect(engine.run(kind, params, { options, log }));
      return shown(withReceived(whole, log.received), params);
    } catch (error) {
      throw withCallerStack(error, answer);
    }
  }
  return (params: object, options?: CallOptions): AnswerPromise<Answer | Shown> => {
    const log = createLog();
    return Object.assign(answer(givenNow(params), options, log), {
      async withResponse(this: Promise<Answer | Shown>) {
        return besideResponse(await this, log.received);
      },
    });
  };
};
