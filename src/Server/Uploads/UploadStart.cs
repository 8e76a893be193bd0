using System.Globalization;
using Microsoft.Extensions.Primitives;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Limits;
using TopicGrpc.Tables.Documents;

namespace TopicGrpc.Server.Uploads;

/// <summary>Where the documents of an upload go.</summary>
/// <param name="Corpus"><c>corpora/{corpus}</c>.</param>
/// <param name="SessionId">Id of the session.</param>
/// <param name="Offset">Index of the first line or row in the session.</param>
internal sealed record UploadStart(string Corpus, string SessionId, long Offset)
{
    /// <summary>Columns of a table that form the documents.</summary>
    public DocumentColumnNames Columns { get; private init; } = new();

    /// <summary>Reads path and query.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isTable">Whether the documents are the rows of a table, so that the query may choose columns.</param>
    /// <exception cref="ServiceException">Names the first parameter that is unknown or wrong.</exception>
    public static UploadStart Of(HttpRequest request, bool isTable)
    {
        string corpus = RequestNames.CheckId(request.RouteValues["corpus"] as string ?? string.Empty, "corpus");
        string session = Guid.CreateVersion7().ToString("N");
        long offset = 0;
        DocumentColumnNames columns = new() { Options = DocumentColumnOptions.Http };
        foreach ((string name, StringValues values) in request.Query)
        {
            if (isTable && name == "attribute")
            {
                columns = columns with { Attributes = [.. values.Select(static attribute => attribute ?? "")] };
                continue;
            }

            string value = values.Count == 1 ? values[0]! : throw Fault.InvalidField(ViolationList.Quote(name), "is given more than once");
            switch (name)
            {
                case "sessionId" or "session_id":
                    session = RequestNames.CheckSession(value, "session_id");
                    break;
                case "offset":
                    if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out offset))
                    {
                        throw Fault.InvalidField("offset", "must be a 64-bit integer of 0 or more");
                    }

                    break;
                case "textColumn" or "text_column" when isTable:
                    columns = columns with { Text = value };
                    break;
                case "idColumn" or "id_column" when isTable:
                    columns = columns with { Id = value };
                    break;
                case "timeColumn" or "time_column" when isTable:
                    columns = columns with { Time = value };
                    break;
                case "embeddingColumn" or "embedding_column" when isTable:
                    columns = columns with { Embedding = value };
                    break;
                default:
                    throw Fault.InvalidField(
                        ViolationList.Quote(name),
                        isTable
                            ? "is no parameter of an upload: sessionId, offset, textColumn, idColumn, timeColumn, embeddingColumn and "
                                + "attribute are"
                            : "is no parameter of an upload: sessionId and offset are");
            }
        }

        return new UploadStart(ResourceNames.Corpus(corpus), session, offset) { Columns = columns };
    }
}
