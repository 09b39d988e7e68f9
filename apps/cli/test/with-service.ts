// What most tests of the command begin with: a service of OpenAI's protocol, and a home whose key and address lead to it.
import { afterAll, beforeAll } from 'vitest';
import { createHome, type Home } from './typed.ts';

/** Starts both before the tests of the file, and ends them after. @param keep is given both */
export const withService = <Service extends { readonly url: string; close(): Promise<void> }>(
  start: () => Promise<Service>,
  keep: (made: { readonly service: Service; readonly home: Home }) => void,
): void => {
  let made: { readonly service: Service; readonly home: Home } | undefined;
  beforeAll(async () => {
    const service = await start();
    made = {
      service,
      home: await createHome({ OPENAI_API_KEY: 'sk-test-key', OPENAI_BASE_URL: service.url }),
    };
    keep(made);
  });
  afterAll(async () => {
    await made?.service.close();
    await made?.home.remove();
  });
};
