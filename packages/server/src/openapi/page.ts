// The document as a page: HTML and one style sheet of our own, without a script, so that nothing is loaded from anywhere else.
import { asObject, asText, type Json } from '../json/json.ts';
import { documentedPath, openapiDocument } from './document.ts';
import { type DocumentedOperation, OPERATIONS } from './operations.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);

/** The page. */
export const docsPage = (): string => {
  const apis = [...new Set(OPERATIONS.map(({ api }) => api))];
  const schemas = asObject(asObject(openapiDocument().components)?.schemas) ?? {};
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>g4f gateway: API</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<header><h1>g4f gateway</h1>
<p>OpenAI’s, Anthropic’s, Gemini’s and Ollama’s API over every provider. <a href="/openapi.json">openapi.json</a></p>
<nav>${apis.map((api) => `<a href="#${api}">${api}</a>`).join(' ')}</nav></header>
<main>
${apis
  .map(
    (api) =>
      `<section id="${api}"><h2>${api}</h2>\n${OPERATIONS.filter((one) => one.api === api)
        .map((one) => operationHtml(one, schemas))
        .join('\n')}</section>`,
  )
  .join('\n')}
</main>
</body>
</html>
`;
};

function operationHtml(operation: DocumentedOperation, schemas: Json): string {
  const [method = ''] = operation.route.split(' ');
  const { summary, body, isForm = false, streams, isOpen = false } = operation;
  const notes = [
    ...(isOpen ? ['no key is asked for'] : []),
    ...(streams === undefined ? [] : [`may answer ${streams}`]),
    ...(isForm ? ['a form (multipart/form-data)'] : []),
  ];
  const head = `<code class="${method.toLowerCase()}">${method}</code> <code>${escaped(documentedPath(operation))}</code> <span>${escaped(summary)}</span>`;
  const rest = `${notes.length === 0 ? '' : `<p>${escaped(notes.join('; '))}</p>`}${body === undefined ? '' : fieldsHtml(asObject(schemas[body]) ?? {})}`;
  return rest === ''
    ? `<p class="operation">${head}</p>`
    : `<details class="operation"><summary>${head}</summary>${rest}</details>`;
}

function fieldsHtml({ properties, required }: Json): string {
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  const rows = Object.entries(asObject(properties) ?? {}).map(
    ([name, schema]) =>
      `<tr><td><code>${escaped(name)}</code>${needed.includes(name) ? ' *' : ''}</td><td>${escaped(typeOf(asObject(schema) ?? {}))}</td></tr>`,
  );
  return `<table><thead><tr><th>field (* needed)</th><th>type</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** In a few words. */
function typeOf({ type, anyOf, enum: values, items }: Json): string {
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(', ');
  if (Array.isArray(anyOf))
    return [...new Set(anyOf.map((one) => typeOf(asObject(one) ?? {})))]
      .filter((one) => one !== 'null')
      .join(' or ');
  if (type === 'array') return `list of ${typeOf(asObject(items) ?? {})}`;
  return asText(type) ?? 'any';
}

/** The style sheet. */
export const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
nav a { margin-right: 1rem; }
.operation { border-top: 1px solid GrayText; margin: 0; padding: 0.5rem 0; }
summary { cursor: pointer; }
table { border-collapse: collapse; margin: 0.5rem 0; width: 100%; }
th, td { border-bottom: 1px solid GrayText; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
`;

/** Nothing but its own style sheet, in no frame. */
export const POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
