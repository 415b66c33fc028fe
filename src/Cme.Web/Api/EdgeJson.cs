using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cme.Web.Api.Admissions;
using Cme.Web.Api.Authorities;
using Cme.Web.Api.Children;
using Cme.Web.Api.Concerns;
using Cme.Web.Api.Enquiries;
using Cme.Web.Api.Episodes;
using Cme.Web.Api.Leaves;
using Cme.Web.Api.Places;
using Cme.Web.Api.Records;
using Cme.Web.Api.Referrals;
using Cme.Web.Api.Lessons;
using Cme.Web.Api.Registers;
using Cme.Web.Api.Removals;
using Cme.Web.Api.Health;
using Cme.Web.Api.Schools;
using Cme.Web.Api.Searches;
using Cme.Web.Api.Transfers;
using Cme.Web.Demo;

namespace Cme.Web.Api;

/// <summary>Writes every answer of the API: camelCase, nothing for what is absent, no reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(ClockDocument))]
[JsonSerializable(typeof(ClockMoveDocument))]
[JsonSerializable(typeof(SchoolDocument))]
[JsonSerializable(typeof(HeldSchool))]
[JsonSerializable(typeof(SchoolList))]
[JsonSerializable(typeof(ContactsDocument))]
[JsonSerializable(typeof(HeldContacts))]
[JsonSerializable(typeof(CalendarDocument))]
[JsonSerializable(typeof(HeldCalendar))]
[JsonSerializable(typeof(CalendarReport))]
[JsonSerializable(typeof(OfficeCalendarDocument))]
[JsonSerializable(typeof(HeldOfficeCalendar))]
[JsonSerializable(typeof(OfficeCalendarReport))]
[JsonSerializable(typeof(BankHolidayList))]
[JsonSerializable(typeof(PlaceAnswerDocument))]
[JsonSerializable(typeof(HeldPlaceQuestion))]
[JsonSerializable(typeof(PlaceQuestionList))]
[JsonSerializable(typeof(RollDocument))]
[JsonSerializable(typeof(RollChangeDocument))]
[JsonSerializable(typeof(RollPage))]
[JsonSerializable(typeof(RollReport))]
[JsonSerializable(typeof(Particulars))]
[JsonSerializable(typeof(RegisterDocument))]
[JsonSerializable(typeof(RegisterReport))]
[JsonSerializable(typeof(HeldRegister))]
[JsonSerializable(typeof(FeedDocument))]
[JsonSerializable(typeof(DailyReturnDocument))]
[JsonSerializable(typeof(LessonDayDocument))]
[JsonSerializable(typeof(LeaveDocument))]
[JsonSerializable(typeof(LeaveChangeDocument))]
[JsonSerializable(typeof(HeldLeave))]
[JsonSerializable(typeof(LeaveList))]
[JsonSerializable(typeof(RemovalDocument))]
[JsonSerializable(typeof(RemovalReport))]
[JsonSerializable(typeof(ImmutableArray<ConditionDocument>))]
[JsonSerializable(typeof(RemovalStandingDocument))]
[JsonSerializable(typeof(RemovalList))]
[JsonSerializable(typeof(EnquiriesDocument))]
[JsonSerializable(typeof(TransferEntry))]
[JsonSerializable(typeof(AdmissionDocumentEntry))]
[JsonSerializable(typeof(AdmissionList))]
[JsonSerializable(typeof(HeldAdmission))]
[JsonSerializable(typeof(TransferList))]
[JsonSerializable(typeof(HeldTransfer))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(EpisodeDocument))]
[JsonSerializable(typeof(EpisodeList))]
[JsonSerializable(typeof(DayList))]
[JsonSerializable(typeof(ObligationList))]
[JsonSerializable(typeof(TimelineDocument))]
[JsonSerializable(typeof(ActionDocument))]
[JsonSerializable(typeof(ActionReport))]
[JsonSerializable(typeof(ClaimDocument))]
[JsonSerializable(typeof(AssignmentDocument))]
[JsonSerializable(typeof(EventList))]
[JsonSerializable(typeof(FlagsDocument))]
[JsonSerializable(typeof(HeldFlags))]
[JsonSerializable(typeof(EducationDocument))]
[JsonSerializable(typeof(RecordDocument))]
[JsonSerializable(typeof(AcceptanceDocument))]
[JsonSerializable(typeof(ReferralDocument))]
[JsonSerializable(typeof(HeldReferral))]
[JsonSerializable(typeof(ReferralList))]
[JsonSerializable(typeof(ConcernDocument))]
[JsonSerializable(typeof(ReporterDocument))]
[JsonSerializable(typeof(ConcernReceipt))]
[JsonSerializable(typeof(HeldConcern))]
[JsonSerializable(typeof(ConcernList))]
[JsonSerializable(typeof(ConcernActionDocument))]
[JsonSerializable(typeof(SearchDocument))]
[JsonSerializable(typeof(SearchResult))]
internal sealed partial class EdgeJson : JsonSerializerContext;
