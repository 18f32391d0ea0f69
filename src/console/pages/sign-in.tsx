import { SIGN_IN_PATH } from '../http/paths.ts';
import { Layout } from '../parts/layout.tsx';
import { Notice } from '../parts/notice.tsx';

interface SignInProps {
  /** Where to go afterwards. */
  next: string;
  /** The token of a one-time link, where the page was opened by one. */
  link?: string;
  problem?: string;
}

/** Where a reviewer or an admin signs in. */
export function SignInPage({ next, link, problem }: SignInProps) {
  return (
    <Layout title="Sign in">
      <h1>Sign in</h1>
      {problem === undefined ? null : <Notice kind="bad">{problem}</Notice>}
      <form class="sign-in" method="post" action={SIGN_IN_PATH}>
        <input type="hidden" name="next" value={next} />
        {link === undefined ? (
          <p class="field">
            <label for="key">Your key</label>
            <span class="hint" id="key-hint">
              The key of a reviewer or an admin. Agents do not sign in.
            </span>
            <input
              id="key"
              name="key"
              type="password"
              required
              autocomplete="current-password"
              aria-describedby="key-hint"
            />
          </p>
        ) : (
          <input type="hidden" name="link" value={link} />
        )}
        <p class="buttons">
          <button class="approve">{link === undefined ? 'Sign in' : 'Sign in with this link'}</button>
        </p>
      </form>
    </Layout>
  );
}
