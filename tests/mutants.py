"""Mutation testing of the rule of visibility: each rule taken away or turned round must turn a test red.

`make mutants` changes one place of `intranet/access` at a time and runs the tests of the rule until one fails. The
kept tools start Python anew for every change, or copy the whole tree: too slow for a Django site. Here everything is
imported once; for each change the process forks, the function's code is replaced in the child, and the tests run there.

What is changed: `and`/`or`, comparisons, `not`, True/False, returned values (to None, and a returned condition to its
opposite), `any`/`all`, set operations, and conditions of `if` (to true and to false). A change that no test notices is
printed; the exit status is 1 when there is one that `EQUIVALENT` does not explain.
"""

import ast
import copy
import importlib
import io
import os
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ("clauses", "tokens", "rules", "queries", "policies", "restrictions", "actions", "glass", "holders")
TESTS = (
    "tests/intranet/access/test_rule.py",
    "tests/intranet/access/test_glass.py",
    "tests/intranet/access/test_queries.py",
)

# Changes that change nothing, each with its reason: `module:line text`.
EQUIVALENT: dict[str, str] = {}

_OPPOSITE = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.LtE: ast.Gt, ast.Gt: ast.LtE,
}  # fmt: skip
_OPERATORS = {ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd}


def changes(node):
    """The nodes that may stand in place of `node`, each one change."""
    match node:
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.Compare(ops=[op]):
            yield ast.Compare(node.left, [_OPPOSITE[type(op)]()], node.comparators)
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Call(func=ast.Name(id="any" | "all" as name)):
            yield ast.Call(ast.Name("all" if name == "any" else "any", ast.Load()), node.args, node.keywords)
        case ast.Call(func=ast.Attribute(attr="filter" | "exclude" as name)):
            yield ast.Call(
                ast.Attribute(node.func.value, {"filter": "exclude"}.get(name, "filter"), ast.Load()),
                node.args,
                node.keywords,
            )
            yield node.func.value  # no condition at all
        case ast.BinOp() if type(node.op) in _OPERATORS:
            yield ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
        case ast.If():
            for value in (True, False):
                yield ast.If(ast.Constant(value), node.body, node.orelse)


def places(tree):
    """(function, path to a node in it) of everything that can be changed."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for number, node in enumerate(ast.walk(function)):
                for which, _ in enumerate(changes(node)):
                    yield function, number, which


def changed(function, number, which):
    """A copy of the function with one change; and where it is."""
    made = copy.deepcopy(function)
    node = list(ast.walk(made))[number]
    new = list(changes(node))[which]
    ast.copy_location(new, node)
    for parent in ast.walk(made):
        for field, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, field, new)
            elif isinstance(value, list):
                value[:] = [new if item is node else item for item in value]
    made.decorator_list = []
    return ast.fix_missing_locations(made), node


def code_of(module, name, made):
    """The code of the changed function as the module would compile it."""
    whole = ast.Module([made], [])
    compiled = compile(whole, module.__file__, "exec")
    return next(const for const in compiled.co_consts if hasattr(const, "co_name") and const.co_name == name)


def functions_of(module):
    """{(name, first line): function}: the functions and methods of the module, decorated or not."""
    found = {}
    for value in vars(module).values():
        members = (
            vars(value).values()
            if isinstance(value, type) and value.__module__ == module.__name__
            else [value]
        )
        for member in members:
            function = getattr(member, "fget", None) or getattr(member, "__func__", None) or member
            function = getattr(function, "__wrapped__", function)
            code = getattr(function, "__code__", None)
            if code is not None and code.co_filename == module.__file__:
                found[code.co_name, code.co_firstlineno] = function
    return found


def run_tests():
    """Whether the tests all pass in this process, quietly."""
    import pytest

    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return (
            pytest.main(["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly", *TESTS]) == 0
        )


def noticed(function, code):
    """Whether a test turns red when `function` has `code`; the change is made in a child and dies with it."""
    child = os.fork()
    if child == 0:
        status = 2
        try:
            function.__code__ = code
            status = 1 if run_tests() else 0
        except BaseException:  # noqa: BLE001 - a change that cannot even run is noticed
            status = 0
        finally:
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ended) != 1


def mutants():
    """(where it is, function, code) of each change."""
    for name in MODULES:
        module = importlib.import_module(f"intranet.access.{name}")
        source = Path(module.__file__).read_text()
        live = functions_of(module)
        for function, number, which in places(ast.parse(source)):
            target = live.get((function.name, function.lineno))
            if target is None or target.__code__.co_freevars:
                continue
            made, node = changed(function, number, which)
            code = code_of(module, function.name, made)
            line = source.splitlines()[node.lineno - 1].strip()
            yield f"{name}:{node.lineno} {line} [{type(node).__name__} {which}]", target, code


def main():
    """Try them all, or those that an argument names (`queries:`), and say which no test noticed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.test")
    os.chdir(ROOT)
    import django

    django.setup()
    if not run_tests():
        sys.exit("the tests are red before anything is changed")
    begun, tried, survived = time.monotonic(), 0, []
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    for where, function, code in mutants():
        if not where.startswith(wanted):
            continue
        tried += 1
        if not noticed(function, code):
            survived.append(where)
            print(f"not noticed: {where}", flush=True)
    unexplained = [where for where in survived if where not in EQUIVALENT]
    print(
        f"{tried} changes, {tried - len(survived)} noticed, {len(unexplained)} not, in {time.monotonic() - begun:.0f} s"
    )
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
