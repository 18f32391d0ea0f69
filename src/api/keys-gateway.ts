import type {
  KeyList,
  KeyRequest,
  KeyView,
  MadeKeyView,
  PrincipalList,
  RotateKeyRequest,
} from '@gatehouse/sdk/contract';
import type { Caller } from './gateway.ts';

/** Keys and who holds them, as the routes call for them. Whoever may not is refused, and what was tried is on record. */
export interface KeysGateway {
  list(caller: Caller): Promise<KeyList>;
  /** Makes one; its text is in the answer and nowhere else. */
  make(caller: Caller, given: KeyRequest): Promise<MadeKeyView>;
  /** Makes one that takes another's place. */
  rotate(caller: Caller, keyId: string, given: RotateKeyRequest): Promise<MadeKeyView>;
  /** Revokes one for good; doing it again changes nothing. */
  revoke(caller: Caller, keyId: string): Promise<KeyView>;
  principals(caller: Caller): Promise<PrincipalList>;
}
