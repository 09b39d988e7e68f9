// The option `logging`.
import type { LoggingOptions } from '../logging/logging.ts';
import { isObject, wrong } from './wrong.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'];

/** @throws G4FError `invalid-request` */
export const settleLogging = (given: unknown): LoggingOptions | undefined => {
  if (given === undefined || given === false) return undefined;
  if (given === true) return {};
  if (!isObject(given)) throw wrong('logging', 'true, false or an object');
  const { level, file, ...others } = given as LoggingOptions;
  const [stranger] = Object.keys(others);
  if (stranger !== undefined) throw wrong('logging', `an object without ${stranger}: it has level, file`);
  if (level !== undefined && !LEVELS.includes(level))
    throw wrong('logging.level', `one of ${LEVELS.join(', ')}`);
  if (file !== undefined && (typeof file !== 'string' || file === ''))
    throw wrong('logging.file', 'the path of a file');
  return { ...(level !== undefined && { level }), ...(file !== undefined && { file }) };
};
