using System.Globalization;
using Microsoft.Extensions.Primitives;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.Uploads;

/// <summary>Where the lines of an upload go.</summary>
/// <param name="Corpus"><c>corpora/{corpus}</c>.</param>
/// <param name="SessionId">Id of the session.</param>
/// <param name="Offset">Index of the first line in the session.</param>
internal sealed record UploadStart(string Corpus, string SessionId, long Offset)
{
    /// <summary>Reads path and query.</summary>
    /// <exception cref="ServiceException">Names the first parameter that is unknown or wrong.</exception>
    public static UploadStart Of(HttpRequest request)
    {
        string corpus = RequestNames.CheckId(request.RouteValues["corpus"] as string ?? string.Empty, "corpus");
        string session = Guid.CreateVersion7().ToString("N");
        long offset = 0;
        foreach ((string name, StringValues values) in request.Query)
        {
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
                default:
                    throw Fault.InvalidField(ViolationList.Quote(name), "is no parameter of an upload: sessionId and offset are");
            }
        }

        return new UploadStart(ResourceNames.Corpus(corpus), session, offset);
    }
}
