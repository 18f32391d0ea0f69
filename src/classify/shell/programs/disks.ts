import type { Programs } from '../program.ts';

const GONE = { otherwise: 'lose', kind: 'filesystem' } as const;

/** Disks, partitions, volumes and file systems: what is written there replaces what was. */
export const DISKS: Programs = {
  'mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mkfs.exfat mkfs.f2fs mkfs.minix mkfs.jfs mkfs.reiserfs mkfs.bfs mkfs.cramfs mkfs.msdos mke2fs mkdosfs mkntfs mkudffs newfs newfs_apfs newfs_hfs newfs_msdos mkfs.erofs mkfs.ubifs mkfs.zfs bcachefs blkdiscard wipefs nwipe scrub badblocks hdparm sg_format sg_sanitize':
    {
      ...GONE,
      instead: [
        { has: '-n --no-act -N --dry-run', lacks: '-f --force', is: 'rehearse' },
        { has: '-I -i -t -T', lacks: '-a --all -w -o -s -B -M -y -Y --security-erase', is: 'look' },
      ],
    },
  'fdisk cfdisk': {
    ...GONE,
    otherwise: 'overwrite',
    instead: [{ has: '-l --list -s --getsz', lacks: '-w -W --wipe', is: 'look' }],
  },
  sfdisk: {
    ...GONE,
    otherwise: 'overwrite',
    instead: [
      {
        has: '-l --list -d --dump -J --json -s --show-size -V --verify -F --list-free -g --show-geometry',
        lacks: '--delete -X -A --activate -f --force',
        is: 'look',
      },
    ],
  },
  'gdisk cgdisk': { ...GONE, otherwise: 'overwrite', instead: [{ has: '-l', is: 'look' }] },
  sgdisk: {
    ...GONE,
    otherwise: 'overwrite',
    instead: [
      {
        has: '-p --print -v --verify -i --info -F -E -D --display-alignment',
        lacks: '-l --load-backup -d --delete -z --zap -Z --zap-all -o --clear -n --new -t -c -g -G -u -r -R -N -m -h',
        is: 'look',
      },
    ],
  },
  parted: {
    ...GONE,
    otherwise: 'overwrite',
    instead: [{ has: '-l --list', is: 'look' }],
    special: (call) => {
      const words = call.args.map((arg) => arg.text);
      const changes = words.some((word) =>
        /^(mklabel|mktable|mkpart|rm|resizepart|resize|set|name|toggle|rescue|disk_set|disk_toggle|mkpartfs|mkfs|move|cp|type)\b/.test(
          word,
        ),
      );
      const looks = words.some((word) => /^(print|unit|align-check|help|version|quit)\b/.test(word));
      return looks && !changes
        ? [{ effect: 'look', at: call.at, says: '"parted" only shows partitions', kind: 'filesystem' }]
        : undefined;
    },
  },
  'partprobe partx kpartx addpart delpart resizepart blockdev losetup dmsetup': {
    otherwise: 'disrupt',
    kind: 'filesystem',
    does: { look: 'ls, info, status, table, deps, targets, version, splitname' },
    instead: [
      {
        has: '-l --list -s --show --summary --getsize64 --getsz --getbsz --getss --getro --report -a --all -j --dry-run --getra --getpbsz --getiomin --getalignoff',
        lacks: '-d --detach -D --delete --setro --setrw --flushbufs --rereadpt',
        is: 'rehearse',
      },
    ],
  },
  'pvs vgs lvs pvscan vgscan lvscan pvdisplay vgdisplay lvdisplay lvmdiskscan findmnt lsscsi dumpe2fs xfs_info btrfs-show zdb zpool-status dumpfs':
    {
      otherwise: 'look',
    },
  'pvcreate vgcreate lvcreate': { ...GONE, otherwise: 'overwrite' },
  'pvremove vgremove lvremove vgreduce lvreduce vgsplit pvmove lvconvert vgmerge vgexport vgcfgrestore lvresize lvextend vgextend pvchange vgchange lvchange lvrename vgrename pvresize':
    {
      ...GONE,
      instead: [{ has: '-t --test', is: 'look' }],
    },
  zfs: {
    kind: 'filesystem',
    does: {
      look: 'list, get, diff, version, holds, userspace, groupspace, projectspace',
      write: 'create, snapshot, snap, clone, mount, bookmark, hold, load-key, send',
      admin: 'set, share, allow',
      lose: 'destroy, rollback, receive, recv, unload-key, promote, release',
      disrupt: 'unmount, umount, unshare, rename, inherit, upgrade, change-key, unallow',
    },
    instead: [{ on: 'destroy, receive, recv, send', has: '-n', is: 'look' }],
  },
  zpool: {
    kind: 'filesystem',
    does: {
      look: 'list, status, iostat, get, history, events, version, wait',
      write: 'scrub, trim, resilver, sync',
      lose: 'destroy, labelclear, create, remove, split, checkpoint, initialize',
      disrupt: 'export, import, offline, online, detach, attach, replace, clear, reopen, upgrade, add, set, reguid',
    },
    instead: [{ on: 'create, add, remove, split', has: '-n', is: 'look' }],
  },
  btrfs: {
    kind: 'filesystem',
    verbs: true,
    groups:
      'filesystem fi subvolume sub device scrub balance quota qgroup property replace rescue check inspect-internal',
    does: {
      look: 'filesystem show, filesystem df, filesystem usage, filesystem du, subvolume list, subvolume show, device stats, device usage, scrub status, balance status, qgroup show, property get, property list, fi show, fi df, fi usage, sub list, device scan, version, inspect-internal',
      lose: 'subvolume delete, sub delete, device delete, device remove, check --repair, rescue zero-log, replace start, filesystem resize',
      disrupt: 'balance start, quota disable, device add, balance cancel, scrub cancel',
      write:
        'subvolume create, subvolume snapshot, sub snapshot, scrub start, send, filesystem defragment, filesystem sync',
      overwrite: 'receive, restore',
    },
    also: [{ on: 'check', has: '--repair', is: 'overwrite' }],
  },
  'mdadm dmraid megacli MegaCli storcli storcli64 arcconf ssacli': {
    ...GONE,
    otherwise: 'disrupt',
    instead: [
      {
        has: '--detail -D --examine -E --query -Q --monitor -F',
        lacks: '--stop -S --zero-superblock --fail -f --remove -r --create -C --grow -G --add',
        is: 'look',
      },
    ],
    does: { look: 'show' },
    also: [{ has: '--zero-superblock --stop -S --fail -f --remove -r --create -C', is: 'lose' }],
  },
  cryptsetup: {
    ...GONE,
    otherwise: 'disrupt',
    does: {
      look: 'status, luksDump, isLuks, luksUUID, benchmark',
      admin: 'open, luksOpen, resize, luksAddKey, config, token',
      lose: 'luksFormat, erase, luksErase, luksKillSlot, luksRemoveKey, reencrypt, luksHeaderRestore, convert, luksChangeKey, repair, format',
      disrupt: 'close, luksClose, luksSuspend, remove',
      write: 'luksHeaderBackup',
    },
    alone: 'run',
  },
  mount: {
    otherwise: 'disrupt',
    alone: 'look',
    kind: 'filesystem',
    instead: [{ has: '-l --show-labels -f --fake', is: 'look' }],
    special: (call) =>
      call.args.length === 2 && call.args[0]?.text === '-t'
        ? [{ effect: 'look', at: call.at, says: '"mount" lists what is mounted' }]
        : undefined,
  },
  'umount swapoff fstrim mount.cifs mount.nfs sshfs fusermount udisksctl pmount': {
    otherwise: 'disrupt',
    does: { look: 'info, status, dump, monitor' },
    kind: 'filesystem',
    instead: [{ has: '--fake -n --dry-run', is: 'rehearse' }],
  },
  swapon: { otherwise: 'disrupt', alone: 'look', instead: [{ has: '-s --summary --show', is: 'look' }] },
  'fsck fsck.ext4 fsck.ext3 fsck.ext2 fsck.xfs fsck.vfat fsck.fat e2fsck xfs_repair ntfsfix dosfsck reiserfsck fsck_apfs fsck_hfs chkdsk':
    {
      otherwise: 'overwrite',
      kind: 'filesystem',
      instead: [{ has: '-n -N --dry-run', is: 'rehearse' }],
    },
  'tune2fs resize2fs e2label xfs_growfs xfs_admin debugfs e2image xfs_db ntfsresize growpart fatlabel ntfsclone partclone partimage clonezilla xfs_copy e4defrag xfs_fsr dump restore xfsdump xfsrestore':
    {
      otherwise: 'overwrite',
      kind: 'filesystem',
      instead: [{ has: '-l -n -P -r', lacks: '-w -O -L -U -c -i -f -o -s', is: 'look' }],
    },
  'iscsiadm multipath nvme lvm lvmconfig qemu-img qemu-nbd targetcli rbd ceph rados gluster drbdadm pcs crm exportfs': {
    otherwise: 'disrupt',
    kind: 'filesystem',
    verbs: true,
    groups: 'osd pool image snap mon volume fs',
    does: {
      look: 'list, smart-log, id-ctrl, id-ns, list-ns, error-log, info, ls, status, -s, health, df, osd tree, osd df, osd pool ls, osd stat, mon stat, pg stat, du, lspools, volume info, volume status, peer status, showmapped, version, quorum_status, snap ls, cstate, dstate, property show, resource show',
      lose: 'format, sanitize, delete-ns, rm, remove, osd purge, osd destroy, osd rm, osd pool delete, osd pool rm, volume delete, volume stop, purge, snap rm, snap purge, trash purge, write-zeroes, snapshot, rebase, commit, osd out, rollback, snap rollback, cleanup, invalidate, wipe-data, resource delete, cluster destroy',
      write: 'create, convert, export, snap create, clone, import, cp',
    },
  },
};
