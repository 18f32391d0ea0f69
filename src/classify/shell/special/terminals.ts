import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Call } from '../read/reading.ts';
import { takeApart } from '../words/options.ts';
import { scriptOf } from './wrappers.ts';

const VALUED = new Set('-t -s -n -c -f -L -S -e -F -x -y -l'.split(' '));
const OPENS = /^(new|new-session|new-window|neww|split-window|splitw|respawn-pane|respawn-window|display-popup|popup)$/;

/** `tmux new-session command`: what it opens runs the command. Undefined leaves everything else to the table. */
export function terminal(call: Call): Deed[] | undefined {
  const { plain } = takeApart(call.args, { valued: VALUED });
  const [verb, ...command] = plain;
  if (verb === undefined || !OPENS.test(verb.text) || command.length === 0) return undefined;
  const text = command.map((arg) => arg.text).join(' ');
  const script = { text, known: command.every((arg) => arg.known), quoted: true, ...call.at };
  return [deed('run', call.at, `"${call.name}" opens a terminal`), ...scriptOf(script, call)];
}
