namespace Cme.Domain.Tests.Procedures;

/// <summary>A right pack of one step, "ring", with some of its properties replaced or added. JSON may be written with single quotes.</summary>
internal static class SmallPack
{
    /// <summary>Properties of the step, such as <c>'who':'head'</c>.</summary>
    public static string WithStep(params string[] changes) => With([], Step(changes));

    /// <summary>A property of the pack, such as <c>'version':2</c>.</summary>
    public static string With(params string[] changes) => With(changes, Step());

    /// <summary>These steps instead of the one.</summary>
    public static string Of(params string[] steps) => With([], steps);

    public static string Step(params string[] changes) => Object(
        [
            "'id':'ring'", "'clause':'NOR-05'", "'what':'Ring'", "'why':'To know'", "'who':'dsl'",
            "'starts':[{'on':'opened','due':{'hours':2}}]", "'doneBy':[{'action':'call'}]",
        ],
        changes);

    /// <summary>A step with another name, that is started by an act and done by another.</summary>
    public static string StepAfter(string id, string act, params string[] doneBy) => Step(
        $"'id':'{id}'", $"'starts':[{{'on':'act','act':{act},'due':{{'hours':2}}}}]", $"'doneBy':[{string.Join(",", doneBy)}]");

    private static string With(string[] changes, params string[] steps) => Object(
        ["'id':'test'", "'version':1", "'title':'Test'", "'source':'Test'", $"'steps':[{string.Join(",", steps)}]"], changes);

    private static string Object(string[] properties, string[] changes)
    {
        var named = new Dictionary<string, string>();
        foreach (var property in properties.Concat(changes).Select(property => property.Replace('\'', '"')))
        {
            named[property[..property.IndexOf(':', StringComparison.Ordinal)]] = property;
        }

        return $"{{{string.Join(",", named.Values)}}}";
    }
}
