import { useQuery } from "@tanstack/react-query";
import { api } from "../../shared/api";
import type { Message } from "../../shared/api-types";
import { text } from "../../shared/messages/text";

interface Props {
  conversationId: string;
  answer: Message;
  onAsk: (question: string) => void;
}

/** Questions that people wrote for this bot and that lie near: often none, and then nothing is shown. */
export function NextQuestions({ conversationId, answer, onAsk }: Props) {
  const found = useQuery({
    queryKey: ["suggestions", conversationId, answer.id],
    queryFn: ({ signal }) => api.suggestions(conversationId, answer.id, signal),
    staleTime: Infinity,
    retry: false,
  });
  const questions = found.data?.questions ?? [];
  if (questions.length === 0) return null;
  return (
    <section className="next-questions">
      <h3>{text.page.next}</h3>
      <ul>
        {questions.map((question) => (
          <li key={question}>
            <button type="button" className="suggestion" dir="auto" onClick={() => onAsk(question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
