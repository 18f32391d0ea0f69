import type { ComponentChildren } from 'preact';
import { assetPath } from '../http/assets.ts';
import { GRANTS_PATH, INBOX_PATH, STOPS_PATH } from '../http/paths.ts';
import { FORGERY_FIELD } from '../session/forgery.ts';
import type { Visitor } from '../session/visits.ts';
import { StopBanner } from './stop-banner.tsx';

/** Where a page hears of changes, and what it shows now. */
export interface Live {
  path: string;
  version: string;
}

interface LayoutProps {
  title: string;
  visitor?: Visitor;
  live?: Live;
  children: ComponentChildren;
}

/** The frame of every page. */
export function Layout({ title, visitor, live, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Gatehouse`}</title>
        <link rel="stylesheet" href={assetPath('page.css')} />
        <link rel="stylesheet" href={assetPath('parts.css')} />
        <link rel="icon" href={assetPath('icon.svg')} />
        <script src={assetPath('console.js')} defer />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <a class="home" href={INBOX_PATH}>
            Gatehouse
          </a>
          {visitor === undefined ? null : (
            <>
              <nav aria-label="Console">
                <a href={INBOX_PATH}>Approvals</a> <a href={GRANTS_PATH}>Permissions</a> <a href={STOPS_PATH}>Stop</a>
              </nav>
              <WhoIsHere visitor={visitor} />
            </>
          )}
        </header>
        <main id="main" tabIndex={-1} data-live={live?.path} data-version={live?.version}>
          {visitor === undefined ? null : <StopBanner stops={visitor.stops} />}
          {children}
        </main>
        <p id="live" class="live" role="status" />
      </body>
    </html>
  );
}

function WhoIsHere({ visitor }: { visitor: Visitor }) {
  const { principal, role } = visitor.caller;
  return (
    <form class="who" method="post" action="/console/sign-out">
      <ForgeryField visitor={visitor} />
      <span>
        {principal} <span class="quiet">({role})</span>
      </span>
      <button class="plain">Sign out</button>
    </form>
  );
}

/** What every form of a signed-in person carries. */
export function ForgeryField({ visitor }: { visitor: Visitor }) {
  return <input type="hidden" name={FORGERY_FIELD} value={visitor.forgeryToken} />;
}
