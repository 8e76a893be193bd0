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

    /// <summary>Rejects an erasure of documents in a cluster.</summary>
    public static ServiceException ErasureInCluster(string corpus) =>
        new(
            StatusCode.FailedPrecondition,
            ErrorReasons.NotAvailable,
            $"Documents of '{corpus}' cannot be erased: a member of a cluster does not support erasure. Delete the corpus and the versions "
            + "that were fitted on it instead.")
        {
            Metadata = One("corpus", corpus),
        };
}
