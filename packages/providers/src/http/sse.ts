// Server-sent events from the lines of a body.
// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import { type Frame, type FrameDecoder, MAX_FRAME_BYTES, tooLong } from './frames.ts';
import { createWholeLines } from './whole-lines.ts';

/**
 * Long because its steps share one state: the event that is not yet complete.
 *
 * @param provider who speaks, for errors.
 */
export const createSseDecoder = (provider: string, maxBytes = MAX_FRAME_BYTES): FrameDecoder => {
  const wholeLines = createWholeLines(provider, maxBytes);
  let atStart = true;
  let event = '';
  let data: string | undefined;

  const addData = (value: string): void => {
    if (data === undefined) {
      data = value;
      return;
    }
    data += `\n${value}`;
    if (data.length > maxBytes) throw tooLong(provider, 'event', maxBytes);
  };

  const line = (text: string, events: Frame[]): void => {
    if (text === '') {
      if (data !== undefined) events.push({ event: event || 'message', data });
      event = '';
      data = undefined;
    } else if (text.startsWith('data:')) {
      addData(text.slice(text.charCodeAt(5) === 0x20 ? 6 : 5));
    } else if (text.startsWith('event:')) {
      event = text.slice(text.charCodeAt(6) === 0x20 ? 7 : 6);
    } else if (text === 'data') addData('');
    else if (text === 'event') event = '';
  };

  const lines = (text: string, events: Frame[]): void => {
    let from = 0;
    if (atStart && text !== '') {
      atStart = false;
      if (text.charCodeAt(0) === 0xfeff) from = 1;
    }
    if (text.includes('\r')) {
      const all = text.slice(from).split(/\r\n|\r|\n/);
      all.pop();
      for (const one of all) line(one, events);
      return;
    }
    for (let to = text.indexOf('\n', from); to !== -1; to = text.indexOf('\n', from)) {
      line(text.slice(from, to), events);
      from = to + 1;
    }
  };

  return {
    push(bytes, events) {
      const text = wholeLines.push(bytes);
      if (text !== '') lines(text, events);
    },
    end(events) {
      lines(`${wholeLines.end()}\n\n`, events);
    },
  };
};
