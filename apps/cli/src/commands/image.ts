// Draws an image into a file.
import { saveImage } from '@g4f/client';
import type { Command } from 'commander';
import { onInterrupt } from '../asking/interrupt.ts';
import { openClient } from '../asking/open-client.ts';
import { maxCostOption, readParameters, several } from '../asking/question-options.ts';
import { UsageError } from '../failure/usage-error.ts';
import { note, out, outJson } from '../terminal/output.ts';
import { spin } from '../terminal/spinner.ts';

interface ImageOptions {
  readonly model?: string;
  readonly provider?: string;
  readonly size?: string;
  readonly option?: readonly string[];
  readonly output: string;
  readonly edit?: string;
  readonly maxCost?: number;
  readonly json?: boolean;
}

/** Lines to try. */
export const examples = [
  ['g4f image -m gpt-image-2 -O lighthouse.png "a lighthouse at night"', 'draws into a file'],
  ['g4f image -m gpt-image-2 --edit lighthouse.png -O day.png "by day"', 'changes an image'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .argument('<prompt...>', 'what is drawn')
    .option('-m, --model <name>', 'the model; "g4f providers --operation image" lists who has some')
    .option('-p, --provider <id>', 'the service that is asked (see g4f providers)')
    .option('--size <width>x<height>', 'in pixels, as in 1024x1024')
    .option(
      '-o, --option <key=value>',
      'sets a parameter of the request (as in quality=high); repeatable',
      several,
    )
    .option('--edit <file>', 'an image that is changed')
    .requiredOption('-O, --output <file>', 'where the image is written; its extension follows its content')
    .addOption(maxCostOption())
    .option('--json', 'prints the file and its facts as JSON')
    .action(image);
};

async function image(words: readonly string[], options: ImageOptions): Promise<void> {
  const { model, provider, size, output, edit, json } = options;
  if (model === undefined)
    throw new UsageError('name a model with -m, as in -m gpt-image-2: "g4f providers --operation image"');
  const parameters = readParameters(options.option);
  const { client } = await openClient(options.maxCost);
  const stopping = new AbortController();
  const ignore = onInterrupt(() => stopping.abort());
  const stopSpinning = spin('drawing …');
  const call = { signal: stopping.signal, ...(provider !== undefined && { provider }) };
  const params = { ...parameters, model, prompt: words.join(' '), ...(size !== undefined && { size }) };
  try {
    const drawn = await (edit === undefined
      ? client.images.generate({ ...params, stream: false }, call)
      : client.images.edit({ ...params, stream: false, image: edit }, call));
    const [first] = drawn.data;
    if (first === undefined) throw new Error('the service gave no image');
    stopSpinning();
    const file = await saveImage(first, output, { signal: stopping.signal });
    for (const warning of drawn.warnings ?? []) note(warning);
    if (json) await outJson({ file, model, provider: drawn.provider, usage: drawn.usage });
    else await out(`${file}\n`);
  } finally {
    stopSpinning();
    ignore();
    client.close();
  }
}
