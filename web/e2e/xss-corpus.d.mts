export declare const CORPUS: readonly string[];
export declare const HOSTILE_URIS: readonly string[];
