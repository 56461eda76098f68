import * as Dialog from "@radix-ui/react-dialog";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { announce } from "../../shared/announce";
import { api, messageOf } from "../../shared/api";
import { day } from "../../shared/console/format";
import { text } from "../../shared/messages/text";
import { ownApi } from "../../shared/own-api";
import { keys } from "../../shared/queries";
import { CopyButton } from "../../shared/ui/CopyButton";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Icon } from "../../shared/ui/Icon";
import { IconButton } from "../../shared/ui/IconButton";

const DAYS = [1, 7, 30, 90];

/** Makes, shows and ends links to a conversation. */
export function ShareDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const client = useQueryClient();
  const [days, setDays] = useState(7);
  const conversation = useQuery({
    queryKey: keys.conversation(id),
    queryFn: ({ signal }) => api.conversation(id, signal),
  });
  const links = useQuery({ queryKey: ["shares", id], queryFn: ({ signal }) => ownApi.shares(id, signal) });
  const last = conversation.data?.messages.at(-1)?.id ?? null;
  const reload = () => client.invalidateQueries({ queryKey: ["shares", id] });
  const making = useMutation({ mutationFn: (end: string) => ownApi.share(id, end, days), onSuccess: reload });
  const ending = useMutation({
    mutationFn: (share: string) => ownApi.unshare(id, share),
    onSuccess: async () => {
      announce(text.sharing.revoked);
      making.reset();
      await reload();
    },
  });
  const failed = [conversation, links, making, ending].find((each) => each.isError);
  const address = making.data ? window.location.origin + making.data.path : null;

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog wide">
          <div className="dialog-head">
            <Dialog.Title>{text.sharing.title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton icon="close" label={text.sharing.close} />
            </Dialog.Close>
          </div>
          <Dialog.Description>{text.sharing.text}</Dialog.Description>
          <p className="warning-note">
            <Icon name="alert" />
            {text.sharing.warning}
          </p>
          {failed && <ErrorPanel message={messageOf(failed.error)} />}
          {conversation.data && last === null && <p>{text.sharing.nothing}</p>}
          <form
            className="share-form"
            onSubmit={(event) => {
              event.preventDefault();
              if (last) making.mutate(last);
            }}
          >
            <label>
              {text.sharing.days}
              <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
                {DAYS.map((each) => (
                  <option key={each} value={each}>
                    {text.sharing.forDays(each)}
                  </option>
                ))}
              </select>
            </label>
            <button type="submit" className="button primary" disabled={last === null || making.isPending}>
              {text.sharing.make}
            </button>
          </form>
          {address && (
            <div className="share-link" role="status">
              <label>
                {text.sharing.link}
                <input readOnly value={address} onFocus={(event) => event.target.select()} autoFocus />
              </label>
              <CopyButton value={address} label={text.sharing.copy} />
            </div>
          )}
          {links.data && links.data.shares.length > 0 && (
            <section>
              <h3>{text.sharing.links}</h3>
              <ul className="share-list">
                {links.data.shares.map((share) => (
                  <li key={share.id}>
                    <span>
                      {text.sharing.messages(share.messages)}, {text.sharing.made(day(share.created_at))},{" "}
                      {text.sharing.until(day(share.expires_at))}
                    </span>
                    <button
                      type="button"
                      className="button danger"
                      disabled={ending.isPending}
                      onClick={() => ending.mutate(share.id)}
                    >
                      {text.sharing.revoke}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
