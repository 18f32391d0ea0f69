import type { Programs } from '../program.ts';

/** The kernel and the machine. */
export const SYSTEM: Programs = {
  sysctl: {
    otherwise: 'look',
    special: (call) =>
      call.args.some((arg) => arg.text.includes('=') || /^(-\w*[wp]\w*|--write|--load|--system)$/.test(arg.text))
        ? [{ effect: 'disrupt', at: call.at, says: 'changes settings of the kernel', confidence: 'high' }]
        : undefined,
  },
  'modprobe insmod': {
    otherwise: 'disrupt',
    instead: [{ has: '-n --dry-run --show --show-depends -D -c --showconfig --resolve-alias -R', is: 'rehearse' }],
  },
  'rmmod depmod dkms kmod kextload kextunload kextutil': {
    otherwise: 'disrupt',
    does: { look: 'status, list, static-nodes' },
  },
  'modinfo kextstat kextfind kmodstat': { otherwise: 'look' },
  'grub-install grub2-install grub-mkconfig grub2-mkconfig update-grub update-initramfs mkinitcpio dracut efibootmgr grubby bless flashrom fwupdmgr lilo kexec installkernel':
    {
      otherwise: 'disrupt',
      does: { look: 'get-devices, get-updates, get-history, get-remotes' },
      instead: [
        { has: '-p -v --info --default-kernel --default-index -xp', lacks: '-b -B -c -o -n -O -d -w', is: 'look' },
      ],
    },
  'setenforce setsebool semanage restorecon chcon semodule aa-disable aa-complain aa-enforce aa-teardown apparmor_parser setcap auditctl audit2allow fixfiles':
    {
      otherwise: 'disrupt',
      does: { look: 'boolean -l' },
      instead: [{ has: '-l --list -n -s', lacks: '-d -D -m -a -r -i', is: 'look' }],
    },
  'getenforce sestatus getsebool getcap aa-status ausearch aureport lsattr getfacl capsh matchpathcon seinfo sesearch':
    { otherwise: 'look' },
  'stty tset reset setterm loadkeys setfont kbd_mode chvt openvt': {
    otherwise: 'write',
    instead: [{ has: '-a -g --all --save', is: 'look' }],
    alone: 'look',
  },
  'hwclock ntpdate chronyc ntpq rdate': {
    otherwise: 'disrupt',
    alone: 'look',
    does: { look: 'tracking, sources, sourcestats, activity, ntpdata, clients, serverstats, peers, rv' },
    instead: [{ has: '-r --show -p -q --verbose', lacks: '-w -s --set --systohc --hctosys', is: 'look' }],
  },
  'perf bpftrace bpftool stap valgrind gdb lldb rr': {
    otherwise: 'run',
    does: {
      look: 'list, report, annotate, diff, prog show, prog list, map show, map list, map dump, net show, feature probe, link show, btf list',
    },
  },
  'cpupower tuned-adm powertop tlp x86_energy_perf_policy smartctl nvidia-settings rocm-smi ipmitool racadm': {
    otherwise: 'admin',
    does: {
      look: 'frequency-info, idle-info, monitor, list, active, recommend, verify, sensor, sdr, sel list, fru, chassis status, lan print, mc info, getsysinfo',
      disrupt: 'chassis power, power, off, mc reset, sel clear, racreset, serveraction, profile',
    },
    instead: [
      {
        has: '-a -i -H -A -l --all --info --health --scan -x -c --capabilities --attributes --xall --log --showtemp',
        lacks: '-t --test -s --set -X',
        is: 'look',
      },
    ],
  },
  'wall write mesg notify-send zenity dialog whiptail': { otherwise: 'write' },
  'updatedb mandb ldconfig man-db': { otherwise: 'write', instead: [{ has: '-p --print-cache -N', is: 'look' }] },
  'xset xrandr xdotool ydotool wmctrl xmodmap setxkbmap gsettings dconf gconftool-2 kwriteconfig5': {
    otherwise: 'admin',
    does: {
      look: 'get, list-schemas, list-keys, list-recursively, list-children, describe, monitor, read, list, dump, range, writable, q, query',
      disrupt: 'reset, reset-recursively',
    },
    instead: [{ has: '-q -query -l -pke -version --listmonitors', is: 'look' }],
  },
  'gpasswd newgrp': { otherwise: 'admin' },
  'script scriptreplay asciinema': {
    otherwise: 'write',
    valued: '-c -t --command',
    runs: '-c --command',
    does: { look: 'play, cat', send: 'upload' },
  },
  'env-update locale-gen dpkg-buildpackage a2ensite a2dissite a2enmod a2dismod phpenmod': { otherwise: 'admin' },
};
