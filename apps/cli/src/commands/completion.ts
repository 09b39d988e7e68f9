// Completion in shells: a script that asks this command what may follow.
import type { Command } from 'commander';
import { settledConfig } from '../asking/open-client.ts';
import { allProviders } from '../asking/providers.ts';
import { UsageError } from '../failure/usage-error.ts';
import { out } from '../terminal/output.ts';

/** Lines to try. */
export const examples = [
  ['g4f completion bash > ~/.g4f.bash', 'writes the completion; source it in ~/.bashrc'],
  ['g4f completion zsh > ~/.g4f.zsh', 'the same for zsh: source it in ~/.zshrc'],
  ['g4f completion fish > ~/.g4f.fish', 'the same for fish: put it into ~/.config/fish/completions'],
] as const;

/** What each shell runs. The words go to the command as they are: nothing of them is evaluated. */
const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_g4f() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(
    g4f completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null
  )
}
complete -o default -F _g4f g4f
`,
  zsh: `_g4f() {
  local -a found
  found=("\${(@f)$(g4f completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  [[ -n "$found" ]] && compadd -- $found || _files
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _g4f g4f
`,
  fish: `function __g4f_words
  set -l typed (commandline -opc) (commandline -ct)
  g4f completion words -- $typed[2..-1] 2>/dev/null
end
complete -c g4f -a '(__g4f_words)'
`,
};

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .argument('<shell>', 'bash, zsh or fish; "words" prints what may follow the words after it, one a line')
    .argument('[words...]', 'the words that are typed, the last one perhaps in part')
    .action(completion);
};

async function completion(
  shell: string,
  words: readonly string[],
  _: unknown,
  command: Command,
): Promise<void> {
  if (shell === 'words') {
    const found = await following(command.parent ?? command, words);
    await out(found.map((word) => `${word}\n`).join(''));
    return;
  }
  const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (script === undefined) throw new UsageError(`there is no completion for "${shell}": bash, zsh or fish`);
  await out(script);
}

/** What may stand in the place of the last word. */
async function following(root: Command, words: readonly string[]): Promise<readonly string[]> {
  const [last = '', before] = [words.at(-1), words.slice(0, -1)];
  let command = root;
  for (const word of before) command = command.commands.find((one) => one.name() === word) ?? command;
  const option = before.at(-1) ?? '';
  const candidates = (await valuesOf(option)) ?? namesOf(command, last, before.length);
  return candidates.filter((word) => word.startsWith(last));
}

const namesOf = (command: Command, last: string, position: number): readonly string[] => {
  if (last.startsWith('-')) return command.options.map(({ long, short }) => long ?? short ?? '');
  // A command stands first, or after the command it belongs to.
  return command.parent === null && position > 0 ? [] : command.commands.map((one) => one.name());
};

async function valuesOf(option: string): Promise<readonly string[] | undefined> {
  const isModel = option === '-m' || option === '--model';
  if (!isModel && option !== '-p' && option !== '--provider') return undefined;
  const providers = await allProviders(await settledConfig());
  if (!isModel) return [...providers.keys()];
  return [...new Set([...providers.values()].flatMap(({ models }) => Object.keys(models)))];
}
