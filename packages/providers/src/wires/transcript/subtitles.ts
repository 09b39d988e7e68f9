// Segments → the text of a file of subtitles.
// Source: https://www.w3.org/TR/webvtt1/ and https://docs.fileformat.com/video/srt/
import type { TranscriptionSegment } from '@g4f/core';

/** The segments as SubRip. */
export const toSrt = (segments: readonly TranscriptionSegment[]): string =>
  segments
    .map(
      ({ start, end, text }, at) => `${at + 1}\n${time(start, ',')} --> ${time(end, ',')}\n${cue(text)}\n\n`,
    )
    .join('');

/** The segments as WebVTT. */
export const toVtt = (segments: readonly TranscriptionSegment[]): string =>
  `WEBVTT\n\n${segments.map(({ start, end, text }) => `${time(start, '.')} --> ${time(end, '.')}\n${cue(text)}\n\n`).join('')}`;

/** An empty line would end it, and an arrow would be a time. */
const cue = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
    .replaceAll('-->', '->');

/** @param seconds from the beginning. @param point what stands before the milliseconds. */
function time(seconds: number, point: string): string {
  const all = Math.max(0, Math.round(seconds * 1000));
  const [ms, s, min, h] = [
    all % 1000,
    Math.floor(all / 1000) % 60,
    Math.floor(all / 60_000) % 60,
    Math.floor(all / 3_600_000),
  ];
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(h)}:${two(min)}:${two(s)}${point}${String(ms).padStart(3, '0')}`;
}
