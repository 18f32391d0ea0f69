/** What was tampered with may be no JSON any more: that is a finding, and not the end of the verification. */
export function parsed(json: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
