/** Under this name the record keeps what happens to itself, e.g. who took a copy of it. */
export const AUDIT_RECORD = 'audit';
