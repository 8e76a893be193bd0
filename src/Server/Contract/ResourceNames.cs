using System.Globalization;
using System.Text.RegularExpressions;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Contract;

/// <summary>Reads and writes the names of resources. Everything that becomes part of a path on disk passes through here first.</summary>
internal static partial class ResourceNames
{
    private const string IdRule = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";

    public static string Corpus(string id) => "corpora/" + id;

    public static string IngestSession(string corpus, string session) => $"corpora/{corpus}/ingestSessions/{session}";

    public static string Fit(string id) => "fits/" + id;

    public static string Model(string id) => "models/" + id;

    public static string Version(string model, long number) => string.Create(CultureInfo.InvariantCulture, $"models/{model}/versions/{number}");

    public static string Topic(string version, int topic) => string.Create(CultureInfo.InvariantCulture, $"{version}/topics/{topic}");

    public static string ParseCorpus(string name, string field) => Parse(name, "corpora/", field);

    public static string ParseFit(string name, string field) => Parse(name, "fits/", field);

    public static string ParseModel(string name, string field) => Parse(name, "models/", field);

    public static (string Model, long Number) ParseVersion(string name, string field)
    {
        string[] parts = name.Split("/versions/");
        return parts.Length == 2 && VersionNumber().IsMatch(parts[1])
            ? (ParseModel(parts[0], field), long.Parse(parts[1], CultureInfo.InvariantCulture))
            : throw Fault.InvalidField(field, "must have the form models/{model}/versions/{number}");
    }

    public static string CheckId(string id, string field) => Id().IsMatch(id) ? id : throw Fault.InvalidField(field, "must match " + IdRule);

    public static string CheckLabel(string label, string field) => Label().IsMatch(label) ? label : throw Fault.InvalidField(field, "must match [a-z][a-z0-9_]{0,62}");

    public static string CheckSession(string session, string field) => Session().IsMatch(session) ? session : throw Fault.InvalidField(field, "must match [A-Za-z0-9_-]{1,64}");

    private static string Parse(string name, string prefix, string field) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && Id().IsMatch(name.AsSpan(prefix.Length))
            ? name[prefix.Length..]
            : throw Fault.InvalidField(field, $"must be '{prefix}' and an id that matches {IdRule}");

    [GeneratedRegex(@"\A[a-z]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Session();

    [GeneratedRegex(@"\A[1-9][0-9]{0,17}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionNumber();
}
