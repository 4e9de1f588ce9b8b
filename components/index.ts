// The library face of teams-calling-bot.
export { BotSku, BotType, CallState, HostKind, HostSlot, Tenancy } from "../rules/bot-choices.js";
export { Capability } from "../rules/capabilities.js";
export { Cloud } from "../rules/clouds.js";
export { ConsentMode } from "../rules/consent.js";
export { CredentialKind } from "../rules/credential.js";
export { SiteOs } from "../rules/hosts/app-service.js";
export { RevisionMode } from "../rules/hosts/container-app.js";
export { ScaleIn } from "../rules/hosts/scale-set.js";
export { HostMedia } from "../rules/hosts/sizing.js";
export { MediaRecording } from "../rules/recording.js";
export { AdminConsent, type AdminConsentArgs } from "./admin-consent.js";
export type { AdoptArgs, FoundArgs, FoundPermissionsArgs } from "./adopt-args.js";
export type { AdoptedOutput } from "./adoption.js";
export type {
  BotCredentialArgs,
  FederatedCredentialArgs,
  OneCredentialArgs,
} from "./bot-credential.js";
export { BotIdentity, type BotIdentityArgs } from "./bot-identity.js";
export { BotRegistration, type BotRegistrationArgs } from "./bot-registration.js";
export { CallingBot } from "./calling-bot.js";
export type { AllowReplaceArgs, BotArgs, CallingBotArgs, ConsentArgs } from "./calling-bot-args.js";
export type { CertificateOutput } from "./client-certificates.js";
export type { ConsentOutput, TenantConsentOutput } from "./consent-output.js";
export { ExistingEndpoint, type ExistingEndpointArgs } from "./existing-endpoint.js";
export { AppServiceAddress, type AppServiceAddressArgs } from "./hosts/app-service-address.js";
export { AppServiceHost, type AppServiceHostArgs } from "./hosts/app-service-host.js";
export type { BotHost, HostMediaOutput } from "./hosts/bot-host.js";
export {
  ContainerAppAddress,
  type ContainerAppAddressArgs,
} from "./hosts/container-app-address.js";
export { ContainerAppHost } from "./hosts/container-app-host.js";
export type { ContainerAppHostArgs } from "./hosts/container-app-host-args.js";
export type { HostArgs, HostCertificateArgs } from "./hosts/host-args.js";
export {
  HostFoundation,
  type HostFoundationArgs,
  type HostIdentityOutput,
} from "./hosts/host-foundation.js";
export type { HostOutput, OtherHostOutput } from "./hosts/host-output.js";
export type { HostAddressArgs, HostWorkloadArgs } from "./hosts/made-host-args.js";
export { ScaleSetAddress, type ScaleSetAddressArgs } from "./hosts/scale-set-address.js";
export { ScaleSetHost } from "./hosts/scale-set-host.js";
export type { BotPackageArgs, ScaleSetHostArgs } from "./hosts/scale-set-host-args.js";
export type { VaultCertificateArgs } from "./hosts/vault-certificate.js";
export type { IgnoreArgs, IgnoredReplyUrlsArgs } from "./ignore-args.js";
export type { ManagedIdentityArgs } from "./managed-identity.js";
export type { AppOutput } from "./packed-app.js";
export type { PermissionOutput } from "./permission-output.js";
export type { ResourceGroupArgs } from "./resource-group.js";
export { SignUpAddress, type SignUpAddressArgs } from "./sign-up-address.js";
export type { SignUpPublisherArgs } from "./sign-up-facts.js";
export { SignUpSite, type SignUpSiteArgs } from "./sign-up-site.js";
export { stackOutputs } from "./stack-outputs.js";
export {
  type AppArgs,
  type AppDeveloperArgs,
  type AppIconsArgs,
  type AppTextArgs,
  BotScope,
  TeamsAppPackage,
  type TeamsAppPackageArgs,
} from "./teams-app-package.js";
export { TeamsCallingChannel, type TeamsCallingChannelArgs } from "./teams-calling-channel.js";
