import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { InvitationPage } from "../features/account/InvitationPage";
import { LoginPage } from "../features/account/LoginPage";
import { ApiError, api, messageOf } from "../shared/api";
import { text } from "../shared/messages/text";
import { INVITATION, isConsole, LOGIN, sharedOf } from "../shared/paths";
import { keys } from "../shared/queries";
import { loggedOut } from "../shared/told";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { LiveRegion } from "../shared/ui/LiveRegion";
import { Mark } from "../shared/ui/Mark";
import { usePath } from "../shared/location";
import { Console } from "./Console";
import { Layout } from "./Layout";

/** Needed only when a login ends while the page is open. */
const LoginAgain = lazy(async () => ({ default: (await import("../features/account/LoginAgain")).LoginAgain }));

/** For readers who have a link and nothing else: it asks neither who they are nor for the bot, and leaves no cookie. */
const SharedPage = lazy(async () => ({ default: (await import("../features/sharing/SharedPage")).SharedPage }));

/**
 * Asks who is logged in, then for the bot, and only then for anything else. The bot's answer also brings the visitor's cookie: two first requests at once would
 * make two visitors, and the conversation of one of them would be out of reach.
 */
export function App() {
  const token = sharedOf(usePath());
  return token === null ? (
    <Page />
  ) : (
    <Suspense>
      <SharedPage token={token} />
      <LiveRegion />
    </Suspense>
  );
}

function Page() {
  const ended = useSyncExternalStore(loggedOut.subscribe, loggedOut.get);
  const session = useQuery({
    queryKey: keys.session,
    queryFn: ({ signal }) => api.session(signal),
    staleTime: 5 * 60_000,
  });
  const who = session.data;
  const path = usePath();
  const closed = who !== undefined && who.name === null && (!who.visitors || path === LOGIN);
  const bot = useQuery({
    queryKey: keys.bot,
    queryFn: ({ signal }) => api.bot(signal),
    staleTime: 5 * 60_000,
    enabled: who !== undefined && !closed,
  });
  if (path === INVITATION) return <InvitationPage />;
  const outside = isConsole(path) && who !== undefined && !who.scopes.includes("review");
  if (closed || outside || (!bot.data && bot.error instanceof ApiError && bot.error.status === 401))
    return <LoginPage />;
  const failed = session.isError ? session : bot.isError ? bot : null;
  if (bot.data && who) {
    return (
      <>
        {isConsole(path) ? <Console bot={bot.data} session={who} /> : <Layout bot={bot.data} session={who} />}
        {ended && (
          <Suspense>
            <LoginAgain session={who} />
          </Suspense>
        )}
        <LiveRegion />
      </>
    );
  }
  return (
    <main className="full-page">
      {failed ? (
        <ErrorPanel
          title={text.errors.botTitle}
          message={messageOf(failed.error)}
          onRetry={() => void failed.refetch()}
        />
      ) : (
        <div className="starting" role="status">
          <Mark size={48} />
          <span className="visually-hidden">{text.app.loading}</span>
        </div>
      )}
    </main>
  );
}
