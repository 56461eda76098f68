import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { ChatView } from "../../features/chat/ChatView";
import { announce } from "../../shared/announce";
import { api, call, client, messageOf } from "../../shared/api";
import type { Bot } from "../../shared/api-types";
import { connection } from "../../shared/connection";
import { text } from "../../shared/messages/text";
import { keys } from "../../shared/queries";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Icon } from "../../shared/ui/Icon";
import { LiveRegion } from "../../shared/ui/LiveRegion";
import { Head } from "./Head";
import { Question } from "./Question";
import { useConsent } from "./useConsent";
import { useNews } from "./useNews";
import { useSite, type Site } from "./useSite";
import { enter, isRefused, leave, type Visit } from "./visit";

/** First the pass, then the bot and the conversation that was begun last: a request without a pass would be nobody's. */
export function Frame({ origin }: { origin: string }) {
  const site = useSite(origin);
  const { identity } = site;
  const cache = useQueryClient();
  const visit = useQuery({
    queryKey: ["visit", identity?.user ?? null],
    queryFn: async () => {
      const found = await enter(identity ?? null);
      // Nothing of whoever was here before.
      cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "visit" });
      return found;
    },
    enabled: identity !== undefined,
    staleTime: Infinity,
    gcTime: 0,
    retry: (failures, error) => failures < 2 && !isRefused(error),
  });
  const bot = useQuery({
    queryKey: keys.bot,
    queryFn: ({ signal }) => api.bot(signal),
    enabled: visit.isSuccess,
    staleTime: Infinity,
  });
  const before = useQuery({
    queryKey: keys.conversationList(""),
    queryFn: ({ signal }) => api.conversations("", signal),
    enabled: visit.isSuccess,
  });
  const failed = [visit, bot, before].find((each) => each.isError);
  const who = identity?.user ?? "";
  return (
    <div className="frame">
      {visit.data && bot.data && before.data ? (
        <Chat
          key={who}
          site={site}
          bot={bot.data}
          visit={visit.data}
          last={before.data.conversations[0]?.id ?? null}
          onForgotten={() => enter(identity ?? null, true)}
        />
      ) : (
        <>
          <Head
            title={bot.data?.title ?? ""}
            onNew={null}
            onForget={null}
            onClose={() => site.tell({ kind: "close" })}
          />
          {failed && (
            <ErrorPanel
              title={isRefused(failed.error) ? text.widget.refusedTitle : text.errors.botTitle}
              message={messageOf(failed.error)}
              onRetry={() => void failed.refetch()}
            />
          )}
        </>
      )}
      <LiveRegion />
    </div>
  );
}

interface ChatProps {
  site: Site;
  bot: Bot;
  visit: Visit;
  last: string | null;
  onForgotten: () => Promise<Visit>;
}

function Chat({ site, bot, visit, last, onForgotten }: ChatProps) {
  const cache = useQueryClient();
  const [id, setId] = useState(last);
  const [begun, setBegun] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  const reachable = useSyncExternalStore(connection.subscribe, connection.isReachable);
  useNews(site, id, begun, visit.share_messages);
  const consent = useConsent(visit.ask_consent && last === null);
  useEffect(() => {
    document.title = bot.title;
  }, [bot.title]);

  const forget = useMutation({
    mutationFn: async () => {
      await call(client.DELETE("/api/privacy"));
      leave();
      await onForgotten();
    },
    onSuccess: () => {
      cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] === "conversation" || queryKey[0] === "privacy" });
      setForgetting(false);
      setId(null);
      announce(text.widget.forgotten);
    },
  });

  const greeting = visit.greeting || bot.greeting;
  return (
    <>
      <Head
        title={bot.title}
        onNew={id === null || forgetting ? null : () => setId(null)}
        onForget={id === null || forgetting ? null : () => setForgetting(true)}
        onClose={() => site.tell({ kind: "close" })}
      />
      {!reachable && (
        <p className="offline" role="status">
          <Icon name="offline" />
          {text.app.offline}
        </p>
      )}
      <main aria-label={bot.title}>
        {forgetting ? (
          <Question
            title={text.widget.forgetTitle}
            busy={forget.isPending}
            answers={[
              { label: text.widget.forgetYes, run: () => forget.mutate(), primary: true },
              { label: text.widget.forgetNo, run: () => setForgetting(false) },
            ]}
          >
            <p>{text.widget.forgetNote}</p>
            {forget.isError && <ErrorPanel message={messageOf(forget.error)} />}
          </Question>
        ) : consent.question ? (
          <Question
            title={text.widget.consentTitle}
            busy={consent.busy}
            answers={[
              { label: text.widget.agree, run: () => consent.answer(true), primary: true },
              { label: text.widget.decline, run: () => consent.answer(false) },
            ]}
          >
            <blockquote>{consent.question}</blockquote>
            <p>{text.widget.consentNote}</p>
            <p className="quiet">{bot.disclosure || text.chat.automated}</p>
            {consent.error && <ErrorPanel message={messageOf(consent.error)} />}
          </Question>
        ) : (
          consent.settled && (
            <ChatView
              bot={{ ...bot, greeting }}
              conversationId={id}
              temporary={false}
              onCreated={(created) => {
                setBegun(true);
                setId(created);
              }}
              onNew={() => setId(null)}
            />
          )
        )}
      </main>
    </>
  );
}
