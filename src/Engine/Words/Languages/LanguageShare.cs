namespace TopicGrpc.Engine.Words.Languages;

/// <summary>Share of a language in a corpus.</summary>
/// <param name="Language">ISO 639-1 code; <c>und</c> for scripts without a language in <see cref="Languages.Language.All"/>.</param>
/// <param name="Share">Share of the documents whose language is known, above 0 to 1.</param>
public sealed record LanguageShare(string Language, double Share)
{
    /// <summary>Code of an undetermined language, as in ISO 639-2.</summary>
    public const string Undetermined = "und";
}
