"""A tokenizer with pointers: rendered, decoded, streamed, saved; the words come out as they went in."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from chatwright.core.types import Conversation, Message
from chatwright.engine.stream import Detokenizer
from chatwright.tokenizer import Tokenizer
from chatwright.tokenizer.pointers import Blind
from chatwright.training import kinds
from chatwright.training.turns import rendered_turns

PLACES = [
    f"{a}{b}"
    for a in ("Oak", "Pine", "Birch", "Elm", "Ash")
    for b in ("ham", "ton", "field", "wood")
]
SONGS = [
    f"{a} {b}"
    for a in ("Blue", "Slow", "Last", "Long", "High")
    for b in ("Rain", "Hours", "Road", "Light")
]
TIMES = [f"{hour}:{minute} pm" for hour in range(1, 8) for minute in (15, 30, 45)]


def conversations(count: int = 400) -> list[Conversation]:
    rng = random.Random(0)
    made = []
    for _ in range(count):
        place, song, time = rng.choice(PLACES), rng.choice(SONGS), rng.choice(TIMES)
        said = [
            Message("user", f"i want a table in {place} please, and play the song {song}"),
            Message("assistant", f"a table in {place}, and the song {song} is playing. when?"),
            Message("user", f"at {time}"),
            Message("assistant", f"your table in {place} is booked for {time}."),
        ]
        made.append(Conversation(tuple(said)))
    return made


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    data = conversations()
    pointers = kinds.learn(data, 0)
    assert pointers is not None
    texts = (m.content for c in data for m in c.messages)
    return Tokenizer.learn(texts, 700, pointers=pointers)


def unseen() -> Conversation:
    said = [
        Message("user", "i want a table in Grommel please, and play the song Brave Zinc"),
        Message("assistant", "a table in Grommel, and the song Brave Zinc is playing. when?"),
        Message("user", "at 9:05 pm"),
    ]
    return Conversation(tuple(said))


def test_kinds_are_what_people_would_say(tokenizer: Tokenizer) -> None:
    assert tokenizer.pointers is not None
    kind_of = tokenizer.pointers.kinds
    for group in (PLACES, SONGS, TIMES):
        mine = {kind_of[value.casefold()] for value in group if value.casefold() in kind_of}
        rest = {
            kind_of[v.casefold()]
            for v in PLACES + SONGS + TIMES
            if v not in group and v.casefold() in kind_of
        }
        assert mine
        assert not mine & rest


def test_values_that_nobody_saw_are_pointed_at(tokenizer: Tokenizer) -> None:
    rendered = tokenizer.render(unseen())
    pointed = {size for size in rendered.pointed.values() if size}
    assert pointed == {len("Grommel"), len("Brave Zinc")}


def test_sizes_are_those_of_the_text(tokenizer: Tokenizer) -> None:
    for conversation in [unseen(), *conversations(20)]:
        rendered = tokenizer.render(conversation)
        learned = [at for at, learn in enumerate(rendered.learn) if learn]
        said = "".join(m.content for m in conversation.messages if m.role == "assistant")
        assert tokenizer.size_at(rendered, learned) == len(said.encode())


def test_the_same_text_comes_out_at_once_and_in_a_stream(tokenizer: Tokenizer) -> None:
    """What would be learned as a reply, decoded after its prompt, is the reply."""
    strange = unseen()
    for conversation in [strange, *conversations(20)]:
        for index, message in enumerate(conversation.messages):
            if message.role != "assistant":
                continue
            before = conversation.before(index)
            prompt = tokenizer.render(before, open_reply=True)
            whole = tokenizer.render(Conversation(conversation.messages[: index + 1])).ids
            if conversation is not strange:  # whose history is spelled only where it is a target
                assert whole[: len(prompt)] == prompt.ids
            begins = [at for at, token in enumerate(whole) if token == prompt.ids[-1]][-1]
            reply = whole[begins + 1 :]
            assert prompt.session is not None
            assert tokenizer.decode(reply, prompt.session) == message.content
            again = tokenizer.render(before, open_reply=True).session
            stream = Detokenizer(tokenizer.token_bytes(), tokenizer.pointing, again)
            assert (
                "".join(stream.push([token]) for token in reply) + stream.finish()
                == message.content
            )


def test_typing_a_pointer_points_at_nothing(tokenizer: Tokenizer) -> None:
    text = "the <|value_0_1|> please"
    said = Conversation((Message("user", "hello"), Message("assistant", text)))
    assert tokenizer.decode(tokenizer.render(said).ids) == "hello" + text


def test_pointers_are_no_ends_and_saved_with_the_rest(tokenizer: Tokenizer, tmp_path: Path) -> None:
    tokenizer.save(tmp_path, 256)
    loaded = Tokenizer.load(tmp_path)
    assert loaded.pointing == tokenizer.pointing
    assert loaded.silent >= set(loaded.pointing)
    assert loaded.render(unseen()).ids == tokenizer.render(unseen()).ids


def test_a_long_conversation_is_cut_into_pieces_that_name_what_they_point_at(
    tokenizer: Tokenizer,
) -> None:
    long = Conversation(tuple(m for c in conversations(6) for m in c.messages))
    pieces = rendered_turns(long, tokenizer, 150)
    assert len(pieces) > 1
    for piece in pieces:
        places = [tokenizer.pointing[token] for token in piece.ids if token in tokenizer.pointing]
        named: dict[int, int] = {}
        for kind, rank in places:
            named[kind] = named.get(kind, 0) + (rank == 0)
            assert rank <= named[kind]


def test_too_few_values_have_no_pointers() -> None:
    said = (Message("user", "hello"), Message("assistant", "hello, what can i do for you?"))
    assert kinds.learn([Conversation(said)] * 50, 0) is None


def test_blind_nothing_is_spelled_and_what_could_not_be_known_is_no_target(
    tokenizer: Tokenizer,
) -> None:
    said = conversations(1)[0].messages
    turned = Conversation((Message("user", "hello"), *said[1:]))  # the reply names them first
    seen, blind = tokenizer.render(turned), tokenizer.render(turned, blind=Blind(1.0, 0))
    assert len(blind) < len(seen)
    for at, token in enumerate(blind.ids):
        place = tokenizer.pointing.get(token)
        if place is not None:
            assert blind.learn[at] == (place[1] > 0 and seen_in_reply(tokenizer, blind.ids, at))


def seen_in_reply(tokenizer: Tokenizer, ids: list[int], at: int) -> bool:
    roles = [tokenizer._ids[role] for role in ("<|user|>", "<|assistant|>")]
    return next(token for token in reversed(ids[:at]) if token in roles) == roles[1]
