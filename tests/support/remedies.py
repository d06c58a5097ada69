#!/usr/bin/env python3
"""tests/support/remedies.py: the remedies of reports, for tests/peers/remedies.sh.

lines REPORT CODE PLACE   the lines to run of that remedy; exits 1 without any
printed REPORT            "CODE PARTY PLACE proved" of each remedy, a line each
account TABLE ROWS PRINTED APPLIED
                          what the table leaves open: a row of remedies.tsv (or
                          a remedy that was printed) that no line of the table
                          is for, a line that says "here" and was not applied,
                          one that is for nothing, and what was applied though
                          the table does not say so
"""
import fnmatch
import json
import sys


def remedies(path):
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    for finding in report["findings"]:
        for remedy in finding["remedies"]:
            yield finding["code"], remedy


def lines(path, code, place):
    for of, remedy in remedies(path):
        if of == code and remedy["place"] == place and remedy["command"]:
            print(remedy["command"])
            return 0
    return 1


def printed(path):
    for code, remedy in remedies(path):
        print(code, remedy["party"], remedy["place"],
              "proved" if remedy["proved"] else "untried")
    return 0


def read(path):
    with open(path, encoding="utf-8") as file:
        return [line.split(None, 3) for line in file
                if line.strip() and not line.startswith("#")]


def rows(path):
    with open(path, encoding="utf-8") as file:
        for line in file.read().splitlines()[1:]:
            key, party, place = line.split("\t")[:3]
            yield [key.split("/")[0], party, place]


def account(table, tsv, printed_list, applied_list):
    entries = read(table)
    applied = {tuple(line[:3]) for line in read(applied_list)}
    known = list(rows(tsv))
    open_ends = []

    def entry_of(remedy):
        return next((e for e in entries if all(
            fnmatch.fnmatchcase(a, b) for a, b in zip(remedy, e[:3]))), None)

    told = known + [line[:3] for line in read(printed_list)]
    for remedy in told:
        if entry_of(remedy) is None:
            open_ends.append("no line for " + " ".join(remedy))
    for remedy in known:
        entry = entry_of(remedy)
        if entry and (entry[3].strip() == "here") != (tuple(remedy) in applied):
            open_ends.append("is not as the table has it: " + " ".join(remedy))
    used = [entry_of(remedy) for remedy in told]
    for entry in entries:
        if entry not in used:
            open_ends.append("is for nothing: " + " ".join(entry))
    print("\n".join(sorted(set(open_ends))), end="\n" if open_ends else "")
    return 1 if open_ends else 0


sys.exit({"lines": lines, "printed": printed,
          "account": account}[sys.argv[1]](*sys.argv[2:]))
