// What a file of configuration may hold: g4f.config.yaml and its like. The schema for editors is made of it.
import { pageOriginOf } from '@g4f/core/internal';
import * as z from 'zod';
import { isListenHost, LISTEN_HOST } from '../options/listen-host.ts';
import { nameOf } from '../options/origins.ts';
import { isStateUrl } from '../state-engines/open-state.ts';
import { count, flag, ms, section, text, texts } from './fields.ts';
import { provider } from './provider-schema.ts';

const HOST = 'must be a name such as gateway.example.com, without a scheme or a path';
const hostName = text(HOST).refine((name) => nameOf(name.trim()) !== undefined, HOST);
const LISTENS = `must be ${LISTEN_HOST}`;
const listenHost = text(LISTENS).refine(isListenHost, LISTENS);
const ORIGIN = 'must be an origin such as https://chat.example.com, without a path';
const origin = text(ORIGIN).refine((one) => pageOriginOf(one) !== undefined, ORIGIN);

const address = section(
  {
    host: listenHost.exactOptional().describe('127.0.0.1 unless given; any other needs keys, or insecure'),
    port: count(0, 'must be a whole number from 0 to 65535', 65_535).describe(
      '4114 unless given; 0 takes a free one',
    ),
    insecure: flag.describe('Lets anybody who reaches the host use the providers'),
    hosts: z
      .union([z.literal('any'), z.array(hostName, { error: 'must be a list of names' })], {
        error: 'must be any, or a list of names',
      })
      .exactOptional()
      .describe('Names by which it is called, besides those of this machine'),
  },
  'Where it listens. A change needs a restart',
);

const target = section(
  {
    provider: text('must be the id of a provider').describe('The id of a provider'),
    model: text('must be the name of a model')
      .exactOptional()
      .describe('Its model; the name itself unless given'),
    weight: z
      .number({ error: 'must be a number, 0 or more' })
      .min(0, 'must be a number, 0 or more')
      .exactOptional()
      .describe('Its share; 1 unless given'),
    when: section(
      {
        tools: flag.describe('The request brings tools'),
        images: flag.describe('There is a picture in it'),
        json: flag.describe('It asks for JSON'),
        stream: flag.describe('It asks for a stream'),
        minTokens: count(0, 'must be a whole number of tokens').describe('Fewest tokens, estimated'),
        maxTokens: count(0, 'must be a whole number of tokens').describe('Most tokens, estimated'),
      },
      'Which requests it takes',
    ).exactOptional(),
  },
  'A provider and its model',
);

const policies = ['order', 'round-robin', 'weighted', 'lowest-latency', 'cheapest'] as const;
const numbers = z.record(
  z.string(),
  z.number({ error: 'must be a number, 0 or more' }).min(0, 'must be a number, 0 or more'),
  {
    error: 'must be numbers by providers',
  },
);

const stateUrl = text('must be memory, sqlite:… or redis://…').refine(
  isStateUrl,
  'must be memory, sqlite:… or redis://…',
);

/** The whole file. */
export const configSchema = section(
  {
    $schema: z.string().exactOptional(),
    address: address.exactOptional(),
    keys: texts('must be a key').exactOptional().describe('Keys of callers; without any, everybody may ask'),
    state: z
      .union(
        [
          stateUrl,
          section(
            {
              url: stateUrl.describe('Where it is'),
              onDown: z
                .enum(['open', 'closed'], { error: 'must be open or closed' })
                .exactOptional()
                .describe('What becomes of calls while it is away; closed unless given'),
              timeout: count(1, 'must be a whole number of ms').describe(
                'How long it may take, in ms; 1,000',
              ),
              ledgerDays: count(1, 'must be a whole number of days').describe(
                'For how many days requests are kept in the usage ledger; 90',
              ),
            },
            'Where virtual keys are kept, and how it is used',
          ),
        ],
        { error: 'must be memory, sqlite:…, redis://…, or a section with url' },
      )
      .exactOptional()
      .describe('Where virtual keys and what they have used are kept. A change needs a restart'),
    adminKey: text('must be a key of at least 16 characters')
      .refine((key) => key.trim().length >= 16, 'must be a key of at least 16 characters')
      .exactOptional()
      .describe('The key of the admin API; without it there is none'),
    cors: z
      .union([z.boolean(), z.array(origin, { error: 'must be a list of origins' })], {
        error: 'must be true, false or a list of origins',
      })
      .exactOptional()
      .describe('Pages of browsers that may ask'),
    limits: section(
      {
        bodyBytes: count(1, 'must be a whole number of bytes').describe('Most bytes of a body; 52,428,800'),
        bodyTimeout: count(1, 'must be a whole number of ms').describe(
          'How long a body may take, in ms; 30,000',
        ),
        keepAlive: ms('How long a stream may say nothing before a sign of life, in ms; 15,000; 0 for never'),
      },
      'Limits of requests',
    ).exactOptional(),
    providers: z
      .record(z.string(), provider, { error: 'must be providers by their ids' })
      .exactOptional()
      .describe('Who is asked, and with which keys; all that have a key in the environment unless given'),
    models: z
      .record(
        z.string(),
        z
          .array(z.union([text('must be provider:model'), target]), {
            error: 'must be a list of targets, such as openai:gpt-4o',
          })
          .min(1, 'must have at least one target'),
        { error: 'must be lists of targets by names' },
      )
      .exactOptional()
      .describe('Names of models of this gateway’s own, and who answers for them, in order'),
    routing: z
      .union(
        [
          z.enum(policies),
          section(
            {
              policy: z.enum(policies, { error: `must be one of ${policies.join(', ')}` }).exactOptional(),
              weights: numbers.exactOptional(),
              sticky: flag,
            },
            'Who of several is asked first',
          ),
        ],
        { error: `must be one of ${policies.join(', ')}, or a section with policy` },
      )
      .exactOptional()
      .describe('Who of several is asked first'),
    fallback: text('must be a provider, or provider:model')
      .exactOptional()
      .describe('Who stands in, openly, when nobody else can answer'),
    retired: z
      .enum(['error', 'successor'], { error: 'must be error or successor' })
      .exactOptional()
      .describe('What becomes of a model that has ended'),
    deadlines: section(
      {
        connect: ms('Until the connection stands; 10,000'),
        headers: ms('From there until the headers; 60,000'),
        firstContent: ms('From there until the first content; 120,000'),
        idle: ms('Between two contents; 60,000'),
        total: ms('The whole call; none'),
      },
      'Deadlines of calls in ms; 0 switches one off',
    ).exactOptional(),
    retries: count(0, 'must be a whole number, 0 or more').describe('How often a provider is asked again; 2'),
    hedge: section(
      { afterMs: z.number({ error: 'must be a number of ms' }).min(0, 'must be a number of ms') },
      'Starts the next provider when the first stays silent',
    ).exactOptional(),
    cache: z
      .union([
        z.boolean(),
        section(
          {
            shared: flag.describe(
              'Whether all gateways of the state have one cache; false. Needs a state of SQLite or Redis',
            ),
            ttl: count(1, 'must be a whole number of ms above 0').describe(
              'For how long an answer is good, in ms',
            ),
            maxEntries: count(1, 'must be a whole number above 0').describe(
              'How many answers are kept; 1,000',
            ),
            maxCharacters: count(1, 'must be a whole number above 0').describe(
              'How many characters they may have; 16 Mi',
            ),
            timing: flag.describe('Whether a stream is repeated with its pauses'),
            sampled: flag.describe('Whether answers are kept to requests with a temperature, too'),
          },
          'How answers are kept',
        ),
      ])
      .exactOptional()
      .describe('Whether equal calls get one answer'),
    responses: section(
      { keep: flag.describe('True unless given') },
      'Whether responses are kept for previous_response_id: in the state where it is SQLite or Redis, else in memory',
    ).exactOptional(),
    logging: z
      .union([
        z.boolean(),
        section(
          {
            level: z
              .enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' })
              .exactOptional()
              .describe('info unless given'),
            file: text('must be the path of a file')
              .exactOptional()
              .describe('Where lines are written; stdout unless given'),
          },
          'A line of JSON for each request',
        ),
      ])
      .exactOptional()
      .describe('Whether each request is logged'),
    metrics: z
      .union([
        z.boolean(),
        section(
          {
            key: text('must be a key').exactOptional().describe('Who may read them'),
            open: flag.describe('Nobody is asked for a key'),
          },
          'Who may read the counts',
        ),
      ])
      .exactOptional()
      .describe('Whether requests are counted, at /metrics'),
  },
  'The configuration of a gateway of g4f',
);

/** What a file holds, as it is written. */
export type GatewayConfig = z.input<typeof configSchema>;

/** What a file holds, read. */
export type Config = z.output<typeof configSchema>;

/** What it says of one provider. */
export type ProviderConfig = NonNullable<NonNullable<Config['providers']>[string]>;
