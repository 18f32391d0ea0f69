/** One environment variable that cannot be used, and what to do about it. */
export interface SettingsProblem {
  variable: string;
  problem: string;
  fix: string;
}

/** The environment cannot be used. Carries every problem at once, in the order in which the settings are documented. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly SettingsProblem[]) {
    const lines = problems.map(({ variable, problem, fix }) => `  ${variable}: ${problem}. ${fix}`);
    super(
      `${problems.length === 1 ? 'A setting' : `${problems.length} settings`} cannot be used:\n${lines.join('\n')}`,
    );
  }
}
