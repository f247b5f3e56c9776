import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** What the terminal was asked with flags; undefined where a question is still needed. */
export interface SetupFlags {
  organisation?: string | undefined;
  name?: string | undefined;
  username?: string | undefined;
  'password-stdin'?: boolean | undefined;
}

export interface SetupAnswers {
  organisation: string;
  name: string;
  username: string;
  password: string;
}

/** Asks in the terminal for what the flags did not tell. Throws when there is no terminal to ask in. */
export async function askSetup(flags: SetupFlags): Promise<SetupAnswers> {
  const terminal = openTerminal();
  try {
    return {
      organisation: flags.organisation ?? (await terminal.ask('Name of the organisation: ')),
      name: flags.name ?? (await terminal.ask('Your own name: ')),
      username: flags.username ?? (await terminal.ask('Your user name (for example aino.koski): ')),
      password: flags['password-stdin'] ? await readInput() : await terminal.askHidden('Your password (10 or more): '),
    };
  } finally {
    terminal.close();
  }
}

function openTerminal() {
  let hidden = false;
  // What is typed is shown, but for a password.
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      if (!hidden) process.stdout.write(chunk);
      done();
    },
  });
  let lines: ReturnType<typeof createInterface> | undefined;
  const ask = (question: string) => {
    if (!process.stdin.isTTY) {
      throw new Error(
        'There is nobody to ask. Give --organisation NAME --name NAME --username NAME --password-stdin, and the password as input.',
      );
    }
    lines ??= createInterface({ input: process.stdin, output, terminal: true });
    return lines.question(question);
  };
  return {
    ask,
    askHidden: async (question: string) => {
      if (process.stdin.isTTY) process.stdout.write(question);
      hidden = true;
      const answer = await ask('');
      hidden = false;
      process.stdout.write('\n');
      return answer;
    },
    close: () => lines?.close(),
  };
}

/** The whole input, without the line end that echo adds. */
async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}
