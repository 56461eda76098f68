import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { AccountButton } from "../features/account/AccountButton";
import { LanguageMenu } from "../features/appearance/LanguageMenu";
import { ThemeMenu } from "../features/appearance/ThemeMenu";
import { ChatView } from "../features/chat/ChatView";
import { COMPOSER_ID } from "../features/chat/Composer";
import { SEARCH_ID } from "../features/conversations/ids";
import { Sidebar } from "../features/conversations/Sidebar";
import { useShortcuts } from "../features/shortcuts/useShortcuts";
import type { Bot, Session } from "../shared/api-types";
import { navigate, usePath } from "../shared/location";
import { text } from "../shared/messages/text";
import { CONSOLE, conversationOf, conversationPath, NEW_CONVERSATION, TEMPORARY } from "../shared/paths";
import { tabs } from "../shared/tabs";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { Guard } from "../shared/ui/Guard";
import { IconButton } from "../shared/ui/IconButton";
import { Notices } from "./Notices";
import { SidebarFrame } from "./SidebarFrame";
import { Topbar } from "./Topbar";
import { useShown } from "./useShown";
import { useSidebar } from "./useSidebar";
import { listenToTabs } from "./queryClient";

const MyDataDialog = lazy(async () => ({
  default: (await import("../features/mydata/MyDataDialog")).MyDataDialog,
}));
const ShortcutsDialog = lazy(async () => ({
  default: (await import("../features/shortcuts/ShortcutsDialog")).ShortcutsDialog,
}));

const focus = (id: string): void => document.getElementById(id)?.focus();

export function Layout({ bot, session }: { bot: Bot; session: Session }) {
  const path = usePath();
  const conversationId = conversationOf(path);
  const sidebar = useSidebar();
  const [dialog, setDialog] = useState<"help" | "mine" | null>(null);
  const { title, channel } = useShown(conversationId);
  const temporary = path === TEMPORARY || channel === "temporary";
  const client = useQueryClient();
  useEffect(() => tabs.listen(listenToTabs(client)), [client]);
  useEffect(() => {
    document.title = title ? `${title} · ${bot.title}` : bot.title;
  }, [title, bot.title]);

  const { closeDrawer, show, toggle } = sidebar;
  const go = useCallback(
    (to: string) => {
      navigate(to);
      closeDrawer();
    },
    [closeDrawer],
  );
  const open = useCallback((id: string, messageId: string | null = null) => go(conversationPath(id, messageId)), [go]);
  const startNew = useCallback(
    (to: string = NEW_CONVERSATION) => {
      go(to);
      requestAnimationFrame(() => focus(COMPOSER_ID));
    },
    [go],
  );
  const handlers = useMemo(
    () => ({
      newConversation: () => startNew(),
      search: () => {
        show();
        requestAnimationFrame(() => focus(SEARCH_ID));
      },
      toggleSidebar: toggle,
      focusComposer: () => focus(COMPOSER_ID),
      help: () => setDialog("help"),
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
            onNew={() => startNew()}
            onDeleted={(id) => {
              if (id === conversationId) navigate(NEW_CONVERSATION, "replace");
            }}
            onHide={sidebar.hide}
            footer={
              <>
                <ThemeMenu />
                <LanguageMenu />
                <IconButton icon="shield" label={text.mine.open} onClick={() => setDialog("mine")} />
                <AccountButton session={session} />
                {session.scopes.includes("review") && (
                  <IconButton icon="console" label={text.account.console} onClick={() => navigate(CONSOLE)} />
                )}
                <IconButton icon="keyboard" label={text.shortcuts.title} onClick={() => setDialog("help")} />
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
        <Topbar
          title={title}
          bot={bot.title}
          sidebar={sidebar}
          temporary={temporary}
          fresh={conversationId === null}
          onNew={() => startNew()}
          onTemporary={() => startNew(path === TEMPORARY || channel === "temporary" ? NEW_CONVERSATION : TEMPORARY)}
        />
        <Notices bot={bot} imported={channel === "imported"} temporary={channel === "temporary"} />
        <Guard
          of={conversationId ?? ""}
          fallback={<ErrorPanel title={text.errors.unexpected} message={text.errors.part} />}
        >
          <ChatView
            bot={bot}
            conversationId={conversationId}
            temporary={temporary}
            onCreated={(id) => navigate(conversationPath(id), "replace")}
            onNew={() => startNew()}
          />
        </Guard>
      </main>
      <Suspense>
        {dialog === "help" && <ShortcutsDialog open onOpenChange={(shown) => setDialog(shown ? "help" : null)} />}
        {dialog === "mine" && <MyDataDialog onClose={() => setDialog(null)} onOpen={open} />}
      </Suspense>
    </div>
  );
}
