import { text } from "../../shared/messages/text";
import { IconButton } from "../../shared/ui/IconButton";

interface Props {
  title: string;
  /** null: there is nothing to begin anew, or to delete. */
  onNew: (() => void) | null;
  onForget: (() => void) | null;
  onClose: () => void;
}

export function Head({ title, onNew, onForget, onClose }: Props) {
  return (
    <header className="frame-head">
      <h1>{title}</h1>
      {onForget && <IconButton icon="trash" label={text.widget.forget} onClick={onForget} />}
      {onNew && <IconButton icon="plus" label={text.widget.new} onClick={onNew} />}
      <IconButton id="close" icon="close" label={text.widget.close} onClick={onClose} />
    </header>
  );
}
