import type { Plugin } from "vite";
export declare const FIRST_LOAD_KB: number;
export declare function budget(): Plugin;
