import type { Texts } from "../text";

export const account: Texts["account"] = {
  title: "登录",
  name: "用户名",
  password: "密码",
  logIn: "登录",
  againTitle: "重新登录",
  again: "您的登录已失效。内容不会丢失：您写的文字仍在这里，正在生成的回答也会继续。",
  logOut: (name: string) => `退出登录（${name}）`,
  toFirst: "我有首位所有者的令牌",
  toLogin: "改为登录",
  firstTitle: "首位所有者的账号",
  token: "令牌",
  newPassword: "新密码，至少 12 个字符",
  make: "创建账号",
  invitationTitle: (bot: string) => `您受邀使用 ${bot}`,
  invitationText: (role: string) => `请设置您自己的用户名和密码。您的身份将是${role}。`,
  invitationBad: "此邀请无法使用",
  roles: { owner: "所有者", editor: "编辑者", reviewer: "审核者", visitor: "访客" },
  toChat: "前往聊天",
  console: "控制台：管理机器人",
};
