// The options of withRedaction: what is private.

/** What is known to be private by its form: keys and passwords, e-mail addresses, phone numbers, numbers of credit cards. */
export type PrivateKind = 'key' | 'email' | 'phone' | 'card';

/** A text as it is, or a regular expression of bounded parts, which surely takes linear time. */
export type OwnPrivate = string | RegExp;

/** What is hidden from providers. */
export interface RedactionOptions {
  /** All four unless given. */
  readonly kinds?: readonly PrivateKind[];
  /** What the program itself says is private, by the label of its placeholder: `{ PROJECT: 'Falcon', CUSTOMER: /C-\d{8}/ }`. */
  readonly own?: Readonly<Record<string, OwnPrivate | readonly OwnPrivate[]>>;
}
