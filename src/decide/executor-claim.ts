/** The executor in a claim, without the run that claimed. */
export function executorOf(claimId: string): string {
  return claimId.replace(/@[^@]*$/, '');
}
