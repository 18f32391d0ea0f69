/** Names that others pretend to be: sites of mail, money, code, clouds and chat. Only the part before the ending. */
export const WELL_KNOWN: ReadonlySet<string> = new Set(
  `google gmail youtube facebook instagram whatsapp microsoft office outlook live apple icloud amazon aws netflix paypal
   stripe venmo wise revolut coinbase binance kraken visa mastercard americanexpress chase wellsfargo bankofamerica
   citibank hsbc barclays santander github gitlab bitbucket npmjs pypi docker cloudflare digitalocean heroku vercel
   slack discord telegram zoom dropbox adobe salesforce hubspot atlassian notion linkedin twitter reddit wikipedia
   openai anthropic ebay shopify walmart dhl fedex ups usps booking airbnb uber spotify okta auth0 onepassword lastpass
   docusign zendesk twilio sendgrid mailchimp intuit`.split(/\s+/),
);

/** Endings under which those names are at home, to see `paypal.com` in front of somebody else's domain. */
export const WELL_KNOWN_ENDINGS: ReadonlySet<string> = new Set('com org net io co dev app de uk fr eu'.split(' '));

/** Letters and digits that pass for a Latin letter in a host name (Unicode TR39, the ones that names allow). */
const CONFUSABLE = `a:аɑαᴀ b:ЬьВ c:сϲᴄ d:ԁɗ e:еҽє f:ƒ g:ɡց h:һհ i:іıɩ j:јϳ k:кκᴋ l:ⅼӏ1 m:мᴍⅿ n:пոռ o:оοօᴏ0 p:рρ
   q:ԛգ r:гᴦ s:ѕꜱ5 t:тτᴛ u:υսᴜ v:ѵνᴠ w:ԝѡաᴡ x:хχ y:уүγʏ z:ᴢ`;

const LETTER_OF = new Map(
  CONFUSABLE.split(/\s+/).flatMap((row) =>
    Array.from(row.slice(2), (letter): [string, string] => [letter, row.charAt(0)]),
  ),
);

/** A label as the eye takes it: accents dropped, look-alikes as the Latin letter, `rn` as `m`, `vv` as `w`. */
export function asSeen(label: string): string {
  const plain = Array.from(label.normalize('NFKD').replace(/\p{M}/gu, ''), (one) => LETTER_OF.get(one) ?? one).join('');
  return plain.replaceAll('rn', 'm').replaceAll('vv', 'w');
}
