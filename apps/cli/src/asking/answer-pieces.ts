// The pieces of an answer as they come: of one call, of a call that is parsed, or of a run of tools.
import type { AsyncClient, CallOptions, Message, ToolStep, ToolStopReason, Usage } from '@g4f/client';
import { note } from '../terminal/output.ts';
import { oneLine } from '../terminal/plain-text.ts';
import type { Toolbox } from '../tools/toolbox.ts';

/** What is read of a chunk. */
export interface AnswerPiece {
  readonly model: string;
  readonly provider: string;
  readonly usage?: Usage | null;
  readonly warnings?: readonly string[];
  readonly choices: readonly {
    readonly finish_reason: string | null;
    readonly delta: { readonly content?: string | null; readonly refusal?: string | null };
  }[];
}

/** What is asked, and by which way. */
export interface AskedPieces {
  readonly client: AsyncClient;
  readonly params: Readonly<Record<string, unknown>> & {
    readonly model: string;
    readonly messages: readonly Message[];
  };
  readonly options: CallOptions;
  /** A JSON Schema that the answer must fit; not together with tools. */
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
  readonly emulate: boolean;
  readonly tools?: Toolbox | undefined;
  /** Ends the line that is being shown, before something is told. */
  readonly pause: () => Promise<void>;
  /** Told after each answer that called tools. */
  readonly onStep: (step: ToolStep) => void;
}

/** The pieces, as they come. */
export const piecesOf = (asked: AskedPieces): AsyncIterable<AnswerPiece> => {
  const { client, params, options, schema, tools } = asked;
  if (tools !== undefined && tools.tools.length > 0) return toolPieces(asked, tools);
  return schema === undefined
    ? client.chat.completions.create({ ...params, stream: true }, options)
    : parsedPiece(asked, schema);
};

/** An answer that must fit a schema comes whole, once it has been checked; the model may have been asked twice for it. */
async function* parsedPiece(
  { client, params, emulate, options }: AskedPieces,
  schema: NonNullable<AskedPieces['schema']>,
): AsyncIterable<AnswerPiece> {
  const { issueOf } = await import('./schema-check.ts');
  const response_format = checkedFormat(schema, issueOf);
  const answered = await client.chat.completions.parse({ ...params, emulate, response_format }, options);
  const [choice] = answered.choices;
  const { parsed, refusal = null } = choice?.message ?? { parsed: null };
  const content = parsed === null ? null : JSON.stringify(parsed, null, 2);
  const { model, provider, usage, warnings } = answered;
  yield {
    ...{ model, provider, ...(usage && { usage }), ...(warnings && { warnings }) },
    choices: [{ finish_reason: choice?.finish_reason ?? null, delta: { content, refusal } }],
  };
}

type CheckSchema = typeof import('./schema-check.ts').issueOf;

/** Read in the way of OpenAI's helpers, so that what is sent is the schema as it was given. */
function checkedFormat(schema: NonNullable<AskedPieces['schema']>, issueOf: CheckSchema) {
  const format = { type: 'json_schema', json_schema: { name: 'answer', schema } } as const;
  const read = (text: string): unknown => {
    const value: unknown = JSON.parse(text);
    const issue = issueOf(schema, value);
    if (issue !== undefined) throw Object.assign(new Error('it does not fit'), { issues: [issue] });
    return value;
  };
  return Object.defineProperty(format, '$parseRaw', { value: read });
}

/** No limit of the client's: a person may think about a question. `--timeout` is of the whole, see `answer`. */
const NO_LIMIT = 0;

/** The answers of a run, one after another; what is said before and after tools are two paragraphs. */
async function* toolPieces(
  { client, params, options, pause, onStep }: AskedPieces,
  tools: Toolbox,
): AsyncIterable<AnswerPiece> {
  const run = client.chat.completions.runTools(
    {
      ...{ ...params, stream: true, tools: tools.tools, toolTimeout: NO_LIMIT },
      ...(tools.maxSteps !== undefined && { maxSteps: tools.maxSteps }),
      async approve(call, args) {
        await pause();
        return tools.approve(call.function.name, args);
      },
      onStep(step) {
        tell(step);
        onStep(step);
      },
    },
    options,
  );
  let [hasText, isNewParagraph] = [false, false];
  let last: Pick<AnswerPiece, 'model' | 'provider'> | undefined;
  for await (const piece of run) {
    last = piece;
    const [choice] = piece.choices;
    const content = choice?.delta.content;
    if (choice === undefined || !content) yield piece;
    else if (isNewParagraph)
      yield { ...piece, choices: [{ ...choice, delta: { ...choice.delta, content: `\n\n${content}` } }] };
    else yield piece;
    if (content) [hasText, isNewParagraph] = [true, false];
    if (choice?.finish_reason === 'tool_calls') isNewParagraph = hasText;
  }
  const { usage, stopReason } = await run.result();
  // Each answer told its own; the sum is of all.
  if (last !== undefined && usage !== undefined)
    yield { model: last.model, provider: last.provider, usage, choices: [] };
  checkEnd(stopReason, tools.maxSteps);
}

/** What became of calls, where that is not that they ran. */
function tell({ results }: ToolStep): void {
  for (const { call, error } of results) {
    if (error === undefined) continue;
    note(
      `${oneLine(call.function.name)}: ${oneLine(error instanceof Error ? error.message : String(error))}`,
    );
  }
}

/** @throws Error where the run ended without an answer. */
function checkEnd(reason: ToolStopReason, maxSteps: number | undefined): void {
  if (reason === 'max-steps')
    throw new Error(
      `the model still called tools in its answer ${maxSteps ?? ''}`.trimEnd() +
        ', the last one that it may give: there is no answer. --max-steps allows more',
    );
  if (reason === 'repeated-calls')
    throw new Error('the model called one tool again and again with the same result: there is no answer');
}
