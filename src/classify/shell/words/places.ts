/** What kind of place a path names. */
export type Place =
  | 'nowhere'
  | 'temporary'
  | 'artefact'
  | 'device'
  | 'system'
  | 'secret'
  | 'home'
  | 'personal'
  | 'history'
  | 'outside'
  | 'workspace'
  | 'unknown';

const NOWHERE = /^(\/dev\/(null|stdout|stderr|tty|fd\/\d+)|-)$/;
const DEVICE = /^(\/dev\/|\\\\\.\\physicaldrive|\/proc\/sysrq|\/sys\/(block|class\/block))/i;
const TEMPORARY = /^(\/tmp|\/var\/tmp|\/private\/tmp|\/private\/var\/folders|\/dev\/shm)(\/|$)/;
const SYSTEM =
  /^(\/(etc|usr|bin|sbin|lib\d*|boot|sys|proc|var|opt|root|srv|run|dev|System|Library|Applications|private)(\/|$)|[a-z]:[\\/]*(windows|program files|users)?([\\/]|$))/i;
const HOME = /^(~[\w-]*|\/home(\/[^/]+)?|\/Users(\/[^/]+)?)\/?$/;
const UNDER_HOME = /^(~[\w-]*|\/home\/[^/]+|\/Users\/[^/]+|\/root)\//;
const PERSONAL = /^(Documents|Desktop|Downloads|Pictures|Music|Movies|Videos|Library|Mail|Dropbox|OneDrive)(\/|$)/i;
const ARTEFACTS = new Set(
  `node_modules dist build out target coverage __pycache__ .cache .next .nuxt .turbo .parcel-cache .pytest_cache
   .mypy_cache .ruff_cache .gradle .tox .nox .eggs .nyc_output .svelte-kit .vite .angular bower_components
   cmake-build-debug cmake-build-release htmlcov .terraform .venv venv tmp temp logs DerivedData`.split(/\s+/),
);
const ARTEFACT_FILE = /\.(pyc|pyo|o|obj|class|log|tmp|bak|swp|egg-info)$/;

/** Files that hold keys, passwords and tokens, by the tools that keep them there. */
const SECRETS: readonly RegExp[] = [
  /(^|\/)\.env(\.(?!example|sample|template|dist|schema|defaults)[\w.-]+)?$/,
  /(^|\/)\.ssh(\/(?!config|known_hosts|.*\.pub$|.*\.md$|authorized_keys)[^/]*)?\/?$/,
  /(^|\/)id_(rsa|dsa|ecdsa|ed25519)([._-](?!pub$)[\w.-]*)?$/,
  /(^|\/)\.aws\/(credentials|credential\?|sso\/cache|cli\/cache|\*)/,
  /(^|\/)\.(netrc|pgpass|my\.cnf|git-credentials|npmrc|pypirc|htpasswd|dockercfg|vault-token|boto|s3cfg)$/,
  /(^|\/)_netrc$/,
  /(^|\/)\.env[*?[]/,
  /(^|\/)\.kube(\/config.*)?$/,
  /(^|\/)\.docker\/config\.json$/,
  /(^|\/)\.config\/(gcloud|gh\/hosts|glab-cli|containers\/auth|hub|op|doctl|rclone\/rclone\.conf)/,
  /(^|\/)\.azure\/(accessTokens|msal|azureProfile|service_principal)/,
  /(^|\/)\.(gnupg|password-store)(\/|$)/,
  /(^|\/)\.terraform\.d\/credentials/,
  /(^|\/)(Keychains|\.electrum|\.bitcoin)\//,
  /^\/etc\/(shadow|gshadow|sudoers|master\.passwd|security\/passwd|ssl\/private|krb5\.keytab|kubernetes\/.*\.conf)/,
  /^\/proc\/(self|\d+)\/environ$/,
  /(^|\/)(server|private|client|tls|ssl|privkey)[\w-]*\.(key|pem|p12|pfx|jks)$/,
  /\.(p12|pfx|keystore|jks|kdbx|ppk)$/,
  /(^|\/)(credentials|secrets?|service[-_]account[\w-]*)\.(json|ya?ml|toml|ini|txt)$/,
  /(^|\/)(credentials\.tfrc\.json|terraform\.tfstate|application_default_credentials\.json)$/,
];

/** Says what kind of place a path is. Purely by its text: nothing is looked up. */
export function placeOf(path: string): Place {
  const text = path.slice(0, 4096).replace(/^file:\/\//, '');
  const plain = normalise(text);
  if (NOWHERE.test(plain)) return 'nowhere';
  if (DEVICE.test(plain) && !TEMPORARY.test(plain)) return 'device';
  if (SECRETS.some((one) => one.test(plain))) return 'secret';
  if (plain === '/' || plain === '/*' || /^[/~]\/?[*?.]+$/.test(plain)) return 'system';
  if (/(^|\/)\.git(\/|$)/.test(plain)) return 'history';
  if (TEMPORARY.test(plain)) return 'temporary';
  const names = plain.split('/');
  const last = names.at(-1) ?? '';
  if (HOME.test(plain)) return 'home';
  if (UNDER_HOME.test(plain)) {
    const below = plain.replace(UNDER_HOME, '');
    if (PERSONAL.test(below)) return 'personal';
    return ARTEFACTS.has(last) ? 'artefact' : 'outside';
  }
  if (SYSTEM.test(plain)) return 'system';
  // A pattern below / may stand for any of its folders: /et?, /u*r.
  if (/^\/[^/]*[*?[]/.test(plain)) return 'system';
  if (
    !plain.startsWith('/') &&
    !plain.startsWith('..') &&
    (names.some((name) => ARTEFACTS.has(name)) || ARTEFACT_FILE.test(last))
  )
    return 'artefact';
  if (plain.startsWith('/') || plain.startsWith('..'))
    return ARTEFACTS.has(last) && names.length > 3 ? 'artefact' : 'outside';
  return plain.startsWith('$') ? 'unknown' : 'workspace';
}

/** Takes `.`, `..` and doubled slashes out, as the file system would. */
function normalise(path: string): string {
  const home = path.replace(/^\$\{?HOME\}?(?=\/|$)/, '~').replace(/^\$\{?TMPDIR\}?(?=\/|$)/, '/tmp');
  const rooted = home.startsWith('/');
  const kept: string[] = [];
  for (const name of home.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') kept.push(name);
    else if (kept.length > 0 && kept.at(-1) !== '..' && kept.at(-1) !== '~') kept.pop();
    else if (!rooted) kept.push(name);
  }
  const joined = kept.join('/');
  return rooted ? `/${joined}` : joined === '' ? '.' : joined;
}
