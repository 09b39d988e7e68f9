// A row of the ledger as it is read out of a state, where others may have written.
import { asObject, parseJson } from '../json/json.ts';
import type { LedgerRow } from './state.ts';
import { stateError } from './state-error.ts';

const FIELDS: Readonly<Record<keyof LedgerRow, 'string' | 'number'>> = {
  id: 'string',
  at: 'number',
  key: 'string',
  model: 'string',
  provider: 'string',
  operation: 'string',
  promptTokens: 'number',
  completionTokens: 'number',
  cost: 'number',
  status: 'number',
  ms: 'number',
};

/** @param name of the state @throws StateError for what is none: a report that left it out would be wrong */
export const readLedgerRow = (text: unknown, name: string): LedgerRow =>
  checkLedgerRow(typeof text === 'string' ? parseJson(text) : undefined, name);

/** The same of what has been read. @throws StateError */
export const checkLedgerRow = (row: unknown, name: string): LedgerRow => {
  if (isLedgerRow(row)) return row;
  throw stateError(name, 'a row of its ledger is damaged. Restore a copy, or take that row out');
};

function isLedgerRow(value: unknown): value is LedgerRow {
  const row = asObject(value) ?? {};
  return (
    Object.entries(FIELDS).every(
      ([field, type]) => Object.hasOwn(row, field) && typeof row[field] === type,
    ) && !Number.isNaN(new Date(Number(row.at)).getTime())
  );
}
