using System.Globalization;

namespace TopicGrpc.Client.Calls;

/// <summary>Between the ids that callers use (<c>news</c>) and the resource names of the contract (<c>models/news</c>); a resource name given by a caller is kept.</summary>
internal static class ResourceNames
{
    private const string Models = "models/";
    private const string Corpora = "corpora/";
    private const string Fits = "fits/";
    private const string Versions = "/versions/";

    public static string Model(string id) => Full(Models, id);

    public static string Corpus(string id) => Full(Corpora, id);

    public static string Fit(string id) => Full(Fits, id);

    public static string Version(string model, long version) => string.Create(CultureInfo.InvariantCulture, $"{Model(model)}{Versions}{version}");

    /// <summary>Last part of a name of one part.</summary>
    public static string Id(string name) => name[(name.LastIndexOf('/') + 1)..];

    /// <summary>Takes <c>models/{model}/versions/{version}</c> apart; an empty name is no model and version 0.</summary>
    public static (string Model, long Version) Parse(string modelVersion)
    {
        int at = modelVersion.IndexOf(Versions, StringComparison.Ordinal);
        return at < 0
            ? (Id(modelVersion), 0)
            : (Id(modelVersion[..at]), long.Parse(modelVersion[(at + Versions.Length)..], CultureInfo.InvariantCulture));
    }

    private static string Full(string prefix, string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return id.StartsWith(prefix, StringComparison.Ordinal) ? id : prefix + id;
    }
}
