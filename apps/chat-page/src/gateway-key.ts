// The key of the gateway, where it asks for one: typed by the person, and kept until the tab is closed.
const NAME = 'g4f-key';

/** The key; empty where none was typed. */
export const keptKey = (): string => sessionStorage.getItem(NAME) ?? '';

/** Asks the person. Resolves when a key has been typed, or the question was closed. @returns whether there is one. */
export const askForKey = (): Promise<boolean> => {
  const dialog = elementOf('key-dialog', HTMLDialogElement);
  const field = elementOf('key', HTMLInputElement);
  return new Promise((resolve) => {
    const form = elementOf('key-form', HTMLFormElement);
    form.onsubmit = () => sessionStorage.setItem(NAME, field.value.trim());
    dialog.returnValue = '';
    dialog.onclose = () => {
      const isGiven = field.value.trim() !== '';
      field.value = '';
      resolve(isGiven);
    };
    dialog.showModal();
  });
};

/** An element of the page. @throws Error where the page is another one. */
export const elementOf = <E extends HTMLElement>(id: string, kind: new () => E): E => {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no ${id}.`);
  return element;
};
