#!/usr/bin/env python3
"""tests/support/expect.py REPORT KEY=VALUE...: is it so in a JSON report?

verdict=V            the report's verdict
primary=CODE         the code of the primary finding; "none": there is none
party=P              the primary's party
subject=TEXT         is in the subject of the primary's certificate
key_id=HEX           the key id of the primary's certificate
finding=CODE         some finding has this code
no_finding=CODE      none has it
severity=CODE:S      the finding of this code has this severity
rejected=RULE        a row of the ledger names this rule
proved=yes           a remedy of the primary was proved
message=TEXT         is in what the primary says
remedy=TEXT          is in a remedy of the primary, its words or its lines
hellos=MAX:COUNT     at most MAX connections were made, with the first; COUNT of
                     them came to the peer ("-": that was not counted)
missing=TEXT         the first path has a missing link with TEXT in its subject

Prints what is not so, a line each; exits 1 then.
"""
import json
import sys


def find(report, code):
    return [f for f in report["findings"] if f["code"] == code]


def connections(report):
    """With the first; a report without probes has that one alone."""
    for finding in report["findings"]:
        for fact in finding["evidence"]:
            if fact["name"] == "ClientHellos put":
                return 1 + int(fact["value"].split(",")[0])
    return 1


def check(report, key, value):
    primary = next((f for f in report["findings"] if f["primary"]), None)
    about = (primary or {}).get("certificate") or {}
    if key == "verdict":
        return report["verdict"] == value
    if key == "primary":
        return (primary["code"] if primary else "none") == value
    if key == "party":
        return primary is not None and primary["party"] == value
    if key == "subject":
        return value in (about.get("subject") or "")
    if key == "key_id":
        return about.get("key_id") == value
    if key == "finding":
        return bool(find(report, value))
    if key == "no_finding":
        return not find(report, value)
    if key == "severity":
        code, severity = value.split(":")
        return any(f["severity"] == severity for f in find(report, code))
    if key == "rejected":
        return any(r["rule"] == value for r in report["rejected"])
    if key == "proved":
        return any(r["proved"] for r in (primary or {}).get("remedies", []))
    if key == "message":
        return value in (primary or {}).get("message", "")
    if key == "remedy":
        return any(value in (r["text"] or "") + (r["command"] or "")
                   for r in (primary or {}).get("remedies", []))
    if key == "hellos":
        most, came = value.split(":")
        made = connections(report)
        return made <= int(most) and (came == "-" or made == int(came))
    if key == "missing":
        links = report["paths"][0]["certificates"] if report["paths"] else []
        return any(c["role"] == "missing" and value in (c["subject"] or "")
                   for c in links)
    raise SystemExit(f"unknown key {key}")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        report = json.load(file)
    wrong = [a for a in sys.argv[2:] if not check(report, *a.split("=", 1))]
    for argument in wrong:
        print("not so:", argument)
    if wrong:
        print("verdict", report["verdict"], "findings",
              [(f["code"], f["severity"], f["party"], f["primary"])
               for f in report["findings"]])
    sys.exit(1 if wrong else 0)


main()
