namespace TopicGrpc.Client.Fits;

/// <summary>A language of the documents of a fit.</summary>
/// <param name="Language">ISO 639-1 code, such as <c>de</c>; <c>und</c> for a script without a known language.</param>
/// <param name="Share">Share of the documents whose language is known, 0.01 to 1.</param>
public sealed record LanguageShare(string Language, double Share);
