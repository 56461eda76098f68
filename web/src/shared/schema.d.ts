// Made by `npm run client` from the server's description; do not edit.

export interface paths {
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
        /** Changed last first. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    search?: string;
                    state?: "active" | "retired" | "all";
                    limit?: number;
                    offset?: number;
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
                query?: never;
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
                query?: never;
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
                query?: never;
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
    "/api/knowledge/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was refused, disliked, or answered with little confidence, the most frequent first. */
        get: {
            parameters: {
                query?: {
                    days?: number;
                    most?: number;
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
        /** What is most worth deciding first, in quarantine last. Needs: the scope `review`. */
        get: {
            parameters: {
                query?: {
                    /** @description waiting: open or quarantined */
                    state?: ("waiting" | "all") | ("open" | "accepted" | "edited" | "redacted" | "rejected" | "curated" | "case" | "quarantined");
                    search?: string;
                    limit?: number;
                    offset?: number;
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
                query?: never;
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
                query?: never;
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
                query?: never;
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
                query?: never;
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
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
         * ConversationList
         * @description Newest first.
         */
        ConversationList: {
            /** Conversations */
            conversations: components["schemas"]["ConversationSummary"][];
        };
        /**
         * ConversationSummary
         * @description A line of the list.
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
        };
        /**
         * ConversationValue
         * @description A conversation with its whole tree, in creation order.
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
            /** Messages */
            messages: components["schemas"]["MessageValue"][];
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
        /** FileList */
        FileList: {
            /** Files */
            files: components["schemas"]["FileValue"][];
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
         * FileValue
         * @description A file of the bot. `said`: its format was named when it was imported. `held`: for evaluation alone.
         */
        FileValue: {
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
         * GapReport
         * @description `unquoted` more questions are in no gap that is shown: whoever asked them may not be quoted.
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
         * @description What became of the rows: ids of answers, and questions that have no answer any more (`fewer`).
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
         * @description A message of the tree.
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
            feedback: components["schemas"]["Feedback"] | null;
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
         * @description Nothing to say yet: the first message gives the title.
         */
        NewConversation: Record<string, never>;
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
         * NewTurn
         * @description `content` null: another reply to the user message `parent_id`.
         */
        NewTurn: {
            /** Content */
            content?: string | null;
            /** Parent Id */
            parent_id?: string | null;
        };
        /**
         * Nothing
         * @description An empty object.
         */
        Nothing: Record<string, never>;
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
            conversations: components["schemas"]["TalkLine"][][];
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
        /** ReachedValue */
        ReachedValue: {
            /** Name */
            name: string;
            /** Text */
            text: string;
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
         * @description A row that was not taken.
         */
        RefusedRow: {
            /** Number */
            number: number;
            /** Reason */
            reason: string;
            /** Question */
            question: string;
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
         * Rename
         * @description A new title.
         */
        Rename: {
            /** Title */
            title: string;
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
            messages: components["schemas"]["TalkLine"][];
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
        /** TalkLine */
        TalkLine: {
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
         * TurnStarted
         * @description The turn runs; its events tell the rest.
         */
        TurnStarted: {
            /** Turn Id */
            turn_id: string;
            user_message: components["schemas"]["MessageValue"];
            message: components["schemas"]["MessageValue"];
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
