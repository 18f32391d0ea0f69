import type { Programs } from '../program.ts';
import { rsync } from '../special/sockets.ts';

/** Backups, copies and synchronisation. */
export const BACKUPS: Programs = {
  rsync: { special: rsync },
  borg: {
    valued:
      '--repo -r --remote-path --lock-wait --rsh --format --last --first --prefix -P -a --glob-archives --compression -C --keep-daily --keep-weekly --keep-monthly --keep-last --keep-within',
    does: {
      look: 'list, info, diff, check, version, rlist, rinfo',
      write:
        'create, init, extract, export-tar, import-tar, mount, umount, upgrade, rename, key export, config, with-lock, transfer, serve',
      lose: 'delete, prune, compact, recreate, key change-passphrase, key change-location, key import, rcreate, rdelete, break-lock',
    },
    instead: [
      { on: 'delete, prune, recreate, extract, create', has: '-n --dry-run', is: 'rehearse' },
      { on: 'config', has: '-l --list', is: 'look' },
    ],
    also: [
      { on: 'check', has: '--repair', is: 'overwrite' },
      { on: 'break-lock', is: 'disrupt' },
    ],
    runs: '--rsh',
  },
  'restic rustic': {
    valued:
      '-r --repo -p --password-file --repository-file -o --option --host --tag --path --keep-last --keep-daily --target -t',
    does: {
      look: 'snapshots, ls, find, diff, stats, check, cat, list, version, cache, dump, key list, features',
      write: 'backup, init, restore, copy, mount, tag, generate, self-update, rebuild-index, recover, key add',
      lose: 'forget, prune, key remove, rewrite, key passwd, repair',
      disrupt: 'unlock, migrate',
    },
    instead: [{ on: 'forget, prune, backup, restore, rewrite', has: '-n --dry-run', is: 'rehearse' }],
    also: [
      { on: 'restore', has: '--delete --overwrite', is: 'overwrite' },
      { on: 'cache', has: '--cleanup', is: 'drop' },
    ],
    runs: '--password-command --stdin-from-command',
  },
  rclone: {
    valued:
      '--config --include --exclude --filter --transfers --checkers --bwlimit --log-file --min-age --max-age --backup-dir --drive-root-folder',
    does: {
      look: 'ls, lsd, lsl, lsf, lsjson, size, check, cryptcheck, cat, about, version, tree, md5sum, sha1sum, hashsum, ncdu, listremotes, config show, config file, checksum, config paths, backend features',
      secret: 'config dump, reveal, config reconnect',
      send: 'copy, copyto, copyurl, mkdir, touch, rcat, link, settier, obscure, mount, serve, config create, config update, config, gendocs, selfupdate, rc, rcd, config password, authorize',
      lose: 'delete, deletefile, purge, rmdir, rmdirs, cleanup, sync, move, moveto, dedupe, bisync, config delete, backend cleanup, config disconnect',
    },
    instead: [
      { has: '-n --dry-run --dry-run=true', is: 'rehearse' },
      { on: 'dedupe', has: '--dedupe-mode=list', is: 'look' },
    ],
  },
  'duplicity duplicati-cli': {
    otherwise: 'write',
    does: {
      look: 'list-current-files, collection-status, verify, compare, test, find',
      lose: 'remove-older-than, remove-all-but-n-full, remove-all-inc-of-but-n-full, cleanup, delete, purge-broken-files',
      overwrite: 'restore, repair',
    },
    instead: [{ has: '--dry-run', is: 'rehearse' }],
  },
  'rsnapshot timeshift snapper btrbk tarsnap bacula-console bconsole rdiff-backup kopia unison sanoid syncoid duply velero-plugin':
    {
      otherwise: 'write',
      verbs: true,
      does: {
        look: 'status, diff, list, du, configtest, get-config, list-configs, snapshot list, content stats, repository status, verify',
      },
      instead: [{ has: '--list -n --dry-run --list-archives', is: 'rehearse' }],
      also: [{ has: '--delete --delete-all --restore -d --nuke --remove-older-than --force', is: 'lose' }],
    },
  lftp: { otherwise: 'blind', valued: '-e -c -u -p -f', also: [{ has: '-e -c -f', is: 'blind' }] },
};
