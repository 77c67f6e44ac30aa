"""Turns calls of the scenario into calls of clerk-backend-api.

One JSON line each comes in on standard input; what the SDK decoded goes out,
under the wire's names.
"""

import base64
import inspect
import json
import os
import sys
import typing
from importlib.metadata import version

from clerk_backend_api import Clerk, models
from clerk_backend_api.types import BaseModel
from clerk_backend_api.utils import BackoffStrategy, RetryConfig
from pydantic import ValidationError

from calls import CALLS, LEFT_OUT

# A server error must show up at once; the SDK would retry it for an hour.
clerk = Clerk(
    bearer_auth=os.environ["CLERK_SECRET_KEY"],
    server_url=os.environ["CLERK_API_URL"] + "/v1",
    retry_config=RetryConfig("backoff", BackoffStrategy(1, 1, 1.0, 1), False),
)

# What every function takes beside the parameters of its request.
OPTIONS = ["retries", "server_url", "timeout_ms", "http_headers"]


class Unsupported(Exception):
    """The SDK has no way to say this."""


def function(name):
    group, method = name.split(".")
    return getattr(getattr(clerk, group), method)


def offers():
    """The functions of every class that a call is made on; each has an asynchronous twin."""
    groups = {name.split(".")[0] for name in CALLS.values()}
    methods = [(group, method) for group in groups for method in vars(type(getattr(clerk, group)))]
    return sorted(f"{group}.{m}" for group, m in methods if not m.startswith("_") and not m.endswith("_async"))


def request_model(parameter):
    """The model of a parameter that takes a whole request."""
    hints = typing.get_args(parameter.annotation) or (parameter.annotation,)
    for hint in hints:
        for candidate in (hint, *typing.get_args(hint)):
            if inspect.isclass(candidate) and issubclass(candidate, BaseModel):
                return candidate
    raise TypeError(f"no model in {parameter}")


def is_empty_model(field):
    """Whether a parameter or field is of a model that drops whatever it is given."""
    kinds = (field.annotation, *typing.get_args(field.annotation))
    return any(inspect.isclass(kind) and issubclass(kind, BaseModel) and not kind.model_fields for kind in kinds)


def parameters(name):
    """What a call's function takes and what it cannot go without, and whether as one request."""
    taken = inspect.signature(function(CALLS[name])).parameters
    if "request" in taken:
        fields = request_model(taken["request"]).model_fields
        return fields, [field for field, f in fields.items() if f.is_required()], True
    fields = {field: p for field, p in taken.items() if field not in OPTIONS}
    return fields, [field for field, p in fields.items() if p.default is p.empty], False


def wire_names(name):
    """A call's parameters under the wire's names, without constants, which are in capitals."""
    renamed = {"request_body": "invitations"}
    return [renamed.get(field, field.rstrip("_")) for field in parameters(name)[0] if not field.isupper()]


def adapted(name, args, fields):
    """Arguments as the SDK takes them: some names are taken in Python, images are files."""
    if name == "organizations.get" and "slug" in args:
        args = {"organization_id": args["slug"]}
    if name == "invitations.bulk":
        args = {"organization_id": args["organization_id"], "request_body": args["invitations"]}
    args = {arg + "_" if arg + "_" in fields else arg: value for arg, value in args.items()}
    if "file" in args:
        args["file"] = {"file_name": "image", "content": base64.b64decode(args["file"])}
    return args


def call(name, args):
    f = function(CALLS[name])
    fields, required, whole = parameters(name)
    args = adapted(name, args, fields)
    for arg in args:
        if arg not in fields:
            raise Unsupported(f"no parameter {arg}")
    for arg in required:
        if arg not in args:
            raise Unsupported(f"cannot leave out {arg}")
    for arg, value in args.items():
        if value and is_empty_model(fields[arg]):
            raise Unsupported(f"{arg} cannot have members")
    return f(request=args) if whole else f(**args)


def wire(value):
    """What the SDK decoded, under the wire's names; a list gets its envelope."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, list):
        return {"data": [wire(v) for v in value]}
    return value


def api_error(e):
    body = json.loads(e.body)
    errors = [error.model_dump(mode="json", by_alias=True) for error in e.data.errors] if hasattr(e, "data") else body["errors"]
    return {"type": type(e).__name__, "status": e.status_code, "trace_id": body.get("clerk_trace_id"), "errors": errors}


def answer(request):
    try:
        return {"result": wire(call(request["call"], request["args"]))}
    except Unsupported as e:
        return {"unsupported": str(e)}
    except models.ResponseValidationError as e:
        return {"crash": f"{type(e).__name__}: {e}"}
    except models.ClerkBaseError as e:
        return {"error": api_error(e)}
    except (ValidationError, TypeError, ValueError) as e:
        return {"crash": f"{type(e).__name__}: {e}"}


def main():
    hello = {
        "sdk": "clerk-backend-api",
        "version": version("clerk-backend-api"),
        "calls": CALLS,
        "classes": list(Clerk.__annotations__),
        "offers": offers(),
        "left_out": LEFT_OUT,
        "parameters": {name: wire_names(name) for name in CALLS},
        # The SDK raises SDKError for a status its document does not list.
        "errors": ["ClerkErrors", "SDKError"],
        "lacks": ["requires_password_reset"],
    }
    print(json.dumps(hello), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


main()
