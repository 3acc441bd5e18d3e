/** Keys of this installation (`KAERU_SECRET_FILE`); the key itself never leaves the adapter. */
export interface Secrets {
  /** Text sealed with AES-256-GCM, as base64. `purpose` is bound in: a row sealed for one purpose opens for no other. */
  seal(purpose: string, text: string): string;
  /** The text that `seal` was given. Throws where the row was changed or the key is another. */
  unseal(purpose: string, sealed: string): string;
  /** A keyed hash (hex) that stands for a person or a text in logs and chains. */
  keyedHash(purpose: string, text: string): string;
}
