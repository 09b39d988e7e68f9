// A body for each route of a gateway that has all that the route knows.

type Json = Record<string, unknown>;

const messagesBody = (): Json => ({
  model: 'm',
  max_tokens: 5,
  stream: false,
  system: [{ type: 'text', text: 'x' }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'x' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
        { type: 'document', title: 'x', source: { type: 'text', data: 'x' } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'x', signature: 's' },
        { type: 'redacted_thinking', data: 'x' },
        { type: 'tool_use', id: 'a', name: 'f', input: {} },
      ],
    },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'x' }] }],
    },
  ],
  tools: [{ name: 'f', description: 'x', input_schema: { type: 'object' } }],
  tool_choice: { type: 'tool', name: 'f', disable_parallel_tool_use: true },
  thinking: { type: 'enabled', budget_tokens: 2000 },
  metadata: { user_id: 'x' },
  output_config: { effort: 'low', format: { schema: {} } },
  stop_sequences: ['x'],
});

const geminiBody = (): Json => ({
  contents: [
    {
      role: 'user',
      parts: [
        { text: 'x' },
        { inlineData: { mimeType: 'image/png', data: 'AAAA' } },
        { fileData: { fileUri: 'x', mimeType: 'x' } },
      ],
    },
    {
      role: 'model',
      parts: [
        { functionCall: { name: 'f', args: {} }, thoughtSignature: 'x' },
        { text: 'a', thought: true },
      ],
    },
    { role: 'user', parts: [{ functionResponse: { name: 'f', response: {} } }] },
  ],
  systemInstruction: { parts: [{ text: 'x' }] },
  tools: [
    {
      functionDeclarations: [
        { name: 'f', parameters: { type: 'OBJECT', properties: { a: { type: 'STRING', nullable: true } } } },
      ],
    },
    { googleSearch: {} },
  ],
  toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f'] } },
  generationConfig: {
    temperature: 1,
    stopSequences: ['x'],
    responseMimeType: 'application/json',
    responseSchema: { type: 'OBJECT' },
    thinkingConfig: { thinkingBudget: 5, thinkingLevel: 'LOW' },
    responseModalities: ['TEXT'],
    candidateCount: 1,
  },
  safetySettings: [{ category: 'x', threshold: 'y' }],
});

/** By route; `MODEL` stands for a name. */
export const SAMPLE_BODIES: Readonly<Record<string, () => Json>> = {
  '/v1/chat/completions': () => ({
    model: 'm',
    stream: false,
    n: 1,
    messages: [
      { role: 'system', content: 'x' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
          { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
          { type: 'file', file: { filename: 'x', file_data: 'data:application/pdf;base64,AAAA' } },
        ],
      },
      {
        role: 'assistant',
        content: 'x',
        refusal: null,
        reasoning: 'r',
        reasoning_details: [{ type: 'reasoning.text', text: 'a' }],
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: 'y' },
      { role: 'function', name: 'f', content: 'x' },
    ],
    tools: [
      {
        type: 'function',
        function: {
          name: 'f',
          description: 'x',
          parameters: { type: 'object', properties: { a: { type: 'string' } } },
          strict: true,
        },
      },
    ],
    tool_choice: { type: 'function', function: { name: 'f' } },
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } },
    stop: ['a'],
    stream_options: { include_usage: true },
    logit_bias: { a: 1 },
    metadata: { a: 'x' },
    user: 'x',
    web_search_options: {},
    audio: { voice: 'a', format: 'mp3' },
    modalities: ['text'],
    prediction: { type: 'content', content: 'x' },
    temperature: 1,
    max_tokens: 5,
    seed: 1,
  }),
  '/v1/messages': messagesBody,
  '/v1/messages/count_tokens': messagesBody,
  '/v1beta/models/MODEL:generateContent': geminiBody,
  '/v1beta/models/MODEL:streamGenerateContent': geminiBody,
  '/v1beta/models/MODEL:countTokens': () => ({ generateContentRequest: geminiBody() }),
  '/v1beta/models/MODEL:embedContent': () => ({
    content: { parts: [{ text: 'x' }] },
    taskType: 'x',
    outputDimensionality: 4,
  }),
  '/v1beta/models/MODEL:batchEmbedContents': () => ({
    requests: [{ model: 'models/m', content: { parts: [{ text: 'x' }] } }],
  }),
  '/api/chat': () => ({
    model: 'm',
    stream: false,
    messages: [
      { role: 'user', content: 'x', images: ['AAAA'] },
      {
        role: 'assistant',
        content: '',
        thinking: 'x',
        tool_calls: [{ function: { name: 'f', arguments: {} } }],
      },
      { role: 'tool', tool_name: 'f', content: 'x' },
    ],
    tools: [{ type: 'function', function: { name: 'f', parameters: {} } }],
    format: { type: 'object' },
    options: { num_predict: 5, stop: ['x'], temperature: 1 },
    think: true,
    keep_alive: '5m',
  }),
  '/api/generate': () => ({
    model: 'm',
    prompt: 'x',
    system: 'y',
    images: ['AAAA'],
    stream: false,
    options: { num_predict: -1 },
    format: 'json',
    think: 'low',
  }),
  '/api/embed': () => ({ model: 'm', input: ['x'], dimensions: 4, truncate: true }),
  '/api/show': () => ({ model: 'm' }),
  '/v1/responses': () => ({
    model: 'm',
    stream: false,
    instructions: 'x',
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'x' },
          { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
          { type: 'input_file', file_data: 'x', filename: 'x' },
        ],
      },
      {
        type: 'reasoning',
        id: 'r',
        summary: [{ type: 'summary_text', text: 'x' }],
        encrypted_content: 'g4f:[]',
      },
      { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: [{ type: 'input_text', text: 'x' }] },
      { type: 'custom_tool_call', call_id: 'b', name: 'f', input: 'x' },
      { type: 'item_reference', id: 'x' },
      { type: 'web_search_call', id: 'x' },
    ],
    tools: [
      { type: 'function', name: 'f', parameters: {} },
      { type: 'custom', name: 'c', format: { type: 'grammar', syntax: 'lark', definition: 'x' } },
      { type: 'web_search' },
    ],
    tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'f' }] },
    text: { format: { type: 'json_schema', name: 'x', schema: {} }, verbosity: 'low' },
    reasoning: { effort: 'low', summary: 'auto' },
    include: ['message.output_text.logprobs'],
    metadata: { a: 'b' },
    store: true,
    previous_response_id: 'resp_1',
    conversation: { id: 'x' },
    truncation: 'auto',
    max_output_tokens: 5,
  }),
  '/v1/completions': () => ({
    model: 'm',
    prompt: ['x'],
    suffix: 'y',
    n: 1,
    echo: false,
    logprobs: 1,
    stream: false,
    best_of: 1,
    stop: 'x',
  }),
  '/v1/embeddings': () => ({
    model: 'm',
    input: ['x', 'y'],
    encoding_format: 'float',
    dimensions: 4,
    user: 'x',
  }),
  '/v1/moderations': () => ({
    model: 'm',
    input: [
      { type: 'text', text: 'x' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
    ],
  }),
  '/v1/images/generations': () => ({
    model: 'm',
    prompt: 'x',
    n: 1,
    size: '1024x1024',
    response_format: 'b64_json',
    stream: false,
    quality: 'high',
    seed: 1,
  }),
  '/v1/audio/speech': () => ({
    model: 'm',
    input: 'x',
    voice: 'alloy',
    response_format: 'mp3',
    speed: 1,
    stream_format: 'audio',
    instructions: 'x',
  }),
};
