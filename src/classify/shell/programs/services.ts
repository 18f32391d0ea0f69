import type { Programs } from '../program.ts';
import { terminal } from '../special/terminals.ts';

/** Services, processes, jobs at a time, and the logs of a system. */
export const SERVICES: Programs = {
  systemctl: {
    valued:
      '-t -p -n -o -s -H -M -P --type --state --property --lines --output --signal --host --machine --root --job-mode --kill-whom',
    alone: 'look',
    does: {
      look: `status, show, list-units, list-unit-files, list-timers, list-sockets, list-dependencies, list-jobs, list-machines, list-automounts, list-paths, is-active, is-enabled,
        is-failed, is-system-running, cat, help, get-default, show-environment, whoami`,
      admin:
        'start, enable, daemon-reload, reload, reload-or-restart, daemon-reexec, edit, link, add-wants, add-requires, set-property, set-environment, import-environment, unmask, reset-failed, preset, reenable, service-watchdogs, log-level, log-target, bind, mount-image, thaw',
      disrupt:
        'stop, restart, try-restart, disable, mask, kill, isolate, reboot, poweroff, halt, kexec, suspend, hibernate, hybrid-sleep, suspend-then-hibernate, soft-reboot, rescue, emergency, default, exit, switch-root, set-default, unset-environment, freeze, cancel, revert, preset-all, clean',
    },
  },
  service: {
    otherwise: 'admin',
    special: (call) => {
      const words = call.args.map((arg) => arg.text);
      const verb = words.find((word) => !word.startsWith('-') && word !== words[0]);
      if (words.includes('--status-all') || verb === 'status')
        return [{ effect: 'look', at: call.at, says: 'asks for the status of a service' }];
      if (/^(stop|restart|try-restart|force-reload|force-stop|condrestart|destroy|flush)$/.test(verb ?? ''))
        return [
          { effect: 'disrupt', at: call.at, says: `stops or restarts the service "${words[0]?.slice(0, 60) ?? ''}"` },
        ];
      return undefined;
    },
  },
  'initctl rc-service sv svc s6-svc runit openrc': {
    verbs: true,
    does: { look: 'status, list, check', disrupt: 'stop, restart, down, d, t, k, exit, force-stop, zap, once' },
    otherwise: 'admin',
  },
  'rc-update update-rc.d chkconfig insserv sysv-rc-conf': {
    otherwise: 'admin',
    does: { look: 'show' },
    instead: [{ has: '--list -l', is: 'look' }],
    also: [{ has: '--del -d --delete -f', is: 'disrupt' }, { is: 'disrupt' }],
  },
  supervisorctl: {
    alone: 'run',
    does: {
      look: 'status, avail, pid, tail, version, maintail',
      admin: 'start, update, reread, add, reload, clear, fg',
      disrupt: 'stop, restart, shutdown, signal, remove',
    },
  },
  'pm2 forever': {
    does: {
      look: 'list, ls, l, status, show, describe, info, logs, monit, prettylist, jlist, id, env, report, columns, ping',
      write: 'save, dump, startup, unstartup, install, set, init, ecosystem',
      run: 'start, resurrect, serve, trigger',
      disrupt:
        'stop, stopall, restart, restartall, reload, kill, scale, unset, uninstall, sendSignal, gracefulReload, reset',
      lose: 'delete, del, flush, cleanlogs',
    },
  },
  launchctl: {
    does: {
      look: 'list, print, print-cache, print-disabled, blame, dumpstate, managerpid, manageruid, managername, getenv, version, help, hostinfo, procinfo, resolveport, examine, error, variant, limit $, plist, dumpjpcategory',
      admin: 'load, enable, bootstrap, kickstart, start, setenv, asuser, config, submit, attach, debug',
      disrupt: 'unload, disable, bootout, stop, kill, remove, reboot, unsetenv, uncache, userswitch',
    },
    also: [
      { on: 'limit', has: '-', is: 'admin' },
      { on: 'kickstart', has: '-k', is: 'disrupt' },
    ],
  },
  'kill pkill killall killall5 skill xkill snice taskkill': {
    otherwise: 'disrupt',
    valued: '-s -n --signal -u -t -g -P',
    instead: [{ has: '-l -L --list --table -0', is: 'look' }],
  },
  'reboot shutdown halt poweroff init telinit systemd-reboot': {
    otherwise: 'disrupt',
    instead: [{ has: '-w --wtmp-only --show', is: 'look' }],
  },
  'crontab fcrontab': {
    valued: '-u',
    otherwise: 'disrupt',
    instead: [{ has: '-l', is: 'look' }],
    also: [{ has: '-r -e', is: 'lose' }],
  },
  'at batch': {
    otherwise: 'blind',
    valued: '-q -f -t',
    instead: [{ has: '-l -V -c', is: 'look' }],
    also: [{ has: '-d -r', is: 'lose' }],
  },
  atq: { otherwise: 'look' },
  atrm: { otherwise: 'lose' },
  renice: { otherwise: 'admin' },
  'tmux screen zellij byobu': {
    otherwise: 'run',
    special: terminal,
    valued: '-t -s -n -c -f -L -S',
    does: {
      look: 'ls, list-sessions, list-windows, list-panes, list-clients, list-keys, list-commands, show-options, show, display-message, capture-pane, has-session, info, list-buffers, show-buffer, show-environment, lsp, lsw, lsc',
      disrupt: 'kill-server, kill-session, kill-window, kill-pane, respawn-pane, respawn-window, detach-client',
      blind: 'send-keys, send, run-shell, if-shell, run, pipe-pane, source-file',
    },
    instead: [{ has: '-ls -list', is: 'look' }],
    also: [{ has: '-X -wipe', is: 'disrupt' }],
  },
  'logrotate logger': {
    otherwise: 'write',
    instead: [{ has: '-d --debug', is: 'look' }],
    also: [{ has: '-f --force', is: 'lose' }],
  },
  'fuser lsof': { otherwise: 'look', also: [{ has: '-k --kill', is: 'disrupt' }] },
  'hostnamectl timedatectl localectl loginctl machinectl resolvectl networkctl coredumpctl busctl bootctl udevadm homectl portablectl userdbctl oomctl systemd-analyze':
    {
      alone: 'look',
      verbs: true,
      valued: '-p --property -o --output -n --lines -H -M',
      does: {
        look: `status, show, list, list-timezones, timesync-status, show-timesync, list-locales, list-keymaps, list-sessions, list-users, list-seats, session-status, user-status, seat-status, show-session, show-user, query, statistics, dns $, domain $, list-images,
          info, tree, introspect, monitor, capture, time, blame, critical-chain, plot, verify, security, calendar, timestamp, timespan, dot, unit-paths, exit-status, cat-config, hostname $, chassis $, location $, icon-name $, deployment $, settle, lldp, services, users, groups`,
        disrupt:
          'terminate-session, terminate-user, terminate-seat, kill-session, kill-user, poweroff, reboot, terminate, kill, set-ntp, set-time, set-timezone, flush-caches, reset-statistics, reset-server-features, down, control, trigger',
        lose: 'remove, clean, deactivate, unlink',
        admin:
          'set-hostname, set-locale, set-keymap, set-x11-keymap, set-chassis, set-location, set-deployment, enable-linger, disable-linger, activate, lock-session, up, reload, reconfigure',
        run: 'login, shell, start, call, exec',
      },
    },
};
