import type { Programs } from '../program.ts';

/** What only macOS has. */
export const MACOS: Programs = {
  defaults: {
    valued: '-host',
    does: { look: 'read, read-type, domains, find, help', write: 'write, rename, export', lose: 'delete, import' },
    special: (call) =>
      call.args[0]?.text === 'export' && call.args.at(-1)?.text === '-'
        ? [{ effect: 'look', at: call.at, says: '"defaults" prints settings' }]
        : undefined,
  },
  diskutil: {
    kind: 'filesystem',
    longDash: true,
    does: {
      look: `list, info, activity, listFilesystems, verifyVolume, verifyDisk, apfs list, apfs listUsers, apfs listSnapshots, ap list, apfs listVolumeGroups, apfs listCryptoUsers, appleRAID list, coreStorage list, cs list, coreStorage info, cs info, listClones, isEncrypted, apfs $, appleRAID $, cs $, coreStorage $`,
      write: 'mount, mountDisk, rename, enableOwnership, repairPermissions, apfs unlockVolume',
      disrupt:
        'unmount, umount, unmountDisk, eject, disableOwnership, disableJournal, enableJournal, apfs lockVolume, moveJournal, repairVolume, repairDisk, apfs encryptVolume, apfs decryptVolume, apfs addVolume, apfs resizeContainer, resizeVolume, apfs changePassphrase',
      lose: 'eraseDisk, eraseVolume, reformat, partitionDisk, secureErase, zeroDisk, randomDisk, eraseOptical, mergePartitions, splitPartition, deletePartition, addPartition, apfs deleteVolume, apfs deleteContainer, apfs deleteSnapshot, apfs eraseVolume, apfs create, apfs createContainer, appleRAID delete, appleRAID create, appleRAID remove, coreStorage delete, cs delete, cs deleteVolume, apfs deleteVolumeGroup, apfs defragment',
    },
  },
  hdiutil: {
    longDash: true,
    valued: '-format -o -volname -fs -size -srcfolder -type -encryption -mountpoint',
    does: {
      look: 'info, imageinfo, verify, checksum, plugins, pmap, isencrypted, help, fsid, udifderez',
      write:
        'create, attach, mount, convert, makehybrid, segment, mountvol, internet-enable, unflatten, flatten, udifrez',
      disrupt: 'detach, eject, unmount, unmountvol, resize, compact, chpass',
      lose: 'erasekeys, burn',
    },
  },
  tmutil: {
    does: {
      look: 'status, latestbackup, listbackups, listlocalsnapshots, listlocalsnapshotdates, destinationinfo, machinedirectory, isexcluded, compare, uniquesize, calculatedrift, version, verifychecksums, currentphase',
      write: 'startbackup, localsnapshot, snapshot, inheritbackup, associatedisk, addexclusion, enable, setdestination',
      lose: 'delete, deletelocalsnapshots, thinlocalsnapshots, restore, deleteinprogress',
      disrupt: 'disable, stopbackup, removedestination, removeexclusion, disablelocal, enablelocal, setquota',
    },
  },
  csrutil: { otherwise: 'disrupt', does: { look: 'status, report, authenticated-root status, netboot list' } },
  spctl: {
    otherwise: 'disrupt',
    instead: [
      {
        has: '--status --assess -a --test-devid-status --list',
        lacks:
          '--master-disable --master-enable --global-disable --global-enable --add --remove --disable --enable --reset-default',
        is: 'look',
      },
    ],
  },
  fdesetup: {
    otherwise: 'disrupt',
    does: {
      look: 'status, list, isactive, haspersonalrecoverykey, hasinstitutionalrecoverykey, usingrecoverykey, supportsauthrestart, version',
    },
  },
  profiles: {
    otherwise: 'disrupt',
    does: { look: 'list, show, status, validate, version, help', lose: 'remove' },
    instead: [{ has: '-P -L -C -H -S -h', lacks: '-R -D -I -i -r -N', is: 'look' }],
  },
  systemsetup: {
    otherwise: 'disrupt',
    longDash: true,
    special: (call) =>
      call.args.length > 0 &&
      call.args
        .filter((arg) => arg.text.startsWith('-'))
        .every((arg) => /^-(get|list|print|help|version)/.test(arg.text))
        ? [{ effect: 'look', at: call.at, says: 'asks for a setting of the system' }]
        : undefined,
  },
  networksetup: {
    otherwise: 'disrupt',
    longDash: true,
    special: (call) =>
      call.args.length > 0 &&
      call.args
        .filter((arg) => arg.text.startsWith('-'))
        .every((arg) => /^-(get|list|is|show|print|help|version)/.test(arg.text))
        ? [{ effect: 'look', at: call.at, says: 'asks for a setting of the network' }]
        : undefined,
  },
  pmset: { otherwise: 'disrupt', longDash: true, instead: [{ has: '-g', is: 'look' }] },
  nvram: {
    otherwise: 'disrupt',
    instead: [{ has: '-p -x', lacks: '-d -c -f', is: 'look' }],
    also: [{ has: '-d -c', is: 'lose' }],
  },
  'dscl dsmemberutil': {
    otherwise: 'disrupt',
    longDash: true,
    does: { look: 'checkmembership, getuuid, getid' },
    special: (call) => {
      const verb = call.args
        .map((arg) => arg.text)
        .find((text, index) => (index > 0 || text.startsWith('-')) && /^-?[a-z]+$/i.test(text) && text !== 'localhost');
      return verb !== undefined && /^-?(read|readall|readpl|readpli|list|ls|cat|search|diff|authonly)$/i.test(verb)
        ? [{ effect: 'look', at: call.at, says: 'looks into a directory of users' }]
        : undefined;
    },
  },
  'sysadminctl dseditgroup': {
    otherwise: 'disrupt',
    longDash: true,
    instead: [
      {
        has: '-secureTokenStatus -o=read -o=checkmember',
        lacks: '-addUser -deleteUser -resetPasswordFor -newPassword',
        is: 'look',
      },
    ],
    valued: '-o -secureTokenStatus -u -p -t -n',
  },
  scutil: {
    otherwise: 'disrupt',
    instead: [{ has: '--dns --proxy --nwi --get -r -w', lacks: '--set --nc --prefs', is: 'look' }],
    special: (call) => {
      const at = call.args.findIndex((arg) => arg.text === '--nc');
      return at >= 0 && /^(list|status|show|statistics|help)$/.test(call.args[at + 1]?.text ?? '')
        ? [{ effect: 'look', at: call.at, says: 'looks at connections' }]
        : undefined;
    },
  },
  'socketfilterfw softwareupdate': {
    otherwise: 'disrupt',
    instead: [
      {
        has: '--getglobalstate --getblockall --listapps --getstealthmode --getloggingmode --getallowsigned -l --list --history --list-full-installers --dump-state',
        lacks: '-i --install -d --download',
        is: 'look',
      },
    ],
  },
  'kmutil firmwarepasswd bputil': {
    otherwise: 'disrupt',
    longDash: true,
    does: { look: 'showloaded, inspect, find, check, libraries, log, print-diagnostics' },
    instead: [{ has: '-check -mode -d --display-policy', is: 'look' }],
  },
  'dsenableroot pwpolicy tccutil startosinstall createhomedir dsconfigad authchanger': {
    otherwise: 'disrupt',
    does: { lose: 'reset' },
    longDash: true,
    instead: [{ has: '-getaccountpolicies -getglobalpolicy -show', is: 'look' }],
  },
  security: {
    does: {
      look: 'list-keychains, default-keychain, login-keychain, dump-trust-settings, show-keychain-info, find-certificate, verify-cert, find-identity, error, help, user-trust-settings-enable, list-smartcards, authorizationdb read, smartcards, leaks, translocate-status-check, policy, requirement-evaluate, translocate-original-path, filevault',
      secret: 'find-generic-password, find-internet-password, dump-keychain, export, export-smartcard, find-key',
      write:
        'create-keychain, import, add-generic-password, add-internet-password, add-certificates, unlock-keychain, lock-keychain, cms, trust-settings-export, install-mds',
      disrupt:
        'set-keychain-settings, set-keychain-password, add-trusted-cert, set-key-partition-list, authorizationdb write, set-identity-preference, trust-settings-import, set-generic-password-partition-list, execute-with-privileges, authorize',
      lose: 'delete-keychain, delete-certificate, delete-identity, delete-generic-password, delete-internet-password, remove-trusted-cert, authorizationdb remove',
    },
    also: [
      { on: 'list-keychains, default-keychain, login-keychain', has: '-s', is: 'disrupt' },
      { on: 'user-trust-settings-enable', has: '-d -e', is: 'disrupt' },
    ],
  },
  'codesign productsign stapler notarytool pkgbuild productbuild': {
    otherwise: 'write',
    longDash: true,
    does: { look: 'validate, history, info, log' },
    instead: [
      {
        has: '-v --verify -d --display -h --validate-constraint -dv -dvv -dvvv -dvvvv -vv -vvv -vvvv',
        lacks: '-s --sign -f --force --remove-signature --extract-certificates',
        is: 'look',
      },
    ],
  },
  'plutil PlistBuddy plistbuddy': {
    otherwise: 'write',
    longDash: true,
    alone: 'look',
    valued: '-o -e',
    instead: [
      { has: '-p -lint -help -type', is: 'look' },
      { has: '-extract', is: 'look' },
    ],
    special: (call) => {
      const script = call.args.flatMap((arg, index) => (call.args[index - 1]?.text === '-c' ? [arg.text] : []));
      if (script.length > 0) {
        const looks = script.every((line) => /^\s*(print|help|exit)\b/i.test(line));
        return [
          {
            effect: looks ? 'look' : 'write',
            at: call.at,
            says: `"${call.name}" ${looks ? 'prints' : 'changes'} settings`,
          },
        ];
      }
      const prints = call.args.some((arg, index) => call.args[index - 1]?.text === '-o' && arg.text === '-');
      const edits = call.args.some((arg) => /^-(insert|replace|remove|create)$/.test(arg.text));
      return prints && !edits ? [{ effect: 'look', at: call.at, says: `"${call.name}" prints settings` }] : undefined;
    },
  },
  pkgutil: {
    otherwise: 'look',
    also: [
      { has: '--forget --forget-pkg --unlink', is: 'lose' },
      { has: '--expand --expand-full --flatten --learn --edit-pkg --bom --export-plist', is: 'write' },
    ],
  },
  'installer lsregister mdimport mdutil': {
    otherwise: 'disrupt',
    longDash: true,
    instead: [
      {
        has: '-s -t -d1 -d2 -A -X -L -pkginfo -query -dominfo -volinfo -showChoicesXML -showChoiceChangesXML -dump',
        lacks: '-i -E -r -e',
        is: 'look',
      },
    ],
  },
  'sips textutil qlmanage say screencapture afplay afconvert osacompile': {
    otherwise: 'write',
    longDash: true,
    alone: 'look',
    instead: [
      {
        has: '-g --getProperty --verify -info -v=? -h -m',
        lacks: '-s --setProperty -o --out -r -z -Z -c --rotate -convert',
        is: 'look',
      },
    ],
  },
  'sample symbols atos footprint zprint allmemory filtercalltree spindump sysdiagnose taskinfo powermetrics nettop lsappinfo mddiagnose ioclasscount malloc_history stringdups vmmap fs_usage sc_usage latency iotop opensnoop':
    {
      otherwise: 'look',
      does: { write: 'setinfo' },
      writes: '-file -o -output -saveSignature -symbolsPackageDir',
      longDash: true,
    },
  'shortcuts automator': { otherwise: 'run', does: { look: 'list' } },
  purge: { otherwise: 'admin' },
};
