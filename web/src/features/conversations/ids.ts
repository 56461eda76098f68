// Elements of the sidebar that other parts move the focus to.
export const LIST_ID = "conversation-list";
export const SEARCH_ID = "conversation-search";
