import { expect, it } from "vitest";
import { originOf } from "./tag";

it.each([
  ["https://shop.example", "https://shop.example"],
  [" shop.example ", "https://shop.example"],
  ["https://Shop.Example/prices?x=1", "https://shop.example"],
  ["http://localhost:8080/", "http://localhost:8080"],
  ["https://shop.example:443", "https://shop.example"],
  ["", null],
  ["*", null],
  ["https://*.example", null],
  ["javascript:alert(1)", null],
  ["not a site", null],
])("%j is the site %j", (typed, site) => expect(originOf(typed)).toBe(site));
