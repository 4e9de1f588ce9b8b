// Lists of a directory that are the same for every bot of a stack: read once a round, however many bots there are.
import { readWithin } from "../../graph/bounded-reading.js";
import { type GraphResource, graphResource } from "../../graph/granted-app-roles.js";
import {
  applicationsTagged,
  deletedApplications,
  servicePrincipalsTagged,
  type TaggedObject,
} from "../../graph/registered-application.js";
import { readFrom, Source } from "../checks/cannot-tell.js";
import { once, onceEach } from "../checks/once.js";
import type { Services } from "../sign-in/services.js";

export interface DirectoryLists {
  /** Microsoft Graph's own entry. Rejects with ReadError. */
  readonly graphResource: () => Promise<GraphResource>;
  /** Applications with a tag. Rejects with CannotTell. */
  readonly tagged: (tag: string) => Promise<readonly TaggedObject[]>;
  /** Service principals with a tag. Rejects with CannotTell. */
  readonly principalsTagged: (tag: string) => Promise<readonly TaggedObject[]>;
  /** Applications in the recycle bin. Rejects with CannotTell. */
  readonly deleted: () => Promise<readonly TaggedObject[]>;
}

const PATIENCE_MS = 30_000;

export function directoryLists({ graph }: Services): DirectoryLists {
  const read = <T>(reading: (signal: AbortSignal) => Promise<T>) =>
    readFrom(Source.Directory, readWithin(PATIENCE_MS, reading));
  return {
    graphResource: once(() =>
      readWithin(PATIENCE_MS, async (signal) => graphResource(await graph(signal), signal)),
    ),
    tagged: onceEach((tag) =>
      read(async (signal) => applicationsTagged(await graph(signal), tag, signal)),
    ),
    principalsTagged: onceEach((tag) =>
      read(async (signal) => servicePrincipalsTagged(await graph(signal), tag, signal)),
    ),
    deleted: once(() => read(async (signal) => deletedApplications(await graph(signal), signal))),
  };
}
