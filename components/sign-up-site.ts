// The files of the sign-up page, put where a SignUpAddress has made room for them.
import { resolve } from "node:path";
import { Blob } from "@pulumi/azure-native/storage/blob.js";
import * as pulumi from "@pulumi/pulumi";
import type { Capability } from "../rules/capabilities.js";
import type { Cloud } from "../rules/clouds.js";
import type { MediaRecording } from "../rules/recording.js";
import { siteUrlOf } from "../sign-up/facts.js";
import { buildSignUpSite, INDEX_PAGE, NOT_FOUND_PAGE, RETURN_PAGE } from "../sign-up/index.js";
import { logoFile } from "../sign-up/logo.js";
import { defined } from "./defined.js";
import { ifPlain, refuse, refusing } from "./refusal.js";
import {
  checkPlainSignUp,
  readLogo,
  type SignUpPublisherArgs,
  signUpFacts,
} from "./sign-up-facts.js";

export interface SignUpSiteArgs {
  resourceGroupName: pulumi.Input<string>;
  /** Storage account of the address. */
  accountName: pulumi.Input<string>;
  /** Its container for the website. */
  containerName: pulumi.Input<string>;
  /** The return page, as the address gives it and the application registers it. */
  redirectUri: pulumi.Input<string>;
  appId: pulumi.Input<string>;
  /** Name of the application as Microsoft's consent page shows it. */
  displayName: pulumi.Input<string>;
  /** Who asks. */
  publisher: SignUpPublisherArgs;
  /** What the bot does; gives each permission its reason. @default [] */
  capabilities?: Capability[];
  /** Graph app roles by name. @default [] */
  permissions?: string[];
  /** Why a permission is needed, by its name: a whole sentence. @default what the capabilities say */
  reasons?: Record<string, string>;
  /** What the bot keeps of a call. Required when a permission touches media. */
  mediaRecording?: MediaRecording;
  /** The one tenant that may consent, by id or verified domain. @default the administrator chooses */
  tenantId?: pulumi.Input<string>;
  /** @default Cloud.Public */
  cloud?: Cloud;
}

/**
 * The page on which customers' administrators read what the bot asks for, and go on to Microsoft to consent. A file that
 * changes is deleted before it is uploaded again, so during an update the page can be missing for a moment.
 *
 * @example
 * new SignUpSite("bot", {
 *   resourceGroupName: "bots",
 *   accountName: address.accountName,
 *   containerName: address.containerName,
 *   redirectUri: address.redirectUri,
 *   appId: identity.appId,
 *   displayName: "Contoso Reception",
 *   publisher: {
 *     name: "Contoso Ltd",
 *     privacyUrl: "https://contoso.com/privacy",
 *     termsUrl: "https://contoso.com/terms",
 *     contact: "mailto:teams-bot@contoso.com",
 *   },
 *   capabilities: [Capability.AnswerCalls],
 * });
 */
export class SignUpSite extends pulumi.ComponentResource {
  /** Address of the page, known once its files are there; ends in a slash. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: SignUpSiteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:SignUpSite", name, {}, opts);
    refuse(
      this,
      ifPlain({ ...plainPart(args) }, (plain) => checkPlainSignUp("publisher", plain)),
    );
    const { displayName, appId, redirectUri, tenantId: tenant, publisher } = args;
    const { bytes: logo } = readLogo("publisher", publisher);
    const pages = pulumi
      .output({ displayName, appId, redirectUri, tenant })
      .apply(
        refusing(this, (late) =>
          textsOf(buildSignUpSite(signUpFacts(plainPart(args), late, logo))),
        ),
      );

    const picture = logoFile({ name: publisher.name, ...defined({ logo }) });
    const file = (suffix: string, path: string, contentType: string, source: Source) =>
      new Blob(
        `${name}-sign-up-${suffix}`,
        {
          resourceGroupName: args.resourceGroupName,
          accountName: args.accountName,
          containerName: args.containerName,
          blobName: path,
          contentType,
          source,
        },
        { parent: this },
      );
    const page = (suffix: string, path: string) =>
      file(
        suffix,
        path,
        "text/html; charset=utf-8",
        pages.apply((texts) => new pulumi.asset.StringAsset(texts[path] ?? "")),
      );
    const files = [
      page("index", INDEX_PAGE),
      page("return", RETURN_PAGE),
      page("not-found", NOT_FOUND_PAGE),
      file("logo", picture.path, picture.contentType, pictureSource(publisher, picture.bytes)),
    ];

    this.url = pulumi
      .all([redirectUri, ...files.map(({ url }) => url)])
      .apply(([address]) => siteUrlOf(address ?? ""));
    this.registerOutputs({ url: this.url });
  }
}

type Source = pulumi.Input<pulumi.asset.Asset>;

function plainPart(args: SignUpSiteArgs) {
  const { publisher, capabilities, permissions, reasons, mediaRecording, cloud } = args;
  return { publisher, capabilities, permissions, reasons, mediaRecording, cloud };
}

function textsOf(files: ReturnType<typeof buildSignUpSite>): Record<string, string> {
  const decoder = new TextDecoder();
  return Object.fromEntries(files.map(({ path, bytes }) => [path, decoder.decode(bytes)]));
}

/** The publisher's own file, which may be no text, or the letter that stands in for one. */
function pictureSource({ logo }: SignUpPublisherArgs, drawn: Uint8Array): pulumi.asset.Asset {
  return logo === undefined
    ? new pulumi.asset.StringAsset(new TextDecoder().decode(drawn))
    : new pulumi.asset.FileAsset(resolve(logo));
}
