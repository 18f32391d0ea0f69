/** Every role that a key or a sign-in can give, from the one that may do most to the one that acts. */
export const ROLES = ['owner', 'admin', 'reviewer', 'auditor', 'viewer', 'agent'] as const;
export type Role = (typeof ROLES)[number];

/** True for the text of a role. */
export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
