using TopicGrpc.Shared;

namespace TopicGrpc.Client.Calls;

/// <summary>
/// Translates between the ids that callers use (<c>news</c>) and resource names (<c>models/news</c>). A caller may pass either form.
/// </summary>
internal static class WireNames
{
    public static string Model(string model) => ResourceNames.Model(IdOf(model, ResourceNames.ModelPrefix));

    public static string Corpus(string corpus) => ResourceNames.Corpus(IdOf(corpus, ResourceNames.CorpusPrefix));

    public static string Fit(string fit) => ResourceNames.Fit(IdOf(fit, ResourceNames.FitPrefix));

    public static string Key(string key) => ResourceNames.Key(IdOf(key, ResourceNames.KeyPrefix));

    public static string Member(string member) => ResourceNames.Member(IdOf(member, ResourceNames.MemberPrefix));

    public static string Version(string model, long version) => ResourceNames.Version(IdOf(model, ResourceNames.ModelPrefix), version);

    /// <summary>Returns the last segment of a name.</summary>
    public static string Id(string name) => name[(name.LastIndexOf('/') + 1)..];

    /// <summary>Reads the name of a version from a response; an empty name has no model and version 0.</summary>
    /// <exception cref="FormatException">The name does not have the form of a version's name.</exception>
    public static (string Model, long Version) ParseVersion(string name)
    {
        if (name.Length == 0)
        {
            return ("", 0);
        }

        return ResourceNames.TryParseVersion(name, out string model, out long number)
            ? (model, number)
            : throw new FormatException($"The server returned '{name}' instead of a name of the form {ResourceNames.VersionForm}.");
    }

    private static string IdOf(string text, string prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
    }
}
