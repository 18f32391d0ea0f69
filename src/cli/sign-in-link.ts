import type { Command } from 'commander';
import { readSettings } from '../settings.ts';
import { listKeys } from '../store/keys.ts';
import { openStore } from '../store/open.ts';
import { makeLink } from '../store/sessions.ts';
import { CliError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';
import type { CommonOptions } from './run-command.ts';
import { exitAsDocumented, runCommand } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal, say, warn } from './terminal.ts';

interface LinkOptions extends CommonOptions {
  url?: string;
}

/** `gatehouse sign-in-link`: a way in for the holder of a key, once. Works on the store itself, so whoever can open it rules. */
export function addSignInLinkCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const command = program
    .command('sign-in-link')
    .description('print a link that signs the holder of a key in to the console, once, within 15 minutes')
    .argument('<key>', 'the id of the key, or how it begins; see `gatehouse keys list`')
    .option('--url <url>', 'where the console is; the default is GATEHOUSE_PUBLIC_URL, else this machine')
    .option('--json', 'print { link, name, expiresAt }')
    .action((wanted: string, options: LinkOptions) =>
      runCommand(terminal, options, async () => {
        const { link, name, expiresAt } = await makeLinkFor(terminal, wanted, options.url);
        if (options.json === true) say(terminal, JSON.stringify({ link, name, expiresAt }));
        else {
          say(terminal, link);
          warn(terminal, `Signs ${name} in, once, until ${expiresAt}. Whoever has it is ${name}.`);
        }
        return EXIT.done;
      }),
    );
  exitAsDocumented(command, terminal);
}

async function makeLinkFor(terminal: Terminal, wanted: string, url: string | undefined) {
  const settings = readSettings(terminal.env, terminal.cwd);
  const { store: target, publicUrl, host, port } = settings;
  const store = await openStore({ url: target.kind === 'sqlite' ? target.file : target.url });
  try {
    const fitting = (await listKeys(store)).filter(
      ({ id, prefix, role, revokedAt }) =>
        role !== 'agent' &&
        revokedAt === null &&
        (id === wanted || prefix.startsWith(wanted) || wanted.startsWith(prefix)),
    );
    const [key, ...others] = fitting;
    if (key === undefined || others.length > 0) {
      const problem = key === undefined ? 'No key of a person that is in force' : 'More than one key';
      throw new CliError(
        'not_found',
        `${problem} has that id or begins like that: see \`gatehouse keys list\`.`,
        EXIT.other,
      );
    }
    const { token, expiresAt } = await makeLink(store, key.id, Date.now());
    const base = (url ?? publicUrl ?? `http://${host}:${String(port)}`).replace(/\/$/, '');
    return {
      link: `${base}/console/sign-in?link=${token}`,
      name: key.principal,
      expiresAt: new Date(expiresAt).toISOString(),
    };
  } finally {
    await store.close();
  }
}
