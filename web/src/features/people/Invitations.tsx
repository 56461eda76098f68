import { call, client, messageOf } from "../../shared/api";
import { day } from "../../shared/console/format";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";

interface Props {
  invitations: readonly components["schemas"]["InvitationValue"][];
  onChange: () => Promise<void>;
}

/** Links that nobody has taken up yet. */
export function Invitations({ invitations, onChange }: Props) {
  const text = consoleText.people;
  if (invitations.length === 0) return <p className="quiet-text">{text.invitationsEmpty}</p>;

  async function withdraw(id: string): Promise<void> {
    try {
      await call(client.DELETE("/api/console/people/invitations/{id}", { params: { path: { id } } }));
      toast(text.withdrawn);
    } catch (error) {
      toast(messageOf(error), { bad: true });
    }
    await onChange();
  }

  return (
    <ul className="list-plain stack">
      {invitations.map((each) => (
        <li key={each.id} className="row">
          <strong>{text.invitationFor(text.roles[each.role])}</strong>
          <span className="quiet-text">{text.invitationUntil(day(each.ends_at), each.by)}</span>
          <button type="button" className="button quiet" onClick={() => void withdraw(each.id)}>
            {text.cancelInvitation}
          </button>
        </li>
      ))}
    </ul>
  );
}
