import { z } from 'zod';
import { isRole, ROLES, type Role } from '../access/roles.ts';
import type { SettingsProblem } from './error.ts';
import { isLoopback } from './loopback.ts';

/** What a person of a provider's group may be here. An agent signs in nowhere. */
export type PersonRole = Exclude<Role, 'agent'>;

/** The provider by which people sign in. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  /** undefined for a public client. */
  clientSecret?: string;
  scopes: string;
  /** The claim that names a person on record. */
  nameClaim: string;
  groupsClaim: string;
  /** Role by group. */
  roles: Readonly<Record<string, PersonRole>>;
}

/** Whose tokens agents may present in place of a key. */
export interface AgentTokenSettings {
  issuer: string;
  audience: string;
  /** Where its keys are; undefined to ask the issuer. */
  jwks?: string;
  /** The claim that names the agent. */
  nameClaim: string;
}

/** How people sign in, and what agents may present in place of a key. */
export interface SignInSettings {
  oidc?: OidcSettings;
  agentTokens?: AgentTokenSettings;
  /** Whether a key signs its holder in to the console. */
  keySignIn: boolean;
  /** How old a sign-in may be for what needs a recent one, in milliseconds. */
  stepUpMs: number;
}

const MINUTE_MS = 60_000;
const PEOPLE_ROLES = ROLES.filter((role) => role !== 'agent');
const quoted = (value: unknown) => JSON.stringify(value);

const issuer = z
  .string()
  .refine(isSafeAddress, {
    error: 'it is not an https address (http is for this machine only) without query or fragment',
  })
  .optional();
const claim = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, { error: (issue) => `${quoted(issue.input)} is not the name of a claim` });

const roles = z.string().transform((text, context): Record<string, PersonRole> => {
  const found: Record<string, PersonRole> = {};
  for (const part of text.split(',')) {
    const at = part.lastIndexOf('=');
    const [group, role] = [part.slice(0, Math.max(at, 0)).trim(), part.slice(at + 1).trim()];
    if (group === '') context.addIssue({ code: 'custom', message: `${quoted(part)} is not group=role` });
    else if (!isRole(role) || role === 'agent')
      context.addIssue({ code: 'custom', message: `${quoted(role)} is not one of ${PEOPLE_ROLES.join(', ')}` });
    else found[group] = role;
  }
  return found;
});

/** The variables of signing in. Empty counts as absent. */
export const signInVariables = {
  GATEHOUSE_OIDC_ISSUER: issuer,
  GATEHOUSE_OIDC_CLIENT_ID: z.string().optional(),
  GATEHOUSE_OIDC_CLIENT_SECRET: z.string().optional(),
  GATEHOUSE_OIDC_SCOPES: z
    .string()
    .regex(/^openid( [\x21\x23-\x5b\x5d-\x7e]+)*$/, { error: 'it does not begin with openid, or is no list of scopes' })
    .default('openid profile email'),
  GATEHOUSE_OIDC_NAME_CLAIM: claim.default('preferred_username'),
  GATEHOUSE_OIDC_GROUPS_CLAIM: claim.default('groups'),
  GATEHOUSE_OIDC_ROLES: roles.optional(),
  GATEHOUSE_KEY_SIGN_IN: z
    .enum(['on', 'off'], { error: (issue) => `${quoted(issue.input)} is not one of on, off` })
    .optional(),
  GATEHOUSE_STEP_UP_MINUTES: z
    .string()
    .regex(/^([1-9]|[1-9]\d|[1-3]\d\d|4[0-7]\d|480)$/, {
      error: (issue) => `${quoted(issue.input)} is not a whole number from 1 to 480`,
    })
    .transform(Number)
    .default(15),
  GATEHOUSE_AGENT_ISSUER: issuer,
  GATEHOUSE_AGENT_AUDIENCE: z.string().default('gatehouse'),
  GATEHOUSE_AGENT_JWKS: issuer,
  GATEHOUSE_AGENT_NAME_CLAIM: claim.default('sub'),
};

export const SIGN_IN_FIXES = {
  GATEHOUSE_OIDC_ISSUER: 'Give the address of your OIDC provider, e.g. https://sso.example.com/realms/main',
  GATEHOUSE_OIDC_CLIENT_ID: 'Give the id under which the provider knows Gatehouse',
  GATEHOUSE_OIDC_CLIENT_SECRET: "Give the client's secret, or unset it for a public client",
  GATEHOUSE_OIDC_SCOPES: 'Give scopes separated by spaces; the default is openid profile email',
  GATEHOUSE_OIDC_NAME_CLAIM: 'Give the claim that names a person; the default is preferred_username',
  GATEHOUSE_OIDC_GROUPS_CLAIM: 'Give the claim that lists the groups of a person; the default is groups',
  GATEHOUSE_OIDC_ROLES: 'Give group=role pairs, e.g. gatehouse-admins=admin,oncall=reviewer',
  GATEHOUSE_KEY_SIGN_IN: 'Set it to on or off, or unset it: on where no OIDC provider is configured, off elsewhere',
  GATEHOUSE_STEP_UP_MINUTES: 'Give whole minutes from 1 to 480; the default is 15',
  GATEHOUSE_AGENT_ISSUER: "Give the issuer of your agents' tokens, as their claim iss says it",
  GATEHOUSE_AGENT_AUDIENCE: 'Give the audience that the tokens are made for; the default is gatehouse',
  GATEHOUSE_AGENT_JWKS: "Give the address of the issuer's keys, or unset it to ask the issuer",
  GATEHOUSE_AGENT_NAME_CLAIM: 'Give the claim that names the agent; the default is sub',
};

type Variables = z.infer<z.ZodObject<typeof signInVariables>> & { GATEHOUSE_PUBLIC_URL?: string | undefined };

/** Puts the variables together; the problems where they do not fit each other. */
export function signInSettings(v: Variables): SignInSettings | SettingsProblem[] {
  const { GATEHOUSE_OIDC_ISSUER: oidcIssuer, GATEHOUSE_AGENT_ISSUER: agentIssuer } = v;
  const problems = oidcIssuer === undefined ? withoutIssuer(v) : besideIssuer(v);
  if (v.GATEHOUSE_AGENT_JWKS !== undefined && agentIssuer === undefined) {
    problems.push(missing('GATEHOUSE_AGENT_ISSUER', 'GATEHOUSE_AGENT_JWKS'));
  }
  if (problems.length > 0) return problems;
  const { GATEHOUSE_OIDC_CLIENT_SECRET: clientSecret, GATEHOUSE_AGENT_JWKS: jwks } = v;
  return {
    ...(oidcIssuer !== undefined && {
      oidc: {
        issuer: oidcIssuer,
        clientId: v.GATEHOUSE_OIDC_CLIENT_ID ?? '',
        ...(clientSecret === undefined ? {} : { clientSecret }),
        scopes: v.GATEHOUSE_OIDC_SCOPES,
        nameClaim: v.GATEHOUSE_OIDC_NAME_CLAIM,
        groupsClaim: v.GATEHOUSE_OIDC_GROUPS_CLAIM,
        roles: v.GATEHOUSE_OIDC_ROLES ?? {},
      },
    }),
    ...(agentIssuer !== undefined && {
      agentTokens: {
        issuer: agentIssuer,
        audience: v.GATEHOUSE_AGENT_AUDIENCE,
        ...(jwks === undefined ? {} : { jwks }),
        nameClaim: v.GATEHOUSE_AGENT_NAME_CLAIM,
      },
    }),
    keySignIn: (v.GATEHOUSE_KEY_SIGN_IN ?? (oidcIssuer === undefined ? 'on' : 'off')) === 'on',
    stepUpMs: v.GATEHOUSE_STEP_UP_MINUTES * MINUTE_MS,
  };
}

/** A half of it would silently leave people signing in by key. */
function withoutIssuer(v: Variables): SettingsProblem[] {
  const given = ['GATEHOUSE_OIDC_CLIENT_ID', 'GATEHOUSE_OIDC_CLIENT_SECRET', 'GATEHOUSE_OIDC_ROLES'] as const;
  const first = given.find((name) => v[name] !== undefined);
  return first === undefined ? [] : [missing('GATEHOUSE_OIDC_ISSUER', first)];
}

function besideIssuer(v: Variables): SettingsProblem[] {
  const needed = ['GATEHOUSE_OIDC_CLIENT_ID', 'GATEHOUSE_OIDC_ROLES'] as const;
  const problems = needed.filter((name) => v[name] === undefined).map((name) => missing(name, 'GATEHOUSE_OIDC_ISSUER'));
  const publicUrl = v.GATEHOUSE_PUBLIC_URL;
  const fix = 'Give the address under which browsers reach the console, e.g. https://gatehouse.example.com';
  const refuse = (problem: string) => problems.push({ variable: 'GATEHOUSE_PUBLIC_URL', problem, fix });
  if (publicUrl === undefined)
    refuse('it is not set, but GATEHOUSE_OIDC_ISSUER is, and the provider must know where to return to');
  else if (!isSafeAddress(publicUrl))
    refuse('people sign in there, so it must be https; http is for this machine only');
  else if (new URL(publicUrl).pathname !== '/') refuse('the console cannot be below a path');
  return problems;
}

function missing(variable: keyof typeof SIGN_IN_FIXES, because: string): SettingsProblem {
  return { variable, problem: `it is not set, but ${because} is`, fix: SIGN_IN_FIXES[variable] };
}

/** Over plain http anybody on the way could put keys and tokens of their own in place of the issuer's. */
function isSafeAddress(value: string): boolean {
  if (!URL.canParse(value) || /[?#]/.test(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  return (
    (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) && username === '' && password === ''
  );
}
