import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, messageOf } from "../../shared/api";
import type { Bot, Conversation } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { keys } from "../../shared/queries";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Icon } from "../../shared/ui/Icon";

/** Who answers, when it is not the bot alone; and the way back. */
export function HandoverBar({ conversation }: { conversation: Conversation }) {
  const { handover, id } = conversation;
  const leaving = useHandover(id, () => api.leaveHandover(id).then(() => null));
  if (!handover) return null;
  const taken = handover.state === "taken";
  return (
    <div className={taken ? "handover taken" : "handover"}>
      <Icon name="person" />
      <p>{taken ? text.person.here(handover.name) : text.person.wanted}</p>
      <button type="button" className="button quiet" disabled={leaving.isPending} onClick={() => leaving.mutate()}>
        {text.person.back}
      </button>
      {leaving.isError && <ErrorPanel message={messageOf(leaving.error)} />}
    </div>
  );
}

/** Offered where somebody can come, and nobody was asked yet. */
export function AskForPerson({ bot, conversation }: { bot: Bot; conversation: Conversation | undefined }) {
  const id = conversation?.id ?? "";
  const asking = useHandover(id, () => api.askForPerson(id));
  if (!bot.people || !conversation || conversation.handover || conversation.messages.length === 0) return null;
  if (conversation.channel === "temporary" || conversation.channel === "imported") return null; // the team does not see it
  return (
    <>
      <button type="button" className="text-button" disabled={asking.isPending} onClick={() => asking.mutate()}>
        {text.person.ask}
      </button>
      {asking.isError && <span role="alert">{messageOf(asking.error)}</span>}
    </>
  );
}

function useHandover(id: string, send: () => Promise<Conversation["handover"]>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (handover) =>
      client.setQueryData<Conversation>(keys.conversation(id), (old) => old && { ...old, handover }),
  });
}
