import type { Programs } from '../program.ts';

/** Programs of Windows that can be called from any shell. */
export const WINDOWS: Programs = {
  'reg regedit': {
    otherwise: 'disrupt',
    does: {
      look: 'query, compare',
      write: 'export, save',
      lose: 'delete',
      overwrite: 'restore, import, load, unload, add, copy',
    },
  },
  sc: {
    otherwise: 'disrupt',
    does: { look: 'query, queryex, qc, qdescription, qfailure, enumdepend, getdisplayname, getkeyname' },
    alone: 'look',
  },
  net: {
    otherwise: 'disrupt',
    does: {
      look: 'view, statistics, accounts $, user $, localgroup $, group $, share $, use $, session $, file $, config $, time $, helpmsg',
      admin: 'start',
    },
  },
  netsh: {
    otherwise: 'disrupt',
    does: {
      look: 'interface show, interface ip show, interface ipv4 show, wlan show, firewall show, advfirewall show, advfirewall firewall show, winhttp show, http show, trace show',
    },
  },
  wevtutil: {
    otherwise: 'disrupt',
    does: {
      look: 'qe, el, gl, gli, ep, gp, query-events, enum-logs, get-log, get-log-info',
      write: 'epl, export-log',
      lose: 'cl, clear-log',
    },
  },
  vssadmin: { otherwise: 'lose', does: { look: 'list' } },
  wbadmin: { otherwise: 'disrupt', does: { look: 'get', lose: 'delete' } },
  'bcdedit bcdboot bootrec diskshadow format.com diskpart': {
    otherwise: 'disrupt',
    does: { look: '/enum' },
    alone: 'look',
  },
  cipher: { otherwise: 'disrupt', alone: 'look' },
  fsutil: {
    otherwise: 'disrupt',
    does: {
      look: 'fsinfo, volume diskfree, file queryFileNameById, hardlink list, dirty query',
      lose: 'file setzerodata, usn deletejournal',
    },
  },
  wmic: {
    otherwise: 'run',
    special: (call) => {
      const words = call.args.map((arg) => arg.text.toLowerCase());
      if (words.some((word) => /^(delete|terminate|shutdown|reboot|uninstall|win32shutdown)\b/.test(word)))
        return [{ effect: 'lose', at: call.at, says: '"wmic" deletes or ends something' }];
      const looks =
        words.some((word) => /^(get|list)$/.test(word)) && !words.some((word) => /^(call|create|set)$/.test(word));
      return looks ? [{ effect: 'look', at: call.at, says: '"wmic" only looks' }] : undefined;
    },
  },
  schtasks: {
    otherwise: 'disrupt',
    special: (call) =>
      call.args.length === 0 || /^\/query$/i.test(call.args[0]?.text ?? '')
        ? [{ effect: 'look', at: call.at, says: 'lists what runs by itself' }]
        : undefined,
  },
  'dism sfc wuauclt gpupdate auditpol runas mountvol certutil bitsadmin mshta rundll32 regsvr32 cscript wscript msiexec installutil':
    { otherwise: 'disrupt' },
  'tasklist systeminfo ipconfig ver vol assoc ftype gpresult driverquery findstr where': { otherwise: 'look' },
};
