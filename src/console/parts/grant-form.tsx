import type { GrantLimits } from '@gatehouse/sdk/contract';
import { spanOf } from '../said/times.ts';
import { Foreign } from './foreign.tsx';
import type { FormProps } from './verdict-form.tsx';
import { Folded, VerdictForm } from './verdict-form.tsx';

const MINUTE_SECONDS = 60;

/** Approves, and lets the agent do the same again without being asked, within the limits of the policy. */
export function GrantForm({ approval, visitor, draft, limits }: FormProps & { limits: GrantLimits }) {
  const { type, arguments: args } = approval;
  const mostMinutes = Math.max(1, Math.floor(limits.withinSeconds / MINUTE_SECONDS));
  const names = Object.keys(args).sort();
  return (
    <Folded title="Approve, and do not ask again for a while" open={draft?.get('verdict') === 'grant'}>
      <VerdictForm approval={approval} visitor={visitor}>
        <p class="hint">
          The policy permits at most {limits.uses} uses within {spanOf(limits.withinSeconds)}. It can be taken back at
          any time, and never outranks a block.
        </p>
        <p class="field">
          <label for="grant-name">What it is called</label>
          <input
            id="grant-name"
            name="grantName"
            required
            maxLength={100}
            autocomplete="off"
            value={draft?.get('grantName') ?? type.slice(0, 100)}
          />
        </p>
        <p class="field">
          <label for="grant-uses">How often, beside this time</label>
          <input
            id="grant-uses"
            name="uses"
            type="number"
            required
            min={1}
            max={limits.uses}
            value={draft?.get('uses') ?? '1'}
          />
        </p>
        <p class="field">
          <label for="grant-minutes">For how many minutes</label>
          <input
            id="grant-minutes"
            name="minutes"
            type="number"
            required
            min={1}
            max={mostMinutes}
            value={draft?.get('minutes') ?? String(Math.min(MINUTE_SECONDS, mostMinutes))}
          />
        </p>
        {names.length === 0 ? null : (
          <fieldset>
            <legend>Arguments that must be as they are now</legend>
            {names.map((name, at) => (
              <p class="tick">
                <input id={`same-${String(at)}`} type="checkbox" name="same" value={name} checked />
                <label for={`same-${String(at)}`}>
                  <Foreign text={name} />
                </label>
              </p>
            ))}
          </fieldset>
        )}
        <input type="hidden" name="argumentCount" value={names.length} />
        <p class="field">
          <label for="grant-comment">Comment</label>
          <textarea id="grant-comment" name="comment" rows={2} />
        </p>
        <p class="buttons">
          <button name="verdict" value="grant" class="approve">
            Approve, and permit this
          </button>
        </p>
      </VerdictForm>
    </Folded>
  );
}
