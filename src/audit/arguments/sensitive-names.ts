import { toSnake } from '../../classify/index.ts';

const words = (list: string): string[] => list.split(/\s+/).filter(Boolean);

/** Words in the name of a value that is nobody's business afterwards: secrets, then people. */
const WORDS: ReadonlySet<string> = new Set(
  words(`password passwords passwd pwd passphrase passcode pin secret secrets token credential credentials creds
    authorization auth cookie cookies apikey otp totp cvv cvc signature
    email emails phone phones telephone mobile fax ssn iban passport dob birthdate birthday birth surname
    salary diagnosis`),
);

/** Words that say so only one behind the other. */
const PAIRS: ReadonlySet<string> = new Set(
  words(`api_key access_key private_key secret_key signing_key encryption_key ssh_key account_key shared_key
    access_tokens refresh_tokens session_id
    card_number credit_card debit_card card_holder account_number routing_number bank_account sort_code
    first_name last_name full_name middle_name maiden_name given_name family_name
    street_address home_address postal_address mailing_address billing_address shipping_address
    postal_code zip_code tax_id national_id social_security driver_license driving_licence medical_record`),
);

/** Tells by its name whether a value is a secret or personal. */
export type SensitiveName = (name: string) => boolean;

/**
 * The names that are known to be so, in any naming style (`apiKey`, `X-API-Key`, `user.api_key`), and those that an
 * installation adds: one of theirs counts where its words stand in a name in that order.
 */
export function sensitiveNames(more: readonly string[] = []): SensitiveName {
  const added = more.map((name) => `_${wordsOf(name).join('_')}_`).filter((name) => name !== '__');
  return (name) => {
    const parts = wordsOf(name);
    if (parts.some((word, at) => WORDS.has(word) || PAIRS.has(`${parts[at - 1] ?? ''}_${word}`))) return true;
    const whole = `_${parts.join('_')}_`;
    return added.some((one) => whole.includes(one));
  };
}

function wordsOf(name: string): string[] {
  return toSnake(name).split('_').filter(Boolean);
}
