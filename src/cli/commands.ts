import type { Command } from 'commander';

type Add = (program: Command) => void;

/** Every command, in the order of the help, with the module that has it: what a command does not need is not loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  up: async () => (await import('./up.ts')).addUpCommand,
  demo: async () => (await import('./demo.ts')).addDemoCommand,
  api: async () => (await import('./api.ts')).addApiCommand,
  worker: async () => (await import('./worker.ts')).addWorkerCommand,
  guard: async () => (await import('./guard.ts')).addGuardCommand,
  decide: async () => (await import('./decide.ts')).addDecideCommand,
  classify: async () => (await import('./classify.ts')).addClassifyCommand,
  actions: async () => (await import('./actions.ts')).addActionsCommand,
  approvals: async () => (await import('./approvals.ts')).addApprovalsCommand,
  grants: async () => (await import('./grants.ts')).addGrantsCommand,
  policy: async () => (await import('./policy/index.ts')).addPolicyCommand,
  inventory: async () => (await import('./inventory.ts')).addInventoryCommand,
  notices: async () => (await import('./notices.ts')).addNoticesCommand,
  stop: async () => (await import('./stop.ts')).addStopCommand,
  keys: async () => (await import('./keys.ts')).addKeysCommand,
  principals: async () => (await import('./principals.ts')).addPrincipalsCommand,
  'verdict-keys': async () => (await import('./verdict-keys.ts')).addVerdictKeysCommand,
  'sign-in-link': async () => (await import('./sign-in-link.ts')).addSignInLinkCommand,
  'payload-keys': async () => (await import('./payload-keys.ts')).addPayloadKeysCommand,
  audit: async () => (await import('./audit/index.ts')).addAuditCommand,
  store: async () => (await import('./store/index.ts')).addStoreCommand,
  doctor: async () => (await import('./doctor.ts')).addDoctorCommand,
};

/** Adds the command that `words` (what follows the program's name) begin with; all of them where they begin with none. */
export async function addCommands(program: Command, words: readonly string[]): Promise<void> {
  const [first] = words[0] === 'help' ? words.slice(1) : words;
  const named = first !== undefined && Object.hasOwn(COMMANDS, first) ? [COMMANDS[first]] : Object.values(COMMANDS);
  for (const load of named) (await load?.())?.(program);
}
