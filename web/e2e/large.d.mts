export declare function largeConversation(count: number): {
  id: string;
  title: string;
  messages: { content: string }[];
};
