using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>Reads classes and topics from attributes of documents.</summary>
internal static class DocumentClasses
{
    /// <summary>Value for a document of unknown class, as in BERTopic.</summary>
    private const string Unknown = "-1";

    /// <summary>Reads the guidance from the attributes that the settings name.</summary>
    /// <exception cref="ServiceException">No document has the attribute, or all have the same value.</exception>
    public static TopicGuidance Guidance(FitSettings settings, string corpus, IReadOnlyList<Document> documents) => new()
    {
        Targets = settings.TargetAttribute.Length == 0 ? null : Targets(settings.TargetAttribute, corpus, documents),
        ManualTopics = settings.TopicAttribute.Length == 0 ? null : Topics(settings.TopicAttribute, corpus, documents),
    };

    /// <summary>Reads the name of the topic by document id.</summary>
    /// <exception cref="ServiceException">No document has the attribute, or all have one value.</exception>
    public static IReadOnlyDictionary<string, string> Topics(string attribute, string corpus, IReadOnlyList<Document> documents)
    {
        Dictionary<string, string> topics = Read(attribute, corpus, documents);
        return topics.Values.Distinct(StringComparer.Ordinal).Skip(1).Any()
            ? topics
            : throw Fault.NotAvailable(
                $"The attribute '{attribute}' has one value in '{corpus}', '{topics.Values.First()}'. Topics need two values or more.");
    }

    private static Dictionary<string, string> Targets(string attribute, string corpus, IReadOnlyList<Document> documents)
    {
        Dictionary<string, string> classes = Read(attribute, corpus, documents);
        return classes.Count < documents.Count || classes.Values.Distinct(StringComparer.Ordinal).Skip(1).Any()
            ? classes
            : throw Fault.NotAvailable(
                $"All documents of '{corpus}' have the same '{attribute}', '{classes.Values.First()}'. Classes need two values or more.");
    }

    private static Dictionary<string, string> Read(string attribute, string corpus, IReadOnlyList<Document> documents)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (Document document in documents)
        {
            if (document.Attributes?.GetValueOrDefault(attribute) is { } value && !string.IsNullOrWhiteSpace(value) && value != Unknown)
            {
                values.Add(document.Id, value);
            }
        }

        return values.Count > 0
            ? values
            : throw Fault.NotAvailable($"No document of '{corpus}' has a value of the attribute '{attribute}'.");
    }
}
