import { text } from "../../shared/messages/text";

export function Thinking({ assistant }: { assistant: string }) {
  return (
    <p className="thinking">
      <span className="visually-hidden">{text.chat.answering(assistant)}</span>
      <i aria-hidden="true" />
      <i aria-hidden="true" />
      <i aria-hidden="true" />
    </p>
  );
}
