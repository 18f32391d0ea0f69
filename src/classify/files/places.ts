/** How a place is recognised in a normalised path (lower case, forward slashes, home as `~`). */
export interface KnownPlace {
  says: string;
  /** Whole paths below which everything belongs to it. */
  below?: readonly string[];
  /** Folders and files by these steps, wherever they stand, and what is below them. */
  steps?: readonly string[];
  /** Names of files, wherever they stand. */
  names?: readonly string[];
  /** Endings of names, with the dot. */
  endings?: readonly string[];
}

const list = (text: string): string[] => text.split(/\s+/).filter(Boolean);
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Places whose content lets somebody be somebody else. */
export const SECRET_PLACES: readonly KnownPlace[] = [
  {
    says: 'keys for SSH and other logins are kept there',
    steps: list('.ssh .gnupg .password-store .pki'),
    names: list('id_rsa id_dsa id_ecdsa id_ed25519 id_ecdsa_sk id_ed25519_sk ssh_host_rsa_key ssh_host_ed25519_key'),
    endings: list('.pem .key .ppk .p12 .pfx .jks .keystore .kdbx .kdb .ovpn .asc .gpg .p8 .pk8'),
  },
  {
    says: 'credentials of a cloud or a tool are kept there',
    steps: list(`.aws .azure .kube .oci .config/gcloud .config/gh .config/hub .docker/config.json .config/doctl
      .config/rclone .config/op .terraform.d .databricks .snowflake .fly .vercel .netlify .minikube .helm .claude.json`),
    names: list(`kubeconfig credentials credentials.json credentials.yml credentials.yaml credentials.toml
      client_secret.json service-account.json service_account.json serviceaccount.json application_default_credentials.json
      credentials.tfrc.json terraform.tfstate terraform.tfstate.backup accesstokens.json .boto .s3cfg .dockercfg .vault-token
      auth.json hosts.yml.enc .vault_pass vault_pass.txt`),
    endings: list('.tfstate .tfvars'),
    below: list('/run/secrets /var/run/secrets /etc/kubernetes /var/lib/kubelet /etc/rancher'),
  },
  {
    says: 'passwords and tokens of tools are kept there',
    names: list(`.npmrc .yarnrc .yarnrc.yml .netrc _netrc .pypirc .pgpass pgpass.conf .my.cnf .mylogin.cnf
      .git-credentials .htpasswd .htdigest .gem/credentials .cargo/credentials .cargo/credentials.toml secrets.yml
      secrets.yaml secrets.json secrets.toml secret.yml secret.yaml secret.json master.key wallet.dat settings-security.xml
      wp-config.php web.config passwords.txt passwords.csv password.txt .smbcredentials .composer/auth.json`),
  },
  {
    says: 'the password hashes of a system are kept there',
    names: list('shadow shadow- gshadow gshadow- master.passwd ntds.dit'),
    below: [
      ...list(
        '/etc/security/opasswd /var/db/dslocal /etc/ssl/private /etc/sudoers /etc/krb5.keytab /etc/ipsec.secrets',
      ),
      ...list('c:/windows/system32/config c:/windows/ntds c:/windows/repair'),
    ],
  },
  {
    says: 'logins, cookies and passwords of a browser are kept there',
    steps: lines(`.mozilla/firefox
      .config/google-chrome
      .config/chromium
      .config/bravesoftware
      .config/microsoft-edge
      library/application support/google/chrome
      library/application support/firefox
      library/application support/bravesoftware
      library/safari
      library/cookies
      google/chrome/user data
      microsoft/edge/user data
      mozilla/firefox/profiles`),
    names: lines(`cookies.sqlite
      logins.json
      key3.db
      key4.db
      signons.sqlite
      login data
      web data
      cookies.binarycookies`),
  },
  {
    says: 'a keychain of the system is kept there',
    steps: lines(`library/keychains
      .local/share/keyrings
      .gnome2/keyrings
      .kde/share/apps/kwallet
      .local/share/kwalletd
      microsoft/credentials
      microsoft/protect
      microsoft/vault
      1password
      bitwarden`),
    endings: list('.keychain .keychain-db .keyring'),
  },
  {
    says: 'what people typed is kept there',
    names: list(`.bash_history .zsh_history .sh_history .history .python_history .psql_history .mysql_history
      .node_repl_history .rediscli_history .sqlite_history .dbshell .viminfo .lesshst fish_history .irb_history
      consolehost_history.txt`),
  },
];

/** Places that run what is written there, later or for somebody else, or that decide who may come in. */
export const PERSISTENCE_PLACES: readonly KnownPlace[] = [
  {
    says: 'shells run it at each start',
    names: list(`.bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zprofile .zshenv .zlogin
      .zlogout .kshrc .cshrc .tcshrc .login .inputrc .xinitrc .xprofile .xsession config.fish
      microsoft.powershell_profile.ps1 profile.ps1 .envrc`),
    below: list(
      '/etc/profile /etc/profile.d /etc/bash.bashrc /etc/bashrc /etc/zsh /etc/zshrc /etc/environment /etc/skel',
    ),
  },
  {
    says: 'the system starts it by itself',
    steps: lines(`.config/systemd
      .config/autostart
      library/launchagents
      library/launchdaemons
      library/startupitems
      start menu/programs/startup
      windows/system32/tasks`),
    names: list('crontab'),
    endings: list('.service .timer .socket.d'),
    below:
      list(`/etc/cron.d /etc/cron.daily /etc/cron.hourly /etc/cron.weekly /etc/cron.monthly /etc/crontab /etc/anacrontab
      /var/spool/cron /var/spool/at /etc/systemd /lib/systemd /usr/lib/systemd /run/systemd /etc/init.d /etc/init
      /etc/rc.local /etc/rc.d /etc/inittab /etc/xdg/autostart /etc/udev /etc/ld.so.preload /etc/ld.so.conf.d
      /etc/modules /etc/modules-load.d /etc/update-motd.d`),
  },
  {
    says: 'it decides who may log in or act as somebody else',
    names: list('authorized_keys authorized_keys2 .rhosts .shosts .k5login'),
    steps: list('.ssh/config .ssh/rc .ssh/environment'),
    below: list('/etc/sudoers /etc/sudoers.d /etc/pam.d /etc/ssh /etc/passwd /etc/shadow /etc/group /etc/polkit-1'),
  },
  {
    says: 'git, builds or editors run it',
    steps: list(
      '.git/hooks .husky .git/config .github/workflows .circleci .vscode/tasks.json .vscode/settings.json .idea',
    ),
    names:
      list(`.gitconfig .gitlab-ci.yml .pre-commit-config.yaml sitecustomize.py usercustomize.py .vimrc .emacs .npmrc
      .pypirc jenkinsfile .gdbinit .pythonrc`),
  },
  {
    says: 'agents and their tools take their settings from it',
    steps: list(
      '.claude/settings.json .claude/settings.local.json .claude/hooks .cursor/mcp.json .cursor/rules .vscode/mcp.json',
    ),
    names: list('.mcp.json mcp.json claude_desktop_config.json .cursorrules'),
  },
];

/** Places that belong to the system and not to anybody's work. */
export const SYSTEM_PLACES: readonly KnownPlace[] = [
  {
    says: 'it belongs to the system',
    below: lines(`/etc
      /usr
      /bin
      /sbin
      /lib
      /lib32
      /lib64
      /boot
      /efi
      /sys
      /proc
      /dev
      /var/lib
      /var/log
      /var/spool
      /var/run
      /run
      /system
      /library
      /applications
      ~/library
      c:/windows
      c:/program files
      c:/program files (x86)
      c:/programdata
      c:/system volume information
      c:/boot`),
    names: list('pagefile.sys hiberfil.sys bootmgr ntldr'),
  },
];

/** Devices that take or give nothing that anybody minds. */
export const HARMLESS_DEVICES =
  /^\/(dev\/(null|zero|full|random|urandom|stdin|stdout|stderr|tty|fd\/[0-2])|usr\/local)(\/|$)/;
/** What a process keeps in memory, its environment with all its secrets included. */
export const PROCESS_MEMORY =
  /^\/(proc\/(self|thread-self|\d+|\*)\/(environ|mem|maps|cmdline|fd|auxv|task)|dev\/(mem|kmem|port)|proc\/kcore)(\/|$)/;
/** Whole disks: a write there replaces everything on them. */
export const DISKS =
  /^(\/dev\/(sd[a-z]|hd[a-z]|vd[a-z]|xvd[a-z]|nvme\d|mmcblk\d|disk|rdisk|mapper|md\d|loop\d|dm-\d)|\/\/\.\/physicaldrive|physicaldrive\d)/;
/** `.env`, `.env.local`, `prod.env`; samples that are made to be shared are none. */
export const DOT_ENV = /(^|\/)(\.env(\.(?!(example|sample|template|dist|defaults|schema)$)[^/]*)?|[^/]+\.env|\.envrc)$/;
