import type { Command } from 'commander';
import { gateUrl } from './connection.ts';
import { checkApi } from './doctor/api.ts';
import type { Check } from './doctor/check.ts';
import { checkDataFolder, checkNode, checkSecrets, checkSettings } from './doctor/machine.ts';
import { checkNotices } from './doctor/notices.ts';
import { checkPolicy } from './doctor/policy.ts';
import { checkStore } from './doctor/store.ts';
import { checkBinary, checkTemporal } from './doctor/temporal.ts';
import { escapeText } from '../foreign/escape.ts';
import { EXIT } from './exit-codes.ts';
import { columns } from './layout.ts';
import type { CommonOptions } from './run-command.ts';
import { exitAsDocumented, runCommand } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { colorsFor, processTerminal, say } from './terminal.ts';

/** `gatehouse doctor`: what is right and wrong here, each with its fix. Starts nothing and changes nothing. */
export function addDoctorCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const doctor = program
    .command('doctor')
    .description('check this installation; starts nothing and changes nothing')
    .option('--url <url>', 'address of the gate (else GATEHOUSE_URL, else this machine with GATEHOUSE_PORT)')
    .option('--json', 'print { ok, checks } as JSON')
    .action((options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const checks = await examine(terminal, options.url);
        const healthy = checks.every(({ state }) => state !== 'fail');
        if (options.json === true) say(terminal, JSON.stringify({ ok: healthy, checks }));
        else print(terminal, checks);
        return healthy ? EXIT.done : EXIT.other;
      }),
    );
  exitAsDocumented(doctor, terminal);
}

async function examine(terminal: Terminal, url: string | undefined): Promise<Check[]> {
  const { settings, checks } = checkSettings(terminal.env, terminal.cwd);
  const found = [checkNode(), ...checks];
  // Without settings there is no telling where everything else is.
  if (settings === undefined) return found;
  found.push(checkDataFolder(settings), ...checkSecrets(settings), await checkBinary(settings, terminal.env));
  const ofTemporal = await checkTemporal(settings);
  found.push(...ofTemporal, await checkStore(settings.store), ...checkPolicy(settings.policyDir));
  found.push(...checkNotices(settings, terminal.env));
  const upHere = settings.temporal.kind === 'embedded' && ofTemporal.some(({ state }) => state === 'ok');
  return [...found, ...(await checkApi(gateUrl(terminal, url), upHere))];
}

function print(terminal: Terminal, checks: readonly Check[]): void {
  const { green, yellow, red, dim } = colorsFor(terminal);
  const words = { ok: green('ok'), warn: yellow('warn'), fail: red('fail') };
  const lines = columns(checks.map(({ state, name, says }) => [words[state], name, escapeText(says)]));
  checks.forEach(({ fix }, at) => {
    say(terminal, lines[at] ?? '');
    if (fix !== null) say(terminal, dim(`      fix: ${escapeText(fix)}`));
  });
}
