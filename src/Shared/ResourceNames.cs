using System.Globalization;
using System.Text.RegularExpressions;

namespace TopicGrpc.Shared;

/// <summary>
/// The resource names of the contract, such as <c>models/news/versions/7</c>. The methods report a malformed name as false;
/// server and clients translate that into their own errors.
/// </summary>
internal static partial class ResourceNames
{
    /// <summary>Pattern of the ids of models, corpora and fits.</summary>
    public const string IdPattern = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";

    /// <summary>Pattern of labels.</summary>
    public const string LabelPattern = "[a-z][a-z0-9_]{0,62}";

    /// <summary>Pattern of the ids of ingest sessions.</summary>
    public const string SessionPattern = "[A-Za-z0-9_-]{1,64}";

    /// <summary>Form of the name of a version.</summary>
    public const string VersionForm = "models/{model}/versions/{number}";

    /// <summary>Prefix of the names of corpora.</summary>
    public const string CorpusPrefix = "corpora/";

    /// <summary>Prefix of the names of fits.</summary>
    public const string FitPrefix = "fits/";

    /// <summary>Prefix of the names of models.</summary>
    public const string ModelPrefix = "models/";

    /// <summary>Prefix of the names of keys.</summary>
    public const string KeyPrefix = "keys/";

    /// <summary>Prefix of the names of members of a cluster.</summary>
    public const string MemberPrefix = "members/";

    private const string VersionSegment = "/versions/";

    public static string Corpus(string id) => CorpusPrefix + id;

    public static string Fit(string id) => FitPrefix + id;

    public static string Key(string id) => KeyPrefix + id;

    public static string Member(string id) => MemberPrefix + id;

    public static string Model(string id) => ModelPrefix + id;

    public static string Erasure(string corpus, string erasure) => $"{CorpusPrefix}{corpus}/erasures/{erasure}";

    public static string IngestSession(string corpus, string session) => $"{CorpusPrefix}{corpus}/ingestSessions/{session}";

    public static string Version(string model, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{ModelPrefix}{model}{VersionSegment}{number}");

    public static string Topic(string version, int topic) => string.Create(CultureInfo.InvariantCulture, $"{version}/topics/{topic}");

    /// <summary>Reads the id after a prefix; the id may still break <see cref="IdPattern"/>.</summary>
    public static bool TryParse(string name, string prefix, out string id)
    {
        id = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : "";
        return id.Length > 0 && !id.Contains('/', StringComparison.Ordinal);
    }

    /// <summary>Reads the name of a version; the model's id may still break <see cref="IdPattern"/>.</summary>
    public static bool TryParseVersion(string name, out string model, out long number)
    {
        number = 0;
        int at = name.IndexOf(VersionSegment, StringComparison.Ordinal);
        if (at < 0 || !TryParse(name[..at], ModelPrefix, out model))
        {
            model = "";
            return false;
        }

        string digits = name[(at + VersionSegment.Length)..];
        return VersionNumber().IsMatch(digits) && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    public static bool IsId(string text) => Id().IsMatch(text);

    public static bool IsLabel(string text) => Label().IsMatch(text);

    public static bool IsSession(string text) => Session().IsMatch(text);

    [GeneratedRegex($@"\A{IdPattern}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex($@"\A{LabelPattern}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex($@"\A{SessionPattern}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Session();

    [GeneratedRegex(@"\A[1-9][0-9]{0,17}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionNumber();
}
