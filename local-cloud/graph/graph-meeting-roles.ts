// App roles of Microsoft Graph for calls, online meetings, presence, people and chats.
import type { AppRoleRecord } from "../directory/records.js";
import { graphAppRole } from "./graph-app-role.js";

/** What a bot that calls and meets can need, and the neighbours of it. */
export const graphMeetingRoles: readonly AppRoleRecord[] = [
  graphAppRole(
    "Calls.Initiate.All",
    "284383ee-7f6e-4e40-a2a8-e85dcb029101",
    "Initiate outgoing 1 to 1 calls from the app",
    "Place outgoing calls to one user, and transfer calls.",
  ),
  graphAppRole(
    "Calls.InitiateGroupCall.All",
    "4c277553-8a09-487b-8023-29ee378d8324",
    "Initiate outgoing group calls from the app",
    "Place outgoing calls to several users, and add people to meetings.",
  ),
  graphAppRole(
    "Calls.JoinGroupCall.All",
    "f6b49018-60ab-4f81-83bd-22caeabfed2d",
    "Join group calls and meetings as an app",
    "Join group calls and scheduled meetings with the rights of a directory user.",
  ),
  graphAppRole(
    "Calls.JoinGroupCallAsGuest.All",
    "fd7ccf6b-3d28-418b-9701-cd10f5cd2fd4",
    "Join group calls and meetings as a guest",
    "Join group calls and scheduled meetings as a guest.",
  ),
  graphAppRole(
    "Calls.AccessMedia.All",
    "a7a681dc-756e-4909-b988-f160edc6655f",
    "Access media streams in a call as an app",
    "Receive the media streams of a call.",
  ),
  graphAppRole(
    "OnlineMeetings.Read.All",
    "c1684f21-1984-47fa-9d61-2dc8c296bb70",
    "Read online meeting details",
    "Read the details of online meetings.",
  ),
  graphAppRole(
    "OnlineMeetings.ReadWrite.All",
    "b8bb2037-6e08-44ac-a4ea-4674e010e2a4",
    "Read and create online meetings",
    "Read and create online meetings.",
  ),
  graphAppRole(
    "OnlineMeetingTranscript.Read.All",
    "a4a80d8d-d283-4bd8-8504-555ec3870630",
    "Read all transcripts of online meetings.",
    "Read the transcripts of all online meetings.",
  ),
  graphAppRole(
    "OnlineMeetingRecording.Read.All",
    "a4a08342-c95d-476b-b943-97e100569c8d",
    "Read all recordings of online meetings.",
    "Read the recordings of all online meetings.",
  ),
  graphAppRole(
    "OnlineMeetingArtifact.Read.All",
    "df01ed3b-eb61-4eca-9965-6b3d789751b2",
    "Read online meeting artifacts",
    "Read attendance reports and other artifacts of online meetings.",
  ),
  graphAppRole(
    "OnlineMeetingAiInsight.Read.All",
    "c0cf7895-985f-42d4-a693-b618f36674ad",
    "Read all AI Insights for online meetings.",
    "Read the AI insights of all online meetings.",
  ),
  graphAppRole(
    "CallRecords.Read.All",
    "45bbb07e-7321-4fd7-a8f6-3ff27e6a81c8",
    "Read all call records",
    "Read the records of all calls and online meetings.",
  ),
  graphAppRole(
    "CallRecord-PstnCalls.Read.All",
    "a2611786-80b3-417e-adaa-707d4261a5f0",
    "Read PSTN and direct routing call log data",
    "Read the log of PSTN and direct routing calls.",
  ),
  graphAppRole(
    "CallEvents.Read.All",
    "1abb026f-7572-49f6-9ddd-ad61cbba181e",
    "Read all call events",
    "Read call events of all users.",
  ),
  graphAppRole(
    "VirtualAppointment.Read.All",
    "d4f67ec2-59b5-4bdc-b4af-d78f6f9c1954",
    "Read all virtual appointments for users, as authorized by online meetings application access policy",
    "Read the virtual appointments of all users.",
  ),
  graphAppRole(
    "VirtualAppointment.ReadWrite.All",
    "bf46a256-f47d-448f-ab78-f226fff08d40",
    "Read-write all virtual appointments for users, as authorized by online meetings app access policy",
    "Read and write the virtual appointments of all users.",
  ),
  graphAppRole(
    "Presence.Read.All",
    "a70e0c2d-e793-494c-94c4-118fa0a67f42",
    "Read presence information of all users in your organization",
    "Read the presence of all users.",
  ),
  graphAppRole(
    "Presence.ReadWrite.All",
    "83cded22-8297-4ff6-a7fa-e97e9545a259",
    "Read and write presence information for all users",
    "Read the presence of all users and set their activity and availability.",
  ),
  graphAppRole(
    "User.Read.All",
    "df021288-bdef-4463-88db-98f22de89214",
    "Read all users' full profiles and company properties",
    "Read all properties of all users.",
  ),
  graphAppRole(
    "User.ReadBasic.All",
    "97235f07-e226-4f63-ace3-39588e11d3a1",
    "Read all users' basic profiles",
    "Read name, address and photo of all users.",
  ),
  graphAppRole(
    "User.ReadWrite.All",
    "741f803b-c850-494e-b5df-cde7c675a1ca",
    "Read and write all users' full profiles",
    "Read and write all properties of all users.",
  ),
  graphAppRole(
    "Group.Read.All",
    "5b567255-7703-4780-807c-7be8301ae99b",
    "Read all groups",
    "Read all groups, their members and conversations.",
  ),
  graphAppRole(
    "GroupMember.Read.All",
    "98830695-27a2-44f7-8c18-0c3ebc9698f6",
    "Read all group memberships",
    "Read the members of all groups.",
  ),
  graphAppRole(
    "Team.ReadBasic.All",
    "2280dda6-0bfd-44ee-a2f4-cb867cfc4c1e",
    "Get a list of all teams",
    "List all teams.",
  ),
  graphAppRole(
    "Chat.Create",
    "d9c48af6-9ad9-47ad-82c3-63757137b9af",
    "Create chats",
    "Create chats.",
  ),
  graphAppRole(
    "Chat.ReadBasic.All",
    "b2e060da-3baf-4687-9611-f4ebc0f0cbde",
    "Read names and members of all chat threads",
    "Read names and members of all chats.",
  ),
  graphAppRole(
    "Chat.Read.All",
    "6b7d71aa-70aa-4810-a8d9-5d9fb2830017",
    "Read all chat messages",
    "Read the messages of all chats.",
  ),
  graphAppRole(
    "Chat.ReadWrite.All",
    "294ce7c9-31ba-490a-ad7d-97a7d075e4ed",
    "Read and write all chat messages",
    "Read and write the messages of all chats.",
  ),
  graphAppRole(
    "Chat.ReadBasic.WhereInstalled",
    "818ba5bd-5b3e-4fe0-bbe6-aa4686669073",
    "Read names and members of all chat threads where the associated Teams application is installed.",
    "Read names and members of the chats in which the app is installed.",
  ),
  graphAppRole(
    "Chat.Read.WhereInstalled",
    "1c1b4c8e-3cc7-4c58-8470-9b92c9d5848b",
    "Read all chat messages for chats where the associated Teams application is installed.",
    "Read the messages of the chats in which the app is installed.",
  ),
  graphAppRole(
    "Chat.ReadWrite.WhereInstalled",
    "ad73ce80-f3cd-40ce-b325-df12c33df713",
    "Read and write all chat messages for chats where the associated Teams application is installed.",
    "Read and write the messages of the chats in which the app is installed.",
  ),
  graphAppRole(
    "ChatMember.Read.All",
    "a3410be2-8e48-4f32-8454-c29a7465209d",
    "Read the members of all chats",
    "Read the members of all chats.",
  ),
];
