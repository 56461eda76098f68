import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { announce } from "../../shared/announce";
import { api, messageOf } from "../../shared/api";
import type { Feedback, Message, Thumb } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { putMessages } from "../../shared/queries";
import { tabs } from "../../shared/tabs";
import { feedbackFor, type FeedbackDraft } from "./feedback";

/** A thumb counts at once; comment and correction are added to it when they are sent. */
export function useFeedback(conversationId: string, message: Message) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<FeedbackDraft>({
    comment: message.feedback?.comment ?? "",
    correction: message.feedback?.correction ?? "",
  });
  const saving = useMutation({
    mutationFn: (feedback: Feedback) => api.sendFeedback(message.id, feedback),
    onSuccess: (feedback) => {
      putMessages(client, conversationId, { ...message, feedback });
      tabs.tell({ what: "conversation", id: conversationId });
    },
  });
  const failed = saving.isError ? saving.variables : null;
  const thumb = (saving.isPending ? saving.variables.thumb : message.feedback?.thumb) ?? null;

  async function save(feedback: Feedback, said: string): Promise<boolean> {
    try {
      await saving.mutateAsync(feedback);
      announce(said);
      return true;
    } catch {
      return false; // shown in the form, from the mutation's state
    }
  }

  return {
    thumb,
    /** The thumb whose form is shown: also of one that could not be saved yet. */
    shown: open ? (thumb ?? failed?.thumb ?? null) : null,
    busy: saving.isPending,
    error: saving.isError ? messageOf(saving.error) : null,
    draft,
    setDraft,
    rate: (pressed: Thumb): void => {
      if (open && pressed === thumb) return setOpen(false);
      setOpen(true);
      if (pressed !== thumb) void save(feedbackFor(pressed, draft), text.feedback.saved[pressed]);
    },
    send: async (pressed: Thumb): Promise<boolean> => {
      const sent = await save(feedbackFor(pressed, draft), text.feedback.sent);
      if (sent) setOpen(false);
      return sent;
    },
    remove: async (): Promise<boolean> => {
      const removed = await save(feedbackFor(null, draft), text.feedback.removed);
      if (removed) {
        setDraft({ comment: "", correction: "" });
        setOpen(false);
      }
      return removed;
    },
    close: () => setOpen(false),
  };
}

export type FeedbackState = ReturnType<typeof useFeedback>;
