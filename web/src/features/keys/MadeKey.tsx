import { consoleText } from "../../shared/messages/console/text";
import { CopyButton } from "../../shared/ui/CopyButton";

/** A key, this once, and a line that tries it. */
export function MadeKey({ text: key, bot, onDone }: { text: string; bot: string; onDone: () => void }) {
  const text = consoleText.keys;
  const command = [
    `curl ${window.location.origin}/v1/chat/completions \\`,
    `  -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" \\`,
    `  -d '{"model": "${bot}", "messages": [{"role": "user", "content": "Hello"}]}'`,
  ].join("\n");
  return (
    <div className="stack">
      <p>{text.madeText}</p>
      <p className="secret">
        <code data-testid="key">{key}</code>
        <CopyButton value={key} label={text.copy} />
      </p>
      <p className="quiet-text">{text.try}</p>
      <pre className="code-box">{command}</pre>
      <div className="form-actions">
        <button type="button" className="button primary" onClick={onDone}>
          {text.done}
        </button>
      </div>
    </div>
  );
}
