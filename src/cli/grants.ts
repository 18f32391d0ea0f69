import type { GrantView } from '@gatehouse/sdk/contract';
import { grantListSchema, grantViewSchema } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { escapeText } from '../foreign/escape.ts';
import { timelineCells } from './action-card.ts';
import { Card } from './card.ts';
import { connectionFor } from './connection.ts';
import { EXIT } from './exit-codes.ts';
import { pathPart } from './find-approval.ts';
import { GateHttp } from './http.ts';
import { columns } from './layout.ts';
import type { CommonOptions } from './run-command.ts';
import { exitAsDocumented, runCommand, withConnection } from './run-command.ts';
import { cardStyle, listPage } from './show.ts';
import type { Terminal } from './terminal.ts';
import { colorsFor, processTerminal, say } from './terminal.ts';

interface ListOptions extends CommonOptions {
  live?: boolean;
  agent?: string;
  limit?: string;
  cursor?: string;
}

/** `gatehouse grants`: the standing permissions that people have given, and taking one back. */
export function addGrantsCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const grants = program.command('grants').description('standing permissions: what agents may do again without asking');
  const gateOf = (options: CommonOptions): GateHttp => new GateHttp(connectionFor(terminal, 'reviewer', options.url));

  withConnection(grants.command('list').description('list standing permissions, the newest first'))
    .option('--live', 'only those that can still be used')
    .option('--agent <agent>', 'only those of this agent')
    .option('--limit <number>', 'how many at most, 1 to 200')
    .option('--cursor <cursor>', 'go on where the page before ended')
    .action((options: ListOptions) =>
      runCommand(terminal, options, async () => {
        const { live, agent, limit, cursor } = options;
        const query = { live: live === true ? 'true' : undefined, agent, limit, cursor };
        const { text, value } = await gateOf(options).get('/grants', grantListSchema, { query });
        listPage(terminal, options, text, {
          head: ['PERMISSION', 'STATUS', 'NAME', 'AGENT', 'MAY', 'USED', 'UNTIL'],
          rows: value.grants.map(listRow),
          nextCursor: value.nextCursor,
          none: 'No standing permissions.',
        });
        return EXIT.done;
      }),
    );

  withConnection(grants.command('show').description('show one, with what happened to it'))
    .argument('<id>', 'of the permission')
    .action((id: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const { text, value } = await gateOf(options).get(`/grants/${pathPart(id)}`, grantViewSchema);
        if (options.json === true) say(terminal, text);
        else showGrant(terminal, value);
        return EXIT.done;
      }),
    );

  withConnection(grants.command('revoke').description('take one back: what it permitted until then stands'))
    .argument('<id>', 'of the permission')
    .requiredOption('--reason <text>', 'goes on record')
    .action((id: string, options: CommonOptions & { reason: string }) =>
      runCommand(terminal, options, async () => {
        const { reason } = options;
        const path = `/grants/${pathPart(id)}/revoke`;
        const { text, value } = await gateOf(options).post(path, grantViewSchema, { reason });
        const says = `${value.grantId} (${value.name}) is revoked; it was used ${value.used} of ${value.uses} times.`;
        say(terminal, options.json === true ? text : escapeText(says));
        return EXIT.done;
      }),
    );

  exitAsDocumented(grants, terminal);
}

function showGrant(terminal: Terminal, grant: GrantView): void {
  const card = new Card(cardStyle(terminal));
  card.heading(`Permission ${grant.grantId}`, statusOf(grant));
  card.row('name', grant.name);
  card.row('agent', grant.agent);
  card.row('may', grant.type);
  card.row('on', grant.target);
  card.row('answers', `what these rules ask: ${grant.rules.join(', ')}`);
  card.row('used', `${grant.used} of ${grant.uses} times`);
  card.row('until', grant.expiresAt);
  card.row('given', `by ${grant.givenBy} at ${grant.givenAt} with ${grant.approvalId}`);
  if (grant.revokedAt !== null) card.row('revoked', `by ${grant.revokedBy ?? 'nobody'} at ${grant.revokedAt}`);
  const isAny = !grant.exact && Object.keys(grant.arguments).length === 0;
  card.row('needs', isAny ? 'any arguments' : grant.exact ? 'exactly these arguments' : 'these among its arguments');
  if (!isAny) card.members('arguments', grant.arguments);
  for (const line of card.finish()) say(terminal, line);
  const timeline = grant.timeline ?? [];
  if (timeline.length === 0) return;
  say(terminal, `  ${colorsFor(terminal).dim('timeline')}`);
  for (const line of columns(timeline.map(timelineCells), '    ')) say(terminal, line);
}

function listRow(grant: GrantView): string[] {
  const { grantId, name, agent, type, target, used, uses, expiresAt } = grant;
  return [grantId, statusOf(grant), name, agent, `${type} on ${target}`, `${used} of ${uses}`, expiresAt];
}

function statusOf({ live, revokedAt, used, uses }: GrantView): string {
  if (live) return 'live';
  if (revokedAt !== null) return 'revoked';
  return used >= uses ? 'used up' : 'expired';
}
