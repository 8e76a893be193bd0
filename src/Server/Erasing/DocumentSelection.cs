using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Erasing;

/// <summary>Translates a request into a condition on documents.</summary>
internal static class DocumentSelection
{
    /// <summary>Returns the condition of a request, which was checked against the limits of the contract.</summary>
    /// <exception cref="ServiceException">A filter has no condition, or its times are not valid or contradict each other.</exception>
    public static Func<Document, bool> Of(DeleteDocumentsRequest request)
    {
        if (request.Ids is { } ids)
        {
            HashSet<string> wanted = new(ids.Values, StringComparer.Ordinal);
            return document => wanted.Contains(document.Id);
        }

        DeleteDocumentsRequest.Types.Filter filter = request.Filter;
        DateTimeOffset? from = Time(filter.FromTime, "filter.from_time");
        DateTimeOffset? before = Time(filter.BeforeTime, "filter.before_time");
        if (from is null && before is null && filter.Attributes.Count == 0)
        {
            throw Fault.InvalidField(
                "filter", "must have from_time, before_time or attributes; delete the corpus to delete all of its documents");
        }

        if (before <= from)
        {
            throw Fault.InvalidField("filter.before_time", "must be after from_time");
        }

        bool hasTime = from is not null || before is not null;
        return document => (!hasTime || (document.Time is { } time && !(time < from) && !(time >= before)))
            && filter.Attributes.All(pair => document.Attributes?.GetValueOrDefault(pair.Key) == pair.Value);
    }

    private static DateTimeOffset? Time(Timestamp? time, string field)
    {
        try
        {
            return time?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw Fault.InvalidField(field, "must be a time from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z");
        }
    }
}
