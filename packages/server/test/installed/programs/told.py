"""What a library tells its caller, gathered as JSON: text that arrived, and the class of an error."""

import json
import sys

URL = sys.argv[1]
ERRORS = ["invalid-request", "auth", "model-not-found", "rate-limit", "server", "timeout"]
IMAGE = "iVBORw0KGgo="
CITY = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
told = {}


def failure(ask):
    """Class, status and message of the error that `ask` raises."""
    try:
        ask()
    except Exception as error:
        status = getattr(error, "status_code", None)
        return {"class": type(error).__name__, "status": status, "message": str(error)}
    return None


def print_told():
    print(json.dumps(told))
