import type { ComponentChildren } from 'preact';
import { SIGN_IN_PATH } from '../http/paths.ts';
import { Layout } from '../parts/layout.tsx';
import { Notice } from '../parts/notice.tsx';
import type { SignIns } from '../session/sign-ins.ts';

interface SignInProps {
  /** How people sign in here. */
  ways: SignIns['ways'];
  /** Where to go afterwards. */
  next: string;
  /** The token of a one-time link, where the page was opened by one. */
  link?: string;
  /** Whether somebody is asked once more, for what needs a recent sign-in. */
  again?: boolean;
  problem?: string;
}

/** Where people sign in. */
export function SignInPage({ ways, next, link, again = false, problem }: SignInProps) {
  return (
    <Layout title="Sign in">
      <h1>Sign in</h1>
      {problem === undefined ? null : <Notice kind="bad">{problem}</Notice>}
      {again ? (
        <Notice kind="look">
          What you want to do needs a sign-in of the last minutes. Nothing was sent yet; what you typed comes back.
        </Notice>
      ) : null}
      {link !== undefined ? (
        <SignInForm next={next} says="Sign in with this link">
          <input type="hidden" name="link" value={link} />
        </SignInForm>
      ) : null}
      {link === undefined && ways.provider ? (
        <p class="sign-in">
          <a class="button approve" href={`${SIGN_IN_PATH}/start?next=${encodeURIComponent(next)}`}>
            Sign in with your organisation
          </a>
        </p>
      ) : null}
      {link === undefined && ways.key ? (
        <SignInForm next={next} says="Sign in">
          <KeyField />
        </SignInForm>
      ) : null}
    </Layout>
  );
}

function SignInForm({ next, says, children }: { next: string; says: string; children: ComponentChildren }) {
  return (
    <form class="sign-in" method="post" action={SIGN_IN_PATH}>
      <input type="hidden" name="next" value={next} />
      {children}
      <p class="buttons">
        <button class="approve">{says}</button>
      </p>
    </form>
  );
}

function KeyField() {
  return (
    <p class="field">
      <label for="key">Your key</label>
      <span class="hint" id="key-hint">
        Your own. Agents do not sign in.
      </span>
      <input id="key" name="key" type="password" required autocomplete="current-password" aria-describedby="key-hint" />
    </p>
  );
}
