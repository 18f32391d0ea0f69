/**
 * A key that its issuer made recognisable. `hint` must be in a text for the pattern to be tried at all; a group `key` is the
 * secret itself and ends the match.
 */
export interface KeyFormat {
  name: string;
  hint: string;
  pattern: RegExp;
}

// Each pattern begins where no character of a key stands before it, so that a long run of them is read once.
/** Formats that issuers document, beside those that the rules of secretlint know. */
export const KEY_FORMATS: readonly KeyFormat[] = [
  { name: 'AWS access key id', hint: 'KIA', pattern: /(?<!\w)AKIA[A-Z2-7]{16}(?!\w)/g },
  { name: 'AWS session key id', hint: 'ASIA', pattern: /(?<!\w)ASIA[A-Z2-7]{16}(?!\w)/g },
  { name: 'Google API key', hint: 'AIza', pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g },
  { name: 'Google OAuth secret', hint: 'GOCSPX-', pattern: /(?<![\w-])GOCSPX-[\w-]{24,64}/g },
  { name: 'Google access token', hint: 'ya29.', pattern: /(?<![\w-])ya29\.[\w-]{20,2000}/g },
  { name: 'Stripe key', hint: '_live_', pattern: /(?<![\w-])[rs]k_live_[A-Za-z0-9]{16,247}/g },
  { name: 'Stripe webhook secret', hint: 'whsec_', pattern: /(?<![\w-])whsec_[A-Za-z0-9+/=]{24,200}/g },
  { name: 'GitLab token', hint: 'gl', pattern: /(?<![\w-])gl(pat|dt|rt|ptt|ft|soat|agent)-[\w-]{20,200}/g },
  { name: 'Anthropic key', hint: 'sk-ant-', pattern: /(?<![\w-])sk-ant-[\w-]{20,200}/g },
  { name: 'OpenAI key', hint: 'sk-', pattern: /(?<![\w-])sk-(proj|svcacct|admin)-[\w-]{20,250}/g },
  { name: 'Hugging Face token', hint: 'hf_', pattern: /(?<![\w-])hf_[A-Za-z]{34,40}(?!\w)/g },
  { name: 'npm token', hint: 'npm_', pattern: /(?<![\w-])npm_[A-Za-z0-9]{36}(?!\w)/g },
  { name: 'PyPI token', hint: 'pypi-', pattern: /(?<![\w-])pypi-AgE[\w-]{50,2000}/g },
  { name: 'DigitalOcean token', hint: '_v1_', pattern: /(?<![\w-])do[opr]_v1_[a-f0-9]{64}(?!\w)/g },
  { name: 'Databricks token', hint: 'dapi', pattern: /(?<![\w-])dapi[a-f0-9]{32}(-\d)?(?!\w)/g },
  { name: 'Twilio key', hint: 'SK', pattern: /(?<![\w-])SK[a-f0-9]{32}(?!\w)/g },
  { name: 'Mailgun key', hint: 'key-', pattern: /(?<![\w-])key-[a-f0-9]{32}(?!\w)/g },
  { name: 'Telegram bot token', hint: ':AA', pattern: /(?<![\w-])\d{8,10}:AA[\w-]{33}(?![\w-])/g },
  {
    name: 'Discord webhook',
    hint: '/api/webhooks/',
    pattern: /discord(app)?\.com\/api\/webhooks\/\d{15,22}\/[\w-]{60,80}/g,
  },
  { name: 'Vault token', hint: 'hvs.', pattern: /(?<![\w-])hvs\.[\w-]{24,300}/g },
  { name: 'Grafana token', hint: 'glsa_', pattern: /(?<![\w-])glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}/g },
  { name: 'Supabase token', hint: 'sbp_', pattern: /(?<![\w-])sbp_[a-f0-9]{40}(?!\w)/g },
  { name: 'age key', hint: 'AGE-SECRET-KEY-1', pattern: /AGE-SECRET-KEY-1[A-Z0-9]{58}/g },
  { name: 'Azure storage key', hint: 'AccountKey=', pattern: /AccountKey=[A-Za-z0-9+/]{86}==/g },
  {
    name: 'password in an address',
    hint: '://',
    pattern:
      /(?<!\w)(postgres(ql)?|mysql|mariadb|mssql|mongodb(\+srv)?|rediss?|amqps?|s?ftp|smtps?|ldaps?|ssh|https?):\/\/[^\s:@/]{0,200}:(?<key>[^\s:@/]{3,200})(?=@)/g,
  },
  {
    name: 'JSON web token',
    hint: 'eyJ',
    pattern: /(?<![\w-])eyJ[\w-]{10,4000}\.eyJ[\w-]{10,8000}\.[\w-]{16,2000}/g,
  },
];
