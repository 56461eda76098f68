// Made by `npm run client` from the server's description; do not edit.

export interface paths {
    "/api/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The body is the file (.txt .md .csv .json .pdf .docx), up to 5,000,000 bytes. It is kept nowhere. */
        post: {
            parameters: {
                query: {
                    name: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": string;
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReadText"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BotCard"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `admin`. */
        get: {
            parameters: {
                query?: {
                    /** @description how it begins */
                    action?: string;
                    /** @description an account's name, an id, or a pseudonym */
                    person?: string;
                    since?: string;
                    until?: string;
                    before?: number;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditPage"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All rows as JSON lines, with the hashes that make the chain. Needs: the scope `admin`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": string;
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look at every row. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Head"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Verified"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/bots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that are served and that the caller sees. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BotNames"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `admin`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChannelList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/channels/{kind}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message on that channel's own path, and wait for the answer. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    kind: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Test"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Tested"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The latest first. A page looks through a bounded number of them: it may be short and yet
         *     have a next one. Needs: the scope `review`.
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    bot?: string;
                    /** @description a day, or a moment: that went on from then on */
                    since?: string;
                    /** @description a day, which counts, or a moment */
                    until?: string;
                    channel?: string;
                    language?: string;
                    route?: ("curated" | "retrieved" | "generated" | "refused") | null;
                    release?: string;
                    thumb?: ("up" | "down") | null;
                    person?: ("yes" | "no") | null;
                    text?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TalkPage"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/conversations/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What there is to filter by. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TalkChoices"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/conversations/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that the filters leave, a conversation a line (JSONL), latest first. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    bot?: string;
                    /** @description a day, or a moment: that went on from then on */
                    since?: string;
                    /** @description a day, which counts, or a moment */
                    until?: string;
                    channel?: string;
                    language?: string;
                    route?: ("curated" | "retrieved" | "generated" | "refused") | null;
                    release?: string;
                    thumb?: ("up" | "down") | null;
                    person?: ("yes" | "no") | null;
                    text?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                        "application/x-ndjson": string;
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One conversation, whole; that it was read is in the audit log. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WholeTalk"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that were built, the newest first. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BuiltList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data/build": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a dataset of the files that are there: clean, leave out, split. 409 `busy`. Needs: the scope
         *     `curate`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** From one dataset to another. Needs: the scope `review`. */
        get: {
            parameters: {
                query: {
                    before: string;
                    after: string;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DatasetDifference"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a dataset would be made of. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The first conversations of a file that waits, as which format, and what would be left out. Nothing
         *     is taken. Needs: the scope `curate`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reading"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PreviewValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data/rejected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows that were left out, with why. Needs: the scope `review`. */
        get: {
            parameters: {
                query: {
                    dataset: string;
                    reason?: string;
                    source?: string;
                    search?: string;
                    limit?: number;
                    offset?: number;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RejectList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A dataset in figures. Needs: the scope `review`. */
        get: {
            parameters: {
                query: {
                    dataset: string;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReportValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report as `chatwright data` writes it, as a file. Needs: the scope `review`. */
        get: {
            parameters: {
                query: {
                    dataset: string;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data/row": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A conversation of a dataset, such as the one that stays of several. Needs: the scope `review`. */
        get: {
            parameters: {
                query: {
                    dataset: string;
                    id: string;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RowValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import a file that waits: it is read to its end and copied, unchanged. 409 `busy` while other work of the
         *     bot runs. Needs: the scope `curate`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reading"];
                };
            };
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The body is the file, up to 200,000,000 bytes. It waits for an hour to be taken. 413, 507. Needs:
         *     the scope `curate`.
         */
        post: {
            parameters: {
                query: {
                    name: string;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": string;
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SentValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/data/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Needs: the scope `curate`. */
        delete: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/guide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `admin`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GuideValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/guide/build": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Train or read the documents, evaluate, and serve what comes of it. 409 `busy`, `cannot_train`, `no_data`.
         *     Needs: the scope `admin`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BuildAsked"];
                };
            };
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/guide/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A file of conversations, or a document, as the body: its format is found out, and it is copied into the
         *     bot's folder once it was read to its end. 409 `busy`. Needs: the scope `admin`.
         */
        post: {
            parameters: {
                query: {
                    name: string;
                    /** @description whom the bot speaks as, in chats */
                    me?: string;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /**
         * Take a file out of the bot's folder again, until the bot is built. 409 `made` after that. Needs: the
         *     scope `admin`.
         */
        delete: {
            parameters: {
                query: {
                    part: "data" | "knowledge";
                    name: string;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GuideValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/guide/purpose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write down what the bot is for. 409 `edited` where bot.toml was changed by hand. Needs: the scope
         *     `admin`.
         */
        put: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PurposeAsked"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GuideValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/guide/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a small sample: a library's help desk, conversations and documents. 409 `busy`. Needs: the scope
         *     `admin`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wanted first, whoever waits longest first; with `ended`, those of the last days that ended. Needs: the
         *     scope `review`.
         */
        get: {
            parameters: {
                query?: {
                    ended?: boolean;
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InboxList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * `changed` whenever the list or a conversation in it is different: {"conversations": [ids], "wanted":
         *     how many}. Needs: the scope `review`.
         */
        get: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: {
                    "last-event-id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                        "text/event-stream": unknown;
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The name under which visitors read what the caller writes from now on. Needs: the scope `review`. */
        put: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InboxMe"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InboxMe"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One conversation, whole; that it was read is in the audit log. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WholeTalk"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says something in a conversation that the caller has; 409 `not_taken` where they do not. Needs: the scope
         *     `review`.
         */
        post: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Answered"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox/{id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the bot would say to the visitor's last message; it is said to nobody. Needs: the scope `review`. */
        post: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DraftValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The bot answers again. 409 `ended` where it does already, `taken` where a colleague has the conversation.
         *     Needs: the scope `review`.
         */
        post: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["End"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HandoverEnded"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A note that only the team reads. Needs: the scope `review`. */
        post: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewNote"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NoteValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox/{id}/notes/{note}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes back a note of one's own. Needs: the scope `review`. */
        delete: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                    note: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox/{id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The caller has seen the messages up to this one. Needs: the scope `review`. */
        put: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SeenUpTo"];
                };
            };
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox/{id}/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reviewed answers to questions like the visitor's last one. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReplySuggestions"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/inbox/{id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The caller has the conversation from now on. 409 `taken` where a colleague has it, unless `instead_of`
         *     names them. Needs: the scope `review`.
         */
        post: {
            parameters: {
                query?: {
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Take"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TeamHandover"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `admin`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeyList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeKey"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a key; servers refuse it within two seconds. Needs: the scope `admin`. */
        delete: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeyValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/keys/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a revocation of the last quarter of an hour. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeyValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How reading stands: what is searched, whether somebody reads now, when it is done by itself.
         *     Needs: the scope `review`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeStatus"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pages, sitemaps and feeds that are read. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AddressList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /**
         * It is looked at first: 400 `refused_address` says why it may not be fetched, or is no document. Then
         *     it is read. Needs: the scope `curate`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewAddress"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AddressAdded"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Its pages go with it. Needs: the scope `curate`. */
        delete: {
            parameters: {
                query: {
                    url: string;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** From one snapshot to another; the last step without names. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description by the beginning of its id */
                    before?: string;
                    /** @description by the beginning of its id */
                    after?: string;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SnapshotDifference"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One, with its passages, and its text where it may be edited. Needs: the scope `review`. */
        get: {
            parameters: {
                query: {
                    name: string;
                    /** @description by the beginning of its id */
                    snapshot?: string;
                    limit?: number;
                    offset?: number;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DocumentView"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    search?: string;
                    /** @description only those with problems or marks */
                    trouble?: boolean;
                    order?: "name" | "newest" | "passages";
                    limit?: number;
                    offset?: number;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DocumentList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was changed here, the newest first. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EditList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Take files and let others go, all of it or nothing; answered from at once. 409 `stale_document` where
         *     somebody changed one meanwhile: `plan` shows the difference. Needs: the scope `curate`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WantedEdit"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EditDone"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/edits/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 409 where the files were changed since. Needs: the scope `curate`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EditDone"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/forward": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search what the folder has, whatever was gone back to. Needs: the scope `curate`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SyncedValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an edit would do: documents and passages, and test cases that would find something else. Nothing is
         *     written. Needs: the scope `curate`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WantedEdit"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgePlan"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search an earlier snapshot again, until somebody goes forward. `current` is the one that the page knows:
         *     409 `stale_snapshot` when there is another. Needs: the scope `curate`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GoBack"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SnapshotMoved"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The passages that are found for a question, with their scores; and with `answer` the route that the bot
         *     would take now, and why. Needs: the scope `review`.
         */
        get: {
            parameters: {
                query: {
                    q: string;
                    /** @description by the beginning of its id */
                    snapshot?: string;
                    /** @description labels of whoever asks */
                    access?: string[] | null;
                    limit?: number;
                    /** @description also what the bot would do */
                    answer?: boolean;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SearchResult"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest first. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SnapshotList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to read the folder and all addresses; `GET /api/console/knowledge` tells how far it is. 409 `busy`.
         *     Needs: the scope `curate`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeStatus"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The body is the file, up to 20,000,000 bytes. It waits for an hour to be taken. 400 `invalid_file`
         *     for what is no document, 413, 507. Needs: the scope `curate`.
         */
        post: {
            parameters: {
                query: {
                    name: string;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": string;
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UploadValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/knowledge/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Needs: the scope `curate`. */
        delete: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Of the last hour by the minute, the last day by the hour, or thirty days by the day (UTC). Needs: the
         *     scope `review`.
         */
        get: {
            parameters: {
                query?: {
                    range?: "hour" | "day" | "month";
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OverviewValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/overview/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What needs somebody today. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AttentionList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/panels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All of them, and those that are being made. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PanelList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Has all contestants answer, in a process of its own: it stands among `making` until it is done. 409
         *     `panel_making` while another one is being made. Needs: the scope `curate`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPanel"];
                };
            };
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PanelMaking"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/panels/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a new one can be made of. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PanelChoices"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/panels/making/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Stops what is being made, or takes away what failed. Needs: the scope `curate`. */
        delete: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/panels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One with its raters, and how far each is. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PanelPage"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Deletes it with its answers, raters and votes, for good. Needs: the scope `admin`. */
        delete: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/panels/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes no more votes; the results stay. Needs: the scope `curate`. */
        post: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PanelValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/panels/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every vote, or the figures, for a spreadsheet. Needs: the scope `curate`. */
        get: {
            parameters: {
                query?: {
                    what?: "votes" | "results";
                    /** @description Raters to leave out, by id; may be given again */
                    without?: string[];
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/panels/{id}/raters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A secret link for each, told this once. Needs: the scope `curate`. */
        post: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PanelInvitation"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PanelLinks"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/panels/{id}/raters/{rater}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a rater's link at once; the votes stay. Needs: the scope `curate`. */
        delete: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                    rater: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/panels/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who wins and how sure that is, whether raters agree, and whom not to believe. `keep_all`: also those who
         *     failed controls. Needs: the scope `review`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Raters to leave out, by id; may be given again */
                    without?: string[];
                    keep_all?: boolean;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PanelResults"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `admin`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PeopleValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/people/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewInvitation"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeInvitation"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/people/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** The link is good for nothing from now on. Needs: the scope `admin`. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/people/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: a login. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MyAccount"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/people/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Log out everywhere else. Needs: a login. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionsEnded"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** 409 `last_owner` for what would leave the bot without an owner. Needs: the scope `admin`. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AccountChange"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/console/people/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Log somebody out everywhere. Needs: the scope `admin`. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionsEnded"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/privacy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is kept, how long, and who agreed to what. Needs: the scope `admin`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PrivacyValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/privacy/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forget a person: everything of an id, or every conversation that mentions one of the names, addresses and
         *     numbers. It cannot be undone. Needs: the scope `admin`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Erase"];
                };
            };
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Begun"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/privacy/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Those that are open, oldest first; and the newest that are finished. Needs: the scope `admin`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErasureList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/privacy/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Everything that is kept of a person, as a file. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PersonExport"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/zip": string;
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/privacy/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * People by a conversation's id, their own id, or words that they wrote or read. Needs: the scope
         *     `admin`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Find"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Found"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/privacy/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with the erasures that are open: a server does so by itself, when nothing else runs. Needs: the
         *     scope `admin`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Begun"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/privacy/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look for a person in every file that was made and every row. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Proof"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProofValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReleasesValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/canary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The canary that runs, or the last one, with its course. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CanaryState"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** 409 `canary_running`. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CanaryAsked"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CanaryState"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/canary/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Serve the candidate to everybody. 409 `not_enough_evidence`, unless forced for a reason. Needs: the scope
         *     `admin`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PromoteAsked"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RolledBack"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/canary/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** From the next request on everybody gets what is served. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CanaryState"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Serve again what was served before the last promotion. 409 `moved` where something else is served by now.
         *     Needs: the scope `admin`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RollbackAsked"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RolledBack"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/staging": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LinkList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/staging/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a link for good. Needs: the scope `admin`. */
        delete: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    link: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TesterLink"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One release; its files are checked. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReleaseValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/{id}/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Measure it through the engine that serves it. 409 `busy`. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/{id}/gate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compare it with what is served. 409 `busy`. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/{id}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Serve it, if the gate lets it through; or `force`, for a reason that is kept. 409 `busy`. Needs the scope
         *     `admin`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PromoteAsked"];
                };
            };
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/{id}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sealed report as a page of its own; nothing in it can run. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/releases/{id}/staging": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link behind which testers talk to it; its path is shown once. 409 `too_many_candidates`. Needs: the
         *     scope `admin`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StagingAsked"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NewLink"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `admin`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SettingsValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /**
         * Save, and have in force what can be. 400 `invalid_settings` names the first mistake; 409
         *     `settings_changed` where somebody else saved meanwhile, `name` for another name of the bot. Needs: the scope
         *     `admin`.
         */
        put: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSettings"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SavedValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/settings/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a release of what is saved, evaluate it, and serve it unless it is worse: `chatwright up` without
         *     serving. It trains only where data, [model] or [training] changed. Needs: the scope `admin`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/settings/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What saving would do, or every mistake with its line; nothing is written. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSettings"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CheckValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/settings/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `admin`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VersionList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/settings/versions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `admin`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VersionText"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/settings/versions/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go back to that text, which becomes a new version. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Return"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SavedValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/settings/versions/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what that version changed, where nothing was saved since. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Return"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SavedValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/training": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TrainingValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/training/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Two to six runs: their curves, and what their recipes differ in. Needs: the scope `review`. */
        get: {
            parameters: {
                query: {
                    run: string[];
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Comparison"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/training/improve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Learn from what reviewers accepted; serve the result if the gate lets it through. Needs: the scope
         *     `admin`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ImproveAsked"];
                };
            };
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/training/improve/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Find out what a turn of the loop would learn; nothing is trained. Needs: the scope `admin`. */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/training/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find out what would be trained: its result is the plan. 409 `busy`, `cannot_train`. Needs: the scope
         *     `admin`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TrainingAsked"];
                };
            };
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/training/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/training/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Train, make a release of it and evaluate it; nothing is promoted. What was begun with the same settings
         *     is gone on with. 409 `busy`, `cannot_train`. Needs: the scope `admin`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TrainingAsked"];
                };
            };
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/widget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page shows it together with the script tag. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WidgetSetup"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    kind?: string[] | null;
                    limit?: number;
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WorkList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/work/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** With what it said. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/work/{id}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start the same once more; a training goes on from its checkpoint. 409 `busy` while other work of the bot
         *     runs. Needs: the scope `admin`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/work/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask it to stop; a training writes a checkpoint first. Needs: the scope `admin`, or `curate` for what one
         *     started oneself.
         */
        post: {
            parameters: {
                query?: {
                    /** @description its name; the first when left out */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Work"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConversationList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewConversation"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConversationSummary"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A conversation from a file: to be read and gone on with. Nothing is learned from it, and it cannot be
         *     shared: its answers may be anybody's words.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ConversationFile"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConversationSummary"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConversationValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Rename"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConversationSummary"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/conversations/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is new in a conversation: `message` (a message that came, or ended), `handover` (it came to another
         *     state), `gone` (the conversation was deleted). `after`: the `cursor` of the conversation, or the id of an
         *     event; without it everything is told. A message may be told twice.
         */
        get: {
            parameters: {
                query?: {
                    after?: string;
                };
                header?: {
                    "last-event-id"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                        "text/event-stream": unknown;
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * `json`: the whole tree, which can be imported again. `markdown`: the path that ends with the message
         *     `last`, or with the newest.
         */
        get: {
            parameters: {
                query?: {
                    format?: "json" | "markdown";
                    last?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/handover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A person shall come; until then the bot goes on. Asking again changes nothing. 409 `no_people` where
         *     nobody comes.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HandoverValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** On with the bot, whether a person came or not. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Links that work; what opens one is told when it is made, and never again. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ShareList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** A link to what stands there now, up to one message: nothing that is said later. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewShare"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ShareMade"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/shares/{share_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    share_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may be asked behind the answer `after`: questions that people wrote, or none. */
        get: {
            parameters: {
                query: {
                    after: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NextQuestions"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewTurn"];
                };
            };
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TurnStarted"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curated/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** `descending` turns the order around. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    search?: string;
                    /** @description expired, expiring (within 30 days) and coming are active ones as well */
                    state?: ("" | "active" | "retired" | "expired" | "expiring" | "coming") | "all";
                    limit?: number;
                    offset?: number;
                    /** @description changed: the last first; expires: the first first */
                    sort?: "changed" | "question" | "text" | "expires";
                    descending?: boolean;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnswerList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Needs: the scope `curate`. 409 where a question has an answer already. */
        post: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewAnswer"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnswerValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curated/answers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnswerValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Retires it, which can be undone; with `forget` its text is deleted, also from the log of revisions.
         *     Needs: the scope `curate`.
         */
        delete: {
            parameters: {
                query?: {
                    revision?: number | null;
                    forget?: boolean;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Fields that are left out stay as they are. `revision` is that of the answer as it was read: 409
         *     `stale_revision` when somebody changed it since. Needs: the scope `curate`.
         */
        patch: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChangedAnswer"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnswerValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/curated/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that are not retired. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    format?: "csv" | "xlsx";
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curated/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The body is the file, up to 20,000,000 bytes. Every row is accounted for. Needs: the scope `curate`. */
        post: {
            parameters: {
                query?: {
                    format?: "csv" | "tsv" | "xlsx" | "qna";
                    dry_run?: boolean;
                    replace?: boolean;
                    strict?: boolean;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": string;
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportReport"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curated/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest first; `before`: those with a smaller number. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    before?: number | null;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RevisionList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curated/revisions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is different at revision `number` from `since`, else from the one before.
         *     Needs: the scope `review`.
         */
        get: {
            parameters: {
                query?: {
                    since?: number | null;
                    limit?: number;
                    offset?: number;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    number: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DifferenceList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curated/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes everything what it was, as a new revision. `revision` is the newest that the caller knows: 409
         *     `stale_revision` when there is a newer one. Needs: the scope `curate`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Rollback"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RevisionValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/curated/trial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which curated answer the question would get from the bot that is served now, how alike it is, and how
         *     sure of it the bot must be. It is asked as the first message of a conversation. Needs: the scope
         *     `review`.
         */
        get: {
            parameters: {
                query: {
                    question: string;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TrialValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said, with what speaks against it. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    said?: "" | "up" | "down" | "score" | "comment" | "correction" | "flagged";
                    rater?: string;
                    search?: string;
                    limit?: number;
                    offset?: number;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FeedbackRows"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/feedback/raters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who says how much, and whom not to believe. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    suspicious?: boolean;
                    limit?: number;
                    offset?: number;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RaterList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an invitation is for; 401 where it is not good. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InvitationToken"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Invited"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitation/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the account, and log in. The link is good for nothing afterwards. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewMember"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was refused, disliked, or answered with little confidence, the most frequent first. Needs: the
         *     scope `review`.
         */
        get: {
            parameters: {
                query?: {
                    days?: number;
                    most?: number;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GapReport"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/attachments/{place}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    place: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AttachedText"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a reply was given, whoever asked: for reviewers and up. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExplanationValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** One's own, or anybody's for reviewers and up; saying nothing takes it back. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Feedback"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the first owner's account, once, with the token that the server printed at its start. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewOwner"];
                };
            };
            responses: {
                /** @description Successful Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change one's own password; every other session of the account ends. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPassword"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/privacy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the caller's own visitor cookie or account. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PrivacyCard"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Needs: the caller's own visitor cookie or account; a write from the same site. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Forgotten"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/privacy/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Needs: the caller's own visitor cookie or account; a write from the same site. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewConsent"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConsentValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/privacy/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the caller's own visitor cookie or account. */
        get: {
            parameters: {
                query?: {
                    format?: "zip" | "json";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is most worth deciding first, in quarantine last. `search` looks in question, answer, corrections
         *     and comments. Needs: the scope `review`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description waiting: open or quarantined */
                    state?: ("waiting" | "all") | ("open" | "accepted" | "edited" | "redacted" | "rejected" | "curated" | "case" | "quarantined");
                    /** @description Of what was said; empty: whatever it is */
                    kind?: "" | "corrected" | "disliked" | "liked" | "commented" | "flagged";
                    search?: string;
                    limit?: number;
                    offset?: number;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ItemList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reviews/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Each that can be, is decided; the others are named. Needs: the scope `review`. */
        post: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ManyDecisions"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ManyDone"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reviews/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who decided what, the newest first; `before`: those that came before that step. Needs: the scope
         *     `review`.
         */
        get: {
            parameters: {
                query?: {
                    review?: string;
                    before?: string;
                    limit?: number;
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StepList"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reviews/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts that `by` may stand for. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReviewNames"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ItemValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reviews/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * 409 `stale_review` when somebody changed it since it was read, `decided` when it is decided, `approval`
         *     where it takes an editor, `no_consent`, `problems`, `question_taken`. Needs: the scope `review`, and for
         *     curated answers, and what too few agree on, `curate`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OneDecision"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DoneValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reviews/{id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the decision would write, or why it would be refused; nothing is written. Needs: the scope
         *     `review`.
         */
        post: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OneDecision"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlanValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reviews/{id}/talk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The conversation from its beginning to the reply that was rated, which is the last. Needs: the scope
         *     `review`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReviewTalk"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reviews/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has it wait again: no row, no cases, no curated answer any more. Needs: the scope `curate`, or `review`
         *     for what one decided oneself.
         */
        post: {
            parameters: {
                query?: {
                    /** @description A bot's name; empty: the first one's */
                    bot?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Undo"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UndoneValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is logged in; nobody is no error. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Log in. A wrong name and a wrong password are the same, and take the same time. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Login"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shared/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a link shows, to anybody who has it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SharedValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staging": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StagingValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Back to the bot that everybody gets; what was said stays with the link. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staging/tasks/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    number: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TaskDone"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StagingValue"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/turns/{turn_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: number;
                };
                header?: {
                    "last-event-id"?: string;
                };
                path: {
                    turn_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                        "text/event-stream": unknown;
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/turns/{turn_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    turn_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Successful Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Nothing"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widget/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a visitor in: the one who was here before, by their pass, or a new one. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WidgetVisit"];
                };
            };
            responses: {
                /** @description Successful Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WidgetSession"];
                    };
                };
                /** @description error */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccountChange
         * @description What is to be another; null stays.
         */
        AccountChange: {
            /** Role */
            role?: ("owner" | "editor" | "reviewer" | "visitor") | null;
            /** Disabled */
            disabled?: boolean | null;
        };
        /**
         * AccountValue
         * @description An account. `seen_at`: its newest login was last used, to five minutes; null: it has none.
         */
        AccountValue: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /**
             * Role
             * @enum {string}
             */
            role: "owner" | "editor" | "reviewer" | "visitor";
            /** Created At */
            created_at: string;
            /** Disabled At */
            disabled_at: string | null;
            /** Sessions */
            sessions: number;
            /** Seen At */
            seen_at: string | null;
            /** You */
            you: boolean;
        };
        /**
         * AddressAdded
         * @description What was found there: a page, or a list of `listed` pages, which are read now.
         */
        AddressAdded: {
            /** Url */
            url: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "page" | "list";
            /** Listed */
            listed: number;
            /** Title */
            title: string;
        };
        /** AddressList */
        AddressList: {
            /** Addresses */
            addresses: components["schemas"]["AddressValue"][];
            /**
             * Per List
             * @description pages of one sitemap or feed that are read at most
             */
            per_list: number;
        };
        /**
         * AddressValue
         * @description `fixed`: it stands in bot.toml. `pages`: documents that came of it.
         */
        AddressValue: {
            /** Url */
            url: string;
            /** Fixed */
            fixed: boolean;
            /** Pages */
            pages: number;
            /** Problem */
            problem: string;
        };
        /** AlikeValue */
        AlikeValue: {
            /** Likeness */
            likeness: number;
            /** Said */
            said: string[];
        };
        /**
         * Answer
         * @description What a person says. `key` names this answer: sent again after a lost reply, it is said once.
         */
        Answer: {
            /** Content */
            content: string;
            /** Key */
            key: string;
        };
        /**
         * AnswerList
         * @description A page of the answers; `total` of them there are.
         */
        AnswerList: {
            /** Answers */
            answers: components["schemas"]["AnswerValue"][];
            /** Total */
            total: number;
            revision: components["schemas"]["RevisionValue"] | null;
        };
        /**
         * AnswerValue
         * @description As it is kept; `by` is who changed it last, in revision `revision`.
         */
        AnswerValue: {
            /** Text */
            text: string;
            /** Questions */
            questions: string[];
            /** Note */
            note: string;
            /** Links */
            links: components["schemas"]["LinkValue"][];
            /** Starts At */
            starts_at: string | null;
            /** Expires At */
            expires_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "active" | "retired";
            /** Origin */
            origin: string | null;
            /** Id */
            id: string;
            /** By */
            by: string;
            /** Created At */
            created_at: string;
            /** Updated At */
            updated_at: string;
            /** Revision */
            revision: number;
        };
        /**
         * Answered
         * @description The answer as it is kept. `trouble`: why it has not reached the visitor yet, in a sentence; empty: it
         *     has, or will show when they look.
         */
        Answered: {
            message: components["schemas"]["TeamMessage"];
            /** Trouble */
            trouble: string;
        };
        /**
         * AttachedText
         * @description What was attached to a message.
         */
        AttachedText: {
            /** Name */
            name: string;
            /** Content */
            content: string;
        };
        /**
         * AttachmentValue
         * @description What came with a message, without its text.
         */
        AttachmentValue: {
            /** Name */
            name: string;
            /** Characters */
            characters: number;
        };
        /**
         * AttentionList
         * @description The most pressing first; empty: nothing needs anybody.
         */
        AttentionList: {
            /** Items */
            items: components["schemas"]["AttentionValue"][];
        };
        /**
         * AttentionValue
         * @description Something to look at. `count` says how many; `detail` is a name, a date or a share.
         */
        AttentionValue: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "inbox" | "reviews" | "gaps" | "drift" | "improve" | "promote" | "refused" | "errors" | "keys" | "answers" | "certificate" | "disk" | "erasures";
            /**
             * Count
             * @default 1
             */
            count: number;
            /**
             * Detail
             * @default
             */
            detail: string;
        };
        /**
         * AuditPage
         * @description The newest first. `next`: ask with `before` that for what follows; null: there is no more.
         */
        AuditPage: {
            /** Rows */
            rows: components["schemas"]["AuditValue"][];
            /** Next */
            next: number | null;
            /** Actions */
            actions: string[];
        };
        /**
         * AuditValue
         * @description One event. `actor_name` and `subject_name` are those of accounts, where the pseudonym is one's.
         */
        AuditValue: {
            /** Number */
            number: number;
            /** At */
            at: string;
            /** Action */
            action: string;
            /** Actor */
            actor: string;
            /** Subject */
            subject: string;
            /** Actor Name */
            actor_name: string;
            /** Subject Name */
            subject_name: string;
            /** Detail */
            detail: {
                [key: string]: string | number | boolean | null;
            };
        };
        /**
         * Begun
         * @description `work` null: other work runs; a server goes on with the erasure when that has ended.
         */
        Begun: {
            /** Erasure */
            erasure: string | null;
            work: components["schemas"]["Work"] | null;
        };
        /**
         * BotCard
         * @description Who answers here.
         */
        BotCard: {
            /** Name */
            name: string;
            /** Title */
            title: string;
            /** Assistant */
            assistant: string;
            /** Purpose */
            purpose: string;
            /** Greeting */
            greeting: string;
            /** Suggestions */
            suggestions: string[];
            /** Disclosure */
            disclosure: string;
            /** Release */
            release: string;
            /** Deployment */
            deployment: string;
            /** Languages */
            languages: string[];
            /** Testing */
            testing: boolean;
            /** People */
            people: boolean;
            /** Attachments */
            attachments: number;
        };
        /**
         * BotName
         * @description What the chooser shows.
         */
        BotName: {
            /** Name */
            name: string;
            /** Title */
            title: string;
        };
        /**
         * BotNames
         * @description The page's own first.
         */
        BotNames: {
            /** Bots */
            bots: components["schemas"]["BotName"][];
        };
        /**
         * BuildAsked
         * @description The first build: with a model of its own, or from the documents alone.
         */
        BuildAsked: {
            /**
             * Minutes
             * @default 3
             */
            minutes: number;
            /**
             * Way
             * @default model
             * @enum {string}
             */
            way: "model" | "documents";
        };
        /**
         * BuiltList
         * @description The newest first. `running`: a build or an import that goes on now.
         */
        BuiltList: {
            /** Datasets */
            datasets: components["schemas"]["BuiltValue"][];
            running: components["schemas"]["Work"] | null;
        };
        /**
         * BuiltValue
         * @description A dataset. `used`: the release that is served was trained on it.
         */
        BuiltValue: {
            /** Id */
            id: string;
            /** Made */
            made: string;
            /** Read */
            read: number;
            /** Train */
            train: number;
            /** Dev */
            dev: number;
            /** Test */
            test: number;
            /** Judged */
            judged: number;
            /** Rejected */
            rejected: number;
            /** Used */
            used: boolean;
        };
        /**
         * CanaryAsked
         * @description Let a release answer a share of the people.
         */
        CanaryAsked: {
            /** Release */
            release: string;
            /**
             * Share
             * @description left out: as [canary] says
             */
            share?: number | null;
        };
        /**
         * CanaryDay
         * @description Counts of one day and arm.
         */
        CanaryDay: {
            /** Day */
            day: string;
            /** Arm */
            arm: string;
            /** People */
            people: number;
            /** Replies */
            replies: number;
            /** Errors */
            errors: number;
            /** Refusals */
            refusals: number;
            /** Ups */
            ups: number;
            /** Downs */
            downs: number;
        };
        /**
         * CanaryState
         * @description None: there was no canary yet.
         */
        CanaryState: {
            canary: components["schemas"]["CanaryValue"] | null;
        };
        /**
         * CanaryValue
         * @description The canary that runs, or the last one.
         */
        CanaryValue: {
            /** Id */
            id: string;
            /** Release */
            release: string;
            /** Against */
            against: string;
            /** Share */
            share: number;
            /** State */
            state: string;
            /** Reason */
            reason: string;
            /** Began */
            began: string;
            /** Ended */
            ended: string | null;
            /** By */
            by: string;
            /** Action */
            action: string;
            /** Why */
            why: string;
            /** People */
            people: number;
            /** Rules */
            rules: components["schemas"]["RuleValue"][];
            /** Course */
            course: components["schemas"]["CoursePoint"][];
            /** Days */
            days: components["schemas"]["CanaryDay"][];
            /**
             * Forecast
             * @description how long it takes with this traffic, in sentences
             */
            forecast: string[];
        };
        /** CandidateTried */
        CandidateTried: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "curated" | "standard" | "quoted" | "generated";
            /** Confidence */
            confidence: number;
            /** Declines */
            declines: boolean;
            /** Text */
            text: string;
            /** Sources */
            sources: string[];
        };
        /**
         * CandidateValue
         * @description Something that could have been said; `signs` are what its confidence was made of.
         */
        CandidateValue: {
            /** Kind */
            kind: string;
            /** Confidence */
            confidence: number;
            /** Declines */
            declines: boolean;
            /** Text */
            text: string;
            /** Sources */
            sources: string[];
            /** Signs */
            signs: {
                [key: string]: number;
            };
        };
        /**
         * CannedValue
         * @description A reviewed answer to a question like the visitor's.
         */
        CannedValue: {
            /** Id */
            id: string;
            /** Question */
            question: string;
            /** Text */
            text: string;
            /** Likeness */
            likeness: number;
        };
        /**
         * ChangeValue
         * @description A question that the two answer differently.
         */
        ChangeValue: {
            /** Question */
            question: string;
            /** Expected */
            expected: string;
            /** Current */
            current: string;
            /** Current Route */
            current_route: string;
            /** Current Score */
            current_score: number | null;
            /** Candidate */
            candidate: string;
            /** Candidate Route */
            candidate_route: string;
            /** Candidate Score */
            candidate_score: number | null;
        };
        /**
         * ChangedAnswer
         * @description `revision` is that of the answer as it was read.
         */
        ChangedAnswer: {
            /** Text */
            text?: string | null;
            /** Questions */
            questions?: string[] | null;
            /** Note */
            note?: string | null;
            /** Links */
            links?: components["schemas"]["LinkValue"][] | null;
            /** Starts */
            starts?: string | null;
            /** Expires */
            expires?: string | null;
            /** Revision */
            revision: number;
            /** State */
            state?: ("active" | "retired") | null;
        };
        /**
         * ChangedValue
         * @description A document that differs, with counts of its passages and the first that differ. `twin`: a document with
         *     the same content. `cited`: replies of the last 30 days that rest on what is there now.
         */
        ChangedValue: {
            /** Name */
            name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "added" | "changed" | "removed" | "same";
            /** Added */
            added: number;
            /** Changed */
            changed: number;
            /** Gone */
            gone: number;
            /** Same */
            same: number;
            /** Pieces */
            pieces: components["schemas"]["PieceValue"][];
            /** Twin */
            twin: string;
            /**
             * Cited
             * @default 0
             */
            cited: number;
        };
        /**
         * ChannelList
         * @description In the order in which they registered.
         */
        ChannelList: {
            /** Channels */
            channels: components["schemas"]["ChannelValue"][];
        };
        /**
         * ChannelValue
         * @description A channel. `replies`: of the last day, and how many of them failed.
         */
        ChannelValue: {
            /** Kind */
            kind: string;
            /**
             * State
             * @enum {string}
             */
            state: "ready" | "off" | "failed";
            /** Facts */
            facts: components["schemas"]["FactValue"][];
            /** Replies */
            replies: number;
            /** Failed */
            failed: number;
        };
        /**
         * CheckValue
         * @description What saving would do. `difference` is a unified one; `text` the file as it would be.
         */
        CheckValue: {
            /** Mistakes */
            mistakes: components["schemas"]["MistakeValue"][];
            /** Difference */
            difference: string[];
            /** Effects */
            effects: components["schemas"]["EffectValue"][];
            /** Text */
            text: string;
        };
        /**
         * ClusterValue
         * @description Rows that say nearly the same, of which one stays.
         */
        ClusterValue: {
            /** Rows */
            rows: number;
            /** Kept */
            kept: string[];
            /** Alike */
            alike: components["schemas"]["AlikeValue"][];
        };
        /**
         * Comparison
         * @description Runs beside each other.
         */
        Comparison: {
            /** Runs */
            runs: components["schemas"]["RunValue"][];
            /**
             * Different
             * @description settings that are not the same in all
             */
            different: {
                [key: string]: unknown[];
            };
        };
        /**
         * ConsentValue
         * @description An answer to the question whether turns may be learned from.
         */
        ConsentValue: {
            /** Granted */
            granted: boolean;
            /** Version */
            version: string;
            /** At */
            at: string;
        };
        /**
         * ContentValue
         * @description An answer with its questions.
         */
        ContentValue: {
            /** Text */
            text: string;
            /** Questions */
            questions: string[];
            /** Note */
            note: string;
            /** Links */
            links: components["schemas"]["LinkValue"][];
            /** Starts At */
            starts_at: string | null;
            /** Expires At */
            expires_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "active" | "retired";
            /** Origin */
            origin: string | null;
        };
        /**
         * ConversationFile
         * @description A conversation in a file, with its whole tree; a later version may say more, which is left out.
         */
        ConversationFile: {
            /**
             * Format
             * @constant
             */
            format: "chatwright.conversation/1";
            /** Title */
            title: string;
            /**
             * Bot
             * @default
             */
            bot: string;
            /**
             * Exported At
             * @default
             */
            exported_at: string;
            /** Messages */
            messages: components["schemas"]["FileMessage"][];
        };
        /**
         * ConversationList
         * @description Newest first.
         */
        ConversationList: {
            /** Conversations */
            conversations: components["schemas"]["ConversationSummary"][];
        };
        /**
         * ConversationSummary
         * @description A line of the list. `channel` "imported": brought along in a file; "temporary": not kept. `found`: where
         *     the words of a search stand in it, if not in its title alone.
         */
        ConversationSummary: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Created At */
            created_at: string;
            /** Updated At */
            updated_at: string;
            /** Channel */
            channel: string;
            /** Pinned At */
            pinned_at: string | null;
            found: components["schemas"]["PlaceValue"] | null;
        };
        /**
         * ConversationValue
         * @description A conversation with its whole tree, in creation order. `handover` is null while nobody but the bot is
         *     wanted. `cursor`: where its stream of events goes on from what is told here.
         */
        ConversationValue: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Created At */
            created_at: string;
            /** Updated At */
            updated_at: string;
            /** Channel */
            channel: string;
            /** Pinned At */
            pinned_at: string | null;
            found: components["schemas"]["PlaceValue"] | null;
            /** Messages */
            messages: components["schemas"]["MessageValue"][];
            handover: components["schemas"]["HandoverValue"] | null;
            /** Cursor */
            cursor: string;
        };
        /**
         * CoursePoint
         * @description The interval of candidate minus current at one look.
         */
        CoursePoint: {
            /** Time */
            time: string;
            /** Rule */
            rule: string;
            /** Low */
            low: number | null;
            /** High */
            high: number | null;
        };
        /**
         * CuratedValue
         * @description A curated answer that will be given.
         */
        CuratedValue: {
            /** Question */
            question: string;
            /** Text */
            text: string;
        };
        /**
         * DataFileValue
         * @description A file of the bot. `said`: its format was named when it was imported. `held`: for evaluation alone.
         */
        DataFileValue: {
            /** Name */
            name: string;
            /** Format */
            format: string;
            /** Said */
            said: boolean;
            /** Held */
            held: boolean;
            /** Size */
            size: number;
            /** At */
            at: string;
            /** Problem */
            problem: string;
        };
        /** DataSaidValue */
        DataSaidValue: {
            /** Role */
            role: string;
            /** Content */
            content: string;
            /**
             * Cut
             * @description there is more of it
             * @default false
             */
            cut: boolean;
        };
        /**
         * DatasetDifference
         * @description Rows by their ids, with the first of each; `moved`: on another side of the split.
         */
        DatasetDifference: {
            /** Before */
            before: string;
            /** After */
            after: string;
            /** Same */
            same: number;
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Rows */
            rows: {
                [key: string]: components["schemas"]["RowValue"][];
            };
            /** Reasons */
            reasons: components["schemas"]["ReasonChange"][];
        };
        /**
         * DifferenceList
         * @description A page of what is different from revision `first` to `last`.
         */
        DifferenceList: {
            /** First */
            first: number;
            /** Last */
            last: number;
            /** Total */
            total: number;
            /** Answers */
            answers: components["schemas"]["DifferenceValue"][];
        };
        /**
         * DifferenceValue
         * @description What became of an answer; null: it was not there, or is not.
         */
        DifferenceValue: {
            /** Id */
            id: string;
            before: components["schemas"]["ContentValue"] | null;
            after: components["schemas"]["ContentValue"] | null;
        };
        /**
         * DocumentList
         * @description `total` fit; `all` are there.
         */
        DocumentList: {
            /** Documents */
            documents: components["schemas"]["DocumentValue"][];
            /** Total */
            total: number;
            /** All */
            all: number;
            /** Snapshot */
            snapshot: string | null;
        };
        /**
         * DocumentValue
         * @description A document. `kind`: a file, a page that was named, or one that a sitemap or feed named. `at`: changed or
         *     fetched, empty where nobody knows. `marks`: places that talk to machines. `cited`: replies of the last 30
         *     days that rest on it. `editable`: its text may be edited here.
         */
        DocumentValue: {
            /** Name */
            name: string;
            /** Title */
            title: string;
            /** Label */
            label: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "file" | "page" | "listed";
            /** Size */
            size: number;
            /** At */
            at: string;
            /** Passages */
            passages: number;
            /** Characters */
            characters: number;
            /** Problem */
            problem: string;
            /** Twin */
            twin: string;
            /** Language */
            language: string;
            /** Marks */
            marks: number;
            /** Cited */
            cited: number;
            /** Editable */
            editable: boolean;
        };
        /**
         * DocumentView
         * @description A document with its passages. `text` is the file's own, where it may be edited; `version` goes along with
         *     an edit.
         */
        DocumentView: {
            document: components["schemas"]["DocumentValue"];
            /** Passages */
            passages: components["schemas"]["PassageValue"][];
            /** Total */
            total: number;
            /** Text */
            text: string | null;
            /** Version */
            version: string;
        };
        /**
         * DoneValue
         * @description A decision that was carried out, or `review` as it is where it was only asked what would be written.
         */
        DoneValue: {
            review: components["schemas"]["ReviewValue"];
            written: components["schemas"]["PlanValue"];
        };
        /**
         * DraftValue
         * @description What the bot would say; `route` refused: it would decline, and this is the best it had.
         */
        DraftValue: {
            /** Text */
            text: string;
            /**
             * Route
             * @enum {string}
             */
            route: "curated" | "retrieved" | "generated" | "refused";
            /** Confidence */
            confidence: number | null;
            /** Sources */
            sources: components["schemas"]["SourceValue"][];
        };
        /**
         * DriftFigure
         * @description A daily figure of the last look; at `score` 1 there is an alarm.
         */
        DriftFigure: {
            /** Name */
            name: string;
            /** Score */
            score: number;
            /** Alarm */
            alarm: string | null;
        };
        /**
         * DriftValue
         * @description The last look for drift, of the day `until`; `too_little`: what was missing for alarms.
         */
        DriftValue: {
            /** Until */
            until: string;
            /** Too Little */
            too_little: string;
            /** Figures */
            figures: components["schemas"]["DriftFigure"][];
            /**
             * Apart
             * @description 0.5: what is asked cannot be told from before
             */
            apart: {
                [key: string]: number;
            };
        };
        /**
         * DueValue
         * @description An answer that is different after an import; null: it was not there, or is not.
         */
        DueValue: {
            /**
             * What
             * @enum {string}
             */
            what: "added" | "changed" | "retired";
            before: components["schemas"]["ContentValue"] | null;
            after: components["schemas"]["ContentValue"] | null;
        };
        /**
         * EditDone
         * @description `edit` can be undone by its id, as long as it is kept; null where nothing was different.
         */
        EditDone: {
            edit: components["schemas"]["EditValue"] | null;
            synced: components["schemas"]["SyncedValue"];
        };
        /** EditList */
        EditList: {
            /** Edits */
            edits: components["schemas"]["EditValue"][];
        };
        /**
         * EditValue
         * @description Something that was changed here. `undone`: it was taken back; `undoes`: it took that one back.
         */
        EditValue: {
            /** Id */
            id: string;
            /** At */
            at: string;
            /** Author */
            author: string;
            /** Files */
            files: components["schemas"]["EditedFile"][];
            /** Undone */
            undone: boolean;
            /** Undoes */
            undoes: string;
            /** Kept */
            kept: boolean;
        };
        /** EditedFile */
        EditedFile: {
            /** Name */
            name: string;
            /** Before */
            before: string;
            /** After */
            after: string;
        };
        /**
         * EffectValue
         * @description A key, like "limits.streams", and when its change counts.
         */
        EffectValue: {
            /** Key */
            key: string;
            /**
             * Effect
             * @enum {string}
             */
            effect: "now" | "release" | "next" | "restart";
        };
        /**
         * End
         * @description Give the conversation back to the bot, or take it off the list: the bot answers again either way.
         *     `answer`: it answers now what the visitor said last, if nobody has.
         */
        End: {
            /**
             * How
             * @enum {string}
             */
            how: "handed_back" | "closed";
            /**
             * Answer
             * @default false
             */
            answer: boolean;
        };
        /**
         * Erase
         * @description An id, or names, addresses and numbers of one person. `keep_serving`: a model that learned them goes on
         *     answering until another is there.
         */
        Erase: {
            /** Who */
            who: string[];
            /**
             * Keep Serving
             * @default false
             */
            keep_serving: boolean;
        };
        /**
         * ErasureList
         * @description `work`: what runs now, of whatever kind; `last`: the newest process that finished erasures.
         */
        ErasureList: {
            /** Open */
            open: components["schemas"]["ErasureValue"][];
            /** Done */
            done: components["schemas"]["ErasureValue"][];
            work: components["schemas"]["Work"] | null;
            last: components["schemas"]["Work"] | null;
        };
        /**
         * ErasureValue
         * @description An erasure, by an id that says nothing of who it was.
         */
        ErasureValue: {
            /** Id */
            id: string;
            /** At */
            at: string;
            /** Open */
            open: boolean;
            /** Steps */
            steps: string[];
            /** Removed */
            removed: {
                [key: string]: number;
            };
            /** Left */
            left: {
                [key: string]: string[];
            };
            /** Sources */
            sources: {
                [key: string]: number[];
            };
            /** Releases */
            releases: string[];
            /** Served */
            served: string;
            /** Instead */
            instead: string;
            /** Candidate */
            candidate: string;
            /** Verdict */
            verdict: string;
        };
        /**
         * ErrorBody
         * @description The body of every answer that is an error.
         */
        ErrorBody: {
            error: components["schemas"]["ErrorValue"];
        };
        /**
         * ErrorValue
         * @description What went wrong, as OpenAI's clients read it: `param` and `code` are text or null.
         */
        ErrorValue: {
            /** Message */
            message: string;
            /** Type */
            type: string;
            /** Param */
            param: string | null;
            /** Code */
            code: string | null;
        };
        /**
         * Event
         * @description A promotion or a rollback.
         */
        Event: {
            /** Time */
            time: string;
            /** Action */
            action: string;
            /** Release */
            release: string;
            /** Deployment */
            deployment: string;
            /**
             * Reason
             * @default
             */
            reason: string;
            /**
             * By
             * @description the account's name, or what else asked for it
             * @default
             */
            by: string;
            /** Gate */
            gate: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * ExplanationValue
         * @description The same of a message that is kept. `texts` false: whoever asked did not agree that others read their
         *     words, so that all texts are left out.
         */
        ExplanationValue: {
            /** Message Id */
            message_id: string;
            /** Created At */
            created_at: string;
            /** Release */
            release: string | null;
            /** Deployment */
            deployment: string | null;
            /** Route */
            route: ("curated" | "retrieved" | "generated" | "refused") | null;
            /** Confidence */
            confidence: number | null;
            /** Mark */
            mark: ("blocked" | "unsafe" | "claim" | "handover" | "disclosure" | "clarify") | null;
            /** Sources */
            sources: components["schemas"]["SourceValue"][];
            explanation: components["schemas"]["WeighedValue"] | null;
            /** Texts */
            texts: boolean;
        };
        /**
         * FactValue
         * @description Something about a channel: a word of the page's, and a value.
         */
        FactValue: {
            /** Name */
            name: string;
            /** Value */
            value: string | number | boolean | null;
        };
        /**
         * Feedback
         * @description What somebody says about a reply; as given and as answered.
         */
        Feedback: {
            /** Thumb */
            thumb?: ("up" | "down") | null;
            /**
             * Comment
             * @default
             */
            comment: string;
            /**
             * Correction
             * @default
             */
            correction: string;
            /** Score */
            score?: number | null;
        };
        /**
         * FeedbackRater
         * @description What one rater said, in figures; `reasons` say why they look suspicious, `along` with whom.
         */
        FeedbackRater: {
            /** Rater */
            rater: string;
            /** Said */
            said: number;
            /** Up */
            up: number;
            /** Down */
            down: number;
            /** Corrections */
            corrections: number;
            /** Reasons */
            reasons: string[];
            /** Score */
            score: number;
            /** Along */
            along: string[];
        };
        /**
         * FeedbackRow
         * @description What one rater said about one reply. Texts are null where they may not be read.
         */
        FeedbackRow: {
            /** Id */
            id: string;
            /** Message Id */
            message_id: string;
            /** Conversation Id */
            conversation_id: string;
            /** Rater */
            rater: string;
            /** Channel */
            channel: string;
            /** Thumb */
            thumb: ("up" | "down") | null;
            /** Score */
            score: number | null;
            /** Comment */
            comment: string | null;
            /** Correction */
            correction: string | null;
            /** Question */
            question: string | null;
            /** Answer */
            answer: string | null;
            /** Route */
            route: ("curated" | "retrieved" | "generated" | "refused") | null;
            /** Confidence */
            confidence: number | null;
            /** Release */
            release: string | null;
            /** Updated At */
            updated_at: string;
            /** Flags */
            flags: string[];
            /** Readable */
            readable: boolean;
        };
        /**
         * FeedbackRows
         * @description A page of it, the newest first; `total` of it there is. `raters` are all who said something; `alarm`
         *     names suspicious ones in a sentence, or is empty.
         */
        FeedbackRows: {
            /** Feedback */
            feedback: components["schemas"]["FeedbackRow"][];
            /** Total */
            total: number;
            /** Raters */
            raters: number;
            /** Alarm */
            alarm: string;
        };
        /**
         * FieldValue
         * @description A value of the form. `written`: it stands in the file; else it is the default.
         */
        FieldValue: {
            /** Table */
            table: string;
            /** Key */
            key: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "line" | "text" | "list" | "switch" | "whole" | "number" | "choice";
            /** Choices */
            choices: string[];
            /** Least */
            least: number | null;
            /** Most */
            most: number | null;
            /** Value */
            value: string | boolean | number | string[];
            /** Default */
            default: string | boolean | number | string[] | null;
            /** Required */
            required: boolean;
            /** Written */
            written: boolean;
            /**
             * Effect
             * @enum {string}
             */
            effect: "now" | "release" | "next" | "restart";
        };
        /**
         * FigureValue
         * @description What some time comes to. `turns` are kept replies; `api` those on /v1, which are counted alone; tokens
         *     are of both, times of the kept ones.
         */
        FigureValue: {
            /**
             * Turns
             * @default 0
             */
            turns: number;
            /**
             * Routes
             * @description finished replies by route
             * @default {}
             */
            routes: {
                [key: string]: number;
            };
            /**
             * Channels
             * @default {}
             */
            channels: {
                [key: string]: number;
            };
            /**
             * Refused
             * @default 0
             */
            refused: number;
            /**
             * Failed
             * @description that failed or were interrupted, /v1 included
             * @default 0
             */
            failed: number;
            /**
             * Stopped
             * @default 0
             */
            stopped: number;
            first: components["schemas"]["TimesValue"];
            whole: components["schemas"]["TimesValue"];
            /**
             * Read
             * @default 0
             */
            read: number;
            /**
             * Written
             * @default 0
             */
            written: number;
            /**
             * Cost
             * @description null: bot.toml has no [prices]
             */
            cost: number | null;
            /**
             * Up
             * @default 0
             */
            up: number;
            /**
             * Down
             * @default 0
             */
            down: number;
            /**
             * Api
             * @default 0
             */
            api: number;
        };
        /** FileList */
        FileList: {
            /** Files */
            files: components["schemas"]["DataFileValue"][];
            /** Formats */
            formats: string[];
            /** Endings */
            endings: string[];
            /**
             * Largest
             * @description bytes of a file that may be uploaded
             */
            largest: number;
        };
        /**
         * FileMessage
         * @description A message in a file. Of what was attached, the names.
         */
        FileMessage: {
            /** Id */
            id: string;
            /** Parent Id */
            parent_id: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant";
            /** Content */
            content: string;
            /**
             * Created At
             * @default
             */
            created_at: string;
            /** Route */
            route?: ("curated" | "retrieved" | "generated" | "refused") | null;
            /**
             * Sources
             * @default []
             */
            sources: components["schemas"]["SourceValue"][];
            /**
             * Attachments
             * @default []
             */
            attachments: components["schemas"]["AttachmentValue"][];
        };
        /**
         * FileRows
         * @description A file with its rows. `languages` are of some of them; "" are too short or too mixed to say.
         */
        FileRows: {
            /** Name */
            name: string;
            /** Format */
            format: string;
            /** Train */
            train: number;
            /** Dev */
            dev: number;
            /** Test */
            test: number;
            /** Judged */
            judged: number;
            /** Rejected */
            rejected: number;
            /** Languages */
            languages: {
                [key: string]: number;
            };
        };
        /**
         * Find
         * @description The id of a conversation or a person, or words.
         */
        Find: {
            /** Text */
            text: string;
        };
        /**
         * Forgotten
         * @description How much was removed, by what it was; and what still holds something, by where.
         */
        Forgotten: {
            /** Removed */
            removed: {
                [key: string]: number;
            };
            /** Left */
            left: {
                [key: string]: string[];
            };
        };
        /**
         * Found
         * @description Last active first; of many, the first fifty.
         */
        Found: {
            /** People */
            people: components["schemas"]["PersonValue"][];
            /** Total */
            total: number;
        };
        /**
         * GapReport
         * @description The first of `total` gaps. `unquoted` more questions are in none: who asked them may not be quoted.
         */
        GapReport: {
            /** Since */
            since: string;
            /** Questions */
            questions: number;
            /** Answered Well */
            answered_well: number;
            /** Unquoted */
            unquoted: number;
            /** Gaps */
            gaps: components["schemas"]["GapValue"][];
            /** Total */
            total: number;
        };
        /**
         * GapValue
         * @description Questions that mean about the same, and what to do about them.
         */
        GapValue: {
            /** Count */
            count: number;
            /** Refused */
            refused: number;
            /** Disliked */
            disliked: number;
            /** Unsure */
            unsure: number;
            /** Last At */
            last_at: string;
            /** Examples */
            examples: string[];
            /** Documents */
            documents: components["schemas"]["NearestValue"][];
            /**
             * Todo
             * @enum {string}
             */
            todo: "curate" | "document" | "scope";
            /** Advice */
            advice: string;
        };
        /**
         * GivenAnswer
         * @description An answer from elsewhere.
         */
        GivenAnswer: {
            /** Question */
            question: string;
            /** Answer */
            answer: string;
        };
        /**
         * GivenAnswers
         * @description Answers from elsewhere to compare with, under a name.
         */
        GivenAnswers: {
            /** Name */
            name: string;
            /** Rows */
            rows: components["schemas"]["GivenAnswer"][];
        };
        /**
         * GivenControl
         * @description A question of which the right and the wrong answer are known.
         */
        GivenControl: {
            /** Question */
            question: string;
            /** Right */
            right: string;
            /** Wrong */
            wrong: string;
        };
        /** GoBack */
        GoBack: {
            /** Snapshot */
            snapshot: string;
            /**
             * Current
             * @description as the page knows it
             */
            current?: string | null;
        };
        /**
         * GoneFile
         * @description A document that is to go.
         */
        GoneFile: {
            /** Name */
            name: string;
            /**
             * Version
             * @description of the file as it was read; empty: there was none
             */
            version: string;
        };
        /**
         * GuideFile
         * @description A file of the bot's.
         */
        GuideFile: {
            /** Name */
            name: string;
            /**
             * Part
             * @enum {string}
             */
            part: "data" | "knowledge";
            /** Bytes */
            bytes: number;
        };
        /**
         * GuideValue
         * @description Where the making of the bot stands.
         */
        GuideValue: {
            /** Name */
            name: string;
            /** Title */
            title: string;
            /** Purpose */
            purpose: string;
            /** Topics */
            topics: string[];
            /** Declines */
            declines: string[];
            /**
             * Asked
             * @description whether the owner has said what it is for
             */
            asked: boolean;
            /**
             * Editable
             * @description whether the guide may still write bot.toml
             */
            editable: boolean;
            /** Minutes */
            minutes: number;
            /**
             * Way
             * @enum {string}
             */
            way: "model" | "documents";
            /** Files */
            files: components["schemas"]["GuideFile"][];
            /**
             * Accepted
             * @description how names of files end that can be read
             */
            accepted: string[];
            /** Can Train */
            can_train: boolean;
            /**
             * Why
             * @description why nothing can be trained here
             * @default
             */
            why: string;
            /**
             * Next Step
             * @default
             */
            next_step: string;
            /**
             * Imports
             * @description files that were brought, the newest first
             */
            imports: components["schemas"]["Work"][];
            build: components["schemas"]["Work"] | null;
            /** @description what runs now */
            work: components["schemas"]["Work"] | null;
            /**
             * Promoted
             * @description the release that is to be served
             */
            promoted: string | null;
            /**
             * Served
             * @description whether it answers by now
             */
            served: boolean;
        };
        /**
         * HandoverEnded
         * @description How it ended; `answering`: the bot answers now what the visitor said last.
         */
        HandoverEnded: {
            handover: components["schemas"]["TeamHandover"];
            /** Answering */
            answering: boolean;
        };
        /**
         * HandoverValue
         * @description A person in the place of the bot: wanted, here since, or gone again. `name` is theirs, "" for one who
         *     gives none; `since` is when it came to this state.
         */
        HandoverValue: {
            /**
             * State
             * @enum {string}
             */
            state: "wanted" | "taken" | "ended";
            /**
             * Reason
             * @enum {string}
             */
            reason: "asked" | "guard" | "task" | "confidence" | "team";
            /** Name */
            name: string;
            /** Since */
            since: string;
        };
        /**
         * Head
         * @description What an earlier check gave as its head, or nothing.
         */
        Head: {
            /**
             * Head
             * @default
             */
            head: string;
        };
        /**
         * HeldValue
         * @description The curated answer that a question has already: `replace` puts the new one in its place.
         */
        HeldValue: {
            /** Id */
            id: string;
            /** Text */
            text: string;
        };
        /**
         * HiddenValue
         * @description A type of placeholder, how many were put, and where some of them stand.
         */
        HiddenValue: {
            /** Type */
            type: string;
            /** Count */
            count: number;
            /** Examples */
            examples: string[];
        };
        /** HitValue */
        HitValue: {
            /** Title */
            title: string;
            /** Names */
            names: string[];
            /** Text */
            text: string;
            /** Start */
            start: number;
            /** End */
            end: number;
            /** Headings */
            headings: string[];
            /** Page */
            page: number;
            /** Score */
            score: number;
            /** Bm25 */
            bm25: number;
            /** Coverage */
            coverage: number;
            /** Cosine */
            cosine: number | null;
        };
        /**
         * ImportReport
         * @description What became of the rows: ids of answers, and questions that have no answer any more (`fewer`). `due`
         *     shows the first of what is different.
         */
        ImportReport: {
            /** Dry Run */
            dry_run: boolean;
            /** Rows */
            rows: number;
            /** Added */
            added: string[];
            /** Changed */
            changed: string[];
            /** Unchanged */
            unchanged: number;
            /** Retired */
            retired: string[];
            /** Fewer */
            fewer: string[];
            /** Refused */
            refused: components["schemas"]["RefusedRow"][];
            /** Revision */
            revision: number | null;
            /** Due */
            due: components["schemas"]["DueValue"][];
        };
        /**
         * ImproveAsked
         * @description A turn of the improvement loop; what is left out is as `[improve]` says.
         */
        ImproveAsked: {
            /**
             * Minutes
             * @default 0
             */
            minutes: number;
            /**
             * Promote
             * @description serve what passes the gate
             * @default true
             */
            promote: boolean;
        };
        /**
         * InboxItem
         * @description A conversation in the list. `waiting_since` null: the visitor does not wait for anything.
         */
        InboxItem: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Channel */
            channel: string;
            /** Visitor */
            visitor: string;
            /** Updated At */
            updated_at: string;
            /** Said */
            said: string;
            /** Waiting Since */
            waiting_since: string | null;
            /** Unread */
            unread: number;
            handover: components["schemas"]["TeamHandover"];
        };
        /**
         * InboxList
         * @description Wanted first, whoever waits longest first. `me` is the caller, and `name` what visitors call them.
         */
        InboxList: {
            /** Conversations */
            conversations: components["schemas"]["InboxItem"][];
            /** Wanted */
            wanted: number;
            /** Me */
            me: string;
            /** Name */
            name: string;
        };
        /**
         * InboxMe
         * @description The name under which visitors read what one writes; empty: none.
         */
        InboxMe: {
            /** Name */
            name: string;
        };
        /**
         * InboxSaidValue
         * @description What somebody said about a reply.
         */
        InboxSaidValue: {
            /** Rater */
            rater: string;
            /** Thumb */
            thumb: ("up" | "down") | null;
            /** Score */
            score: number | null;
            /** Comment */
            comment: string;
            /** Correction */
            correction: string;
            /** At */
            at: string;
        };
        /**
         * InvitationToken
         * @description The part of the link behind #, which no server sees before.
         */
        InvitationToken: {
            /** Token */
            token: string;
        };
        /**
         * InvitationValue
         * @description An invitation that nobody has taken up yet. `by` is an account's name, or "".
         */
        InvitationValue: {
            /** Id */
            id: string;
            /**
             * Role
             * @enum {string}
             */
            role: "owner" | "editor" | "reviewer" | "visitor";
            /** By */
            by: string;
            /** Created At */
            created_at: string;
            /** Ends At */
            ends_at: string;
        };
        /**
         * Invited
         * @description What the link is for.
         */
        Invited: {
            /**
             * Role
             * @enum {string}
             */
            role: "owner" | "editor" | "reviewer" | "visitor";
            /** Bot */
            bot: string;
        };
        /**
         * ItemList
         * @description A page of them, what is most worth deciding first; `total` of them there are.
         */
        ItemList: {
            /** Items */
            items: components["schemas"]["ItemValue"][];
            /** Total */
            total: number;
        };
        /**
         * ItemValue
         * @description A review with all that there is to look at; `why` says what makes its `value`.
         */
        ItemValue: {
            /** Id */
            id: string;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "accepted" | "edited" | "redacted" | "rejected" | "curated" | "case" | "quarantined";
            /** Revision */
            revision: number;
            /** Message Id */
            message_id: string;
            /** Created At */
            created_at: string;
            /** Decided At */
            decided_at: string | null;
            /** By */
            by: string;
            /** Reason */
            reason: string;
            /** Trained */
            trained: boolean;
            /** Cases */
            cases: components["schemas"]["MadeCase"][];
            /** Curated */
            curated: string;
            /** Value */
            value: number;
            /** Why */
            why: string;
            /** Question */
            question: string;
            /** Answer */
            answer: string;
            /** Route */
            route: string;
            /** Confidence */
            confidence: number | null;
            /** Correction */
            correction: string;
            /** Agreeing */
            agreeing: string[];
            /** Feedback */
            feedback: components["schemas"]["SaidValue"][];
            /** Signals */
            signals: string[];
            /** Flags */
            flags: string[];
            /** Problems */
            problems: string[];
            /** Asked */
            asked: number;
            /** Alike */
            alike: string[];
        };
        /**
         * KeyLimits
         * @description What a key may use, instead of what [limits] says.
         */
        KeyLimits: {
            /**
             * Requests Per Minute
             * @description null: as [limits]; 0: none
             */
            requests_per_minute?: number | null;
            /**
             * Tokens Per Minute
             * @description null: as [limits]; 0: none
             */
            tokens_per_minute?: number | null;
            /** Tokens Per Day */
            tokens_per_day?: number | null;
            /**
             * Streams
             * @description null: as [limits]; 0: none
             */
            streams?: number | null;
        };
        /**
         * KeyList
         * @description The newest first, those that are over included. `needed`: whether the API asks for a key.
         */
        KeyList: {
            /** Keys */
            keys: components["schemas"]["KeyValue"][];
            /** Scopes */
            scopes: ("chat" | "models" | "embeddings" | "feedback" | "raw" | "review" | "curate" | "admin")[];
            /** Everyday */
            everyday: ("chat" | "models" | "embeddings" | "feedback" | "raw" | "review" | "curate" | "admin")[];
            limits: components["schemas"]["KeyLimits"];
            /**
             * Needed
             * @enum {string}
             */
            needed: "auto" | "required" | "off";
        };
        /**
         * KeyValue
         * @description A key without its secret. `undo_until`: a revocation can be taken back until then.
         */
        KeyValue: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Prefix */
            prefix: string;
            /** Scopes */
            scopes: ("chat" | "models" | "embeddings" | "feedback" | "raw" | "review" | "curate" | "admin")[];
            /** Created At */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Revoked At */
            revoked_at: string | null;
            /** Used At */
            used_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "live" | "expired" | "revoked";
            limits: components["schemas"]["KeyLimits"];
            /** Undo Until */
            undo_until: string | null;
        };
        /**
         * KnowledgePlan
         * @description What an edit would do. `stale`: documents of it that somebody changed meanwhile. `elsewhere`:
         *     documents that would differ for another reason. `asked`: how many test cases were tried; null: there is
         *     too much to try.
         */
        KnowledgePlan: {
            /** Before */
            before: string | null;
            /** Documents */
            documents: components["schemas"]["ChangedValue"][];
            /** Elsewhere */
            elsewhere: string[];
            /** Moved */
            moved: components["schemas"]["MovedValue"][];
            /** Asked */
            asked: number | null;
            /** Stale */
            stale: string[];
        };
        /**
         * KnowledgeStatus
         * @description How reading stands. `syncing`: somebody reads now, of `what`, since when. `waiting` of `passages`
         *     passages cannot be found by meaning yet; null: the bot finds by words alone.
         */
        KnowledgeStatus: {
            /** Snapshot */
            snapshot: string | null;
            /** Documents */
            documents: number;
            /** Passages */
            passages: number;
            /** Held */
            held: string | null;
            /** Watch */
            watch: boolean;
            /** Sync Minutes */
            sync_minutes: number;
            /** Synced At */
            synced_at: string;
            /** Syncing */
            syncing: boolean;
            /** What */
            what: string;
            /** Done */
            done: number;
            /**
             * Failed
             * @description why the last reading that was asked for here failed
             */
            failed: string;
            /** Waiting */
            waiting: number | null;
            /** Problems */
            problems: number;
            /** Keep */
            keep: number;
            /** Labels */
            labels: string[];
            /** Addresses */
            addresses: number;
            /**
             * Largest
             * @description bytes of a file that may be uploaded
             */
            largest: number;
            /** Endings */
            endings: string[];
        };
        /**
         * LineageValue
         * @description What a release learned from.
         */
        LineageValue: {
            /** Dataset */
            dataset: string | null;
            /** Chain */
            chain: string[];
            /** Rows */
            rows: number;
            /** Held Out */
            held_out: number;
            /** Sources */
            sources: {
                [key: string]: number;
            };
            /**
             * Raters
             * @description corrections by who gave them, named by their ids
             */
            raters: {
                [key: string]: number;
            };
            /** Missing */
            missing: string[];
        };
        /**
         * LinkList
         * @description The newest first.
         */
        LinkList: {
            /** Links */
            links: components["schemas"]["TesterLink"][];
        };
        /**
         * LinkValue
         * @description Where readers find more.
         */
        LinkValue: {
            /**
             * Title
             * @default
             */
            title: string;
            /** Uri */
            uri: string;
        };
        /**
         * Login
         * @description A name and its password.
         */
        Login: {
            /** Name */
            name: string;
            /** Password */
            password: string;
        };
        /**
         * LoopValue
         * @description The improvement loop as it stands.
         */
        LoopValue: {
            /**
             * Every
             * @description [improve] every; empty: only when it is asked for
             */
            every: string;
            /** Due */
            due: string;
            /** Running */
            running: boolean;
            /** Last */
            last: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * MachineValue
         * @description Shares are 0 to 1; `resident` is in bytes, of all server processes and their engines.
         */
        MachineValue: {
            /** Cpu */
            cpu: number | null;
            /** Cpu Most */
            cpu_most: number | null;
            /** Memory */
            memory: number | null;
            /** Resident */
            resident: number | null;
            /** Running */
            running: number | null;
            /** Gpu */
            gpu: number | null;
            /** Gpu Memory */
            gpu_memory: number | null;
            /** Disk */
            disk: number | null;
        };
        /**
         * MadeCase
         * @description A test case that a decision made.
         */
        MadeCase: {
            /** Id */
            id: string;
            /** Question */
            question: string;
            /** Held Out */
            held_out: boolean;
        };
        /**
         * MadeInvitation
         * @description The token of the link, /invitation#TOKEN, which is never shown again.
         */
        MadeInvitation: {
            /** Token */
            token: string;
            invitation: components["schemas"]["InvitationValue"];
        };
        /**
         * MadeKey
         * @description A new key, and its text, which is never shown again.
         */
        MadeKey: {
            /** Text */
            text: string;
            key: components["schemas"]["KeyValue"];
        };
        /**
         * ManyDecisions
         * @description One decision for many: what suspicious raters said is not among them, nor what too few agree on.
         */
        ManyDecisions: {
            /** Ids */
            ids: string[];
            /**
             * Action
             * @enum {string}
             */
            action: "accept" | "reject";
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /**
         * ManyDone
         * @description What became of many.
         */
        ManyDone: {
            /** Done */
            done: components["schemas"]["ReviewValue"][];
            /** Refused */
            refused: components["schemas"]["RefusedValue"][];
        };
        /**
         * MessageValue
         * @description A message of the tree. `author` is the name of the person of the team who wrote a reply ("": one without
         *     a name); null: the bot wrote it, or it is the user's.
         */
        MessageValue: {
            /** Id */
            id: string;
            /** Parent Id */
            parent_id: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant";
            /** Content */
            content: string;
            /** Created At */
            created_at: string;
            /**
             * Status
             * @enum {string}
             */
            status: "done" | "running" | "stopped" | "interrupted" | "failed";
            /** Route */
            route: ("curated" | "retrieved" | "generated" | "refused") | null;
            /** Sources */
            sources: components["schemas"]["SourceValue"][];
            /** Left Out */
            left_out: number;
            /** Turn Id */
            turn_id: string | null;
            /** Release */
            release: string | null;
            /** Error */
            error: string | null;
            /** Mark */
            mark: ("blocked" | "unsafe" | "claim" | "handover" | "disclosure" | "clarify") | null;
            /** Author */
            author: string | null;
            feedback: components["schemas"]["Feedback"] | null;
            /**
             * Attachments
             * @default []
             */
            attachments: components["schemas"]["AttachmentValue"][];
        };
        /**
         * MistakeValue
         * @description What is wrong with a text. `line` counts from 1; 0: it is about no single line.
         */
        MistakeValue: {
            /** Line */
            line: number;
            /** Key */
            key: string;
            /** Message */
            message: string;
        };
        /**
         * MovedValue
         * @description A test case whose question would find another passage first.
         */
        MovedValue: {
            /** Id */
            id: string;
            /** Question */
            question: string;
            before: components["schemas"]["ReachedValue"];
            after: components["schemas"]["ReachedValue"];
        };
        /**
         * MyAccount
         * @description One's own account.
         */
        MyAccount: {
            /** Name */
            name: string;
            /**
             * Role
             * @enum {string}
             */
            role: "owner" | "editor" | "reviewer" | "visitor";
            /** Sessions */
            sessions: components["schemas"]["SessionTime"][];
        };
        /**
         * NearValue
         * @description A curated answer whose `asked` is like the question: 1 is the same one.
         */
        NearValue: {
            /** Id */
            id: string;
            /** Asked */
            asked: string;
            /** Text */
            text: string;
            /** Likeness */
            likeness: number;
            /** Exact */
            exact: boolean;
        };
        /**
         * NearestValue
         * @description A document that is nearest to what was asked.
         */
        NearestValue: {
            /** Name */
            name: string;
            /** Title */
            title: string;
            /** Coverage */
            coverage: number;
        };
        /** NewAddress */
        NewAddress: {
            /** Url */
            url: string;
        };
        /**
         * NewAnswer
         * @description `id` empty: one is made. `origin`: the message from whose correction it is made.
         */
        NewAnswer: {
            /** Text */
            text: string;
            /** Questions */
            questions: string[];
            /** Note */
            note?: string | null;
            /** Links */
            links?: components["schemas"]["LinkValue"][] | null;
            /** Starts */
            starts?: string | null;
            /** Expires */
            expires?: string | null;
            /**
             * Id
             * @default
             */
            id: string;
            /** Origin */
            origin?: string | null;
        };
        /**
         * NewAttachment
         * @description A text that goes with a message, as `/api/attachments` read it. It is material, and no order.
         */
        NewAttachment: {
            /** Name */
            name: string;
            /** Content */
            content: string;
        };
        /**
         * NewConsent
         * @description `version` is that of the text that was shown.
         */
        NewConsent: {
            /** Granted */
            granted: boolean;
            /** Version */
            version: string;
        };
        /**
         * NewConversation
         * @description Nothing to say yet: the first message gives the title. A temporary one is in no list, nobody but its
         *     owner sees it, nothing learns from it, and it is gone once it is left.
         */
        NewConversation: {
            /**
             * Temporary
             * @default false
             */
            temporary: boolean;
        };
        /**
         * NewInvitation
         * @description `days` in which the link is good.
         */
        NewInvitation: {
            /**
             * Role
             * @enum {string}
             */
            role: "owner" | "editor" | "reviewer" | "visitor";
            /**
             * Days
             * @default 7
             */
            days: number;
        };
        /**
         * NewKey
         * @description `days` until it ends; null: never.
         */
        NewKey: {
            /** Name */
            name: string;
            /** Scopes */
            scopes: ("chat" | "models" | "embeddings" | "feedback" | "raw" | "review" | "curate" | "admin")[];
            /** Days */
            days?: number | null;
            /** @default {} */
            limits: components["schemas"]["KeyLimits"];
        };
        /**
         * NewLink
         * @description A staging link, and its path: it is shown this once.
         */
        NewLink: {
            /** Id */
            id: string;
            /** Release */
            release: string;
            /** State */
            state: string;
            /** Tasks */
            tasks: string[];
            /** Created At */
            created_at: string;
            /** Expires At */
            expires_at: string;
            /** Path */
            path: string;
        };
        /**
         * NewMember
         * @description The link's token, and what the account is to have.
         */
        NewMember: {
            /** Name */
            name: string;
            /** Password */
            password: string;
            /** Token */
            token: string;
        };
        /**
         * NewNote
         * @description A note for colleagues.
         */
        NewNote: {
            /** Text */
            text: string;
        };
        /**
         * NewOwner
         * @description The first owner: the token that the server printed, and what the account is to have.
         */
        NewOwner: {
            /** Name */
            name: string;
            /** Password */
            password: string;
            /** Token */
            token: string;
        };
        /**
         * NewPanel
         * @description How a panel is made. `per_rater` 0: up to 40; `controls_each` and `repeats` null: as is usual.
         */
        NewPanel: {
            /** Name */
            name: string;
            /**
             * Kind
             * @default pairs
             * @enum {string}
             */
            kind: "pairs" | "ratings";
            /** Contestants */
            contestants?: string[];
            /** Answers */
            answers?: components["schemas"]["GivenAnswers"][];
            /**
             * Questions
             * @default cases
             * @enum {string}
             */
            questions: "cases" | "held-out" | "logged" | "typed";
            /** Typed */
            typed?: string[];
            /**
             * Most
             * @default 60
             */
            most: number;
            /**
             * Per Rater
             * @default 0
             */
            per_rater: number;
            /** Controls */
            controls?: components["schemas"]["GivenControl"][];
            /** Controls Each */
            controls_each?: number | null;
            /** Repeats */
            repeats?: number | null;
            /**
             * Instructions
             * @default
             */
            instructions: string;
        };
        /**
         * NewPassword
         * @description Another password.
         */
        NewPassword: {
            /** Current */
            current: string;
            /** New */
            new: string;
        };
        /**
         * NewSettings
         * @description Either single values, `{table: {key: value}}` (null: the default), or the whole text.
         */
        NewSettings: {
            /** Revision */
            revision: string;
            /** Changes */
            changes?: {
                [key: string]: {
                    [key: string]: unknown;
                };
            } | null;
            /** Text */
            text?: string | null;
        };
        /**
         * NewShare
         * @description A link to the path that ends with the message `last`; `days` until it ends.
         */
        NewShare: {
            /** Last */
            last: string;
            /**
             * Days
             * @default 7
             */
            days: number;
        };
        /**
         * NewTurn
         * @description `content` null: another reply to the user message `parent_id`. `attachments_of`: a message whose
         *     attachments go with this one as well, which is a new version of it.
         */
        NewTurn: {
            /** Content */
            content?: string | null;
            /** Parent Id */
            parent_id?: string | null;
            /**
             * Attachments
             * @default []
             */
            attachments: components["schemas"]["NewAttachment"][];
            /** Attachments Of */
            attachments_of?: string | null;
        };
        /**
         * NextQuestions
         * @description Questions that may follow, the nearest first; often none.
         */
        NextQuestions: {
            /** Questions */
            questions: string[];
        };
        /**
         * NoteValue
         * @description A note; `mine` can be taken back.
         */
        NoteValue: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Mine */
            mine: boolean;
            /** Text */
            text: string;
            /** At */
            at: string;
        };
        /**
         * Nothing
         * @description An empty object.
         */
        Nothing: Record<string, never>;
        /**
         * NowValue
         * @description This moment. `running`: replies that are being made, by all processes; `queue`: how many may wait.
         */
        NowValue: {
            /** Running */
            running: number;
            /** Queue */
            queue: number;
            /** Engine */
            engine: string;
            /** Release */
            release: string;
            /** Deployment */
            deployment: string;
            machine: components["schemas"]["MachineValue"];
        };
        /**
         * OneDecision
         * @description `revision` is that of the review as it was read.
         */
        OneDecision: {
            /**
             * Action
             * @enum {string}
             */
            action: "accept" | "edit" | "redact" | "reject" | "curate" | "case";
            /**
             * Question
             * @default
             */
            question: string;
            /**
             * Answer
             * @default
             */
            answer: string;
            /**
             * Reason
             * @default
             */
            reason: string;
            /**
             * Curate
             * @default false
             */
            curate: boolean;
            /**
             * Replace
             * @default false
             */
            replace: boolean;
            /** Case */
            case?: boolean | null;
            /**
             * Refused
             * @default false
             */
            refused: boolean;
            /** Phrasings */
            phrasings?: string[] | null;
            /** Must */
            must?: string[][] | null;
            /** Must Not */
            must_not?: string[] | null;
            /** Revision */
            revision: number;
        };
        /**
         * OverviewStep
         * @description A step of time that begins at `at`, in seconds since 1970.
         */
        OverviewStep: {
            /** At */
            at: number;
            figure: components["schemas"]["FigureValue"];
            machine: components["schemas"]["MachineValue"];
        };
        /**
         * OverviewValue
         * @description Figures of one bot. `complete` false: hours of before are still being counted.
         */
        OverviewValue: {
            /** Bot */
            bot: string;
            /**
             * Range
             * @enum {string}
             */
            range: "hour" | "day" | "month";
            /**
             * Seconds
             * @description of a step
             */
            seconds: number;
            /** At */
            at: number;
            /** Complete */
            complete: boolean;
            /** Currency */
            currency: string;
            now: components["schemas"]["NowValue"];
            total: components["schemas"]["FigureValue"];
            /** Steps */
            steps: components["schemas"]["OverviewStep"][];
            drift: components["schemas"]["DriftValue"] | null;
        };
        /**
         * PanelAgreement
         * @description A coefficient: null where nothing can be said.
         */
        PanelAgreement: {
            /** Value */
            value: number | null;
            /** Low */
            low: number | null;
            /** High */
            high: number | null;
            /** Units */
            units: number;
            /** Values */
            values: number;
        };
        /**
         * PanelChoices
         * @description What a new panel can be made of.
         */
        PanelChoices: {
            /** Releases */
            releases: components["schemas"]["ReleaseChoice"][];
            /** Cases */
            cases: number;
        };
        /**
         * PanelEffect
         * @description An estimate with its interval at 95%.
         */
        PanelEffect: {
            /** Value */
            value: number;
            /** Low */
            low: number;
            /** High */
            high: number;
        };
        /**
         * PanelInvitation
         * @description Who is invited, and for how many days their links hold.
         */
        PanelInvitation: {
            /** Names */
            names: string[];
            /**
             * Days
             * @default 30
             */
            days: number;
        };
        /**
         * PanelLink
         * @description A rater's secret link, told this once: `path` behind the address of the server.
         */
        PanelLink: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Path */
            path: string;
            /** Expires At */
            expires_at: string | null;
        };
        /**
         * PanelLinks
         * @description Send each to one person.
         */
        PanelLinks: {
            /** Links */
            links: components["schemas"]["PanelLink"][];
        };
        /**
         * PanelList
         * @description The newest first.
         */
        PanelList: {
            /** Panels */
            panels: components["schemas"]["PanelValue"][];
            /** Making */
            making: components["schemas"]["PanelMaking"][];
        };
        /**
         * PanelMaking
         * @description A panel that is being made, or was not; `said` is why not.
         */
        PanelMaking: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "failed" | "stopped" | "interrupted";
            /** Started At */
            started_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Said */
            said: string;
        };
        /**
         * PanelMean
         * @description A contestant's mean rating, 1 to 5.
         */
        PanelMean: {
            /** Name */
            name: string;
            score: components["schemas"]["PanelEffect"];
            /** Votes */
            votes: number;
        };
        /**
         * PanelNeeded
         * @description How many votes it takes to be sure.
         */
        PanelNeeded: {
            /** Now */
            now: number;
            /** Decided */
            decided: boolean;
            /** For This */
            for_this: number | null;
            /** For Five Points */
            for_five_points: number | null;
        };
        /**
         * PanelPage
         * @description A panel with its raters.
         */
        PanelPage: {
            panel: components["schemas"]["PanelValue"];
            /** Raters */
            raters: components["schemas"]["PanelRater"][];
        };
        /**
         * PanelRanking
         * @description Bradley and Terry's model; `effects` are what length and place are worth by themselves.
         */
        PanelRanking: {
            /** Strengths */
            strengths: components["schemas"]["PanelStrength"][];
            /** Effects */
            effects: {
                [key: string]: components["schemas"]["PanelEffect"];
            };
            /** Connected */
            connected: boolean;
        };
        /**
         * PanelRater
         * @description How far a rater is: `done` of `of`. `begins`: of the link's secret part.
         */
        PanelRater: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /**
             * State
             * @enum {string}
             */
            state: "live" | "expired" | "revoked";
            /** Begins */
            begins: string;
            /** Created At */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Done */
            done: number;
            /** Of */
            of: number;
            /** Last At */
            last_at: string | null;
        };
        /**
         * PanelRemark
         * @description What a rater wrote beside a vote; `preferred` names a contestant, or is a tie, bad, or a score.
         */
        PanelRemark: {
            /** Rater */
            rater: string;
            /** Question */
            question: string;
            /** Preferred */
            preferred: string;
            /** Comment */
            comment: string;
        };
        /**
         * PanelResults
         * @description All that the votes tell; see `docs/panels.md`.
         */
        PanelResults: {
            /** Panel */
            panel: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "pairs" | "ratings";
            /** Votes */
            votes: number;
            /** Used */
            used: number;
            /** Items */
            items: number;
            /** Wins */
            wins: components["schemas"]["PanelWin"][];
            /** Means */
            means: components["schemas"]["PanelMean"][];
            ranking: components["schemas"]["PanelRanking"] | null;
            /** Ranking Bootstrap */
            ranking_bootstrap: {
                [key: string]: components["schemas"]["PanelEffect"];
            };
            style: components["schemas"]["PanelRanking"] | null;
            alpha: components["schemas"]["PanelAgreement"];
            left: components["schemas"]["PanelEffect"] | null;
            needed: components["schemas"]["PanelNeeded"] | null;
            /** Raters */
            raters: components["schemas"]["RaterFigure"][];
            /** Notes */
            notes: string[];
            /** Remarks */
            remarks: components["schemas"]["PanelRemark"][];
        };
        /**
         * PanelStrength
         * @description In log-odds around the mean; `best` to `worst` are the ranks that are possible.
         */
        PanelStrength: {
            /** Name */
            name: string;
            /** Value */
            value: number;
            /** Low */
            low: number;
            /** High */
            high: number;
            /** Wins */
            wins: number;
            /** Ties */
            ties: number;
            /** Losses */
            losses: number;
            /** Best */
            best: number;
            /** Worst */
            worst: number;
        };
        /**
         * PanelValue
         * @description A panel in figures. `contestants`: what each is, which no rater sees; `identical`: questions that were
         *     answered in the same words, and so are asked of nobody.
         */
        PanelValue: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "pairs" | "ratings";
            /**
             * State
             * @enum {string}
             */
            state: "open" | "closed";
            /** Instructions */
            instructions: string;
            /** Contestants */
            contestants: {
                [key: string]: string;
            };
            /** Per Rater */
            per_rater: number;
            /** Controls */
            controls: number;
            /** Repeats */
            repeats: number;
            /** Created At */
            created_at: string;
            /** Closed At */
            closed_at: string | null;
            /** Items */
            items: number;
            /** Controls Made */
            controls_made: number;
            /** Identical */
            identical: number;
            /** Votes */
            votes: number;
            /** Raters */
            raters: number;
        };
        /**
         * PanelWin
         * @description How often `first` was preferred to `second`; ties and "both are bad" as half.
         */
        PanelWin: {
            /** First */
            first: string;
            /** Second */
            second: string;
            rate: components["schemas"]["PanelEffect"];
            /** Votes */
            votes: number;
            /** Wins */
            wins: number;
            /** Ties */
            ties: number;
            /** Both Bad */
            both_bad: number;
            /** Losses */
            losses: number;
        };
        /**
         * PassageValue
         * @description `start` and `end` are characters of the text that was read; `page` counts from 1, 0: none.
         */
        PassageValue: {
            /** Text */
            text: string;
            /** Start */
            start: number;
            /** End */
            end: number;
            /** Headings */
            headings: string[];
            /** Page */
            page: number;
            /**
             * Orders
             * @description what in it talks to machines
             */
            orders: string[];
        };
        /**
         * PeopleValue
         * @description By name.
         */
        PeopleValue: {
            /** Accounts */
            accounts: components["schemas"]["AccountValue"][];
            /** Invitations */
            invitations: components["schemas"]["InvitationValue"][];
        };
        /**
         * PersonExport
         * @description Whose, and in which form.
         */
        PersonExport: {
            /** Person */
            person: string;
            /**
             * Format
             * @default zip
             * @enum {string}
             */
            format: "zip" | "json";
        };
        /**
         * PersonValue
         * @description An owner of conversations. `name`: of an account, else "".
         */
        PersonValue: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Conversations */
            conversations: number;
            /** First */
            first: string | null;
            /** Last */
            last: string | null;
        };
        /** PieceValue */
        PieceValue: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "added" | "changed" | "gone";
            /** Before */
            before: string;
            /** After */
            after: string;
        };
        /**
         * PlaceValue
         * @description Where a search found its words: a message, and a line of it in which they begin at `start`.
         */
        PlaceValue: {
            /** Message Id */
            message_id: string;
            /** Text */
            text: string;
            /** Start */
            start: number;
        };
        /**
         * PlanValue
         * @description What a decision writes; `notes` say what it does not, and why. `cases` are as their file has them.
         */
        PlanValue: {
            /**
             * State
             * @enum {string}
             */
            state: "open" | "accepted" | "edited" | "redacted" | "rejected" | "curated" | "case" | "quarantined";
            /** Row */
            row: components["schemas"]["RowMessage"][];
            curated: components["schemas"]["CuratedValue"] | null;
            /** Cases */
            cases: {
                [key: string]: unknown;
            }[];
            /** Notes */
            notes: string[];
            replaces: components["schemas"]["HeldValue"] | null;
        };
        /**
         * PreviewValue
         * @description The beginning of a file. `problem` says why nothing can be made of it, `speakers` whom the bot could be.
         *     `document`: it belongs to the knowledge. `whole`: it was read to its end.
         */
        PreviewValue: {
            /** Format */
            format: string;
            /** Rows */
            rows: number;
            /** Kept */
            kept: number;
            /** Left Out */
            left_out: components["schemas"]["ReasonValue"][];
            /** Conversations */
            conversations: components["schemas"]["DataSaidValue"][][];
            /** Whole */
            whole: boolean;
            /** Problem */
            problem: string;
            /** Speakers */
            speakers: components["schemas"]["SpeakerValue"][];
            /** Document */
            document: boolean;
        };
        /**
         * PrivacyCard
         * @description What the page shows: the question (empty: nobody is asked), the caller's answer, and how long
         *     things stay.
         */
        PrivacyCard: {
            /** Person */
            person: string;
            /** Text */
            text: string;
            /** Version */
            version: string;
            consent: components["schemas"]["ConsentValue"] | null;
            /** Retention Days */
            retention_days: number;
        };
        /**
         * PrivacyValue
         * @description `older`: conversations beyond `retention_days`, which the next hour removes. `erased`: people, ever.
         */
        PrivacyValue: {
            /** Retention Days */
            retention_days: number;
            /** Log Days */
            log_days: number;
            /** Consent */
            consent: string;
            /** Consent Version */
            consent_version: string;
            /** People */
            people: number;
            /** Conversations */
            conversations: number;
            /** Older */
            older: number;
            /** Consenting */
            consenting: number;
            /** Declined */
            declined: number;
            /** Erased */
            erased: number;
            /** Waiting */
            waiting: number;
        };
        /**
         * PromoteAsked
         * @description Serve a release; with `force` whatever the gate says, which needs a reason.
         */
        PromoteAsked: {
            /**
             * Reason
             * @default
             */
            reason: string;
            /**
             * Force
             * @default false
             */
            force: boolean;
        };
        /**
         * Proof
         * @description Whom to look for; `named`: also all that the tombstones know, and the owner's own files.
         */
        Proof: {
            /** Who */
            who: string[];
            /**
             * Named
             * @default false
             */
            named: boolean;
        };
        /**
         * ProofValue
         * @description Where something of them still stands: `files` below .chatwright, `tables` of the store, and `sources`,
         *     files of the owner's that are not changed, with the numbers of the rows from 0.
         */
        ProofValue: {
            /** Clean */
            clean: boolean;
            /** Files */
            files: string[];
            /** Tables */
            tables: string[];
            /** Files Read */
            files_read: number;
            /** Bytes Read */
            bytes_read: number;
            /** Rows Read */
            rows_read: number;
            /** Sources */
            sources: {
                [key: string]: number[];
            };
        };
        /**
         * PurposeAsked
         * @description What the bot is for.
         */
        PurposeAsked: {
            /**
             * Title
             * @default
             */
            title: string;
            /** Purpose */
            purpose: string;
            /**
             * Topics
             * @default []
             */
            topics: string[];
            /**
             * Declines
             * @default []
             */
            declines: string[];
        };
        /**
         * RaterFigure
         * @description One rater. `drift`: how likely the change from `early` to `late` is by chance.
         */
        RaterFigure: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** State */
            state: string;
            /** Votes */
            votes: number;
            /** Controls */
            controls: number;
            /** Controls Passed */
            controls_passed: number;
            /** Repeats */
            repeats: number;
            /** Repeats Same */
            repeats_same: number;
            /** Left */
            left: number | null;
            /** Seconds */
            seconds: number | null;
            /** Agreement */
            agreement: number | null;
            kappa: components["schemas"]["PanelAgreement"] | null;
            /** Early */
            early: number | null;
            /** Late */
            late: number | null;
            /** Drift */
            drift: number | null;
            /** Flags */
            flags: string[];
            /** Left Out */
            left_out: boolean;
            /** Why */
            why: string;
        };
        /**
         * RaterList
         * @description Suspicious ones first, then who said most.
         */
        RaterList: {
            /** Raters */
            raters: components["schemas"]["FeedbackRater"][];
            /** Total */
            total: number;
            /** Alarm */
            alarm: string;
        };
        /** ReachedValue */
        ReachedValue: {
            /** Name */
            name: string;
            /** Text */
            text: string;
        };
        /**
         * ReadText
         * @description A file as text, and what it takes: `tokens` of the `room` that a message has with all that is attached
         *     to it. Nothing of it is kept here: it goes with the message that it is sent with.
         */
        ReadText: {
            /** Name */
            name: string;
            /** Content */
            content: string;
            /** Characters */
            characters: number;
            /** Tokens */
            tokens: number;
            /** Room */
            room: number;
            /** Fits */
            fits: boolean;
        };
        /**
         * Reading
         * @description How a file is to be read; what is left out is detected.
         */
        Reading: {
            /** Upload */
            upload: string;
            /**
             * Format
             * @default
             */
            format: string;
            /**
             * Me
             * @default []
             */
            me: string[];
            /**
             * Date Order
             * @default
             * @enum {string}
             */
            date_order: "" | "dmy" | "mdy" | "ymd";
            /**
             * Columns
             * @default {}
             */
            columns: {
                [key: string]: string;
            };
            /**
             * Evaluation
             * @description for evaluation alone, never trained on
             * @default false
             */
            evaluation: boolean;
        };
        /** ReasonChange */
        ReasonChange: {
            /** Reason */
            reason: string;
            /** Before */
            before: number;
            /** After */
            after: number;
        };
        /**
         * ReasonValue
         * @description Rows that were left out for one reason.
         */
        ReasonValue: {
            /** Reason */
            reason: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "exact" | "near" | "question" | "judged" | "taught" | "superseded" | "erased" | "long" | "repeats" | "language" | "assistant" | "user" | "json" | "encoding" | "textless" | "notice" | "bot" | "deleted" | "shape";
            /** Rows */
            rows: number;
        };
        /**
         * RefusedRow
         * @description A row that was not taken; `double`: its question has an answer, in the file or already.
         */
        RefusedRow: {
            /** Number */
            number: number;
            /** Reason */
            reason: string;
            /** Question */
            question: string;
            /** Double */
            double: boolean;
        };
        /**
         * RefusedValue
         * @description One of many that was not decided.
         */
        RefusedValue: {
            /** Id */
            id: string;
            /** Code */
            code: string;
            /** Reason */
            reason: string;
        };
        /** RejectList */
        RejectList: {
            /** Rows */
            rows: components["schemas"]["RejectValue"][];
            /** Total */
            total: number;
        };
        /**
         * RejectValue
         * @description A row that was left out. `kept` is the row that stays instead, `like` the question it holds.
         */
        RejectValue: {
            /** Reason */
            reason: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "exact" | "near" | "question" | "judged" | "taught" | "superseded" | "erased" | "long" | "repeats" | "language" | "assistant" | "user" | "json" | "encoding" | "textless" | "notice" | "bot" | "deleted" | "shape";
            /** Source */
            source: string;
            /** Position */
            position: number;
            /** Excerpt */
            excerpt: string;
            /**
             * Kept
             * @default
             */
            kept: string;
            /** Likeness */
            likeness: number | null;
            /**
             * Like
             * @default
             */
            like: string;
        };
        /**
         * ReleaseChoice
         * @description A release that can be asked.
         */
        ReleaseChoice: {
            /** Id */
            id: string;
            /** Created At */
            created_at: string;
            /** Current */
            current: boolean;
        };
        /**
         * ReleaseExport
         * @description How a release's model is copied out for other programs.
         */
        ReleaseExport: {
            /** Format */
            format: string;
            /** Command */
            command: string;
            /** Use */
            use: string;
        };
        /**
         * ReleaseRow
         * @description A release in one row. Figures are of its sealed report; None: not measured.
         */
        ReleaseRow: {
            /** Id */
            id: string;
            /** Made */
            made: string;
            /**
             * State
             * @enum {string}
             */
            state: "served" | "canary" | "candidate" | "before" | "quarantined" | "broken";
            /** Kind */
            kind: string;
            /** Parent */
            parent: string | null;
            /** Bytes */
            bytes: number;
            /** Parameters */
            parameters: number | null;
            /**
             * Cases
             * @description share of questions in scope that pass
             */
            cases: number | null;
            /**
             * Declined
             * @description share of questions out of scope declined
             */
            declined: number | null;
            /** Bits Per Byte */
            bits_per_byte: number | null;
            /**
             * Evaluated
             * @default false
             */
            evaluated: boolean;
            /**
             * Problem
             * @description why it cannot be used
             * @default
             */
            problem: string;
        };
        /**
         * ReleaseValue
         * @description One release with all that is known of it.
         */
        ReleaseValue: {
            row: components["schemas"]["ReleaseRow"];
            /**
             * Reason
             * @description why it is in quarantine, or cannot be used
             * @default
             */
            reason: string;
            /** Report */
            report: {
                [key: string]: unknown;
            } | null;
            /**
             * Has Page
             * @description whether there is a report.html
             */
            has_page: boolean;
            /**
             * Card
             * @description Markdown
             */
            card: string;
            lineage: components["schemas"]["LineageValue"] | null;
            /** Verdicts */
            verdicts: components["schemas"]["VerdictValue"][];
            /** Exports */
            exports: components["schemas"]["ReleaseExport"][];
            /** Recipe */
            recipe: {
                [key: string]: unknown;
            };
        };
        /**
         * ReleasesValue
         * @description All of a bot's releases, the newest first.
         */
        ReleasesValue: {
            /** Served */
            served: string | null;
            /** Deployment */
            deployment: string | null;
            /**
             * Before
             * @description the release that a rollback would serve again
             */
            before: string | null;
            /** Releases */
            releases: components["schemas"]["ReleaseRow"][];
            /** History */
            history: components["schemas"]["Event"][];
            work: components["schemas"]["Work"] | null;
        };
        /**
         * Rename
         * @description A new title, or a pin; what is left out stays.
         */
        Rename: {
            /** Title */
            title?: string | null;
            /** Pinned */
            pinned?: boolean | null;
        };
        /**
         * ReplySuggestions
         * @description The nearest first.
         */
        ReplySuggestions: {
            /** Question */
            question: string;
            /** Answers */
            answers: components["schemas"]["CannedValue"][];
        };
        /**
         * ReportValue
         * @description A dataset in figures. Topics and languages are of an even sample of `sampled` rows.
         */
        ReportValue: {
            /** Id */
            id: string;
            /** Read */
            read: number;
            /** Train */
            train: number;
            /** Dev */
            dev: number;
            /** Test */
            test: number;
            /** Judged */
            judged: number;
            /** Warnings */
            warnings: string[];
            /** Reasons */
            reasons: components["schemas"]["ReasonValue"][];
            /** Changed */
            changed: {
                [key: string]: number;
            };
            /** Hidden */
            hidden: components["schemas"]["HiddenValue"][] | null;
            /** Sources */
            sources: components["schemas"]["FileRows"][];
            /** Clusters */
            clusters: components["schemas"]["ClusterValue"][];
            /** Sampled */
            sampled: number;
            /** Languages */
            languages: {
                [key: string]: number;
            };
            /** Topics */
            topics: components["schemas"]["TopicValue"][];
            /** Groups */
            groups: components["schemas"]["TopicValue"][];
            /** Leaking */
            leaking: {
                [key: string]: number;
            };
        };
        /**
         * Return
         * @description Which text one has seen last.
         */
        Return: {
            /** Revision */
            revision: string;
        };
        /**
         * ReviewNames
         * @description Accounts by the name under which they stand in logs ("account:...").
         */
        ReviewNames: {
            /** Names */
            names: {
                [key: string]: string;
            };
        };
        /**
         * ReviewTalk
         * @description From the beginning to the reply that was rated.
         */
        ReviewTalk: {
            /** Messages */
            messages: components["schemas"]["SaidThere"][];
        };
        /**
         * ReviewValue
         * @description A review as it is; `by` decided it.
         */
        ReviewValue: {
            /** Id */
            id: string;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "accepted" | "edited" | "redacted" | "rejected" | "curated" | "case" | "quarantined";
            /** Revision */
            revision: number;
            /** Message Id */
            message_id: string;
            /** Created At */
            created_at: string;
            /** Decided At */
            decided_at: string | null;
            /** By */
            by: string;
            /** Reason */
            reason: string;
            /** Trained */
            trained: boolean;
            /** Cases */
            cases: components["schemas"]["MadeCase"][];
            /** Curated */
            curated: string;
        };
        /**
         * RevisionList
         * @description The newest first.
         */
        RevisionList: {
            /** Revisions */
            revisions: components["schemas"]["RevisionValue"][];
        };
        /**
         * RevisionValue
         * @description A step of the log. `id` is equal for equal answers, and null where there are none.
         */
        RevisionValue: {
            /** Number */
            number: number;
            /** Id */
            id: string | null;
            /** At */
            at: string;
            /** By */
            by: string;
            /** Action */
            action: string;
            /** Answers */
            answers: number;
        };
        /**
         * Rollback
         * @description `to` 0: no answers; `revision` is the newest that the caller knows.
         */
        Rollback: {
            /** To */
            to: number;
            /** Revision */
            revision: number;
        };
        /**
         * RollbackAsked
         * @description Serve again what was served before. `serving`: the deployment that the page shows as served, so that
         *     nothing else is rolled back.
         */
        RollbackAsked: {
            /**
             * Reason
             * @default
             */
            reason: string;
            /** Serving */
            serving: string;
        };
        /**
         * RolledBack
         * @description What is served now.
         */
        RolledBack: {
            /** Release */
            release: string;
            /** Deployment */
            deployment: string;
        };
        /**
         * RouteTried
         * @description What the bot would do with the question now. `least`: the confidence that was needed.
         */
        RouteTried: {
            /** Route */
            route: string;
            /** Text */
            text: string;
            /** Confidence */
            confidence: number | null;
            /** Least */
            least: number | null;
            /** Candidates */
            candidates: components["schemas"]["CandidateTried"][];
            /** Ungrounded */
            ungrounded: string[];
        };
        /**
         * RowMessage
         * @description A message of a training row.
         */
        RowMessage: {
            /** Role */
            role: string;
            /** Content */
            content: string;
        };
        /**
         * RowValue
         * @description A conversation of a dataset.
         */
        RowValue: {
            /** Id */
            id: string;
            /** Split */
            split: string;
            /** Source */
            source: string;
            /** Position */
            position: number;
            /** Messages */
            messages: components["schemas"]["DataSaidValue"][];
        };
        /**
         * RuleValue
         * @description One rule of a canary at its last look. Shares of people's replies, from 0 to 1.
         */
        RuleValue: {
            /** Rule */
            rule: string;
            /** Title */
            title: string;
            /** Current */
            current: number | null;
            /** Candidate */
            candidate: number | null;
            /** People Current */
            people_current: number;
            /** People Candidate */
            people_candidate: number;
            /** Low */
            low: number | null;
            /** High */
            high: number | null;
            /** To Alarm */
            to_alarm: number;
            /** To Enough */
            to_enough: number;
            /** Alarm */
            alarm: boolean;
        };
        /**
         * RunRow
         * @description A training in one row.
         */
        RunRow: {
            /** Id */
            id: string;
            /** Began */
            began: string;
            /** Method */
            method: string;
            /** Parameters */
            parameters: number;
            /** Steps */
            steps: number;
            /** Planned Steps */
            planned_steps: number;
            /** Tokens */
            tokens: number;
            /** Seconds */
            seconds: number | null;
            /** Loss */
            loss: number | null;
            /**
             * Development
             * @description bits per byte of what assistants say
             */
            development: number | null;
            /**
             * Forecast
             * @description the same figure, as expected before step 1
             */
            forecast: number | null;
            /** Best Step */
            best_step: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "done" | "running" | "stopped" | "diverged";
            /**
             * Dataset
             * @default
             */
            dataset: string;
            /**
             * Release
             * @description what was packed from it
             */
            release: string | null;
        };
        /**
         * RunValue
         * @description A training with its curves. Lists are as long as their `step`s.
         */
        RunValue: {
            row: components["schemas"]["RunRow"];
            /** Step */
            step: number[];
            /** Loss */
            loss: (number | null)[];
            /** Development */
            development: (number | null)[];
            /** Seconds */
            seconds: (number | null)[];
            /** Samples */
            samples: components["schemas"]["Sampled"][];
            /** Tokens Per Second */
            tokens_per_second: number | null;
            /**
             * Eta
             * @description seconds until its last step, while it runs
             */
            eta: number | null;
            /** Forgetting */
            forgetting: {
                [key: string]: unknown;
            } | null;
            /**
             * Diverged
             * @description at which step, and why
             */
            diverged: {
                [key: string]: unknown;
            } | null;
            /**
             * Recipe
             * @description its settings, nested ones with dots
             */
            recipe: {
                [key: string]: unknown;
            };
        };
        /**
         * Said
         * @description Why work failed, and what to do next.
         */
        Said: {
            /** Message */
            message: string;
            /**
             * Next Step
             * @default
             */
            next_step: string;
            /**
             * Type
             * @default
             */
            type: string;
        };
        /**
         * SaidThere
         * @description A message of the conversation that a review is about.
         */
        SaidThere: {
            /** Role */
            role: string;
            /** Content */
            content: string;
            /** Created At */
            created_at: string;
            /** Route */
            route: ("curated" | "retrieved" | "generated" | "refused") | null;
            /** Confidence */
            confidence: number | null;
            /** Sources */
            sources: components["schemas"]["SourceValue"][];
            /** Release */
            release: string | null;
        };
        /**
         * SaidValue
         * @description What one rater said.
         */
        SaidValue: {
            /** Rater */
            rater: string;
            /** Thumb */
            thumb: ("up" | "down") | null;
            /** Score */
            score: number | null;
            /** Comment */
            comment: string;
            /** Correction */
            correction: string;
            /** At */
            at: string;
            /** Flags */
            flags: string[];
        };
        /**
         * Sampled
         * @description What the model said at a step, to the same question each time.
         */
        Sampled: {
            /** Step */
            step: number;
            /** Text */
            text: string;
        };
        /**
         * SavedValue
         * @description What was saved. `version` can be undone.
         */
        SavedValue: {
            settings: components["schemas"]["SettingsValue"];
            /** Effects */
            effects: components["schemas"]["EffectValue"][];
            /**
             * Version
             * @description null: nothing was changed
             */
            version: string | null;
        };
        /**
         * SearchResult
         * @description `words` of the question, of which `unknown` stand in no passage.
         */
        SearchResult: {
            /** Snapshot */
            snapshot: string;
            /** Passages */
            passages: number;
            /** Words */
            words: number;
            /** Unknown */
            unknown: number;
            /** Margin */
            margin: number;
            /** Hits */
            hits: components["schemas"]["HitValue"][];
            route: components["schemas"]["RouteTried"] | null;
        };
        /**
         * SecretValue
         * @description An environment variable that bot.toml names; its value is never told.
         */
        SecretValue: {
            /** Name */
            name: string;
            /** Set */
            set: boolean;
        };
        /**
         * SeenUpTo
         * @description The number (`seq`) of the newest message that was seen.
         */
        SeenUpTo: {
            /** Seq */
            seq: number;
        };
        /**
         * SentValue
         * @description A file that waits to be taken.
         */
        SentValue: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Size */
            size: number;
        };
        /**
         * SessionTime
         * @description A login of one's own.
         */
        SessionTime: {
            /** Began At */
            began_at: string;
            /** Seen At */
            seen_at: string;
            /** Current */
            current: boolean;
        };
        /**
         * SessionValue
         * @description Who is logged in. `csrf` goes with every write, as the header x-csrf-token.
         */
        SessionValue: {
            /** Name */
            name: string | null;
            /** Role */
            role: ("owner" | "editor" | "reviewer" | "visitor") | null;
            /**
             * Scopes
             * @default []
             */
            scopes: ("chat" | "models" | "embeddings" | "feedback" | "raw" | "review" | "curate" | "admin")[];
            /** Csrf */
            csrf: string | null;
            /** Visitors */
            visitors: boolean;
        };
        /**
         * SessionsEnded
         * @description How many logins ended.
         */
        SessionsEnded: {
            /** Sessions */
            sessions: number;
        };
        /**
         * SettingsValue
         * @description bot.toml as it is. `revision` names this text. `pending` is what is saved and does not count yet.
         */
        SettingsValue: {
            /** Text */
            text: string;
            /** Revision */
            revision: string;
            /** Fields */
            fields: components["schemas"]["FieldValue"][];
            /**
             * Mistakes
             * @description of a file that somebody broke by hand; then there are no fields
             */
            mistakes: components["schemas"]["MistakeValue"][];
            /** Pending */
            pending: components["schemas"]["EffectValue"][];
            /** Secrets */
            secrets: components["schemas"]["SecretValue"][];
            /** Path */
            path: string;
        };
        /**
         * ShareList
         * @description The newest first.
         */
        ShareList: {
            /** Shares */
            shares: components["schemas"]["ShareValue"][];
        };
        /**
         * ShareMade
         * @description A new link: `path` is its address on this server, and is told this once.
         */
        ShareMade: {
            share: components["schemas"]["ShareValue"];
            /** Path */
            path: string;
        };
        /**
         * ShareValue
         * @description A link that works, without what opens it.
         */
        ShareValue: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Messages */
            messages: number;
            /** Created At */
            created_at: string;
            /** Expires At */
            expires_at: string;
        };
        /**
         * SharedMessage
         * @description A message as whoever has the link sees it; of what was attached the names alone.
         */
        SharedMessage: {
            /** Id */
            id: string;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant";
            /** Content */
            content: string;
            /** Created At */
            created_at: string;
            /** Route */
            route: ("curated" | "retrieved" | "generated" | "refused") | null;
            /** Sources */
            sources: components["schemas"]["SourceValue"][];
            /** Author */
            author: string | null;
            /** Attachments */
            attachments: string[];
        };
        /**
         * SharedValue
         * @description What a link shows.
         */
        SharedValue: {
            /** Bot */
            bot: string;
            /** Assistant */
            assistant: string;
            /** Disclosure */
            disclosure: string;
            /** Title */
            title: string;
            /** Created At */
            created_at: string;
            /** Expires At */
            expires_at: string;
            /** Messages */
            messages: components["schemas"]["SharedMessage"][];
        };
        /** SnapshotDifference */
        SnapshotDifference: {
            /** Before */
            before: string;
            /** After */
            after: string;
            /** Documents */
            documents: components["schemas"]["ChangedValue"][];
            /** Total */
            total: number;
        };
        /**
         * SnapshotList
         * @description `held`: somebody went back to it, and nothing goes forward until that is asked for.
         */
        SnapshotList: {
            /** Snapshots */
            snapshots: components["schemas"]["SnapshotValue"][];
            /** Held */
            held: string | null;
        };
        /**
         * SnapshotMoved
         * @description Which snapshot is searched now, and which was before.
         */
        SnapshotMoved: {
            /** Snapshot */
            snapshot: string;
            /** Before */
            before: string | null;
        };
        /**
         * SnapshotValue
         * @description `lacking` documents were deleted since.
         */
        SnapshotValue: {
            /** Id */
            id: string;
            /** Made */
            made: string;
            /** Documents */
            documents: number;
            /** Current */
            current: boolean;
            /** Lacking */
            lacking: number;
        };
        /**
         * SourceValue
         * @description What a reply rests on.
         */
        SourceValue: {
            /** Title */
            title: string;
            /** Uri */
            uri: string;
            /** Quote */
            quote: string;
        };
        /** SpeakerValue */
        SpeakerValue: {
            /** Name */
            name: string;
            /** Messages */
            messages: number;
        };
        /**
         * StagingAsked
         * @description A link for invited testers.
         */
        StagingAsked: {
            /**
             * Days
             * @default 7
             */
            days: number;
            /**
             * Tasks
             * @default []
             */
            tasks: string[];
        };
        /**
         * StagingValue
         * @description What a tester is asked to try, and until when.
         */
        StagingValue: {
            /** Release */
            release: string;
            /** Expires At */
            expires_at: string;
            /** Tasks */
            tasks: components["schemas"]["TaskValue"][];
        };
        /**
         * StepList
         * @description The newest first.
         */
        StepList: {
            /** Steps */
            steps: components["schemas"]["StepValue"][];
        };
        /**
         * StepValue
         * @description A line of the log.
         */
        StepValue: {
            /** Id */
            id: string;
            /** Review Id */
            review_id: string;
            /** At */
            at: string;
            /** By */
            by: string;
            /** Action */
            action: string;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "accepted" | "edited" | "redacted" | "rejected" | "curated" | "case" | "quarantined";
            /** Revision */
            revision: number;
            /** Reason */
            reason: string;
        };
        /**
         * SyncedValue
         * @description What reading the folder and the addresses did.
         */
        SyncedValue: {
            /** Snapshot */
            snapshot: string;
            /** Added */
            added: string[];
            /** Changed */
            changed: string[];
            /** Removed */
            removed: string[];
            /** Unchanged */
            unchanged: number;
            /** Problems */
            problems: {
                [key: string]: string;
            };
        };
        /**
         * Take
         * @description Take a conversation; `instead_of`: the `taken_by` of the colleague it is taken over from.
         */
        Take: {
            /**
             * Instead Of
             * @default
             */
            instead_of: string;
        };
        /**
         * TakenFile
         * @description An upload that is to stand under `name`.
         */
        TakenFile: {
            /** Upload */
            upload: string;
            /**
             * Name
             * @description else the name it was sent as
             */
            name?: string | null;
            /**
             * Version
             * @description of the file as it was read; empty: there was none
             * @default
             */
            version: string;
        };
        /**
         * TalkChoices
         * @description What there is to filter by.
         */
        TalkChoices: {
            /** Channels */
            channels: string[];
            /** Languages */
            languages: string[];
            /** Releases */
            releases: string[];
        };
        /**
         * TalkPage
         * @description The latest first. `next`: what to send as `cursor` for the page after; null: that was all. `reached`: how
         *     far back this page has looked, where that is not to the end and it could not be filled.
         */
        TalkPage: {
            /** Conversations */
            conversations: components["schemas"]["TalkSummary"][];
            /** Next */
            next: string | null;
            /** Reached */
            reached: string | null;
        };
        /**
         * TalkSummary
         * @description A conversation in a list of all. `person` is the state of its newest hand-over.
         */
        TalkSummary: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Channel */
            channel: string;
            /** Visitor */
            visitor: string;
            /** Language */
            language: string | null;
            /** Created At */
            created_at: string;
            /** Updated At */
            updated_at: string;
            /** Messages */
            messages: number;
            /** Routes */
            routes: ("curated" | "retrieved" | "generated" | "refused")[];
            /** Ups */
            ups: number;
            /** Downs */
            downs: number;
            /** Person */
            person: ("wanted" | "taken" | "ended") | null;
        };
        /**
         * TaskDone
         * @description Whether a task is done, and what the tester says of it.
         */
        TaskDone: {
            /** Done */
            done: boolean;
            /**
             * Note
             * @default
             */
            note: string;
        };
        /**
         * TaskValue
         * @description A task of the list; `number` counts from 1.
         */
        TaskValue: {
            /** Number */
            number: number;
            /** Text */
            text: string;
            /** Done */
            done: boolean;
            /** Note */
            note: string;
        };
        /**
         * TeamHandover
         * @description A hand-over as the team sees it. `mine`: the caller has the conversation; `taken_by` says who does.
         */
        TeamHandover: {
            /**
             * State
             * @enum {string}
             */
            state: "wanted" | "taken" | "ended";
            /**
             * Reason
             * @enum {string}
             */
            reason: "asked" | "guard" | "task" | "confidence" | "team";
            /** Name */
            name: string;
            /** Since */
            since: string;
            /** Id */
            id: string;
            /** Taken By */
            taken_by: string;
            /** Mine */
            mine: boolean;
            /** Wanted At */
            wanted_at: string | null;
            /** Taken At */
            taken_at: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Ended */
            ended: ("handed_back" | "closed" | "left") | null;
            /** Message Id */
            message_id: string | null;
        };
        /**
         * TeamMessage
         * @description A message with what the bot knew, and what was said about it. `seq` is its place in the conversation;
         *     `review`: the review that is about it.
         */
        TeamMessage: {
            /** Id */
            id: string;
            /** Parent Id */
            parent_id: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant";
            /** Content */
            content: string;
            /** Created At */
            created_at: string;
            /**
             * Status
             * @enum {string}
             */
            status: "done" | "running" | "stopped" | "interrupted" | "failed";
            /** Route */
            route: ("curated" | "retrieved" | "generated" | "refused") | null;
            /** Sources */
            sources: components["schemas"]["SourceValue"][];
            /** Left Out */
            left_out: number;
            /** Turn Id */
            turn_id: string | null;
            /** Release */
            release: string | null;
            /** Error */
            error: string | null;
            /** Mark */
            mark: ("blocked" | "unsafe" | "claim" | "handover" | "disclosure" | "clarify") | null;
            /** Author */
            author: string | null;
            feedback: components["schemas"]["Feedback"] | null;
            /**
             * Attachments
             * @default []
             */
            attachments: components["schemas"]["AttachmentValue"][];
            /** Seq */
            seq: number;
            /** Confidence */
            confidence: number | null;
            /** Deployment */
            deployment: string | null;
            /** First Token Ms */
            first_token_ms: number | null;
            /** Total Ms */
            total_ms: number | null;
            /** Said */
            said: components["schemas"]["InboxSaidValue"][];
            /** Review */
            review: string | null;
        };
        /**
         * Test
         * @description What to say.
         */
        Test: {
            /** Text */
            text: string;
        };
        /**
         * Tested
         * @description The answer as a person on that channel would get it; nothing of it is kept.
         */
        Tested: {
            /** Text */
            text: string;
            /** Route */
            route: ("curated" | "retrieved" | "generated" | "refused") | null;
            /** Milliseconds */
            milliseconds: number;
            /** Release */
            release: string;
            /** Deployment */
            deployment: string;
        };
        /**
         * TesterLink
         * @description A staging link without its secret.
         */
        TesterLink: {
            /** Id */
            id: string;
            /** Release */
            release: string;
            /** State */
            state: string;
            /** Tasks */
            tasks: string[];
            /** Created At */
            created_at: string;
            /** Expires At */
            expires_at: string;
        };
        /**
         * TimesValue
         * @description Milliseconds that half, and nineteen of twenty, took at most; right to 5%. null: none was measured.
         */
        TimesValue: {
            /** P50 */
            p50: number | null;
            /** P95 */
            p95: number | null;
        };
        /**
         * TopicValue
         * @description Conversations of the sample about a topic of the scope, or a group of questions that share words.
         */
        TopicValue: {
            /** Name */
            name: string;
            /** Rows */
            rows: number;
            /** Examples */
            examples: string[];
        };
        /**
         * TrainingAsked
         * @description A training to be planned or begun.
         */
        TrainingAsked: {
            /**
             * Minutes
             * @description the budget
             */
            minutes: number;
            /**
             * How
             * @default scratch
             * @enum {string}
             */
            how: "scratch" | "continue" | "lora" | "dpo" | "kto";
            /**
             * Start
             * @description the release to go on from; empty: what is served
             * @default
             */
            start: string;
            /** Seed */
            seed?: number | null;
        };
        /**
         * TrainingValue
         * @description What the page shows first.
         */
        TrainingValue: {
            /**
             * Can
             * @description whether this machine has what training takes
             */
            can: boolean;
            /**
             * Why
             * @description why not, in words
             * @default
             */
            why: string;
            /**
             * Next Step
             * @default
             */
            next_step: string;
            /**
             * Kind
             * @description [model] kind
             */
            kind: string;
            /** Minutes */
            minutes: number;
            /**
             * Ways
             * @description what may be asked for now
             */
            ways: ("scratch" | "continue" | "lora" | "dpo" | "kto")[];
            /** Served */
            served: string | null;
            /** Parameters */
            parameters: number | null;
            /** Runs */
            runs: components["schemas"]["RunRow"][];
            /**
             * Running
             * @description the run that is being trained
             */
            running: string | null;
            /** @description what runs now, of whatever kind */
            work: components["schemas"]["Work"] | null;
            /** @description the last training asked for here */
            last: components["schemas"]["Work"] | null;
            improve: components["schemas"]["LoopValue"];
        };
        /**
         * TrialValue
         * @description What a question would get: `given` is the answer's id, null where none is. The best of `near` counts
         *     with `confidence`, and takes `needed`.
         */
        TrialValue: {
            /** Given */
            given: string | null;
            /** Confidence */
            confidence: number;
            /** Needed */
            needed: number;
            /** Near */
            near: components["schemas"]["NearValue"][];
        };
        /**
         * TurnStarted
         * @description The turn runs; its events tell the rest. While a person has the conversation the message is kept for
         *     them, and there is no turn: `turn_id` and `message` are null.
         */
        TurnStarted: {
            /** Turn Id */
            turn_id: string | null;
            user_message: components["schemas"]["MessageValue"];
            message: components["schemas"]["MessageValue"] | null;
        };
        /**
         * Undo
         * @description `revision` is that of the review as it was read.
         */
        Undo: {
            /** Revision */
            revision: number;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /**
         * UndoneValue
         * @description `notes`: what could not be taken back.
         */
        UndoneValue: {
            review: components["schemas"]["ReviewValue"];
            /** Notes */
            notes: string[];
        };
        /**
         * UploadValue
         * @description A file that waits to be taken. `version` is of what has that name now, empty for nothing; `same`: it is
         *     equal to that. `title`, `passages`, `language` and `marks` are of what was read in it.
         */
        UploadValue: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Size */
            size: number;
            /** Title */
            title: string;
            /** Characters */
            characters: number;
            /** Passages */
            passages: number;
            /** Language */
            language: string;
            /** Marks */
            marks: string[];
            /** Version */
            version: string;
            /** Same */
            same: boolean;
        };
        /**
         * VerdictRow
         * @description One figure of both releases, in words and as judged.
         */
        VerdictRow: {
            /** Title */
            title: string;
            /** Role */
            role: string;
            /** Found */
            found: string;
            /** N */
            n: number;
            /** Current */
            current: string;
            /** Candidate */
            candidate: string;
            /** Change */
            change: string;
            /** Interval */
            interval: string;
            /** Gain */
            gain: number | null;
            /** Low */
            low: number | null;
            /** High */
            high: number | null;
            /**
             * Note
             * @default
             */
            note: string;
        };
        /**
         * VerdictValue
         * @description What the gate said of a release.
         */
        VerdictValue: {
            /** Candidate */
            candidate: string;
            /** Against */
            against: string;
            /** Verdict */
            verdict: string;
            /** Promotable */
            promotable: boolean;
            /** Reasons */
            reasons: string[];
            /** Needed */
            needed: number | null;
            /**
             * Broken
             * @default []
             */
            broken: string[];
            /**
             * Open
             * @default []
             */
            open: string[];
            /** Rows */
            rows: components["schemas"]["VerdictRow"][];
            /** Changed */
            changed: components["schemas"]["ChangeValue"][];
        };
        /**
         * Verified
         * @description `faults` are sentences. Keep the `head` elsewhere: a later check can be held to it.
         */
        Verified: {
            /** Whole */
            whole: boolean;
            /** Faults */
            faults: string[];
            /** Head */
            head: string;
            /** Rows */
            rows: number;
        };
        /**
         * VersionList
         * @description The newest first.
         */
        VersionList: {
            /** Versions */
            versions: components["schemas"]["VersionValue"][];
        };
        /**
         * VersionText
         * @description One version whole, and what going back to it would change.
         */
        VersionText: {
            version: components["schemas"]["VersionValue"];
            /** Text */
            text: string;
            /** Difference */
            difference: string[];
        };
        /**
         * VersionValue
         * @description A bot.toml as it was saved. `by` is an account's name; "" by hand.
         */
        VersionValue: {
            /** Id */
            id: string;
            /** At */
            at: string;
            /** By */
            by: string;
            /** Keys */
            keys: string[];
            /** Current */
            current: boolean;
        };
        /**
         * WantedEdit
         * @description What is to be different, all at once.
         */
        WantedEdit: {
            /**
             * Put
             * @default []
             */
            put: components["schemas"]["TakenFile"][];
            /**
             * Remove
             * @default []
             */
            remove: components["schemas"]["GoneFile"][];
            /**
             * Final
             * @description nothing is kept to undo it with
             * @default false
             */
            final: boolean;
        };
        /**
         * WeighedValue
         * @description All that could have been said, the surest first. `shortened`: for the record texts were cut, and of all
         *     but the first candidate the signs left out that are equal to the first one's.
         */
        WeighedValue: {
            /**
             * Route
             * @enum {string}
             */
            route: "curated" | "retrieved" | "generated" | "refused";
            /** Confidence */
            confidence: number;
            /** Threshold */
            threshold: number;
            /** Candidates */
            candidates: components["schemas"]["CandidateValue"][];
            /** Ungrounded */
            ungrounded: string[];
            /**
             * Shortened
             * @default false
             */
            shortened: boolean;
        };
        /**
         * WholeTalk
         * @description One conversation with everything that is kept of it; `said` is what it has in place of the count.
         */
        WholeTalk: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Channel */
            channel: string;
            /** Visitor */
            visitor: string;
            /** Language */
            language: string | null;
            /** Created At */
            created_at: string;
            /** Updated At */
            updated_at: string;
            /** Messages */
            messages: number;
            /** Routes */
            routes: ("curated" | "retrieved" | "generated" | "refused")[];
            /** Ups */
            ups: number;
            /** Downs */
            downs: number;
            /** Person */
            person: ("wanted" | "taken" | "ended") | null;
            /** Tree */
            tree: components["schemas"]["TeamMessage"][];
            handover: components["schemas"]["TeamHandover"] | null;
            /** Handovers */
            handovers: components["schemas"]["TeamHandover"][];
            /** Notes */
            notes: components["schemas"]["NoteValue"][];
        };
        /**
         * Why
         * @description A reason, for the history.
         */
        Why: {
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /**
         * WidgetSession
         * @description `token` null: the pass is in a cookie, and the header x-chatwright-widget says "cookie"; else it says the
         *     token.
         */
        WidgetSession: {
            /** Token */
            token: string | null;
            /** Greeting */
            greeting: string;
            /** Ask Consent */
            ask_consent: boolean;
            /** Share Messages */
            share_messages: boolean;
        };
        /**
         * WidgetSetup
         * @description `[widget]` as the server reads it. `identity`: whether the secret for users of a site is there.
         */
        WidgetSetup: {
            /** Origins */
            origins: string[];
            /** Accent */
            accent: string;
            /**
             * Theme
             * @enum {string}
             */
            theme: "auto" | "light" | "dark";
            /**
             * Position
             * @enum {string}
             */
            position: "end" | "start";
            /** Label */
            label: string;
            /** Greeting */
            greeting: string;
            /** Invitation */
            invitation: string;
            /** Invitation Seconds */
            invitation_seconds: number;
            /** Invitation Paths */
            invitation_paths: string[];
            /** Ask Consent */
            ask_consent: boolean;
            /** Share Messages */
            share_messages: boolean;
            /**
             * Identity
             * @enum {string}
             */
            identity: "off" | "ready" | "missing";
            /** Identity Secret Env */
            identity_secret_env: string;
            /** Title */
            title: string;
        };
        /**
         * WidgetVisit
         * @description Who opens the widget where: the frame's parent, as the browser told it. `user` is the site's own user,
         *     with the site's signature. `memory`: the browser took no cookie; `fresh`: somebody else begins.
         */
        WidgetVisit: {
            /** Origin */
            origin: string;
            /** User */
            user?: string | null;
            /**
             * Signature
             * @default
             */
            signature: string;
            /** Expires */
            expires?: number | null;
            /**
             * Memory
             * @default false
             */
            memory: boolean;
            /**
             * Fresh
             * @default false
             */
            fresh: boolean;
        };
        /**
         * Work
         * @description One child process, as it stands.
         */
        Work: {
            /** Id */
            id: string;
            /**
             * Kind
             * @description what it is for: train, evaluate, gate, ...
             */
            kind: string;
            /** Bot */
            bot: string;
            /**
             * About
             * @description what it works on: a release, a run; for the page
             * @default
             */
            about: string;
            /**
             * By
             * @description the account that started it
             * @default
             */
            by: string;
            /** Began */
            began: string;
            /** Ended */
            ended: string | null;
            /**
             * State
             * @default running
             * @enum {string}
             */
            state: "running" | "done" | "failed" | "stopped" | "interrupted";
            /**
             * Stopping
             * @description it was asked to stop, and still runs
             * @default false
             */
            stopping: boolean;
            /**
             * Step
             * @description what it does now
             * @default
             */
            step: string;
            /**
             * Done
             * @default 0
             */
            done: number;
            /** Total */
            total: number | null;
            /**
             * Note
             * @default
             */
            note: string;
            /**
             * Lines
             * @description what it said, the newest last
             * @default []
             */
            lines: string[];
            /**
             * Result
             * @description its last word, as `--json` prints it
             */
            result: {
                [key: string]: unknown;
            } | null;
            error: components["schemas"]["Said"] | null;
            /**
             * Again
             * @description it did not get to its end, and can be gone on with
             * @default false
             */
            again: boolean;
        };
        /**
         * WorkList
         * @description The newest first, without their lines.
         */
        WorkList: {
            /** Work */
            work: components["schemas"]["Work"][];
            running: components["schemas"]["Work"] | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
