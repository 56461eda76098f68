import { consoleText } from "../../shared/messages/console/text";
import type { Said } from "./useData";

/** What was said, by whom. */
export function Talk({ messages }: { messages: readonly Said[] }) {
  const roles: Record<string, string> = consoleText.data.roles;
  return (
    <dl className="talk">
      {messages.map((each, index) => (
        <div key={index}>
          <dt>{roles[each.role] ?? each.role}</dt>
          <dd dir="auto">
            {each.content}
            {each.cut && "…"}
          </dd>
        </div>
      ))}
    </dl>
  );
}
