// The header of a WAV file, before samples whose number is not known yet.
// Source: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html

/** What samples of 16 bits are. */
export interface Samples {
  /** In Hz. */
  readonly rate: number;
  readonly channels: number;
}

/** Of a file that is written while it is made, as players know it. */
const UNKNOWN_LENGTH = 0xffffffff;

const BYTES_PER_SAMPLE = 2;

/** 44 bytes, after which the samples follow. */
export const wavHeader = ({ rate, channels }: Samples): Uint8Array => {
  const header = new Uint8Array(44);
  const view = new DataView(header.buffer);
  const text = (at: number, letters: string): void => {
    for (let index = 0; index < letters.length; index++) header[at + index] = letters.charCodeAt(index);
  };
  text(0, 'RIFF');
  view.setUint32(4, UNKNOWN_LENGTH, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * BYTES_PER_SAMPLE, true);
  view.setUint16(32, channels * BYTES_PER_SAMPLE, true);
  view.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
  text(36, 'data');
  view.setUint32(40, UNKNOWN_LENGTH, true);
  return header;
};

/** The samples that a media type such as `audio/L16;codec=pcm;rate=24000` says; undefined if it says none. */
export const samplesOf = (mediaType: string): Samples | undefined => {
  if (!/^audio\/(?:l16|pcm)\b/i.test(mediaType)) return undefined;
  const number = (name: string, usual: number): number =>
    Number(new RegExp(`;\\s*${name}=(\\d{1,6})`, 'i').exec(mediaType)?.[1] ?? usual);
  return { rate: number('rate', 24_000), channels: number('channels', 1) };
};
