import type { Asker } from '../../workflows/messages.ts';
import type { TriedAction } from '../trial.ts';
import type { Edit } from './asked.ts';
import { editAction } from './asked.ts';
import type { Constants } from './constants.ts';

const MOST = 12;
const NOBODY: Asker = { team: null, roles: [], tags: [] };

/** Single changes of who asks: another agent, another team, a role or tag more, a tag less, and the action's own tags. */
export function askerEdits(action: TriedAction, constants: Constants): Edit[] {
  const { agent, asker = NOBODY, tags = [] } = action;
  const names = [...constants.agents, 'another-agent'].filter((name) => name !== agent).slice(0, MOST);
  const teams = constants.teams.filter((team) => team !== asker.team).slice(0, MOST);
  const roles = constants.roles.filter((role) => !asker.roles.includes(role)).slice(0, MOST);
  const added = constants.tags.filter((tag) => !asker.tags.includes(tag)).slice(0, MOST);
  return [
    ...names.map((name) => editAction('agent', { agent: name }, `asked by the agent ${name}`, name)),
    ...teams.map((team) => editAction('agent.team', { asker: { ...asker, team } }, `asked by the team ${team}`, team)),
    ...roles.map((role) => {
      const changed = { ...asker, roles: [...asker.roles, role] };
      return editAction('agent.roles', { asker: changed }, `asked with the role ${role}`, role);
    }),
    ...added.map((tag) => {
      const changed = { ...asker, tags: [...asker.tags, tag] };
      return editAction('agent.tags', { asker: changed }, `asked by an agent tagged ${tag}`, tag);
    }),
    ...asker.tags.slice(0, MOST).map((tag) => {
      const changed = { ...asker, tags: asker.tags.filter((each) => each !== tag) };
      return editAction('agent.tags', { asker: changed }, `asked by an agent without the tag ${tag}`);
    }),
    ...tags.slice(0, MOST).map((tag) => {
      const changed = tags.filter((each) => each !== tag);
      return editAction('tags', { tags: changed }, `without the tag ${tag}`);
    }),
  ];
}
