"""The rules of the house, as tests. Layers are import-linter's (pyproject.toml); the rest is here.

Each rule is a function from what it looks at to a list of offences. The second half of this file
shows each of them something bad, so that a rule that can no longer fail fails.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import importlib
import io
import json
import re
import statistics
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "chatwright"
LIBRARY = ROOT / "examples" / "library"

# Budgets, counted without blank and comment lines. Raised only with a line in DECISIONS.md.
FILE_LINES = 400
FUNCTION_LINES = 60
FUNCTION_MEDIAN = 12
PYTHON_LINES = 95_000
BENCH_LINES = 9_000
WEB_LINES = 26_500

# The questions were written before the training data, and stay as they are.
CASES_SHA256 = "c5d13fa10ca89a4c079f3acc55a537d48299a52dea9f6f525d9d4c8875a4522f"

# Written in two pieces, so that this file does not break its own rule.
MACHINE_PATHS = re.compile(r"(?<![\w.~}-])/(?:work|opt|root)" + r"/")
REGISTRIES = re.compile(r"pypi\.(?:org|python)|pythonhosted\.|registry\.(?:npm|yarn)|npmjs\.")


def tracked() -> list[Path]:
    """Files that git holds, or would hold after `git add`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def python_files(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def web_files() -> list[Path]:
    kinds = {".ts", ".tsx", ".js", ".css", ".html"}
    return [
        path
        for path in tracked()
        if path.is_relative_to(ROOT / "web") and path.suffix in kinds and not is_web_test(path)
        if path.name != "schema.d.ts"  # made from the server's own description
        and "messages" not in path.parts  # words, in eight languages
    ]


def is_web_test(path: Path) -> bool:
    folders = path.relative_to(ROOT / "web").parts[:-1]
    return bool({"e2e", "tests"} & set(folders)) or ".test." in path.name or ".spec." in path.name


def count(text: str) -> int:
    """Lines that are neither blank nor a comment."""
    lines = (line.strip() for line in text.splitlines())
    return sum(1 for line in lines if line and not line.startswith(("#", "//", "/*", "* ", "*/")))


def functions(text: str) -> Iterator[tuple[str, int, int]]:
    """Name, line and length of every function; one inside another counts for both."""
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            own = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            yield node.name, node.lineno, count(own)


def names(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


# --- the rules -----------------------------------------------------------------------------------


def long_files(paths: Iterable[Path], limit: int = FILE_LINES) -> list[str]:
    sizes = ((path, count(path.read_text("utf-8"))) for path in paths)
    return [f"{names(path)} has {size} lines" for path, size in sizes if size > limit]


def long_functions(text: str, where: str = "", limit: int = FUNCTION_LINES) -> list[str]:
    return [
        f"{where}:{line} {name} has {size} lines"
        for name, line, size in functions(text)
        if size > limit
    ]


def hidden_imports(text: str, where: str = "") -> list[str]:
    """Imports inside functions; also by name, which the command line's table of verbs may, and what loads an
    embedder where there is one."""
    found = []
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom) or (
                isinstance(node, ast.Call)
                and called(node) in {"__import__", "import_module", "importlib.import_module"}
                and not where.startswith(
                    ("src/chatwright/cli/", "src/chatwright/knowledge/meaning.py")
                )
            ):
                found.append(f"{where}:{node.lineno} imports inside a function")
    return sorted(set(found))


def called(node: ast.Call) -> str:
    return ast.unparse(node.func)


UNSAFE_MODULES = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "joblib", "shelve"}


def unsafe_calls(text: str, where: str = "") -> list[str]:
    """Whatever turns data into running code: pickle in any dress, eval, exec."""
    return [
        f"{where}:{node.lineno} {reason}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Call)
        if (reason := why_unsafe(node))
    ]


def why_unsafe(node: ast.Import | ast.ImportFrom | ast.Call) -> str:
    if isinstance(node, ast.Import | ast.ImportFrom):
        modules = [alias.name for alias in node.names]
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        bad = UNSAFE_MODULES & {module.split(".")[0] for module in modules}
        return f"imports {bad.pop()}" if bad else ""
    keywords = {word.arg: ast.unparse(word.value) for word in node.keywords}
    if called(node) in {"eval", "exec", "builtins.eval", "builtins.exec"}:
        return f"calls {called(node)}"
    if called(node) == "torch.load" and keywords.get("weights_only") != "True":
        return "calls torch.load without weights_only=True"
    if keywords.get("allow_pickle", "False") != "False":
        return "allows pickle in a numpy file"
    return ""


def telltale_lines(text: str, where: str = "") -> list[str]:
    """Paths of one machine, and hosts of package registries."""
    return [
        f"{where}:{number} {line.strip()[:100]}"
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATHS.search(line) or REGISTRIES.search(line)
    ]


def annotated_tree(readme: str) -> set[str]:
    """The folders that the README's tree names, as paths: the first block under "The house"."""
    block = re.search(r"^## The house\n.*?^```\w*\n(.*?)^```", readme, re.S | re.M)
    assert block, 'README.md has no tree under the heading "The house"'
    found: set[str] = set()
    parents: list[tuple[int, str]] = []
    for line in block[1].splitlines():
        indent, name = len(line) - len(line.lstrip()), (line.split() or [""])[0]
        while parents and parents[-1][0] >= indent:
            parents.pop()
        if name.endswith("/"):
            path = (parents[-1][1] if parents else "") + name
            parents.append((indent, path))
            found.add(path.rstrip("/"))
    return found


def tree_offences(readme: str, paths: Iterable[Path]) -> list[str]:
    """Every folder at the top and every floor of the package stands in the README, and no other."""
    present = {
        str(folder)
        for path in paths
        for folder in path.relative_to(ROOT).parents
        if str(folder) not in {".", "src"} and not str(folder).startswith(".")
    }
    shown = annotated_tree(readme)
    due = {folder for folder in present if "/" not in folder}
    due |= {f for f in present if f.startswith("src/chatwright") and f.count("/") <= 2}
    due.discard("src/chatwright/server/web")
    missing = [f"README.md does not name {folder}/" for folder in sorted(due - shown)]
    return missing + [
        f"README.md names {folder}/, which is not there" for folder in sorted(shown - present)
    ]


def verbs(command: Any, path: str = "chatwright") -> Iterator[tuple[str, Any]]:
    """Every verb with its full spelling, groups opened."""
    if not hasattr(command, "commands") and not hasattr(command, "list_commands"):
        yield path, command
        return
    context = command.make_context(path.split()[-1], [], resilient_parsing=True)
    for name in command.list_commands(context):
        yield from verbs(command.get_command(context, name), f"{path} {name}")


def help_of(verb: Any) -> str:
    """What `--help` prints, as plain text."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.suppress(SystemExit):
        verb.main(["--help"], prog_name=verb.name, standalone_mode=True)
    return output.getvalue()


def help_without_example(path: str, help_text: str) -> list[str]:
    """`--help` of a verb shows a line that one can type."""
    example = rf"^\W*(for )?examples?\b.*?\b{re.escape(path)}\b"
    if re.search(example, help_text, re.I | re.M | re.S):
        return []
    return [f"`{path} --help` shows no example that begins with `{path}`"]


def five_grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower().replace("'", "").replace("\u2019", ""))
    return {tuple(words[start : start + 5]) for start in range(len(words) - 4)}


def leaks(cases: Iterable[dict[str, Any]], rows: Iterable[dict[str, Any]]) -> list[str]:
    """Questions of test cases of which five words in a row stand in the training data."""
    trained: set[tuple[str, ...]] = set()
    for row in rows:
        for message in row["messages"]:
            trained |= five_grams(message["content"])
    return [
        f"{case['question']!r}: {' '.join(sorted(shared)[0])!r}"
        for case in cases
        if (shared := five_grams(case["question"]) & trained)
    ]


def jsonl(*paths: Path) -> list[dict[str, Any]]:
    rows = [
        json.loads(line)
        for path in paths
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    assert rows, f"nothing in {[names(path) for path in paths]}"
    return rows


# --- the house keeps them ------------------------------------------------------------------------

SOURCES = python_files(PACKAGE, ROOT / "bench", ROOT / "scripts")


def texts(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        yield path.read_text("utf-8"), names(path)


def test_no_file_is_long() -> None:
    assert not long_files([*SOURCES, *web_files(), *python_files(ROOT / "tests")])


def test_no_function_is_long() -> None:
    assert not [o for text, where in texts(SOURCES) for o in long_functions(text, where)]


def test_functions_are_short_as_a_rule() -> None:
    lengths = [size for text, _ in texts(SOURCES) for _, _, size in functions(text)]
    assert statistics.median(lengths) <= FUNCTION_MEDIAN


@pytest.mark.parametrize(
    ("paths", "limit"),
    [
        pytest.param(python_files(PACKAGE), PYTHON_LINES, id="python"),
        pytest.param(python_files(ROOT / "bench"), BENCH_LINES, id="bench"),
        pytest.param(web_files(), WEB_LINES, id="web"),
    ],
)
def test_the_whole_stays_small(paths: list[Path], limit: int) -> None:
    assert sum(count(path.read_text("utf-8")) for path in paths) <= limit


def test_no_import_hides_in_a_function() -> None:
    assert not [o for text, where in texts(SOURCES) for o in hidden_imports(text, where)]


def test_no_data_becomes_code() -> None:
    files = [*SOURCES, *python_files(ROOT / "tests")]
    assert not [o for text, where in texts(files) for o in unsafe_calls(text, where)]


def test_nothing_tells_of_one_machine() -> None:
    offences = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="replace")
        offences += telltale_lines(text, names(path))
    assert not offences


def test_the_readme_shows_the_house_as_it_is() -> None:
    assert not tree_offences((ROOT / "README.md").read_text("utf-8"), tracked())


def test_every_verb_has_an_example() -> None:
    app = importlib.import_module("chatwright.cli").app
    found = dict(verbs(typer.main.get_command(app) if isinstance(app, typer.Typer) else app))
    assert len(found) >= 12, f"the command line lost verbs: {sorted(found)}"
    offences = [
        o for path, verb in found.items() for o in help_without_example(path, help_of(verb))
    ]
    assert not offences


def test_the_cases_are_those_written_first() -> None:
    content = (LIBRARY / "tests" / "cases.jsonl").read_bytes()
    assert hashlib.sha256(content).hexdigest() == CASES_SHA256


def test_no_case_stands_in_the_training_data() -> None:
    cases = jsonl(LIBRARY / "tests" / "cases.jsonl")
    assert not leaks(cases, jsonl(*sorted((LIBRARY / "data").glob("*.jsonl"))))


# --- and each of them can be broken --------------------------------------------------------------


def lines(number: int) -> str:
    return "".join(f"    x = {n}\n" for n in range(number))


def test_rules_see_what_is_long(tmp_path: Path) -> None:
    text = "def f():\n" + lines(60)
    (tmp_path / "long.py").write_text(text)
    assert long_files([tmp_path / "long.py"], 60) == ["long.py has 61 lines"]
    assert not long_files([tmp_path / "long.py"], 61)
    assert long_functions(text, "a.py") == ["a.py:1 f has 61 lines"]
    assert not long_functions("def f():\n    # why\n\n" + lines(59))
    assert count("# no\n\nyes  # and no\n// no\n/* no\n * no\n */\n") == 1


@pytest.mark.parametrize(
    "body", ["import os", "from a import b", "importlib.import_module('x')", "__import__('x')"]
)
def test_rule_sees_hidden_imports(body: str) -> None:
    assert hidden_imports(f"async def f():\n    if 1:\n        {body}\n", "src/chatwright/a.py")
    assert not hidden_imports("import os\nif 1:\n    import b\n")
    assert not hidden_imports("def f():\n    import_module('x')", "src/chatwright/cli/verbs.py")
    assert hidden_imports("def f():\n    import x", "src/chatwright/cli/verbs.py")


@pytest.mark.parametrize(
    "bad",
    [
        "import pickle",
        "from pickle import loads",
        "from multiprocessing import shared_memory; import dill.source",
        "eval('1')",
        "exec(text)",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "np.load(path, allow_pickle=True)",
    ],
)
def test_rule_sees_unsafe_calls(bad: str) -> None:
    assert unsafe_calls(bad)
    assert not unsafe_calls("model.eval(); torch.load(p, weights_only=True); np.load(p)")


@pytest.mark.parametrize(
    "bad", ["see /wo" + "rk/x", "'/op" + "t/x'", "/roo" + "t/.cache", "https://py" + "pi.org/x"]
)
def test_rule_sees_telltale_lines(bad: str) -> None:
    assert telltale_lines(bad)
    assert not telltale_lines("coursework/x, ./root/x, ~/opt/x, https://download.pytorch.org/x")


def test_rule_sees_a_tree_out_of_step() -> None:
    paths = [ROOT / "src/chatwright/core/types.py", ROOT / "bench/train.py"]
    tree = "## The house\n\n```\nsrc/chatwright/\n  core/  words\nbench/  numbers\n```\n"
    assert not tree_offences(tree, paths)
    assert tree_offences(tree, [*paths, ROOT / "src/chatwright/extra/new.py"])
    assert tree_offences(tree.replace("bench/ ", "march/ "), paths) == [
        "README.md does not name bench/",
        "README.md names march/, which is not there",
    ]


def test_rule_sees_help_without_example() -> None:
    assert help_without_example("chatwright up", "Usage: chatwright up [OPTIONS]\n\nServes.")
    assert not help_without_example("chatwright up", "Serves.\n\n Example: chatwright up mybot")
    assert not help_without_example("chatwright up", "Examples:\n\n    $ chatwright up mybot")


def test_verbs_are_found_in_groups() -> None:
    app, group = typer.Typer(), typer.Typer()
    app.command("up")(lambda: None)
    group.command("list", help="All.\n\nExample: chatwright release list mybot")(lambda: None)
    app.add_typer(group, name="release")
    found = dict(verbs(typer.main.get_command(app)))
    assert list(found) == ["chatwright up", "chatwright release list"]
    assert help_without_example("chatwright up", help_of(found["chatwright up"]))
    path = "chatwright release list"
    assert not help_without_example(path, help_of(found[path]))


def test_rule_sees_a_leaked_case() -> None:
    cases = [{"question": "When does the Mill's room close today?"}]
    rows = [{"messages": [{"role": "user", "content": "so WHEN does the mills room open"}]}]
    assert leaks(cases, rows) == [f"{cases[0]['question']!r}: 'when does the mills room'"]
    assert not leaks([{"question": "when does the mill open"}], rows)
