/** Whether it is OpenAI's end mark, which proxies add to other wires as well. Payloads of content are long: only a short one is looked at. */
export const isEndMark = (data: string): boolean => data.length < 16 && data.trim() === '[DONE]';
