"""Plans: traces against subnets, and what a server did against what is planned from its record."""

import concurrent.futures
import json
import os
import shutil
import subprocess
import time
import xml.etree.ElementTree
from pathlib import Path

import pytest

from conftest import Server
from functions import create, invoke
from test_lambda_vpc import CODE, World

CSV = """timestamp,function,duration,memory
2026-11-24T13:00:00Z,a,100,128
2026-11-24T13:00:00.010Z,a,100,128
2026-11-24T13:00:01Z,b,50,512
2026-11-24T13:00:02Z,a,100,128
"""


def warren(*words, status=0, environment=None):
    done = subprocess.run([os.environ["WARREN"], *words], capture_output=True, text=True,
                          env={**os.environ, **(environment or {})})
    assert done.returncode == status, done.stderr
    return done.stdout if status == 0 else done.stderr


@pytest.fixture
def trace(tmp_path):
    path = tmp_path / "trace.csv"
    path.write_text(CSV)
    return str(path)


def test_a_plan_tells_environments_enis_and_cold_starts(trace, tmp_path):
    page = tmp_path / "page.html"
    words = ["plan", "--trace", trace, "--subnets", "a=10.0.1.0/28,b=10.0.2.0/28"]
    report = json.loads(warren(*words, "--eni-model", "classic", "--output", "json"))
    assert report["counts"]["calls"] == report["counts"]["answered"] == 4
    assert (report["counts"]["cold"], report["counts"]["reused"]) == (3, 1)
    assert {peak["of"]: peak["value"] for peak in report["peaks"]}["ENIs"] == 3
    assert [subnet["peak"] for subnet in report["subnets"]] == [2, 1]
    again = json.loads(warren(*words, "--eni-model", "classic", "--output", "json"))
    assert again == report
    shared = json.loads(warren(*words, "--output", "json"))
    assert {peak["of"]: peak["value"] for peak in shared["peaks"]}["ENIs"] == 2
    both = warren(*words, "--eni-model", "both", "--compare", "--keep-alive", "1s,5m")
    assert "plan 4" in both and "cold-start ratio" in both
    told = warren(*words, "--page", str(page))
    assert "nothing ran out: all of 4 calls were served" in told
    html = page.read_text()
    assert html.count("<svg") == html.count("</svg>") >= 5 and "http" not in html
    xml.etree.ElementTree.fromstring(html.removeprefix("<!doctype html>"))


def test_a_subnet_that_is_too_small_is_named_with_its_causes_and_its_size(tmp_path):
    lines = [f"2026-11-24T13:00:00.{n:03}Z,f{n},5000,128" for n in range(40)]
    path = tmp_path / "burst.csv"
    path.write_text("timestamp,function,duration,memory\n" + "\n".join(lines))
    words = ["plan", "--trace", str(path), "--subnets", "a=10.0.1.0/28,b=10.0.2.0/28"]
    words += ["--eni-model", "classic"]
    report = json.loads(warren(*words, "--output", "json"))
    assert report["counts"]["no_address"] == 18
    assert [each["of"] for each in report["exhaustions"]] == ["subnet a", "subnet b"]
    assert "was started with its own eni" in json.dumps(report["exhaustions"][0]["because"])
    assert any("subnet a needs a /" in sentence for sentence in report["advice"])
    assert "subnet a ran out first at 0:00:00" in warren(*words)
    quota = json.loads(warren(*words, "--enis-per-vpc", "5", "--output", "json"))
    assert quota["counts"]["eni_limit"] == 35
    throttled = json.loads(warren(*words, "--concurrency", "5", "--output", "json"))
    assert throttled["counts"]["throttled"] == 35


def test_what_cannot_be_planned_is_refused_with_its_place(trace, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text(CSV + "2026-11-24T13:00:03Z,a,long,128\n")
    for words, wanted in [
        ([str(bad)], "line 6, column 3 (duration): `long` is not a duration in milliseconds"),
        ([str(tmp_path / "none.csv")], "none.csv cannot be read: No such file"),
        ([trace, "--subnets", "a=10.0.1.0/28,b=10.0.1.0/28"], "overlaps another subnet"),
        ([trace, "--subnets", "a=10.0.0.0/24,b=10.9.0.0/24"], "subnets of one VPC lie in one /16"),
        (["synthetic:rate=x"], "rate=x is not understood\nhint: rate=50/s"),
        (["synthetic:rat=1/s"], "`rat` is not known\nhint: functions, rate"),
        (["synthetic:rate=1e8/s,for=1d"], "about 8.6e12 calls are more than 1e10"),
        (["synthetic:rate=1/s;rate=2/s"], "two groups are named function"),
        ([trace, "--functions", "vpc=c"], "function c is not in the trace\nhint: it calls a, b"),
        ([trace, "--reserved", "c=1"], "function c is not in the trace"),
        ([trace, "--page", str(tmp_path / "no" / "page.html")], "page.html cannot be written"),
    ]:
        told = warren("plan", "--trace", *words, status=1)
        assert wanted in told and "panicked" not in told


def test_a_command_line_that_is_not_understood_is_refused_with_another_code(trace):
    for words, wanted in [
        (["--subnets", "a=10.0.1.0"], "subnet a=10.0.1.0 is not understood"),
        (["--subnets", "a=10.0.0.0/8"], "subnet a=10.0.0.0/8 is not of /16 to /28"),
        (["--keep-alive", "soon"], "keep-alive soon is not understood"),
        (["--eni-model", "new"], "ENI model new is not known"),
        (["--frobnicate"], "option --frobnicate is not known\nhint: warren plan --help"),
        (["--subnet", "a=10.0.1.0/28"], "hint: did you mean --subnets? (warren plan --help)"),
        (["--spread"], "option --spread needs a value\nhint: warren plan --help"),
        (["--cold-start", "lognormal:1:2"], "lognormal:3.24s:7.1s"),
        (["--cold-start", "-1s"], "--cold-start -1s is not understood"),
        (["--timeout", "0"], "--timeout 0 is not a whole number from 1 to 900"),
        (["--sets", "0"], "--sets 0 is not a whole number from 1"),
        (["--functions", "vpc=400%"], "--functions vpc=400% is not understood"),
        (["--keep-alive", "1m,5m"], "hint: add --compare"),
    ]:
        told = warren("plan", "--trace", trace, *words, status=2)
        assert wanted in told and told.startswith("error: ") and told.count("\n") <= 2, told
    assert "hint: did you mean plan?" in warren("plam", status=2)
    assert "hint: warren --help" in warren(status=2)


def test_tables_of_the_azure_trace_are_read_whole_or_not_at_all(tmp_path):
    source = Path(__file__).parents[2] / "sim" / "tests" / "data" / "azure"
    subnets = ["--subnets", "a=10.0.1.0/28"]

    def told(name, change):
        for file in source.glob("*.csv"):
            text = file.read_text()
            (tmp_path / file.name).write_text(change(text) if file.name == name else text)
        return warren("plan", "--trace", str(tmp_path), *subnets, status=1)

    last = lambda cell: lambda text: text.splitlines()[0] + "\n" + (
        text.splitlines()[1].rsplit(",", 1)[0] + f",{cell}\n")
    twice = lambda text: text + text.splitlines()[1] + "\n"
    for name in ("invocations.csv", "durations.csv", "memory.csv"):
        assert "stands in line 2 already" in told(name, twice)
    assert "`-4` is not a count" in told("invocations.csv", last("-4"))
    assert "4000000000 calls in a minute" in told("invocations.csv", last("4000000000"))
    assert "line 5: 34 columns, the header has 64" in told("invocations.csv", lambda t: t[:1500])
    assert "no call in the file" in told("invocations.csv", lambda t: t.splitlines()[0])
    assert "no column HashFunction" in told("invocations.csv", lambda t: "")


def test_each_command_has_its_own_help():
    for words, begins in [
        (["--help"], "warren: "), (["help", "plan"], "warren plan: "),
        (["plan", "--help"], "warren plan: "), (["plan", "--trace", "-h"], "warren plan: "),
        (["bench", "plan", "--help"], "warren bench: "), (["record", "-h"], "warren record: "),
    ]:
        assert warren(*words).startswith(begins)


def test_completions_and_man_pages_know_every_command(tmp_path):
    commands = ["serve", "ps", "explain", "attach", "expose", "resources", "plan", "record", "bench",
                "supports", "runtime", "completions", "man", "reach", "check"]
    for shell in ("bash", "zsh", "fish"):
        script = warren("completions", shell)
        assert all(word in script for word in [*commands, "terraform-show", "hyperplane"])
    assert "warren\\-serve(1)" in warren("man") and "Exit codes" in warren("man")
    assert "terraform\\-show" in warren("man", "plan")
    warren("man", "--to", str(tmp_path / "man1"))
    pages = {path.name for path in (tmp_path / "man1").iterdir()}
    assert pages == {"warren.1", *(f"warren-{command}.1" for command in commands)}


# What completes `warren se`, by the script whose path is the first argument; zsh, which completes
# in its line editor alone, tells what it would call and that the script's function loads.
COMPLETES = {
    "bash": (["--norc", "-c", 'source "$0"; COMP_WORDS=(warren se); COMP_CWORD=1; '
              '_warren warren se warren; echo "${COMPREPLY[@]}"'], "serve"),
    "zsh": (["-f", "-c", 'fpath=(${0:h} $fpath); autoload -U compinit; compinit -u -D; '
             'autoload +X _warren; echo $_comps[warren]; whence -w _warren'],
            "_warren\n_warren: function"),
    "fish": (["--no-config", "-c", 'source $argv[1]; complete -C "warren se"'],
             "serve\tserves the AWS API, and runs functions"),
}


@pytest.mark.parametrize("shell", COMPLETES)
def test_completions_load_in_the_shell(shell, tmp_path):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "_warren"
    script.write_text(warren("completions", shell))
    words, completed = COMPLETES[shell]
    done = subprocess.run([shell, *words, script], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == (completed, "")


def test_colours_are_for_terminals_that_want_them():
    def shown(**environment):
        ours, theirs = os.openpty()
        subprocess.run([os.environ["WARREN"], "plam"], stderr=theirs,
                       env={**os.environ, **environment})
        os.close(theirs)
        return os.read(ours, 65536).decode()

    assert "\x1b[" in shown() and "\x1b[" not in shown(NO_COLOR="1")
    assert "\x1b" not in warren("plam", status=2) + warren("--help")


def test_progress_is_shown_on_a_terminal_only_and_a_reader_may_leave(tmp_path):
    words = ["plan", "--trace", "synthetic:rate=20/s,for=5m", "--subnets", "a=10.0.1.0/26"]
    done = subprocess.run([os.environ["WARREN"], *words, "--output", "json"], capture_output=True)
    assert done.stderr == b"" and json.loads(done.stdout)["counts"]["calls"] > 5_000
    shell = f"'{os.environ['WARREN']}' {' '.join(words)} --eni-model both | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", shell], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.startswith("1  hyperplane")
    ours, theirs = os.openpty()
    done = subprocess.run([os.environ["WARREN"], *words], stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    assert done.returncode == 0 and " million/s" in shown and shown.endswith("\r\x1b[K")


def test_advice_counts_what_would_be_wanted_had_nothing_run_out(tmp_path):
    lines = [f"2026-11-24T13:00:00.{n:03}Z,f{n},5000,128" for n in range(40)]
    path = tmp_path / "burst.csv"
    path.write_text("timestamp,function,duration,memory\n" + "\n".join(lines))
    words = ["plan", "--trace", str(path), "--eni-model", "classic", "--output", "json"]

    def advice(*more):
        return json.loads(warren(*words, *more))["advice"]

    quota = advice("--subnets", "a=10.0.1.0/26", "--enis-per-vpc", "5")
    assert any("35 calls refused: ask for at least 44 (40 ENIs were wanted at once)" in each
               for each in quota)
    limit = advice("--subnets", "a=10.0.1.0/26", "--concurrency", "5")
    assert any("ask for at least 44 (40 would run at once)" in each for each in limit)
    # Each function begins with its first subnet: the second is full only because the first is.
    subnets = advice("--subnets", "a=10.0.1.0/28,b=10.0.2.0/28", "--enis-per-vpc", "30")
    assert subnets[0].startswith("subnet a needs a /26, with a tenth to spare: at most 40 addresses")
    assert "is large enough once the others are: at most 0 addresses" in subnets[1]
    assert subnets[2].startswith("with room in the subnets the quota of 30 ENIs per VPC is reached")


def resource(address, **values):
    kind, name = address.split(".")
    return {"address": address, "mode": "managed", "type": kind, "name": name, "values": values}


def test_terraforms_functions_are_planned_for(trace, tmp_path):
    everything = [{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}]
    subnets = ["subnet-1", "subnet-2"]
    resources = [
        resource("aws_subnet.one", id="subnet-1", vpc_id="vpc-1", cidr_block="10.0.1.0/28"),
        resource("aws_subnet.two", id="subnet-2", vpc_id="vpc-1", cidr_block="10.0.2.0/28"),
    ]
    for name, group in [("a", "sg-1"), ("b", "sg-2")]:
        config = [{"subnet_ids": subnets, "security_group_ids": [group]}]
        function = {"function_name": name, "memory_size": 1024, "vpc_config": config}
        resources += [
            resource(
                f"aws_security_group.{name}",
                id=group,
                name=name,
                vpc_id="vpc-1",
                egress=everything,
            ),
            resource(f"aws_lambda_function.{name}", **function),
        ]
    path = tmp_path / "state.json"
    path.write_text(json.dumps({"values": {"root_module": {"resources": resources}}}))
    words = ["plan", "--trace", trace, "--terraform-show", str(path), "--output", "json"]
    report = json.loads(warren(*words))
    # Two functions, each with a security group of its own, in two subnets.
    assert {peak["of"]: peak["value"] for peak in report["peaks"]}["ENIs"] == 4
    assert [subnet["name"] for subnet in report["subnets"]] == ["aws_subnet.one", "aws_subnet.two"]
    equal = "these 2 security-group sets are equal in effect (a, b): one set saves 2 ENIs"
    assert equal in report["advice"]
    # What nobody calls has its ENIs as well.
    lone = tmp_path / "lone.csv"
    lone.write_text(CSV.splitlines()[0] + "\n2026-11-24T13:00:01Z,b,50,512\n")
    report = json.loads(warren("plan", "--trace", str(lone), *words[3:]))
    assert {peak["of"]: peak["value"] for peak in report["peaks"]}["ENIs"] == 4
    path.write_text("{}")
    assert "neither planned_values nor values are in it" in warren(*words, status=1)


def rows(lines, place):
    """Decisions with environments and ENIs numbered as they first appear."""
    numbers = {}

    def number(kind, name):
        return name and numbers.setdefault((kind, name), len(numbers))

    return [
        (
            row["function"],
            row["decided"],
            number("environment", row["environment"]),
            number("eni", row["eni"]),
            place(row["subnet"]),
        )
        for row in lines
    ]


@pytest.mark.parametrize("model", ["classic", "hyperplane"])
def test_the_planner_decides_as_the_server_did(tmp_path, model):
    """Bursts, idle times and exhaustion, live; then the same from the server's own record."""
    server = Server(str(tmp_path / "state"), "--eni-model", model, "--idle-timeout", "2")
    try:
        world = World(server)
        for name in "fg":
            create(world.client, name, CODE, VpcConfig=world.network())
        assert world.client.publish_version(FunctionName="g")["Version"] == "1"
        burst(world, ["f"])
        burst(world, ["f"])
        burst(world, "fgfgfgfgf")
        time.sleep(0.3)
        burst(world, ["f"] * 4 + ["g"] * 3)
        time.sleep(3)
        burst(world, ["g"])
        # A version has environments of its own; where they go is its function's turn.
        burst(world, ["g", "g:1", "g:1"])
        burst(world, ["g:1", "f"])
        # Two subnets of eleven addresses each.
        burst(world, ["f"] * 26, sleep=1.5)
        time.sleep(3)
        burst(world, "gf")
        record = str(tmp_path / "record.csv")
        warren("record", "--endpoint", server.url, "--for", "0s", "--to", record)
        live = warren("record", "--endpoint", server.url, "--for", "0s", "--output", "json")
    finally:
        server.stop()
    live = [json.loads(line) for line in live.splitlines()]
    for row in live:
        started = "started" if row["start"] is not None else "reused"
        row["decided"] = started if row["environment"] else row["outcome"]
        if row["version"]:
            row["function"] += f":{row['version']}"
    decisions = str(tmp_path / "decisions.json")
    layout = "a=10.7.0.0/28,b=10.7.1.0/28"
    warren(
        "plan", "--trace", record, "--subnets", layout, "--eni-model", model,
        "--keep-alive", "2s", "--decisions", decisions,
    )
    with open(decisions) as file:
        planned = [json.loads(line) for line in file]
    planned = [row for row in planned if row["decided"] != "stopped"]
    names = dict(zip(world.subnets, "ab"))
    assert rows(planned, lambda name: name) == rows(live, names.get)
    kinds = {row["decided"] for row in live}
    full = {"SubnetIPAddressLimitReachedException"} if model == "classic" else set()
    assert kinds == {"started", "reused"} | full
    assert len(live) == 1 + 1 + 9 + 7 + 1 + 3 + 2 + 26 + 2
    assert sum(row["function"] == "g:1" for row in live) == 3


def burst(world, names, sleep=0.2):
    def one(name):
        try:
            invoke(world.client, {"sleep": sleep}, name)
        except world.client.exceptions.ClientError as error:
            assert "SubnetIPAddressLimitReached" in str(error)

    with concurrent.futures.ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(one, names))


def test_locals_of_terraform_are_given_by_hand(trace, tmp_path):
    def module(address, *resources):
        return {"address": address, "resources": list(resources)}

    subnets = [
        {**resource("aws_subnet.private", cidr_block=f"10.0.{n}.0/28"),
         "address": f'module.net.aws_subnet.private["{name}"]'}
        for n, name in enumerate("ab")
    ]
    function = resource("aws_lambda_function.a", function_name="a", vpc_config=[{}])
    group = resource("aws_security_group.a", name="a")
    config = {"subnet_ids": {"references": ["local.subnets"]},
              "security_group_ids": {"references": ["aws_security_group.a.id"]}}
    vpc = {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}
    plan = {
        "planned_values": {"root_module": {
            "resources": [function, group],
            "child_modules": [module("module.net", *subnets)],
        }},
        "configuration": {"root_module": {
            "resources": [
                {"address": "aws_lambda_function.a", "expressions": {"vpc_config": [config]}},
                # Of a VPC by way of a local, when there is but one.
                {"address": "aws_security_group.a",
                 "expressions": {"vpc_id": {"references": ["local.vpc"]}}},
            ],
            "module_calls": {"net": {"module": {
                "resources": [{"address": "aws_subnet.private", "expressions": vpc}]}}},
        }},
    }
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan))
    words = ["plan", "--trace", trace, "--terraform-show", str(path), "--functions", "vpc=none"]
    told = warren(*words, status=1)
    assert "what local.subnets means is not told in a plan\nhint: --local subnets=ADDRESS" in told
    report = json.loads(
        warren(*words, "--local", "subnets=module.net.aws_subnet.private", "--output", "json"))
    assert report["vpc_functions"] == 1
    assert [subnet["peak"] for subnet in report["subnets"]] == [1, 1]
    assert report["advice"][0].startswith("function b is described nowhere but in the trace")
    told = warren(*words, "--local", "subnets=aws_subnet.none", status=1)
    assert "--local subnets: there is no resource aws_subnet.none" in told
