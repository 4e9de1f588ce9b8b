// Why nobody could tell what is granted, and what to do about it.

/** What stood in the way of reading what a tenant has granted. */
export enum ReadProblem {
  /** The directory refused the reader. */
  Forbidden = "forbidden",
  /** Nobody could be signed in. */
  SignIn = "signIn",
  /** The reader belongs to another tenant. */
  OtherTenant = "otherTenant",
  /** `organizations` stands for no tenant in particular. */
  AnyOrganisation = "anyOrganisation",
  NoSuchTenant = "noSuchTenant",
  /** The tenant that should own the application does not know it. */
  NoSuchApplication = "noSuchApplication",
  /** The application may not sign in any more. */
  DisabledApplication = "disabledApplication",
  WrongSecret = "wrongSecret",
  ExpiredSecret = "expiredSecret",
  /** Asked to wait longer than there is time for. */
  Throttled = "throttled",
  /** No connection, or one that is not trusted. */
  Offline = "offline",
  TimedOut = "timedOut",
  /** The service failed. */
  Unavailable = "unavailable",
  /** The answer was not understood. */
  Unexpected = "unexpected",
}

/** A problem in words. */
export interface ReadProblemText {
  /** A clause: it continues "because ...". */
  readonly why: string;
  /** Whole sentences. */
  readonly fix: string;
}

const TEXTS: Readonly<Record<ReadProblem, ReadProblemText>> = {
  [ReadProblem.Forbidden]: {
    why: "the identity that asks may not read applications",
    fix: "Give it the Microsoft Graph app role Application.Read.All, or set BOT_CLIENT_SECRET and run teams-calling-bot consent status, which then judges by the bot's own token.",
  },
  [ReadProblem.SignIn]: {
    why: "nobody is signed in who could read the directory",
    fix: "Sign in (az login, or AZURE_CLIENT_ID and AZURE_CLIENT_SECRET), or set BOT_CLIENT_SECRET, and run teams-calling-bot consent status.",
  },
  [ReadProblem.OtherTenant]: {
    why: "the identity that asks belongs to another tenant",
    fix: "Set BOT_CLIENT_SECRET and run teams-calling-bot consent status, which then judges by the bot's own token.",
  },
  [ReadProblem.AnyOrganisation]: {
    why: "organizations stands for whichever organisation consents",
    fix: "Name a tenant to have it checked.",
  },
  [ReadProblem.NoSuchTenant]: {
    why: "Microsoft Entra ID does not know this tenant",
    fix: "Check its id or domain, and that it is in the stack's cloud.",
  },
  [ReadProblem.NoSuchApplication]: {
    why: "this tenant, which should own the bot's application, does not know it",
    fix: "Check that the outputs are those of this bot's stack, and run pulumi up if somebody has deleted the application.",
  },
  [ReadProblem.DisabledApplication]: {
    why: "the application is disabled in this tenant",
    fix: "Let an administrator enable it under Enterprise applications.",
  },
  [ReadProblem.WrongSecret]: {
    why: "the client secret is not one of the application's",
    fix: "Set the secret's value, not its id, in BOT_CLIENT_SECRET (or AZURE_CLIENT_SECRET for whoever reads the directory).",
  },
  [ReadProblem.ExpiredSecret]: {
    why: "the client secret has expired",
    fix: "Make a new one, by pulumi up where the stack makes it, and set it in BOT_CLIENT_SECRET (or AZURE_CLIENT_SECRET for whoever reads the directory).",
  },
  [ReadProblem.Throttled]: {
    why: "the service asks callers to wait",
    fix: "Try again in a few minutes.",
  },
  [ReadProblem.Offline]: {
    why: "the service could not be reached",
    fix: "Check the network, the proxy and the trusted certificates.",
  },
  [ReadProblem.TimedOut]: {
    why: "the service did not answer in time",
    fix: "Try again.",
  },
  [ReadProblem.Unavailable]: {
    why: "the service failed",
    fix: "Try again in a few minutes.",
  },
  [ReadProblem.Unexpected]: {
    why: "the answer was not understood",
    fix: "Check that the sign-in and Microsoft Graph are those of the stack's cloud.",
  },
};

export function problemText(problem: ReadProblem): ReadProblemText {
  return TEXTS[problem];
}

/** Why, and what to do: continues "Consent of tenant X is unknown: ". */
export function whyUnknown(problem: ReadProblem): string {
  const { why, fix } = TEXTS[problem];
  return `${why}. ${fix}`;
}

/** Whether it may pass by itself, so that asking again makes sense. */
export function mayPass(problem: ReadProblem): boolean {
  return [
    ReadProblem.Throttled,
    ReadProblem.Offline,
    ReadProblem.TimedOut,
    ReadProblem.Unavailable,
  ].includes(problem);
}
