// What a request needs besides text, and which candidates do not declare it: these are asked last, and warned of.
import type { ChatFeature, ChatRequest, Content, ContentPart } from '@g4f/core';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import type { Candidate } from './candidate.ts';

/** What may be ignored where a feature is missing. */
const AT_STAKE: Readonly<Record<ChatFeature, string>> = {
  tools: 'tools',
  images: 'the images in messages',
  audio: 'the audio in messages',
  files: 'the files in messages',
  'json-schema': 'response_format',
  reasoning: 'reasoning_effort',
};

const OF_PART: ReadonlyMap<ContentPart['type'], ChatFeature> = new Map([
  ['image_url', 'images'],
  ['input_audio', 'audio'],
  ['file', 'files'],
] as const);

/** The kinds of input that a model itself must take. What is known of models says nothing of files. */
const OF_MODEL = { images: 'image', audio: 'audio' } as const;

/** What the request needs besides text; most need nothing. */
export function needsOf({
  tools,
  response_format,
  reasoning_effort,
  messages,
}: ChatRequest): readonly ChatFeature[] {
  const needs: ChatFeature[] = [];
  if (Array.isArray(tools) && tools.length > 0) needs.push('tools');
  if (response_format?.type === 'json_schema') needs.push('json-schema');
  if (reasoning_effort != null && reasoning_effort !== 'none') needs.push('reasoning');
  for (const { content } of messages) addPartsOf(content, needs);
  return needs;
}

/** Looked at with care: the small client does not check what stands in a message. */
function addPartsOf(content: Content | null | undefined, needs: ChatFeature[]): void {
  if (!Array.isArray(content)) return;
  const parts: readonly (Partial<ContentPart> | null)[] = content;
  for (const part of parts) {
    const feature = part?.type === undefined ? undefined : OF_PART.get(part.type);
    if (feature !== undefined && !needs.includes(feature)) needs.push(feature);
  }
}

/** What the provider does not declare of these needs. One that declares nothing is taken to have all. */
const undeclared = (
  { features }: Pick<ProviderEntry, 'features'>,
  needs: readonly ChatFeature[],
): readonly ChatFeature[] => (features === undefined ? [] : needs.filter((need) => !features.includes(need)));

/** What is told of it. @param who the provider, or the model. */
const warningOf = (who: string, lack: ChatFeature): string =>
  `${who} does not declare ${lack}; it may ignore ${AT_STAKE[lack]}`;

/**
 * The candidates, each knowing what it lacks of these needs.
 * @param takes the kinds of input that the model is known to take; undefined if that is not known.
 */
export const withLacks = (
  candidates: readonly Candidate[],
  needs: readonly ChatFeature[],
  takes: readonly string[] | undefined,
): readonly Candidate[] => {
  const refused = needs.filter(
    (need) => takes !== undefined && isOfModel(need) && !takes.includes(OF_MODEL[need]),
  );
  return candidates.map((candidate) => {
    const lacks = undeclared(candidate.backend, needs);
    // What the model that was asked for takes says nothing of another in its place.
    const ofModel = candidate.insteadOf === undefined ? refused.filter((need) => !lacks.includes(need)) : [];
    if (lacks.length + ofModel.length === 0) return candidate;
    const warnings = [
      ...lacks.map((lack) => warningOf(candidate.backend.id, lack)),
      ...ofModel.map((lack) => warningOf(candidate.model, lack)),
    ];
    return { ...candidate, lacks: true, warnings: [...(candidate.warnings ?? []), ...warnings] };
  });
};

/** Whether a family's kinds of input count for these needs. */
export const concernModel = (needs: readonly ChatFeature[]): boolean => needs.some(isOfModel);

const isOfModel = (need: ChatFeature): need is keyof typeof OF_MODEL => Object.hasOwn(OF_MODEL, need);
