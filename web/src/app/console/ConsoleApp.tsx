import { Suspense, useEffect, type ReactNode } from "react";
import type { Bot, Session } from "../../shared/api-types";
import { Choice } from "../../shared/console/Field";
import { Link } from "../../shared/console/Link";
import { Toasts } from "../../shared/console/Toasts";
import { navigate, setSearch, usePath, useSearch } from "../../shared/location";
import { InboxAlerts } from "../../features/inbox/InboxAlerts";
import { consoleText } from "../../shared/messages/console/text";
import { CONSOLE, NEW_CONVERSATION } from "../../shared/paths";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { IconButton } from "../../shared/ui/IconButton";
import { Mark } from "../../shared/ui/Mark";
import { CrashGuard } from "../CrashGuard";
import { SidebarFrame } from "../SidebarFrame";
import { useSidebar } from "../useSidebar";
import { PAGES, type PageEntry } from "./pages";
import "../../shared/styles/console.css";
import "../../shared/styles/console-figures.css";

const GROUPS = ["now", "answers", "knowledge", "model", "reach", "care"] as const;

interface Props {
  bot: Bot;
  /** All bots that are served here. */
  bots: readonly { name: string; title: string }[];
  session: Session;
  /** Theme, language and account: of the whole app, so they come from there. */
  footer: ReactNode;
}

/** Where those who look after a bot work: the pages at the side, one of them beside. */
export function ConsoleApp({ bot, bots, session, footer }: Props) {
  const sidebar = useSidebar();
  const [, name = "", ...rest] = usePath().replace(/^\//, "").split("/");
  const search = useSearch();
  const asked = search.get("bot");
  const current = bots.find((each) => each.name === asked)?.name ?? bot.name;
  const open = PAGES.filter((page) => session.scopes.includes(page.scope));
  const page = PAGES.find((each) => each.name === name);
  useEffect(() => {
    if (name === "") navigate(CONSOLE, "replace");
  }, [name]);
  return (
    <div className="app console">
      <a className="skip" href="#page">
        {page ? consoleText[page.name].title : consoleText.shell.title}
      </a>
      <SidebarFrame sidebar={sidebar} label={consoleText.shell.nav}>
        <nav className="console-nav" aria-label={consoleText.shell.nav}>
          <Link className="console-home" to={NEW_CONVERSATION}>
            <Mark size={26} />
            <span>
              {bot.title}
              <small>{consoleText.shell.toChat}</small>
            </span>
          </Link>
          {bots.length > 1 && (
            <Choice
              label={consoleText.shell.bot}
              value={current}
              options={bots.map((each) => [each.name, each.title])}
              onChange={(next) => setSearch({ bot: next === bot.name ? null : next })}
            />
          )}
          {GROUPS.map((group) => (
            <Group key={group} group={group} pages={open} current={name} onOpen={sidebar.closeDrawer} />
          ))}
        </nav>
        <div className="console-foot">{footer}</div>
      </SidebarFrame>
      <main id="page" tabIndex={-1}>
        {!sidebar.shown && (
          <header className="topbar">
            <IconButton icon="sidebar" label={consoleText.shell.show} onClick={sidebar.show} />
          </header>
        )}
        <CrashGuard key={`${name} ${current}`}>
          <Suspense fallback={<p className="loading">{consoleText.shell.loading}</p>}>
            <Shown page={page} session={session} rest={rest.join("/")} bot={current} />
          </Suspense>
        </CrashGuard>
      </main>
      {session.scopes.includes("review") && <InboxAlerts bot={current} />}
      <Toasts />
    </div>
  );
}

interface ShownProps {
  page: PageEntry | undefined;
  session: Session;
  rest: string;
  bot: string;
}

function Shown({ page, session, rest, bot }: ShownProps) {
  if (!page)
    return (
      <ErrorPanel
        title={consoleText.shell.notFound}
        message=""
        onRetry={() => navigate(CONSOLE)}
        retryLabel={consoleText.overview.title}
      />
    );
  if (!session.scopes.includes(page.scope))
    return (
      <ErrorPanel
        title={consoleText.shell.notAllowed}
        message={consoleText.shell.notAllowedText(session.role ?? consoleText.shell.none)}
      />
    );
  return <page.Page rest={rest} bot={bot} />;
}

interface GroupProps {
  group: (typeof GROUPS)[number];
  pages: readonly PageEntry[];
  current: string;
  onOpen: () => void;
}

function Group({ group, pages, current, onOpen }: GroupProps) {
  const search = useSearch();
  const bot = search.get("bot");
  const own = pages.filter((page) => page.group === group);
  if (own.length === 0) return null;
  return (
    <>
      <h2>{consoleText.shell.groups[group]}</h2>
      <ul>
        {own.map((page) => (
          <li key={page.name}>
            <Link
              to={`/console/${page.name}${bot ? `?bot=${encodeURIComponent(bot)}` : ""}`}
              aria-current={page.name === current ? "page" : undefined}
              onClick={onOpen}
            >
              {consoleText[page.name].title}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
