namespace Cme.Domain.Calendars;

/// <summary>What is wrong with the lessons of a school day.</summary>
internal static class LessonCheck
{
    public static IEnumerable<CalendarFault> Of(SchoolYearDocument year)
    {
        for (var at = 0; at < year.Lessons.Length; at++)
        {
            var lesson = year.Lessons[at];
            if (string.IsNullOrWhiteSpace(lesson.Name)) { yield return new($"/lessons/{at}/name", "lesson-name-missing", "Name the lesson, such as Period 1."); }
            else if (year.Lessons.Take(at).Any(other => other.Name == lesson.Name))
            {
                yield return new($"/lessons/{at}/name", "lesson-twice", $"The lesson '{lesson.Name}' is given twice. Keep one.");
            }
            if (lesson.Groups.IsEmpty || lesson.Groups.Any(string.IsNullOrWhiteSpace) || lesson.Groups.Distinct().Count() < lesson.Groups.Length)
            {
                yield return new($"/lessons/{at}/groups", "lesson-groups", "Name each teaching group that has a register in the lesson, once.");
            }
        }
    }
}
