import type { Programs } from '../program.ts';

/** People of a system, and what they may do. */
export const USERS: Programs = {
  'useradd adduser groupadd addgroup newusers useradd.local': {
    otherwise: 'admin',
    instead: [{ has: '-D --defaults', is: 'look' }],
  },
  'userdel deluser groupdel delgroup': { otherwise: 'lose' },
  'usermod groupmod groupmems chsh chfn vipw vigr visudo pwconv pwunconv grpconv faillock pam-auth-update authconfig authselect':
    {
      otherwise: 'disrupt',
      does: { look: 'list, current, check, show' },
      instead: [{ has: '-l --list-shells -c --check', lacks: '-L -U -s -a -G -u -g -p', is: 'look' }],
    },
  passwd: { otherwise: 'disrupt', instead: [{ has: '-S --status', is: 'look' }] },
  'chpasswd chgpasswd chage htpasswd smbpasswd kpasswd pdbedit samba-tool realm kadmin kadmin.local ipa': {
    otherwise: 'disrupt',
    does: {
      look: 'user list, group list, list, discover, listprincs, getprinc, user-show, user-find, group-find, domain info, dns query',
      lose: 'user delete, group delete, leave, delprinc, user-del, group-del, dns delete, delete_principal',
    },
    instead: [{ has: '-l --list -L', lacks: '-E -M -m -I -W', is: 'look' }],
  },
  'quota repquota': { otherwise: 'look' },
  'setquota edquota quotaoff quotaon': { otherwise: 'disrupt' },
  'klist lslogins members': { otherwise: 'look' },
  'kinit kdestroy': { otherwise: 'admin' },
};
