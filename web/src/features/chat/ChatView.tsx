import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { announce } from "../../shared/announce";
import { api, ApiError, messageOf } from "../../shared/api";
import type { AttachedText, Bot } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { keys } from "../../shared/queries";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { prepareMarkdown } from "../../shared/ui/LaterMarkdown";
import { AskForPerson, HandoverBar } from "./HandoverBar";
import { Composer } from "./Composer";
import { Greeting } from "./Greeting";
import { NextQuestions } from "./NextQuestions";
import { Thread } from "./Thread";
import { pathOf } from "./tree";
import { NEW, useAsk } from "./useAsk";
import { useAttachments } from "./useAttachments";
import { useFound } from "./useFound";
import { useChoices, useDraft } from "./useKept";
import { useMessageActions } from "./useMessageActions";
import { useNews } from "./useNews";
import { useRunningTurns } from "./useRunningTurns";

interface Props {
  bot: Bot;
  /** null: a conversation that begins with the first message. */
  conversationId: string | null;
  /** Of one that begins: it is not to be kept. */
  temporary: boolean;
  onCreated: (conversationId: string) => void;
  onNew: () => void;
}

export function ChatView({ bot, conversationId, temporary, onCreated, onNew }: Props) {
  useEffect(prepareMarkdown, []);
  const id = conversationId ?? NEW;
  const loading = useQuery({
    queryKey: keys.conversation(id),
    queryFn: ({ signal }) => api.conversation(id, signal),
    enabled: conversationId !== null,
  });
  const conversation = conversationId === null ? undefined : loading.data;
  useRunningTurns(conversation, bot.assistant);
  useNews(conversation);

  const { choices, choosePath } = useChoices(id);
  const { draft, setDraft, hideDraft, settleDraft } = useDraft(id);
  const attachments = useAttachments(id);
  const asking = useAsk({
    conversationId,
    temporary,
    onCreated,
    onStarted: (where, start) => {
      choosePath(where, start.user_message, ...(start.message ? [start.message] : []));
      settleDraft(start.user_message.content, where);
      if (!start.message) announce(text.person.waiting);
    },
  });

  const messages = conversation?.messages;
  const path = useMemo(() => pathOf(messages ?? [], choices), [messages, choices]);
  const found = useFound(conversationId, messages, (...chosen) => choosePath(id, ...chosen));
  const running = path.find((step) => step.message.status === "running")?.message;
  const turnId = running?.turn_id ?? null;
  const waiting = conversationId !== null && !conversation;
  const pending = asking.current !== null && (asking.current.error === null || asking.current.waiting);
  const busy = running !== undefined || pending || waiting;
  const stopping = useMutation({ mutationFn: (turn: string) => api.stopTurn(turn) });
  const stop = turnId
    ? { run: () => stopping.mutate(turnId), pending: stopping.variables === turnId && !stopping.isError }
    : null;
  useEscape(stop && !stop.pending ? stop.run : null);

  const [editing, setEditing] = useState<string | null>(null);
  const actions = useMessageActions({ asking, setEditing, choose: (message) => choosePath(id, message) });
  const lastQuestion = path.findLast((step) => step.message.role === "user")?.message.id ?? null;
  const last = path.at(-1)?.message;

  const send = (content: string, texts: AttachedText[] = []): void =>
    asking.ask({ content, parent_id: last?.id ?? null, attachments: texts });

  if (loading.isError && !loading.data) {
    const missing = loading.error instanceof ApiError && loading.error.status === 404;
    return missing ? (
      <ErrorPanel
        title={text.errors.notFoundTitle}
        message={text.errors.notFound}
        onRetry={onNew}
        retryLabel={text.conversations.new}
      />
    ) : (
      <ErrorPanel
        title={text.errors.conversationTitle}
        message={messageOf(loading.error)}
        onRetry={() => void loading.refetch()}
      />
    );
  }

  const done = last?.role === "assistant" && last.status === "done" && (last.author ?? null) === null;
  return (
    <div className="chat">
      <Thread
        conversationId={conversationId}
        path={path}
        asking={asking}
        assistant={bot.assistant}
        busy={busy}
        editing={editing}
        actions={actions}
        found={found}
        onToBox={(content, texts) => {
          setDraft(draft.trim() ? `${draft}\n${content}` : content);
          attachments.restore(texts);
        }}
        empty={waiting ? <LoadingThread /> : <Greeting bot={bot} temporary={temporary} onAsk={send} />}
        foot={
          done && conversationId && !busy && !asking.current && !conversation?.handover ? (
            <NextQuestions conversationId={conversationId} answer={last} onAsk={send} />
          ) : null
        }
      />
      {stopping.isError && stopping.variables === turnId && turnId && (
        <ErrorPanel message={messageOf(stopping.error)} onRetry={() => stopping.mutate(turnId)} />
      )}
      {conversation && <HandoverBar conversation={conversation} />}
      <Composer
        conversation={id}
        assistant={bot.assistant}
        person={conversation?.handover?.state === "taken" ? conversation.handover.name : null}
        disclosure={bot.disclosure}
        draft={draft}
        onDraft={setDraft}
        attachments={bot.attachments > 0 ? attachments : null}
        busy={busy}
        stop={stop}
        onSend={(content) => {
          hideDraft();
          send(content, attachments.texts);
          attachments.clear();
        }}
        onEditLast={() => setEditing(lastQuestion)}
        more={<AskForPerson bot={bot} conversation={conversation} />}
      />
    </div>
  );
}

function LoadingThread() {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{text.app.loading}</span>
      <i />
      <i />
      <i />
    </div>
  );
}

/** Escape stops the answer, unless something on top of the page takes it. */
function useEscape(run: (() => void) | null): void {
  useEffect(() => {
    if (!run) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (document.querySelector("[role=dialog],[role=alertdialog],[role=menu]")) return;
      run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [run]);
}
