import type { Plugin } from "vite";
export declare function packed(): Plugin;
