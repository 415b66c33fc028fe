using System.ComponentModel.DataAnnotations;

namespace Cme.Web.Pages.Notices;

/// <summary>How a council is reached about its notices: the accessibility statement and the privacy notice name these.</summary>
public sealed class CouncilContact
{
    [EmailAddress] public string? Email { get; init; }
    [Phone] public string? Phone { get; init; }
    /// <summary>A postal address in one line.</summary>
    public string? Post { get; init; }
    /// <summary>Where the council's data protection officer is written to.</summary>
    [EmailAddress] public string? DataProtectionEmail { get; init; }
    /// <summary>The address of the council's own privacy notices and retention schedule.</summary>
    [Url] public string? Website { get; init; }
}

/// <summary>Contacts by the council's code.</summary>
public sealed class CouncilSettings : Dictionary<string, CouncilContact>, IValidatableObject
{
    /// <summary>The configuration section: <c>Councils:933:Email</c>.</summary>
    public const string Section = "Councils";

    public CouncilSettings() : base(StringComparer.Ordinal)
    {
    }

    /// <summary>The contacts of a council; empty ones if none are configured.</summary>
    public CouncilContact Of(string? code) => code is not null && TryGetValue(code, out var contact) ? contact : new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (code, contact) in this)
        {
            var wrong = new List<ValidationResult>();
            Validator.TryValidateObject(contact, new ValidationContext(contact), wrong, validateAllProperties: true);
            foreach (var one in wrong) { yield return new($"{Section}:{code}: {one.ErrorMessage}"); }
        }
    }
}

/// <summary>Whose notice it is: what the council is called, and how it is reached.</summary>
public sealed record CouncilView(string Name, CouncilContact Contact);
