import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { AccountButton } from "../features/account/AccountButton";
import { LanguageMenu } from "../features/appearance/LanguageMenu";
import { ThemeMenu } from "../features/appearance/ThemeMenu";
import { ChatView } from "../features/chat/ChatView";
import { COMPOSER_ID } from "../features/chat/Composer";
import { SEARCH_ID } from "../features/conversations/ids";
import { Sidebar } from "../features/conversations/Sidebar";
import { useConversationList } from "../features/conversations/useConversations";
import { ShortcutsDialog } from "../features/shortcuts/ShortcutsDialog";
import { useShortcuts } from "../features/shortcuts/useShortcuts";
import type { Bot, Conversation, Session } from "../shared/api-types";
import { connection } from "../shared/connection";
import { text } from "../shared/messages/text";
import { CONSOLE, conversationOf, conversationPath, NEW_CONVERSATION } from "../shared/paths";
import { keys } from "../shared/queries";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { Guard } from "../shared/ui/Guard";
import { Icon } from "../shared/ui/Icon";
import { IconButton } from "../shared/ui/IconButton";
import { navigate, usePath } from "../shared/location";
import { SidebarFrame } from "./SidebarFrame";
import { useSidebar } from "./useSidebar";

const focus = (id: string): void => document.getElementById(id)?.focus();

export function Layout({ bot, session }: { bot: Bot; session: Session }) {
  const conversationId = conversationOf(usePath());
  const reachable = useSyncExternalStore(connection.subscribe, connection.isReachable);
  const sidebar = useSidebar();
  const [help, setHelp] = useState(false);
  const title = useTitle(conversationId);
  useEffect(() => {
    document.title = title ? `${title} · ${bot.title}` : bot.title;
  }, [title, bot.title]);

  const { closeDrawer, show, toggle } = sidebar;
  const open = useCallback(
    (id: string) => {
      navigate(conversationPath(id));
      closeDrawer();
    },
    [closeDrawer],
  );
  const startNew = useCallback(() => {
    navigate(NEW_CONVERSATION);
    closeDrawer();
    requestAnimationFrame(() => focus(COMPOSER_ID));
  }, [closeDrawer]);
  const handlers = useMemo(
    () => ({
      newConversation: startNew,
      search: () => {
        show();
        requestAnimationFrame(() => focus(SEARCH_ID));
      },
      toggleSidebar: toggle,
      focusComposer: () => focus(COMPOSER_ID),
      help: () => setHelp(true),
    }),
    [startNew, show, toggle],
  );
  useShortcuts(handlers);

  return (
    <div className="app">
      <a
        className="skip"
        href={`#${COMPOSER_ID}`}
        onClick={(event) => {
          event.preventDefault();
          focus(COMPOSER_ID);
        }}
      >
        {text.app.skip}
      </a>
      <SidebarFrame sidebar={sidebar}>
        <Guard of="sidebar" fallback={<ErrorPanel message={text.errors.part} />}>
          <Sidebar
            title={bot.title}
            currentId={conversationId}
            onOpen={open}
            onNew={startNew}
            onDeleted={(id) => {
              if (id === conversationId) navigate(NEW_CONVERSATION, "replace");
            }}
            onHide={sidebar.hide}
            footer={
              <>
                <ThemeMenu />
                <LanguageMenu />
                <AccountButton session={session} />
                {session.scopes.includes("review") && (
                  <IconButton icon="console" label={text.account.console} onClick={() => navigate(CONSOLE)} />
                )}
                <IconButton icon="keyboard" label={text.shortcuts.title} onClick={() => setHelp(true)} />
                {bot.release && (
                  <span className="release" title={text.app.release(bot.release)}>
                    {bot.release.slice(0, 12)}
                  </span>
                )}
              </>
            }
          />
        </Guard>
      </SidebarFrame>
      <main>
        <header className="topbar">
          {!sidebar.shown && <IconButton icon="sidebar" label={text.conversations.show} onClick={sidebar.show} />}
          <h1>{title || (sidebar.shown ? text.conversations.new : bot.title)}</h1>
          {!sidebar.shown && <IconButton icon="plus" label={text.conversations.new} onClick={startNew} />}
        </header>
        {!reachable && (
          <p className="offline" role="status">
            <Icon name="offline" />
            {text.app.offline}
          </p>
        )}
        <Guard
          of={conversationId ?? ""}
          fallback={<ErrorPanel title={text.errors.unexpected} message={text.errors.part} />}
        >
          <ChatView
            bot={bot}
            conversationId={conversationId}
            onCreated={(id) => navigate(conversationPath(id), "replace")}
            onNew={startNew}
          />
        </Guard>
      </main>
      <ShortcutsDialog open={help} onOpenChange={setHelp} />
    </div>
  );
}

/** The title of the shown conversation, from what the list and the chat have loaded. */
function useTitle(conversationId: string | null): string {
  const list = useConversationList("");
  const { data } = useQuery<Conversation>({ queryKey: keys.conversation(conversationId ?? ""), enabled: false });
  return (list.data?.find((each) => each.id === conversationId) ?? (conversationId ? data : undefined))?.title ?? "";
}
