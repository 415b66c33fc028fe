namespace Cme.Storage.Auditor;

/// <summary>Wakes what the auditor found missed. The host calls grains from it.</summary>
public interface IMissedListener
{
    /// <summary>An open obligation's instant passed and nobody looked: have the episode look now.</summary>
    Task LookAsync(string reference, CancellationToken cancel);

    /// <summary>Registration closed over blanks, or a hold ended, and nobody looked: have the school look now.</summary>
    Task LookAtSchoolAsync(string authority, string urn, CancellationToken cancel);

    /// <summary>A school's signals were stored and not delivered: have it deliver them now.</summary>
    Task DeliverAsync(string authority, string urn, CancellationToken cancel);

    /// <summary>A calendar was published and not carried through: have the school bring its open episodes to it now.</summary>
    Task TakeCalendarsAsync(string authority, string urn, CancellationToken cancel);
}
