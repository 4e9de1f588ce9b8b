// What the page is told about one bot. Everything else it says is in texts.ts.
import type { RequestedPermission } from "../rules/capabilities.js";
import type { CloudEndpoints } from "../rules/clouds.js";
import type { MediaRecording } from "../rules/recording.js";
import type { SignUpTexts } from "./texts.js";

/** Who asks. */
export interface Publisher {
  readonly name: string;
  /**
   * PNG, JPEG, WebP or SVG of at most 64 KiB; it is shown at 44 by 44 pixels on a white tile.
   * @default the first letter of the publisher's name
   */
  readonly logo?: Uint8Array;
}

/** The facts of one sign-up site. {@link checkSignUpFacts} says what is wrong with them. */
export interface SignUpFacts {
  /** Name of the application as Microsoft's consent page shows it. */
  readonly displayName: string;
  readonly publisher: Publisher;
  /** https. */
  readonly privacyUrl: string;
  /** https. */
  readonly termsUrl: string;
  /** Where a person gets help: `mailto:` or https. */
  readonly contact: string;
  readonly appId: string;
  /** Origins of the cloud's sign-in and Graph. */
  readonly endpoints: Pick<CloudEndpoints, "login" | "graph">;
  /** The app roles that the application asks for, and why. */
  readonly requested: readonly RequestedPermission[];
  /**
   * Why a permission is needed, by its name, in the publisher's own words: a whole sentence.
   * @default what the capabilities say; a permission that was only asked for by name shows that no reason is given
   */
  readonly reasons?: Readonly<Record<string, string>>;
  /** What the bot keeps of a call. Required when a permission touches media. */
  readonly mediaRecording?: MediaRecording;
  /** Where Microsoft sends the administrator back to, as {@link returnPageUrl} gives it and the application registers it. */
  readonly redirectUri: string;
  /**
   * The one tenant that may consent (id or verified domain).
   * @default the administrator chooses
   */
  readonly tenant?: string;
  /** @default ENGLISH */
  readonly texts?: SignUpTexts;
}

/** File name of the page that Microsoft sends the administrator back to: a file, so that no host adds or drops a slash. */
export const RETURN_PAGE = "consented.html";

/** The redirect URI of a site at `siteUrl`, with or without a slash at its end. */
export function returnPageUrl(siteUrl: string): string {
  return `${siteUrl.replace(/\/+$/, "")}/${RETURN_PAGE}`;
}

/** The address of the site whose return page has this redirect URI; ends in a slash. */
export function siteUrlOf(redirectUri: string): string {
  return redirectUri.slice(0, redirectUri.lastIndexOf("/") + 1);
}
