// The names under which the page speaks of what the server takes and gives; their shapes are the server's own description.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Bot = Schemas["BotCard"];
export type Conversation = Schemas["ConversationValue"];
export type ConversationList = Schemas["ConversationList"];
export type ConversationSummary = Schemas["ConversationSummary"];
export type ErrorBody = Schemas["ErrorBody"];
export type Feedback = Schemas["Feedback"];
export type Handover = Schemas["HandoverValue"];
export type Message = Schemas["MessageValue"];
export type MessageStatus = Message["status"];
export type Route = NonNullable<Message["route"]>;
/** Who is logged in; without a name it is a visitor, where `visitors` are let in, or nobody yet. */
export type Session = Schemas["SessionValue"];
export type Source = Schemas["SourceValue"];
export type Thumb = NonNullable<Feedback["thumb"]>;
/** `content` null asks for another reply to the user message `parent_id`. */
export interface TurnRequest {
  content: string | null;
  parent_id: string | null;
  attachments?: AttachedText[];
  /** A message whose attachments go with this one as well, which is a new version of it. */
  attachments_of?: string;
}
export type AttachedText = Schemas["AttachedText"];
export type ConversationFile = Schemas["ConversationFile"];
export type Privacy = Schemas["PrivacyCard"];
export type ReadText = Schemas["ReadText"];
export type Shared = Schemas["SharedValue"];
export type Testing = Schemas["StagingValue"];
export type TurnStart = Schemas["TurnStarted"];

/** The server-sent events of a turn, by their name, which OpenAPI does not describe. `done` and `error` end it. */
export interface TurnEvents {
  delta: { text: string };
  route: { route: Route; sources: Source[]; left_out: number };
  done: Message;
  error: ErrorBody & { message: Message };
}
