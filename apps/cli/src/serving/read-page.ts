// The files of the chat page, which the build puts beside this command.
import { readFileSync } from 'node:fs';
import type { GatewayPage } from './run-gateway.ts';

/** By path: the file, and its type. */
const FILES = {
  '/chat': ['index.html', 'text/html; charset=utf-8'],
  '/chat/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/chat/page.css': ['page.css', 'text/css; charset=utf-8'],
} as const;

/** The page. @throws Error where the command was not built with it. */
export const readChatPage = (): GatewayPage['page'] =>
  Object.fromEntries(
    Object.entries(FILES).map(([path, [name, type]]) => [
      path,
      { type, body: readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8') },
    ]),
  );
