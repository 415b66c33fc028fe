#!/usr/bin/env python3
"""Sends a school's calendar, roll, register and a correction, as a management information system does.

Usage: client.py BASE_URL URN < key        (the school's key on standard input, so that no list of processes shows it)
"""
import json
import sys
import time
import urllib.error
import urllib.request


class Refused(Exception):
    """The service refused a request. Its text says what to do; sending the same again will not help."""


class Cme:
    def __init__(self, base_url, urn, key):
        self._school = f"{base_url.rstrip('/')}/api/v1/schools/{urn}"
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def calendar(self, school_year, body):
        return self._send("PUT", f"calendar/{school_year}", body)

    def roll(self, pupils):
        return self._send("PUT", "roll", {"pupils": pupils})

    def register(self, date, session, as_of, marks, complete=True):
        return self._send("PUT", f"registers/{date}/{session}", {"asOf": as_of, "complete": complete, "marks": marks})

    def correct(self, date, session, as_of, marks):
        return self._send("PATCH", f"registers/{date}/{session}", {"asOf": as_of, "complete": False, "marks": marks})

    def _send(self, method, path, body, attempts=5):
        request = urllib.request.Request(f"{self._school}/{path}", json.dumps(body).encode(), self._headers, method=method)
        for attempt in range(1, attempts + 1):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    taken = json.load(answer)
                    for item in taken.get("items", []):
                        print(f"{path}: item {item['index']} {item['status']}: {item['detail']}")
                    return taken
            except urllib.error.HTTPError as refused:
                if refused.code not in (429, 500, 502, 503, 504) or attempt == attempts:
                    problem = json.load(refused)
                    raise Refused(f"{path}: {refused.code} {problem['code']}: {problem['detail']}") from refused
                time.sleep(int(refused.headers.get("Retry-After", attempt)))
            except urllib.error.URLError:
                # Nobody knows whether it arrived. A PUT or PATCH sent twice is one.
                if attempt == attempts:
                    raise
                time.sleep(attempt)


def main(base_url, urn):
    cme = Cme(base_url, urn, sys.stdin.readline().strip())
    cme.calendar("2026-27", {
        "terms": [{"start": "2026-09-02", "end": "2026-10-23"}], "inset": ["2026-09-02", "2026-09-03"], "closures": [],
        "sessions": {"am": {"start": "08:50", "registrationCloses": "09:20"}, "pm": {"start": "13:00", "registrationCloses": "13:15"}},
        "dayEnds": "15:30", "yearGroupExceptions": [],
    })
    pupil = {"dateOfBirth": "2017-03-04", "sex": "U", "yearGroup": "4", "entryDate": "2026-09-01", "contacts": [], "flags": [],
             "address": {"lines": ["1 Example Street"], "postcode": "ZZ99 9ZZ"}}
    cme.roll([{**pupil, "schoolPupilId": "p1", "forename": "Amina", "surname": "Example"},
              {**pupil, "schoolPupilId": "p2", "forename": "Ben", "surname": "Sample"}])
    taken = cme.register("2026-09-07", "AM", "2026-09-07T08:55:00+01:00", [
        {"schoolPupilId": "p1", "code": "N"}, {"schoolPupilId": "p2", "code": "/"}, {"schoolPupilId": "nobody", "code": "/"}])
    print(f"register: {taken['accepted']} accepted, {taken['rejected']} rejected, revision {taken['revision']}")
    taken = cme.correct("2026-09-07", "AM", "2026-09-07T08:58:00+01:00", [
        {"schoolPupilId": "p1", "code": "I", "reason": {"text": "has a temperature", "reportedBy": "known-contact"}}])
    print(f"correction: {taken['accepted']} accepted, revision {taken['revision']}")
    try:
        cme.register("2026-09-05", "AM", "2026-09-05T09:00:00+01:00", [{"schoolPupilId": "p1", "code": "/"}])
    except Refused as refused:
        print(refused)


if __name__ == "__main__":
    main(*sys.argv[1:])
