import type { ReactNode } from "react";

interface Props {
  title: string;
  /** Why it is empty, and what would fill it. */
  text: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, text, action }: Props) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{text}</p>
      {action}
    </div>
  );
}
