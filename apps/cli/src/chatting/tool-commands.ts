// The commands inside a chat that give the model tools: /tools, /mcp, /web.
import { UsageError } from '../failure/usage-error.ts';
import { note, out } from '../terminal/output.ts';
import { oneLine } from '../terminal/plain-text.ts';
import { openWeb } from '../tools/open-toolbox.ts';
import type { Session } from './session.ts';

/** Lists the tools, or takes those of a module in. */
export const tools = async ({ tools: box }: Session, given: string): Promise<undefined> => {
  if (given !== '') return added(await box.addModule(given));
  if (box.names.length === 0) note('there are no tools: /tools <file>, /mcp <server> or /web gives some.');
  else await out(`${box.names.map(oneLine).join('\n')}\n`);
};

/** Takes the tools of a server in. */
export const mcp = async ({ tools: box }: Session, given: string): Promise<undefined> => {
  if (given === '') throw new UsageError('/mcp needs a command, an address or a configuration file');
  return added(await box.addMcp(given));
};

/** Takes the tools of the web in, or puts them away. */
export const web = async ({ tools: box }: Session, given: string): Promise<undefined> => {
  if (given !== '' && given !== 'on' && given !== 'off') throw new UsageError('/web takes on or off');
  if (given === 'off') await box.setWeb(false);
  else await openWeb(box);
  note(`the model may ${box.hasWeb ? 'use the web' : 'not use the web'}.`);
};

function added(names: readonly string[]): undefined {
  note(`the model may call ${names.map(oneLine).join(', ') || 'nothing more: the server has no tools'}.`);
}
