// The web API as the server speaks it. This is the one place that knows its shapes.

export type Role = "user" | "assistant";
export type MessageStatus = "done" | "running" | "stopped" | "interrupted" | "failed";
export type Route = "generated" | "refused" | "curated" | "retrieved";
export type Thumb = "up" | "down";

export interface Source {
  title: string;
  uri: string;
  quote: string;
}

export interface Feedback {
  thumb: Thumb | null;
  comment: string;
  correction: string;
}

export interface Message {
  id: string;
  parent_id: string | null;
  role: Role;
  content: string;
  created_at: string;
  status: MessageStatus;
  route: Route | null;
  sources: Source[];
  /** How many of the oldest messages did not fit the model's context. */
  left_out: number;
  turn_id: string | null;
  release: string | null;
  error: string | null;
  feedback: Feedback | null;
}

export interface ConversationSummary {
  id: string;
  /** Empty until the first user message gives one. */
  title: string;
  created_at: string;
  updated_at: string;
}

export interface Conversation extends ConversationSummary {
  /** The whole tree, in creation order. */
  messages: Message[];
}

export interface ConversationList {
  conversations: ConversationSummary[];
}

export interface Bot {
  name: string;
  title: string;
  assistant: string;
  purpose: string;
  greeting: string;
  suggestions: string[];
  disclosure: string;
  release: string;
  deployment: string;
  languages: string[];
}

/** Who is logged in; without a name it is a visitor, where `visitors` are let in, or nobody yet. */
export interface Session {
  name: string | null;
  role: string | null;
  scopes: string[];
  /** Goes with every write while somebody is logged in. */
  csrf: string | null;
  visitors: boolean;
}

/** `content` null asks for another reply to the user message `parent_id`. */
export interface TurnRequest {
  content: string | null;
  parent_id: string | null;
}

export interface TurnStart {
  turn_id: string;
  user_message: Message;
  message: Message;
}

export interface ErrorBody {
  error: { message: string; type: string; param: string | null; code: string | null };
}

/** The server-sent events of a turn, by their name. `done` and `error` end it. */
export interface TurnEvents {
  delta: { text: string };
  route: { route: Route; sources: Source[]; left_out: number };
  done: Message;
  error: ErrorBody & { message: Message };
}
