// Every command, one line each. A command's module is loaded only when it is the one that was asked for.
import type { Command } from "commander";
import type { Surroundings } from "./surroundings.js";

/** Gives a command its arguments, options, examples and action. */
export type DefineCommand = (command: Command, surroundings: Surroundings) => void;

export interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<DefineCommand>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "adopt",
    summary: "write the stack file of a bot that exists already",
    load: async () => (await import("./adopt/adopt-command.js")).defineAdoptCommand,
  },
  {
    name: "app",
    summary: "build, check, change and publish the Teams app of the bot",
    load: async () => (await import("./app/app-command.js")).defineAppCommand,
  },
  {
    name: "consent",
    summary: "ask administrators for consent, and tell whether it is given",
    load: async () => (await import("./consent/consent-command.js")).defineConsentCommand,
  },
  {
    name: "doctor",
    summary: "tell, before a stack is deployed, what would go wrong",
    load: async () => (await import("./doctor/doctor-command.js")).defineDoctorCommand,
  },
  {
    name: "policy",
    summary: "print the Teams PowerShell of the application access policy",
    load: async () => (await import("./policy/policy-command.js")).definePolicyCommand,
  },
  {
    name: "purge",
    summary: "delete an application for good that a destroyed stack has left in the recycle bin",
    load: async () => (await import("./purge/purge-command.js")).definePurgeCommand,
  },
  {
    name: "recover",
    summary: "take over what a run that was killed has made, and go on from there",
    load: async () => (await import("./recover/recover-command.js")).defineRecoverCommand,
  },
  {
    name: "rehearse",
    summary: "call a bot on this machine as Teams would, without Teams",
    load: async () => (await import("./rehearse/rehearse-command.js")).defineRehearseCommand,
  },
  {
    name: "sign-up",
    summary: "build the page on which customers' administrators consent",
    load: async () => (await import("./sign-up/sign-up-command.js")).defineSignUpCommand,
  },
  {
    name: "verify",
    summary: "tell whether a bot that is registered can be called, and what is missing",
    load: async () => (await import("./verify/verify-command.js")).defineVerifyCommand,
  },
];
