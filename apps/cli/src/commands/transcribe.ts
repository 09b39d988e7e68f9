// Writes down what is said in a recording.
import type { Command } from 'commander';
import { onInterrupt } from '../asking/interrupt.ts';
import { openClient } from '../asking/open-client.ts';
import { readParameters, several } from '../asking/question-options.ts';
import { UsageError } from '../failure/usage-error.ts';
import { out, outJson } from '../terminal/output.ts';
import { spin } from '../terminal/spinner.ts';

interface TranscribeOptions {
  readonly model?: string;
  readonly provider?: string;
  readonly language?: string;
  readonly format?: string;
  readonly translate?: boolean;
  readonly option?: readonly string[];
}

const FORMATS = ['text', 'srt', 'vtt', 'json'] as const;
type Format = (typeof FORMATS)[number];
const isFormat = (value: string): value is Format => FORMATS.some((one) => one === value);

/** Lines to try. */
export const examples = [
  ['g4f transcribe -m whisper-1 speech.mp3', 'prints what is said'],
  ['g4f transcribe -m whisper-1 --format srt speech.mp3 > speech.srt', 'as subtitles'],
  ['g4f transcribe -m whisper-1 --translate speech.mp3', 'in English'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .argument('<file>', 'the recording: a file or an address')
    .option('-m, --model <name>', 'the model; "g4f providers --operation transcribe" lists who has some')
    .option('-p, --provider <id>', 'the service that is asked (see g4f providers)')
    .option('--language <code>', 'the language that is spoken (en, de, …)')
    .option('--format <name>', `${FORMATS.join(', ')}; text unless given`)
    .option('--translate', 'writes it down in English')
    .option(
      '-o, --option <key=value>',
      'sets a parameter of the request (as in temperature=0); repeatable',
      several,
    )
    .action(transcribe);
};

async function transcribe(file: string, options: TranscribeOptions): Promise<void> {
  const { model, provider, language, format = 'text', translate } = options;
  if (model === undefined)
    throw new UsageError('name a model with -m, as in -m whisper-1: "g4f providers --operation transcribe"');
  if (!isFormat(format)) throw new UsageError(`--format is one of ${FORMATS.join(', ')}`);
  if (translate && language !== undefined)
    throw new UsageError('--translate hears the language by itself: leave --language out');
  const parameters = readParameters(options.option);
  const { client } = await openClient();
  const stopping = new AbortController();
  const ignore = onInterrupt(() => stopping.abort());
  const stopSpinning = spin('listening …');
  const call = { signal: stopping.signal, ...(provider !== undefined && { provider }) };
  const params = { ...parameters, model, file };
  const { audio } = client;
  const spoken = { ...params, ...(language !== undefined && { language }) };
  try {
    if (format === 'json') {
      const heard = await (translate
        ? audio.translations.create({ ...params, response_format: 'verbose_json' }, call)
        : audio.transcriptions.create({ ...spoken, response_format: 'verbose_json' }, call));
      stopSpinning();
      await outJson(heard);
      return;
    }
    const text = await (translate
      ? audio.translations.create({ ...params, response_format: format }, call)
      : audio.transcriptions.create({ ...spoken, response_format: format }, call));
    stopSpinning();
    await out(text.endsWith('\n') ? text : `${text}\n`);
  } finally {
    stopSpinning();
    ignore();
    client.close();
  }
}
