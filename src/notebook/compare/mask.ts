/** What differs between two runs that are equal: moments, durations, places on a disk, identities. In this order. */
const masks: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, "<date>"],
  [/\b\d\d?:\d\d:\d\d(?:\.\d+)?\b/g, "<time>"],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, "<id>"],
  [/\b0x[\da-f]{4,}\b/gi, "<id>"],
  [/\b(id|aria-labelledby|clip-path|href)=(["'])(?:url\()?#?[^"']*\2/g, "$1=<id>"],
  [/\(node:\d+\)/g, "(node:<id>)"],
  [/\b(localhost|127\.0\.0\.1):\d+/g, "$1:<port>"],
  [/(^|[\s"'`(=[])(?:file:\/\/)?(?:[A-Za-z]:(?=[\\/]))?(?:[\\/][\w.@+~-]+){2,}/g, "$1<path>"],
  [/\bdata:[\w/+.-]+;base64,[\w+/=]+/g, "<data>"],
  [
    /(?<![\w.])\d+(?:\.\d+)? ?(?:ns|µs|μs|ms|s|secs?|seconds?|min|minutes?|h|hours?)(?![\w])(?: \d+(?:\.\d+)? ?(?:s|min)(?![\w]))*/g,
    "<time>",
  ],
];

/** A line of output with what may differ between two equal runs put out of sight. */
export function maskVolatile(line: string): string {
  return masks.reduce((text, [pattern, mask]) => text.replace(pattern, mask), line);
}
