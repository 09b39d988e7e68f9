// What a request cost, in US dollars: what the service says, else the maker's price where it surely holds. Never a guess.
import type { CostBasis, Usage } from '@g4f/core';
import { isFields } from '../options/plain-value.ts';
import type { Candidate } from '../routing/candidate.ts';
import type { Counts } from './counts.ts';

/** What was asked of whom. */
export interface PricedRequest {
  readonly candidate: Pick<Candidate, 'backend' | 'model' | 'withoutExtra'>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly extraBody: Readonly<Record<string, unknown>> | undefined;
}

/** A cost, and what it rests on. */
type KnownCost = { readonly cost: number; readonly cost_basis: CostBasis };

/** Ticks of a dollar. Source: https://docs.x.ai/developers/cost-tracking */
const TICKS = 1e10;

/** Tokens of a prompt up to which a price holds everywhere: beyond, some makers ask more. */
const SHORT_PROMPT = 128_000;
/** Makers that ask more for shorter ones already. Sources: https://www.alibabacloud.com/help/en/model-studio/models and https://open.bigmodel.cn/pricing */
const SHORTER: Readonly<Record<string, number>> = { qwen: 32_000, zhipu: 32_000 };

/** What it cost; undefined where that is not known. */
export const costOf = (usage: Counts, request: PricedRequest): KnownCost | undefined => {
  const said = saidIn(usage, request);
  return said === undefined ? byPrice(usage, request) : { cost: said, cost_basis: { source: 'service' } };
};

/** What the service says of this request, in the field where its documentation has it. */
function saidIn(
  usage: Counts & { readonly cost_in_usd_ticks?: unknown },
  { candidate: { backend } }: PricedRequest,
): number | undefined {
  const said = backend.costField === undefined ? undefined : usage[backend.costField];
  if (!isAmount(said)) return undefined;
  return backend.costField === 'cost_in_usd_ticks' ? said / TICKS : said;
}

function byPrice(
  usage: Partial<Usage>,
  { candidate, parameters, extraBody }: PricedRequest,
): KnownCost | undefined {
  const { backend, model, withoutExtra } = candidate;
  const { prices } = backend;
  const price =
    prices !== undefined && Object.hasOwn(prices.perMillion, model) ? prices.perMillion[model] : undefined;
  if (prices === undefined || price === undefined) return undefined;
  const { prompt_tokens: read, completion_tokens: written = 0 } = usage;
  if (!isAmount(read) || !isAmount(written) || read > (SHORTER[backend.id] ?? SHORT_PROMPT)) return undefined;
  if (
    hasOtherPrice(usage) ||
    hasSummary(usage) ||
    isPricedOtherwise(parameters) ||
    (!withoutExtra && isPricedOtherwise(extraBody))
  )
    return undefined;
  const [input, output] = price;
  const cost = Number(((read * input + written * output) / 1e6).toPrecision(12));
  const isBound = (usage.prompt_tokens_details?.cached_tokens ?? 0) > 0;
  const basis = { source: 'maker', input, output, date: prices.read } as const;
  return { cost, cost_basis: isBound ? { ...basis, at_most: true } : basis };
}

/** Sound, and what is written to a cache, cost more than text that is read. */
const hasOtherPrice = ({
  prompt_tokens_details: read,
  completion_tokens_details: written,
}: Partial<Usage>): boolean =>
  [read?.audio_tokens, read?.cache_write_tokens, written?.audio_tokens].some((count) => (count ?? 0) > 0);

/** Claude bills what it takes to sum a conversation up besides. Source: https://platform.claude.com/docs/en/build-with-claude/compaction */
const hasSummary = ({ iterations }: Partial<Usage> & { readonly iterations?: unknown }): boolean =>
  Array.isArray(iterations) && iterations.some((one) => isFields(one) && one.type === 'compaction');

/** Another tier, or a search or a tool of the service's own, which has a fee of its own. */
const isPricedOtherwise = ({
  service_tier: tier,
  web_search_options: search,
  tools,
}: Readonly<Record<string, unknown>> = {}): boolean =>
  (tier != null && tier !== 'auto' && tier !== 'default') ||
  search != null ||
  (Array.isArray(tools) && tools.some(isServiceTool));

const isServiceTool = (given: unknown): boolean =>
  isFields(given) && typeof given.type === 'string' && given.type !== 'function' && given.type !== 'custom';

const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY;
