import { text } from "../shared/messages/text";
import { IconButton } from "../shared/ui/IconButton";
import type { SidebarState } from "./useSidebar";

interface Props {
  title: string;
  bot: string;
  sidebar: SidebarState;
  temporary: boolean;
  /** Nothing is said yet. */
  fresh: boolean;
  onNew: () => void;
  onTemporary: () => void;
}

export function Topbar({ title, bot, sidebar, temporary, fresh, onNew, onTemporary }: Props) {
  const nothing = temporary ? text.temporary.title : sidebar.shown ? text.conversations.new : bot;
  const label = temporary ? (fresh ? text.temporary.on : text.temporary.leave) : text.temporary.start;
  return (
    <header className="topbar">
      {!sidebar.shown && <IconButton icon="sidebar" label={text.conversations.show} onClick={sidebar.show} />}
      <h1 dir="auto">{title || nothing}</h1>
      {(fresh || temporary) && (
        <IconButton
          icon="temporary"
          className="temporary"
          label={label}
          aria-pressed={temporary}
          onClick={onTemporary}
        />
      )}
      {!sidebar.shown && <IconButton icon="plus" label={text.conversations.new} onClick={onNew} />}
    </header>
  );
}
