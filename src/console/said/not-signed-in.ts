import type { NotSignedIn } from '../session/sign-ins.ts';

interface Said {
  says: string;
  status: 401 | 403;
}

const BY_REASON: Readonly<Record<NotSignedIn, Said>> = {
  unknown: {
    says: 'That does not sign anybody in. Check the key; a link works once, and for a quarter of an hour.',
    status: 401,
  },
  agent: { says: 'That is the key of an agent. People sign in here.', status: 401 },
  keys_off: { says: 'Keys sign nobody in here. Use the sign-in of your organisation.', status: 401 },
  stale: { says: 'That sign-in was begun too long ago, in another browser, or used before. Begin again.', status: 401 },
  not_vouched_for: {
    says: 'The sign-in was given up, or what came back does not fit what was asked. Begin again.',
    status: 401,
  },
  no_role: { says: 'You are known, but none of your groups has a role here. Ask whoever runs Gatehouse.', status: 403 },
  no_name: {
    says: 'You are known, but not by a name that can stand on record. Ask whoever runs Gatehouse.',
    status: 403,
  },
  disabled: { says: 'You are known, but disabled here. Ask whoever runs Gatehouse.', status: 403 },
  name_taken: { says: 'Your name is somebody else’s on record here. Ask whoever runs Gatehouse.', status: 403 },
};

/** Why nobody was signed in, in words for whoever tried, and the HTTP status. */
export function notSignedIn(why: NotSignedIn): Said {
  return BY_REASON[why];
}
