"""What the editor VS Code is told of a site: settings, snippets, the check as a task, and which file has which schema.

Everything here is text. The schemas themselves are made in `schemas`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, TypeAlias, get_args

from builder.documents import Difference, EventEntry, Stance
from builder.editors.choices import choices
from builder.editors.schemas import briefing_schemas, site_schema
from builder.written import Texts

Json: TypeAlias = "dict[str, Any]"

FOLDER = ".vscode/schemas"
"""Where the schemas are, from the site's root."""

BEGIN = "Checking the site."
END = "Waiting for changes (Ctrl-C ends)."
"""The lines between which a watching check says what is wrong: so an editor knows what is still true."""


# ---- schemas ---------------------------------------------------------------------------------------------------


def schema_files(briefings: Iterable[Texts]) -> dict[str, bytes]:
    """The schemas of a site, by path from its root."""
    files = {f"{FOLDER}/site.json": site_schema()}
    for texts in briefings:
        files |= {f"{FOLDER}/{texts.name}/{name}": data for name, data in briefing_schemas(choices(texts)).items()}
    return files


def schema_of(file: str) -> str | None:
    """The schema of a file, both by path from the root; None for one that has none."""
    if file == "site.yaml":
        return f"{FOLDER}/site.json"
    match = re.fullmatch(r"content/([^/]+)/(?:(sources|claims|timeline|audit)\.yaml|claims/[^/]+\.yaml)", file)
    return f"{FOLDER}/{match[1]}/{match[2] or 'claims'}.json" if match else None


_MODELINE = re.compile(r"#\s+(?:yaml-language-server\s*:|\$schema:)")
_SCHEMA = re.compile(r"\$schema(?:=|:[^\S\r\n]*)(\S+)")


def with_modeline(file: str, data: bytes) -> bytes:
    """A file with the comment that names its schema to editors; nothing else in it changes.

    As it was where it has no schema, is not UTF-8, or says itself that it wants none (`$schema=none`).
    """
    schema = schema_of(file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    if schema is None:
        return data
    wanted = f"# yaml-language-server: $schema={'../' * file.count('/')}{schema}"
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    parts = re.split(r"(\r\n?|\n)", text.removeprefix(mark))  # lines, and between them their breaks
    for index in range(0, len(parts), 2):
        if parts[index].strip() and not parts[index].startswith("#"):
            break  # comments after the first key are no modelines
        if _MODELINE.match(parts[index]):
            named = _SCHEMA.search(parts[index])
            if named and named[1] == "none":
                return data
            parts[index] = wanted
            return (mark + "".join(parts)).encode()
    breaks = parts[1] if len(parts) > 1 else "\n"
    return (mark + wanted + breaks + "".join(parts)).encode()


# ---- files that a person may change ----------------------------------------------------------------------------


def own_files() -> dict[str, bytes]:
    """Files that are written once and belong to the person from then on, by path from the root."""
    files = {
        "extensions.json": {"recommendations": ["redhat.vscode-yaml"]},
        "settings.json": _settings(),
        "tasks.json": {"version": "2.0.0", "tasks": [_check()]},
        "variorum.code-snippets": _snippets(),
    }
    return {
        f".vscode/{name}": (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
        for name, data in files.items()
    }


def _settings() -> Json:
    # A formatter would wrap quotations and change their marks; articles must stay as they were received.
    return {
        "yaml.validate": True,
        "yaml.hover": True,
        "yaml.completion": True,
        "yaml.format.enable": False,
        "yaml.schemaStore.enable": False,
        "yaml.kubernetesCRDStore.enable": False,
        "files.associations": {
            "**/content/*/*.yaml": "yaml",
            "**/content/*/claims/*.yaml": "yaml",
            "**/seeds/*.txt": "plaintext",
        },
        "[yaml]": {
            "editor.formatOnSave": False,
            "editor.formatOnPaste": False,
            "editor.formatOnType": False,
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
            "editor.detectIndentation": False,
            "editor.wordWrap": "on",
            "editor.wordBasedSuggestions": "off",
            "editor.quickSuggestions": {"other": "on", "comments": "off", "strings": "on"},
        },
        "[plaintext]": {
            "editor.formatOnSave": False,
            "editor.wordWrap": "on",
            "files.encoding": "utf8",
            "files.insertFinalNewline": False,
            "files.trimFinalNewlines": False,
            "files.trimTrailingWhitespace": False,
        },
    }


def _check() -> Json:
    """The watching check as a task, with what turns its words into marks in the files."""
    found = r"(error|warning)\[([a-z0-9-]+)\]: (.*)$"
    matcher = {"owner": "variorum", "source": "variorum", "fileLocation": ["relative", "${workspaceFolder}"]}
    at_line = {
        "regexp": rf"^((?:content|seeds)/.+?|site\.yaml):(\d+):(\d+): {found}",
        "file": 1,
        "line": 2,
        "column": 3,
        "severity": 4,
        "code": 5,
        "message": 6,
    }
    of_file = {
        "regexp": rf"^(?!.+?:\d+:\d+: (?:error|warning)\[)((?:content|seeds)(?:/.+?)?|site\.yaml): {found}",
        "kind": "file",
        "file": 1,
        "severity": 2,
        "code": 3,
        "message": 4,
    }
    background = {
        "activeOnStart": True,
        "beginsPattern": f"^{_escaped(BEGIN)}$",
        "endsPattern": f"^{_escaped(END)}$",
    }
    return {
        "label": "variorum: check",
        "detail": "Names every fault at its line, and again at every save",
        "type": "process",
        "command": "${workspaceFolder}/.venv/bin/variorum",
        "windows": {"command": "${workspaceFolder}\\.venv\\Scripts\\variorum.exe"},
        "args": ["check", "--watch"],
        "options": {"cwd": "${workspaceFolder}"},
        "isBackground": True,
        "group": {"kind": "build", "isDefault": True},
        "presentation": {"reveal": "silent", "panel": "dedicated"},
        "problemMatcher": [{**matcher, "pattern": at_line, "background": background}, {**matcher, "pattern": of_file}],
    }


def _escaped(text: str) -> str:
    """`text` as a pattern of JavaScript, which knows fewer escapes than Python's."""
    return re.sub(r"([\\^$.*+?()\[\]{}|])", r"\\\1", text)


# ---- snippets --------------------------------------------------------------------------------------------------


def _snippets() -> Json:
    stance, difference = _one_of(2, get_args(Stance)), _one_of(2, get_args(Difference))
    dated = _one_of(5, get_args(EventEntry.model_fields["dated"].annotation))
    claimed = _one_of(5, [word for word in get_args(Stance) if word in ("supports", "contradicts")])
    bodies = {
        "New claim": ("new-claim", f"""
${{1:a-new-claim}}:
  claim: ${{2:One checkable, neutral sentence that stands alone.}}
  topic: ${{3:topic}}
  evidence:
    ${{4:source}}:
      stance: {claimed}
      quote: ${{6:the words it rests on}}
"""),
        "New evidence": ("new-evidence", f"""
${{1:source}}:
  stance: {stance}
  quote: ${{3:the words it rests on}}
"""),
        "New evidence that qualifies": ("new-evidence-qualifies", f"""
${{1:source}}:
  stance: qualifies
  differs_in: {difference}
  quote: ${{3:the words it rests on}}
"""),
        "New event": ("new-event", f"""
${{1:a-new-event}}:
  title: ${{2:What happened}}
  date: ${{3:2023-06-18}}
  label: ${{4:Sunday evening}}
  dated: {dated}
  evidence:
    ${{6:source}}: ${{7:the words that tell of it}}
"""),
        "New source": ("new-source", """
${1:a-new-source}:
  siglum: ${2:A}
  article: ${3:article.txt}
  outlet: ${4:Who published it}
  headline: ${5:The headline as printed}
  body: ["${6:the first words}", "${7:the last words}"]
  known_through: ${8:2023-06-18}
"""),
        "New origin": ("new-origin", """
${1:a-new-origin}:
  name: ${2:As a reader should see it}
  kind: ${3:readout, news agency, state broadcaster}
"""),
    }  # fmt: skip
    return {
        title: {"scope": "yaml", "prefix": word, "description": title, "body": body.strip("\n").split("\n")}
        for title, (word, body) in bodies.items()
    }


def _one_of(number: int, words: Iterable[str]) -> str:
    """A place of a snippet where one word is chosen."""
    return f"${{{number}|{','.join(words)}|}}"
