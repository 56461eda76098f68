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
         * DoneValue
         * @description A decision that was carried out, or `review` as it is where it was only asked what would be written.
         */
        DoneValue: {
            review: components["schemas"]["ReviewValue"];
            written: components["schemas"]["PlanValue"];
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
         * Rename
         * @description A new title.
         */
        Rename: {
            /** Title */
            title: string;
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
