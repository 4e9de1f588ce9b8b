// Where the sign-up page will stand. Made before the application, because the application has to name the page's address
// among its reply URLs, and the page has to name the application.
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount.js";
import { StorageAccountStaticWebsite } from "@pulumi/azure-native/storage/storageAccountStaticWebsite.js";
import {
  Kind,
  MinimumTlsVersion,
  SkuName,
} from "@pulumi/azure-native/types/enums/storage/index.js";
import * as pulumi from "@pulumi/pulumi";
import { checkStorageAccountName } from "../rules/storage-names.js";
import { returnPageUrl } from "../sign-up/facts.js";
import { INDEX_PAGE, NOT_FOUND_PAGE } from "../sign-up/site.js";
import { azureTags } from "./left-over-tags.js";
import { ifPlain, refuse } from "./refusal.js";

export interface SignUpAddressArgs {
  resourceGroupName: pulumi.Input<string>;
  /** 3 to 24 lower-case letters and digits, unique over all of Azure. It is part of the address, and a change replaces it. */
  accountName: pulumi.Input<string>;
  /** Region. @default the provider's setting azure-native:location, or else that of the resource group */
  location?: pulumi.Input<string>;
  /** @default only those by which a left-over is found */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A storage account with a static website: https only, TLS 1.2 or later, nothing public but the website. Its files come with
 * a {@link SignUpSite}. Azure Storage cannot send security headers of one's own: put a CDN in front where those are wanted.
 *
 * @example
 * const address = new SignUpAddress("bot", { resourceGroupName: "bots", accountName: "contosobotsignup" });
 * new BotIdentity("bot", { ...identity, replyUrls: [address.redirectUri] });
 */
export class SignUpAddress extends pulumi.ComponentResource {
  /** Of the storage account. */
  readonly accountName: pulumi.Output<string>;
  /** The container that files go into, known when the website is switched on. */
  readonly containerName: pulumi.Output<string>;
  /** Address of the sign-up page; ends in a slash. */
  readonly url: pulumi.Output<string>;
  /** The return page: register it with the application, letter for letter. */
  readonly redirectUri: pulumi.Output<string>;

  constructor(name: string, args: SignUpAddressArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:SignUpAddress", name, {}, opts);
    const checkName = (given: string) => checkStorageAccountName("accountName", given);
    refuse(this, ifPlain(args.accountName, checkName));
    const { resourceGroupName } = args;
    const account = new StorageAccount(
      `${name}-sign-up`,
      {
        resourceGroupName,
        accountName: args.accountName,
        kind: Kind.StorageV2,
        sku: { name: SkuName.Standard_LRS },
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: MinimumTlsVersion.TLS1_2,
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        // The provider uploads blobs with the account's key and knows no other way.
        allowSharedKeyAccess: true,
        tags: azureTags(name, args.tags),
        ...(args.location === undefined ? {} : { location: args.location }),
      },
      { parent: this },
    );
    const website = new StorageAccountStaticWebsite(
      `${name}-sign-up`,
      {
        resourceGroupName,
        accountName: account.name,
        indexDocument: INDEX_PAGE,
        error404Document: NOT_FOUND_PAGE,
      },
      { parent: this },
    );

    this.accountName = account.name;
    this.containerName = website.containerName;
    this.url = account.primaryEndpoints.web.apply(withSlash);
    this.redirectUri = account.primaryEndpoints.web.apply(returnPageUrl);
    this.registerOutputs({ url: this.url, redirectUri: this.redirectUri });
  }
}

function withSlash(url: string): string {
  return `${url.replace(/\/+$/, "")}/`;
}
