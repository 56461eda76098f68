import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { messageOf } from "../../shared/api";
import type { Shared } from "../../shared/api-types";
import { day } from "../../shared/console/format";
import { text } from "../../shared/messages/text";
import { ownApi } from "../../shared/own-api";
import { NEW_CONVERSATION } from "../../shared/paths";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Icon } from "../../shared/ui/Icon";
import { Markdown } from "../../shared/ui/Markdown";
import { Mark } from "../../shared/ui/Mark";
import "./sharing.css";

/** A conversation as somebody shares it: to be read, without a login, and by no search engine. */
export function SharedPage({ token }: { token: string }) {
  const found = useQuery({ queryKey: ["shared", token], queryFn: ({ signal }) => ownApi.shared(token, signal) });
  const { data } = found;
  useEffect(() => {
    const meta = document.createElement("meta");
    meta.name = "robots";
    meta.content = "noindex, nofollow, noarchive";
    document.head.append(meta);
    return () => meta.remove();
  }, []);
  useEffect(() => {
    if (data) document.title = text.sharing.shownTitle(data.title);
  }, [data]);
  if (found.isError) {
    return (
      <main className="full-page">
        <ErrorPanel title={text.sharing.ended} message={messageOf(found.error)} onRetry={() => void found.refetch()} />
      </main>
    );
  }
  return (
    <div className="shared">
      <header>
        <Mark size={30} />
        <div>
          <h1 dir="auto">{data?.title ?? text.app.loading}</h1>
          {data && <p>{text.sharing.shownBy(data.bot)}</p>}
        </div>
      </header>
      {data && (
        <main>
          {data.messages.map((message) => (
            <SharedMessage key={message.id} message={message} assistant={data.assistant} />
          ))}
        </main>
      )}
      {data && (
        <footer>
          <p>{data.disclosure || text.chat.automated}</p>
          <p>{text.sharing.shownUntil(day(data.expires_at))}</p>
          <a className="button" href={NEW_CONVERSATION}>
            {text.sharing.start}
          </a>
        </footer>
      )}
    </div>
  );
}

function SharedMessage({ message, assistant }: { message: Shared["messages"][number]; assistant: string }) {
  const asked = message.role === "user";
  const who = asked ? text.sharing.user : message.author === null ? assistant : text.person.tag(message.author);
  return (
    <article className={asked ? "asked" : "answered"} aria-label={who}>
      <p className="who">{who}</p>
      {asked ? (
        <div className="bubble" dir="auto">
          {message.content}
        </div>
      ) : (
        <div className="prose" dir="auto">
          <Markdown>{message.content}</Markdown>
        </div>
      )}
      {message.attachments.length > 0 && (
        <ul className="chips" aria-label={text.attachments.title}>
          {message.attachments.map((name, place) => (
            <li key={place} className="chip">
              <Icon name="file" size={15} />
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
      {message.sources.length > 0 && (
        <ul className="shared-sources" aria-label={text.sources.title(message.sources.length)}>
          {message.sources.map((source, place) => (
            <li key={place}>{source.title || source.uri || text.sources.untitled}</li>
          ))}
        </ul>
      )}
    </article>
  );
}
