// Every word of the pages, in one place, so that they can be translated. A translation is an object of type SignUpTexts.
// In any text {app}, {publisher}, {login} (Microsoft's sign-in host) and {page} (address of the sign-up page) are filled in.
import { CAPABILITIES } from "../rules/capabilities.js";
import { PERMISSIONS } from "../rules/permissions.js";

/** How the language is written. */
export enum Direction {
  LeftToRight = "ltr",
  RightToLeft = "rtl",
}

/** Words by a name of the rules: a permission, a capability, a demand. */
export type Words = Readonly<Record<string, string>>;

export type SignUpTexts = typeof ENGLISH;

const lets: Words = Object.fromEntries(PERMISSIONS.map(({ value, lets }) => [value, lets]));
const capabilities: Words = Object.fromEntries(
  Object.entries(CAPABILITIES).map(([name, { what }]) => [name, lowerFirst(what)]),
);

/** The texts of the pages in English, and what the pages use when nothing else is given. */
export const ENGLISH = {
  lang: "en",
  dir: Direction.LeftToRight,

  skip: "Go to the approval",
  noScript:
    "This page needs JavaScript to go on, and your browser does not run it here. Allow it for this site and load the page again, or ask {publisher} for a direct link.",

  title: "Approve {app} – {publisher}",
  eyebrow: "For Microsoft 365 administrators",
  heading: "Approve {app} for your organisation",
  lede: "{publisher} asks for your organisation’s permission, so that {app} can take part in your Microsoft Teams calls and meetings. Read what it asks for here; you decide on Microsoft’s own page.",

  what: {
    heading: "What {app} will be able to do",
    lede: "This is the whole list. It applies to your whole organisation, and {app} uses it on its own, not on behalf of a person.",
    media: "Hears and sees calls",
    /** Starts the reason that comes from what the bot does; the capabilities follow, parted by {@link separator}. */
    because: "So that it can {reasons}.",
    /** The same where the heading already names one reason. */
    becauseToo: "Also so that it can {reasons}.",
    separator: "; ",
    noReason: "{publisher} gives no reason for this one here. Ask before you approve.",
    noMedia: "Nothing in this list lets {app} hear or see a call.",
    /** What each permission lets the bot do. Continues "It will be able to ..." and starts in lower case. */
    lets,
    /** What each capability is for. Continues "So that it can ..." */
    capabilities,
    /** What limits a permission further, by the demand that the catalogue names. Left out: nothing is said. */
    limits: {
      applicationAccessPolicy:
        "Works only for people whom your Teams administrator names in an application access policy.",
      appInstalled: "Works only in chats in which the app is installed.",
    } as Words,
  },

  recording: {
    heading: "Recording",
    rule: "Microsoft’s rule for every such app: nothing of a call may be kept, nor anything derived from it such as a transcript or a summary, unless the app has first told Teams that it records.",
    never:
      "{publisher} states that {app} keeps nothing: no sound, no picture, no transcript, no summary.",
    afterRecordingStatus:
      "{publisher} states that {app} keeps something of a call only after it has told Teams, and stops before it tells Teams that recording has ended. Teams shows everybody in the call that it is recorded.",
  },

  who: {
    heading: "Who can approve",
    can: "Can approve",
    cannot: "Cannot approve",
    canList: ["Privileged Role Administrator", "Global Administrator"],
    cannotList: ["Application Administrator", "Cloud Application Administrator", "Other accounts"],
    why: "These are application permissions of Microsoft Graph, which the two application administrator roles may not grant.",
  },

  after: {
    heading: "What happens next",
    steps: [
      "Microsoft asks you to sign in at {login} and shows the permissions. Check the address and the name {app} before you accept.",
      "You come back to this site.",
      "The people who run {app} check with Microsoft that your approval is in force. Nothing is switched on by this page alone.",
      "If {app} ever needs more, you are asked again. Until you approve, the addition is not in force.",
    ],
    replaces: "Approving again can replace what was approved for this application before.",
    withdraw:
      "You can withdraw at any time: in the Microsoft Entra admin center, open Enterprise applications, find {app}, and disable or delete it.",
  },

  approve: {
    heading: "Your approval",
    application: "Application",
    publisher: "Publisher",
    appId: "Application ID",
    privacy: "Privacy statement",
    terms: "Terms of use",
    organisation: "Which organisation?",
    any: "The one I sign in with",
    named: "Another one, by name",
    field: "Domain or tenant ID",
    hint: "For example contoso.com, or the ID that Microsoft Entra shows.",
    fixed: "For this organisation only",
    button: "Continue to Microsoft",
    leaving: "You go to {login}. Nothing is approved before you accept there.",
    elsewhere:
      "To go on, open this page at its own address, in a tab of its own. Only there can Microsoft’s answer be matched to your request.",
    elsewhereLink: "Open the page",
    problems: {
      missing: "Type the domain or the tenant ID of the organisation.",
      notATenant: "That is neither a domain nor a tenant ID. Type it like contoso.com.",
      personal:
        "That is a service for personal accounts. Type the domain of your organisation’s work accounts.",
      storage:
        "Your browser does not let this site keep anything for this tab, so the answer could not be matched to your request. Allow site data for this page and try again.",
    },
  },

  letter: {
    heading: "Not an administrator?",
    open: "Send it to your administrator",
    lede: "Send this text to somebody who can approve it:",
    mail: "Write an e-mail",
    copy: "Copy the text",
    copied: "Copied.",
    selected:
      "Your browser does not let this page copy. The text is selected: copy it with the keyboard.",
    subject: "Please approve {app} for our organisation",
    body: [
      "Hello,",
      "{publisher} asks our organisation to approve {app}, an application for Microsoft Teams calls and meetings. A Privileged Role Administrator or a Global Administrator can approve it; an Application Administrator cannot.",
      "What it will be able to do, and how to approve it, is here:\n{page}",
      "Thank you",
    ],
  },

  trouble: {
    heading: "Microsoft shows an error instead?",
    lede: "Some errors stay on Microsoft’s page and never come back here. They start with a code:",
    codes: [
      [
        "AADSTS50011",
        "The address of this site is not registered with the application. Only {publisher} can correct that: send them the code.",
      ],
      [
        "AADSTS90094",
        "Your account may not approve this. Send this page to an administrator who may.",
      ],
      ["AADSTS90002", "No organisation has the domain or ID that was typed. Go back and check it."],
      [
        "AADSTS700016",
        "The application is not known there. Check the organisation, then send {publisher} the code.",
      ],
    ] as [string, string][],
  },

  answer: {
    again: "Start again",
    contact: "Ask {publisher}",
    code: "Microsoft’s code for this: {code}",
    foreign:
      "This answer does not belong to a request from this tab. That is normal if you used a link from a message.",
    operators:
      "This page only reads what your browser was told; it proves nothing and switches nothing on. The people who run {app} check with Microsoft what is in force.",
    noScript:
      "Your browser does not run JavaScript here, so this page cannot say how it went. The people who run {app} see with Microsoft whether your approval is in force.",
  },

  /** The return page, one entry for each way it can end. `next` is what to do, in order. */
  views: {
    success: {
      title: "Thank you for approving {app}",
      lede: "Microsoft sent you back here and reported no error.",
      next: [
        "The people who run {app} now check with Microsoft that it is in force. You need not send them anything.",
        "If your organisation decides which Teams apps people may use, let your Teams administrator allow {app}.",
        "You can close this tab.",
      ],
    },
    declined: {
      title: "{app} was not approved",
      lede: "The request was declined or cancelled on Microsoft’s page, so nothing has changed in your organisation.",
      next: [
        "If that is what you wanted, you are done.",
        "If it was a slip, start again. If a permission worries you, ask {publisher} first.",
      ],
    },
    notAllowed: {
      title: "Your account cannot approve this",
      lede: "Microsoft knows who you are, but your role may not approve these permissions. Nothing has changed in your organisation.",
      next: [
        "A Privileged Role Administrator or a Global Administrator can approve it. An Application Administrator cannot.",
        "If you hold such a role but have to activate it first, activate it and start again.",
      ],
    },
    redirect: {
      title: "The way back is not set up correctly",
      lede: "The address to which Microsoft sends you after the approval is missing or differs from the registered one. That is not your mistake, and only {publisher} can correct it.",
      next: [
        "Tell {publisher} that the redirect address (reply URL) of {app} does not match its sign-up page, letter for letter.",
        "Your approval may be recorded all the same: they can check with Microsoft.",
      ],
    },
    wrongTenant: {
      title: "That organisation was not found",
      lede: "Microsoft does not know the organisation that was named, or your account does not belong to it. Nothing has changed.",
      next: [
        "Start again and check the domain or the tenant ID for typing mistakes.",
        "Sign in with a work account of that organisation; personal accounts cannot approve.",
      ],
    },
    registration: {
      title: "{app} is not set up correctly",
      lede: "Microsoft could not use the application as it is registered. Nothing has changed in your organisation.",
      next: [
        "Make sure that you named the right organisation, then start again.",
        "If that does not help, only {publisher} can correct it: send them the code.",
      ],
    },
    tryLater: {
      title: "Microsoft could not answer just now",
      lede: "The sign-in service was busy or not available. Nothing was approved.",
      next: ["Wait a few minutes and start again."],
    },
    unmatched: {
      title: "This answer cannot be matched",
      lede: "It does not belong to a request that was started in this tab. Somebody may have sent you this address, or you finished in another tab or with a link from a message.",
      next: [
        "If you approved {app} on Microsoft’s page yourself, nothing is lost: the people who run it check with Microsoft.",
        "If you did not, do not trust this answer, and close the tab.",
        "If you are not sure, start again.",
      ],
    },
    unknown: {
      title: "Something went wrong",
      lede: "Microsoft did not report an approval, for a reason that this page does not know.",
      next: [
        "Start again.",
        "If it happens again, copy the whole address of this page from your browser’s address bar and send it to {publisher}.",
      ],
    },
    empty: {
      title: "There is no answer here",
      lede: "This is the page to which Microsoft sends administrators back. It was opened without an answer.",
      next: ["If you want to approve {app}, start at the sign-up page."],
    },
  },

  notFound: {
    title: "This page does not exist",
    lede: "The address may be mistyped or out of date.",
    again: "Go to the sign-up page",
  },
};

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
