namespace Cme.Web.Pages.Shared;

/// <summary>The question who somebody is, in the middle of an act.</summary>
/// <param name="Action">Where the act goes on.</param>
/// <param name="Fields">What was sent for the act, to be sent again with the answer.</param>
public sealed record ConfirmView(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields);
