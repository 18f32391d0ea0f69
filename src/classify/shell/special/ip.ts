import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Call } from '../read/reading.ts';
import { hasOption, takeApart } from '../words/options.ts';

const VALUED = new Set('-f -n -netns -family -rcvbuf -loops -l'.split(' '));
/** Words of `ip` may be shortened to any beginning of theirs. */
const LOOKS = ['show', 'list', 'lst', 'ls', 'get', 'help', 'identify', 'pids', 'monitor', 'save', 'showdump'];
const ADDS = ['add', 'append'];

/** `ip object command`: without a command it shows. */
export function ip(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: VALUED, longDash: true });
  if (hasOption(options, ['-batch', '-b', '-force']))
    return [deed('blind', call.at, 'runs commands from a file that is not read')];
  const [object, command, ...rest] = options.plain.map((arg) => arg.text);
  if (object === undefined || command === undefined) return [deed('look', call.at, '"ip" only shows')];
  const shown = `"ip ${object.slice(0, 20)} ${command.slice(0, 20)}"`;
  if ('netns'.startsWith(object) && command === 'exec') {
    return [deed('run', call.at, 'runs in another network'), ...call.reading.argv(options.plain.slice(3), call.input)];
  }
  if (rest[0] === 'help' || LOOKS.some((word) => word.startsWith(command)))
    return [deed('look', call.at, `${shown} only shows`)];
  if (ADDS.some((word) => word.startsWith(command))) return [deed('admin', call.at, `${shown} changes the network`)];
  return [deed('disrupt', call.at, `${shown} takes something of the network away or changes it`)];
}
