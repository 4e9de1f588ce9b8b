// What a program says of a bot that exists already. `teams-calling-bot adopt` writes all of it.

/** Permissions of one API that the application asked for before. */
export interface FoundPermissionsArgs {
  /** App id of the API. */
  resource: string;
  /** Each `Role <id>` (an app role) or `Scope <id>` (a delegated permission), in the directory's order. */
  access: string[];
}

/** What the application and the channel had before. It stays; what the stack asks for is added. */
export interface FoundArgs {
  /** @default [] */
  replyUrls?: string[];
  /** @default [] */
  permissions?: FoundPermissionsArgs[];
  /** Tags of the application. @default [] */
  tags?: string[];
  /** Whether calling of the Teams channel was on. @default there was no channel */
  calling?: boolean;
  /** @default none */
  callingWebhook?: string;
}

/**
 * A bot that exists: the first update imports it, and the stack only adds to it. Taking the stack away leaves it where it
 * is. The setting stays in the stack for good: it says what is kept.
 */
export interface AdoptArgs {
  /** Resource id of the Azure Bot. @default the bot is made */
  bot?: string;
  /** Resource id of its Teams channel. @default the channel is made */
  channel?: string;
  /** `/applications/{object id}`. @default the application is made */
  application?: string;
  /** `/servicePrincipals/{object id}`. @default the service principal is made */
  servicePrincipal?: string;
  /** @default nothing was found */
  found?: FoundArgs;
}
