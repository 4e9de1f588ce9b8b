// The few line drawings of the pages. They only repeat what the words beside them say, so they are hidden from readers.
import { type Html, html } from "./html.js";

const PATHS = {
  media: "M4 10v4M8 6v12M12 3v18M16 7v10M20 10v4",
  call: "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2",
  meeting: "M4 6h16v14H4zM4 10.5h16M8 3.5V6m8-2.5V6",
  records: "M5 5h14M5 10h14M5 15h9M5 20h6",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5a7.5 7.5 0 0 1 15 0",
  chat: "M4 5h16v11H11l-5 4v-4H4z",
  check: "M5 12.5 10 17.5 19.5 7",
  cross: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  alert: "M12 7v6.5M12 17v.2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  arrow: "M5 12h14M13 6l6 6-6 6",
} as const;

export type Icon = keyof typeof PATHS;

/** A drawing in the colour of the text around it. */
export function icon(name: Icon): Html {
  const directed = name === "arrow" && html` class="turns"`;
  return html`<svg${directed} viewBox="0 0 24 24" aria-hidden="true"><path d="${PATHS[name]}"/></svg>`;
}

/** The drawing for a permission, by the family its name belongs to. */
export function permissionIcon(value: string, touchesMedia: boolean): Icon {
  if (touchesMedia) return "media";
  if (/^Calls\./.test(value)) return "call";
  if (/^OnlineMeeting/.test(value)) return "meeting";
  if (/^(User|Presence)\./.test(value)) return "person";
  return value.startsWith("Chat.") ? "chat" : "records";
}
