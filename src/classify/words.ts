import type { TargetKind } from '@gatehouse/sdk/contract';

const words = (list: string): string[] => list.split(/\s+/).filter(Boolean);

/** Joins two verbs in one name: `get_and_archive` does both, so nothing after it is taken for a noun. */
export const JOINING_WORDS: ReadonlySet<string> = new Set(words('and then or plus with after before while'));

/** Things whose change is a change of who may do what, or of the shape of the data: writing them is administering. */
export const ADMIN_OBJECTS: ReadonlySet<string> = new Set(
  words(`schema security permission permissions role roles policy policies iam firewall acl acls credential credentials
    secret secrets password passwords mfa sso admin admins privilege privileges quota audit logging`),
);

const KIND_WORDS: Record<Exclude<TargetKind, 'unknown'>, string> = {
  payment: `payment payments charge charges refund refunds subscription subscriptions invoice invoices payout payouts
    balance balances fund funds finance financial billing stripe wallet bank banking paypal treasury ledger money`,
  shell: 'shell bash sh zsh terminal command commands ssh powershell console tty',
  cloud: `instance instances ec2 aws gcp azure s3 bucket buckets cluster clusters kubernetes k8s pod pods deployment server
    servers vm vms lambda infrastructure infra dns terraform cloud service services resources security firewall host
    container containers deploy scale`,
  database: `database databases db table tables schema postgres postgresql mysql sqlite sql mongo mongodb redis record
    records row rows query warehouse bigquery snowflake dynamodb collection bulk proddb`,
  code: 'code repo repos repository git github gitlab branch commit pr pipeline ci workflow release package packages',
  filesystem: `file files filesystem fs directory directories folder folders path paths disk drive document documents
    volume report reports attachment`,
  messaging: `email emails sms message messages slack teams notification notifications channel channels mail inbox chat
    discord whatsapp telegram broadcast newsletter`,
  api: `api apis webhook webhooks endpoint endpoints http https url integration integrations crm rest graphql sync
    service_api request requests data`,
};

/** Kinds in order of strictness: of two that a call shows, the earlier is taken. */
export const KINDS_BY_STRICTNESS = Object.keys(KIND_WORDS) as Exclude<TargetKind, 'unknown'>[];

export const KIND_OF_WORD: ReadonlyMap<string, TargetKind> = new Map(
  Object.entries(KIND_WORDS).flatMap(([kind, list]) =>
    words(list).map((word): [string, TargetKind] => [word, kind as TargetKind]),
  ),
);

export const PRODUCTION_WORD = /production|^(prod|prd|live)(\d*|db|sql)$/;
export const STAGING_WORD = /^(staging|stage|stg|uat|preview|canary)\d*$/;
export const DEVELOPMENT_WORD = /^(development|develop|dev|test|testing|tests|sandbox|local|localhost|demo)\d*$/;

/** Words for what must not be seen or leave without somebody knowing. */
export const SENSITIVE_WORDS = {
  secrets: new Set(
    words(`secret secrets password passwords passwd shadow credential credentials creds token tokens apikey apikeys vault
      privatekey keychain kubeconfig ssh pem htpasswd mfa otp`),
  ),
  personal: new Set(
    words(`ssn passport medical health patient patients pii personal salary salaries payroll biometric dob diagnosis
      iban creditcard`),
  ),
  money: new Set(words('finance financial payment payments payout payouts bank treasury funds billing wallet ledger')),
} as const;
export type Sensitivity = keyof typeof SENSITIVE_WORDS;

/** Pairs of words that are a secret only together. */
export const SECRET_PAIRS: ReadonlySet<string> = new Set(
  words('private_key api_key access_key secret_key id_rsa id_ed25519 signing_key encryption_key ssh_key'),
);

/** Words that make a call reach everything or everyone at once. */
export const EVERYTHING_WORDS: ReadonlySet<string> = new Set(
  words('all everything everyone everybody broadcast bulk mass'),
);
