namespace Cme.Domain.Children;

/// <summary>The languages that letters to a family are written in, as schools send them: names, ISO 639 codes or the census codes.</summary>
/// <remarks>Source: FACTS C4; the census says <c>ENG</c>, and <c>ENB</c> where English is only believed to be the first language.</remarks>
public static class Languages
{
    private static readonly string[] English = ["en", "eng", "enb", "english"];

    /// <summary>True for English however it is written, such as <c>ENG</c>, <c>en-GB</c> or <c>English</c>.</summary>
    public static bool IsEnglish(string language) =>
        English.Contains(language.Split('-')[0].Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>True if a school is aware that English may not be the first language. Nothing said is not being aware.</summary>
    public static bool MayNotBeEnglish(string? firstLanguage) => !string.IsNullOrWhiteSpace(firstLanguage) && !IsEnglish(firstLanguage);
}
