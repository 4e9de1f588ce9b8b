// What came back from Microsoft, read from the address. It only chooses one of our own views; nothing of it is shown,
// and nothing is authorised by it.

/** The views of the return page. */
export enum View {
  Success = "success",
  Declined = "declined",
  NotAllowed = "notAllowed",
  Redirect = "redirect",
  WrongTenant = "wrongTenant",
  Registration = "registration",
  TryLater = "tryLater",
  /** An answer to a request that did not start in this tab. */
  Unmatched = "unmatched",
  Unknown = "unknown",
  /** Opened without an answer. */
  Empty = "empty",
}

/**
 * Microsoft's error codes that have a view of their own ("Microsoft Entra authentication and authorization error codes").
 * That page says codes may change: a failure of the service that is not here goes by the name of its error.
 */
export const VIEW_OF_CODE: Readonly<Record<string, View>> = {
  AADSTS65004: View.Declined,
  AADSTS90093: View.NotAllowed,
  AADSTS90094: View.NotAllowed,
  AADSTS90095: View.NotAllowed,
  AADSTS50011: View.Redirect,
  AADSTS500113: View.Redirect,
  AADSTS70004: View.Redirect,
  AADSTS900971: View.Redirect,
  AADSTS16000: View.WrongTenant,
  AADSTS50020: View.WrongTenant,
  AADSTS50059: View.WrongTenant,
  AADSTS50128: View.WrongTenant,
  AADSTS90002: View.WrongTenant,
  AADSTS90038: View.WrongTenant,
  AADSTS50194: View.Registration,
  AADSTS65005: View.Registration,
  AADSTS650056: View.Registration,
  AADSTS700016: View.Registration,
  AADSTS7000112: View.Registration,
  AADSTS50033: View.TryLater,
  AADSTS90006: View.TryLater,
  AADSTS90024: View.TryLater,
  AADSTS90033: View.TryLater,
  AADSTS90055: View.TryLater,
  AADSTS90090: View.TryLater,
};

const VIEW_OF_ERROR: Readonly<Record<string, View>> = {
  access_denied: View.Declined,
  consent_required: View.Declined,
  server_error: View.TryLater,
  temporarily_unavailable: View.TryLater,
};

/** What the return page shows. */
export interface Outcome {
  readonly view: View;
  /** One of the codes of {@link VIEW_OF_CODE}, for the person who asks for help. */
  readonly code?: string;
  /** Whether the answer belongs to the request that this tab made. */
  readonly matched: boolean;
}

/**
 * Reads the answer. `error` comes first: Microsoft sends `admin_consent=True` with errors too
 * ("Admin consent on the Microsoft identity platform").
 * @param expected the state that this tab sent, or `null` when it sent none
 */
export function readAnswer(query: string, expected: string | null): Outcome {
  const answer = new URLSearchParams(query);
  const matched = expected !== null && expected !== "" && answer.get("state") === expected;
  if (isError(answer)) return { ...readError(answer), matched };
  if (!answer.has("admin_consent")) return { view: View.Empty, matched };
  if (answer.get("admin_consent")?.toLowerCase() !== "true") return { view: View.Unknown, matched };
  return { view: matched ? View.Success : View.Unmatched, matched };
}

/** Whether the address holds an answer of Microsoft's at all: on the wrong page it means a wrong redirect. */
export function isAnswer(query: string): boolean {
  const answer = new URLSearchParams(query);
  return isError(answer) || answer.has("admin_consent");
}

function isError(answer: URLSearchParams): boolean {
  return answer.has("error") || answer.has("error_description");
}

function readError(answer: URLSearchParams): { view: View; code?: string } {
  const [code = ""] = /AADSTS\d+/.exec(answer.get("error_description") ?? "") ?? [];
  const known = own(VIEW_OF_CODE, code);
  if (known !== undefined) return { view: known, code };
  if (answer.get("error_subcode") === "cancel") return { view: View.Declined };
  const view = own(VIEW_OF_ERROR, answer.get("error") ?? "") ?? View.Unknown;
  // A code that is not known may stand for a policy, a licence, anything: nobody is told that they declined.
  return { view: view === View.Declined && code !== "" ? View.Unknown : view };
}

function own(table: Readonly<Record<string, View>>, key: string): View | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
