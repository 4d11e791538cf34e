import { expect, test } from "vitest";
import { checkAddress, isLoopback } from "./connection.js";

test.each(["redis://head:6379", "rediss://head", "redis://:secret@10.0.0.1:6379/2", "redis://[::1]:6379"])(
  "%s is an address of a queue",
  (address) => {
    expect(checkAddress(address).hostname).not.toBe("");
  },
);

test.each([
  ["http://:secret@head:6379", '"http://…@head:6379"'],
  ["head:6379", '"head:6379"'],
  ["redis://", '"redis://"'],
  ["redis:///2", '"redis:///2"'],
  ["//:secret@head", '"//…@head"'],
  ["ann:secret@head", '"…@head"'],
  ["redis://head?password=secret", '"redis://head?…"'],
  ["redis://:se#cret@head", '"redis://…@head"'],
  ["", '""'],
])("%o is none, and what is said of it has no password", (address, shown) => {
  expect(() => checkAddress(address)).toThrow(
    `sweep: queue must be redis://host:6379 or rediss://host:6379, got ${shown}`,
  );
});

test("whether others can reach an address", () => {
  for (const own of ["localhost", "LOCALHOST", "127.0.0.1", "127.8.0.1", "[::1]"])
    expect([own, isLoopback(own)]).toEqual([own, true]);
  for (const other of ["head", "10.0.0.1", "192.168.1.5", "203.0.113.7", "[fe80::1]", "127.0.0.1.example"])
    expect([other, isLoopback(other)]).toEqual([other, false]);
});
