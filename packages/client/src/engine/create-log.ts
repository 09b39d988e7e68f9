// The log of a call that is made in this thread.
import { isObserved, publish } from '#platform/publish';
import { CallLog } from '../attempt/call-log.ts';

/** A log that tells observers, if there are any. */
export const createLog = (): CallLog => new CallLog(isObserved() ? publish : undefined);
