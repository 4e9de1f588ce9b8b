// What a bot can be: the choices a stack makes by name, and the one that Azure no longer offers.
import { type Issue, shown } from "./issue.js";

/** What the bot signs in as. @default BotType.SingleTenant */
export enum BotType {
  /** An Entra application, made by the stack. */
  SingleTenant = "SingleTenant",
  /** A user-assigned managed identity, without an application of its own. */
  UserAssignedMSI = "UserAssignedMSI",
}

/** Price tier of the Azure Bot. @default BotSku.F0 */
export enum BotSku {
  Free = "F0",
  Standard = "S1",
}

/** Whose users the Entra application serves. @default Tenancy.SingleTenant */
export enum Tenancy {
  SingleTenant = "singleTenant",
  /** Other organisations too, once their administrator consented. */
  MultiTenant = "multiTenant",
}

/** What runs the bot. @default HostKind.Existing */
export enum HostKind {
  /** Something that is there already and has public https addresses. */
  Existing = "existing",
  /** Azure App Service: signalling and media that Microsoft hosts. */
  AppService = "appService",
  /** Azure Container Apps: the same, in a container. */
  ContainerApp = "containerApp",
  /** A Windows virtual machine scale set: media that the bot's own process hosts. */
  ScaleSet = "scaleSet",
}

/** Which of two places a host has in the stack: it keeps it while calls are handed over from one to the other. @default HostSlot.First */
export enum HostSlot {
  First = "first",
  Second = "second",
}

/** Where the bot's process keeps what it knows of the calls that are going on. @default CallState.Memory */
export enum CallState {
  /** In its own memory, as Microsoft's stateful SDK does: there can be only one instance. */
  Memory = "memory",
  /** In a store that all instances share: there are at least two. */
  Shared = "shared",
}

/** An issue for the bot type that Azure no longer creates (code InvalidBotCreationData; OfficeDev/Microsoft-Teams-Samples#1863). */
export function checkBotType(path: string, type: string): Issue[] {
  if (type.toLowerCase() !== "multitenant") return [];
  return [
    {
      path,
      rule: "must not be MultiTenant, because Azure ended the creation of such bots on 2025-07-31",
      whose: "Azure Bot Service",
      got: shown(type),
      fix: `Use "${BotType.SingleTenant}"; to serve other tenants set tenancy to "${Tenancy.MultiTenant}" as well.`,
    },
  ];
}
