"""Property tests of the API against its own description: `api.py VARIORUM LEDGER [SECONDS]`.

Serves a copy of the ledger and lets schemathesis ask it whatever /api/openapi.json allows, and much that it does not: no answer
may be an error of the server, of an undeclared status or media type, or of another form than described. Ends with the exit
code of schemathesis.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.request

binary, ledger = sys.argv[1:3]
seconds = sys.argv[3] if len(sys.argv) > 3 else "100"
# Left out: whether every refusal names the methods that are allowed, and how strictly strings are taken for numbers.
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance"

with tempfile.TemporaryDirectory() as folder:
    copy = shutil.copy(ledger, pathlib.Path(folder) / "ledger.db")
    server = subprocess.Popen([binary, "serve", copy, "--author", "schemathesis"], stdout=subprocess.PIPE, text=True)
    try:
        origin, token = server.stdout.readline().strip().split("/?token=")
        cookie = f"variorum-{origin.rsplit(':', 1)[1]}={token}"
        request = urllib.request.Request(f"{origin}/api/openapi.json", headers={"Cookie": cookie})
        with urllib.request.urlopen(request) as answer:
            document = json.load(answer)
        schema = pathlib.Path(folder) / "openapi.json"
        schema.write_text(json.dumps(document))
        command = [
            pathlib.Path(sys.executable).parent / "schemathesis", "run", schema, "--url", origin,
            "-H", f"Cookie: {cookie}", "-H", f"Origin: {origin}", "--checks", CHECKS, "--max-examples", "40",
            "--phases", "examples,coverage,fuzzing", "--max-time", seconds, "--continue-on-failure", "--no-color", "--seed", "1",
            "--warnings", "off",
        ]
        sys.exit(subprocess.run(command, cwd=folder).returncode)
    finally:
        server.kill()
