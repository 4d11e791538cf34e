import type { PanelName } from "../state/state.js";

/** A panel of the page: the element that is mounted with a {@link PanelContext} as its `context`. */
export interface PanelEntry {
  readonly name: PanelName;
  readonly title: string;
  /** The custom element's name. */
  readonly tag: `pal-${string}`;
}

/** In the order of their tabs. An element is defined in its room, which `main.ts` imports. */
export const PANEL_LIST: readonly PanelEntry[] = [
  { name: "world", title: "A world, live", tag: "pal-world" },
  { name: "you", title: "Be the user", tag: "pal-person" },
  { name: "data", title: "Your own data", tag: "pal-own-data" },
  { name: "collapse", title: "Collapse", tag: "pal-collapse" },
];
