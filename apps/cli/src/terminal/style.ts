// Colours, where the stream is a terminal and nobody asked for none.
import { styleText } from 'node:util';

/** A colour or a weight that the terminal has. */
export type Style = Parameters<typeof styleText>[0];

/** Puts a style around a text, or gives the text as it is. */
export type Painter = (style: Style, text: string) => string;

/** Whether this stream gets colours: https://no-color.org, https://force-color.org. */
const hasColours = (stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): boolean => {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
};

/** The painter of a stream. */
export const painterOf = (stream: NodeJS.WriteStream): Painter =>
  hasColours(stream) ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
