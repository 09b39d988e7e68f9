// The prompt of the AI SDK as messages in OpenAI's shapes.
import {
  type LanguageModelV3DataContent,
  type LanguageModelV3FilePart,
  type LanguageModelV3Message,
  type LanguageModelV3Prompt,
  type LanguageModelV3ToolResultPart,
  type SharedV3ProviderOptions,
  type SharedV3Warning,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import type { ContentPart, Message, ReasoningDetail, ToolCall } from '@g4f/core';
import { base64Of } from '../call/base64.ts';
import { NAME, unsupported } from '../call/call-options.ts';

type AssistantContent = Extract<LanguageModelV3Message, { role: 'assistant' }>['content'];
type ResultOutput = LanguageModelV3ToolResultPart['output'];
type ResultPart = Extract<ResultOutput, { type: 'content' }>['value'][number];

/** The messages. @param warn is told of what has no place in them. @throws UnsupportedFunctionalityError for a file of no known kind */
export const toMessages = (
  prompt: LanguageModelV3Prompt,
  warn: (warning: SharedV3Warning) => void,
): Message[] => prompt.flatMap((message) => messagesOf(message, warn));

function messagesOf(
  message: LanguageModelV3Message,
  warn: (warning: SharedV3Warning) => void,
): readonly Message[] {
  switch (message.role) {
    case 'system':
      return [{ role: 'system', content: message.content }];
    case 'user': {
      const [part, ...others] = message.content;
      return part?.type === 'text' && others.length === 0
        ? [{ role: 'user', content: part.text }]
        : [
            {
              role: 'user',
              content: message.content.map((one) =>
                one.type === 'text' ? textPart(one.text) : filePart(one),
              ),
            },
          ];
    }
    case 'assistant':
      return [assistantMessage(message.content, warn)];
    case 'tool':
      return message.content.flatMap((part) =>
        part.type === 'tool-result'
          ? [{ role: 'tool', tool_call_id: part.toolCallId, content: resultContent(part.output) }]
          : [],
      );
  }
}

const textPart = (text: string): ContentPart => ({ type: 'text', text });

function assistantMessage(content: AssistantContent, warn: (warning: SharedV3Warning) => void): Message {
  const said: ContentPart[] = [];
  const calls: ToolCall[] = [];
  const details: ReasoningDetail[] = [];
  let reasoning = '';
  for (const part of content) {
    if (part.type === 'text') said.push(textPart(part.text));
    else if (part.type === 'file') said.push(filePart(part));
    else if (part.type === 'tool-call' && part.providerExecuted !== true) calls.push(toolCall(part));
    else if (part.type === 'reasoning') {
      reasoning += part.text;
      details.push(...detailsOf(part.providerOptions));
    } else warn(unsupported('results of tools that a provider has run', 'they are not sent back'));
  }
  const [first, ...others] = said;
  const text = first?.type === 'text' ? first.text : calls.length > 0 ? null : '';
  return {
    role: 'assistant',
    content: first === undefined || (first.type === 'text' && others.length === 0) ? text : said,
    ...(reasoning !== '' && { reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

/** Reasoning in the form in which its service wants it back, as an answer gave it. */
function detailsOf(options: SharedV3ProviderOptions | undefined): readonly ReasoningDetail[] {
  const details: unknown = options?.[NAME]?.reasoning_details;
  return Array.isArray(details) ? details : [];
}

const toolCall = ({
  toolCallId,
  toolName,
  input,
  providerOptions,
}: Extract<AssistantContent[number], { type: 'tool-call' }>): ToolCall => ({
  ...Object(providerOptions?.[NAME]?.fields),
  id: toolCallId,
  type: 'function',
  function: { name: toolName, arguments: typeof input === 'string' ? input : JSON.stringify(input ?? {}) },
});

/** A file: images, sound and documents each have their own part. */
function filePart({ data, mediaType, filename }: LanguageModelV3FilePart): ContentPart {
  if (mediaType.startsWith('image/')) return imagePart(data, mediaType);
  if (data instanceof URL) throw new UnsupportedFunctionalityError({ functionality: `${mediaType} by URL` });
  if (mediaType.startsWith('audio/'))
    return { type: 'input_audio', input_audio: { data: base64Of(data), format: soundFormat(mediaType) } };
  return {
    type: 'file',
    file: { file_data: dataURL(data, mediaType), ...(filename !== undefined && { filename }) },
  };
}

const imagePart = (data: LanguageModelV3DataContent, mediaType: string): ContentPart => ({
  type: 'image_url',
  // A kind that nobody has told: services look at the bytes.
  image_url: { url: dataURL(data, mediaType === 'image/*' ? 'image/jpeg' : mediaType) },
});

const soundFormat = (mediaType: string): string => {
  const format = mediaType.slice('audio/'.length).replace(/^x-/, '');
  return format === 'mpeg' ? 'mp3' : format === 'wave' ? 'wav' : format;
};

function dataURL(data: LanguageModelV3DataContent, mediaType: string): string {
  if (data instanceof URL) return data.href;
  // The AI SDK may hand on an address as a text.
  if (typeof data === 'string' && /^(data|https?):/i.test(data)) return data;
  return `data:${mediaType};base64,${base64Of(data)}`;
}

function resultContent(output: ResultOutput): string | ContentPart[] {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return output.value;
    case 'json':
    case 'error-json':
      return JSON.stringify(output.value);
    case 'execution-denied':
      return output.reason ?? 'The user has denied the execution of this tool.';
    case 'content':
      return output.value.map(resultPart);
  }
}

function resultPart(part: ResultPart): ContentPart {
  switch (part.type) {
    case 'text':
      return textPart(part.text);
    case 'image-data':
      return imagePart(part.data, part.mediaType);
    case 'image-url':
      return { type: 'image_url', image_url: { url: part.url } };
    case 'file-data':
      return filePart({ ...part, type: 'file' });
    default:
      throw new UnsupportedFunctionalityError({
        functionality: `results of tools with a part "${part.type}"`,
      });
  }
}
