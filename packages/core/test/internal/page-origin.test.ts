// What a browser would send as the origin of a page.
import { expect, it } from 'vitest';
import { pageOriginOf } from '../../src/internal/page-origin.ts';

it.each([
  ['https://chat.example.com', 'https://chat.example.com'],
  [' https://Chat.Example.com:443/ ', 'https://chat.example.com'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://[::1]:80', 'http://[::1]'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ['chrome-extension://AbcDef', 'chrome-extension://AbcDef'],
])('%j is %j', (text, origin) => {
  expect(pageOriginOf(text)).toBe(origin);
});

it.each([
  '',
  'null',
  'chat.example.com',
  '//chat.example.com',
  'https://',
  'https://chat.example.com/path',
  'https://chat.example.com?query',
  'https://chat.example.com#part',
  'https://chat.example.com\\path',
  'https://user@chat.example.com',
  'https://*.example.com',
  'https://chat example.com',
  'https://chat.example.com:high',
])('%j is none', (text) => {
  expect(pageOriginOf(text)).toBeUndefined();
});
