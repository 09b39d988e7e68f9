// What tokens texts have, for the calling thread: the worker counts.
import type { Connection } from '../sync/connection.ts';
import type { TokenReport, TokenRequest } from '../tokens/token-report.ts';
import { readValue } from './create-whole.ts';
import { NO_PARAMS } from './no-params.ts';

/** The function, over the connection of a client. */
export const measureOver = (connection: Connection) => {
  const measure = ({ model, texts }: TokenRequest): TokenReport => {
    const params = { model, texts };
    const request = {
      ...NO_PARAMS,
      method: 'tokens',
      params,
      options: undefined,
      total: Number.POSITIVE_INFINITY,
    } as const;
    return readValue(connection, request, measure).packed.json as TokenReport;
  };
  return measure;
};
