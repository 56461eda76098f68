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
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description error */
                default: {
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
                        "application/json": components["schemas"]["Ended"];
                    };
                };
                /** @description error */
                default: {
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
                        "application/json": components["schemas"]["Ended"];
                    };
                };
                /** @description error */
                default: {
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
                    "application/json": components["schemas"]["Export"];
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
         * Ended
         * @description How many logins ended.
         */
        Ended: {
            /** Sessions */
            sessions: number;
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
         * Export
         * @description Whose, and in which form.
         */
        Export: {
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
         * Me
         * @description One's own account.
         */
        Me: {
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
            steps: components["schemas"]["chatwright__server__console__overview_types__StepValue"][];
            drift: components["schemas"]["DriftValue"] | null;
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
         * Return
         * @description Which text one has seen last.
         */
        Return: {
            /** Revision */
            revision: string;
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
            steps: components["schemas"]["chatwright__server__reviews_types__StepValue"][];
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
        /**
         * StepValue
         * @description A step of time that begins at `at`, in seconds since 1970.
         */
        chatwright__server__console__overview_types__StepValue: {
            /** At */
            at: number;
            figure: components["schemas"]["FigureValue"];
            machine: components["schemas"]["MachineValue"];
        };
        /**
         * StepValue
         * @description A line of the log.
         */
        chatwright__server__reviews_types__StepValue: {
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
