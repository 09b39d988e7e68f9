// What of this command an MCP caller may have besides tools: templates as prompts, and the log.
import { G4FError } from '@g4f/core';
import type { ServedPrompt, ServedResource } from '@g4f/mcp';
import { messageOf } from '../failure/exit-code.ts';
import { openLog } from '../store/log-store.ts';
import { gapsOf, readTemplate, templateNames, withWords } from '../store/templates.ts';

/** So many of the last questions. */
const LAST = 50;

/** The last questions and answers; opened anew for each caller, so that it is never held. */
export const logResource: ServedResource = {
  name: 'log',
  uri: 'g4f://log',
  description: `The last ${LAST} questions and answers of this user.`,
  async read() {
    const log = await openLog(() => undefined);
    try {
      return JSON.stringify(log.newest(LAST));
    } finally {
      log.close();
    }
  },
};

/** The templates that ask something. @param tell is told of one that cannot be read, which is left out. */
export const templatePrompts = async (tell: (line: string) => void): Promise<readonly ServedPrompt[]> => {
  const prompts: ServedPrompt[] = [];
  for (const name of templateNames()) {
    try {
      const { prompt, system, defaults } = await readTemplate(name);
      if (prompt === undefined) continue;
      prompts.push({
        name,
        ...(system !== undefined && { description: system }),
        parameters: gapsOf(prompt).map((gap) => ({
          name: gap,
          isRequired: defaults === undefined || !Object.hasOwn(defaults, gap),
        })),
        fill: ({ input = '', ...values }) => filled({ prompt, ...(defaults && { defaults }) }, input, values),
      });
    } catch (error) {
      tell(messageOf(error));
    }
  }
  return prompts;
};

/** @throws G4FError `invalid-request` where a gap has no value. */
function filled(
  template: Parameters<typeof withWords>[0],
  input: string,
  values: Readonly<Record<string, string>>,
): string {
  try {
    return withWords(template, input, values);
  } catch (error) {
    throw new G4FError(messageOf(error), { code: 'invalid-request', cause: error });
  }
}
