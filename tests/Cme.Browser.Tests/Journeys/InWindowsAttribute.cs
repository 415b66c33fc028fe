using System.Reflection;
using Cme.Browser.Tests.Looking;
using Xunit.Sdk;

namespace Cme.Browser.Tests.Journeys;

/// <summary>
/// The windows in which a journey is made, with and without JavaScript: one each in the ordinary run, so chosen that the journeys together
/// cover all; every one of them where <c>CME_WINDOWS</c> is <c>all</c>.
/// </summary>
/// <param name="place">The journey's place among the journeys.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InWindowsAttribute(int place) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Window.Every
        ? from window in Window.All from script in new[] { true, false } select new object[] { window.Name, script }
        : [[At(place), true], [At(place + 2), false]];

    private static string At(int place) => Window.All[place % Window.All.Count].Name;
}
