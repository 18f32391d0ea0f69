import type { Programs } from '../program.ts';
import { copy, move, remove, rights, tee } from '../special/files.ts';
import { dd } from '../special/text-tools.ts';

/** Programs that make, move and delete files. */
export const FILES: Programs = {
  'rm rmdir unlink srm trash trash-put del erase rd grm': { special: remove },
  'shred wipe': { otherwise: 'lose', kind: 'filesystem' },
  'trash-empty trash-rm': { otherwise: 'lose', kind: 'filesystem' },
  truncate: { otherwise: 'overwrite', kind: 'filesystem' },
  'cp gcp install ln link ditto copy xcopy robocopy': { special: copy },
  'mv gmv rename move ren mmv': { special: move },
  'mkdir touch mkfifo md': {
    otherwise: 'write',
    valued: '-m -d -t -r --mode --date --reference',
    files: 'write',
    kind: 'filesystem',
  },
  mktemp: { otherwise: 'write', instead: [{ has: '-u --dry-run', is: 'rehearse' }] },
  mknod: { otherwise: 'disrupt' },
  'chmod chown chgrp setfacl chattr chflags icacls takeown cacls attrib': { special: rights },
  'tee sponge': { special: tee },
  dd: { special: dd },
  'dcfldd ddrescue': { otherwise: 'overwrite' },
  'xattr getfattr setfattr': { otherwise: 'write' },
  'format mkswap': { otherwise: 'lose' },
  fallocate: {
    otherwise: 'write',
    also: [{ has: '-p -c -z --punch-hole --collapse-range --zero-range', is: 'overwrite' }],
  },
  'open xdg-open start explorer': { otherwise: 'run' },
  'pbcopy pbpaste xclip xsel wl-copy wl-paste clip': { otherwise: 'write' },
};
