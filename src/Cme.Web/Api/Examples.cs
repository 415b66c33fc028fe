namespace Cme.Web.Api;

/// <summary>Examples of the OpenAPI document: synthetic people, and requests that work against the demo as they stand.</summary>
internal static class Examples
{
    public static IReadOnlyList<(string Name, string Text, string Example)> Parameters { get; } =
    [
        ("code", "Your authority's code.", "999"),
        ("urn", "The school's URN, or local:code for a provider without one.", "900001"),
        ("schoolYear", "Two consecutive years.", "2026-27"),
        ("date", "The day, Europe/London.", "2026-09-07"),
        ("session", "AM or PM.", "AM"),
        ("reference", "The episode's reference.", "episode-7k3q92mxh4-t"),
        ("childId", "The child's id, as the roll's answer and episodes have it.", "7k3q92mxh4b2"),
        ("after", "The next of the call before; 0 starts.", "0"),
        ("epoch", "The epoch that after belongs to; not compared unless said.", "6f0d1f7e2b7c4d3f8f5f0f6b7a1c2d3e"),
        ("wait", "Seconds to wait for something to happen, 0 to 20; 0 unless said.", "20"),
        ("id", "The leave's id.", "leave-7k3q92mxh4b2"),
        ("referral", "The referral's reference.", "referral-7k3q92mxh4-t"),
        ("concern", "The concern's reference.", "concern-7k3q92mxh4-t"),
        ("asked", "The question's id, from the list of questions.", "seen-7b0c2f4d9e81a6355a10"),
        ("search", "From the Location of the answer to the search.", "7k3q92mxh4b27k3q92mxh4b2tt"),
        ("limit", "How many to a page, 1 to 500; 50 unless said.", "50"),
        ("cursor", "From the Link header of the page before.", "MTA0"),
        ("revision", "Any revision; the latest unless said.", "1"),
        ("at", "Any instant, with its offset; now unless said.", "2026-09-07T11:40:00+01:00"),
        ("state", "all, or some of pending, due, overdue, satisfied, suppressed, superseded.", "due,overdue"),
        ("board", "desk, lead or school:URN: exactly what that board shows.", "desk"),
    ];

    public static IReadOnlyDictionary<string, string> Bodies { get; } = new Dictionary<string, string>
    {
        ["PutAuthorityCalendar"] =
            """{"officeHours": {"start": "08:30", "end": "17:00"}, "closures": ["2026-12-29"], "outOfHours": {"phone": "01632 960999"}}""",
        ["PutBankHolidays"] =
            """
            {"england-and-wales": {"division": "england-and-wales", "events": [
              {"title": "Christmas Day", "date": "2026-12-25", "notes": "", "bunting": true},
              {"title": "Boxing Day", "date": "2026-12-28", "notes": "Substitute day", "bunting": true}]}}
            """,
        ["PutSchool"] = """{"name": "Willowbrook Academy", "kind": "school"}""",
        ["PutSchoolCalendar"] =
            """
            {"terms": [{"start": "2026-09-03", "end": "2026-10-23"}, {"start": "2026-11-02", "end": "2026-12-18"}],
             "inset": ["2026-09-03"], "closures": [],
             "sessions": {"am": {"start": "08:50", "registrationCloses": "09:20"}, "pm": {"start": "13:00", "registrationCloses": "13:20"}},
             "dayEnds": "15:20", "yearGroupExceptions": []}
            """,
        ["PutSchoolContacts"] =
            """
            {"contacts": [{"role": "attendance-officer", "name": "Maureen Okafor", "phone": "01632 960101", "email": "attendance@willowbrook.example"},
              {"role": "dsl", "name": "Priya Natarajan", "phone": "01632 960102"}]}
            """,
        ["PutRoll"] =
            """
            {"pupils": [{"schoolPupilId": "P1001", "upn": "K920000126001", "forename": "Amina", "surname": "Testcase", "dateOfBirth": "2014-03-02",
              "sex": "F", "yearGroup": "7", "entryDate": "2025-09-03", "address": {"lines": ["1 Example Road"], "postcode": "NN1 1AA"},
              "contacts": [{"id": "C1", "name": "Parent Testcase", "relationship": "mother", "parentalResponsibility": true,
                "phones": ["01632 960001"], "priority": 1}], "flags": []}]}
            """,
        ["ChangeRoll"] =
            """
            {"pupils": [{"schoolPupilId": "P1001", "forename": "Amina", "surname": "Testcase", "dateOfBirth": "2014-03-02",
              "sex": "F", "yearGroup": "7", "entryDate": "2025-09-03"}]}
            """,
        ["AnswerPlaceQuestion"] =
            """{"answer": "seen", "seenAt": "2026-09-07T09:50:00+01:00", "answeredBy": {"name": "Jo Sample", "role": "attendance-officer"}}""",
        ["TakeLessonRegister"] = """{"lesson": "1", "group": "7A-maths", "takenAt": "2026-09-07T09:06:00+01:00"}""",
        ["PutRegister"] =
            """
            {"asOf": "2026-09-07T08:55:00+01:00", "complete": false, "marks": [{"schoolPupilId": "P1001", "code": "N"}]}
            """,
        ["CorrectRegister"] =
            """
            {"asOf": "2026-09-07T10:05:00+01:00",
             "marks": [{"schoolPupilId": "P1001", "code": "I", "reason": {"text": "Temperature", "reportedBy": "known-contact"}}]}
            """,
        ["GrantLeave"] =
            """
            {"pupil": "P1001", "from": "2026-09-14", "expectedReturn": "2026-09-21", "reason": "Funeral abroad", "authorisedBy": "Ruth Hale, head"}
            """,
        ["ChangeLeave"] = """{"expectedReturn": "2026-09-22"}""",
        ["AskForRemoval"] =
            """
            {"pupil": "P1001", "ground": "a", "evidence": [{"kind": "new-school", "ref": "Hill View School, from 6 October 2026"}]}
            """,
        ["RecordTransfer"] =
            """
            {"pupil": "P1001", "route": "lost-pupils", "reference": "8121234_CTF_XXXXXXX_001.xml", "at": "2026-10-06T10:00:00+01:00",
             "performedBy": {"name": "Ruth Hale", "role": "head", "org": "900001"}}
            """,
        ["RecordAdmissionDocument"] =
            """
            {"pupil": "P1001", "proof": "child-identity", "document": "Birth certificate", "seenOn": "2026-09-03", "seenBy": "Maureen Okafor"}
            """,
        ["RecordAction"] =
            """
            {"action": "call", "outcome": "no-answer", "at": "2026-09-07T09:40:00+01:00",
             "performedBy": {"name": "Maureen Okafor", "role": "attendance-officer", "org": "900001"}, "contactId": "C1"}
            """,
        ["PostReferral"] =
            """
            {"kind": "cme", "child": {"forename": "Amina", "surname": "Testcase", "dateOfBirth": "2014-03-02", "postcode": "NN1 1AA"},
             "concerns": "Not seen since the family left the address.", "enquiriesDone": ["Called both numbers on record"],
             "referrer": {"name": "Maureen Okafor", "role": "attendance-officer", "org": "900001", "phone": "01632 960002"}}
            """,
        ["ReportConcern"] =
            """
            {"authority": "999", "worry": "missing-education", "immediateDanger": "no",
             "child": {"name": "A boy called Kai, perhaps", "age": "about 9", "address": "Example Road, near the shop", "postcode": "NN1 1AA",
               "description": "Red coat, always with a younger girl"},
             "seen": "At home every school day since September", "seenWhen": "Most mornings", "otherChildren": "A girl of about 5",
             "language": "Polish", "reporter": {"relationship": "Neighbour", "phone": "01632 960123", "mayContact": true}}
            """,
        ["RecordConcernAction"] =
            """{"action": "check", "whom": "admissions", "note": "No application and no school place for this address.", "at": "2026-09-07T10:05:00+01:00"}""",
        ["OpenRecord"] = """{"kind": "cme", "since": "2026-09-07", "reason": "whereabouts-unknown", "note": "Removed from roll on ground i."}""",
        ["AcceptReferral"] = """{"kind": "cme", "reason": "application-awaiting-outcome"}""",
        ["PostSearch"] = """{"name": "testc", "dateOfBirth": "2014-03-02"}""",
        ["PutChildFlags"] =
            """{"flags": [{"id": "cp_plan", "source": "Children's services, strategy meeting", "reviewOn": "2026-12-01", "note": "Category: neglect"}]}""",
        ["ClaimEpisode"] = """{"officer": "Priya Patel"}""",
        ["ReleaseEpisode"] = """{"officer": "Priya Patel"}""",
        ["AssignEpisode"] = """{"officer": "Owen Reid"}""",
        ["MoveDemoClock"] = """{"advanceBy": "PT2H"}""",
    };
}
