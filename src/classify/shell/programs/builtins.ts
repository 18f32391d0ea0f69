import type { Programs } from '../program.ts';

/** Builtins of the shell. */
export const BUILTINS: Programs = {
  ': true false [ test [[ pwd times wait jobs bg fg type hash which whereis whatis getopts shift break continue return exit logout let dirs caller compgen complete bind umask } then do done fi else help printenv':
    { otherwise: 'look' },
  'cd pushd popd': { otherwise: 'look' },
  'set shopt setopt unsetopt': { otherwise: 'look' },
  'export declare typeset local readonly': { otherwise: 'look', also: [{ has: '-f', is: 'run' }] },
  unset: { otherwise: 'look', does: { disrupt: 'HISTFILE, HISTSIZE, HISTFILESIZE, PROMPT_COMMAND' } },
  'read mapfile readarray': { valued: '-a -d -i -n -N -p -t -u -O -s -c', otherwise: 'look', runs: '-C' },
  'unalias enable ulimit disown': { otherwise: 'write' },
  history: { otherwise: 'look', also: [{ has: '-c -d -w -a -r -n', is: 'disrupt' }] },
  fc: { otherwise: 'run', instead: [{ has: '-l', is: 'look' }] },
  '{': { special: (call) => call.reading.argv(call.args, call.input) },
};
