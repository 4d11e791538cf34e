import type { DOMWindow } from "jsdom";

/** An attribute that Plotly does not know, or a word that it does not know for one. */
export interface UnknownPart {
  /** Of which trace, from 0; undefined for the layout. */
  readonly trace: number | undefined;
  /** "marker.sise" */
  readonly path: string;
  /** The value, where the attribute is known. */
  readonly value?: string;
  /** What there is in its place: names of attributes, or words. */
  readonly known: readonly string[];
}

interface Complaint {
  readonly code: string;
  readonly container: "data" | "layout";
  readonly trace: number | null;
  readonly path: readonly (string | number)[];
}

interface Tree {
  readonly [name: string]: unknown;
}

interface Checking {
  validate(data: unknown, layout: unknown): readonly Complaint[] | undefined;
  readonly PlotSchema: {
    get(): {
      readonly traces: {
        readonly [type: string]: { readonly attributes: Tree; readonly layoutAttributes?: Tree };
      };
      readonly layout: { readonly layoutAttributes: Tree };
    };
  };
}

/** What a specification (JSON with `data` and `layout`) has that the Plotly of this window does not know. */
export function unknownParts(window: DOMWindow, specification: string): readonly UnknownPart[] {
  const plotly = window.Plotly as Checking;
  const { data, layout } = window.JSON.parse(specification) as {
    readonly data: readonly Tree[];
    readonly layout: Tree;
  };
  const found = plotly.validate(data, layout) ?? [];
  const parts = found.map(({ code, container, trace, path }): UnknownPart | undefined => {
    const whole = container === "data" ? data[trace ?? 0] : layout;
    const value = path.reduce<unknown>((at, key) => (at as Tree | undefined)?.[key], whole);
    const isWord = code === "value" && typeof value === "string";
    if (code !== "schema" && !isWord) return undefined;
    const { traces, layout: layouts } = plotly.PlotSchema.get();
    const type = typeof whole.type === "string" ? whole.type : "scatter";
    // what a layout may say of bars is said with the bars
    const layoutTrees = [
      layouts.layoutAttributes,
      ...Object.values(traces).map((each) => each.layoutAttributes),
    ];
    const tree =
      container === "data" ? traces[type]?.attributes : (Object.assign({}, ...layoutTrees) as Tree);
    const place = isWord ? path : path.slice(0, -1);
    return {
      ...{ trace: trace ?? undefined, path: path.join("."), known: namesIn(treeAt(tree ?? {}, place)) },
      ...(isWord && { value }),
    };
  });
  return parts.filter((part) => part !== undefined);
}

/** The schema below a path; axes have one for all numbers, items of a list one for all places. */
function treeAt(tree: Tree, path: readonly (string | number)[]): Tree {
  return path.reduce<Tree>((at, key) => {
    if (typeof key === "number") return (Object.values((at.items ?? {}) as Tree)[0] ?? {}) as Tree;
    return (at[key] ?? at[key.replace(/\d+$/, "")] ?? {}) as Tree;
  }, tree);
}

/** Names of attributes, or the words that an attribute takes. */
function namesIn(tree: Tree): readonly string[] {
  const words = [tree.values, tree.flags, tree.extras].flatMap((list) => (Array.isArray(list) ? list : []));
  if (words.length > 0) return words.filter((word) => typeof word === "string");
  return Object.keys(tree).filter((name) => !name.startsWith("_") && !IN_SCHEMA.has(name));
}

/** What the schema says of itself. */
const IN_SCHEMA = new Set(["editType", "valType", "role", "description", "items", "dflt"]);
