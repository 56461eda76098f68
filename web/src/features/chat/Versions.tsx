import type { Message } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { IconButton } from "../../shared/ui/IconButton";

interface Props {
  message: Message;
  siblings: readonly Message[];
  onChoose: (message: Message) => void;
}

/** "2/3": switches between the versions of a question or an answer. */
export function Versions({ message, siblings, onChoose }: Props) {
  if (siblings.length < 2) return null;
  const place = siblings.findIndex((each) => each.id === message.id);
  const step = (by: -1 | 1) => {
    const target = siblings[place + by];
    const idIn = (version: Message): string => `version-${version.id}-${by}`;
    return {
      id: idIn(message),
      // Not `disabled`: that would drop the focus of somebody who has just stepped to the end.
      "aria-disabled": !target,
      onClick: () => {
        if (!target) return;
        onChoose(target);
        // The other version is another element; who steps by keyboard goes on from the same button in it.
        requestAnimationFrame(() => document.getElementById(idIn(target))?.focus());
      },
    };
  };
  return (
    <div className="versions" role="group" aria-label={text.actions.versions}>
      <IconButton icon="left" size={16} label={text.actions.previous} {...step(-1)} />
      <span aria-label={text.actions.version(place + 1, siblings.length)} role="img">
        {place + 1}/{siblings.length}
      </span>
      <IconButton icon="right" size={16} label={text.actions.next} {...step(1)} />
    </div>
  );
}
