import { useQuery } from "@tanstack/react-query";
import { api, messageOf } from "../shared/api";
import { text } from "../shared/messages/text";
import { keys } from "../shared/queries";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { LiveRegion } from "../shared/ui/LiveRegion";
import { Mark } from "../shared/ui/Mark";
import { Layout } from "./Layout";

/**
 * Asks for the bot before anything else. Its answer also brings the visitor's cookie: two first requests at once would
 * make two visitors, and the conversation of one of them would be out of reach.
 */
export function App() {
  const bot = useQuery({
    queryKey: keys.bot,
    queryFn: ({ signal }) => api.bot(signal),
    staleTime: 5 * 60_000,
  });
  if (bot.data) {
    return (
      <>
        <Layout bot={bot.data} />
        <LiveRegion />
      </>
    );
  }
  return (
    <main className="full-page">
      {bot.isError ? (
        <ErrorPanel title={text.errors.botTitle} message={messageOf(bot.error)} onRetry={() => void bot.refetch()} />
      ) : (
        <div className="starting" role="status">
          <Mark size={48} />
          <span className="visually-hidden">{text.app.loading}</span>
        </div>
      )}
    </main>
  );
}
