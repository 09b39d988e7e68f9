// The bodies of Anthropic's, Gemini's and Ollama's API, as far as the gateway looks into them; what else they hold goes to the provider.
import * as z from 'zod';

const texts = z.array(z.string());
const blocks = z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]);
const anthropicTool = z.looseObject({
  name: z.string(),
  description: z.string().optional(),
  input_schema: z.looseObject({}).optional(),
});

const messages = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant', 'system']), content: blocks })),
  system: blocks.optional(),
  max_tokens: z.int().optional(),
  stream: z.boolean().optional(),
  stop_sequences: texts.optional(),
  temperature: z.number().optional(),
  tools: z.array(anthropicTool).optional(),
  tool_choice: z.looseObject({ type: z.enum(['auto', 'any', 'tool', 'none']) }).optional(),
  thinking: z.looseObject({ type: z.string() }).optional(),
});

const content = z.looseObject({
  role: z.string().optional(),
  parts: z.array(z.looseObject({ text: z.string().optional() })),
});

const generate = z.looseObject({
  contents: z.union([z.string(), content, z.array(content)]),
  systemInstruction: content.optional(),
  generationConfig: z
    .looseObject({ maxOutputTokens: z.int().optional(), temperature: z.number().optional() })
    .optional(),
  tools: z.array(z.looseObject({})).optional(),
  toolConfig: z.looseObject({}).optional(),
});
const embedContent = z.looseObject({ content, outputDimensionality: z.int().optional() });

const options = z
  .looseObject({ temperature: z.number().optional(), num_predict: z.int().optional() })
  .optional();
const ollamaCommon = {
  model: z.string(),
  stream: z.boolean().optional(),
  think: z.union([z.boolean(), z.string()]).optional(),
  options,
};
const image = z.string().describe('base64');

const BODIES = {
  AnthropicMessages: messages,
  AnthropicCount: messages,
  GeminiGenerate: generate,
  GeminiCount: z.looseObject({
    contents: generate.shape.contents.optional(),
    generateContentRequest: generate.optional(),
  }),
  GeminiEmbed: embedContent,
  GeminiEmbedBatch: z.looseObject({ requests: z.array(embedContent) }),
  OllamaChat: z.looseObject({
    ...ollamaCommon,
    messages: z.array(
      z.looseObject({ role: z.string(), content: z.string(), images: z.array(image).optional() }),
    ),
    tools: z.array(z.looseObject({})).optional(),
    format: z.union([z.string(), z.looseObject({})]).optional(),
  }),
  OllamaGenerate: z.looseObject({
    ...ollamaCommon,
    prompt: z.string().optional(),
    system: z.string().optional(),
    images: z.array(image).optional(),
  }),
  OllamaEmbed: z.looseObject({
    model: z.string(),
    input: z.union([z.string(), texts]),
    dimensions: z.int().optional(),
  }),
  OllamaShow: z.looseObject({ model: z.string() }),
} as const;

/** The bodies as JSON Schema, by their names. */
export const dialectBodies = (): Readonly<Record<string, object>> =>
  Object.fromEntries(
    Object.entries(BODIES).map(([name, schema]) => {
      const { $schema: _, ...json } = z.toJSONSchema(schema);
      return [name, json];
    }),
  );
