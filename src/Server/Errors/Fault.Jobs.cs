using Grpc.Core;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Errors;

/// <content>Errors of jobs that members of a cluster share.</content>
internal static partial class Fault
{
    /// <summary>Rejects an assignment in a cluster.</summary>
    public static ServiceException AssignmentInCluster(string corpus) =>
        new(
            StatusCode.FailedPrecondition,
            ErrorReasons.NotAvailable,
            $"The documents of '{corpus}' cannot be assigned: a member of a cluster does not support AssignCorpus, because its results "
            + "would be on one member only. Predict the texts in batches, or assign the corpus on a single server.")
        {
            Metadata = One("corpus", corpus),
        };
}
