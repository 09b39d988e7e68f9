// A provider that draws: what comes is an image, in the form that was asked for, and whatever a service does wrong is an error.
import type { ImageRequest, Provider } from '@g4f/core';
import { urlOf } from '@g4f/core/internal';
import { drawn, PNG } from '../../mock-wires/mock-images.ts';
import type { Check } from '../check.ts';
import { expect, expectEqual } from '../expectation.ts';
import { checkFailure } from '../failures.ts';
import { KIT_BASE, KIT_KEY } from '../play.ts';
import { draw, imageRequest, kitUpload, PROMPT } from './image-play.ts';
import { operationChecks } from './operation-checks.ts';
import type { OperationPlay } from './operation-play.ts';

/** The checks of `image`; none where there is no such method. */
export const imageChecks = (provider: Provider): readonly Check[] => {
  const more = [...answerChecks(provider), ...changeChecks(provider), downloadCheck(provider)];
  return operationChecks(provider, play, more);
};

const BYTES: Partial<ImageRequest> = { response_format: 'b64_json' };

const answerChecks = (provider: Provider): readonly Check[] => [
  {
    name: 'gives an image, or its address',
    async run() {
      const [part, ...others] = await drawWell(provider, {});
      expectEqual('parts after the first', others.length, 0);
      expect(part !== undefined && 'data' in part, 'one answer with data was expected');
      const [image] = part !== undefined && 'data' in part ? part.data : [];
      const isAddress = typeof image?.url === 'string' && urlOf(image.url) !== undefined;
      expect(isAddress || image?.b64_json === PNG, 'data[0] holds neither an address nor the image');
      expect(part !== undefined && 'created' in part && part.created > 0, 'created: it is missing');
    },
  },
  {
    name: 'gives the bytes where they are asked for',
    async run() {
      const [part] = await drawWell(provider, BYTES);
      const data = part !== undefined && 'data' in part ? part.data : [];
      expectEqual(
        'images',
        data.map(({ b64_json, url }) => ({ b64_json, url })),
        [{ b64_json: PNG, url: undefined }],
      );
    },
  },
  {
    name: 'gives each image as an event where a stream is asked for',
    async run() {
      const parts = await drawWell(provider, { stream: true });
      const last = parts.at(-1);
      expect(last !== undefined && 'type' in last, 'events were expected');
      if (last === undefined || !('type' in last)) return;
      expectEqual('type', last.type, 'image_generation.completed');
      expectEqual('b64_json', last.b64_json, PNG);
    },
  },
  {
    name: 'gives as many images as are asked for, or says that it did not',
    async run() {
      const { parts, error, context } = await draw(provider, drawn(), imageRequest({ n: 2 }));
      const [part] = parts;
      if (part === undefined || !('data' in part)) throw error;
      const isTold = context.warnings.some((warning) => warning.includes('2 images'));
      expect(part.data.length === 2 || isTold, `${part.data.length} came, and nothing was said of it`);
    },
  },
];

async function drawWell(provider: Provider, more: Partial<ImageRequest>) {
  const { parts, error } = await draw(provider, drawn(), imageRequest(more));
  if (error !== undefined) throw error;
  return parts;
}

/** Sent as it should be, or refused before anything is sent. */
const changeChecks = (provider: Provider): readonly Check[] =>
  (['edit', 'variation'] as const).map((task) => ({
    name:
      task === 'edit'
        ? 'changes an image, or says that it cannot'
        : 'varies an image, or says that it cannot',
    async run() {
      const request = imageRequest({ ...BYTES, task, image: [kitUpload()] });
      const { parts, error, context } = await draw(provider, drawn(), request);
      if (error === undefined) {
        const [part] = parts;
        expectEqual('image', part !== undefined && 'data' in part && part.data[0]?.b64_json, PNG);
        const [sent] = context.requests;
        expect(
          sent?.bodyStream !== undefined || sent?.body?.includes(PNG) === true,
          'the image to be changed was not sent',
        );
        return;
      }
      checkFailure(provider, error, ['invalid-request']);
      expectEqual('requests', context.requests.length, 0);
    },
  }));

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const play: OperationPlay<'image'> = {
  operation: 'image',
  request: imageRequest(BYTES),
  prompt: PROMPT,
  secret: 'Zürich',
  answer: drawn(),
  compare: ([part]) => expect(part !== undefined && 'data' in part, 'one answer with data was expected'),
  wrong: [
    ['an image of no bytes', drawn([''])],
    ['a web page in the place of the image', drawn([base64('<!doctype html><p>no</p>')])],
    ['a failure in the place of the image', drawn([base64('{"error":"it broke down"}')])],
  ],
  // Some services answer with the bytes alone, whose end nothing marks.
  cutIsWrong: false,
};

const downloadCheck = (provider: Provider): Check => ({
  name: 'sends its key with what it asks, and with nothing that it downloads',
  async run() {
    const { context } = await draw(provider, drawn(), imageRequest(BYTES));
    expect(context.requests.length > 0, 'nothing was sent');
    const hasKey = (provider.env ?? []).length > 0;
    for (const { url, body = '', headers } of context.requests) {
      expect(url.startsWith(new URL(KIT_BASE).origin), `url: ${url} is not where it was told to go`);
      expect(!`${url} ${body}`.includes(KIT_KEY), 'the key stands in the address or in the body');
      const holding = Object.values(headers).filter((value) => value.includes(KIT_KEY));
      const isDownload = url.endsWith('.png');
      expectEqual(`headers of ${url} that hold the key`, holding.length, hasKey && !isDownload ? 1 : 0);
    }
  },
});
