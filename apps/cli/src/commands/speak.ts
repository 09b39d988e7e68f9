// Reads a text aloud, into a file or to what plays it.
import type { Command } from 'commander';
import { onInterrupt } from '../asking/interrupt.ts';
import { openClient } from '../asking/open-client.ts';
import { putTogether } from '../asking/question.ts';
import { maxCostOption, readParameters, several } from '../asking/question-options.ts';
import { UsageError } from '../failure/usage-error.ts';
import { note, out } from '../terminal/output.ts';
import { spin } from '../terminal/spinner.ts';

interface SpeakOptions {
  readonly model?: string;
  readonly provider?: string;
  readonly voice?: string;
  readonly option?: readonly string[];
  readonly output?: string;
  readonly maxCost?: number;
}

/** Lines to try. */
export const examples = [
  ['g4f speak -m tts-1 --voice alloy -O hello.mp3 "Hello there."', 'writes a file'],
  [
    'cat notes.md | g4f speak -m tts-1 --voice alloy > notes.mp3',
    'reads what is piped in, and writes the sound to a pipe',
  ],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .argument('[text...]', 'what is read; without it, standard input')
    .option('-m, --model <name>', 'the model; "g4f providers --operation speech" lists who has some')
    .option('-p, --provider <id>', 'the service that is asked (see g4f providers)')
    .option('--voice <name>', 'the service’s name of a voice')
    .option(
      '-o, --option <key=value>',
      'sets a parameter of the request (as in speed=1.5); repeatable',
      several,
    )
    .option('-O, --output <file>', 'where the sound is written; standard output unless given')
    .addOption(maxCostOption())
    .action(speak);
};

async function speak(words: readonly string[], options: SpeakOptions): Promise<void> {
  const { model, provider, voice, output } = options;
  if (model === undefined)
    throw new UsageError('name a model with -m, as in -m tts-1: "g4f providers --operation speech"');
  if (output === undefined && process.stdout.isTTY === true)
    throw new UsageError(
      'sound is nothing for a terminal: write it to a file with -O, or pipe it to a player',
    );
  const parameters = readParameters(options.option);
  const asked = await putTogether(words.join(' '), []);
  if (asked === undefined) throw new UsageError('there is no text to read');
  const { client } = await openClient(options.maxCost);
  const stopping = new AbortController();
  const ignore = onInterrupt(() => stopping.abort());
  const stopSpinning = spin('reading aloud …');
  try {
    const speech = await client.audio.speech.create(
      { ...parameters, model, input: asked.prompt, ...(voice !== undefined && { voice }) },
      { signal: stopping.signal, ...(provider !== undefined && { provider }) },
    );
    for (const warning of speech.warnings) note(warning);
    if (output !== undefined) await speech.toFile(output);
    else for await (const piece of speech) await out(piece);
    stopSpinning();
    if (output !== undefined) await out(`${output}\n`);
  } finally {
    stopSpinning();
    ignore();
    client.close();
  }
}
