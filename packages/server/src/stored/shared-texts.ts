// The texts of a state, each operation within its deadline.
import type { State, Texts } from '../state/state.ts';
import { stateError } from '../state/state-error.ts';
import { within } from '../state/within.ts';

/** A state that is opened when it is needed. */
export interface SharedState {
  /** @throws StateError */
  readonly open: () => Promise<State>;
  /** How long one operation may take, in ms. */
  readonly timeout: number;
}

/** Each method throws a StateError where the state cannot be asked. */
export const sharedTexts = ({ open, timeout }: SharedState): Texts => {
  const ask = async <Result>(work: (texts: Texts) => Promise<Result>): Promise<Result> => {
    const asked = async (): Promise<Result> => {
      const { name, texts } = await open();
      if (texts === undefined) throw stateError(name, 'it keeps nothing that gateways share');
      return work(texts);
    };
    return within(asked(), timeout, 'The state');
  };
  return {
    read: (name) => ask((texts) => texts.read(name)),
    write: (name, text, ms) => ask((texts) => texts.write(name, text, ms)),
    remove: (name) => ask((texts) => texts.remove(name)),
  };
};
