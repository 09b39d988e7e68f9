// The commands, and how each is loaded: a command that is not used costs its name.
import type { CommandModule } from './command-module.ts';

/** A command before it is loaded. */
export interface CommandRow {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** All commands, in the order of the help. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'ask',
    summary: 'asks a question, as g4f without a command does',
    load: () => import('../commands/ask.ts'),
  },
  { name: 'chat', summary: 'talks with a model in the terminal', load: () => import('../commands/chat.ts') },
  {
    name: 'compare',
    summary: 'asks several models the same, side by side',
    load: () => import('../commands/compare.ts'),
  },
  {
    name: 'bench',
    summary: 'measures how quickly a model answers',
    load: () => import('../bench/bench.ts'),
  },
  {
    name: 'log',
    summary: 'shows, searches and exports what was asked',
    load: () => import('../commands/log.ts'),
  },
  { name: 'models', summary: 'lists models', load: () => import('../commands/models.ts') },
  {
    name: 'providers',
    summary: 'lists providers, and whether their keys are there',
    load: () => import('../commands/providers.ts'),
  },
  { name: 'keys', summary: 'keeps the keys of providers', load: () => import('../commands/keys.ts') },
  {
    name: 'doctor',
    summary: 'checks what answers depend on, and says what to do',
    load: () => import('../commands/doctor.ts'),
  },
  { name: 'image', summary: 'draws an image', load: () => import('../commands/image.ts') },
  { name: 'speak', summary: 'reads a text aloud into a file', load: () => import('../commands/speak.ts') },
  {
    name: 'transcribe',
    summary: 'writes down what is said in a recording',
    load: () => import('../commands/transcribe.ts'),
  },
  {
    name: 'embed',
    summary: 'turns texts into vectors, and keeps them in a collection',
    load: () => import('../commands/embed.ts'),
  },
  {
    name: 'similar',
    summary: 'finds the texts of a collection that are nearest to another',
    load: () => import('../commands/similar.ts'),
  },
  {
    name: 'templates',
    summary: 'keeps templates: questions with gaps to fill in',
    load: () => import('../commands/templates.ts'),
  },
  {
    name: 'local',
    summary: 'fetches, lists and removes the models of this machine',
    load: () => import('../commands/local.ts'),
  },
  {
    name: 'serve',
    summary: 'starts a gateway on this machine: every provider behind OpenAI’s and other APIs',
    load: () => import('../serving/serve.ts'),
  },
  {
    name: 'gui',
    summary: 'starts the gateway with a chat page, and opens that in the browser',
    load: () => import('../serving/gui.ts'),
  },
  {
    name: 'mcp',
    summary:
      'serves models, the web and your templates to editors and assistants, by the Model Context Protocol',
    load: () => import('../serving/mcp.ts'),
  },
  {
    name: 'config',
    summary: 'shows and changes the configuration',
    load: () => import('../commands/config.ts'),
  },
  {
    name: 'update',
    summary: 'says whether there is a newer version, and what installs it',
    load: () => import('../updating/update.ts'),
  },
  {
    name: 'completion',
    summary: 'prints the completion of a shell',
    load: () => import('../commands/completion.ts'),
  },
];
