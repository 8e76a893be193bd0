using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Contract;

/// <summary>
/// Checks names and ids in requests and reports the field that breaks a rule. Every name that becomes a path on disk passes through here
/// first.
/// </summary>
internal static class RequestNames
{
    public static string ParseCorpus(string name, string field) => Parse(name, ResourceNames.CorpusPrefix, field);

    public static string ParseFit(string name, string field) => Parse(name, ResourceNames.FitPrefix, field);

    public static string ParseModel(string name, string field) => Parse(name, ResourceNames.ModelPrefix, field);

    public static (string Model, long Number) ParseVersion(string name, string field)
    {
        if (!ResourceNames.TryParseVersion(name, out string model, out long number))
        {
            throw Fault.InvalidField(field, "must have the form " + ResourceNames.VersionForm);
        }

        return ResourceNames.IsId(model) ? (model, number) : throw WrongName(ResourceNames.ModelPrefix, field);
    }

    public static string CheckId(string id, string field) => Check(ResourceNames.IsId(id), id, ResourceNames.IdPattern, field);

    public static string CheckLabel(string label, string field) =>
        Check(ResourceNames.IsLabel(label), label, ResourceNames.LabelPattern, field);

    public static string CheckSession(string session, string field) =>
        Check(ResourceNames.IsSession(session), session, ResourceNames.SessionPattern, field);

    private static string Check(bool isValid, string value, string pattern, string field) =>
        isValid ? value : throw Fault.InvalidField(field, "must match " + pattern);

    private static string Parse(string name, string prefix, string field) =>
        ResourceNames.TryParse(name, prefix, out string id) && ResourceNames.IsId(id) ? id : throw WrongName(prefix, field);

    private static ServiceException WrongName(string prefix, string field) =>
        Fault.InvalidField(field, $"must be '{prefix}' and an id that matches {ResourceNames.IdPattern}");
}
