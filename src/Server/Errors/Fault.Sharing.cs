using Grpc.Core;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Errors;

/// <content>Errors of corpora that members of a cluster share.</content>
internal static partial class Fault
{
    /// <summary>Rejects an append that lost against appends of other members too often; nothing was acknowledged.</summary>
    public static ServiceException CorpusBusy(string corpus) =>
        new(
            StatusCode.Unavailable,
            ErrorReasons.StorageUnavailable,
            $"Other members append to the corpus '{corpus}' all the time; nothing was acknowledged. Retry later.")
        {
            Metadata = One("corpus", corpus),
            RetryAfter = TimeSpan.FromSeconds(1),
        };
}
