import * as Menu from "@radix-ui/react-dropdown-menu";
import { chooseLanguage, chosenLanguage, LANGUAGES, type Language } from "../../shared/messages/language";
import { text } from "../../shared/messages/text";
import { Icon } from "../../shared/ui/Icon";
import { IconButton } from "../../shared/ui/IconButton";

const languages = Object.entries(LANGUAGES) as [Language, string][];

/** The language of the page; the bot speaks those that it has learned. */
export function LanguageMenu() {
  const current = chosenLanguage();
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <IconButton icon="language" label={`${text.language.title}: ${LANGUAGES[current]}`} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
          <Menu.RadioGroup value={current} onValueChange={(value) => chooseLanguage(value as Language)}>
            {languages.map(([code, name]) => (
              <Menu.RadioItem key={code} className="menu-item" value={code} lang={code}>
                {name}
                <Menu.ItemIndicator className="menu-check">
                  <Icon name="check" size={16} />
                </Menu.ItemIndicator>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
