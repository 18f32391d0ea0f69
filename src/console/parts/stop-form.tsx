import { stopScopeSchema } from '@gatehouse/sdk/contract';
import { STOPS_PATH } from '../http/paths.ts';
import type { Visitor } from '../session/visits.ts';
import { ForgeryField } from './layout.tsx';
import { Folded, Writing } from './verdict-form.tsx';

const SAYS = {
  everything: 'everything',
  agent: 'one agent, and what is asked on its behalf',
  team: 'one team',
  type: 'one action type',
  target: 'one target',
  server: 'one tool server',
} as const;

/** Throws a stop. The tick is the confirmation: a form that is sent by accident stops nothing. */
export function StopForm({ visitor, draft }: { visitor: Visitor; draft: URLSearchParams | null }) {
  const chosen = draft?.get('scope') ?? 'agent';
  return (
    <Folded title="Stop something" open={draft !== null}>
      <form class="verdict" method="post" action={STOPS_PATH}>
        <ForgeryField visitor={visitor} />
        <fieldset>
          <legend>What is stopped</legend>
          {stopScopeSchema.options.map((scope) => (
            <p class="tick">
              <input
                id={`scope-${scope}`}
                type="radio"
                name="scope"
                value={scope}
                required
                checked={scope === chosen}
              />
              <label for={`scope-${scope}`}>{SAYS[scope]}</label>
            </p>
          ))}
        </fieldset>
        <p class="field">
          <label for="stop-value">Its name</label>
          <span class="hint" id="stop-value-hint">
            As actions have it; nothing for everything.
          </span>
          <input
            id="stop-value"
            name="value"
            maxLength={500}
            autocomplete="off"
            aria-describedby="stop-value-hint"
            value={draft?.get('value') ?? ''}
          />
        </p>
        <Writing
          id="stop-reason"
          name="reason"
          label="Why"
          hint="It goes on record, and to every agent that is stopped."
          value={draft?.get('reason') ?? undefined}
          required
        />
        <p class="tick">
          <input id="stop-confirmed" type="checkbox" name="confirmed" value="yes" required />
          <label for="stop-confirmed">Stop it now: nothing of it starts any more, and what waits never runs</label>
        </p>
        <p class="buttons">
          <button class="reject">Stop</button>
        </p>
      </form>
    </Folded>
  );
}
