// The chat page: a message, a model, and an answer that streams and can be stopped.
import { askChat, type ChatMessage, failureOf, headersWith, KeyNeeded } from './ask.ts';
import { chatting, type ListedModel } from './choose-model.ts';
import { askForKey, elementOf, keptKey } from './gateway-key.ts';
import { MarkdownView } from './render.ts';

const MODEL = 'g4f-model';
const model = elementOf('model', HTMLInputElement);
const log = elementOf('log', HTMLElement);
const form = elementOf('ask', HTMLFormElement);
const question = elementOf('question', HTMLTextAreaElement);
const send = elementOf('send', HTMLButtonElement);
const stop = elementOf('stop', HTMLButtonElement);

let messages: readonly ChatMessage[] = [];
let running: AbortController | undefined;

/** Adds a message to the log. @returns its element. */
function add(kind: string, text = ''): HTMLElement {
  const element = document.createElement('div');
  element.className = kind;
  element.textContent = text;
  log.append(element);
  element.scrollIntoView({ block: 'end' });
  return element;
}

/** Whether the person looks at the end: then it stays in sight while the answer grows. */
const isAtEnd = (): boolean => log.scrollHeight - log.scrollTop - log.clientHeight < 80;

function setRunning(controller: AbortController | undefined): void {
  running = controller;
  send.hidden = controller !== undefined;
  stop.hidden = controller === undefined;
}

async function ask(text: string): Promise<void> {
  const controller = new AbortController();
  setRunning(controller);
  add('message user', text);
  const asked: readonly ChatMessage[] = [...messages, { role: 'user', content: text }];
  const view = new MarkdownView(add('message answer'));
  let answer = '';
  let from = '';
  let end: string | null = null;
  try {
    for await (const piece of askChat({
      ...{ model: model.value.trim(), messages: asked, key: keptKey(), signal: controller.signal },
    })) {
      const follows = isAtEnd();
      answer += piece.text;
      from = `${piece.provider}:${piece.model}`;
      end = piece.finish ?? end;
      view.write(piece.text);
      if (follows) log.scrollTop = log.scrollHeight;
    }
    if (end === 'length') add('note', 'The answer is cut: it reached its limit of tokens.');
    add('note', from);
  } catch (error) {
    // Another chat has begun.
    if (running !== controller) return;
    if (error instanceof KeyNeeded) return await askAgain(text);
    if (controller.signal.aborted) add('note', 'Stopped.');
    else add('error', error instanceof Error ? error.message : String(error));
    // What was not answered at all may be asked once more.
    if (answer === '' && question.value === '') question.value = text;
  } finally {
    view.end();
    if (running === controller) setRunning(undefined);
  }
  if (answer !== '') messages = [...asked, { role: 'assistant', content: answer }];
}

/** With a key, if the person has one. */
async function askAgain(text: string): Promise<void> {
  for (const element of [log.lastElementChild, log.lastElementChild?.previousElementSibling])
    element?.remove();
  if (await askForKey()) {
    void listModels();
    return ask(text);
  }
  question.value = text;
}

/** Offers the models that the gateway has; without the list a name can be typed all the same. */
async function listModels(): Promise<void> {
  const response = await fetch('/v1/models', { headers: headersWith(keptKey()) });
  if (!response.ok) {
    if (response.status !== 401) add('error', (await failureOf(response)).message);
    return;
  }
  const { data }: { readonly data: readonly ListedModel[] } = await response.json();
  const models = chatting(data);
  const options = models.map(({ id }) => {
    const option = document.createElement('option');
    option.value = id;
    return option;
  });
  elementOf('models', HTMLDataListElement).replaceChildren(...options);
  if (model.value === '') model.value = models[0]?.id ?? '';
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = question.value.trim();
  if (text === '' || running !== undefined) return;
  if (model.value.trim() === '') return model.focus();
  question.value = '';
  void ask(text);
});
question.addEventListener('keydown', (event) => {
  // Enter that ends a composition (Japanese, Chinese) is no end of the message.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
stop.addEventListener('click', () => running?.abort());
elementOf('new', HTMLButtonElement).addEventListener('click', () => {
  running?.abort();
  setRunning(undefined);
  messages = [];
  log.replaceChildren();
  question.focus();
});
model.addEventListener('change', () => localStorage.setItem(MODEL, model.value.trim()));

// What the command chose stands behind the address, and is sent to nobody.
model.value = new URLSearchParams(location.hash.slice(1)).get('model') ?? localStorage.getItem(MODEL) ?? '';
question.focus();
listModels().catch(() => add('error', 'The gateway cannot be reached.'));
