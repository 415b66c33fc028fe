using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cme.Domain.Calendars;
using static Cme.Domain.Episodes.EpisodeEvent;

namespace Cme.Domain.Episodes;

/// <summary>
/// A child can be missing behind the code for "is somewhere else" (FACTS B3). So while a child is missing at one place, each other place that
/// expects the child on that day is asked whether the child was seen there.
/// </summary>
public static class SeenToday
{
    public const string Seen = "seen";
    public const string NotSeen = "not-seen";
    public const string NotExpected = "not-expected";

    /// <summary>What may be answered.</summary>
    public static ImmutableArray<string> Answers { get; } = [Seen, NotSeen, NotExpected];

    /// <summary>How long a place has to answer, of the time that it is open.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromHours(1);

    /// <summary>By when a place is to answer (UTC); null if it does not expect the pupil that day, so that there is nothing to ask.</summary>
    /// <param name="own">The place's calendar as this pupil lives it; null if it has published none, and may expect anybody.</param>
    /// <param name="askedAt">UTC.</param>
    public static DateTimeOffset? AnswerBy(SchoolCalendar? own, DateOnly on, DateTimeOffset askedAt)
    {
        if (own is null) { return askedAt + AnswerWithin; }
        if (own.Sessions(on) is not [var first, ..]) { return null; }
        var starts = own.SessionStarts(new SessionOf(on, first));
        return (askedAt < own.DayEnds(on) ? Later(askedAt, starts) : NextMorning(own, on) ?? askedAt) + AnswerWithin;
    }

    /// <summary>The same question of the same place and day has the same id, however often it is asked. It names nobody.</summary>
    internal static string IdOf(string reference, string urn, DateOnly on) =>
        $"seen-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{reference} {urn} {on:yyyy-MM-dd}")).AsSpan(0, 10))}";

    /// <summary>Those of the questions that have not been asked.</summary>
    internal static ImmutableArray<EpisodeEvent> Asked(EpisodeCommand.AskPlaces ask, Episode.Underway now) =>
    [
        .. from place in ask.Places
           let id = IdOf(now.Subject.Reference, place.Urn, place.On)
           where now.Known.Questions.All(question => question.Id != id)
           select new PlaceAsked(id, place.Urn, place.On, place.AnswerBy, ask.KnownAt, ask.KnownAt),
    ];

    /// <summary>
    /// What an answer comes to. A place may think better of it, or see the child later, so that the last answer counts; the same one again is
    /// no news.
    /// </summary>
    internal static Decision Answered(EpisodeCommand.AnswerPlace answer, Episode.Underway now)
    {
        if (now.Known.Questions.FirstOrDefault(question => question.Id == answer.Question && question.Urn == answer.By.Org) is not { } question)
        {
            return new Decision.Refused(Refusal.UnknownQuestion);
        }
        if (!Answers.Contains(answer.Answer)) { return new Decision.Refused(Refusal.OutcomeNotAllowed("answer", answer.Answer, Answers)); }
        var seen = answer.Answer == Seen;
        if (seen && answer.SeenAt > answer.KnownAt) { return new Decision.Refused(Refusal.AtInFuture(answer.KnownAt)); }
        if (seen && London.DateOf(answer.SeenAt) != question.On) { return new Decision.Refused(Refusal.SeenOnAnotherDay(question.On)); }
        return question.Answer == answer.Answer && (!seen || question.SeenAt == answer.SeenAt)
            ? new Decision.Accepted([])
            : new Decision.Accepted([new PlaceAnswered(question.Id, question.Urn, answer.Answer, answer.By, seen ? answer.SeenAt : answer.KnownAt, answer.KnownAt)]);
    }

    internal static Facts With(Facts known, PlaceAsked e) =>
        known with { Questions = known.Questions.Add(new PlaceQuestion(e.Question, e.Urn, e.On, e.KnownAt, e.AnswerBy)) };

    /// <summary>
    /// That a place has seen the child is a sighting like any other: it counts where the procedure lets one count, and closes nothing. Taken
    /// back by the place, it counts no longer.
    /// </summary>
    internal static Facts With(Facts known, PlaceAnswered e)
    {
        var (number, question) = (known.Recorded + 1, known.Questions.First(one => one.Id == e.Question));
        var isSeen = e.Answer == Seen;
        var answered = question with { Answer = e.Answer, AnsweredAt = e.KnownAt, SeenAt = isSeen ? e.HappenedAt : null, Act = isSeen ? number : null };
        known = known with { Questions = known.Questions.Replace(question, answered) };
        if (isSeen)
        {
            return known with { Acts = known.Acts.Add(new Act(number, ActionNames.Sighting, "seen", e.HappenedAt, e.KnownAt, null) { Whom = "school", By = e.By }) };
        }
        return known.Acts.FirstOrDefault(act => act.Number == question.Act) is { } before
            ? known with { Acts = known.Acts.Remove(before), Withdrawn = known.Withdrawn.Add(new Withdrawal(before, e.KnownAt) { By = number }) }
            : known;
    }

    private static DateTimeOffset? NextMorning(SchoolCalendar own, DateOnly on)
    {
        try
        {
            var next = own.NextSchoolDay(on);
            return own.SessionStarts(new SessionOf(next, own.Sessions(next)[0]));
        }
        catch (CalendarTooShortException)
        {
            return null;                                             // Better asked too soon than never.
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>Another place that expects the child, to be asked whether the child was seen there that day.</summary>
public sealed record PlaceToAsk(string Urn, DateOnly On, DateTimeOffset AnswerBy);

/// <summary>That another place was asked whether the child was seen there on a day, and what it answered last.</summary>
/// <param name="Id">Names nobody: the place answers under it.</param>
/// <param name="AskedAt">UTC.</param>
/// <param name="AnswerBy">UTC.</param>
public sealed record PlaceQuestion(string Id, string Urn, DateOnly On, DateTimeOffset AskedAt, DateTimeOffset AnswerBy)
{
    /// <summary>One of <see cref="SeenToday.Answers"/>; null while there is none.</summary>
    public string? Answer { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>The number of the sighting that the answer is; null if it is none.</summary>
    public int? Act { get; init; }
}
