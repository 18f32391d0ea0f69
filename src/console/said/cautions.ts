import type { ApprovalView } from '@gatehouse/sdk/contract';
import { digestAction } from '../../decide/digest.ts';
import { cautionsOf, escapeText, piecesOf } from '../../foreign/escape.ts';
import { jsonLines } from '../../foreign/json-lines.ts';

/** What a reviewer should not overlook: characters that hide or pose, and a digest that belongs to something else. */
export function cautionsFor(approval: ApprovalView): string[] {
  const { agent, behind, type, target, purpose, session, arguments: args } = approval;
  const texts: [string, string | null][] = [
    ['the agent', agent],
    ['its owner', behind.owner],
    ['its team', behind.team],
    ['where it runs', behind.environment],
    ...behind.chain.map((name): [string, string] => ['whom it acts for', name]),
    ['what it wants', type],
    ['the target', target],
    ['the purpose', purpose],
    ['the session', session],
  ];
  const said = texts.flatMap(([where, text]) => caution(where, piecesOf(text ?? '')));
  const ofArguments = Object.keys(args)
    .sort()
    .flatMap((name) => {
      const pieces = [...piecesOf(name), ...jsonLines(args[name] ?? null).flatMap((line) => line.pieces)];
      return caution(`the argument ${escapeText(name)}`, pieces);
    });
  const digest = digestFits(approval) ? [] : ['The digest does not belong to what is shown here: do not approve it.'];
  return [...digest, ...said, ...ofArguments];
}

/** Whether the digest that a verdict is bound to is the one of exactly what the page shows. */
export function digestFits({ type, target, arguments: args, agent, actionDigest }: ApprovalView): boolean {
  return digestAction({ type, target, arguments: args, agent }) === actionDigest;
}

function caution(where: string, pieces: Parameters<typeof cautionsOf>[0]): string[] {
  const kinds = cautionsOf(pieces);
  return kinds.length === 0 ? [] : [`Look closely at ${where}: ${kinds.join(', ')}.`];
}
