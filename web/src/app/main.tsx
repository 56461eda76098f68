import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { watchNetwork } from "../shared/connection";
import { applyLanguage } from "../shared/messages/language";
import { loadTexts } from "../shared/messages/text";
import "../shared/styles/tokens.css";
import "../shared/styles/base.css";
import "../shared/styles/controls.css";
import "../shared/styles/prose.css";
import "../features/account/account.css";
import "../features/conversations/conversations.css";
import "../features/chat/chat.css";
import "../features/chat/message.css";
import "./app.css";
import { App } from "./App";
import { CrashGuard } from "./CrashGuard";
import { createQueryClient } from "./queryClient";
import { keepShell } from "../features/install/worker";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

watchNetwork();
keepShell();
applyLanguage();
await loadTexts();
createRoot(root).render(
  <StrictMode>
    <CrashGuard>
      <QueryClientProvider client={createQueryClient()}>
        <App />
      </QueryClientProvider>
    </CrashGuard>
  </StrictMode>,
);
