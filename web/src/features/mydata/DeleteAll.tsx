import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "../../shared/api";
import { text } from "../../shared/messages/text";
import { ownApi } from "../../shared/own-api";
import { NEW_CONVERSATION } from "../../shared/paths";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";

/** Asks twice, in the same place, and begins anew after it. */
export function DeleteAll() {
  const [sure, setSure] = useState(false);
  const deleting = useMutation({
    mutationFn: () => ownApi.forget(),
    onSuccess: () => {
      sessionStorage.clear(); // drafts, which are words of theirs as well
      window.location.assign(NEW_CONVERSATION);
    },
  });
  return (
    <section>
      <h3>{text.mine.deleteTitle}</h3>
      <p>{text.mine.deleteText}</p>
      {sure ? (
        <div className="form-actions">
          <button type="button" className="button" autoFocus onClick={() => setSure(false)}>
            {text.mine.deleteCancel}
          </button>
          <button
            type="button"
            className="button danger"
            disabled={deleting.isPending}
            onClick={() => deleting.mutate()}
          >
            {text.mine.deleteSure}
          </button>
        </div>
      ) : (
        <button type="button" className="button danger" onClick={() => setSure(true)}>
          {text.mine.delete}
        </button>
      )}
      {deleting.isError && <ErrorPanel message={messageOf(deleting.error)} />}
    </section>
  );
}
