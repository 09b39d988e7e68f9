// The option `metrics`: whether anything is counted, and who may read it.
import type { MetricsOptions } from '../metrics/metrics.ts';
import { isObject, wrong } from './wrong.ts';

/** @throws G4FError `invalid-request` */
export const settleMetrics = (given: unknown): MetricsOptions | undefined => {
  if (given === undefined || given === false) return undefined;
  if (given === true) return {};
  if (!isObject(given)) throw wrong('metrics', 'true, false or an object');
  const { key, open, ...others } = given as MetricsOptions;
  const [stranger] = Object.keys(others);
  if (stranger !== undefined) throw wrong('metrics', `an object without ${stranger}: it has key, open`);
  if (key !== undefined && (typeof key !== 'string' || key.trim() === ''))
    throw wrong('metrics.key', 'a text that is not empty');
  if (open !== undefined && typeof open !== 'boolean') throw wrong('metrics.open', 'true or false');
  if (open === true && key !== undefined) throw wrong('metrics', 'open, or have a key, not both');
  return { ...(key !== undefined && { key }), ...(open !== undefined && { open }) };
};
