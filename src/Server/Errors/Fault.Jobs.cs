using Grpc.Core;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Errors;

/// <content>Errors of jobs that members of a cluster share.</content>
internal static partial class Fault
{
    /// <summary>Reports that a part of an assignment cannot be read; the next call tries again.</summary>
    public static ServiceException AssignmentUnavailable(string corpus, string version, Exception inner) =>
        new(
            StatusCode.Unavailable,
            ErrorReasons.StorageUnavailable,
            $"The topics of '{corpus}' by '{version}' could not be read. Retry later.",
            inner)
        {
            Metadata = One("corpus", corpus),
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    /// <summary>Reports that a part of an assignment is lost.</summary>
    public static ServiceException AssignmentDamaged(string corpus, string version, Exception inner) =>
        new(
            StatusCode.DataLoss,
            ErrorReasons.ChecksumMismatch,
            $"Some topics of '{corpus}' by '{version}' are lost. {inner.Message} Call AssignCorpus: it assigns their documents again.",
            inner)
        {
            Metadata = One("corpus", corpus),
        };
}
