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
        /**
         * Rename
         * @description A new title.
         */
        Rename: {
            /** Title */
            title: string;
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
