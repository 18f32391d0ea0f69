// A real OIDC provider on loopback, for tests: `oidc-provider` with accounts that sign in by name alone. Settings come as JSON
// in its first argument; its address goes to standard output.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { port, clientId, clientSecret, publicUrl, accounts, groupsInToken } = JSON.parse(process.argv[2] ?? '{}');
const issuer = `http://127.0.0.1:${port}`;
const SCOPES = 'openid profile email';

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [`${publicUrl}/console/sign-in/callback`],
      post_logout_redirect_uris: [`${publicUrl}/console/sign-in`],
      require_auth_time: true,
    },
  ],
  claims: { openid: ['sub'], profile: ['preferred_username', 'groups'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: !groupsInToken,
  cookies: { keys: ['for tests'] },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (context, form) => {
        const button = '<button form="op.logoutForm" name="logout" value="yes">Sign out here too</button>';
        context.body = `<!doctype html><title>Provider</title>${form}${button}`;
      },
    },
  },
  loadExistingGrant: async ({ oidc }) => {
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope(SCOPES);
    await grant.save();
    return grant;
  },
});

const serve = provider.callback();

async function interact(request, response) {
  if (request.method === 'GET') {
    const field = '<label>Account <input name="account"></label><button>Continue</button>';
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>Provider</title><form method="post" action="${request.url}">${field}</form>`);
    return;
  }
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  const accountId = new URLSearchParams(body).get('account') ?? '';
  const known = accountId in accounts;
  const result = known ? { login: { accountId } } : { error: 'access_denied', error_description: 'no such account' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

createServer((request, response) => {
  if (request.url?.startsWith('/interaction/')) {
    interact(request, response).catch((error) => response.writeHead(500).end(String(error)));
  } else serve(request, response);
}).listen(port, '127.0.0.1', () => process.stdout.write(`${issuer}\n`));
