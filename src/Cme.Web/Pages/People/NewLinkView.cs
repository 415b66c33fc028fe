namespace Cme.Web.Pages.People;

/// <summary>A link that was just made, shown once.</summary>
public sealed record NewLinkView(string Id, string Name, string Address);
